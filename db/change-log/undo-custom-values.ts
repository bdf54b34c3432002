/**
 * What an undo must leave alone about custom fields: a field that something uses by now, values of a time when the field
 * was of another kind, and a change of kind after which somebody entered what the former kind cannot hold. Such parts
 * count as kept, like everything that was changed since.
 *
 * Example: "Badge" was a number, became a text, and holds "A7" in one record: the change back to a number is left out.
 */
import { customFieldName, type CustomFieldKind, isCustomFieldName } from '../../shared/model/custom-field.ts';
import { usersOfField } from '../query/custom-field-uses.ts';
import { decodeField, encodeField, tableOf } from '../records/entity-storage.ts';
import { fieldsOf, modelOf } from '../records/model.ts';
import { uuidOf } from '../records/read.ts';
import type { WritableStore } from '../store.ts';
import { fits } from './apply-values.ts';
import { entityCodes, entityOfCode } from './entity-codes.ts';

type Row = { entity: number; recordId: number; created: number; fields: string };
type Logged = Record<string, readonly [before: unknown, after: unknown]>;

const mayName = (row: Row): boolean =>
  row.created === 0 && (row.entity === entityCodes.customField || row.fields.includes('"x_'));

/** The making of a field that a segment, form, model or view names. */
const isUsed = (store: WritableStore, row: Row): boolean =>
  row.created === 1 &&
  row.entity === entityCodes.customField &&
  usersOfField(store, uuidOf(store, 'customField', row.recordId)).length > 0;

/** The rows without the parts that stay; `kept`: how many these are. */
export function withoutStuckValues<R extends Row>(
  store: WritableStore,
  rows: readonly R[],
): { readonly rows: readonly R[]; readonly kept: number } {
  const free = rows.filter((row) => !isUsed(store, row));
  let kept = rows.length - free.length;
  if (!free.some(mayName)) return { rows: free, kept };
  const parsed = free.map((row) => ({ row, logged: mayName(row) ? (JSON.parse(row.fields) as Logged) : null }));
  const changing = new Map<string, boolean>();
  for (const { row, logged } of parsed) {
    const kind = row.entity === entityCodes.customField ? logged?.['kind'] : undefined;
    if (!kind) continue;
    const id = uuidOf(store, 'customField', row.recordId);
    changing.set(customFieldName(id), mayGoBack(store, id, kind[0] as CustomFieldKind, parsed));
  }
  const left = parsed.map(({ row, logged }): R => {
    if (logged === null) return row;
    const stuck = Object.keys(logged).filter((name) => {
      if (row.entity === entityCodes.customField) {
        return name === 'kind' && changing.get(customFieldName(uuidOf(store, 'customField', row.recordId))) === false;
      }
      if (!isCustomFieldName(name)) return false;
      const may = changing.get(name);
      if (may !== undefined) return !may;
      const field = fieldsOf(store, entityOfCode(row.entity))[name];
      return field !== undefined && !fits(field, logged[name]?.[0]);
    });
    if (stuck.length === 0) return row;
    kept += stuck.length;
    const others = Object.entries(logged).filter(([name]) => !stuck.includes(name));
    return { ...row, fields: JSON.stringify(Object.fromEntries(others)) };
  });
  return { rows: left, kept };
}

/** After the undo, would every record's value fit the former kind? */
function mayGoBack(
  store: WritableStore,
  id: string,
  kind: CustomFieldKind,
  parsed: readonly { readonly row: Row; readonly logged: Logged | null }[],
): boolean {
  const field = modelOf(store).columns.find((each) => each.id === id);
  if (!field) return true;
  const name = customFieldName(id);
  const undone = new Map<number, unknown>();
  for (const { row, logged } of parsed) {
    const change = row.entity === entityCodes[field.entity] ? logged?.[name] : undefined;
    if (change) undone.set(row.recordId, change[1]);
  }
  const values = store
    .sql(`SELECT id, ${name} AS value FROM ${tableOf(field.entity)} WHERE ${name} IS NOT NULL`)
    .all() as { id: number; value: unknown }[];
  const own = { kind: 'text', custom: field.kind } as const;
  return values.every(
    (row) =>
      (undone.has(row.id) && encodeField(own, undone.get(row.id)) === row.value) ||
      decodeField({ kind: 'text', custom: kind }, row.value) !== null,
  );
}
