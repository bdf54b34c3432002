/** Who comes next, in calling order. */
import { Anchor, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { t } from '../../i18n/index.ts';
import { formatInstant } from '../../ui/format.ts';
import { Section } from '../../ui/page.tsx';
import classes from './queue.module.css';
import { whyText } from './why-now.ts';

type Props = { readonly list: OutputOf<'queue.list'>; readonly currentId: string | null };

export function UpcomingList({ list, currentId }: Props) {
  const [openedAtMs] = useState(() => Date.now());
  const items = list.items.filter(({ leadId }) => leadId !== currentId);
  return (
    <Section title={t('queue.upcoming')}>
      {items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('queue.upcomingEmpty')}
        </Text>
      ) : (
        <ol className={classes.upcoming}>
          {items.map((item) => (
            <li key={item.leadId}>
              <Group justify="space-between" wrap="nowrap" gap="sm">
                <div style={{ minWidth: 0 }}>
                  <Anchor component={Link} href={`/leads/${item.leadId}`} size="sm" fw={550} truncate>
                    {item.label}
                  </Anchor>
                  <Text size="xs" c="dimmed" truncate>
                    {[item.company, item.topic].filter(Boolean).join(' · ')}
                  </Text>
                </div>
                <Text size="xs" c="dimmed" ta="right">
                  {item.callbackAtMs === null
                    ? item.why.map((why) => whyText(why, openedAtMs)).join(' · ')
                    : t('queue.due', { when: formatInstant(item.callbackAtMs) })}
                </Text>
              </Group>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

/** Why leads that are in the queue are not offered now. */
export function NotNow({ list }: { readonly list: OutputOf<'queue.list'> }) {
  if (list.notNow.length === 0) return null;
  return (
    <Section title={t('queue.emptyNotNow')}>
      <ul className={classes.upcoming}>
        {list.notNow.map(({ reason, count }) => (
          <li key={reason}>
            <Text size="sm">{t(`queue.notNow.${reason}`, { count })}</Text>
          </li>
        ))}
      </ul>
    </Section>
  );
}
