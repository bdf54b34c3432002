/** Takes back what was done last among the duplicates, merge by merge. */
import { useQueryClient } from '@tanstack/react-query';
import { bridge } from '../../app/client.ts';
import { refreshReads } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { useUndoOperation } from '../../ui/bulk-run.tsx';
import { hideUndo, showDone, showError } from '../../ui/toast.tsx';
import { takeLast } from './duplicates-store.ts';

export function useUndoLast(): () => Promise<void> {
  const client = useQueryClient();
  const undoOperation = useUndoOperation();
  return async () => {
    const last = takeLast();
    if (last === null) {
      showDone(t('duplicates.nothingToUndo'));
      return;
    }
    if ('operationId' in last) {
      await undoOperation(last.operationId);
      return;
    }
    hideUndo(last.writeId);
    const result = await bridge.call('history.undo', { writeId: last.writeId });
    refreshReads(client);
    // the toast's own button was faster
    if (!result.ok && result.error.code !== 'alreadyUndone') showError(result.error);
    else showDone(t('common.undone'));
  };
}
