/** Reads records: in stored form for the store itself, in wire form for callers. */
import type { EntityName, EntityRecord } from '../../shared/model/entities.ts';
import type { ReadableStore } from '../store.ts';
import { uidToUuid, uuidToUid } from '../uuid.ts';
import { decodeField, type StoredValues, tableOf } from './entity-storage.ts';
import { type Model, modelOf } from './model.ts';

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

type RowReader = {
  /** Every column in order: the meta ones, then the fields. As arrays: an object of so many keys costs more than its row. */
  readonly columnsSql: string;
  readonly fields: readonly { readonly name: string; readonly decode: ((value: unknown) => unknown) | null }[];
  readonly references: readonly { readonly name: string; readonly target: EntityName; readonly at: number }[];
  /** Every field, blank: a copy of it filled in is a fraction of the work of naming sixty fields one after another. */
  readonly blank: Readonly<Record<string, unknown>>;
  readonly blankWire: Readonly<Record<string, unknown>>;
};
/** Of what the store keeps, and of what calls show: the same where no custom field is in the bin. */
const rowReaders = {
  stored: new WeakMap<Model, Map<EntityName, RowReader>>(),
  shown: new WeakMap<Model, Map<EntityName, RowReader>>(),
};
const metaColumns = [
  'uid',
  'label',
  'version',
  'createdAtMs',
  'updatedAtMs',
  'deletedAtMs',
  'id',
  'searchText',
] as const;

function rowReaderOf(store: ReadableStore, entity: EntityName, of: keyof typeof rowReaders = 'stored'): RowReader {
  const model = modelOf(store);
  let readers = rowReaders[of].get(model);
  if (!readers) rowReaders[of].set(model, (readers = new Map()));
  let reader = readers.get(entity);
  if (!reader) {
    const known = of === 'stored' ? model.fieldsOf(entity) : model.shownFieldsOf(entity);
    const fields: RowReader['fields'][number][] = [];
    const references: RowReader['references'][number][] = [];
    for (const [name, field] of Object.entries(known)) {
      const { kind, target, custom } = field;
      if (kind === 'ref')
        references.push({ name, target: target as EntityName, at: metaColumns.length + fields.length });
      const isPlain = custom === undefined && !(kind === 'boolean' || kind === 'json' || kind === 'multiChoice');
      fields.push({ name, decode: isPlain ? null : (value) => (value === '[]' ? [] : decodeField(field, value)) });
    }
    const table = tableOf(entity);
    const names = [...metaColumns, ...fields.map(({ name }) => name)];
    const blank = Object.fromEntries(fields.map(({ name }) => [name, null]));
    const blankMeta = {
      id: '',
      label: '',
      version: 0,
      createdAtMs: 0,
      updatedAtMs: 0,
      deletedAtMs: null,
      labels: null,
    };
    reader = {
      columnsSql: names.map((name) => `${table}.${name}`).join(', '),
      fields,
      references,
      blank,
      blankWire: { ...blankMeta, ...blank },
    };
    readers.set(entity, reader);
  }
  return reader;
}

/** Puts the fields of a row into a copy of `blank`. */
function fill(record: Record<string, unknown>, { fields }: RowReader, row: readonly unknown[]): void {
  let at = metaColumns.length;
  for (const { name, decode } of fields) {
    const value = row[at];
    if (value !== null) record[name] = decode ? decode(value) : value;
    at += 1;
  }
}

function decodeStored<E extends EntityName>(reader: RowReader, row: readonly unknown[]): StoredRecord<E> {
  const values = { ...reader.blank };
  fill(values, reader, row);
  return {
    uid: row[0] as Buffer,
    label: row[1] as string,
    version: row[2] as number,
    createdAtMs: row[3] as number,
    updatedAtMs: row[4] as number,
    deletedAtMs: row[5] as number | null,
    id: row[6] as number,
    searchText: row[7] as string,
    values: values as StoredValues<E>,
  };
}

/** The record in stored form, also when in the bin; null where there is none. */
export function readStored<E extends EntityName>(store: ReadableStore, entity: E, id: number): StoredRecord<E> | null {
  const reader = rowReaderOf(store, entity);
  const row = store
    .sql(`SELECT ${reader.columnsSql} FROM ${tableOf(entity)} WHERE id = ?`)
    .raw()
    .get(id);
  return row ? decodeStored<E>(reader, row as unknown[]) : null;
}

