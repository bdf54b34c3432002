/**
 * What people decided about pairs of records (`duplicateDecision`): one, or two for good. Two that are different are never
 * proposed again; all decisions refine what the finder learns (shared/rules/linkage/find.ts).
 *
 * Example: `decide(w, 'contact', 7, 9, 'different')`; deciding again changes the decision of the pair.
 */
import { createComparer, noCounts } from '../../shared/rules/linkage/comparer.ts';
import { missing } from '../../shared/rules/linkage/model.ts';
import { standingId, uidOfText } from '../merge/redirects.ts';
import { rowIdOf, uuidOf } from '../records/read.ts';
import { applyPatch, createRecord, type Write } from '../records/write.ts';
import type { ReadableStore } from '../store.ts';
import { uidToUuid } from '../uuid.ts';
import { type DuplicateEntity, readOne, subjectOf } from './records.ts';

export type Decision = 'same' | 'different';

/** The smaller id first: a pair has one order on every laptop. */
const inOrder = (a: string, b: string): readonly [string, string] => (a < b ? [a, b] : [b, a]);

export const pairKey = (a: string, b: string): string => inOrder(a, b).join(' ');

/** How two records compare, field → level; without what is not to be compared. */
function comparisonOf(store: ReadableStore, of: DuplicateEntity, rowA: number, rowB: number): Record<string, string> {
  const subject = subjectOf(of);
  const { kind } = subject;
  const comparer = createComparer(kind, noCounts(kind.fields.length));
  comparer.compare(readOne(store, of, subject, rowA).record, readOne(store, of, subject, rowB).record);
  const levels = kind.fields.flatMap(({ key, levels: names }, at) => {
    const level = names[comparer.levels[at] ?? missing];
    return level === undefined ? [] : [[key, level] as const];
  });
  return Object.fromEntries(levels);
}

/** Notes what somebody decided about two records. */
export function decide(write: Write, of: DuplicateEntity, rowA: number, rowB: number, decision: Decision): void {
  const { store } = write;
  const [firstId, secondId] = inOrder(uuidOf(store, of, rowA), uuidOf(store, of, rowB));
  const uid = uidOfText(`decision ${of} ${firstId} ${secondId}`);
  const values = {
    decision,
    userId: store.userRow,
    decidedAtMs: write.atMs,
    comparison: comparisonOf(store, of, rowA, rowB),
  };
  const known = rowIdOf(store, 'duplicateDecision', uidToUuid(uid));
  if (known === null) createRecord(write, 'duplicateDecision', { entity: of, firstId, secondId, ...values }, uid);
  else applyPatch(write, 'duplicateDecision', known, values, null);
}

export type Decided = {
  readonly firstId: string;
  readonly secondId: string;
  readonly decision: Decision;
  readonly comparison: Readonly<Record<string, string>>;
};

type Row = Omit<Decided, 'comparison'> & { readonly comparison: string };

/** All standing decisions of a kind, as they were made. */
export const decisionsOf = (store: ReadableStore, of: DuplicateEntity): Decided[] =>
  (
    store
      .sql(
        `SELECT firstId, secondId, decision, comparison FROM duplicate_decision
         WHERE entity = ? AND deletedAtMs IS NULL AND firstId IS NOT NULL AND secondId IS NOT NULL`,
      )
      .all(of) as Row[]
  ).map((row) => ({ ...row, comparison: JSON.parse(row.comparison) as Record<string, string> }));

/**
 * Pairs decided to be two, by key. A record that was merged hands its decisions on: who is not B is not A either, where B
 * became A.
 */
export function differentPairs(store: ReadableStore, of: DuplicateEntity): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (const { firstId, secondId, decision } of decisionsOf(store, of)) {
    if (decision !== 'different') continue;
    pairs.add(pairKey(standingId(store, of, firstId), standingId(store, of, secondId)));
  }
  return pairs;
}
