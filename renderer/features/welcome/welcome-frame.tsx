/** The quiet sheet that the welcome and unlock screens stand on. */
import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../i18n/index.ts';
import classes from './welcome.module.css';

export function WelcomeFrame(props: { readonly title: string; readonly intro?: string; readonly children: ReactNode }) {
  return (
    <main className={classes.screen}>
      <div className={classes.sheet}>
        <Group gap="xs" mb="lg">
          <img src="./icon.svg" alt="" width={28} height={28} />
          <Text fw={650}>{t('common.appName')}</Text>
        </Group>
        <Title order={1}>{props.title}</Title>
        {props.intro !== undefined && (
          <Text size="sm" c="dimmed" mt={4}>
            {props.intro}
          </Text>
        )}
        <div className={classes.body}>{props.children}</div>
      </div>
    </main>
  );
}
