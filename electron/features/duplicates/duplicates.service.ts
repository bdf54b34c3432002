/** Searches for duplicates on a reader: other calls of its thread run in between, and the writer never waits. */
import { type CallResult, callError } from '../../../shared/contract/call.ts';
import { bulkMergeProbability, mostMergedAtOnce, mostPairsShown } from '../../../shared/contract/duplicates.ts';
import type { OutputOf, ParsedInputOf } from '../../../shared/contract/index.ts';
import { err, ok } from '../../../shared/result.ts';
import { candidatesFor } from '../../../db/duplicates/candidates.ts';
import { decisionsOf, pairKey } from '../../../db/duplicates/decisions.ts';
import {
  type DuplicatePair,
  explainAll,
  explainRows,
  learnFrom,
  type RowPair,
  searchDuplicates,
  type SearchResult,
} from '../../../db/duplicates/duplicates.ts';
import { type DuplicateEntity, shownBriefly } from '../../../db/duplicates/records.ts';
import type { Progress } from '../../../db/duplicates/search.ts';
import { liveRowIdOf, standingId } from '../../../db/merge/redirects.ts';
import { rowIdOf, uuidOf } from '../../../db/records/read.ts';
import type { ReadableStore } from '../../../db/store.ts';
import type { Job, ReadContext } from '../handler.ts';
import { differentRows, entryOf, groupsOf, isStale, keep, openPairs } from './kept-search.ts';
import { putState, takeState } from './search-state.ts';

const stopped = err(callError('cancelled', 'The search for duplicates was stopped.'));

/** A search goes over the records so many times; people count them once. */
const passes = 4;

/** Null when somebody asked to stop. */
async function inSteps<T>(steps: Generator<Progress, T>, job: Job): Promise<{ readonly value: T } | null> {
  let breathedMs = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return { value: step.value };
    if (job.isCancelled()) return null;
    if (performance.now() - breathedMs < 15) continue;
    job.report({ done: Math.floor(step.value.done / passes), total: Math.ceil(step.value.total / passes), saved: 0 });
    await job.breathe();
    breathedMs = performance.now();
  }
}

const both = <T>([a, b]: readonly [T, T]): [T, T] => [a, b];

const onWire = (pair: DuplicatePair) => ({
  ...pair,
  ids: both(pair.ids),
  externalIds: both(pair.externalIds),
  labels: both(pair.labels),
});

async function searchAndKeep(
  { store, now }: ReadContext,
  of: DuplicateEntity,
  minProbability: number,
  job: Job,
): Promise<SearchResult | null> {
  const atMs = now();
  const different = differentRows(store, of);
  const before = takeState(store, of);
  const done = await inSteps(searchDuplicates(store, of, minProbability, before), job);
  if (!done) {
    if (before) putState(store, of, before);
    return null;
  }
  const { state, ...result } = done.value;
  putState(store, of, state);
  keep(store, of, result, atMs, different);
  return result;
}

export async function findPairs(
  context: ReadContext,
  { of, minProbability, limit, jobId }: ParsedInputOf<'duplicates.find'>,
): Promise<CallResult<OutputOf<'duplicates.find'>>> {
  const job = context.startJob('duplicates', of, jobId);
  const result = await searchAndKeep(context, of, minProbability, job);
  const explained = result && (await inSteps(explainAll(context.store, of, result, limit), job));
  if (!result || !explained) return stopped;
  return ok({
    pairs: explained.value.map(onWire),
    total: result.pairs.length,
    records: result.records,
    compared: result.compared,
    bulkMergeProbability,
    learned: learnedOf(result),
  });
}

/** Without the counts of values, which stay here. */
function learnedOf({ searched }: SearchResult): OutputOf<'duplicates.search'>['learned'] {
  const { m, u, lambda, together } = searched.learned.parameters;
  const both = (shares: readonly (readonly number[])[]) => shares.map((each) => [...each]);
  return { m: both(m), u: both(u), lambda, together: [...together] };
}

/** Pairs less probable than that are not worth a person's time. */
const leastKept = 0.5;

export async function search(
  context: ReadContext,
  { of, jobId }: ParsedInputOf<'duplicates.search'>,
): Promise<CallResult<OutputOf<'duplicates.search'>>> {
  const result = await searchAndKeep(context, of, leastKept, context.startJob('duplicates', of, jobId));
  if (!result) return stopped;
  const { pairs, records, compared } = result;
  return ok({ pairs: pairs.length, records, compared, learned: learnedOf(result) });
}

export function results(
  { store }: ReadContext,
  { of, minProbability, offset, limit }: ParsedInputOf<'duplicates.results'>,
): OutputOf<'duplicates.results'> {
  const { kept } = entryOf(store, of);
  if (!kept) return { search: null, total: 0, pairs: 0, rows: [] };
  const pairs = openPairs(store, of).filter(({ probability }) => probability >= minProbability);
  const groups = groupsOf(pairs);
  const { atMs, records, compared } = kept;
  return {
    search: { atMs, records, compared, stale: isStale(store, of, kept) },
    total: groups.length,
    pairs: pairs.length,
    rows: groups.slice(offset, offset + limit).map((group) => ({
      members: group.rows.map((row) => shownBriefly(store, of, row)),
      pairs: group.pairs
        .slice(0, mostPairsShown)
        .map(({ a, b, probability }) => ({ ids: idsOf(store, of, a, b), probability })),
      probability: group.probability,
    })),
  };
}

