/**
 * All hits of a search, and pages of them in any order: found by the words in memory and by the trigram index, put in
 * the order that is kept in memory too. No record is read but those shown.
 */
import type { ReadableStore } from '../store.ts';
import { keptOrder } from './kept-order.ts';
import { type Order, orderOf } from './orders.ts';
import { remembered, revisionOf } from './remembered.ts';
import { isExact, matchOf, type SearchTerm } from './search-terms.ts';
import { hasWords, isWord, knownWords, type Marks, markHolding, mostWith } from './search-words.ts';
import { keyOf, type Selection } from './selection.ts';
import { viewOf } from './views.ts';

/** Of so many candidates of other needles than words the texts are looked at in one question. */
const perQuestion = 2000;

export function hitsOf(store: ReadableStore, selection: Selection): Marks {
  const { entity, search, view } = selection;
  const needles = (search?.terms ?? []).map((term) => term.needle);
  const revision = revisionOf(store, entity);
  const size = ({ isMarked }: Marks): number => isMarked.length / 4;
  const all = remembered(
    store,
    `hits ${entity} ${JSON.stringify(needles)}`,
    revision,
    () => find(store, selection),
    size,
  );
  const byLabel = orderOf(store, entity, { field: 'label', direction: 'asc' });
  if (view.where === null || byLabel === null) return all;
  return remembered(
    store,
    `hits ${entity} ${JSON.stringify([needles, view.where, view.parameters])}`,
    revision,
    () => {
      const { keyed, blank } = keptOrder(store, selection, byLabel);
      const isMarked = new Uint8Array(all.isMarked.length);
      return { isMarked, count: within(isMarked, all, keyed) + within(isMarked, all, blank) };
    },
    size,
  );
}

function within(both: Uint8Array, { isMarked }: Marks, ids: Int32Array): number {
  let count = 0;
  for (let at = 0; at < ids.length; at += 1) {
    const id = ids[at] as number;
    if (isMarked[id] !== 1) continue;
    both[id] = 1;
    count += 1;
  }
  return count;
}

/** By the words in memory, as far as these tell; by the index and the stored texts for the rest (numbers, `ann@`). */
function find(store: ReadableStore, { entity, table, search }: Selection): Marks {
  const terms = search?.terms ?? [];
  const words = knownWords(store, entity);
  const others = words ? terms.filter((term) => !isWord(term.needle)) : terms;
  const told = terms.filter((term) => hasWords(term.needle)).map((term) => term.needle);
  const marked = words && told.length > 0 ? markHolding(words, told) : null;
  if (others.length === 0 && marked) return marked;
  // two of the rarest trigrams leave few to look at; each more is another long list to read
  const trigrams = others.flatMap((term) => term.trigrams);
  const rarest = words ? trigrams.toSorted((a, b) => mostWith(words, a) - mostWith(words, b)).slice(0, 2) : trigrams;
  const isDecided = isExact(others);
  const found = store
    .sql(`SELECT rowid FROM ${table}_search WHERE ${table}_search MATCH ?`)
    .pluck()
    .all(matchOf(isDecided ? trigrams : rarest)) as number[];
  const candidates = marked ? found.filter((id) => marked.isMarked[id] === 1) : found;
  return marksOf(isDecided ? candidates : verified(store, table, candidates, others));
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
  const isMarked = new Uint8Array(ids.reduce((last, id) => Math.max(last, id), 0) + 1);
  for (const id of ids) isMarked[id] = 1;
  return { isMarked, count: ids.length };
}

/** The ids of hits, ascending. */
export function idsOf({ isMarked, count }: Marks): readonly number[] {
  const ids: number[] = [];
  for (let id = isMarked.indexOf(1); id >= 0 && ids.length < count; id = isMarked.indexOf(1, id + 1)) ids.push(id);
  return ids;
}

/** All hits in order. */
export function hitsInOrder(store: ReadableStore, selection: Selection, order: Order): Int32Array {
  return remembered(
    store,
    `hits in order ${keyOf(selection, order)}`,
    revisionOf(store, selection.entity),
    () => {
      const { isMarked } = hitsOf(store, selection);
      const all = viewOf(selection.entity, 'all', null) ?? selection.view;
      const { keyed, blank } = keptOrder(store, { ...selection, view: all }, order);
      const found = new Int32Array(keyed.length + blank.length);
      let count = 0;
      const isAscending = order.direction === 'asc';
      for (const ids of [keyed, blank]) {
        const last = ids.length - 1;
        for (let at = 0; at <= last; at += 1) {
          const id = ids[isAscending ? at : last - at] as number;
          if (isMarked[id] === 1) found[count++] = id;
        }
      }
      return found.slice(0, count);
    },
    (ids) => ids.length,
  );
}
