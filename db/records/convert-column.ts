/**
 * All values of a custom field said in another kind, as changes that the log has: part of the write that changes the
 * definition, after it, so that an undo puts the values back first and the definition then.
 */
import { type CustomFieldDefinition, type CustomFieldKind, customFieldName } from '../../shared/model/custom-field.ts';
import { convertValue } from '../../shared/rules/custom-fields/convert.ts';
import type { ReadableStore } from '../store.ts';
import { countIn, revisionCounter } from './counters.ts';
import { decodeField, encodeField, tableOf } from './entity-storage.ts';
import { keyColumnOf, keyOfValue } from './model.ts';
import { touch, type Write } from './write.ts';

type Converted = { readonly id: number; readonly uid: Buffer; readonly before: unknown; readonly after: unknown };

export type Conversion = {
  readonly values: readonly Converted[];
  /** Rows whose value cannot be said in the new kind. */
  readonly lost: readonly { readonly id: number; readonly label: string }[];
};

type Row = { id: number; uid: Buffer; label: string; value: unknown };

/** Looks only. Records in the bin count: they may come back. */
export function planConversion(
  store: ReadableStore,
  field: CustomFieldDefinition,
  to: CustomFieldKind,
  options: readonly string[],
): Conversion {
  const name = customFieldName(field.id);
  const rows = store
    .sql(`SELECT id, uid, label, ${name} AS value FROM ${tableOf(field.entity)} WHERE ${name} IS NOT NULL`)
    .all() as Row[];
  const values: Converted[] = [];
  const lost: { id: number; label: string }[] = [];
  for (const { id, uid, label, value } of rows) {
    const before = decodeField({ kind: 'text', custom: field.kind }, value);
    const after = convertValue(field.kind, to, before, options);
    if (after === undefined) lost.push({ id, label });
    else values.push({ id, uid, before, after });
  }
  return { values, lost };
}

/** Puts the values in; the definition is of the new kind already. */
export function convertColumn(write: Write, field: CustomFieldDefinition, { values }: Conversion): void {
  const { store } = write;
  const table = tableOf(field.entity);
  const name = customFieldName(field.id);
  const own = { kind: 'text', custom: field.kind } as const;
  const put = store.sql(
    `UPDATE ${table} SET ${name} = ?, ${keyColumnOf(name)} = ?, version = ?, updatedAtMs = ? WHERE id = ?`,
  );
  let changed = 0;
  for (const { id, uid, before, after } of values) {
    const encoded = encodeField(own, after);
    if (encoded === encodeField(own, before)) continue;
    put.run(encoded, keyOfValue(field.kind, after), write.clock, write.atMs, id);
    touch(write, field.entity, id, uid, false, [[name, [before, after]]]);
    changed += 1;
  }
  if (changed > 0) countIn(write, [revisionCounter(field.entity)], changed);
}
