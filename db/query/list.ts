/**
 * A page of any list: by name or date, searched, filtered, from any depth. Three ways to a page, by what is cheapest:
 * - a walk along the order's index from its beginning or a cursor, or a slice of the kept order (kept-order.ts) from
 *   any depth, for whole lists and views;
 * - all hits put in order in memory, remembered, for searches with many;
 * - all ids in order, remembered, for searches with few hits, filters, and orders without an index.
 *
 * Example: `listRecords(store, 'contact', { limit: 50, search: 'ann' }, { userRow, nowMs })`.
 */
import { z } from 'zod';
import { type CallError, callError } from '../../shared/contract/call.ts';
import type { ParsedListInput } from '../../shared/contract/records.ts';
import { type EntityName, entityOf, type EntityRecord } from '../../shared/model/entities.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { readWireRows } from '../records/read.ts';
import type { ReadableStore } from '../store.ts';
import { idsAt, isKept, keptOrder } from './kept-order.ts';
import { type Order, orderOf, sortFieldsOf } from './orders.ts';
import { counterOf, inSnapshot, remembered, revisionOf, revisionOfAll } from './remembered.ts';
import { hitsInOrder, hitsOf, idsOf, type OrderedHits } from './search-hits.ts';
import { searchTermsOf } from './search-terms.ts';
import {
  type Condition,
  countOf,
  idsInOrder,
  keyOf,
  type Position,
  type Selection,
  selectionOf,
  walk,
  walkIndexOf,
} from './selection.ts';
import { viewOf } from './views.ts';

export type Page<E extends EntityName> = {
  readonly rows: EntityRecord<E>[];
  readonly total: number;
  readonly offset: number | null;
  readonly next: string | null;
};

export type Asking = {
  /** Row of the user who asks; null before anybody is entered. */
  readonly userRow: number | null;
  /** The filters of the input, compiled; empty for none. */
  readonly filters: readonly Condition[];
};

/** Up to so many hits are read and sorted; above, they are put in order in memory (search-hits.ts). */
const fewToSort = 1500;
/** The same once the order is in memory. */
const fewToRead = 150;
/** A view of at most so many records is sorted where no index has both the view and the order. */
const smallView = 5000;
/** Up to here an offset is walked to. */
const shortWalk = 1000;

/** Errors: `badInput` for an order, view or cursor that the list does not have. */
export function listRecords<E extends EntityName>(
  store: ReadableStore,
  entity: E,
  input: Pick<ParsedListInput, 'limit' | 'offset' | 'after' | 'sort' | 'search' | 'view'>,
  asking: Asking,
): Result<Page<E>, CallError> {
  const order = orderOf(store, entity, input.sort);
  if (!order) {
    const fields = sortFieldsOf(store, entity).join(', ');
    return err(callError('badInput', `This list cannot be sorted by that field. It can be sorted by: ${fields}.`));
  }
  const asked = selectionAsked(entity, input, asking);
  if (!asked.ok) return asked;
  const selection = asked.value;
  const after = input.after === undefined ? null : readCursor(input.after, order);
  if (after && !after.ok) return after;
  return ok(
    inSnapshot(store, () => {
      let cursor = after?.value ?? null;
      if (cursor && cursor.key === null && !cursor.blank) {
        cursor = { ...keyAt(store, selection, order, cursor.id), offset: cursor.offset };
      }
      return page(store, entity, selection, order, input.limit, input.offset ?? 0, cursor);
    }),
  );
}

function selectionAsked(
  entity: EntityName,
  input: Pick<ParsedListInput, 'search' | 'view'>,
  asking: Asking,
): Result<Selection, CallError> {
  const view = viewOf(entity, input.view ?? 'all', asking.userRow);
  if (!view) return err(callError('badInput', 'This list has no such view.'));
  const terms = searchTermsOf(input.search ?? '');
  if (terms.length > 0 && !entityOf(entity).searchable) {
    return err(callError('badInput', 'This list cannot be searched.'));
  }
  return ok(selectionOf(entity, view, terms, asking.filters));
}

/**
 * All ids of a list, in no order that matters: what a bulk change of "all that match" is for. Errors: `badInput` as
 * above.
 */
export function listedIds(
  store: ReadableStore,
  entity: EntityName,
  input: Pick<ParsedListInput, 'search' | 'view'>,
  asking: Asking,
): Result<readonly number[], CallError> {
  const asked = selectionAsked(entity, input, asking);
  const order = orderOf(store, entity, undefined);
  if (!asked.ok) return asked;
  if (!order) throw new Error(`a list of ${entity} without an order`);
  const selection = asked.value;
  return ok(
    inSnapshot(store, () => {
      const only = selection.search ? idsOf(hitsOf(store, selection)) : null;
      return [...idsInOrder(store, selection, order, only)];
    }),
  );
}

/** Positions in the list and where they are. */
type Found = { readonly ids: readonly number[]; readonly last: Position | null; readonly more: boolean };

function page<E extends EntityName>(
  store: ReadableStore,
  entity: E,
  selection: Selection,
  order: Order,
  limit: number,
  offset: number,
  after: Cursor | null,
): Page<E> {
  const from = after ? after.offset : offset;
  const known = collected(store, selection, order, from, after === null);
  if (known) {
    const begin = after ? positionAfter(store, selection, order, known, after) : from;
    const ids = known.upTo(begin + limit).subarray(begin, begin + limit);
    const isLast = begin + ids.length >= known.length;
    const lastId = ids.at(-1);
    const next =
      isLast || lastId === undefined
        ? null
        : writeCursor(order, keyAt(store, selection, order, lastId), begin + ids.length);
    return { rows: readWireRows(store, entity, ids), total: known.length, offset: begin, next };
  }
  const found = walked(store, selection, order, limit, from, after);
  const total = totalOf(store, selection);
  return {
    rows: readWireRows(store, entity, found.ids),
    total,
    offset: from,
    next: found.more && found.last ? writeCursor(order, found.last, from + found.ids.length) : null,
  };
}

