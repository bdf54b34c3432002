/**
 * The columns of custom fields: the value (of any type: a field may change its kind) and the folded twin of a text. Made
 * in the transaction that brings the definition, never taken away. The sort index holds only records with a value, so
 * that fields which few records have cost the others nothing.
 */
import { type CustomFieldDefinition, customFieldName } from '../../shared/model/custom-field.ts';
import type { ReadableStore } from '../store.ts';
import { tableOf } from './entity-storage.ts';
import { hasKey, keyColumnOf, keyOfValue } from './model.ts';

export const sortIndexOf = ({ id, entity }: Pick<CustomFieldDefinition, 'id' | 'entity'>): string =>
  `${tableOf(entity)}_${customFieldName(id)}`;

/** The column that puts records in order. */
export const sortColumnOf = ({ id, kind }: Pick<CustomFieldDefinition, 'id' | 'kind'>): string => {
  const name = customFieldName(id);
  return hasKey(kind) ? keyColumnOf(name) : name;
};

export function makeColumns(store: ReadableStore, field: CustomFieldDefinition): void {
  const table = tableOf(field.entity);
  const name = customFieldName(field.id);
  const columns = store.sql('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[];
  if (columns.includes(name)) return;
  store.connection.exec(`ALTER TABLE ${table} ADD COLUMN ${name} ANY`);
  store.connection.exec(`ALTER TABLE ${table} ADD COLUMN ${keyColumnOf(name)} TEXT`);
  makeIndex(store, field);
}

function makeIndex(store: ReadableStore, field: CustomFieldDefinition): void {
  const column = sortColumnOf(field);
  store.connection.exec(
    `CREATE INDEX ${sortIndexOf(field)} ON ${tableOf(field.entity)} (${column}, id)
     WHERE deletedAtMs IS NULL AND ${column} IS NOT NULL`,
  );
}

/** The field is of another kind now: its key column and index follow. */
export function remakeKeys(store: ReadableStore, field: CustomFieldDefinition): void {
  const table = tableOf(field.entity);
  const name = customFieldName(field.id);
  const key = keyColumnOf(name);
  const rows = store.sql(
    `SELECT id, ${name} AS value, ${key} AS key FROM ${table} WHERE ${name} IS NOT NULL OR ${key} IS NOT NULL`,
  );
  const set = store.sql(`UPDATE ${table} SET ${key} = ? WHERE id = ?`);
  for (const row of rows.all() as { id: number; value: unknown; key: string | null }[]) {
    const wanted = keyOfValue(field.kind, row.value);
    if (wanted !== row.key) set.run(wanted, row.id);
  }
  store.connection.exec(`DROP INDEX IF EXISTS ${sortIndexOf(field)}`);
  makeIndex(store, field);
}
