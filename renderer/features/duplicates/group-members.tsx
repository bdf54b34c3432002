/** All records of a group that does not fit side by side: who is in it, who is merged, and a way to each. */
import { Button, Checkbox, Group, Text, UnstyledButton } from '@mantine/core';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useFields } from '../../app/workspace-fields.ts';
import { t } from '../../i18n/index.ts';
import { valueText } from '../../ui/field-value.tsx';
import { ShortcutTooltip } from '../../ui/shortcuts.tsx';
import type { Of } from './duplicates-store.ts';
import classes from './duplicates.module.css';
import type { Columns } from './group-columns.ts';
import type { Shown } from './merge-choices.ts';

type Props = {
  readonly of: Of;
  readonly records: readonly Shown[];
  readonly survivor: string;
  readonly leftOut: ReadonlySet<string>;
  readonly columns: Columns;
  readonly onTake: (ids: readonly string[], isTaken: boolean) => void;
  readonly onShow: (id: string) => void;
  readonly onTurn: (page: number) => void;
};

/** What tells people and companies apart at a glance. */
const telling = ['birthDate', 'company', 'topic', 'website', 'emails', 'phones', 'addresses'];

export function GroupMembers({ of, records, survivor, leftOut, columns, onTake, onShow, onTurn }: Props) {
  const fields = useFields(of);
  const { shown, page, pages, from } = columns;
  const others = records.filter(({ id }) => id !== survivor).map(({ id }) => id);
  const briefly = (record: Shown): string =>
    telling
      .map((name) => valueText(fields[name], record[name], record.labels[name]))
      .filter(Boolean)
      .join(' · ');
  return (
    <section className={classes.members} aria-label={t('duplicates.members')}>
      <Group justify="space-between" gap="xs" px="sm" py={6} className={classes.membersBar}>
        <Text size="sm" role="status">
          {t('duplicates.taken', { taken: records.length - leftOut.size, count: records.length })}
        </Text>
        <Group gap={6}>
          <Button size="compact-xs" variant="subtle" onClick={() => onTake(others, true)}>
            {t('duplicates.takeAll')}
          </Button>
          <Button size="compact-xs" variant="subtle" onClick={() => onTake(others, false)}>
            {t('duplicates.takeNone')}
          </Button>
          <ShortcutTooltip label={t('duplicates.pageBack')} keys="arrowleft">
            <Button
              size="compact-xs"
              variant="default"
              aria-label={t('duplicates.pageBack')}
              disabled={page === 0}
              onClick={() => onTurn(page - 1)}
            >
              <ChevronLeft size={14} aria-hidden />
            </Button>
          </ShortcutTooltip>
          <Text size="xs" c="dimmed">
            {t('duplicates.pageOf', { from, to: from + shown.length - 2, count: others.length })}
          </Text>
          <ShortcutTooltip label={t('duplicates.pageOn')} keys="arrowright">
            <Button
              size="compact-xs"
              variant="default"
              aria-label={t('duplicates.pageOn')}
              disabled={page >= pages - 1}
              onClick={() => onTurn(page + 1)}
            >
              <ChevronRight size={14} aria-hidden />
            </Button>
          </ShortcutTooltip>
        </Group>
      </Group>
      <ul className={classes.membersList}>
        {records.map((record) => (
          <li key={record.id} className={classes.member} data-shown={shown.includes(record.id) || undefined}>
            <Checkbox
              size="xs"
              aria-label={t('duplicates.takeIn', { name: record.label })}
              checked={!leftOut.has(record.id)}
              disabled={record.id === survivor}
              onChange={(event) => onTake([record.id], event.currentTarget.checked)}
            />
            <UnstyledButton className={classes.memberName} onClick={() => onShow(record.id)}>
              <Text size="sm" fw={record.id === survivor ? 600 : 400} truncate>
                {record.label}
                <Text span size="xs" c="dimmed">
                  {' '}
                  {record.id === survivor ? `${t('duplicates.survives')} · ${briefly(record)}` : briefly(record)}
                </Text>
              </Text>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
