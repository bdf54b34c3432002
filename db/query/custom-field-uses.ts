/**
 * Who uses a custom field: every saved definition that names it. Its name (`x_` and twelve hex digits) is nobody else's,
 * so that the text of a definition which holds it uses it.
 */
import type { EntityName } from '../../shared/model/entities.ts';
import { type CustomFieldEntity, customFieldName } from '../../shared/model/custom-field.ts';
import { tableOf } from '../records/entity-storage.ts';
import type { ReadableStore } from '../store.ts';
import { uidToUuid } from '../uuid.ts';

export type FieldUser = { readonly entity: EntityName; readonly id: string; readonly label: string };

/** Where definitions rest. */
const definitions: readonly (readonly [EntityName, column: string])[] = [
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
  return definitions.flatMap(([entity, column]) => {
    const found = store
      .sql(
        `SELECT uid, label FROM ${tableOf(entity)} WHERE deletedAtMs IS NULL AND ${quoted.map(() => `instr(${column}, ?) > 0`).join(' AND ')} ORDER BY labelKey`,
      )
      .all(...quoted) as { uid: Buffer; label: string }[];
    return found.map(({ uid, label }) => ({ entity, id: uidToUuid(uid), label }));
  });
}

/** How many records have a value, those in the bin included. */
export function countValues(store: ReadableStore, entity: CustomFieldEntity, id: string): number {
  const column = customFieldName(id);
  return store
    .sql(`SELECT count(*) FROM ${tableOf(entity)} WHERE ${column} IS NOT NULL`)
    .pluck()
    .get() as number;
}

/** How many records have each option of a choice or multi-choice, most frequent first. */
export function countOptions(
  store: ReadableStore,
  entity: CustomFieldEntity,
  id: string,
  kind: 'choice' | 'multiChoice',
): { option: string; records: number }[] {
  const column = customFieldName(id);
  const from =
    kind === 'choice'
      ? `SELECT ${column} AS option FROM ${tableOf(entity)} WHERE ${column} IS NOT NULL`
      : `SELECT DISTINCT own.id, each.value AS option FROM ${tableOf(entity)} AS own, json_each(own.${column}) AS each
         WHERE own.${column} IS NOT NULL`;
  return store
    .sql(`SELECT option, count(*) AS records FROM (${from}) GROUP BY option ORDER BY records DESC, option`)
    .all() as { option: string; records: number }[];
}
