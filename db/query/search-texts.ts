/**
 * The search texts of one kind of record in memory, to verify thousands of candidates without reading a row each: bytes
 * one after another, and where each record's begin and end. Made at the first search that needs it (about 80 bytes a
 * record), brought up to date from the change log.
 */
import type { EntityName } from '../../shared/model/entities.ts';
import { entityCodes } from '../change-log/entity-codes.ts';
import type { Connection } from '../connection.ts';
import { tableOf } from '../records/entity-storage.ts';
import type { ReadableStore } from '../store.ts';
import { revisionOf } from './remembered.ts';

type Texts = {
  bytes: Buffer;
  used: number;
  /** Of each row id, where its text begins and ends. */
  begins: Uint32Array;
  ends: Uint32Array;
  revision: number;
  lastChange: number;
};

const perRead = 5000;
/** More changes than this, and all are read again. */
const mostChanges = 20_000;

const known = new WeakMap<Connection, Map<EntityName, Texts>>();

export function searchTexts(store: ReadableStore, entity: EntityName): Texts {
  let ofConnection = known.get(store.connection);
  if (!ofConnection) known.set(store.connection, (ofConnection = new Map()));
  const texts = ofConnection.get(entity);
  const revision = revisionOf(store, entity);
  if (texts?.revision === revision) return texts;
  const current = texts && revision - texts.revision < mostChanges ? brought(store, entity, texts) : null;
  const result = current ?? readAll(store, entity);
  result.revision = revision;
  ofConnection.set(entity, result);
  return result;
}

const lastChangeOf = (store: ReadableStore): number =>
  (store.sql('SELECT coalesce(max(id), 0) AS last FROM change').get() as { last: number }).last;

function readAll(store: ReadableStore, entity: EntityName): Texts {
  const table = tableOf(entity);
  const { last } = store.sql(`SELECT coalesce(max(id), 0) AS last FROM ${table}`).get() as { last: number };
  const texts: Texts = {
    bytes: Buffer.allocUnsafe(Math.max(1024, last * 100)),
    used: 0,
    begins: new Uint32Array(last + 1),
    ends: new Uint32Array(last + 1),
    revision: 0,
    lastChange: lastChangeOf(store),
  };
  const read = store.sql(`SELECT id, searchText FROM ${table} WHERE id > ? ORDER BY id LIMIT ${perRead}`);
  let after = 0;
  for (;;) {
    const rows = read.all(after) as { id: number; searchText: string }[];
    const end = rows.at(-1);
    if (!end) return texts;
    for (const { id, searchText } of rows) put(texts, id, searchText);
    after = end.id;
  }
}

/** The texts of what changed since, read again; null when that is so much that all may as well be. */
function brought(store: ReadableStore, entity: EntityName, texts: Texts): Texts | null {
  const rows = store
    .sql(
      `SELECT DISTINCT record.id AS id, record.searchText AS searchText FROM change
       JOIN ${tableOf(entity)} AS record ON record.id = change.recordId
       WHERE change.id > ? AND change.entity = ? LIMIT ${mostChanges}`,
    )
    .all(texts.lastChange, entityCodes[entity]) as { id: number; searchText: string }[];
  if (rows.length === mostChanges) return null;
  texts.lastChange = lastChangeOf(store);
  for (const { id, searchText } of rows) put(texts, id, searchText);
  return texts;
}

function put(texts: Texts, id: number, text: string): void {
  const needed = texts.used + Buffer.byteLength(text);
  if (needed > texts.bytes.length) {
    const larger = Buffer.allocUnsafe(Math.ceil(needed * 1.3));
    texts.bytes.copy(larger, 0, 0, texts.used);
    texts.bytes = larger;
  }
  if (id >= texts.begins.length) {
    const length = Math.ceil(id * 1.2) + 1000;
    for (const name of ['begins', 'ends'] as const) {
      const larger = new Uint32Array(length);
      larger.set(texts[name]);
      texts[name] = larger;
    }
  }
  texts.begins[id] = texts.used;
  texts.used += texts.bytes.write(text, texts.used);
  texts.ends[id] = texts.used;
}

/** Those of the records whose text holds every needle. */
export function verified(texts: Texts, ids: readonly number[], needles: readonly string[]): number[] {
  const wanted = needles.map((needle) => Buffer.from(needle));
  const { bytes, begins, ends } = texts;
  return ids.filter((id) => {
    const begin = begins[id] ?? 0;
    const end = ends[id] ?? 0;
    return wanted.every((needle) => holds(bytes, begin, end, needle));
  });
}

function holds(bytes: Buffer, begin: number, end: number, needle: Buffer): boolean {
  const first = needle[0];
  const { length } = needle;
  for (let at = begin; at + length <= end; at += 1) {
    if (bytes[at] !== first) continue;
    let same = 1;
    while (same < length && bytes[at + same] === needle[same]) same += 1;
    if (same === length) return true;
  }
  return false;
}
