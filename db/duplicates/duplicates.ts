/**
 * The duplicates among the records of the store, and the explanation of any two. Reads only; between steps other calls
 * of the thread are served.
 */
import { createComparer, type Decided, findDuplicates, type Learned } from '../../shared/rules/linkage/find.ts';
import { type Evidence, explainPair, throughEvidence } from '../../shared/rules/linkage/evidence.ts';
import { rowIdOf } from '../records/read.ts';
import { chance } from '../seed/random.ts';
import type { ReadableStore } from '../store.ts';
import { decisionsOf, differentPairs } from './decisions.ts';
import { type DuplicateEntity, readOne, readPrepared, subjectOf } from './records.ts';

export type DuplicatePair = {
  readonly ids: readonly [string, string];
  readonly externalIds: readonly [string | null, string | null];
  readonly labels: readonly [string, string];
  readonly probability: number;
  readonly evidence: Evidence[];
};

export type Progress = { readonly done: number; readonly total: number };

/** The same every time: who searches twice finds the same. */
const seed = 20_261;

/** What a search leaves behind, by which any two records can be explained without searching again. */
export type Searched = {
  readonly learned: Learned;
  /** Pairs that a third record links, by their rows, the smaller first. */
  readonly links: ReadonlyMap<string, { readonly probability: number; readonly through: number }>;
};

const keyOf = (a: number, b: number): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** What people decided, in terms of places among the records searched. */
function decidedAbout(store: ReadableStore, of: DuplicateEntity, rows: readonly number[]): Decided {
  const places = new Map(rows.map((row, place) => [row, place]));
  const placeOf = (uuid: string): number | undefined => places.get(rowIdOf(store, of, uuid) ?? -1);
  const same = new Set<string>();
  const different = new Set<string>();
  const merged: Readonly<Record<string, string>>[] = [];
  for (const { firstId, secondId, decision, comparison } of decisionsOf(store, of)) {
    if (decision !== 'same') continue;
    const [a, b] = [placeOf(firstId), placeOf(secondId)];
    if (a === undefined || b === undefined) merged.push(comparison);
    else same.add(keyOf(a, b));
  }
  for (const pair of differentPairs(store, of)) {
    const [a, b] = pair.split(' ').map(placeOf);
    if (a !== undefined && b !== undefined) different.add(keyOf(a, b));
  }
  return {
    same: merged,
    isSame: (a, b) => same.size > 0 && same.has(keyOf(a, b)),
    isDifferent: (a, b) => different.size > 0 && different.has(keyOf(a, b)),
  };
}

function* search(store: ReadableStore, of: DuplicateEntity, minProbability: number, mostRecords = Infinity) {
  const subject = subjectOf(of);
  const sql = `SELECT count(*) AS count FROM ${of} WHERE deletedAtMs IS NULL AND ${subject.condition}`;
  const { count: all } = store.sql(sql).get() as { count: number };
  const every = Math.max(1, Math.ceil(all / mostRecords));
  const count = Math.ceil(all / every);
  // reading counts for one pass, the search for three
  const total = count * 4;
  const reading = readPrepared(store, of, subject, every);
  let done = 0;
  let page = reading.next();
  for (; page.done !== true; page = reading.next()) {
    done += page.value;
    yield { done: Math.min(done, total), total };
  }
  const { rows, records } = page.value;
  const decided = decidedAbout(store, of, rows);
  const finding = findDuplicates(subject.kind, records, { minProbability, random: chance(seed).next, decided });
  let step = finding.next();
  for (; step.done !== true; step = finding.next()) {
    yield { done: Math.min(count + step.value.done, total), total };
  }
  const { pairs, learned, compared } = step.value;
  const links = new Map<string, { readonly probability: number; readonly through: number }>();
  for (const { a, b, probability, through } of pairs) {
    if (through === null) continue;
    links.set(keyOf(rows[a] ?? 0, rows[b] ?? 0), { probability, through: rows[through] ?? 0 });
  }
  return { rows, pairs, compared, searched: { learned, links } };
}

/** Two records, by what was learned of all. */
export function explainRows(
  store: ReadableStore,
  of: DuplicateEntity,
  { learned, links }: Searched,
  rowA: number,
  rowB: number,
): DuplicatePair & { readonly priorBits: number } {
  const subject = subjectOf(of);
  const a = readOne(store, of, subject, rowA);
  const b = readOne(store, of, subject, rowB);
  const { kind } = subject;
  const explained = explainPair(kind, createComparer(kind, learned.counts), learned.parameters, {
    a: a.record,
    b: b.record,
    shown: (side, field) => (side === 'a' ? a : b).shown.value(field),
  });
  const link = links.get(keyOf(rowA, rowB));
  const through = link === undefined ? [] : [throughEvidence(readOne(store, of, subject, link.through).shown.label)];
  return {
    ids: [a.shown.id, b.shown.id],
    externalIds: [a.shown.externalId, b.shown.externalId],
    labels: [a.shown.label, b.shown.label],
    probability: link?.probability ?? explained.probability,
    priorBits: explained.priorBits,
    evidence: [...explained.evidence, ...through],
  };
}

/** A pair by its rows, the smaller first. */
export type RowPair = { readonly a: number; readonly b: number; readonly probability: number };

export type SearchResult = {
  /** Most probable first. */
  readonly pairs: readonly RowPair[];
  readonly records: number;
  /** Pairs that were looked at. */
  readonly compared: number;
  readonly searched: Searched;
};

/** The whole search; its pairs are explained when somebody looks at them (`explainRows`). */
export function* searchDuplicates(
  store: ReadableStore,
  of: DuplicateEntity,
  minProbability: number,
): Generator<Progress, SearchResult> {
  const { rows, pairs, compared, searched } = yield* search(store, of, minProbability);
  const byRow = pairs.map(({ a, b, probability }) => {
    const [first, second] = [rows[a] ?? 0, rows[b] ?? 0];
    return { a: Math.min(first, second), b: Math.max(first, second), probability };
  });
  return { pairs: byRow, records: rows.length, compared, searched };
}

export function* explainAll(
  store: ReadableStore,
  of: DuplicateEntity,
  { pairs, records, searched }: SearchResult,
  limit: number,
): Generator<Progress, DuplicatePair[]> {
  const explained: DuplicatePair[] = [];
  for (const { a, b } of pairs.slice(0, limit)) {
    const { priorBits: _, ...pair } = explainRows(store, of, searched, a, b);
    explained.push(pair);
    if (explained.length % 200 === 0) yield { done: records * 4, total: records * 4 };
  }
  return explained;
}

/** Records that teach enough to explain two of them. */
const taughtBy = 20_000;

/** Learns what an explanation needs, of a large database from one in so many records. */
export function* learnFrom(store: ReadableStore, of: DuplicateEntity): Generator<Progress, Searched> {
  return (yield* search(store, of, 0.5, taughtBy)).searched;
}
