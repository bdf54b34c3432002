/**
 * The duplicates among the records of the store, and the explanation of any two. Reads only; between steps other calls
 * of the thread are served.
 */
import { createComparer, findDuplicates, type Learned } from '../../shared/rules/linkage/find.ts';
import { type Evidence, explainPair, throughEvidence } from '../../shared/rules/linkage/evidence.ts';
import { chance } from '../seed/random.ts';
import type { ReadableStore } from '../store.ts';
import { type DuplicateEntity, readOne, readPrepared, type Subject, subjects } from './records.ts';

export type DuplicatePair = {
  readonly ids: readonly [string, string];
  readonly externalIds: readonly [string | null, string | null];
  readonly labels: readonly [string, string];
  readonly probability: number;
  readonly evidence: Evidence[];
};

export type Duplicates = {
  /** Most probable first, at most `limit`. */
  readonly pairs: DuplicatePair[];
  readonly total: number;
  readonly records: number;
  /** Pairs that were looked at. */
  readonly compared: number;
};

export type Progress = { readonly done: number; readonly total: number };

export type SearchOptions = { readonly minProbability: number; readonly limit: number };

/** Any entity's subject: source and prepared record belong together inside of it. */
type AnySubject = Subject<unknown, unknown>;
const subjectOf = (of: DuplicateEntity): AnySubject => subjects[of] as unknown as AnySubject;

/** The same every time: who searches twice finds the same. */
const seed = 20_261;

/** What a search leaves behind, by which any two records can be explained without searching again. */
export type Searched = {
  readonly learned: Learned;
  /** Pairs that a third record links, by their rows, the smaller first. */
  readonly links: ReadonlyMap<string, { readonly probability: number; readonly through: number }>;
};

const keyOf = (a: number, b: number): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

function* search(store: ReadableStore, of: DuplicateEntity, minProbability: number) {
  const subject = subjectOf(of);
  const sql = `SELECT count(*) AS count FROM ${of} WHERE deletedAtMs IS NULL AND ${subject.condition}`;
  const { count } = store.sql(sql).get() as { count: number };
  // reading counts for one pass, the search for three
  const total = count * 4;
  const reading = readPrepared(store, of, subject);
  let done = 0;
  let page = reading.next();
  for (; page.done !== true; page = reading.next()) {
    done += page.value;
    yield { done: Math.min(done, total), total };
  }
  const { rows, records } = page.value;
  const finding = findDuplicates(subject.kind, records, { minProbability, random: chance(seed).next });
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

export function* duplicatesOf(
  store: ReadableStore,
  of: DuplicateEntity,
  { minProbability, limit }: SearchOptions,
): Generator<Progress, { readonly result: Duplicates; readonly searched: Searched }> {
  const { rows, pairs: found, compared, searched } = yield* search(store, of, minProbability);
  const pairs: DuplicatePair[] = [];
  for (const { a, b } of found.slice(0, limit)) {
    const { priorBits: _, ...pair } = explainRows(store, of, searched, rows[a] ?? 0, rows[b] ?? 0);
    pairs.push(pair);
    if (pairs.length % 200 === 0) yield { done: rows.length * 4, total: rows.length * 4 };
  }
  return { result: { pairs, total: found.length, records: rows.length, compared }, searched };
}

/** Learns what an explanation needs. */
export function* learnFrom(store: ReadableStore, of: DuplicateEntity): Generator<Progress, Searched> {
  return (yield* search(store, of, 0.5)).searched;
}
