/** What was removed from a record's page and waits in the bin: shown on demand, put back or deleted for good. */
import { ActionIcon, Button, Collapse, Group, Loader, Text, Tooltip } from '@mantine/core';
import { ChevronDown, ChevronRight, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import { goneAtMs } from '../../../shared/rules/bin.ts';
import type { Holder } from '../../../shared/model/notes.ts';
import { useAction, useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { kindCount } from '../../i18n/words.ts';
import { askBeforePurge } from '../../ui/bin-question.tsx';
import { usePurge } from '../../ui/bulk-run.tsx';
import { formatInstantDay } from '../../ui/format.ts';
import classes from './removed-items.module.css';

type Kind = 'note' | 'attachment';
type Removed = { readonly id: string; readonly label: string; readonly deletedAtMs: number | null };
type Props = { readonly kind: Kind; readonly of: Holder; readonly id: string; readonly count: number };

const mostShown = 200;

export function RemovedItems({ kind, of, id, count }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const listId = useId();
  if (count === 0) return null;
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <div className={classes.removed}>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<Chevron size={14} aria-hidden />}
        aria-expanded={isOpen}
        aria-controls={listId}
        onClick={() => setIsOpen(!isOpen)}
      >
        {t('bin.removedHere', { what: kindCount(kind, count) })}
      </Button>
      <Collapse expanded={isOpen} id={listId}>
        {isOpen && (kind === 'note' ? <RemovedNotes of={of} id={id} /> : <RemovedFiles of={of} id={id} />)}
      </Collapse>
    </div>
  );
}

type ListProps = Pick<Props, 'of' | 'id'>;

function RemovedNotes({ of, id }: ListProps) {
  const query = useCall('notes.about', { of, id, limit: mostShown, binned: true }, { keep: true });
  const restore = useAction('notes.restore', { saved: t('common.restored') });
  return (
    <List kind="note" rows={query.data?.notes} pending={restore.pending} onRestore={(ids) => restore.run({ ids })} />
  );
}

function RemovedFiles({ of, id }: ListProps) {
  const query = useCall('attachments.about', { of, id, limit: mostShown, binned: true }, { keep: true });
  const restore = useAction('attachments.restore', { saved: t('common.restored') });
  return (
    <List
      kind="attachment"
      rows={query.data?.attachments}
      pending={restore.pending}
      onRestore={(ids) => restore.run({ ids })}
    />
  );
}

type RowsProps = {
  readonly kind: Kind;
  readonly rows: readonly Removed[] | undefined;
  readonly pending: boolean;
  readonly onRestore: (ids: string[]) => Promise<unknown>;
};

function List({ kind, rows, pending, onRestore }: RowsProps) {
  const purge = usePurge();
  if (rows === undefined) return <Loader size="sm" m="xs" />;
  const deleteForGood = async (id: string) => {
    if (await askBeforePurge(kind, { ids: [id] })) await purge(kind, { ids: [id] });
  };
  return (
    <ul className={classes.list}>
      {rows.map(({ id, label, deletedAtMs }) => (
        <li key={id} className={classes.item}>
          <div className={classes.words}>
            <Text size="sm" truncate dir="auto" title={label}>
              {label}
            </Text>
            {deletedAtMs !== null && (
              <Text size="xs" c="dimmed">
                {t('bin.goneOnDay', { day: formatInstantDay(goneAtMs(deletedAtMs)) })}
              </Text>
            )}
          </div>
          <Group gap={4} wrap="nowrap" flex="none">
            <Button
              variant="default"
              size="compact-sm"
              disabled={pending}
              aria-label={t('bin.putBackOf', { what: label })}
              onClick={() => void onRestore([id])}
            >
              {t('bin.putBack')}
            </Button>
            <Tooltip label={t('bin.purge')}>
              <ActionIcon
                variant="subtle"
                color="red"
                size="sm"
                aria-label={t('bin.purgeOf', { what: label })}
                onClick={() => void deleteForGood(id)}
              >
                <Trash2 size={15} />
              </ActionIcon>
            </Tooltip>
          </Group>
        </li>
      ))}
    </ul>
  );
}
