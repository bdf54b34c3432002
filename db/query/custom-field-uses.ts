/**
 * Who uses a custom field: every saved definition that names it. Its name (`x_` and twelve hex digits) is nobody else's,
 * so that the text of a definition which holds it uses it.
 */
import type { EntityName } from '../../shared/model/entities.ts';
import { type CustomFieldDefinition, customFieldName } from '../../shared/model/custom-field.ts';
import { sortColumnOf } from '../records/custom-columns.ts';
import { decodeField, tableOf } from '../records/entity-storage.ts';
import type { ReadableStore } from '../store.ts';
import { uidToUuid } from '../uuid.ts';

export type FieldUser = { readonly entity: EntityName; readonly id: string; readonly label: string };

/** Where definitions rest. */
export const definitionColumns: readonly (readonly [EntityName, column: string])[] = [
  ['segment', 'query'],
  ['scoringModel', 'definition'],
  ['captureForm', 'definition'],
  ['savedView', 'definition'],
  ['process', 'definition'],
  ['matchingStrategy', 'definition'],
];

/** Those in the bin do not count. */
export const usersOfField = (store: ReadableStore, id: string): FieldUser[] => usersOf(store, [customFieldName(id)]);

/** Of these the ones that also name the option somewhere. */
export const definitionsNaming = (store: ReadableStore, id: string, option: string): FieldUser[] =>
  usersOf(store, [customFieldName(id), option]);

function usersOf(store: ReadableStore, names: readonly string[]): FieldUser[] {
  const quoted = names.map((name) => JSON.stringify(name));
  return definitionColumns.flatMap(([entity, column]) => {
    const found = store
      .sql(
        `SELECT uid, label FROM ${tableOf(entity)} WHERE deletedAtMs IS NULL AND ${quoted.map(() => `instr(${column}, ?) > 0`).join(' AND ')} ORDER BY labelKey`,
      )
      .all(...quoted) as { uid: Buffer; label: string }[];
    return found.map(({ uid, label }) => ({ entity, id: uidToUuid(uid), label }));
  });
}

/**
 * How many records have a value, those in the bin included. Both halves read an index: that of the field's order, which
 * holds the records with a value, and the bin's.
 */
export function countValues(store: ReadableStore, field: CountedField): number {
  const column = customFieldName(field.id);
  const isHeld = `${sortColumnOf(field)} IS NOT NULL`;
  const table = tableOf(field.entity);
  return store
    .sql(
      `SELECT (SELECT count(*) FROM ${table} WHERE deletedAtMs IS NULL AND ${isHeld})
            + (SELECT count(*) FROM ${table} WHERE deletedAtMs IS NOT NULL AND ${column} IS NOT NULL)`,
    )
    .pluck()
    .get() as number;
}

export type CountedField = Pick<CustomFieldDefinition, 'id' | 'entity' | 'kind'>;

/** How many records have each option of a choice or multi-choice, most frequent first. */
export function countOptions(store: ReadableStore, field: CountedField): { option: string; records: number }[] {
  const column = customFieldName(field.id);
  const half = (inBin: string): string =>
    `SELECT ${column} AS held, count(*) AS records FROM ${tableOf(field.entity)}
     WHERE deletedAtMs IS ${inBin} AND ${column} IS NOT NULL GROUP BY ${column}`;
  const held = store.sql(`${half('NULL')} UNION ALL ${half('NOT NULL')}`).all() as { held: unknown; records: number }[];
  const counts = new Map<string, number>();
  for (const { held: stored, records } of held) {
    const value = decodeField({ kind: 'text', custom: field.kind }, stored);
    // each option counts once, also where a value should hold it twice
    for (const option of new Set((Array.isArray(value) ? value : [value]) as readonly unknown[])) {
      if (typeof option === 'string') counts.set(option, (counts.get(option) ?? 0) + records);
    }
  }
  return [...counts]
    .map(([option, records]) => ({ option, records }))
    .toSorted((a, b) => b.records - a.records || (a.option < b.option ? -1 : 1));
}
