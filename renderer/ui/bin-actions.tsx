/** Moving records to the bin and back, with undo, and out of it for good, with a question. */
import { ActionIcon, Button, Group, Text, Tooltip } from '@mantine/core';
import { ArchiveRestore, Trash2 } from 'lucide-react';
import { entityNames, entityOf } from '../../shared/model/entities.ts';
import { goneAtMs, isLeaving, type Leaving } from '../../shared/rules/bin.ts';
import { useAction, useCall, useUndoToast } from '../app/use-call.ts';
import { t } from '../i18n/index.ts';
import { askBeforeBin, askBeforePurge } from './bin-question.tsx';
import { usePurge } from './bulk-run.tsx';
import { formatInstantDay } from './format.ts';

export type BinArea =
  | 'contacts'
  | 'accounts'
  | 'leads'
  | 'events'
  | 'opportunities'
  | 'campaigns'
  | 'products'
  | 'tasks'
  | 'subscriptionLists';

function leavingOf(area: BinArea): Leaving {
  const entity = entityNames.find((name) => entityOf(name).area === area);
  if (entity === undefined || !isLeaving(entity)) throw new Error(`${area} do not leave the bin`);
  return entity;
}

export function useBin(area: BinArea) {
  const undo = useUndoToast();
  const remove = useAction(`${area}.remove`);
  const restore = useAction(`${area}.restore`);
  const entity = leavingOf(area);
  return {
    pending: remove.pending || restore.pending,
    /** Asked where something hangs on it. False when nothing was moved. */
    remove: async (ids: readonly string[]): Promise<boolean> => {
      if (!(await askBeforeBin(entity, { ids: [...ids] }, ids.length))) return false;
      const result = await remove.run({ ids: [...ids] });
      if (result.ok) undo(t('common.binned'), result.value.writeId);
      return result.ok;
    },
    restore: async (ids: readonly string[]): Promise<boolean> => {
      const result = await restore.run({ ids: [...ids] });
      if (result.ok) undo(t('common.restored'), result.value.writeId);
      return result.ok;
    },
  };
}

/** `const isStillHere = hereNow()`, and later: whether the person has stayed on the page; else nothing takes them away. */
export function hereNow(): () => boolean {
  const { href } = window.location;
  return () => window.location.href === href;
}

type Props = {
  readonly area: BinArea;
  readonly ids: readonly string[];
  readonly isInBin: boolean;
  /** Not called when the person went elsewhere meanwhile. */
  readonly onDone?: () => void;
};

export function BinButton({ area, ids, isInBin, onDone }: Props) {
  const bin = useBin(area);
  const act = async () => {
    const isStillHere = hereNow();
    if ((await (isInBin ? bin.restore(ids) : bin.remove(ids))) && isStillHere()) onDone?.();
  };
  const Icon = isInBin ? ArchiveRestore : Trash2;
  const button = (
    <Button
      variant="default"
      leftSection={<Icon size={15} aria-hidden />}
      loading={bin.pending}
      onClick={() => void act()}
    >
      {isInBin ? t('contacts.restore') : t('contacts.remove')}
    </Button>
  );
  const [id] = ids;
  if (!isInBin || id === undefined) return button;
  return (
    <Group gap="xs" wrap="nowrap">
      <GoneOn area={area} id={id} />
      {button}
      <PurgeButton area={area} ids={ids} />
    </Group>
  );
}

/** Until when it can be put back. */
function GoneOn({ area, id }: { readonly area: BinArea; readonly id: string }) {
  const deletedAtMs = useCall(`${area}.get`, { id }).data?.deletedAtMs ?? null;
  if (deletedAtMs === null) return null;
  return (
    <Text size="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
      {t('bin.goneOnDay', { day: formatInstantDay(goneAtMs(deletedAtMs)) })}
    </Text>
  );
}

function PurgeButton({ area, ids }: { readonly area: BinArea; readonly ids: readonly string[] }) {
  const purge = usePurge();
  const entity = leavingOf(area);
  const act = async () => {
    const of = { ids: [...ids] };
    const isStillHere = hereNow();
    if (!(await askBeforePurge(entity, of))) return;
    // back to where it was opened from: its page is gone with it
    if ((await purge(entity, of)) && isStillHere()) window.history.back();
  };
  return (
    <Tooltip label={t('bin.purge')}>
      <ActionIcon variant="default" size={32} c="red" aria-label={t('bin.purge')} onClick={() => void act()}>
        <Trash2 size={15} />
      </ActionIcon>
    </Tooltip>
  );
}