/** The records of the entity's table that a condition names. */
export function readStoredWhere<E extends EntityName>(
  store: ReadableStore,
  entity: E,
  where: string,
  ...parameters: readonly unknown[]
): StoredRecord<E>[] {
  const reader = rowReaderOf(store, entity);
  const rows = store
    .sql(`SELECT ${reader.columnsSql} FROM ${tableOf(entity)} WHERE ${where}`)
    .raw()
    .all(...parameters);
  return (rows as unknown[][]).map((row) => decodeStored<E>(reader, row));
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

/**
 * The columns of a record in wire form, for `SELECT ${wireSelect(store, 'lead')} FROM lead WHERE …`: the field columns,
 * and beside each reference the id and label of what it points at.
 */
export function wireSelect(store: ReadableStore, entity: EntityName): string {
  const model = modelOf(store);
  return model.made(`wire ${entity}`, () => {
    const table = tableOf(entity);
    const own = ['id', 'uid', 'label', 'version', 'createdAtMs', 'updatedAtMs', 'deletedAtMs'];
    const parts = own.map((column) => `${table}.${column}`);
    for (const [name, field] of Object.entries(model.shownFieldsOf(entity))) {
      if (field.kind === 'ref') {
        const target = tableOf(field.target as EntityName);
        parts.push(
          `(SELECT target.uid FROM ${target} AS target WHERE target.id = ${table}.${name}) AS ${name}`,
          `(SELECT target.label FROM ${target} AS target WHERE target.id = ${table}.${name}) AS ${name}$label`,
        );
      } else parts.push(`${table}.${name}`);
    }
    return parts.join(', ');
  });
}

/** A row of `wireSelect` as the wire carries it. */
export function decodeWire<E extends EntityName>(store: ReadableStore, entity: E, row: unknown): EntityRecord<E> {
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
  for (const [name, field] of Object.entries(modelOf(store).shownFieldsOf(entity))) {
    if (field.kind === 'ref') {
      const uid = values[name] as Buffer | null;
      record[name] = uid ? uidToUuid(uid) : null;
      if (uid) labels[name] = values[`${name}$label`] as string;
    } else record[name] = decodeField(field, values[name]);
  }
  return record as EntityRecord<E>;
}

/** The record in wire form, also when in the bin; null where there is none. */
export function readWire<E extends EntityName>(store: ReadableStore, entity: E, uuid: string): EntityRecord<E> | null {
  const table = tableOf(entity);
  const row = store
    .sql(`SELECT ${wireSelect(store, entity)} FROM ${table} WHERE ${table}.uid = ?`)
    .get(uuidToUid(uuid));
  return row ? decodeWire(store, entity, row) : null;
}

/** Many records in wire form, in the order of the row ids; what several of them point at is read once. */
export function readWireRows<E extends EntityName>(
  store: ReadableStore,
  entity: E,
  ids: Iterable<number>,
): EntityRecord<E>[] {
  const reader = rowReaderOf(store, entity, 'shown');
  const { columnsSql, references } = reader;
  const read = store.sql(`SELECT ${columnsSql} FROM ${tableOf(entity)} WHERE id = ?`).raw();
  const known = new Map<EntityName, Map<number, readonly [uuid: string, label: string]>>();
  const records: EntityRecord<E>[] = [];
  for (const id of ids) {
    const row = read.get(id) as unknown[] | undefined;
    if (!row) continue;
    const labels: Record<string, string> = {};
    const record: Record<string, unknown> = { ...reader.blankWire };
    record.id = uidToUuid(row[0] as Buffer);
    record.label = row[1];
    record.version = row[2];
    record.createdAtMs = row[3];
    record.updatedAtMs = row[4];
    record.deletedAtMs = row[5];
    record.labels = labels;
    fill(record, reader, row);
    for (const { name, target, at: place } of references) {
      const targetId = row[place] as number | null;
      if (targetId === null) continue;
      const [uuid, label] = pointedAt(store, target, targetId, known);
      record[name] = uuid;
      labels[name] = label;
    }
    records.push(record as EntityRecord<E>);
  }
  return records;
}

function pointedAt(
  store: ReadableStore,
  target: EntityName,
  id: number,
  known: Map<EntityName, Map<number, readonly [string, string]>>,
): readonly [string, string] {
  let ofTarget = known.get(target);
  if (!ofTarget) known.set(target, (ofTarget = new Map()));
  let found = ofTarget.get(id);
  if (!found) {
    const row = store.sql(`SELECT uid, label FROM ${tableOf(target)} WHERE id = ? -- pointed at`).get(id);
    const { uid, label } = row as { uid: Buffer; label: string };
    ofTarget.set(id, (found = [uidToUuid(uid), label]));
  }
  return found;
}
