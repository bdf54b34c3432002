/** What can be done with the rows selected in a list, however many: edit, assign, tag, lists, leads, move to the bin and back. */
import { Button, Group, Text } from '@mantine/core';
import { ArchiveRestore, PencilLine, Trash2, UserPlus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { BulkSelection } from '../../shared/contract/records.ts';
import { entityOf, type EntityName } from '../../shared/model/entities.ts';
import { isLeaving } from '../../shared/rules/bin.ts';
import { t } from '../i18n/index.ts';
import { AssignDialog } from './assign-dialog.tsx';
import { askBeforeBin, askBeforePurge } from './bin-question.tsx';
import { BulkEditDialog } from './bulk-edit-dialog.tsx';
import { bulkFields } from './bulk-fields.ts';
import { BulkLeadsDialog } from './bulk-leads-dialog.tsx';
import { BulkListDialog } from './bulk-list-dialog.tsx';
import { type BulkAction, BulkMenu } from './bulk-menu.tsx';
import { useBulk, usePurge } from './bulk-run.tsx';
import { BulkTagDialog } from './bulk-tag-dialog.tsx';
import { formatNumber } from './format.ts';
import { showError } from './toast.tsx';
import type { TableSelection } from './use-selection.ts';

type Props = {
  readonly entity: EntityName;
  readonly noun: string;
  readonly selection: TableSelection;
  readonly of: () => BulkSelection;
  readonly total: number;
  readonly isBin: boolean;
  /** What this list offers beside. */
  readonly children?: ReactNode;
};

/** More than this go to the bin only after a question. */
const mostUnasked = 100;

export function BulkBar({ entity, noun, selection, of, total, isBin, children }: Props) {
  const [dialog, setDialog] = useState<'edit' | 'assign' | BulkAction | null>(null);
  const run = useBulk();
  const purge = usePurge();
  const [isAsking, setIsAsking] = useState(false);
  const asking = async (ask: () => Promise<boolean>): Promise<boolean> => {
    setIsAsking(true);
    try {
      return await ask();
    } finally {
      setIsAsking(false);
    }
  };
  const { count } = selection;
  const words = { count, what: noun };
  const isEditable = !isBin && !entityOf(entity).appendOnly && bulkFields(entity).length > 0;
  const isAssignable = isEditable && entityOf(entity).fields.ownerId !== undefined;

  const move = async (kind: 'remove' | 'restore') => {
    const asked = of();
    if (kind === 'remove' && !(await asking(() => askBeforeBin(entity, asked, mostUnasked)))) return;
    selection.clear();
    const title = kind === 'remove' ? t('bulk.binning', words) : t('bulk.restoring', words);
    const result = await run({ entity, of: asked, change: { kind }, title });
    if (!result.ok) showError(result.error);
  };
  const purgeThem = async () => {
    const asked = of();
    if (!isLeaving(entity) || !(await asking(() => askBeforePurge(entity, asked)))) return;
    selection.clear();
    await purge(entity, asked);
  };
  const close = () => setDialog(null);
  const done = () => {
    close();
    selection.clear();
  };
  return (
    <Group gap={6} role="group" aria-label={t('table.selected', { count })}>
      <Text size="sm" fw={600} role="status">
        {selection.value.kind === 'all' && selection.value.except.size === 0
          ? t('bulk.allSelected', { total: formatNumber(count) })
          : t('table.selected', { count })}
      </Text>
      {selection.offersAll && (
        <Button variant="subtle" onClick={selection.selectAll}>
          {t('bulk.selectAll', { total: formatNumber(total) })}
        </Button>
      )}
      {isEditable && (
        <Button variant="default" leftSection={<PencilLine size={15} aria-hidden />} onClick={() => setDialog('edit')}>
          {t('bulk.edit')}
        </Button>
      )}
      {isAssignable && (
        <Button variant="default" leftSection={<UserPlus size={15} aria-hidden />} onClick={() => setDialog('assign')}>
          {t('bulk.assign')}
        </Button>
      )}
      {!isBin && <BulkMenu entity={entity} onChoose={setDialog} />}
      {children}
      <Button
        variant="default"
        leftSection={isBin ? <ArchiveRestore size={15} aria-hidden /> : <Trash2 size={15} aria-hidden />}
        loading={isAsking && !isBin}
        onClick={() => void move(isBin ? 'restore' : 'remove')}
      >
        {isBin ? t('bulk.restore') : t('bulk.remove')}
      </Button>
      {isBin && isLeaving(entity) && (
        <Button
          variant="default"
          c="red"
          leftSection={<Trash2 size={15} aria-hidden />}
          loading={isAsking}
          onClick={() => void purgeThem()}
        >
          {t('bin.purge')}
        </Button>
      )}
      <Button variant="subtle" color="gray" onClick={selection.clear}>
        {t('table.clearSelection')}
      </Button>
      {dialog === 'edit' && (
        <BulkEditDialog entity={entity} noun={noun} count={count} of={of} onClose={close} onStarted={done} />
      )}
      {dialog === 'tag' && (
        <BulkTagDialog entity={entity} noun={noun} count={count} of={of} onClose={close} onStarted={done} />
      )}
      {(dialog === 'join' || dialog === 'leave') && (
        <BulkListDialog
          kind={dialog}
          entity={entity}
          noun={noun}
          count={count}
          of={of}
          onClose={close}
          onStarted={done}
        />
      )}
      {dialog === 'createLeads' && (
        <BulkLeadsDialog entity={entity} noun={noun} count={count} of={of} onClose={close} onStarted={done} />
      )}
      {dialog === 'assign' && (
        <AssignDialog entity={entity} noun={noun} count={count} of={of} onClose={close} onStarted={done} />
      )}
    </Group>
  );
}
