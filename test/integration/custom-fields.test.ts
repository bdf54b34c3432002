import { describe, expect, it } from 'vitest';
import { customFieldName } from '../../shared/model/custom-field.ts';
import { undoWrite } from '../../db/change-log/undo.ts';
import { readWire, rowIdOf } from '../../db/records/read.ts';
import { setDeleted, write } from '../../db/records/write.ts';
import { scoringDefinitionSchema } from '../../shared/rules/scoring/definition.ts';
import { recordsHandlers } from '../../electron/features/records/records.handlers.ts';
import { customFieldsHandlers } from '../../electron/features/custom-fields/custom-fields.handlers.ts';
import { rebuildStore } from '../../db/rebuild.ts';
import { checkStore } from '../../db/check.ts';
import { duplicatesHandlers } from '../../electron/features/duplicates/duplicates.handlers.ts';
import { historyHandlers } from '../../electron/features/history/history.handlers.ts';
import { segmentsHandlers } from '../../electron/features/segments/segments.handlers.ts';
import { workspaceWith } from '../helpers/calls.ts';

type Kind = 'text' | 'number' | 'date' | 'choice' | 'multiChoice' | 'yesNo' | 'link';

function workspace() {
  const space = workspaceWith({
    ...recordsHandlers,
    ...customFieldsHandlers,
    ...segmentsHandlers,
    ...duplicatesHandlers,
    ...historyHandlers,
  });
  const { get } = space;
  /** Makes a field of contacts; returns its id and the name of its values. */
  const field = async (name: string, kind: Kind = 'text', options: string[] = []) => {
    const { id, writeId } = await get('customFields.create', { values: { name, entity: 'contact', kind, options } });
    return { id, x: customFieldName(id), writeId };
  };
  const contact = async (values: Record<string, unknown>) => (await get('contacts.create', { values })).id;
  const read = (id: string) => readWire(space.test.store, 'contact', id) as unknown as Record<string, unknown>;
  /** What a check of the whole store finds wrong. */
  const wrong = () => {
    const check = checkStore(space.test.store);
    for (;;) {
      const { done, value } = check.next();
      if (done) return value.filter((each) => !each.ok);
    }
  };
  return { ...space, field, contact, read, wrong };
}

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

describe('lists', () => {
  it('are sorted and filtered by custom fields, blanks last, page by page', async () => {
    const { get, call, field, contact } = workspace();
    const text = await field('Badge');
    const number = await field('Size', 'number');
    for (const [badge, size] of [
      ['Ärmel', 3],
      ['zebra', null],
      [null, 10],
      ['apfel', 2],
      ['Apfel', 1],
    ] as const) {
      await contact({ givenName: `C${size ?? ''}`, [text.x]: badge, [number.x]: size });
    }
    const sorted = async (x: string, direction: 'asc' | 'desc') => {
      const found: unknown[] = [];
      for (let after: string | undefined; ;) {
        const page = await get('contacts.list', { limit: 2, sort: { field: x, direction }, ...(after && { after }) });
        found.push(...page.rows.map((row) => (row as unknown as Record<string, unknown>)[x]));
        if (page.next === null) return found;
        after = page.next;
      }
    };
    expect(await sorted(number.x, 'asc')).toEqual([1, 2, 3, 10, null]);
    expect(await sorted(number.x, 'desc')).toEqual([10, 3, 2, 1, null]);
    expect(await sorted(text.x, 'asc')).toEqual(['apfel', 'Apfel', 'Ärmel', 'zebra', null]);
    const multi = await field('Several', 'multiChoice', ['a']);
    const refused = await call('contacts.list', { sort: { field: multi.x, direction: 'asc' } });
    expect(refused).toMatchObject({ ok: false, error: { code: 'badInput' } });
    const filtered = async (x: string, operator: 'is' | 'atLeast' | 'hasNoData', values: (string | number)[]) =>
      (await get('contacts.list', { filters: [{ kind: 'row', field: x, operator, values }] })).total;
    expect(await filtered(text.x, 'is', ['APFEL'])).toBe(2);
    expect(await filtered(number.x, 'atLeast', [3])).toBe(2);
    expect(await filtered(number.x, 'hasNoData', [])).toBe(1);
  });
});

