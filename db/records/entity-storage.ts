/**
 * How an entity rests in its table: which columns beside its fields, what its label and search text are, which
 * counters it counts for. The fields themselves are columns of the same name (shared/model).
 */
import type { z } from 'zod';
import { type EntityName, entityOf, type FieldsOf } from '../../shared/model/entities.ts';
import type { Field, FieldKind, RefField } from '../../shared/model/field.ts';
import type { Write } from './write.ts';

export type SqlValue = string | number | bigint | Buffer | null;

/** A field's value inside the store: as on the wire, but references are row ids. */
export type StoredValue<F extends Field> = F extends RefField
  ? null extends z.output<F['schema']>
    ? number | null
    : number
  : z.output<F['schema']>;

export type StoredValues<E extends EntityName> = {
  [K in keyof FieldsOf<E>]: FieldsOf<E>[K] extends Field ? StoredValue<FieldsOf<E>[K]> : never;
};
export type StoredPatch<E extends EntityName> = Partial<StoredValues<E>>;

export type Projection = {
  readonly label: string;
  /** Texts whose words find the record; phones as digits. Empty for entities that are not searchable. */
  readonly words: readonly (string | null)[];
  /** Values of `derivedColumns`, in their order. */
  readonly columns: readonly SqlValue[];
};

export type EntityStorage<E extends EntityName = EntityName> = {
  readonly entity: E;
  /** Columns that follow from the fields: folded keys, primary address. */
  readonly derivedColumns: readonly string[];
  readonly project: (values: StoredValues<E>) => Projection;
  /** What a new record gets beside what is given, where that depends on the workspace: the first stage of a lead. */
  readonly starting?: (write: Write, given: StoredPatch<E>) => StoredPatch<E>;
  /** Rows of child tables that follow from a field (contact_email from `emails`); called when it changed. */
  readonly children?: readonly ChildTable<E>[];
  /** Names of the counters that a record of these values counts for; none while in the bin. */
  readonly counters: (values: StoredValues<E>) => readonly string[];
};

export type ChildTable<E extends EntityName> = {
  readonly from: keyof FieldsOf<E> & string;
  /** `DELETE … WHERE ownerId = ?` */
  readonly clear: string;
  /** `INSERT … VALUES (?, …)`; the first parameter is the owner's row id. */
  readonly insert: string;
  /** `SELECT … WHERE ownerId = ?`: what `rows` gave, in its order. */
  readonly select: string;
  readonly rows: (values: StoredValues<E>) => readonly (readonly SqlValue[])[];
};

const tables = new Map<EntityName, string>();

export function tableOf(entity: EntityName): string {
  let table = tables.get(entity);
  if (table === undefined) {
    tables.set(entity, (table = entity.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)));
  }
  return table;
}

/** The columns that hold fields: all but the ones that a projection fills. */
export function fieldColumns(entity: EntityName, derivedColumns: readonly string[]): readonly string[] {
  return Object.keys(entityOf(entity).fields).filter((name) => !derivedColumns.includes(name));
}

export function encodeValue(kind: FieldKind, value: unknown): SqlValue {
  if (value === null || value === undefined) return null;
  if (kind === 'boolean') return value === true ? 1 : 0;
  if (kind === 'json' || kind === 'multiChoice') return JSON.stringify(value);
  return value as SqlValue;
}

export function decodeValue(kind: FieldKind, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (kind === 'boolean') return value === 1;
  if (kind === 'json' || kind === 'multiChoice') return JSON.parse(value as string) as unknown;
  return value;
}
