/**
 * The search for duplicates among the records of a store (shared/rules/linkage): all of them the first time, and afterwards
 * only those that were changed since, each against everything.
 *
 * What a search leaves for the next one is large (some 350 MB of a million contacts): its keeper lets it go when it was
 * not asked for in a while, and the next search reads everything again.
 */
import type { FoundPair } from '../../shared/rules/linkage/link.ts';
import { mostRecords } from '../../shared/rules/linkage/blocking.ts';
import { type Decided, findDuplicates, type Learned } from '../../shared/rules/linkage/find.ts';
import type { FieldCounts } from '../../shared/rules/linkage/counts.ts';
import type { Table } from '../../shared/rules/linkage/kind.ts';
import { entityCodes } from '../change-log/entity-codes.ts';
import { counterOf } from '../query/remembered.ts';
import { rowIdOf } from '../records/read.ts';
import { chance } from '../seed/random.ts';
import type { ReadableStore } from '../store.ts';
import { decisionsOf, differentPairs } from './decisions.ts';
import { keptLearned } from './learned.ts';
import { type DuplicateEntity, readPrepared, readSome, subjectOf } from './records.ts';

export type Progress = { readonly done: number; readonly total: number };

/** The same every time: who searches twice finds the same. */
const seed = 20_261;

/** What the next search starts from. */
export type SearchState = {
  readonly table: Table<unknown>;
  /** The row of each place. Up to `sorted` they ascend; what was changed later follows. */
  readonly rows: number[];
  readonly sorted: number;
  readonly later: Map<number, number>;
  /** Places that were not compared yet: of a search that was stopped, too. */
  readonly fresh: Set<number>;
  candidates: Float64Array;
  /** The last change that the table knows of. */
  changeId: number;
};

export type SearchedRecords = {
  readonly rows: readonly number[];
  readonly records: number;
  readonly pairs: readonly FoundPair[];
  readonly learned: Learned;
  readonly compared: number;
  /** One in so many records was looked at. */
  readonly every: number;
  readonly state: SearchState;
};

export const pairKeyOf = (a: number, b: number): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

