import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importOptionsSchema } from '../../shared/contract/imports.ts';
import { neutralise } from '../../shared/rules/formats/csv-export.ts';
import { write } from '../../db/records/write.ts';
import { writeSetting } from '../../db/store.ts';
import { importHandlers } from '../../electron/features/imports/imports.handlers.ts';
import { writeShippedConfiguration } from '../../electron/features/setup/shipped.ts';
import { workspaceWith } from '../helpers/calls.ts';
import { contextOf } from '../helpers/context.ts';
import { freshStore, temporaryFolder, type TestStore } from '../helpers/store.ts';

function workspace(): TestStore {
  const test = freshStore();
  write(test.store, { cause: 'system' }, (w) => {
    writeSetting(test.store.connection, 'region', 'BE');
    writeShippedConfiguration(w);
  });
  return test;
}

async function run(test: TestStore, content: string) {
  const file = join(temporaryFolder(), 'odd.csv');
  writeFileSync(file, content);
  const result = await importHandlers['imports.run'](importOptionsSchema.parse({ file }), contextOf(test));
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

describe('odd rows', () => {
  it('takes a row of 5 MB, keeps what fits its field, and says what was cut', { timeout: 60_000 }, async () => {
    const test = workspace();
    const note = 'long '.repeat(1_000_000);
    const done = await run(test, `First Name,Email,Notes\nAnn,ann@x.example,"${note}"\nBob,bob@x.example,short\n`);
    expect(done).toMatchObject({ rows: 2, created: 2, flagged: 1 });
    expect(test.store.sql('SELECT length(description) FROM contact ORDER BY id').pluck().all()).toEqual([99_999, 5]);
  });

  it('keeps formulas as the text that they are, harmless again in a file for a spreadsheet', async () => {
    const test = workspace();
    const payload = `=cmd|' /C calc'!A0`;
    await run(test, `First Name,Email,Company\nAnn,ann@x.example,"${payload}"\n`);
    const company = test.store.sql('SELECT company FROM contact').pluck().get() as string;
    expect(company).toBe(payload);
    expect(neutralise(company)).not.toMatch(/^[=+\-@]/);
  });
});

it('is one import when the same file is chosen in two windows at once, whatever each calls it', async () => {
  const { call, get, test } = workspaceWith(importHandlers);
  const [here, there] = [join(temporaryFolder(), 'people.csv'), join(temporaryFolder(), 'people (1).csv')];
  for (const file of [here, there]) writeFileSync(file, 'First Name,Last Name\nAnn,Martin\nBo,Smith\n');
  const both = await Promise.all([here, there].map((file) => call('imports.run', { file })));
  expect(both.map((each) => (each.ok ? each.value.created : each.error.code))).toEqual([2, 'importRunning']);
  expect(test.store.sql('SELECT count(*) FROM contact').pluck().get()).toBe(2);
  expect(await get('imports.run', { file: there })).toMatchObject({ created: 0, unchanged: 2 });
});
