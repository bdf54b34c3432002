/**
 * What the search texts of one kind of record say, in memory: the runs of letters of all records (word-segment.ts), and
 * the texts of those that changed since. Made ahead of the first search, brought up to date from the change log.
 */
import type { EntityName } from '../../shared/model/entities.ts';
import { entityCodes } from '../change-log/entity-codes.ts';
import type { Connection } from '../connection.ts';
import { tableOf } from '../records/entity-storage.ts';
import type { ReadableStore } from '../store.ts';
import { revisionOf } from './remembered.ts';
import { lift, type Part, partOf, partsIn, type Segment, SegmentBuilder, stepUp } from './word-segment.ts';

export type Words = {
  readonly segments: Segment[];
  /** Of each row id, which segment has its runs as they are now, from 1 up; 0 for none. */
  owners: Uint8Array;
  /** Texts that are in no segment yet. */
  readonly apart: Map<number, string>;
  /** How often each three bytes were seen (bucketOf): tells common trigrams from rare ones. Replaced texts count on. */
  readonly frequencies: Uint32Array;
  revision: number;
  lastChange: number;
};

/** Texts read between two pauses. */
const perPart = 2000;
/** More texts apart than this become a segment. */
const mostApart = 2000;
/** More segments or more changes than this, and all are read again. */
const mostSegments = 12;
const mostChanges = 20_000;

const known = new WeakMap<Connection, Map<EntityName, Words>>();

const ofConnection = ({ connection }: ReadableStore): Map<EntityName, Words> => {
  let all = known.get(connection);
  if (!all) known.set(connection, (all = new Map()));
  return all;
};

/**
 * The words, brought up to date; null where they are not there, or where so much has changed that they are to be read
 * again (`readWordsAhead`): a search does not wait for that, it asks the index.
 */
export function knownWords(store: ReadableStore, entity: EntityName): Words | null {
  const words = ofConnection(store).get(entity);
  if (!words) return null;
  const revision = revisionOf(store, entity);
  if (words.revision === revision) return words;
  if (revision - words.revision >= mostChanges || !bringUp(store, entity, words)) {
    ofConnection(store).delete(entity);
    return null;
  }
  words.revision = revision;
  return words;
}

const lastChangeOf = (store: ReadableStore): number =>
  (store.sql('SELECT coalesce(max(id), 0) AS last FROM change').get() as { last: number }).last;

type Row = { readonly id: number; readonly searchText: string };

/** Reads the words before the first search needs them, with room for questions between the parts. */
export async function readWordsAhead(
  store: ReadableStore,
  entity: EntityName,
  pause: () => Promise<void>,
): Promise<void> {
  if (knownWords(store, entity)) return;
  // what changes meanwhile is in the log after this, and is read again at the next search
  const revision = revisionOf(store, entity);
  const reading = readInParts(store, entity);
  for (let part = reading.next(); ; part = reading.next()) {
    if (part.done) {
      ofConnection(store).set(entity, { ...part.value, revision });
      return;
    }
    await pause();
    if (!store.connection.open) return;
  }
}

function* readInParts(store: ReadableStore, entity: EntityName): Generator<void, Words> {
  const table = tableOf(entity);
  const { last } = store.sql(`SELECT coalesce(max(id), 0) AS last FROM ${table}`).get() as { last: number };
  const words: Words = {
    segments: [],
    owners: new Uint8Array(last + 1),
    apart: new Map(),
    frequencies: new Uint32Array(65_536),
    revision: 0,
    lastChange: lastChangeOf(store),
  };
  const builder = new SegmentBuilder();
  const read = store.sql(`SELECT id, searchText FROM ${table} WHERE id > ? ORDER BY id LIMIT ${perPart}`).raw();
  let after = 0;
  for (;;) {
    const rows = read.all(after) as [id: number, searchText: string][];
    const end = rows.at(-1);
    if (!end) break;
    // (records that came while it was read)
    makeRoom(words, end[0]);
    for (const [id, text] of rows) {
      builder.add(id, text);
      words.owners[id] = 1;
    }
    countBytes(words, Buffer.from(rows.map(([, text]) => text).join(''), 'utf8'));
    [after] = end;
    yield;
  }
  words.segments.push(yield* builder.finish());
  return words;
}

/** Reads the texts of what changed since; false when that is so much that all may as well be read. */
function bringUp(store: ReadableStore, entity: EntityName, words: Words): boolean {
  const rows = store
    .sql(
      `SELECT DISTINCT record.id AS id, record.searchText AS searchText FROM change NOT INDEXED
       CROSS JOIN ${tableOf(entity)} AS record ON record.id = change.recordId
       WHERE change.id > ? AND change.entity = ? LIMIT ${mostChanges}`,
    )
    .all(words.lastChange, entityCodes[entity]) as Row[];
  if (rows.length === mostChanges) return false;
  words.lastChange = lastChangeOf(store);
  for (const { id, searchText } of rows) {
    makeRoom(words, id);
    words.apart.set(id, searchText);
    words.owners[id] = 0;
    countBytes(words, Buffer.from(searchText, 'utf8'));
  }
  if (words.apart.size > mostApart) {
    if (words.segments.length >= mostSegments) return false;
    putTogether(words);
  }
  return true;
}

function makeRoom(words: Words, id: number): void {
  if (id < words.owners.length) return;
  const longer = new Uint8Array(Math.ceil(id * 1.2) + 1000);
  longer.set(words.owners);
  words.owners = longer;
}

function putTogether({ segments, owners, apart }: Words): void {
  const builder = new SegmentBuilder();
  for (const [id, text] of apart) {
    builder.add(id, text);
    owners[id] = segments.length + 1;
  }
  const finishing = builder.finish();
  let part = finishing.next();
  while (!part.done) part = finishing.next();
  segments.push(part.value);
  apart.clear();
}

