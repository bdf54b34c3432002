import { describe, expect, it } from 'vitest';
import { undoWrite } from '../../db/change-log/undo.ts';
import { fieldsWorkspace as workspace } from '../helpers/custom-fields.ts';

describe('a custom field', () => {
  it('keeps values of every kind in records, and gives them back', async () => {
    const { field, contact, get } = workspace();
    const values: Record<string, unknown> = {};
    for (const [kind, value] of [
      ['text', 'Straße 7'],
      ['number', 4.5],
      ['date', '2026-03-01'],
      ['choice', 'Red'],
      ['multiChoice', ['Blue', 'Red']],
      ['yesNo', false],
      ['link', 'https://example.org'],
    ] as const) {
      const { x } = await field(`Own ${kind}`, kind, kind.toLowerCase().includes('choice') ? ['Red', 'Blue'] : []);
      values[x] = value;
    }
    const id = await contact({ givenName: 'Ann', ...values });
    const found = (await get('contacts.get', { id })) as unknown as Record<string, unknown>;
    const [multi] = Object.entries(values).filter(([, value]) => Array.isArray(value));
    expect(found).toMatchObject({ ...values, [multi?.[0] ?? '']: ['Red', 'Blue'] });
    const page = await get('contacts.list', {});
    expect(page.rows[0]).toMatchObject({ givenName: 'Ann', ...values, [multi?.[0] ?? '']: ['Red', 'Blue'] });
  });

  it('is undone like any other value, and history shows it', async () => {
    const { field, contact, get, read, test } = workspace();
    const { x } = await field('Badge');
    const id = await contact({ givenName: 'Ann', [x]: 'red' });
    const { writeId } = await get('contacts.update', { id, values: { [x]: 'blue' } as never });
    expect(read(id)[x]).toBe('blue');
    expect(undoWrite(test.store, writeId ?? 0).ok).toBe(true);
    expect(read(id)[x]).toBe('red');
  });

  it('goes into the bin with its values, and comes back with them', async () => {
    const { field, contact, get, read, test } = workspace();
    const { id: fieldId, x, writeId } = await field('Badge');
    const id = await contact({ givenName: 'Ann', [x]: 'red' });
    const made = undoWrite(test.store, writeId);
    expect(made.ok).toBe(true);
    expect(read(id)).not.toHaveProperty(x);
    await get('customFields.restore', { ids: [fieldId] });
    expect(read(id)[x]).toBe('red');
  });
});

