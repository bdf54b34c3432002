/** A set of records of one kind, as SQL: a view, what was searched for, and filters. */
import type { EntityName } from '../../shared/model/entities.ts';
import { tableOf } from '../records/entity-storage.ts';
import type { SqlValue } from '../records/entity-storage.ts';
import type { ReadableStore } from '../store.ts';
import type { Order } from './orders.ts';
import { firstTrigrams, isExact, matchOf, type SearchTerm } from './search-terms.ts';
import type { View } from './views.ts';

export type Condition = { readonly sql: string; readonly parameters: readonly SqlValue[] };

export type Selection = {
  readonly entity: EntityName;
  readonly table: string;
  readonly view: View;
  readonly filters: readonly Condition[];
  readonly search: { readonly terms: readonly SearchTerm[]; readonly match: string; readonly isExact: boolean } | null;
};

export function selectionOf(
  entity: EntityName,
  view: View,
  terms: readonly SearchTerm[],
  filters: readonly Condition[],
): Selection {
  const search = terms.length === 0 ? null : { terms, match: matchOf(firstTrigrams(terms)), isExact: isExact(terms) };
  return { entity, table: tableOf(entity), view, filters, search };
}

/** Names the selection, for what is remembered about it. */
export const keyOf = (selection: Selection, order: Order | null): string =>
  JSON.stringify([
    selection.entity,
    selection.view.where,
    selection.view.inBin,
    selection.view.parameters,
    selection.search?.terms.map((term) => term.needle) ?? null,
    selection.filters,
    order?.column ?? null,
    order?.direction ?? null,
  ]);

const all = (conditions: readonly Condition[]): Condition => ({
  sql: conditions.map((each) => each.sql).join(' AND '),
  parameters: conditions.flatMap((each) => each.parameters),
});

/** What rows must be; the search as `instr` on the stored text unless the index has decided. */
export function whereOf(selection: Selection, searchDecided = false): Condition {
  const { view, search, filters } = selection;
  const conditions: Condition[] = [
    { sql: view.inBin ? 'deletedAtMs IS NOT NULL' : 'deletedAtMs IS NULL', parameters: [] },
  ];
  if (view.where) conditions.push({ sql: view.where, parameters: view.parameters });
  if (search && !searchDecided) {
    for (const term of search.terms) {
      conditions.push({ sql: `instr(${selection.table}.searchText, ?) > 0`, parameters: [term.needle] });
    }
  }
  return all([...conditions, ...filters.map((each) => ({ ...each, sql: `(${each.sql})` }))]);
}

const orderBy = ({ column, direction, nullable }: Order): string =>
  column === 'id'
    ? `id ${direction}`
    : `${nullable ? `${column} IS NULL, ` : ''}${column} ${direction}, id ${direction}`;

/** All ids in order. `only`: candidates that the search index gave already. */
export function idsInOrder(
  store: ReadableStore,
  selection: Selection,
  order: Order,
  only: readonly number[] | null,
): Int32Array {
  const { table, search } = selection;
  const where = whereOf(selection, search?.isExact === true);
  let sql = `SELECT id FROM ${table} WHERE ${where.sql}`;
  const parameters: SqlValue[] = [...where.parameters];
  if (only) {
    sql += ' AND id IN (SELECT value FROM json_each(?))';
    parameters.push(JSON.stringify(only));
  } else if (search) {
    sql += ` AND id IN (SELECT rowid FROM ${table}_search WHERE ${table}_search MATCH ?)`;
    parameters.push(search.match);
  }
  return Int32Array.from(
    store
      .sql(`${sql} ORDER BY ${orderBy(order)}`)
      .pluck()
      .all(...parameters) as number[],
  );
}

/** How many a view with filters holds, by counting. */
export function countOf(store: ReadableStore, selection: Selection): number {
  const where = whereOf(selection);
  return store
    .sql(`SELECT count(*) FROM ${selection.table} WHERE ${where.sql}`)
    .pluck()
    .get(...where.parameters) as number;
}

export type Position = { readonly blank: boolean; readonly key: string | number | null; readonly id: number };
export type Step = Position;

/** The index that a walk in this order takes, and whether it holds exactly the view's records. */
export function walkIndexOf(selection: Selection, order: Order): { index: string | null; covers: boolean } {
  const { view } = selection;
  if (view.inBin) return { index: null, covers: false };
  if (order.field === 'label' && view.labelIndex) return { index: view.labelIndex, covers: true };
  return { index: order.index, covers: view.where === null };
}

/** Walks the order's index from a position on (exclusive), at most `limit` steps. */
export function walk(
  store: ReadableStore,
  selection: Selection,
  order: Order,
  after: Position | null,
  limit: number,
): Step[] {
  const steps: Step[] = [];
  if (!after?.blank) steps.push(...walkRange(store, selection, order, false, after, limit, 0));
  if (order.nullable && steps.length < limit) {
    steps.push(...walkRange(store, selection, order, true, after?.blank ? after : null, limit - steps.length, 0));
  }
  return steps;
}

/** One part of an order: the rows with a key, or those without. `direction` overrides the order's. */
export function walkRange(
  store: ReadableStore,
  selection: Selection,
  order: Order,
  blank: boolean,
  after: Position | null,
  limit: number,
  skip: number,
  direction = order.direction,
): Step[] {
  const { table } = selection;
  const { column } = order;
  const { index } = walkIndexOf(selection, order);
  const by = blank && order.sparse ? ' NOT INDEXED' : index ? ` INDEXED BY ${index}` : '';
  const where = whereOf(selection);
  const parameters: SqlValue[] = [...where.parameters];
  let sql = `SELECT id, ${blank ? 'NULL' : column} AS key FROM ${table}${by} WHERE ${where.sql}`;
  if (blank) sql += ` AND ${column} IS NULL`;
  else if (order.nullable) sql += ` AND ${column} IS NOT NULL`;
  const beyond = direction === 'asc' ? '>' : '<';
  if (after) {
    if (blank || column === 'id') {
      sql += ` AND id ${beyond} ?`;
      parameters.push(after.id);
    } else {
      sql += ` AND (${column}, id) ${beyond} (?, ?)`;
      parameters.push(after.key, after.id);
    }
  }
  sql += blank || column === 'id' ? ` ORDER BY id ${direction}` : ` ORDER BY ${column} ${direction}, id ${direction}`;
  const rows = store.sql(`${sql} LIMIT ? OFFSET ?`).all(...parameters, limit, skip) as Omit<Step, 'blank'>[];
  return rows.map((row) => ({ blank, key: row.key, id: row.id }));
}
