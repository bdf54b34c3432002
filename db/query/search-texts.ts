/**
 * The search texts of one kind of record in memory, to find or verify thousands of them without reading a row each:
 * bytes one after another, and where each record's begin and end. Made at the first search that needs it (about 80 bytes a
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
  /** How often each three bytes were seen (bucketOf): tells common searches from rare ones. Replaced texts count on. */
  frequencies: Uint32Array;
  revision: number;
  lastChange: number;
};

const perRead = 5000;
/** More changes than this, and all are read again. */
const mostChanges = 20_000;

const known = new WeakMap<Connection, Map<EntityName, Texts>>();

/** The texts where they are there already; reading them all is only worth it for a search that needs them. */
export const knownTexts = (store: ReadableStore, entity: EntityName): Texts | null =>
  known.get(store.connection)?.has(entity) ? searchTexts(store, entity) : null;

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
    frequencies: new Uint32Array(65_536),
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
  const begin = texts.used;
  const end = begin + texts.bytes.write(text, begin);
  texts.begins[id] = begin;
  texts.ends[id] = end;
  texts.used = end;
  const { bytes, frequencies } = texts;
  for (let at = begin + 2; at < end; at += 1) {
    const bucket = bucketOf(bytes, at);
    frequencies[bucket] = (frequencies[bucket] as number) + 1;
  }
}

/** No more records than this hold every needle; an estimate from above. */
export function mostWith({ frequencies }: Texts, needles: readonly string[]): number {
  let most = Number.MAX_SAFE_INTEGER;
  for (const needle of needles) {
    const bytes = Buffer.from(needle);
    for (let at = 2; at < bytes.length; at += 1) most = Math.min(most, frequencies[bucketOf(bytes, at)] ?? 0);
  }
  return most;
}

/** Three bytes that end here, as one of 65,536 buckets: texts of one script seldom share one. */
const bucketOf = (bytes: Uint8Array, at: number): number =>
  (((bytes[at - 2] as number) * 961 + (bytes[at - 1] as number) * 31 + (bytes[at] as number)) * 40_503) & 0xffff;

/** Those of the records whose text holds every needle. */
export function holding(texts: Texts, ids: readonly number[], needles: readonly string[]): number[] {
  const isHeld = needlesIn(texts, needles);
  return ids.filter((id) => isHeld(id));
}

/** The same of all records, marked by row id; some may be in the bin. */
export function allHolding(texts: Texts, needles: readonly string[]): Uint8Array {
  const isHeld = needlesIn(texts, needles);
  const marks = new Uint8Array(texts.begins.length);
  for (let id = 0; id < marks.length; id += 1) if (isHeld(id)) marks[id] = 1;
  return marks;
}

function needlesIn({ bytes, begins, ends }: Texts, needles: readonly string[]): (id: number) => boolean {
  const finders = needles.map((needle) => finderOf(bytes, Buffer.from(needle)));
  return (id) => {
    const begin = begins[id] ?? 0;
    const end = ends[id] ?? 0;
    for (const find of finders) if (!find(begin, end)) return false;
    return true;
  };
}

/** Boyer, Moore, Horspool: looks at the byte under the needle's last one, and steps as far as that allows. */
function finderOf(bytes: Uint8Array, needle: Uint8Array): (begin: number, end: number) => boolean {
  const last = needle.length - 1;
  const lastByte = needle[last];
  const steps = new Uint16Array(256).fill(needle.length);
  for (let at = 0; at < last; at += 1) steps[needle[at] as number] = last - at;
  return (begin, end) => {
    for (let at = begin + last; at < end;) {
      const byte = bytes[at] as number;
      if (byte === lastByte) {
        let same = 1;
        while (same <= last && bytes[at - same] === needle[last - same]) same += 1;
        if (same > last) return true;
      }
      at += steps[byte] as number;
    }
    return false;
  };
}
