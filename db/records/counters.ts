/**
 * Counters that every write keeps (table `counter`): how many records there are of each kind and view, and how often a
 * kind changed. A screen reads them instead of counting.
 */
import type { EntityName } from '../../shared/model/entities.ts';

export function countIn(
  write: { readonly counterDeltas: Map<string, number> },
  names: readonly string[],
  delta: number,
): void {
  for (const name of names) countOne(write, name, delta);
}

export function countOne(write: { readonly counterDeltas: Map<string, number> }, name: string, delta: number): void {
  write.counterDeltas.set(name, (write.counterDeltas.get(name) ?? 0) + delta);
}

/**
 * How often records of an entity changed, derived fields included: what is remembered about its lists (positions,
 * totals of searches) holds as long as this number does. Whoever changes a record's row by other means raises it too.
 */
export const revisionCounter = (entity: EntityName): string => `revision:${entity}`;

export const binCounter = (entity: EntityName): string => `${entity}:bin`;

/** The counter of the records that one user owns; none for those that nobody does. */
export const ownerCounter = (entity: EntityName, ownerId: number | null): readonly string[] =>
  ownerId === null ? [] : [`${entity}:owner:${ownerId}`];
