/**
 * The ids of a whole list or view in an order, kept in memory: a page at any depth (a scrollbar's drag) is a slice, and
 * the hits of a common search are put in order by one pass. Made by one pass over the order's index; after a change the
 * few records that the change log names are taken out and put where they stand now.
 *
 * Example: Ann Martin becomes Ann Smith: her id is taken out and put in after 17 comparisons among 100,000.
 */
import { type EntityName, entityOf } from '../../shared/model/entities.ts';
import { entityCodes } from '../change-log/entity-codes.ts';
import type { ReadableStore } from '../store.ts';
import type { Order } from './orders.ts';
import { Numbers } from './numbers.ts';
import { inSnapshot, isRemembered, remembered, revisionOf } from './remembered.ts';
import { keyOf, type Position, type Selection, type Step, walk, walkIndexOf, whereOf } from './selection.ts';
import { viewOf } from './views.ts';

/** Ascending; those without a key apart, by id. */
type KeptOrder = { readonly keyed: Int32Array; readonly blank: Int32Array; readonly lastChange: number };

/** Columns that change without the change log: an order or a view by one of them is made anew. */
const unlogged: Partial<Record<EntityName, readonly string[]>> = { account: ['contactCount'] };

/** Records passed between two pauses. */
const perPart = 5000;
/** The log is looked through so far back; a little work for each record found, so no more than so many of them. */
const mostLogged = 20_000;
const mostMoved = (count: number): number => Math.min(1000, Math.max(50, Math.floor(count / 1000)));

const lastChangeOf = (store: ReadableStore): number =>
  store.sql('SELECT coalesce(max(id), 0) FROM change').pluck().get() as number;

/** What an order is remembered by: it is the same whatever is searched for, and read from both ends. */
const nameOf = (selection: Selection, order: Order): string =>
  `order ${keyOf({ ...selection, search: null, filters: [] }, { ...order, direction: 'asc' })}`;

/** Whether the order of all records of this kind is in memory. */
export function isKept(store: ReadableStore, selection: Selection, order: Order): boolean {
  const all = viewOf(selection.entity, 'all', null);
  return all !== null && isRemembered(store, nameOf({ ...selection, view: all }, order));
}

/** The order of a view's records; what was searched for and filters are not looked at. */
export function keptOrder(store: ReadableStore, from: Selection, order: Order): KeptOrder {
  const selection: Selection = { ...from, search: null, filters: [] };
  return keep(
    store,
    selection,
    order,
    (old, age) =>
      (old && age > 0 && age < mostLogged ? moved(store, selection, order, old) : null) ??
      made(store, selection, order),
  );
}

/** Makes the order before the first question needs it, with room for questions between the parts. */
export async function keepOrderAhead(
  store: ReadableStore,
  from: Selection,
  order: Order,
  pause: () => Promise<void>,
): Promise<void> {
  const selection: Selection = { ...from, search: null, filters: [] };
  const ascending: Order = { ...order, direction: 'asc' };
  const lists = { keyed: new Numbers(), blank: new Numbers() };
  if (!isRemembered(store, nameOf(selection, order))) {
    // what moves meanwhile is in the log after this
    const lastChange = lastChangeOf(store);
    for (let after: Position | null = null, isLast = false; !isLast;) {
      const steps: Step[] = walk(store, selection, ascending, after, perPart);
      for (const { blank, id } of steps) (blank ? lists.blank : lists.keyed).push(id);
      after = steps.at(-1) ?? null;
      isLast = steps.length < perPart;
      await pause();
      if (!store.connection.open) return;
    }
    const collected = { keyed: lists.keyed.take(), blank: lists.blank.take(), lastChange };
    inSnapshot(store, () =>
      keep(
        store,
        selection,
        order,
        (old) => moved(store, selection, order, old ?? collected) ?? made(store, selection, order),
      ),
    );
    return;
  }
  inSnapshot(store, () => keptOrder(store, selection, order));
}

const keep = (
  store: ReadableStore,
  selection: Selection,
  order: Order,
  make: (old: KeptOrder | null, age: number) => KeptOrder,
): KeptOrder =>
  remembered<KeptOrder>(
    store,
    nameOf(selection, order),
    revisionOf(store, selection.entity),
    make,
    ({ keyed, blank }) => keyed.length + blank.length,
  );

