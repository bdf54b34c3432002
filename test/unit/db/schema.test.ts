/** The shape of the store: what the model says, what the tables have, and what was reviewed last. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type EntityName, entityNames, entityOf } from '../../../shared/model/entities.ts';
import { tableOf } from '../../../db/records/entity-storage.ts';
import { storageOf } from '../../../db/records/storages.ts';
import { freshStore } from '../../helpers/store.ts';

const snapshotPath = new URL('../../../db/migrations/schema.snapshot.sql', import.meta.url);

/** Kept on the row by what follows from other records; no field and no projection of the record's own. */
const keptByUpkeep: Partial<Record<EntityName, readonly string[]>> = { account: ['contactCount'] };

const base = ['id', 'uid', 'label', 'labelKey', 'searchText', 'version', 'createdAtMs', 'updatedAtMs', 'deletedAtMs'];

describe('the schema', () => {
  it('is the reviewed one: schema.snapshot.sql (UPDATE_SCHEMA=1 writes it anew)', () => {
    const { store } = freshStore();
    const parts = store
      .sql(
        `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL
           AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')
         ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'view' THEN 1 WHEN 'index' THEN 2 ELSE 3 END, tbl_name, name`,
      )
      .pluck()
      .all() as string[];
    const schema = `-- Written by test/unit/db/schema.test.ts; do not edit.\n\n${parts.map((part) => `${part};`).join('\n\n')}\n`;
    if (process.env.UPDATE_SCHEMA === '1' || !existsSync(snapshotPath)) writeFileSync(snapshotPath, schema);
    expect(schema).toBe(readFileSync(snapshotPath, 'utf8'));
  });

  it.each(entityNames)('has a column for every field of %s, and no other', (entity) => {
    const { store } = freshStore();
    const columns = store.sql('SELECT name FROM pragma_table_info(?)').pluck().all(tableOf(entity)) as string[];
    const expected = new Set([
      ...base,
      ...Object.keys(entityOf(entity).fields),
      ...storageOf(entity).derivedColumns,
      ...(keptByUpkeep[entity] ?? []),
    ]);
    expect(columns.toSorted()).toEqual([...expected].toSorted());
  });

  it('has a search index for every kind of record that is searchable, and for no other', () => {
    const { store } = freshStore();
    const found = store
      .sql("SELECT name FROM pragma_table_list WHERE type = 'virtual' ORDER BY name")
      .pluck()
      .all() as string[];
    const expected = entityNames
      .filter((entity) => entityOf(entity).searchable)
      .map((entity) => `${tableOf(entity)}_search`);
    expect(found).toEqual(expected.toSorted());
  });
});
