/** Takes a whole import back, with what waits of it in the review queue. */
import { type CallError, callError } from '../../../shared/contract/call.ts';
import type { ParsedInputOf } from '../../../shared/contract/index.ts';
import { err, type Result } from '../../../shared/result.ts';
import { findImportRun, markImportUndone } from '../../../db/records/import-run.ts';
import { closeReviewItemsOf } from '../../../db/records/review-item.ts';
import { write } from '../../../db/records/write.ts';
import type { WriteContext } from '../handler.ts';
import { takeBackWrites, type Undone } from '../history/undo-operation.ts';

/** Errors: `notFound`, `alreadyUndone`, `cancelled`. */
export async function undoImport(
  context: WriteContext,
  input: ParsedInputOf<'imports.undo'>,
): Promise<Result<Undone, CallError>> {
  const { store } = context;
  const run = findImportRun(store, input.importId);
  if (run === null) return err(callError('notFound', 'There is no such import.'));
  if (run.undone) return err(callError('alreadyUndone', 'This import was undone already.'));
  const result = await takeBackWrites(context, run.id, context.startJob('undo', run.fileName, input.jobId));
  if (!result.ok) return result;
  write(store, { cause: 'undo' }, () => {
    markImportUndone(store, run.row, context.now());
    closeReviewItemsOf(store, run.row, context.now());
  });
  return result;
}
