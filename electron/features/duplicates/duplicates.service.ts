/** Searches for duplicates on a reader: other calls of its thread run in between, and the writer never waits. */
import { type CallResult, callError } from '../../../shared/contract/call.ts';
import { bulkMergeProbability } from '../../../shared/contract/duplicates.ts';
import type { OutputOf, ParsedInputOf } from '../../../shared/contract/index.ts';
import { err, ok } from '../../../shared/result.ts';
import {
  duplicatesOf,
  explainRows,
  learnFrom,
  type Progress,
  type Searched,
} from '../../../db/duplicates/duplicates.ts';
import { rowIdOf } from '../../../db/records/read.ts';
import type { ReadableStore } from '../../../db/store.ts';
import type { Job, ReadContext } from '../handler.ts';

type Of = ParsedInputOf<'duplicates.find'>['of'];

const stopped = err(callError('cancelled', 'The search for duplicates was stopped.'));

/** Null when somebody asked to stop. */
async function inSteps<T>(steps: Generator<Progress, T>, job: Job): Promise<{ readonly value: T } | null> {
  let breathedMs = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return { value: step.value };
    if (job.isCancelled()) return null;
    if (performance.now() - breathedMs < 15) continue;
    job.report({ done: step.value.done, total: step.value.total, saved: 0 });
    await job.breathe();
    breathedMs = performance.now();
  }
}

/** What was learned last, by store and kind; good for as long as the database is as it was. */
const known = new WeakMap<ReadableStore, Map<Of, { readonly version: string; readonly searched: Searched }>>();

function versionOf({ connection, sql }: ReadableStore): string {
  const others = String(connection.pragma('data_version', { simple: true }));
  const { own } = sql('SELECT total_changes() AS own').get() as { own: number };
  return `${others} ${own}`;
}

function remember(store: ReadableStore, of: Of, version: string, searched: Searched): void {
  let byKind = known.get(store);
  if (!byKind) known.set(store, (byKind = new Map()));
  byKind.set(of, { version, searched });
}

export async function findPairs(
  { store, startJob }: ReadContext,
  { of, minProbability, limit, jobId }: ParsedInputOf<'duplicates.find'>,
): Promise<CallResult<OutputOf<'duplicates.find'>>> {
  const job = startJob('duplicates', of, jobId);
  const version = versionOf(store);
  const done = await inSteps(duplicatesOf(store, of, { minProbability, limit }), job);
  if (!done) return stopped;
  const { result, searched } = done.value;
  remember(store, of, version, searched);
  const pairs = result.pairs.map((pair) => ({
    ...pair,
    ids: both(pair.ids),
    externalIds: both(pair.externalIds),
    labels: both(pair.labels),
  }));
  return ok({ ...result, pairs, bulkMergeProbability });
}

const both = <T>([a, b]: readonly [T, T]): [T, T] => [a, b];

export async function explain(
  { store, startJob }: ReadContext,
  { of, a, b, jobId }: ParsedInputOf<'duplicates.explain'>,
): Promise<CallResult<OutputOf<'duplicates.explain'>>> {
  if (a === b) return err(callError('badInput', 'These are not two records but one.'));
  const rows = [rowIdOf(store, of, a), rowIdOf(store, of, b)] as const;
  const [rowA, rowB] = rows;
  if (rowA === null || rowB === null) {
    return err(callError('notFound', `There is no such ${of} here.`, { field: rowA === null ? 'a' : 'b' }));
  }
  const version = versionOf(store);
  let searched = known.get(store)?.get(of);
  if (searched?.version !== version) {
    const done = await inSteps(learnFrom(store, of), startJob('duplicates', of, jobId));
    if (!done) return stopped;
    searched = { version, searched: done.value };
    remember(store, of, version, done.value);
  }
  const pair = explainRows(store, of, searched.searched, rowA, rowB);
  return ok({ ...pair, ids: both(pair.ids), externalIds: both(pair.externalIds), labels: both(pair.labels) });
}
