/** Values of a field that occur in the data, most frequent first, for the value pickers of the builder. */
import { type EntityName } from '../../../shared/model/entities.ts';
import { partKey } from '../../../shared/rules/segment/keys.ts';
import type { SegmentField } from '../../../shared/rules/segment/registry.ts';
import { tableOf } from '../../records/entity-storage.ts';
import { registryOf } from '../../records/model.ts';
import type { ReadableStore } from '../../store.ts';
import { partsSource, partText } from './compile-row.ts';
import { bound, type Fragment, sql } from './fragment.ts';

export type Suggestion = { readonly value: string; readonly count: number };

/** Unknown fields, and those whose values are picked in other ways (yes/no, moments, records), have none. */
export function suggestValues(
  store: ReadableStore,
  entity: EntityName,
  name: string,
  search: string,
  limit: number,
): Suggestion[] {
  const field = registryOf(store).field(entity, name);
  if (!field) return [];
  const needle = search.trim() === '' ? null : partKey(field.compare, search);
  // something was typed, and nothing of it can be looked for
  if (search.trim() !== '' && needle === null) return [];
  const statement = statementFor(field, needle);
  if (!statement) return [];
  const rows = store.connection
    .prepare(`${statement.sql} ORDER BY count DESC, value LIMIT ?`)
    .all(...statement.parameters, limit) as { value: string | number; count: number }[];
  return rows.map(({ value, count }) => ({ value: String(value), count }));
}

const holding = (key: string, needle: string | null): Fragment =>
  needle === null ? sql`` : sql` AND instr(${key}, ${bound(needle)}) > 0`;

function statementFor(field: SegmentField, needle: string | null): Fragment | null {
  const table = tableOf(field.entity);
  const live = `${table}.deletedAtMs IS NULL`;
  const { storage, type, compare } = field;
  if (type === 'boolean' || type === 'instant' || type === 'lookup') return null;
  if (storage.kind === 'rows') {
    const value = storage.table === 'contact_email' ? 'address' : 'number';
    const key = compare === 'phone' ? `digits(item.${value})` : `fold(item.${value})`;
    return sql`SELECT item.${value} AS value, count(*) AS count FROM ${storage.table} AS item JOIN ${table} ON ${table}.id = item.${storage.ownerColumn}
      WHERE ${live}${holding(key, needle)} GROUP BY ${key}`;
  }
  if (storage.kind === 'parts') {
    const value = partText(storage, 'item');
    const key = compare === 'phone' ? `digits(${value})` : `fold(${value})`;
    return sql`SELECT ${value} AS value, count(*) AS count FROM ${table}, ${partsSource(storage, table, 'item')}
      WHERE ${live} AND ${value} IS NOT NULL${holding(key, needle)} GROUP BY ${key}`;
  }
  if (storage.kind === 'list') {
    if (!storage.keys) return null;
    const { table: tags, owner } = storage.keys;
    return sql`SELECT min(item.tag) AS value, count(*) AS count FROM ${tags} AS item JOIN ${table} ON ${table}.id = item.${owner}
      WHERE ${live}${holding('item.tagKey', needle)} GROUP BY item.tagKey`;
  }
  const column = `${table}.${storage.column}`;
  if (type === 'number' || type === 'date') {
    return sql`SELECT ${column} AS value, count(*) AS count FROM ${table}
      WHERE ${live} AND ${column} IS NOT NULL${holding(column, needle)} GROUP BY ${column}`;
  }
  if (storage.keyColumn !== null && compare === 'fold') {
    // the index of the key is counted alone; one spelling of each key is read for those that are shown
    const key = storage.keyColumn;
    return sql`SELECT (SELECT one.${storage.column} FROM ${table} AS one WHERE one.${key} = found.key AND one.deletedAtMs IS NULL LIMIT 1) AS value, count
      FROM (SELECT ${table}.${key} AS key, count(*) AS count FROM ${table}
        WHERE ${live} AND ${table}.${key} <> ''${holding(`${table}.${key}`, needle)} GROUP BY ${table}.${key}
        ORDER BY count DESC, key LIMIT 50) AS found`;
  }
  const key = compare === 'phone' ? `digits(${column})` : compare === 'exact' ? column : `fold(${column})`;
  const searched = compare === 'exact' ? `fold(${column})` : key;
  return sql`SELECT ${column} AS value, count(*) AS count FROM ${table}
    WHERE ${live} AND ${column} <> ''${holding(searched, needle)} GROUP BY ${key}`;
}
