/**
 * The search texts of one kind of record in memory, to find or verify thousands of them without reading a row each: one
 * text after another in long strings of bytes, and where each begins. Made at the first search that needs it (about 110
 * bytes a record), brought up to date from the change log.
 */
import type { EntityName } from '../../shared/model/entities.ts';
import { entityCodes } from '../change-log/entity-codes.ts';
import type { Connection } from '../connection.ts';
import { tableOf } from '../records/entity-storage.ts';
import type { ReadableStore } from '../store.ts';
import { revisionOf } from './remembered.ts';

/** Texts of records in the order of their ids. */
type Chunk = {
  readonly ids: Int32Array;
  /** Where each text begins; one more for where the last ends. */
  readonly begins: Uint32Array;
  /** UTF-8, a letter a byte: such a string is searched at the speed of memory. */
  readonly text: string;
};

type Texts = {
  readonly chunks: Chunk[];
  /** Of each row id, its place among all chunks from 1 up; 0 for those in none. */
  places: Int32Array;
  /** What changed since the chunks were made. */
  readonly changed: Map<number, string>;
  /** How often each three bytes were seen (bucketOf): tells common searches from rare ones. Replaced texts count on. */
  readonly frequencies: Uint32Array;
  revision: number;
  lastChange: number;
};

const perChunk = 5000;
/** More changed texts than this are put into their chunks. */
const mostApart = 2000;
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

const bytesOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

type Row = { readonly id: number; readonly searchText: string };

function readAll(store: ReadableStore, entity: EntityName): Texts {
  const reading = readInParts(store, entity);
  for (;;) {
    const { done, value } = reading.next();
    if (done) return value;
  }
}

/** Reads the texts before the first search needs them, with room for questions between the parts. */
export async function readTextsAhead(
  store: ReadableStore,
  entity: EntityName,
  pause: () => Promise<void>,
): Promise<void> {
  // what changes meanwhile is in the log after this, and is read again at the next search
  const revision = revisionOf(store, entity);
  const reading = readInParts(store, entity);
  for (let part = reading.next(); ; part = reading.next()) {
    if (part.done) {
      let ofConnection = known.get(store.connection);
      if (!ofConnection) known.set(store.connection, (ofConnection = new Map()));
      if (!ofConnection.has(entity)) ofConnection.set(entity, { ...part.value, revision });
      return;
    }
    await pause();
    if (!store.connection.open || known.get(store.connection)?.has(entity)) return;
  }
}

function* readInParts(store: ReadableStore, entity: EntityName): Generator<void, Texts> {
  const table = tableOf(entity);
  const { last } = store.sql(`SELECT coalesce(max(id), 0) AS last FROM ${table}`).get() as { last: number };
  const texts: Texts = {
    chunks: [],
    places: new Int32Array(last + 1),
    changed: new Map(),
    frequencies: new Uint32Array(65_536),
    revision: 0,
    lastChange: lastChangeOf(store),
  };
  const read = store.sql(`SELECT id, searchText FROM ${table} WHERE id > ? ORDER BY id LIMIT ${perChunk}`);
  let after = 0;
  for (;;) {
    const rows = read.all(after) as Row[];
    const end = rows.at(-1);
    if (!end) return texts;
    // (records that came while it was read)
    if (end.id >= texts.places.length) texts.places = longer(texts.places, end.id);
    const chunk = chunkOf(
      rows.map(({ id }) => id),
      rows.map(({ searchText }) => Buffer.byteLength(searchText)),
      Buffer.from(rows.map(({ searchText }) => searchText).join(''), 'utf8'),
    );
    addChunk(texts, chunk);
    countBytes(texts, chunk.text);
    after = end.id;
    yield;
  }
}

function chunkOf(ids: readonly number[], lengths: readonly number[], bytes: Buffer): Chunk {
  const begins = new Uint32Array(ids.length + 1);
  lengths.forEach((length, at) => (begins[at + 1] = (begins[at] as number) + length));
  return { ids: Int32Array.from(ids), begins, text: bytes.toString('latin1') };
}

function addChunk(texts: Texts, chunk: Chunk): void {
  const base = texts.chunks.length * perChunk + 1;
  texts.chunks.push(chunk);
  chunk.ids.forEach((id, at) => (texts.places[id] = base + at));
}

/** The texts of what changed since, read again; null when that is so much that all may as well be. */
function brought(store: ReadableStore, entity: EntityName, texts: Texts): Texts | null {
  const rows = store
    .sql(
      `SELECT DISTINCT record.id AS id, record.searchText AS searchText FROM change NOT INDEXED
       CROSS JOIN ${tableOf(entity)} AS record ON record.id = change.recordId
       WHERE change.id > ? AND change.entity = ? LIMIT ${mostChanges}`,
    )
    .all(texts.lastChange, entityCodes[entity]) as Row[];
  if (rows.length === mostChanges) return null;
  texts.lastChange = lastChangeOf(store);
  let last = texts.places.length - 1;
  for (const { id, searchText } of rows) {
    const text = bytesOf(searchText);
    texts.changed.set(id, text);
    countBytes(texts, text);
    last = Math.max(last, id);
  }
  if (last >= texts.places.length) texts.places = longer(texts.places, last);
  if (texts.changed.size > mostApart) putTogether(texts);
  return texts;
}

