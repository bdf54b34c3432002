/**
 * All hits of a search that has many, and pages of them in any order: the ids from the trigram index or from one pass
 * over the texts in memory, put in the order that is kept in memory too. No record is read but those shown.
 */
import type { ReadableStore } from '../store.ts';
import { keptOrder } from './kept-order.ts';
import { type Order, orderOf } from './orders.ts';
import { remembered, revisionOf } from './remembered.ts';
import { matchOf } from './search-terms.ts';
import { allHolding, holding, knownTexts, mostWith, searchTexts } from './search-texts.ts';
import { keyOf, type Selection } from './selection.ts';
import { viewOf } from './views.ts';

/** Which ids hold what was searched for: one byte a row. Of records in the bin, some may be marked. */
type Hits = Uint8Array;

/**
 * Above these shares of all records, looking at every text in memory is quicker than the index's lists: where the index
 * alone decides, and where its candidates are looked at as well.
 */
const commonShare = { decided: 0.6, verified: 0.25 };

export function hitsOf(store: ReadableStore, selection: Selection): Hits {
  const { entity, table, search, view } = selection;
  const terms = search?.terms ?? [];
  const needles = terms.map((term) => term.needle);
  const revision = revisionOf(store, entity);
  const find = (): Hits => {
    // what the index decides alone does not wait for the texts to be read
    const texts = search?.isExact ? knownTexts(store, entity) : searchTexts(store, entity);
    const share = commonShare[search?.isExact ? 'decided' : 'verified'];
    if (texts && Math.min(...needles.map((each) => mostWith(texts, each))) > texts.places.length * share) {
      return allHolding(texts, needles);
    }
    // two of the rarest trigrams leave few to look at; each more is another long list to read
    const trigrams = terms.flatMap((term) => term.trigrams);
    const rarest = texts ? trigrams.toSorted((a, b) => mostWith(texts, a) - mostWith(texts, b)) : trigrams;
    const candidates = store
      .sql(`SELECT rowid FROM ${table}_search WHERE ${table}_search MATCH ?`)
      .pluck()
      .all(matchOf(search?.isExact ? trigrams : rarest.slice(0, 2))) as number[];
    const ids = search?.isExact || !texts ? candidates : holding(texts, candidates, needles);
    const isHit = new Uint8Array((candidates.at(-1) ?? 0) + 1);
    for (const id of ids) isHit[id] = 1;
    return isHit;
  };
  const size = (hits: Hits): number => hits.length / 4;
  const all = remembered(store, `hits ${entity} ${JSON.stringify(needles)}`, revision, find, size);
  const byLabel = orderOf(entity, { field: 'label', direction: 'asc' });
  if (view.where === null || byLabel === null) return all;
  return remembered(
    store,
    `hits ${entity} ${JSON.stringify([needles, view.where, view.parameters])}`,
    revision,
    () => {
      const { keyed, blank } = keptOrder(store, selection, byLabel);
      return within(within(new Uint8Array(all.length), all, keyed), all, blank);
    },
    size,
  );
}

function within(both: Hits, isHit: Hits, ids: Int32Array): Hits {
  for (let at = 0; at < ids.length; at += 1) {
    const id = ids[at] as number;
    if (isHit[id] === 1) both[id] = 1;
  }
  return both;
}

/** All hits in order. */
export function hitsInOrder(store: ReadableStore, selection: Selection, order: Order): Int32Array {
  return remembered(
    store,
    `hits in order ${keyOf(selection, order)}`,
    revisionOf(store, selection.entity),
    () => {
      const isHit = hitsOf(store, selection);
      const all = viewOf(selection.entity, 'all', null) ?? selection.view;
      const { keyed, blank } = keptOrder(store, { ...selection, view: all }, order);
      const found = new Int32Array(keyed.length + blank.length);
      let count = 0;
      const isAscending = order.direction === 'asc';
      for (const ids of [keyed, blank]) {
        const last = ids.length - 1;
        for (let at = 0; at <= last; at += 1) {
          const id = ids[isAscending ? at : last - at] as number;
          if (isHit[id] === 1) found[count++] = id;
        }
      }
      return found.slice(0, count);
    },
    (ids) => ids.length,
  );
}
