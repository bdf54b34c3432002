/**
 * How an entity rests in its table: which columns beside its fields, what its label and search text are, which
 * counters it counts for. The fields themselves are columns of the same name (shared/model).
 */
import type { z } from 'zod';
import type { EntityName, FieldsOf } from '../../shared/model/entities.ts';
import type { CustomFieldKind } from '../../shared/model/custom-field.ts';
import type { Field, FieldKind, Fields, RefField } from '../../shared/model/field.ts';
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
  /** How much of the words is searched, where that is more than usual: all of a note. */
  readonly longestText?: number;
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
export function fieldColumns(fields: Fields, derivedColumns: readonly string[]): readonly string[] {
  return Object.keys(fields).filter((name) => !derivedColumns.includes(name));
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

/** A value of a custom field: as it is, whatever kind the field is of just now (it may be changing). */
function encodeCustom(value: unknown): SqlValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'object' ? JSON.stringify(value) : (value as SqlValue);
}

/** Null for what does not fit the kind. */
function decodeCustom(kind: CustomFieldKind, value: unknown): unknown {
  switch (kind) {
    case 'text':
    case 'link':
    case 'choice':
      return typeof value === 'string' && value !== '' ? value : null;
    case 'number':
      return typeof value === 'number' ? value : null;
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : null;
    case 'yesNo':
      return value === 1 ? true : value === 0 ? false : null;
    case 'multiChoice':
      return typeof value === 'string' && value.startsWith('[') ? listOf(value) : null;
  }
}

function listOf(json: string): readonly string[] | null {
  try {
    const list: unknown = JSON.parse(json);
    const fits = Array.isArray(list) && list.length > 0 && list.every((each) => typeof each === 'string');
    return fits ? (list as string[]) : null;
  } catch {
    // a text that begins with a bracket, of the time when the field was one
    return null;
  }
}

/** A field's value as its column holds it. */
export const encodeField = (field: Pick<Field, 'kind' | 'custom'> | undefined, value: unknown): SqlValue =>
  field?.custom === undefined ? encodeValue(field?.kind ?? 'text', value) : encodeCustom(value);

/** A column's value as the field has it. */
export const decodeField = (field: Pick<Field, 'kind' | 'custom'> | undefined, value: unknown): unknown =>
  field?.custom === undefined ? decodeValue(field?.kind ?? 'text', value) : decodeCustom(field.custom, value);
