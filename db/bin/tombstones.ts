/**
 * Records that are gone for good. A bundle or an undo that speaks of one changes nothing: the tombstone says that it is
 * known and gone. What the change log held of it is blank and points at the tombstone (a negative `recordId`), so that
 * the log's counts, which bundles and receipts go by, stay what they were.
 */
import type { EntityName } from '../../shared/model/entities.ts';
import { entityCodes } from '../change-log/entity-codes.ts';
import { tableOf } from '../records/entity-storage.ts';
import type { ReadableStore, WritableStore } from '../store.ts';
import { uuidToUid } from '../uuid.ts';

/** The id of a record's tombstone; null where it has none. */
export function tombstoneOf(store: ReadableStore, entity: EntityName, uuid: string): number | null {
  const found = store
    .sql('SELECT id FROM tombstone WHERE entity = ? AND uid = ?')
    .pluck()
    .get(entityCodes[entity], uuidToUid(uuid)) as number | undefined;
  return found ?? null;
}

/** Makes the tombstone of a record where there is none yet. Its id. */
export function raiseTombstone(store: WritableStore, entity: EntityName, uid: Buffer, atMs: number): number {
  return store
    .sql(
      `INSERT INTO tombstone (entity, uid, purgedAtMs) VALUES (?, ?, ?)
       ON CONFLICT (entity, uid) DO UPDATE SET purgedAtMs = purgedAtMs RETURNING id`,
    )
    .pluck()
    .get(entityCodes[entity], uid, atMs) as number;
}

/** Of all these rows; `list`: their ids as JSON. */
export const raiseTombstones = (store: WritableStore, entity: EntityName, list: string, atMs: number): void => {
  store
    .sql(
      `INSERT INTO tombstone (entity, uid, purgedAtMs)
       SELECT ?, uid, ? FROM ${tableOf(entity)} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id
       ON CONFLICT (entity, uid) DO NOTHING`,
    )
    .run(entityCodes[entity], atMs, list);
};

export const anyTombstone = (store: ReadableStore): boolean =>
  store.sql('SELECT 1 FROM tombstone LIMIT 1').get() !== undefined;