function walked(
  store: ReadableStore,
  selection: Selection,
  order: Order,
  limit: number,
  offset: number,
  after: Cursor | null,
): Found {
  const skip = after ? 0 : offset;
  if (skip > shortWalk) {
    const ids = idsAt(keptOrder(store, selection, order), order.direction, skip, limit + 1);
    const last = ids.at(Math.min(ids.length, limit) - 1);
    return {
      ids: ids.slice(0, limit),
      last: last === undefined ? null : keyAt(store, selection, order, last),
      more: ids.length > limit,
    };
  }
  const steps = walk(store, selection, order, after, limit + 1 + skip).slice(skip);
  const shown = steps.slice(0, limit);
  return { ids: shown.map((step) => step.id), last: shown.at(-1) ?? null, more: steps.length > limit };
}

/** All ids in order where that is the way to take; null where a walk is. */
function collected(
  store: ReadableStore,
  selection: Selection,
  order: Order,
  offset: number,
  byOffset: boolean,
): OrderedHits | null {
  const { view, search, filters } = selection;
  const revision = revisionFor(store, selection);
  const collect = (only: readonly number[] | null = null): OrderedHits => {
    const ids = remembered(
      store,
      `ids ${keyOf(selection, order)}`,
      revision,
      () => idsInOrder(store, selection, order, only),
      ({ length }) => length,
    );
    return { length: ids.length, upTo: () => ids };
  };
  if (filters.length > 0 || view.inBin) return collect();
  const { index, covers } = walkIndexOf(selection, order);
  if (search) {
    const hits = hitsOf(store, selection);
    if (hits.count <= (isKept(store, selection, order) ? fewToRead : fewToSort)) return collect(idsOf(hits));
    return index === null ? collect() : hitsInOrder(store, selection, order);
  }
  if (index === null && order.column !== 'id') return collect();
  if (!covers && (totalOf(store, selection) <= smallView || (byOffset && offset > shortWalk))) return collect();
  return null;
}

/** Filters may look at other kinds of records: membership of a segment follows from leads. */
const revisionFor = (store: ReadableStore, { entity, filters }: Selection): number =>
  filters.length > 0 ? revisionOfAll(store) : revisionOf(store, entity);

/** Exactly how many: by counters, or counted once and remembered. */
function totalOf(store: ReadableStore, selection: Selection): number {
  const { counters } = selection.view;
  if (counters && !selection.search && selection.filters.length === 0) {
    return counters.reduce((sum, [name, sign]) => sum + sign * counterOf(store, name), 0);
  }
  return remembered(
    store,
    `total ${keyOf(selection, null)}`,
    revisionFor(store, selection),
    () => countOf(store, selection),
    () => 1,
  );
}

function keyAt(store: ReadableStore, { table }: Selection, order: Order, id: number): Position {
  const row = store.sql(`SELECT ${order.column} AS key FROM ${table} WHERE id = ?`).get(id) as
    Pick<Position, 'key'> | undefined;
  const key = row?.key ?? null;
  return { blank: key === null, key, id };
}

/** Where in the ids the rows after the cursor begin, also when its own row has gone. */
function positionAfter(
  store: ReadableStore,
  selection: Selection,
  order: Order,
  known: OrderedHits,
  cursor: Cursor,
): number {
  if (known.upTo(cursor.offset)[cursor.offset - 1] === cursor.id) return cursor.offset;
  const ids = known.upTo(known.length);
  const compare = (a: Position, b: Position): number => {
    if (a.blank !== b.blank) return a.blank ? 1 : -1;
    return (compareKeys(a.key, b.key) || a.id - b.id) * (order.direction === 'asc' ? 1 : -1);
  };
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(keyAt(store, selection, order, ids[middle] as number), cursor) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** As SQLite compares: numbers by value, texts by their bytes. */
function compareKeys(a: Position['key'], b: Position['key']): number {
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return Number(a) - Number(b);
}

type Cursor = Position & { readonly offset: number };

const cursorSchema = z.tuple([
  z.string(),
  z.enum(['asc', 'desc']),
  z.boolean(),
  z.union([z.string(), z.number(), z.null()]),
  z.int(),
  z.int().min(0),
]);

/** A longer key is not carried: it is read again from the row. */
const longestKey = 300;

function writeCursor(order: Order, { blank, key, id }: Position, offset: number): string {
  const short = typeof key === 'string' && key.length > longestKey ? null : key;
  return Buffer.from(JSON.stringify([order.field, order.direction, blank, short, id, offset])).toString('base64url');
}

function readCursor(text: string, order: Order): Result<Cursor, CallError> {
  const refused = err(callError('badInput', 'This is no position in this list. Ask for its first page again.'));
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return refused;
  }
  const parsed = cursorSchema.safeParse(value);
  if (!parsed.success) return refused;
  const [field, direction, blank, key, id, offset] = parsed.data;
  if (field !== order.field || direction !== order.direction) return refused;
  return ok({ blank, key, id, offset });
}
