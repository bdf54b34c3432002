/**
 * The values of a choice under other names, in records (those in the bin too) and in the definitions that ask for them:
 * part of the write that changes the field's options, after it, so that an undo takes all of it back.
 */
import { customFieldName, type CustomFieldDefinition } from '../../shared/model/custom-field.ts';
import { type OptionNames, renamedInRows, renamedValue } from '../../shared/rules/custom-fields/rename.ts';
import { definitionColumns } from '../query/custom-field-uses.ts';
import { decodeField, type StoredPatch, tableOf } from './entity-storage.ts';
import { updateSet } from './update-set.ts';
import { updateRecord, type Write } from './write.ts';

export function renameOptions(write: Write, field: CustomFieldDefinition, names: OptionNames): { records: number } {
  const records = renameValues(write, field, names);
  renameInDefinitions(write, customFieldName(field.id), names);
  return { records };
}

function renameValues(write: Write, field: CustomFieldDefinition, names: OptionNames): number {
  const { store } = write;
  const name = customFieldName(field.id);
  const own = { kind: 'text', custom: field.kind } as const;
  const idsOf = store.sql(`SELECT id FROM ${tableOf(field.entity)} WHERE ${name} = ?`).pluck();
  // who has which value, before any of them becomes one of the others
  const changes = (
    store
      .sql(`SELECT DISTINCT ${name} FROM ${tableOf(field.entity)} WHERE ${name} IS NOT NULL`)
      .pluck()
      .all() as unknown[]
  ).flatMap((stored) => {
    const before = decodeField(own, stored);
    const after = renamedValue(before, names);
    return after === before ? [] : [{ after, ids: idsOf.all(stored) as number[] }];
  });
  return changes.reduce(
    (sum, { after, ids }) =>
      sum + updateSet(write, field.entity, ids, { [name]: after } as StoredPatch<typeof field.entity>),
    0,
  );
}

/** Those in the bin too: they may come back. */
function renameInDefinitions(write: Write, name: string, names: OptionNames): void {
  for (const [entity, column] of definitionColumns) {
    const rows = write.store
      .sql(`SELECT id, ${column} AS definition FROM ${tableOf(entity)} WHERE instr(${column}, ?) > 0`)
      .all(JSON.stringify(name)) as { id: number; definition: string }[];
    for (const { id, definition } of rows) {
      const before: unknown = JSON.parse(definition);
      const after = renamedInRows(before, name, names);
      if (after !== before) updateRecord(write, entity, id, { [column]: after } as StoredPatch<typeof entity>);
    }
  }
}
