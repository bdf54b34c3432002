/** How good the finder is on a labelled set: pairwise, against every true pair. */
import { findDuplicates } from '../../../shared/rules/linkage/find.ts';
import type { FoundPair } from '../../../shared/rules/linkage/link.ts';
import type { Kind } from '../../../shared/rules/linkage/kind.ts';
import { chance } from '../../../db/seed/random.ts';

export type Labels = {
  /** Who each record really is. */
  readonly entities: readonly string[];
  /** The table each is from: only pairs of different ones count. Null where all are from one. */
  readonly tables: readonly string[] | null;
};

export type Quality = { readonly precision: number; readonly recall: number; readonly f1: number };

export function find<R>(kind: Kind<R>, records: readonly R[]) {
  const begin = performance.now();
  const table = kind.createTable();
  for (const record of records) table.add(record);
  const steps = findDuplicates(kind, table, { minProbability: 0.01, random: chance(1).next });
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return { ...step.value, ms: performance.now() - begin };
}

export function qualityAt(level: number, pairs: readonly FoundPair[], { entities, tables }: Labels): Quality {
  const counts = (a: number, b: number): boolean => tables === null || tables[a] !== tables[b];
  const membersByEntity = Map.groupBy(entities.keys(), (record) => entities[record] ?? '');
  let truth = 0;
  for (const members of membersByEntity.values()) {
    members.forEach((a, at) => (truth += members.slice(at + 1).filter((b) => counts(a, b)).length));
  }
  const found = pairs.filter(({ a, b, probability }) => probability >= level && counts(a, b));
  const right = found.filter(({ a, b }) => entities[a] === entities[b]).length;
  const precision = found.length === 0 ? 1 : right / found.length;
  const recall = truth === 0 ? 1 : right / truth;
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}