const idsOf = (store: ReadableStore, of: DuplicateEntity, a: number, b: number): [string, string] => [
  uuidOf(store, of, a),
  uuidOf(store, of, b),
];

export async function explain(
  { store, startJob }: ReadContext,
  { of, a, b, jobId }: ParsedInputOf<'duplicates.explain'>,
): Promise<CallResult<OutputOf<'duplicates.explain'>>> {
  if (a === b) return err(callError('badInput', 'These are not two records but one.'));
  const [rowA, rowB] = [rowIdOf(store, of, a), rowIdOf(store, of, b)];
  if (rowA === null || rowB === null) {
    return err(callError('notFound', `There is no such ${of} here.`, { field: rowA === null ? 'a' : 'b' }));
  }
  const entry = entryOf(store, of);
  // what was learned from all records holds when some of them change
  if (!entry.learned) {
    const done = await inSteps(learnFrom(store, of), startJob('duplicates', 'learn', jobId));
    if (!done) return stopped;
    entry.learned = done.value;
  }
  const pair = explainRows(store, of, entry.learned, rowA, rowB);
  return ok({ ...onWire(pair), priorBits: pair.priorBits });
}

export async function ofRecord(
  { store, startJob }: ReadContext,
  { of, id, minProbability }: ParsedInputOf<'duplicates.ofRecord'>,
): Promise<CallResult<OutputOf<'duplicates.ofRecord'>>> {
  const row = liveRowIdOf(store, of, id);
  if (row === null) return err(callError('notFound', `There is no such ${of} here.`, { field: 'id' }));
  const candidates = candidatesFor(store, of, row);
  if (candidates.length === 0) return ok({ pairs: [] });
  const entry = entryOf(store, of);
  if (!entry.learned) {
    const done = await inSteps(learnFrom(store, of), startJob('duplicates', 'learn', undefined));
    if (!done) return ok({ pairs: [] });
    entry.learned = done.value;
  }
  const { learned } = entry;
  const different = differentRows(store, of);
  const pairs = candidates
    .filter((other) => !different.has(row < other ? `${row} ${other}` : `${other} ${row}`))
    .map((other) => explainRows(store, of, learned, row, other))
    .filter(({ probability }) => probability >= minProbability)
    .toSorted((x, y) => y.probability - x.probability)
    .map((pair) => onWire(pair));
  return ok({ pairs: pairs.slice(0, 20) });
}

/** So many times the size of the sample are the pairs just above the level that it is drawn from. */
const drawnFrom = 5;

/** A number that looks like chance and is the same every time. */
const lot = ({ a, b }: RowPair): number => {
  const mixed = Math.imul(Math.imul(a, 0x9e3779b1) ^ b, 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
};

export function sample(
  { store }: ReadContext,
  { of, level, size }: ParsedInputOf<'duplicates.sample'>,
): OutputOf<'duplicates.sample'> {
  // of all that was found, also what was decided since: the sample stays the same while somebody works through it
  const found = entryOf(store, of).kept?.pairs ?? [];
  const count = store.sql(`SELECT count(*) FROM ${of} WHERE id IN (?, ?)`).pluck();
  const drawn = found
    .filter(({ probability }) => probability >= level)
    .slice(-size * drawnFrom)
    // a merged record may be gone for good by now
    .filter(({ a, b }) => count.get(a, b) === 2)
    .toSorted((x, y) => lot(x) - lot(y))
    .slice(0, size);
  const decisions = new Map(
    decisionsOf(store, of).map(({ firstId, secondId, decision }) => [pairKey(firstId, secondId), decision]),
  );
  return {
    pairs: drawn.map(({ a, b, probability }) => {
      const ids = idsOf(store, of, a, b);
      const isOne = standingId(store, of, ids[0]) === standingId(store, of, ids[1]);
      return {
        ids,
        labels: [shownBriefly(store, of, a).label, shownBriefly(store, of, b).label],
        probability,
        decision: isOne ? 'same' : (decisions.get(pairKey(...ids)) ?? null),
      };
    }),
  };
}

export function groups(
  { store }: ReadContext,
  { of, level }: ParsedInputOf<'duplicates.groups'>,
): OutputOf<'duplicates.groups'> {
  const open = openPairs(store, of);
  const found = new Set(open.map(({ a, b }) => `${a} ${b}`));
  const pairs = open.filter(({ probability }) => probability >= level);
  const all = groupsOf(pairs);
  // everybody like everybody else: a chain of likenesses is for a person to look at
  const sure = all.filter(
    ({ rows }) =>
      rows.length <= mostMergedAtOnce && rows.every((a, at) => rows.slice(at + 1).every((b) => found.has(`${a} ${b}`))),
  );
  const counted = sure.flatMap((group) => group.pairs);
  return {
    groups: sure.map(({ rows }) => rows.map((row) => uuidOf(store, of, row))),
    pairs: counted.length,
    records: sure.reduce((sum, { rows }) => sum + rows.length, 0),
    leftOut: all.length - sure.length,
    expected:
      counted.length === 0 ? null : counted.reduce((sum, { probability }) => sum + probability, 0) / counted.length,
  };
}
