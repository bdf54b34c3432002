/**
 * All hits of a search, and pages of them in any order: found by the words in memory and by the trigram index, put in
 * the order that is kept in memory too. No record is read but those shown.
 */
import type { ReadableStore } from '../store.ts';
import { isKept, keptOrder } from './kept-order.ts';
import { type Order, orderOf } from './orders.ts';
import { remembered, revisionOf } from './remembered.ts';
import { firstTrigrams, isExact, matchOf, type SearchTerm } from './search-terms.ts';
import {
  blankMarks,
  bothOf,
  eachMarked,
  hasWords,
  isWord,
  knownWords,
  type Marks,
  markHolding,
  mostWith,
  ownersAmong,
  type Words,
} from './search-words.ts';
import { keyOf, type Selection } from './selection.ts';
import { viewOf } from './views.ts';

/** Of so many candidates of other needles than words the texts are looked at in one question. */
const perQuestion = 2000;
/** Texts of so many candidates are read without anybody waiting. */
const fewToLookAt = 50;
const fewWithWords = 400;
/** Hits that are rarer than this are put in order by their ranks; others are met soon on a walk through the order. */
const rareShare = 1 / 40;

/** What a search finds in a view; where that is all records, and their order is not in memory yet, also in the bin. */
export function hitsOf(store: ReadableStore, selection: Selection): Marks {
  const { entity, search, view } = selection;
  const needles = (search?.terms ?? []).map((term) => term.needle);
  const revision = revisionOf(store, entity);
  const size = ({ isMarked }: Marks): number => isMarked.length / 4;
  const all = (): Marks =>
    remembered(store, `hits ${entity} ${JSON.stringify(needles)}`, revision, () => find(store, selection), size);
  const byLabel = orderOf(store, entity, { field: 'label', direction: 'asc' });
  if (byLabel === null || (view.where === null && !isKept(store, selection, byLabel))) return all();
  return remembered(
    store,
    `hits ${entity} ${JSON.stringify([needles, view.where, view.parameters])}`,
    revision,
    () => {
      const words = needles.every(isWord) ? knownWords(store, entity) : null;
      if (words) return markHolding(words, needles, ownersInView(store, selection, byLabel, words));
      return bothOf(all().isMarked, marksOfView(store, selection, byLabel));
    },
    size,
  );
}

/** Of the records of a view, by row id. */
const ownersInView = (store: ReadableStore, selection: Selection, byLabel: Order, words: Words): Uint8Array =>
  remembered(
    store,
    `view owners ${selection.entity} ${JSON.stringify([selection.view.where, selection.view.parameters])}`,
    revisionOf(store, selection.entity),
    () => ownersAmong(words, keptIds(store, selection, byLabel)),
    ({ length }) => length / 4,
  );

/** The records of a view, by row id. */
function marksOfView(store: ReadableStore, selection: Selection, byLabel: Order): Uint8Array {
  const { entity, view } = selection;
  return remembered(
    store,
    `view marks ${entity} ${JSON.stringify([view.where, view.parameters])}`,
    revisionOf(store, entity),
    () => {
      const parts = keptIds(store, selection, byLabel);
      const isMarked = blankMarks(Math.max(...parts.map(lastOf)) + 1);
      for (const ids of parts) for (let at = 0; at < ids.length; at += 1) isMarked[ids[at] as number] = 1;
      return isMarked;
    },
    ({ length }) => length / 4,
  );
}

const keptIds = (store: ReadableStore, selection: Selection, order: Order): readonly [Int32Array, Int32Array] => {
  const { keyed, blank } = keptOrder(store, selection, order);
  return [keyed, blank];
};

/** By the words in memory, as far as these tell; by the index and the stored texts for the rest (numbers, `ann@`). */
function find(store: ReadableStore, { entity, table, search }: Selection): Marks {
  const terms = search?.terms ?? [];
  const words = knownWords(store, entity);
  const others = words ? terms.filter((term) => !isWord(term.needle)) : terms;
  const told = terms.filter((term) => hasWords(term.needle)).map((term) => term.needle);
  const marked = words && told.length > 0 ? markHolding(words, told) : null;
  if (others.length === 0 && marked) return marked;
  // few have all the words: their texts are read sooner than the lists of the index
  if (marked && marked.count <= fewWithWords) return marksOf(verified(store, table, idsOf(marked), others));
  const rarest = words
    ? rarestOf(
        words,
        others.flatMap((term) => term.trigrams),
      )
    : firstTrigrams(others);
  const isDecided = isExact(others);
  const found = store
    .sql(`SELECT rowid FROM ${table}_search WHERE ${table}_search MATCH ?`)
    .pluck()
    .all(matchOf(isDecided ? firstTrigrams(others) : rarest)) as number[];
  const candidates = marked ? found.filter((id) => marked.isMarked[id] === 1) : found;
  return marksOf(isDecided ? candidates : verified(store, table, candidates, others));
}

/** As few of the rarest trigrams as leave few records to look at: each more is another long list to read. */
function rarestOf(words: Words, trigrams: readonly string[]): readonly string[] {
  const all = words.owners.length;
  const byRarity = trigrams
    .map((trigram) => ({ trigram, share: Math.min(1, mostWith(words, trigram) / all) }))
    .toSorted((a, b) => a.share - b.share);
  const taken: string[] = [];
  let left = all;
  for (const { trigram, share } of byRarity) {
    if (taken.length >= 2 && left <= fewToLookAt) break;
    taken.push(trigram);
    left *= share;
  }
  return taken;
}

