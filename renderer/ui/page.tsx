/** The frame of a page: a header with name, badges and actions; below it either a scrolling column or a filled area. */
import { Box, Group, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../i18n/index.ts';
import classes from './page.module.css';

type HeaderProps = {
  readonly title: string;
  readonly icon?: LucideIcon | undefined;
  /** Badges beside the name. */
  readonly badges?: ReactNode;
  /** One line below the name. */
  readonly detail?: ReactNode;
  readonly actions?: ReactNode;
};

export function PageHeader({ title, icon: Icon, badges, detail, actions }: HeaderProps) {
  useDocumentTitle(`${title} · ${t('common.appName')}`);
  return (
    <header className={classes.header}>
      <Group gap="sm" wrap="nowrap" className={classes.name}>
        {Icon && <Icon size={19} strokeWidth={1.75} aria-hidden className={classes.icon} />}
        <Box miw={0}>
          <Group gap="xs" wrap="nowrap">
            <Title order={1} className={classes.title} title={title.slice(0, 300)} dir="auto">
              {title}
            </Title>
            {badges}
          </Group>
          {detail !== undefined && (
            <Text size="xs" c="dimmed" truncate component="div">
              {detail}
            </Text>
          )}
        </Box>
      </Group>
      {actions && (
        <Group gap="xs" wrap="nowrap">
          {actions}
        </Group>
      )}
    </header>
  );
}

type PageProps = HeaderProps & {
  readonly children: ReactNode;
  /** The page does not scroll; its content (a table) fills the window. */
  readonly fill?: boolean;
  /** Wider than a form's column. */
  readonly wide?: boolean;
};

export function Page({ children, fill = false, wide = false, ...header }: PageProps) {
  return (
    <div className={classes.page}>
      <PageHeader {...header} />
      {fill ? (
        <div className={classes.fill}>{children}</div>
      ) : (
        <div className={classes.scroll}>
          <div className={wide ? classes.wide : classes.column}>{children}</div>
        </div>
      )}
    </div>
  );
}

/** A titled part of a page. */
export function Section({
  title,
  hint,
  actions,
  children,
}: {
  readonly title: string;
  readonly hint?: string | undefined;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className={classes.section} aria-label={title}>
      <Group justify="space-between" mb="xs" wrap="nowrap">
        <div>
          <Title order={2}>{title}</Title>
          {hint !== undefined && (
            <Text size="xs" c="dimmed">
              {hint}
            </Text>
          )}
        </div>
        {actions}
      </Group>
      {children}
    </section>
  );
}
