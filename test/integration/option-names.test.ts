import { describe, expect, it } from 'vitest';
import { customFieldName } from '../../shared/model/custom-field.ts';
import { scoringDefinitionSchema } from '../../shared/rules/scoring/definition.ts';
import { undoWrite } from '../../db/change-log/undo.ts';
import { checkStore } from '../../db/check.ts';
import { countOptions, countValues } from '../../db/query/custom-field-uses.ts';
import { readWire } from '../../db/records/read.ts';
import { customFieldsHandlers } from '../../electron/features/custom-fields/custom-fields.handlers.ts';
import { recordsHandlers } from '../../electron/features/records/records.handlers.ts';
import { segmentsHandlers } from '../../electron/features/segments/segments.handlers.ts';
import { workspaceWith } from '../helpers/calls.ts';

async function badge(kind: 'choice' | 'multiChoice' = 'choice') {
  const space = workspaceWith({ ...recordsHandlers, ...customFieldsHandlers, ...segmentsHandlers });
  const { get, test } = space;
  const values = { name: 'Badge', entity: 'contact', kind, options: ['Red', 'Blue', 'Green'] } as const;
  const { id } = await get('customFields.create', { values: { ...values, options: [...values.options] } });
  const x = customFieldName(id);
  const contact = async (value: unknown) =>
    (await get('contacts.create', { values: { givenName: 'Ann', [x]: value } })).id;
  const valueOf = (uuid: string) => (readWire(test.store, 'contact', uuid) as unknown as Record<string, unknown>)[x];
  const rename = (renamed: { from: string; to: string }[], more: object = {}) =>
    space.call('customFields.renameOptions', { id, renamed, ...more });
  const options = async () => (await get('customFields.get', { id })).options;
  const wrong = () => {
    const check = checkStore(test.store);
    for (;;) {
      const { done, value } = check.next();
      if (done) return value.filter((each) => !each.ok);
    }
  };
  return { ...space, id, x, contact, valueOf, rename, options, wrong };
}

describe('an option under another name', () => {
  it('stays the choice of its records, segments, scoring models and views, and undo takes all of it back', async () => {
    const { get, id, x, contact, valueOf, rename, options, wrong, test } = await badge();
    const red = await contact('Red');
    const binned = await contact('Red');
    const blue = await contact('Blue');
    await get('contacts.remove', { ids: [binned] });
    const row = { kind: 'row', field: x, operator: 'is', values: ['Red', 'Green'] } as const;
    const where = { kind: 'group', match: 'all', nodes: [row] } as const;
    const query = { version: 1, where } as const;
    const segment = await get('segments.create', { values: { name: 'Red ones', query: query as never } });
    await get('segments.goLive', { id: segment.id });
    const definition = { filters: [row] } as never;
    const view = await get('savedViews.create', { values: { name: 'Red ones', entity: 'contact', definition } });
    const conditions = [{ entity: 'contact', where }];
    const scoring = scoringDefinitionSchema.parse({ rows: [{ id: 'r', name: '', points: 5, conditions }] });
    const model = await get('scoringModels.create', { values: { name: 'Own', state: 'live', definition: scoring } });
    const asked = async () => [
      JSON.stringify((await get('segments.get', { id: segment.id })).query),
      JSON.stringify((await get('savedViews.get', { id: view.id })).definition),
      JSON.stringify((await get('scoringModels.get', { id: model.id })).definition),
    ];
    const before = await asked();
    const renamed = await rename([{ from: 'Red', to: 'Crimson' }], { values: { help: 'Of the lanyard' } });
    expect(renamed).toMatchObject({ ok: true, value: { records: 2 } });
    expect([red, binned, blue].map(valueOf)).toEqual(['Crimson', 'Crimson', 'Blue']);
    expect(await get('customFields.get', { id })).toMatchObject({
      options: ['Crimson', 'Blue', 'Green'],
      help: 'Of the lanyard',
    });
    expect(await asked()).toEqual(before.map((text) => text.replace('"Red"', '"Crimson"')));
    expect((await get('segments.get', { id: segment.id })).memberCount).toBe(1);
    expect(wrong()).toEqual([]);
    expect(undoWrite(test.store, (renamed.ok && renamed.value.writeId) || 0)).toMatchObject({ value: { kept: 0 } });
    expect([red, binned, blue].map(valueOf)).toEqual(['Red', 'Red', 'Blue']);
    expect(await options()).toEqual(['Red', 'Blue', 'Green']);
    expect(await asked()).toEqual(before);
    expect(wrong()).toEqual([]);
  });

  it('may change places with another, also among several choices', async () => {
    const { contact, valueOf, rename, options } = await badge('multiChoice');
    const both = await contact(['Red', 'Blue']);
    const one = await contact(['Blue', 'Green']);
    const swapped = await rename([
      { from: 'Red', to: 'Blue' },
      { from: 'Blue', to: 'Red' },
    ]);
    expect(swapped).toMatchObject({ ok: true, value: { records: 2 } });
    expect([both, one].map(valueOf)).toEqual([
      ['Blue', 'Red'],
      ['Red', 'Green'],
    ]);
    expect(await options()).toEqual(['Blue', 'Red', 'Green']);
  });

  it('becomes no other option, no blank, and leaves those that are held in place', async () => {
    const { get, id, contact, rename, options } = await badge();
    await contact('Blue');
    const refused = { ok: false, error: { code: 'invalidValue', issues: [{ path: 'values.options' }] } };
    expect(await rename([{ from: 'Red', to: 'Blue' }])).toMatchObject(refused);
    expect(await rename([{ from: 'Red', to: ' blue ' }])).toMatchObject(refused);
    expect(await rename([{ from: 'Red', to: ' ' }])).toMatchObject(refused);
    expect(await rename([{ from: 'Purple', to: 'Violet' }])).toMatchObject(refused);
    expect(await rename([{ from: 'Red', to: 'Crimson' }], { values: { options: ['Crimson'] } })).toMatchObject(refused);
    const other = await rename([{ from: 'Red', to: 'Crimson' }], { values: { kind: 'text' } });
    expect(other).toMatchObject({ ok: false, error: { issues: [{ path: 'values.kind' }] } });
    const { version } = await get('customFields.get', { id });
    const late = await rename([{ from: 'Red', to: 'Crimson' }], { baseVersion: version - 1 });
    expect(late).toMatchObject({ ok: false, error: { code: 'changedSince' } });
    expect(await options()).toEqual(['Red', 'Blue', 'Green']);
  });
});

describe('how many records hold a custom field', () => {
  it('is counted by indexes, with those in the bin, each option of several once', async () => {
    const { get, test, id, contact } = await badge('multiChoice');
    for (const value of [['Red'], ['Red', 'Blue'], ['Blue'], null, ['Red']]) await contact(value);
    await get('contacts.remove', { ids: [await contact(['Green', 'Red'])] });
    const field = { id, entity: 'contact', kind: 'multiChoice' } as const;
    expect(countValues(test.store, field)).toBe(5);
    expect(countOptions(test.store, field)).toEqual([
      { option: 'Red', records: 4 },
      { option: 'Blue', records: 2 },
      { option: 'Green', records: 1 },
    ]);
    const column = customFieldName(id);
    const plan = test.store
      .sql(
        `EXPLAIN QUERY PLAN SELECT ${column}, count(*) FROM contact WHERE deletedAtMs IS NULL AND ${column} IS NOT NULL GROUP BY 1`,
      )
      .all() as { detail: string }[];
    expect(plan.map(({ detail }) => detail)).toEqual([expect.stringContaining(`INDEX contact_${column}`)]);
  });
});
