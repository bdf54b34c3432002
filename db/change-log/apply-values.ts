/** Values of the change log, checked and turned into what the store takes. References come as record ids. */
import { fitsCustomKind } from '../../shared/model/custom-field.ts';
import type { EntityName } from '../../shared/model/entities.ts';
import type { Field, Fields } from '../../shared/model/field.ts';
import { uuidSchema } from '../../shared/model/ids.ts';

/** Field name → value as logged; `deletedAtMs` among them where the record was put in the bin or taken out. */
export type LoggedValues = ReadonlyMap<string, unknown>;

export type UnresolvedReference = { readonly field: string; readonly target: EntityName; readonly uuid: string };

export type StoredChange = {
  readonly patch: Record<string, unknown>;
  readonly deletedAtMs: number | null | undefined;
  readonly unresolved: readonly UnresolvedReference[];
  /** A required reference is among `unresolved`: the record cannot be without it. */
  readonly mustWait: boolean;
};

/**
 * Values that do not fit their field, and fields that this program does not know (a newer one wrote them), stay in the
 * log and are not applied.
 */
export function toStoredChange(
  fields: Fields,
  values: LoggedValues,
  rowOf: (entity: EntityName, uuid: string) => number | null,
): StoredChange {
  const patch: Record<string, unknown> = {};
  const unresolved: UnresolvedReference[] = [];
  let mustWait = false;
  let deletedAtMs: number | null | undefined;
  for (const [name, value] of values) {
    if (name === 'deletedAtMs') {
      if (value === null || Number.isSafeInteger(value)) deletedAtMs = value as number | null;
      continue;
    }
    const field = fields[name];
    if (!field || field.derived || !fits(field, value)) continue;
    if (field.kind !== 'ref' || value === null) {
      patch[name] = value;
      continue;
    }
    const target = field.target as EntityName;
    const row = rowOf(target, value as string);
    if (row !== null) {
      patch[name] = row;
      continue;
    }
    unresolved.push({ field: name, target, uuid: value as string });
    if (field.required) mustWait = true;
    else patch[name] = null;
  }
  return { patch, deletedAtMs, unresolved, mustWait };
}

export function fits(field: Field, value: unknown): boolean {
  if (field.custom !== undefined) return fitsCustomKind(field.custom, value ?? null);
  if (value === null || value === undefined) return value === null && isNullable(field);
  switch (field.kind) {
    case 'text':
    case 'longText':
    case 'date':
      return typeof value === 'string';
    case 'integer':
    case 'instant':
      return Number.isSafeInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'choice':
      return typeof value === 'string' && (field.options?.includes(value) ?? true);
    case 'ref':
      return uuidSchema.safeParse(value).success;
    case 'multiChoice':
    case 'json':
      return field.schema.safeParse(value).success;
    default:
      return false;
  }
}

const nullable = new WeakMap<Field, boolean>();
function isNullable(field: Field): boolean {
  let answer = nullable.get(field);
  if (answer === undefined) {
    answer = field.schema.safeParse(null).success;
    nullable.set(field, answer);
  }
  return answer;
}
