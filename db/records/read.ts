/** Reads records: in stored form for the store itself, in wire form for callers. */
import { type EntityName, entityOf, type EntityRecord } from '../../shared/model/entities.ts';
import type { Field } from '../../shared/model/field.ts';
import type { ReadableStore } from '../store.ts';
import { uidToUuid, uuidToUid } from '../uuid.ts';
import { decodeValue, fieldColumns, type StoredValues, tableOf } from './entity-storage.ts';
import { storageOf } from './storages.ts';

export type StoredRecord<E extends EntityName> = {
  readonly id: number;
  readonly uid: Buffer;
  readonly label: string;
  readonly searchText: string;
  readonly version: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly deletedAtMs: number | null;
  readonly values: StoredValues<E>;
};

type Row = Record<string, unknown>;

const fieldsByEntity = new Map<EntityName, readonly (readonly [string, Field])[]>();
const fieldList = (entity: EntityName) => {
  let list = fieldsByEntity.get(entity);
  if (!list) {
    list = Object.entries(entityOf(entity).fields);
    fieldsByEntity.set(entity, list);
  }
  return list;
};

const decodeStored = <E extends EntityName>(entity: E, row: Row): StoredRecord<E> => ({
  id: row.id as number,
  uid: row.uid as Buffer,
  label: row.label as string,
  searchText: row.searchText as string,
  version: row.version as number,
  createdAtMs: row.createdAtMs as number,
  updatedAtMs: row.updatedAtMs as number,
  deletedAtMs: row.deletedAtMs as number | null,
  values: Object.fromEntries(
    fieldList(entity).map(([name, field]) => [name, decodeValue(field.kind, row[name])]),
  ) as StoredValues<E>,
});

/** The record in stored form, also when in the bin; null where there is none. */
export function readStored<E extends EntityName>(store: ReadableStore, entity: E, id: number): StoredRecord<E> | null {
  const row = store.sql(`SELECT * FROM ${tableOf(entity)} WHERE id = ?`).get(id) as Row | undefined;
  return row ? decodeStored(entity, row) : null;
}

/** The records of a query that selects whole rows of the entity's table (`SELECT lead.* FROM …`). */
export function readStoredWhere<E extends EntityName>(
  store: ReadableStore,
  entity: E,
  where: string,
  ...parameters: readonly unknown[]
): StoredRecord<E>[] {
  const rows = store.sql(`SELECT * FROM ${tableOf(entity)} WHERE ${where}`).all(...parameters) as Row[];
  return rows.map((row) => decodeStored(entity, row));
}

/** Row id of a record by its UUID, also when in the bin; null where there is none. */
export function rowIdOf(store: ReadableStore, entity: EntityName, uuid: string): number | null {
  const row = store.sql(`SELECT id FROM ${tableOf(entity)} WHERE uid = ?`).get(uuidToUid(uuid)) as
    { id: number } | undefined;
  return row?.id ?? null;
}

/** UUID of a record by its row id. Throws where there is none: row ids never come from outside. */
export function uuidOf(store: ReadableStore, entity: EntityName, id: number): string {
  const row = store.sql(`SELECT uid FROM ${tableOf(entity)} WHERE id = ?`).get(id) as { uid: Buffer } | undefined;
  if (!row) throw new Error(`No ${entity} in row ${id}`);
  return uidToUuid(row.uid);
}

const wireColumns = new Map<EntityName, string>();

/**
 * The columns of a record in wire form, for `SELECT ${wireSelect('lead')} FROM lead WHERE …`: the field columns, and
 * beside each reference the id and label of what it points at.
 */
export function wireSelect(entity: EntityName): string {
  let columns = wireColumns.get(entity);
  if (!columns) {
    const table = tableOf(entity);
    const own = ['id', 'uid', 'label', 'version', 'createdAtMs', 'updatedAtMs', 'deletedAtMs'];
    const { derivedColumns } = storageOf(entity);
    const parts = own.map((column) => `${table}.${column}`);
    for (const [name, field] of fieldList(entity)) {
      if (field.kind === 'ref') {
        const target = tableOf(field.target as EntityName);
        parts.push(
          `(SELECT target.uid FROM ${target} AS target WHERE target.id = ${table}.${name}) AS ${name}`,
          `(SELECT target.label FROM ${target} AS target WHERE target.id = ${table}.${name}) AS ${name}$label`,
        );
      } else parts.push(`${table}.${name}`);
    }
    columns = parts.join(', ');
    wireColumns.set(entity, columns);
    // a field that is neither a column of its own nor derived would be a gap between model and migration
    if (fieldColumns(entity, derivedColumns).length === 0) throw new Error(`${entity} has no fields`);
  }
  return columns;
}

/** A row of `wireSelect` as the wire carries it. */
export function decodeWire<E extends EntityName>(entity: E, row: unknown): EntityRecord<E> {
  const values = row as Row;
  const labels: Record<string, string> = {};
  const record: Record<string, unknown> = {
    id: uidToUuid(values.uid as Buffer),
    label: values.label,
    version: values.version,
    createdAtMs: values.createdAtMs,
    updatedAtMs: values.updatedAtMs,
    deletedAtMs: values.deletedAtMs,
    labels,
  };
  for (const [name, field] of fieldList(entity)) {
    if (field.kind === 'ref') {
      const uid = values[name] as Buffer | null;
      record[name] = uid ? uidToUuid(uid) : null;
      if (uid) labels[name] = values[`${name}$label`] as string;
    } else record[name] = decodeValue(field.kind, values[name]);
  }
  return record as EntityRecord<E>;
}

/** The record in wire form, also when in the bin; null where there is none. */
export function readWire<E extends EntityName>(store: ReadableStore, entity: E, uuid: string): EntityRecord<E> | null {
  const table = tableOf(entity);
  const row = store.sql(`SELECT ${wireSelect(entity)} FROM ${table} WHERE ${table}.uid = ?`).get(uuidToUid(uuid));
  return row ? decodeWire(entity, row) : null;
}
