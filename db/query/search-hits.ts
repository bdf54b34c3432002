/**
 * All hits of a search that has many, and pages of them in any order: the ids from the trigram index, verified in
 * memory, put in the order that is kept in memory too. No record is read but those shown.
 */
import type { ReadableStore } from '../store.ts';
import type { Order } from './orders.ts';
import { remembered, revisionOf } from './remembered.ts';
import { searchTexts, verified } from './search-texts.ts';
import { keyOf, type Selection, whereOf } from './selection.ts';

/** Which ids are hits: one byte a row. */
export type Hits = { readonly count: number; readonly isHit: Uint8Array };

const withoutSearch = (selection: Selection): Selection => ({ ...selection, search: null });

export function hitsOf(store: ReadableStore, selection: Selection): Hits {
  const { entity, table, search, view } = selection;
  const terms = search?.terms ?? [];
  const needles = terms.map((term) => term.needle);
  const revision = revisionOf(store, entity);
  const find = (): Hits => {
    const candidates = store
      .sql(`SELECT rowid FROM ${table}_search WHERE ${table}_search MATCH ?`)
      .pluck()
      .all(search?.match ?? '') as number[];
    const ids = search?.isExact ? candidates : verified(searchTexts(store, entity), candidates, needles);
    const isHit = new Uint8Array((candidates.at(-1) ?? 0) + 1);
    for (const id of ids) isHit[id] = 1;
    return { count: ids.length, isHit };
  };
  const size = (hits: Hits): number => hits.isHit.length / 8;
  const all = remembered(store, `hits ${entity} ${JSON.stringify(needles)}`, revision, find, size);
  if (view.where === null) return all;
  return remembered(
    store,
    `hits ${entity} ${JSON.stringify([needles, view.where, view.parameters])}`,
    revision,
    () => within(all, viewIds(store, selection, revision)),
    size,
  );
}

function viewIds(store: ReadableStore, selection: Selection, revision: number): Int32Array {
  const { entity, table, view } = selection;
  return remembered(
    store,
    `view ${entity} ${JSON.stringify([view.where, view.parameters])}`,
    revision,
    () => {
      const where = whereOf(withoutSearch(selection));
      const index = view.labelIndex ? ` INDEXED BY ${view.labelIndex}` : '';
      const ids = store
        .sql(`SELECT id FROM ${table}${index} WHERE ${where.sql}`)
        .pluck()
        .all(...where.parameters);
      return Int32Array.from(ids as number[]);
    },
    (ids) => ids.length,
  );
}

function within({ isHit }: Hits, ids: Int32Array): Hits {
  const both = new Uint8Array(isHit.length);
  let count = 0;
  for (const id of ids) {
    if (isHit[id] !== 1) continue;
    both[id] = 1;
    count += 1;
  }
  return { count, isHit: both };
}

/** All records of an order, ascending: one pass over its index, kept until one of them changes. */
function idsOf(store: ReadableStore, selection: Selection, order: Order, revision: number) {
  const { entity, table } = selection;
  return remembered(
    store,
    `order ${entity} ${order.column}`,
    revision,
    () => {
      const index = order.index ? ` INDEXED BY ${order.index}` : '';
      const range = (condition: string, sort: string): Int32Array =>
        Int32Array.from(
          store
            .sql(`SELECT id FROM ${table}${index} WHERE deletedAtMs IS NULL${condition} ORDER BY ${sort}`)
            .pluck()
            .all() as number[],
        );
      const { column, nullable } = order;
      return {
        keyed: range(nullable ? ` AND ${column} IS NOT NULL` : '', `${column}, id`),
        blank: nullable ? range(` AND ${column} IS NULL`, 'id') : new Int32Array(0),
      };
    },
    ({ keyed, blank }) => keyed.length + blank.length,
  );
}

/** All hits in order. */
export function hitsInOrder(store: ReadableStore, selection: Selection, order: Order): Int32Array {
  const revision = revisionOf(store, selection.entity);
  return remembered(
    store,
    `hits in order ${keyOf(selection, order)}`,
    revision,
    () => {
      const { count, isHit } = hitsOf(store, selection);
      const { keyed, blank } = idsOf(store, selection, order, revision);
      const found = new Int32Array(count);
      let at = 0;
      const take = (id: number): void => {
        if (isHit[id] === 1) found[at++] = id;
      };
      for (const ids of [keyed, blank]) {
        if (order.direction === 'asc') for (let index = 0; index < ids.length; index += 1) take(ids[index] as number);
        else for (let index = ids.length - 1; index >= 0; index -= 1) take(ids[index] as number);
      }
      return found;
    },
    (ids) => ids.length,
  );
}
