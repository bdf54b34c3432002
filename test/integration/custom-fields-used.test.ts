import { describe, expect, it } from 'vitest';
import { customFieldName } from '../../shared/model/custom-field.ts';
import { undoWrite } from '../../db/change-log/undo.ts';
import { rowIdOf } from '../../db/records/read.ts';
import { setDeleted, write } from '../../db/records/write.ts';
import { scoringDefinitionSchema } from '../../shared/rules/scoring/definition.ts';
import { rebuildStore } from '../../db/rebuild.ts';
import { fieldsWorkspace as workspace, type Kind } from '../helpers/custom-fields.ts';

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
