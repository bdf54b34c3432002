/** One decision for all items that wait for the same reason, from the same file or form; and all of them taken back. */
import { type CallResult, callError } from '../../../shared/contract/call.ts';
import type { OutputOf, ParsedInputOf } from '../../../shared/contract/index.ts';
import { err, ok } from '../../../shared/result.ts';
import { alikeReviewItems, countAlike, findReviewItem } from '../../../db/records/review-item.ts';
import { withRoom } from '../../../db/records/with-room.ts';
import type { ReadableStore, WritableStore } from '../../../db/store.ts';
import type { WriteContext } from '../handler.ts';
import { reopenItem, type Resolved, resolveItem } from './review.service.ts';

/** Items between two looks at whether to stop. */
const itemsAtOnce = 10;

const gone = () => err(callError('notFound', 'This item is not here any more.', { field: 'id' }));

export function alike(
  store: ReadableStore,
  { id }: ParsedInputOf<'reviewQueue.alike'>,
): CallResult<OutputOf<'reviewQueue.alike'>> {
  return findReviewItem(store, id) === null ? gone() : ok({ count: countAlike(store, id) });
}

type Action = ParsedInputOf<'reviewQueue.resolveAlike'>['action'];

/** Null where the item is gone, or has nobody to be used. */
function decide(store: WritableStore, id: string, action: Action): Resolved | null {
  const candidateId = findReviewItem(store, id)?.item.candidates[0]?.id;
  if (action === 'useFirst' && candidateId === undefined) return null;
  const result =
    action === 'useFirst' && candidateId !== undefined
      ? resolveItem(store, { id, action: 'useCandidate', candidateId })
      : resolveItem(store, { id, action: action === 'useFirst' ? 'retry' : action });
  return result.ok ? result.value : null;
}

/** The item itself is left as it is: it was decided by itself, or waits for another look. */
export async function resolveAlike(
  { store, startJob }: WriteContext,
  { id, action, jobId }: ParsedInputOf<'reviewQueue.resolveAlike'>,
): Promise<CallResult<OutputOf<'reviewQueue.resolveAlike'>>> {
  if (findReviewItem(store, id) === null) return gone();
  const job = startJob('bulk', 'review', jobId);
  const ids = alikeReviewItems(store, id);
  const decided: { id: string; writeId: number | null }[] = [];
  const counts = { created: 0, updated: 0, unchanged: 0, skipped: 0 };
  const cancelled = await inBatches(store, ids, job, (each) => {
    const result = decide(store, each, action);
    if (result === null || result.outcome === 'pending' || result.outcome === 'failed') return;
    counts[result.outcome] += 1;
    decided.push({ id: each, writeId: result.writeId });
  });
  return ok({ decided, ...counts, waiting: ids.length - decided.length, cancelled });
}

export async function reopenMany(
  { store, startJob }: WriteContext,
  { decided, jobId }: ParsedInputOf<'reviewQueue.reopenMany'>,
): Promise<CallResult<OutputOf<'reviewQueue.reopenMany'>>> {
  let reopened = 0;
  let kept = 0;
  // what was decided later may have met what was made before
  const cancelled = await inBatches(store, decided.toReversed(), startJob('bulk', 'review', jobId), (each) => {
    if (reopenItem(store, each).ok) reopened += 1;
    else kept += 1;
  });
  return ok({ reopened, kept, cancelled });
}

/** True where somebody stopped it. */
function inBatches<T>(
  store: WritableStore,
  all: readonly T[],
  job: ReturnType<WriteContext['startJob']>,
  work: (each: T) => void,
): Promise<boolean> {
  return withRoom(store, async () => {
    for (let at = 0; at < all.length; at += itemsAtOnce) {
      if (job.isCancelled()) return true;
      for (const each of all.slice(at, at + itemsAtOnce)) work(each);
      const done = Math.min(all.length, at + itemsAtOnce);
      job.report({ done, total: all.length, saved: done });
      await job.breathe();
    }
    return false;
  });
}