describe('live segments and rebuilds', () => {
  it('follow values of custom fields, their removal by another laptop and their return', async () => {
    const { get, field, contact, wrong, test } = workspace();
    const { x, writeId, id: fieldId } = await field('Badge');
    const ann = await contact({ givenName: 'Ann', [x]: 'Red' });
    await contact({ givenName: 'Bo' });
    const row = { kind: 'row', field: x, operator: 'is', values: ['RED'] } as const;
    const query = { version: 1, where: { kind: 'group', match: 'all', nodes: [row] } } as const;
    const { id } = await get('segments.create', { values: { name: 'Red ones', query: query as never } });
    expect((await get('segments.goLive', { id })).memberCount).toBe(1);
    const count = async () => (await get('segments.get', { id })).memberCount;
    await get('contacts.update', { id: ann, values: { [x]: 'blue' } as never });
    expect(await count()).toBe(0);
    const cy = await contact({ givenName: 'Cy', [x]: 'red' });
    expect(await count()).toBe(1);
    expect((await get('segments.explain', { query: query as never, contactId: cy })).nodes.at(-1)?.text).toBe(
      'Badge is “RED”',
    );
    expect((await get('segments.suggestValues', { entity: 'contact', field: x, search: '' })).values).toHaveLength(2);
    // nobody takes away here what is in use, an undo neither
    expect(undoWrite(test.store, writeId).ok).toBe(false);
    // another laptop may have: members stay as they were
    write(test.store, { cause: 'edit' }, (w) =>
      setDeleted(w, 'customField', rowIdOf(test.store, 'customField', fieldId) ?? 0, true),
    );
    await contact({ givenName: 'Di' });
    expect(await count()).toBe(1);
    expect(wrong()).toEqual([]);
    await get('customFields.restore', { ids: [fieldId] });
    await get('contacts.update', { id: ann, values: { [x]: 'Red' } as never });
    expect(await count()).toBe(2);
    expect(wrong()).toEqual([]);
    for (const _ of rebuildStore(test.store)) void _;
    expect(await count()).toBe(2);
    expect(wrong()).toEqual([]);
  });
});

describe('scores', () => {
  it('follow values of custom fields of contact, lead and account, and say them by name', async () => {
    const { get, call, contact, test, wrong } = workspace();
    const make = async (entity: 'contact' | 'lead' | 'account', kind: Kind, options: string[] = []) => {
      const { id } = await get('customFields.create', { values: { name: `Of ${entity}`, entity, kind, options } });
      return { id, x: customFieldName(id) };
    };
    const ofContact = await make('contact', 'multiChoice', ['Pumps', 'Valves']);
    const ofLead = await make('lead', 'number');
    const ofAccount = await make('account', 'yesNo');
    const row = (
      entity: 'contact' | 'lead' | 'account',
      points: number,
      field: string,
      operator: string,
      values: unknown[],
    ) => ({
      id: entity,
      name: entity,
      points,
      conditions: [
        { entity, where: { kind: 'group', match: 'all', nodes: [{ kind: 'row', field, operator, values }] } },
      ],
    });
    const definition = scoringDefinitionSchema.parse({
      minimumConsent: 'none',
      rows: [
        row('contact', 1, ofContact.x, 'containsAnyOf', ['Pumps']),
        row('lead', 10, ofLead.x, 'atLeast', [100]),
        row('account', 100, ofAccount.x, 'isTrue', []),
      ],
    });
    await get('scoringModels.create', { values: { name: 'Own', state: 'live', definition } });
    const account = (await get('accounts.create', { values: { name: 'Contoso' } })).id;
    const ann = await contact({ givenName: 'Ann', accountId: account });
    const lead = (await get('leads.create', { values: { topic: 'Pumps', contactId: ann, accountId: account } })).id;
    const score = async () => (await get('leads.get', { id: lead })).score ?? 0;
    const before = await score();
    await get('contacts.update', { id: ann, values: { [ofContact.x]: ['Valves', 'Pumps'] } as never });
    expect((await score()) - before).toBe(1);
    await get('leads.update', { id: lead, values: { [ofLead.x]: 100 } as never });
    expect((await score()) - before).toBe(11);
    const { writeId } = await get('accounts.update', { id: account, values: { [ofAccount.x]: true } as never });
    expect((await score()) - before).toBe(111);
    expect(wrong()).toEqual([]);
    expect(undoWrite(test.store, writeId ?? 0).ok).toBe(true);
    expect((await score()) - before).toBe(11);
    expect(await call('customFields.remove', { ids: [ofLead.id] })).toMatchObject({
      ok: false,
      error: { code: 'inUse' },
    });
    const detail = test.store.sql("SELECT definition FROM scoring_model WHERE name = 'Own'").pluck().get();
    expect(detail).toContain(ofLead.x);
    // another laptop took the field away although it is in use here: its row counts nothing
    write(test.store, { cause: 'edit' }, (w) =>
      setDeleted(w, 'customField', rowIdOf(test.store, 'customField', ofLead.id) ?? 0, true),
    );
    expect((await score()) - before).toBe(1);
    await get('customFields.restore', { ids: [ofLead.id] });
    expect((await score()) - before).toBe(11);
    expect(wrong()).toEqual([]);
  });
});