describe('rules of custom fields', () => {
  it('refuse values that the definition does not allow, and name the field', async () => {
    const { call, field, contact } = workspace();
    const { x } = await field('Size', 'number');
    const refused = await call('contacts.create', { values: { givenName: 'Ann', [x]: 'forty' } as never });
    expect(refused).toMatchObject({ ok: false, error: { code: 'invalidValue', issues: [{ path: `values.${x}` }] } });
    const id = await contact({ givenName: 'Ann' });
    const unknown = { id, values: { x_000000000000: 1 } as never };
    expect(await call('contacts.update', unknown)).toMatchObject({ ok: false, error: { code: 'invalidValue' } });
  });

  it('want names that differ, options for choices, and records that stay what they are', async () => {
    const { call, field } = workspace();
    const { id } = await field('Badge');
    const create = (values: Record<string, unknown>) => call('customFields.create', { values: values as never });
    expect(await create({ name: 'BADGE' })).toMatchObject({ ok: false, error: { code: 'invalidValue' } });
    expect((await create({ name: 'Badge', entity: 'lead' })).ok).toBe(true);
    expect(await create({ name: 'Colour', kind: 'choice' })).toMatchObject({ ok: false });
    expect(await create({ name: 'Colour', kind: 'choice', options: ['Red', 'red'] })).toMatchObject({ ok: false });
    const other = await call('customFields.update', { id, values: { entity: 'lead' } });
    expect(other).toMatchObject({ ok: false, error: { issues: [{ path: 'values.entity' }] } });
  });

  it('let the kind change where every value can be said in the new one, as one change that undo takes back', async () => {
    const { get, field, contact, read, test, wrong } = workspace();
    const { id: fieldId, x } = await field('Size');
    const ids = [];
    for (let size = 0; size < 25; size += 1) ids.push(await contact({ givenName: 'Ann', [x]: String(size % 2) }));
    const { writeId } = await get('customFields.update', { id: fieldId, values: { kind: 'number' } });
    expect(ids.map((id) => read(id)[x])).toEqual(ids.map((_, size) => size % 2));
    expect(wrong()).toEqual([]);
    expect(undoWrite(test.store, writeId ?? 0)).toMatchObject({ ok: true, value: { kept: 0 } });
    expect(ids.map((id) => read(id)[x])).toEqual(ids.map((_, size) => String(size % 2)));
    expect((await get('customFields.get', { id: fieldId })).kind).toBe('text');
    expect(wrong()).toEqual([]);
  });

  it('refuse a change of kind that would lose something, and say of how many and of whom', async () => {
    const { call, field, contact, read } = workspace();
    const { id: fieldId, x } = await field('Size');
    await contact({ givenName: 'Ann', familyName: 'Martin', [x]: 'forty' });
    const id = await contact({ givenName: 'Bo', [x]: '40' });
    expect(await call('customFields.update', { id: fieldId, values: { kind: 'number' } })).toMatchObject({
      ok: false,
      error: { code: 'valuesDoNotFit', details: { count: 1, examples: 'Ann Martin' } },
    });
    expect(read(id)[x]).toBe('40');
  });

  it('leave a change of kind alone in an undo when something was entered since that the old kind cannot hold', async () => {
    const { get, field, contact, read, test } = workspace();
    const { id: fieldId, x } = await field('Size', 'number');
    const id = await contact({ givenName: 'Ann', [x]: 40 });
    const { writeId } = await get('customFields.update', { id: fieldId, values: { kind: 'text' } });
    const bo = await contact({ givenName: 'Bo', [x]: 'forty' });
    expect(undoWrite(test.store, writeId ?? 0).ok).toBe(false);
    expect([read(id)[x], read(bo)[x]]).toEqual(['40', 'forty']);
  });

  it('do not put back a value of a time when the field was of another kind', async () => {
    const { get, field, contact, read, test } = workspace();
    const { id: fieldId, x } = await field('Size');
    const id = await contact({ givenName: 'Ann', [x]: 'forty' });
    const { writeId } = await get('contacts.update', { id, values: { [x]: null } as never });
    await get('customFields.update', { id: fieldId, values: { kind: 'number' } });
    expect(undoWrite(test.store, writeId ?? 0).ok).toBe(false);
    expect(read(id)[x]).toBeNull();
  });

  it('take the options of a new choice from the values, and keep those that records hold', async () => {
    const { call, get, field, contact } = workspace();
    const { id: fieldId, x } = await field('Colour');
    await contact({ givenName: 'Ann', [x]: 'Red' });
    await contact({ givenName: 'Bo', [x]: 'Blue' });
    await get('customFields.update', { id: fieldId, values: { kind: 'choice' } });
    expect((await get('customFields.get', { id: fieldId })).options).toEqual(['Blue', 'Red']);
    const less = await call('customFields.update', { id: fieldId, values: { options: ['Red', 'Green'] } });
    expect(less).toMatchObject({ ok: false, error: { code: 'invalidValue', issues: [{ path: 'values.options' }] } });
    expect((await call('customFields.update', { id: fieldId, values: { options: ['Red', 'Green', 'Blue'] } })).ok).toBe(
      true,
    );
    expect(await get('customFields.usage', { id: fieldId })).toEqual({
      uses: [],
      records: 2,
      options: [
        { option: 'Blue', records: 1 },
        { option: 'Red', records: 1 },
      ],
    });
  });

  it('refuse to remove or change a field that a segment, a form, a view or a model names, and name it', async () => {
    const { call, get, field } = workspace();
    const { id: fieldId, x } = await field('Badge');
    const rows = [{ kind: 'row', field: x, operator: 'is', values: ['red'] }] as const;
    const query = { version: 1, where: { kind: 'group', match: 'all', nodes: [...rows] } } as const;
    const segment = await get('segments.create', { values: { name: 'VIPs', query: query as never } });
    await get('savedViews.create', {
      values: { name: 'Red ones', entity: 'contact', definition: { filters: [...rows] } as never },
    });
    const removed = await call('customFields.remove', { ids: [fieldId] });
    expect(removed).toMatchObject({ ok: false, error: { code: 'inUse', details: { names: '“VIPs”, “Red ones”' } } });
    const changed = await call('customFields.update', { id: fieldId, values: { kind: 'number' } });
    expect(changed).toMatchObject({ ok: false, error: { code: 'inUse' } });
    expect((await call('customFields.update', { id: fieldId, values: { name: 'Badges' } })).ok).toBe(true);
    const { uses } = await get('customFields.usage', { id: fieldId });
    expect(uses.map(({ entity, label }) => [entity, label])).toEqual([
      ['segment', 'VIPs'],
      ['savedView', 'Red ones'],
    ]);
    expect(uses[0]?.id).toBe(segment.id);
  });
});
