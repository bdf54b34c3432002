/** From the wire to the store: references by id become rows, and structures are checked for rings. */
import { isCustomFieldName } from '../../shared/model/custom-field.ts';
import type { EntityName } from '../../shared/model/entities.ts';
import { type CallError, callError } from '../../shared/contract/call.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { ReadableStore } from '../store.ts';
import type { StoredPatch } from './entity-storage.ts';
import { fieldsOf, shownFieldsOf } from './model.ts';
import { liveRowIdOf } from '../merge/redirects.ts';

/**
 * Errors: `notFound` with the field's name when a reference points at nothing; `invalidValue` for values of custom fields
 * that their definition does not allow, or has no definition.
 */
export function toStored<E extends EntityName>(
  store: ReadableStore,
  entity: E,
  values: Readonly<Record<string, unknown>>,
): Result<StoredPatch<E>, CallError> {
  const stored: Record<string, unknown> = {};
  const fields = fieldsOf(store, entity);
  const issues: { path: string; message: string }[] = [];
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    if (isCustomFieldName(name)) {
      // the call's own schema cannot know it
      const parsed = shownFieldsOf(store, entity)[name]?.schema.safeParse(value);
      if (parsed?.success) stored[name] = parsed.data;
      else {
        const message = parsed?.error.issues[0]?.message ?? 'is no field of these records: it may have been removed';
        issues.push({ path: `values.${name}`, message });
      }
      continue;
    }
    const target = fields[name]?.target as EntityName | undefined;
    if (!target || value === null) {
      stored[name] = value;
      continue;
    }
    const id = liveRowIdOf(store, target, String(value));
    if (id === null) {
      return err(callError('notFound', `The record that ${name} points at is not here.`, { field: name }));
    }
    stored[name] = id;
  }
  if (issues.length > 0) {
    return err({
      ...callError('invalidValue', `Not saved: ${issues.map(({ message }) => message).join('; ')}.`),
      issues,
    });
  }
  return ok(stored as StoredPatch<E>);
}

/** A record must not be its own parent, directly or by a ring. */
export function isCircular(
  store: ReadableStore,
  table: string,
  parentField: string,
  id: number,
  parentId: number,
): boolean {
  const row = store
    .sql(
      `WITH RECURSIVE above(id) AS (
         VALUES (?) UNION SELECT ${table}.${parentField} FROM ${table} JOIN above ON ${table}.id = above.id
         WHERE ${table}.${parentField} IS NOT NULL)
       SELECT 1 AS found FROM above WHERE id = ?`,
    )
    .get(parentId, id);
  return row !== undefined;
}
