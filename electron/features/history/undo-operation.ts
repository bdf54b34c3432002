/**
 * Takes a whole operation back (an import, a bulk change): each of its writes, last first, as writes of their own. What
 * was changed since is left alone and counted. Stopped in the middle, it goes on where it stopped when asked again.
 */
import { type CallError, callError } from '../../../shared/contract/call.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { undoWrite } from '../../../db/change-log/undo.ts';
import { withRoom } from '../../../db/records/with-room.ts';
import { newUuid } from '../../../db/uuid.ts';
import type { Job, WriteContext } from '../handler.ts';

export type Undone = { readonly undone: number; readonly kept: number; readonly gone: number };

/** Errors: `notFound` for no such operation, `alreadyUndone`, `cancelled`. */
export async function undoOperation(
  context: WriteContext,
  operationId: string,
  jobId: string | undefined,
): Promise<Result<Undone, CallError>> {
  const { store } = context;
  const found = store
    .sql('SELECT count(*) AS writes, count(undoneByWriteId) AS undone FROM write WHERE operationId = ?')
    .get(operationId) as { writes: number; undone: number };
  if (found.writes === 0) return err(callError('notFound', 'There is no such change.'));
  if (found.writes === found.undone) return err(callError('alreadyUndone', 'This change was undone already.'));
  return takeBackWrites(context, operationId, context.startJob('undo', 'undo', jobId));
}

/** The writes of an operation that are not undone yet. Errors: `cancelled`. */
export function takeBackWrites(
  { store }: WriteContext,
  operationId: string,
  job: Job,
): Promise<Result<Undone, CallError>> {
  const writes = store
    .sql('SELECT id, changes FROM write WHERE operationId = ? AND undoneByWriteId IS NULL ORDER BY id DESC')
    .all(operationId) as { id: number; changes: number }[];
  // itself an operation: what was put back by mistake is put back as one
  const own = newUuid();
  const total = writes.reduce((sum, each) => sum + each.changes, 0);
  return withRoom(store, async () => {
    const counts = { undone: 0, kept: 0, gone: 0 };
    let done = 0;
    for (const { id, changes } of writes) {
      if (job.isCancelled()) return err(callError('cancelled', 'Stopped. What was undone so far stays undone.'));
      const result = undoWrite(store, id, own);
      if (result.ok) {
        counts.undone += result.value.undone;
        counts.kept += result.value.kept;
        counts.gone += result.value.gone;
      } else if (result.error.code === 'nothingToUndo') {
        counts.kept += Number(result.error.details?.kept ?? 0);
        counts.gone += Number(result.error.details?.gone ?? 0);
      } else if (result.error.code !== 'alreadyUndone') return result;
      done += changes;
      job.report({ done, total, saved: done });
      await job.breathe();
    }
    return ok(counts);
  });
}