function longer(places: Int32Array, last: number): Int32Array {
  const all = new Int32Array(Math.ceil(last * 1.2) + 1000);
  all.set(places);
  return all;
}

/** Puts what changed into its chunks, and what is new into chunks of its own. */
function putTogether(texts: Texts): void {
  const { chunks, changed, places } = texts;
  const touched = new Set<number>();
  const added: number[] = [];
  for (const id of changed.keys()) {
    const place = places[id] ?? 0;
    if (place === 0) added.push(id);
    else touched.add(Math.floor((place - 1) / perChunk));
  }
  const remade = (ids: readonly number[], texts: readonly string[]): Chunk =>
    chunkOf(
      ids,
      texts.map((text) => text.length),
      Buffer.from(texts.join(''), 'latin1'),
    );
  for (const index of touched) {
    const { ids, begins, text } = chunks[index] as Chunk;
    const each = Array.from(ids, (id, at) => changed.get(id) ?? text.slice(begins[at], begins[at + 1]));
    chunks[index] = remade([...ids], each);
  }
  added.sort((a, b) => a - b);
  for (let at = 0; at < added.length; at += perChunk) {
    const ids = added.slice(at, at + perChunk);
    addChunk(
      texts,
      remade(
        ids,
        ids.map((id) => changed.get(id) ?? ''),
      ),
    );
  }
  changed.clear();
}

/** Three bytes as one of 65,536 buckets: texts of one script seldom share one. */
const bucketOf = (first: number, second: number, third: number): number =>
  Math.imul((first * 31 + second) * 31 + third, 40_503) & 0xffff;

function countBytes({ frequencies }: Texts, text: string): void {
  let first = 0;
  let second = 0;
  for (let at = 0; at < text.length; at += 1) {
    const third = text.charCodeAt(at);
    const bucket = bucketOf(first, second, third);
    frequencies[bucket] = (frequencies[bucket] as number) + 1;
    first = second;
    second = third;
  }
}

/** No more records than this hold the needle; an estimate from above. */
export function mostWith({ frequencies }: Texts, needle: string): number {
  const bytes = Buffer.from(needle);
  let most = Number.MAX_SAFE_INTEGER;
  for (let at = 2; at < bytes.length; at += 1) {
    const bucket = bucketOf(bytes[at - 2] as number, bytes[at - 1] as number, bytes[at] as number);
    most = Math.min(most, frequencies[bucket] ?? 0);
  }
  return most;
}

/** Those of the records whose text holds every needle. */
export function holding(texts: Texts, ids: readonly number[], needles: readonly string[]): number[] {
  const wanted = needles.map(bytesOf);
  return ids.filter((id) => {
    const text = textOf(texts, id);
    return wanted.every((needle) => text.includes(needle));
  });
}

function textOf({ chunks, places, changed }: Texts, id: number): string {
  const apart = changed.get(id);
  if (apart !== undefined) return apart;
  const place = (places[id] ?? 0) - 1;
  if (place < 0) return '';
  const { begins, text } = chunks[Math.floor(place / perChunk)] as Chunk;
  const at = place % perChunk;
  return text.slice(begins[at], begins[at + 1]);
}

/** The same of all records, marked by row id; some may be in the bin. */
export function allHolding(texts: Texts, needles: readonly string[]): Uint8Array {
  const marks = new Uint8Array(texts.places.length);
  // the rarest first: it leaves least to look at
  const [first = '', ...others] = needles.toSorted((a, b) => mostWith(texts, a) - mostWith(texts, b)).map(bytesOf);
  for (const chunk of texts.chunks) markIn(chunk, first, others, marks);
  for (const [id, text] of texts.changed) {
    marks[id] = text.includes(first) && others.every((needle) => text.includes(needle)) ? 1 : 0;
  }
  return marks;
}

function markIn({ ids, begins, text }: Chunk, first: string, others: readonly string[], marks: Uint8Array): void {
  let at = 0;
  let end = 0;
  for (let found = text.indexOf(first); found >= 0; found = text.indexOf(first, end)) {
    while ((end = begins[at + 1] as number) <= found) at += 1;
    // (never across two texts: each begins with two spaces, which no needle has but at its own beginning)
    const isHit =
      others.length === 0 || ((own) => others.every((needle) => own.includes(needle)))(text.slice(begins[at], end));
    if (isHit) marks[ids[at] as number] = 1;
  }
}