/** Three bytes as one of 65,536 buckets: texts of one script seldom share one. */
const bucketOf = (first: number, second: number, third: number): number =>
  Math.imul((first * 31 + second) * 31 + third, 40_503) & 0xffff;

function countBytes({ frequencies }: Words, text: Uint8Array): void {
  let first = 0;
  let second = 0;
  for (let at = 0; at < text.length; at += 1) {
    const third = text[at] as number;
    const bucket = bucketOf(first, second, third);
    frequencies[bucket] = (frequencies[bucket] as number) + 1;
    first = second;
    second = third;
  }
}

/** No more records than this hold the text; an estimate from above. */
export function mostWith({ frequencies }: Words, text: string): number {
  const bytes = Buffer.from(text);
  let most = Number.MAX_SAFE_INTEGER;
  for (let at = 2; at < bytes.length; at += 1) {
    const bucket = bucketOf(bytes[at - 2] as number, bytes[at - 1] as number, bytes[at] as number);
    most = Math.min(most, frequencies[bucket] ?? 0);
  }
  return most;
}

/** Records that hold something, marked by row id. */
export type Marks = { readonly isMarked: Uint8Array; readonly count: number };

/** Room for marks up to a row id (exclusive), in whole words of four so that sets meet a word at a time. */
export const blankMarks = (end: number): Uint8Array => new Uint8Array(Math.ceil(end / 4) * 4);

/** Each row id that is marked, ascending: four that are not are passed in one step. */
export function eachMarked(isMarked: Uint8Array, found: (id: number) => void): void {
  const fours = new Uint32Array(isMarked.buffer, isMarked.byteOffset, isMarked.length / 4);
  for (let at = 0; at < fours.length; at += 1) {
    if (fours[at] === 0) continue;
    for (let id = at * 4; id < at * 4 + 4; id += 1) if (isMarked[id] !== 0) found(id);
  }
}

/** What both sets hold. */
export function bothOf(a: Uint8Array, b: Uint8Array): Marks {
  const length = Math.min(a.length, b.length) / 4;
  const left = new Uint32Array(a.buffer, a.byteOffset, length);
  const right = new Uint32Array(b.buffer, b.byteOffset, length);
  const both = new Uint32Array(length);
  let count = 0;
  for (let at = 0; at < length; at += 1) {
    const four = (left[at] as number) & (right[at] as number);
    if (four === 0) continue;
    both[at] = four;
    // four marks of one byte each, added up in the topmost
    count += Math.imul(four, 0x0101_0101) >>> 24;
  }
  return { isMarked: new Uint8Array(both.buffer), count };
}

/** Whether the words alone tell which records hold the needle. */
export const isWord = (needle: string): boolean => partOf(needle) !== null;

/** Whether they narrow down the records that may. */
export const hasWords = (needle: string): boolean => isWord(needle) || partsIn(needle).length > 0;

/** In place of a segment's number: not to be found. */
const nobodys = stepUp - 1;

/** The owners of some records alone, for `markHolding`; `only`: lists of row ids. */
export function ownersAmong({ owners }: Words, only: readonly Int32Array[]): Uint8Array {
  const some = new Uint8Array(owners.length).fill(nobodys);
  for (const ids of only) {
    for (let at = 0; at < ids.length; at += 1) {
      const id = ids[at] as number;
      some[id] = owners[id] as number;
    }
  }
  return some;
}

/**
 * Records that hold every needle, as far as words tell; every needle `hasWords`. Where one is more than a word, these
 * are the records that may hold it. `owners`: of those that are to be found (`ownersAmong`).
 */
export function markHolding(words: Words, needles: readonly string[], owners = words.owners): Marks {
  const parts = needles.flatMap((needle): readonly Part[] => {
    const part = partOf(needle);
    // (a needle of more parts than there are steps is looked for in the texts in any case)
    return part === null ? partsIn(needle).slice(0, mostSteps) : [part];
  });
  if (parts.length > mostSteps) {
    const half = Math.ceil(needles.length / 2);
    const [first, second] = [needles.slice(0, half), needles.slice(half)];
    return bothOf(markHolding(words, first, owners).isMarked, markHolding(words, second, owners).isMarked);
  }
  const { segments, apart } = words;
  const steps = blankMarks(owners.length);
  steps.set(owners);
  let count = 0;
  // each record climbs a step with every part that it has, and only from the step before
  parts.forEach((part, step) => {
    count = 0;
    segments.forEach((segment, index) => (count += lift(segment, part, steps, index + 1 + step * stepUp)));
  });
  const isMarked = parts.length === 0 ? steps.fill(0) : markTop(steps, parts.length);
  for (const [id, text] of apart) {
    if (owners[id] === nobodys || !needles.every((needle) => text.includes(needle))) continue;
    isMarked[id] = 1;
    count += 1;
  }
  return { isMarked, count };
}

const mostSteps = 256 / stepUp - 1;

/** Marks in place of steps: who came up to this one. Four at a time: a byte is 16 less a half byte, so 16 where they meet. */
function markTop(steps: Uint8Array, top: number): Uint8Array {
  const fours = new Uint32Array(steps.buffer);
  const wanted = Math.imul(top, 0x0101_0101);
  for (let at = 0; at < fours.length; at += 1) {
    const apart = (((fours[at] as number) >>> 4) & 0x0f0f_0f0f) ^ wanted;
    fours[at] = ((0x1010_1010 - apart) >>> 4) & 0x0101_0101;
  }
  return steps;
}