describe('merges, bulk changes and events', () => {
  it('fill blank custom values from the other record, take one by hand, and are taken back', async () => {
    const { get, field, contact, read, wrong } = workspace();
    const badge = (await field('Badge')).x;
    const size = (await field('Size', 'number')).x;
    const several = (await field('Several', 'multiChoice', ['a', 'b'])).x;
    const keep = await contact({ givenName: 'Ann', [size]: 1, [several]: ['b'] });
    const other = await contact({ givenName: 'Ann', [badge]: 'red', [size]: 2, [several]: ['a'] });
    const merged = await get('duplicates.merge', {
      of: 'contact',
      keep,
      others: [other],
      values: { [size]: { value: 3 } },
    });
    expect(read(keep)).toMatchObject({ [badge]: 'red', [size]: 3 });
    expect(new Set(read(keep)[several] as string[])).toEqual(new Set(['a', 'b']));
    expect(wrong()).toEqual([]);
    await get('history.undo', { writeId: merged.writeId });
    expect(read(keep)).toMatchObject({ [badge]: null, [size]: 1, [several]: ['b'] });
    expect(read(other)).toMatchObject({ deletedAtMs: null, [size]: 2 });
  });

  it('give many records the same custom values as one operation', async () => {
    const { get, call, field, contact, read, wrong } = workspace();
    const badge = (await field('Badge')).x;
    const ids = [];
    for (let at = 0; at < 30; at += 1) ids.push(await contact({ givenName: `C${at}`, [badge]: at % 2 ? 'odd' : null }));
    const done = await get('contacts.updateMany', { of: { ids }, values: { [badge]: 'Ärmel' } as never });
    expect(done).toMatchObject({ changed: 30, refused: 0 });
    expect(wrong()).toEqual([]);
    const rows = [{ kind: 'row' as const, field: badge, operator: 'beginsWith' as const, values: ['arm'] }];
    expect((await get('contacts.list', { filters: rows })).total).toBe(30);
    await get('history.undoOperation', { operationId: done.operationId });
    expect(ids.map((id) => read(id)[badge])).toEqual(ids.map((_, at) => (at % 2 ? 'odd' : null)));
    expect(wrong()).toEqual([]);
    const refused = await call('contacts.updateMany', { of: { ids }, values: { [badge]: 7 } as never });
    expect(refused).toMatchObject({ ok: false, error: { code: 'invalidValue' } });
  });

  it('keep fields of events, which leads are asked for in segments', async () => {
    const { get, contact } = workspace();
    const { id } = await get('customFields.create', { values: { name: 'Hall', entity: 'event', kind: 'number' } });
    const x = customFieldName(id);
    const event = await get('events.create', { values: { name: 'Fair', [x]: 4 } as never });
    const ann = await contact({ givenName: 'Ann' });
    await contact({ givenName: 'Bo' });
    await get('leads.create', { values: { topic: 'Pumps', contactId: ann, eventId: event.id } });
    const group = (...nodes: unknown[]) => ({ kind: 'group', match: 'all', nodes });
    const once = { kind: 'atLeast', count: 1 };
    const hall = { kind: 'row', field: x, operator: 'atLeast', values: [4] };
    const ofEvent = { kind: 'related', relation: 'event', quantifier: once, where: group(hall) };
    const ofLead = { kind: 'related', relation: 'leads', quantifier: once, where: group(ofEvent) };
    const query = { version: 1, where: group(ofLead) } as never;
    const segment = await get('segments.create', { values: { name: 'Hall 4', query } });
    expect((await get('segments.goLive', { id: segment.id })).memberCount).toBe(1);
    await get('events.update', { id: event.id, values: { [x]: 3 } as never });
    expect((await get('segments.get', { id: segment.id })).memberCount).toBe(0);
  });
});