function verified(
  store: ReadableStore,
  table: string,
  candidates: readonly number[],
  terms: readonly SearchTerm[],
): readonly number[] {
  const holds = terms.map(() => 'instr(searchText, ?) > 0').join(' AND ');
  const verify = store.sql(`SELECT id FROM ${table} WHERE id IN (SELECT value FROM json_each(?)) AND ${holds}`).pluck();
  const ids: number[] = [];
  for (let at = 0; at < candidates.length; at += perQuestion) {
    const some = JSON.stringify(candidates.slice(at, at + perQuestion));
    for (const id of verify.all(some, ...terms.map((term) => term.needle)) as number[]) ids.push(id);
  }
  return ids;
}

function marksOf(ids: readonly number[]): Marks {
  const isMarked = blankMarks(ids.reduce((last, id) => Math.max(last, id), 0) + 1);
  for (const id of ids) isMarked[id] = 1;
  return { isMarked, count: ids.length };
}

/** The ids of hits, ascending. */
export function idsOf({ isMarked }: Marks): readonly number[] {
  const ids: number[] = [];
  eachMarked(isMarked, (id) => ids.push(id));
  return ids;
}

/** Hits in order, put in order as far as they are asked for: the first page of many is a short walk. */
export type OrderedHits = {
  readonly length: number;
  /** At least so many from the first on, where there are as many. */
  upTo(count: number): Int32Array;
};

export function hitsInOrder(store: ReadableStore, selection: Selection, order: Order): OrderedHits {
  return remembered(
    store,
    `hits in order ${keyOf(selection, order)}`,
    revisionOf(store, selection.entity),
    () => {
      const all = viewOf(selection.entity, 'all', null) ?? selection.view;
      // (first: what is in memory then says which hits are in the bin)
      const parts = keptIds(store, { ...selection, view: all }, order);
      const byLabel = orderOf(store, selection.entity, { field: 'label', direction: 'asc' });
      if (byLabel) keptOrder(store, { ...selection, view: all }, byLabel);
      const hits = hitsOf(store, selection);
      const isAscending = order.direction === 'asc';
      if (hits.count > rareShare * (parts[0].length + parts[1].length)) return orderedHits(hits, parts, isAscending);
      const ids = byRank(hits, parts, ranksOf(store, selection, order, parts), isAscending);
      return { length: ids.length, upTo: () => ids };
    },
    ({ length }) => length,
  );
}

/** Of each row id its place in the order: those with a key, then those without. */
function ranksOf(
  store: ReadableStore,
  { entity }: Selection,
  order: Order,
  [keyed, blank]: readonly [Int32Array, Int32Array],
): Int32Array {
  return remembered(
    store,
    `view ranks ${entity} ${order.field}`,
    revisionOf(store, entity),
    () => {
      const ranks = new Int32Array(Math.max(lastOf(keyed), lastOf(blank)) + 1);
      for (let at = 0; at < keyed.length; at += 1) ranks[keyed[at] as number] = at;
      for (let at = 0; at < blank.length; at += 1) ranks[blank[at] as number] = keyed.length + at;
      return ranks;
    },
    ({ length }) => length,
  );
}

function lastOf(ids: Int32Array): number {
  let last = 0;
  for (let at = 0; at < ids.length; at += 1) last = Math.max(last, ids[at] as number);
  return last;
}

function byRank(
  hits: Marks,
  [keyed, blank]: readonly [Int32Array, Int32Array],
  ranks: Int32Array,
  isAscending: boolean,
): Int32Array {
  const places = new Int32Array(hits.count);
  let count = 0;
  eachMarked(hits.isMarked, (id) => {
    places[count++] = ranks[id] as number;
  });
  places.sort();
  if (!isAscending) {
    // those without a key stand at the end either way
    let split = 0;
    while (split < places.length && (places[split] as number) < keyed.length) split += 1;
    places.subarray(0, split).reverse();
    places.subarray(split).reverse();
  }
  for (let at = 0; at < count; at += 1) {
    const place = places[at] as number;
    places[at] = (place < keyed.length ? keyed[place] : blank[place - keyed.length]) as number;
  }
  return places;
}

function orderedHits({ isMarked, count }: Marks, parts: readonly Int32Array[], isAscending: boolean): OrderedHits {
  // as long as what was asked for: most of a million hits are never looked at
  let found = new Int32Array(Math.min(count, 1024));
  let filled = 0;
  let part = 0;
  let walked = 0;
  return {
    length: count,
    upTo(wanted) {
      const enough = Math.min(wanted, count);
      if (enough > found.length) {
        const longer = new Int32Array(Math.min(count, Math.max(enough, found.length * 2)));
        longer.set(found);
        found = longer;
      }
      for (; filled < enough && part < parts.length; part += 1, walked = 0) {
        const ids = parts[part] as Int32Array;
        const last = ids.length - 1;
        while (walked <= last && filled < enough) {
          const id = ids[isAscending ? walked : last - walked] as number;
          walked += 1;
          if (isMarked[id] === 1) found[filled++] = id;
        }
        if (walked <= last) break;
      }
      return found.subarray(0, filled);
    },
  };
}
