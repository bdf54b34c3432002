/**
 * The duplicates among the records of the store, and the explanation of any two. Reads only; between steps other calls
 * of the thread are served.
 */
import { createComparer } from '../../shared/rules/linkage/comparer.ts';
import type { Learned } from '../../shared/rules/linkage/find.ts';
import { type Evidence, explainPair, throughEvidence } from '../../shared/rules/linkage/evidence.ts';
import type { ReadableStore } from '../store.ts';
import { keptLearned } from './learned.ts';
import { type DuplicateEntity, readOne, subjectOf } from './records.ts';
import {
  countValues,
  pairKeyOf,
  type Progress,
  searchRecords,
  type SearchedRecords,
  type SearchState,
} from './search.ts';

export type DuplicatePair = {
  readonly ids: readonly [string, string];
  readonly externalIds: readonly [string | null, string | null];
  readonly labels: readonly [string, string];
  readonly probability: number;
  readonly evidence: Evidence[];
};

/** What a search leaves behind, by which any two records can be explained without searching again. */
export type Searched = {
  readonly learned: Learned;
  /** Pairs that a third record links, by their rows, the smaller first. */
  readonly links: ReadonlyMap<string, { readonly probability: number; readonly through: number }>;
};

/** By rows what was learned, and which pairs a third record links. */
function searchedOf({ rows, pairs, learned }: SearchedRecords): Searched {
  const links = new Map<string, { readonly probability: number; readonly through: number }>();
  for (const { a, b, probability, through } of pairs) {
    if (through === null) continue;
    links.set(pairKeyOf(rows[a] ?? 0, rows[b] ?? 0), { probability, through: rows[through] ?? 0 });
  }
  return { learned, links };
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
  const link = links.get(pairKeyOf(rowA, rowB));
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

/**
 * The whole search, or what changed since `before`; its pairs are explained when somebody looks at them (`explainRows`).
 */
export function* searchDuplicates(
  store: ReadableStore,
  of: DuplicateEntity,
  minProbability: number,
  before: SearchState | null = null,
): Generator<Progress, SearchResult & { readonly state: SearchState }> {
  const searched = yield* searchRecords(store, of, minProbability, { before });
  const { rows, pairs, records, compared, state } = searched;
  const byRow = pairs.map(({ a, b, probability }) => {
    const [first, second] = [rows[a] ?? 0, rows[b] ?? 0];
    return { a: Math.min(first, second), b: Math.max(first, second), probability };
  });
  return { pairs: byRow, records, compared, searched: searchedOf(searched), state };
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

/**
 * What an explanation needs: how values are spread, of a large database by one in so many records; what agreeing in them
 * says, from the last search, or where there was none by a search of these.
 */
export function* learnFrom(store: ReadableStore, of: DuplicateEntity): Generator<Progress, Searched> {
  const parameters = keptLearned(store, of);
  if (parameters !== null) {
    const counts = yield* countValues(store, of, taughtBy);
    return { learned: { parameters, counts }, links: new Map() };
  }
  const searched = yield* searchRecords(store, of, 0.5, { most: taughtBy });
  const { learned, links } = searchedOf(searched);
  // of so many times as many records two at random are one so much more rarely
  const lambda = learned.parameters.lambda / searched.every;
  return { learned: { ...learned, parameters: { ...learned.parameters, lambda } }, links };
}