function made(store: ReadableStore, selection: Selection, order: Order): KeptOrder {
  const { index } = walkIndexOf(selection, order);
  const { column, nullable } = order;
  const range = (condition: string, sort: string, by = index ? ` INDEXED BY ${index}` : ''): Int32Array => {
    const where = whereOf(selection);
    const ids = store
      .sql(
        `SELECT id FROM ${selection.table}${by}
         WHERE ${where.sql}${condition} ORDER BY ${sort}`,
      )
      .pluck()
      .all(...where.parameters) as number[];
    return Int32Array.from(ids);
  };
  return {
    keyed: range(nullable ? ` AND ${column} IS NOT NULL` : '', column === 'id' ? 'id' : `${column}, id`),
    blank: nullable
      ? range(` AND ${column} IS NULL`, 'id', order.sparse ? ' NOT INDEXED' : undefined)
      : new Int32Array(0),
    lastChange: lastChangeOf(store),
  };
}

const isLogged = ({ entity, view }: Selection, order: Order): boolean =>
  entityOf(entity).fields[order.field]?.derived !== true &&
  !(unlogged[entity] ?? []).some((column) => view.where?.includes(column) ?? false);

/** The order after what the log holds since; null where making it anew is the shorter way. */
function moved(store: ReadableStore, selection: Selection, order: Order, old: KeptOrder): KeptOrder | null {
  const lastChange = lastChangeOf(store);
  if (!isLogged(selection, order) || lastChange - old.lastChange > mostLogged || lastChange < old.lastChange)
    return null;
  const most = mostMoved(old.keyed.length + old.blank.length);
  const changed = store
    // by number: an index of the entity's whole history would be read from end to end
    .sql('SELECT DISTINCT recordId FROM change NOT INDEXED WHERE id > ? AND entity = ? LIMIT ?')
    .pluck()
    .all(old.lastChange, entityCodes[selection.entity], most + 1) as number[];
  if (changed.length > most) return null;
  if (changed.length === 0) return { ...old, lastChange };
  const { table } = selection;
  const { column } = order;
  const where = whereOf(selection);
  const now = store
    .sql(
      `SELECT id, ${column} AS key FROM ${table}
       WHERE id IN (SELECT value FROM json_each(?)) AND ${where.sql} ORDER BY ${column}, id`,
    )
    .all(JSON.stringify(changed), ...where.parameters) as { id: number; key: string | number | null }[];
  const keyed = without(old.keyed, changed);
  const blank = without(old.blank, changed);
  // compared inside the store, whose order of texts is by bytes
  const isBefore = store.sql(`SELECT (${column}, id) < (?, ?) FROM ${table} WHERE id = ? -- before`).pluck();
  const keyedAt = now
    .filter(({ key }) => key !== null)
    .map(({ id, key }) => [placeOf(keyed, (other) => isBefore.get(key, id, other) === 1), id] as const);
  const blankAt = now
    .filter(({ key }) => key === null)
    .map(({ id }) => [placeOf(blank, (other) => other < id), id] as const);
  return { keyed: withAll(keyed, keyedAt), blank: withAll(blank, blankAt), lastChange };
}

/** (A mark a row, not a set: this looks at every id.) */
function without(ids: Int32Array, gone: readonly number[]): Int32Array {
  const isGone = new Uint8Array(Math.max(...gone) + 1);
  for (const id of gone) isGone[id] = 1;
  const left = new Int32Array(ids.length);
  let count = 0;
  for (let at = 0; at < ids.length; at += 1) {
    const id = ids[at] as number;
    if (id >= isGone.length || isGone[id] === 0) left[count++] = id;
  }
  return left.subarray(0, count);
}

/** How many stand before. */
function placeOf(ids: Int32Array, isBefore: (id: number) => boolean): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(ids[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Ids put in at places of the array as it was, both ascending. */
function withAll(ids: Int32Array, added: readonly (readonly [place: number, id: number])[]): Int32Array {
  if (added.length === 0) return ids;
  const all = new Int32Array(ids.length + added.length);
  let from = 0;
  added.forEach(([place, id], count) => {
    all.set(ids.subarray(from, place), from + count);
    all[place + count] = id;
    from = place;
  });
  all.set(ids.subarray(from), from + added.length);
  return all;
}

/** `limit` ids from position `offset` of the order on; ids only, in its direction. */
export function idsAt(
  { keyed, blank }: KeptOrder,
  direction: Order['direction'],
  offset: number,
  limit: number,
): number[] {
  const ids: number[] = [];
  let skip = offset;
  for (const range of [keyed, blank]) {
    const { length } = range;
    for (let at = skip; at < length && ids.length < limit; at += 1) {
      ids.push(range[direction === 'asc' ? at : length - 1 - at] as number);
    }
    skip = Math.max(0, skip - length);
  }
  return ids;
}
