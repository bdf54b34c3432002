/** Moving records to the bin and back, with undo. */
import { Button } from '@mantine/core';
import { ArchiveRestore, Trash2 } from 'lucide-react';
import { useAction, useUndoToast } from '../app/use-call.ts';
import { t } from '../i18n/index.ts';

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

export function useBin(area: BinArea) {
  const undo = useUndoToast();
  const remove = useAction(`${area}.remove`);
  const restore = useAction(`${area}.restore`);
  return {
    pending: remove.pending || restore.pending,
    remove: async (ids: readonly string[]): Promise<boolean> => {
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

type Props = {
  readonly area: BinArea;
  readonly ids: readonly string[];
  readonly isInBin: boolean;
  readonly onDone?: () => void;
};

export function BinButton({ area, ids, isInBin, onDone }: Props) {
  const bin = useBin(area);
  const act = async () => {
    if (await (isInBin ? bin.restore(ids) : bin.remove(ids))) onDone?.();
  };
  const Icon = isInBin ? ArchiveRestore : Trash2;
  return (
    <Button
      variant="default"
      leftSection={<Icon size={15} aria-hidden />}
      loading={bin.pending}
      onClick={() => void act()}
    >
      {isInBin ? t('contacts.restore') : t('contacts.remove')}
    </Button>
  );
}
