/**
 * Takes a whole import back: each of its writes, last first, as writes of their own. What was changed since is left
 * alone and counted. Cut in the middle, it goes on where it stopped when asked again.
 */
import { type CallError, callError } from '../../../shared/contract/call.ts';
import type { ParsedInputOf } from '../../../shared/contract/index.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { undoWrite } from '../../../db/change-log/undo.ts';
import { findImportRun, markImportUndone } from '../../../db/records/import-run.ts';
import { closeReviewItemsOf } from '../../../db/records/review-item.ts';
import { write } from '../../../db/records/write.ts';
import type { WriteContext } from '../handler.ts';
import { withRoom } from './with-room.ts';

/** Errors: `notFound`, `alreadyUndone`. */
export async function undoImport(
  context: WriteContext,
  input: ParsedInputOf<'imports.undo'>,
): Promise<Result<{ undone: number; kept: number }, CallError>> {
  return withRoom(context.store, () => takeBackAll(context, input));
}

async function takeBackAll(
  context: WriteContext,
  input: ParsedInputOf<'imports.undo'>,
): Promise<Result<{ undone: number; kept: number }, CallError>> {
  const { store } = context;
  const run = findImportRun(store, input.importId);
  if (run === null) return err(callError('notFound', 'There is no such import.'));
  if (run.undone) return err(callError('alreadyUndone', 'This import was undone already.'));
  const job = context.startJob('undo', run.fileName, input.jobId);
  const writes = store
    .sql('SELECT id, changes FROM write WHERE operationId = ? AND undoneByWriteId IS NULL ORDER BY id DESC')
    .all(run.id) as { id: number; changes: number }[];
  const total = writes.reduce((sum, each) => sum + each.changes, 0);
  const counts = { undone: 0, kept: 0 };
  let done = 0;
  for (const { id, changes } of writes) {
    if (job.isCancelled()) return err(callError('cancelled', 'Stopped. What was undone so far stays undone.'));
    const result = undoWrite(store, id);
    if (result.ok) {
      counts.undone += result.value.undone;
      counts.kept += result.value.kept;
    } else if (result.error.code !== 'nothingToUndo' && result.error.code !== 'alreadyUndone') return result;
    done += changes;
    job.report({ done, total, saved: done });
    await job.breathe();
  }
  write(store, { cause: 'undo' }, () => {
    markImportUndone(store, run.row, context.now());
    closeReviewItemsOf(store, run.row, context.now());
  });
  return ok(counts);
}
