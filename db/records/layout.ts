/**
 * The SQL by which records of an entity are made. A new record gives few of its many fields: each combination has a
 * statement of its own that binds these alone and says the rest as constants, since binding is what a short insert
 * spends most of its time on.
 *
 * Example: contacts of a file with names and emails are made by `INSERT … VALUES (?, …, NULL, '[]', 0, …)`.
 */
import { type EntityName, entityOf } from '../../shared/model/entities.ts';
import type { Field } from '../../shared/model/field.ts';
import type { ReadableStore } from '../store.ts';
import { revisionCounter } from './counters.ts';
import { encodeField, fieldColumns, type SqlValue, tableOf } from './entity-storage.ts';
import { type Model, modelOf } from './model.ts';

type Column = {
  readonly name: string;
  readonly field: Field;
  readonly isDerived: boolean;
  readonly isReference: boolean;
  /** Rests as JSON text. */
  readonly isJson: boolean;
  readonly initial: unknown;
  /** The initial value as SQL. */
  readonly literal: string;
  /** The beginning of its entry in the log of a new record: `"name":[initial,`. */
  readonly logged: string;
};

type Insert = { readonly insert: string; /** Those to bind, in order. */ readonly columns: readonly Column[] };

export type Layout = {
  readonly entity: EntityName;
  readonly columns: readonly Column[];
  readonly derivedColumns: readonly string[];
  /** By the names of the given fields, in the order in which they were given. */
  readonly inserts: Map<string, Insert>;
  /** Binds every column: for combinations beyond the ones that are kept. */
  readonly insertAll: Insert;
  /** Null for an entity without a search index. */
  readonly index: string | null;
  readonly unindex: string;
  readonly initial: Readonly<Record<string, unknown>>;
  /** The initial values of the fields that the change log keeps: derived ones follow from these. */
  readonly logged: ReadonlyMap<string, unknown>;
  readonly revision: string;
};

/** A file with blanks here and there has many combinations: each costs the memory of a prepared statement. */
const mostInserts = 64;

/** By entity, for each set of fields that workspaces have. */
const layouts = new WeakMap<Model, Map<EntityName, Layout>>();

export function layoutOf(store: ReadableStore, entity: EntityName): Layout {
  const model = modelOf(store);
  let ofModel = layouts.get(model);
  if (!ofModel) layouts.set(model, (ofModel = new Map()));
  let layout = ofModel.get(entity);
  if (!layout) {
    const { derivedColumns } = model.storageOf(entity);
    const { searchable } = entityOf(entity);
    const fields = model.fieldsOf(entity);
    const columns = fieldColumns(fields, derivedColumns).map((name): Column => {
      const field = fields[name];
      if (field === undefined) throw new Error(`${entity} has no field ${name}`);
      const initial = field.initial ?? null;
      return {
        name,
        field,
        isDerived: field.derived === true,
        isReference: field.target !== undefined,
        isJson: field.custom === undefined && (field.kind === 'json' || field.kind === 'multiChoice'),
        initial,
        literal: literalOf(encodeField(field, initial)),
        logged: `${JSON.stringify(name)}:[${JSON.stringify(initial)},`,
      };
    });
    layout = {
      entity,
      columns,
      derivedColumns,
      inserts: new Map(),
      insertAll: insertFor(entity, columns, derivedColumns, null),
      index: searchable ? `INSERT INTO ${tableOf(entity)}_search (rowid, text) VALUES (?, ?)` : null,
      unindex: `DELETE FROM ${tableOf(entity)}_search WHERE rowid = ?`,
      initial: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.initial ?? null])),
      logged: new Map(columns.flatMap(({ name, isDerived, initial }) => (isDerived ? [] : [[name, initial]]))),
      revision: revisionCounter(entity),
    };
    ofModel.set(entity, layout);
  }
  return layout;
}

/** The statement for a new record of which these fields are given. */
export function insertOf(layout: Layout, given: readonly string[]): Insert {
  const key = given.join(' ');
  let insert = layout.inserts.get(key);
  if (!insert) {
    if (layout.inserts.size >= mostInserts) return layout.insertAll;
    insert = insertFor(layout.entity, layout.columns, layout.derivedColumns, new Set(given));
    layout.inserts.set(key, insert);
  }
  return insert;
}

function insertFor(
  entity: EntityName,
  columns: readonly Column[],
  derivedColumns: readonly string[],
  given: ReadonlySet<string> | null,
): Insert {
  const isBound = (column: Column): boolean => given === null || given.has(column.name);
  const base = ['uid', 'label', 'labelKey', 'searchText', 'version', 'createdAtMs', 'updatedAtMs'];
  const names = [...base, ...columns.map(({ name }) => name), ...derivedColumns];
  const values = [
    ...base.map(() => '?'),
    ...columns.map((column) => (isBound(column) ? '?' : column.literal)),
    ...derivedColumns.map(() => '?'),
  ];
  return {
    insert: `INSERT INTO ${tableOf(entity)} (${names.join(', ')}) VALUES (${values.join(', ')})`,
    columns: columns.filter(isBound),
  };
}

function literalOf(value: SqlValue): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (Buffer.isBuffer(value)) return `x'${value.toString('hex')}'`;
  return String(value);
}