function placeOf({ rows, sorted, later, table }: SearchState, row: number): number | undefined {
  const known = later.get(row);
  if (known !== undefined) return table.has(known) ? known : undefined;
  let low = 0;
  let high = sorted - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const there = rows[middle] ?? 0;
    if (there === row) return table.has(middle) ? middle : undefined;
    if (there < row) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

/** What people decided, in terms of places among the records searched. */
function decidedAbout(store: ReadableStore, of: DuplicateEntity, state: SearchState): Decided {
  const placeOfId = (uuid: string): number | undefined => placeOf(state, rowIdOf(store, of, uuid) ?? -1);
  const same = new Set<string>();
  const different = new Set<string>();
  const merged: Readonly<Record<string, string>>[] = [];
  for (const { firstId, secondId, decision, comparison } of decisionsOf(store, of)) {
    if (decision !== 'same') continue;
    const [a, b] = [placeOfId(firstId), placeOfId(secondId)];
    if (a === undefined || b === undefined) merged.push(comparison);
    else same.add(pairKeyOf(a, b));
  }
  for (const pair of differentPairs(store, of)) {
    const [a, b] = pair.split(' ').map(placeOfId);
    if (a !== undefined && b !== undefined) different.add(pairKeyOf(a, b));
  }
  return {
    same: merged,
    isSame: (a, b) => same.size > 0 && same.has(pairKeyOf(a, b)),
    isDifferent: (a, b) => different.size > 0 && different.has(pairKeyOf(a, b)),
  };
}

const lastChange = (store: ReadableStore): number =>
  store.sql('SELECT coalesce(max(id), 0) FROM change').pluck().get() as number;

function* readAll(store: ReadableStore, of: DuplicateEntity, every: number): Generator<number, SearchState> {
  const changeId = lastChange(store);
  const { rows, records: table } = yield* readPrepared(store, of, subjectOf(of), every);
  return {
    table,
    rows,
    sorted: rows.length,
    later: new Map(),
    fresh: new Set(),
    candidates: new Float64Array(0),
    changeId,
  };
}

/** How often each value occurs, among about `most` of the records. */
export function* countValues(
  store: ReadableStore,
  of: DuplicateEntity,
  most: number,
): Generator<Progress, FieldCounts> {
  const all = counterOf(store, of);
  const every = Math.max(1, Math.ceil(all / most));
  const total = Math.max(1, Math.ceil(all / every));
  const reading = readPrepared(store, of, subjectOf(of), every);
  let done = 0;
  let page = reading.next();
  for (; page.done !== true; page = reading.next()) {
    done += page.value;
    yield { done: Math.min(done, total), total };
  }
  return page.value.records.counts;
}

/** So many records may have changed, or been replaced before: beyond that reading all of them is as quick. */
const mostChanged = 0.1;

/** Rows of records that were changed since; null where there are too many of them. */
function changedSince(store: ReadableStore, of: DuplicateEntity, state: SearchState): readonly number[] | null {
  const most = Math.floor(state.rows.length * mostChanged);
  const places = state.table.length();
  if (places - state.sorted > most) return null;
  const changed = store
    .sql('SELECT DISTINCT recordId FROM change WHERE id > ? AND +entity = ? LIMIT ?')
    .pluck()
    .all(state.changeId, entityCodes[of], most + 2) as number[];
  return changed.length > most + 1 || places + changed.length > mostRecords ? null : changed;
}

/** Replaces what changed. Whatever is stopped in between is taken up by the next search. */
function* catchUp(
  store: ReadableStore,
  of: DuplicateEntity,
  state: SearchState,
  changed: readonly number[],
  upTo: number,
): Generator<number> {
  const { table, rows, later, fresh } = state;
  for (const row of changed) {
    const place = placeOf(state, row);
    if (place === undefined) continue;
    table.remove(place);
    fresh.delete(place);
  }
  for (const { row, record } of readSome(store, of, subjectOf(of), changed)) {
    const place = table.add(record);
    rows[place] = row;
    later.set(row, place);
    fresh.add(place);
    if (place % 250 === 0) yield 250;
  }
  state.changeId = upTo;
}

/**
 * `before`: what an earlier search of the same kind left; it is changed. `most`: a sample of so many records is enough.
 */
export function* searchRecords(
  store: ReadableStore,
  of: DuplicateEntity,
  minProbability: number,
  { before = null, most = Infinity }: { readonly before?: SearchState | null; readonly most?: number } = {},
): Generator<Progress, SearchedRecords> {
  const subject = subjectOf(of);
  // for leads an upper bound: closed ones are counted, and not searched
  const all = counterOf(store, of);
  const every = Math.max(1, Math.ceil(all / most));
  const count = Math.max(1, Math.ceil(all / every));
  // reading takes about a quarter of it
  const total = count * 4;
  const upTo = lastChange(store);
  const changed = before && every === 1 ? changedSince(store, of, before) : null;
  const isFurther = before !== null && changed !== null;
  const reading = isFurther ? catchUp(store, of, before, changed, upTo) : readAll(store, of, every);
  let done = 0;
  let page = reading.next();
  for (; page.done !== true; page = reading.next()) {
    done += page.value;
    yield { done: Math.min(done, count), total };
  }
  const state = isFurther ? before : (page.value as SearchState);
  const decided = decidedAbout(store, of, state);
  const finding = findDuplicates(subject.kind, state.table, {
    minProbability,
    random: chance(seed).next,
    decided,
    // what is true of a sample is not true of all: it begins with what ships
    learned: every === 1 ? keptLearned(store, of) : null,
    ...(isFurther ? { since: { candidates: state.candidates, fresh: state.fresh } } : {}),
  });
  let step = finding.next();
  for (; step.done !== true; step = finding.next()) {
    yield { done: count + Math.floor((count * 3 * step.value.done) / Math.max(1, step.value.total)), total };
  }
  const { pairs, learned, compared, candidates, records } = step.value;
  state.candidates = candidates;
  state.fresh.clear();
  return { rows: state.rows, records, pairs, learned, compared, every, state };
}
