/**
 * Which id now leads to which (domain.md section 2, "records which id now redirects to which"). Each merged record has
 * one redirect, whose own id follows from the merged one's, so that two laptops that merge the same record make the same
 * redirect. Whoever comes with a merged record's id (a window that was left open, a link, an import, a change of another
 * laptop) is led on to the record that stands.
 *
 * Example: B was merged into A, then A into C: the id of B finds C.
 */
import { createHash } from 'node:crypto';
import type { EntityName } from '../../shared/model/entities.ts';
import { isMergeEntity, type MergeEntity } from '../../shared/rules/merging/merged-values.ts';
import { rowIdOf, uuidOf } from '../records/read.ts';
import type { ReadableStore } from '../store.ts';
import { uidToUuid } from '../uuid.ts';

/** A UUID (version 8) that follows from a text. */
export function uidOfText(text: string): Buffer {
  const uid = createHash('sha256').update(text).digest().subarray(0, 16);
  uid[6] = ((uid[6] ?? 0) & 0x0f) | 0x80;
  uid[8] = ((uid[8] ?? 0) & 0x3f) | 0x80;
  return uid;
}

export const redirectUid = (entity: MergeEntity, fromId: string): Buffer => uidOfText(`redirect ${entity} ${fromId}`);
export const redirectId = (entity: MergeEntity, fromId: string): string => uidToUuid(redirectUid(entity, fromId));

/** A ring of redirects is a thing of moments; a chain is never longer than there were merges. */
const longestChain = 1000;

/** Where the id leads, by one step; null where it leads nowhere. */
function next(store: ReadableStore, entity: MergeEntity, uuid: string): string | null {
  const found = store
    .sql('SELECT toId FROM redirect WHERE uid = ? AND deletedAtMs IS NULL')
    .pluck()
    .get(redirectUid(entity, uuid));
  return typeof found === 'string' ? found : null;
}

/** The ids from this one to the one that stands, itself included; `ring`: those that lead back to themselves. */
export function chainOf(
  store: ReadableStore,
  entity: MergeEntity,
  uuid: string,
): { readonly chain: readonly string[]; readonly ring: readonly string[] } {
  const chain = [uuid];
  for (let at: string = uuid; chain.length < longestChain;) {
    const to = next(store, entity, at);
    if (to === null) break;
    if (chain.includes(to)) return { chain, ring: chain.slice(chain.indexOf(to)) };
    chain.push(to);
    at = to;
  }
  return { chain, ring: [] };
}

/** The id that stands for this one: itself, but for a merged record. */
export function standingId(store: ReadableStore, entity: EntityName, uuid: string): string {
  if (!isMergeEntity(entity)) return uuid;
  const { chain, ring } = chainOf(store, entity, uuid);
  return ring.length > 0 ? (ring.toSorted()[0] ?? uuid) : (chain.at(-1) ?? uuid);
}

/** Row of the record that an id from outside means, also when in the bin; null where there is none. */
export const liveRowIdOf = (store: ReadableStore, entity: EntityName, uuid: string): number | null =>
  rowIdOf(store, entity, standingId(store, entity, uuid));

/** The same from row to row, for what was remembered of a record before it was merged. */
export function standingRow(store: ReadableStore, entity: EntityName, row: number): number {
  if (!isMergeEntity(entity)) return row;
  const uuid = uuidOf(store, entity, row);
  const standing = standingId(store, entity, uuid);
  return standing === uuid ? row : (rowIdOf(store, entity, standing) ?? row);
}

export const anyRedirect = (store: ReadableStore): boolean =>
  store.sql('SELECT 1 FROM redirect WHERE deletedAtMs IS NULL LIMIT 1').get() !== undefined;
