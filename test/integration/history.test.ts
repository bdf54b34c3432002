import { describe, expect, it } from 'vitest';
import type { CallResult } from '../../shared/contract/call.ts';
import { historyHandlers } from '../../electron/features/history/history.handlers.ts';
import { recordsHandlers } from '../../electron/features/records/records.handlers.ts';
import { workspaceWith } from '../helpers/calls.ts';

const handlers = { ...recordsHandlers, ...historyHandlers };
const workspace = () => workspaceWith(handlers);

describe('records by their calls', () => {
  it('rest with emails and phones in their normal form, invalid ones kept and marked', async () => {
    const { get } = workspace();
    const { id } = await get('contacts.create', {
      values: {
        givenName: ' Ann ',
        emails: [{ address: 'mailto:Ann@Example.com' }, { address: 'call me' }],
        phones: [{ number: '0475 12 34 56' }, { number: '12' }],
      },
    });
    const contact = await get('contacts.get', { id });
    expect(contact).toMatchObject({ givenName: 'Ann', label: 'Ann', email: 'Ann@Example.com', phone: '0475 12 34 56' });
    expect(contact.emails.map(({ address, valid, primary }) => [address, valid, primary])).toEqual([
      ['Ann@Example.com', true, true],
      ['call me', false, false],
    ]);
    expect(contact.phones.map(({ e164, valid }) => [e164, valid])).toEqual([
      ['+32475123456', true],
      [null, false],
    ]);
  });

  it('tell the later of two windows, and write nothing', async () => {
    const { test, call, get } = workspace();
    const { id } = await get('contacts.create', { values: { givenName: 'Ann' } });
    const { version } = await get('contacts.get', { id });
    test.clock.nowMs += 1000;
    await get('contacts.update', { id, values: { jobTitle: 'Buyer' }, baseVersion: version });
    const late = await call('contacts.update', { id, values: { jobTitle: 'Director' }, baseVersion: version });
    expect(late).toMatchObject({ ok: false, error: { code: 'changedSince', details: { changedBy: 'Kim' } } });
    expect((await get('contacts.get', { id })).jobTitle).toBe('Buyer');
    expect(await get('contacts.update', { id, values: { jobTitle: 'Buyer' } })).toMatchObject({ writeId: null });
  });

  it('refuse rings, missing required values, references to nothing and days to come', async () => {
    const { call, get } = workspace();
    const top = await get('accounts.create', { values: { name: 'Top' } });
    const below = await get('accounts.create', { values: { name: 'Below', parentAccountId: top.id } });
    const codeOf = (result: CallResult<unknown>) => (result.ok ? 'ok' : result.error.code);
    expect(codeOf(await call('accounts.update', { id: top.id, values: { parentAccountId: below.id } }))).toBe(
      'circular',
    );
    expect(codeOf(await call('accounts.update', { id: top.id, values: { parentAccountId: top.id } }))).toBe('circular');
    expect(codeOf(await call('accounts.create', { values: {} }))).toBe('invalidValue');
    const nobody = '01900000-0000-7000-8000-00000000dead';
    expect(codeOf(await call('contacts.create', { values: { accountId: nobody } }))).toBe('notFound');
    expect(codeOf(await call('contacts.create', { values: { birthDate: '2999-01-01' } }))).toBe('invalidValue');
    expect(codeOf(await call('contacts.create', { values: { child: true, consentLevel: 'profiling' } }))).toBe(
      'invalidValue',
    );
    expect(codeOf(await call('contacts.update', { id: nobody, values: {} }))).toBe('notFound');
    const { id } = await get('contacts.create', { values: { givenName: 'Ann' } });
    expect(codeOf(await call('contacts.create', { values: { givenName: 'Ann' }, id }))).toBe('invalidValue');
  });

  it('leave an audit row when the consent level changes', async () => {
    const { get } = workspace();
    const { id } = await get('contacts.create', { values: { givenName: 'Ann', consentLevel: 'consent' } });
    await get('contacts.update', { id, values: { consentLevel: 'marketing' } });
    const { rows } = await get('consentChanges.list', {
      filters: [{ kind: 'row', field: 'contactId', operator: 'is', values: [id] }],
    });
    expect(rows.map((row) => [row.before, row.after]).toSorted()).toEqual([
      ['consent', 'marketing'],
      ['none', 'consent'],
    ]);
  });

  it('keep one default strategy of each target', async () => {
    const { call, get } = workspace();
    const first = (await get('matchingStrategies.list', { search: 'contact' })).rows[0];
    const made = await get('matchingStrategies.create', { values: { name: 'By phone', isDefault: true } });
    const { rows } = await get('matchingStrategies.list', {});
    expect(rows.filter((row) => row.isDefault && row.target === 'contact').map((row) => row.id)).toEqual([made.id]);
    expect(await call('matchingStrategies.remove', { ids: [made.id] })).toMatchObject({
      ok: false,
      error: { code: 'inUse' },
    });
    expect(await call('matchingStrategies.remove', { ids: [first?.id ?? ''] })).toMatchObject({ ok: true });
  });

  it('go to the bin together or not at all, and come back with undo', async () => {
    const { call, get } = workspace();
    const ids = [];
    for (const name of ['A', 'B']) ids.push((await get('accounts.create', { values: { name } })).id);
    expect(await call('accounts.remove', { ids: [...ids, '01900000-0000-7000-8000-00000000dead'] })).toMatchObject({
      ok: false,
    });
    expect((await get('accounts.list', {})).total).toBe(2);
    const { writeId } = await get('accounts.remove', { ids });
    expect((await get('accounts.list', {})).total).toBe(0);
    expect((await get('accounts.list', { view: 'bin' })).total).toBe(2);
    await get('history.undo', { writeId });
    expect((await get('accounts.list', {})).total).toBe(2);
  });

  it('filter by rows of the segment language, and say what is wrong with one', async () => {
    const { call, get } = workspace();
    await get('contacts.create', { values: { givenName: 'Ann', role: 'decisionMaker', company: 'Ångström' } });
    await get('contacts.create', { values: { givenName: 'Bo', role: 'champion' } });
    const filter = (field: string, operator: 'is' | 'contains', value: string) => ({
      kind: 'row' as const,
      field,
      operator,
      values: [value],
    });
    const page = await get('contacts.list', { filters: [filter('role', 'is', 'decisionMaker')] });
    expect([page.total, page.rows[0]?.label]).toEqual([1, 'Ann']);
    expect((await get('contacts.list', { filters: [filter('company', 'contains', 'ang')], search: 'an' })).total).toBe(
      1,
    );
    expect(await call('contacts.list', { filters: [filter('nothing', 'is', 'x')] })).toMatchObject({
      ok: false,
      error: { code: 'queryInvalid', issues: [{ path: 'filters.0' }] },
    });
  });
});

describe('history', () => {
  it('tells who changed what, newest first, with labels of what was pointed at', async () => {
    const { test, get } = workspace();
    const account = await get('accounts.create', { values: { name: 'Contoso' } });
    const { id } = await get('contacts.create', { values: { givenName: 'Ann' } });
    test.clock.nowMs += 1000;
    const { writeId } = await get('contacts.update', { id, values: { accountId: account.id, jobTitle: 'Buyer' } });
    await get('contacts.remove', { ids: [id] });
    await get('history.undo', { writeId: writeId ?? 0 });
    const { entries } = await get('history.ofRecord', { entity: 'contact', id });
    expect(entries.map((entry) => [entry.operation, entry.cause, entry.undone])).toEqual([
      ['update', 'undo', false],
      ['remove', 'edit', false],
      ['update', 'edit', true],
      ['create', 'edit', false],
    ]);
    expect(entries[2]).toMatchObject({ userName: 'Kim', atMs: test.clock.nowMs });
    expect(entries[2]?.fields).toContainEqual({
      field: 'accountId',
      before: null,
      after: account.id,
      beforeLabel: null,
      afterLabel: 'Contoso',
    });
  });
});

describe('search over everything', () => {
  it('gives each kind its share, beginnings of names first', async () => {
    const { get } = workspace();
    for (let index = 0; index < 12; index += 1) {
      await get('contacts.create', { values: { givenName: 'Annika', familyName: `Nr ${index}`, company: 'Contoso' } });
    }
    await get('contacts.create', { values: { givenName: 'Zoe', familyName: 'Annison' } });
    await get('accounts.create', { values: { name: 'Annual Reports Ltd' } });
    await get('events.create', { values: { name: 'Spring annual' } });
    const { hits } = await get('search.everything', { search: 'ann' });
    expect(hits).toHaveLength(8);
    expect(new Set(hits.map((hit) => hit.entity))).toEqual(new Set(['contact', 'account', 'event']));
    expect(hits[0]).toMatchObject({ entity: 'contact', detail: 'Contoso' });
    expect((await get('search.everything', { search: 'zoe annison' })).hits.map((hit) => hit.label)).toEqual([
      'Zoe Annison',
    ]);
    expect((await get('search.everything', { search: ' ' })).hits).toEqual([]);
  });
});

describe('the numbers of home', () => {
  it('equal the lists behind them', async () => {
    const { get } = workspace();
    await get('leads.create', { values: { topic: 'Robots', givenName: 'Ann' } });
    const { id } = await get('contacts.create', { values: { givenName: 'Bo' } });
    await get('leads.create', { values: { topic: 'Audit', contactId: id } });
    await get('tasks.create', { values: { subject: 'Call Bo' } });
    const home = await get('home.summary', {});
    expect(home.openLeads).toBe((await get('leads.list', { view: 'open' })).total);
    expect(home.unlinkedLeads).toBe((await get('leads.list', { view: 'unlinked' })).total);
    expect(home.tasksOpen).toBe((await get('tasks.list', { view: 'open' })).total);
    expect(home.leadsByStage.reduce((sum, stage) => sum + stage.count, 0)).toBe(2);
    expect(home.notYetExported).toBeGreaterThan(0);
    expect(await get('counters.get', {})).toMatchObject({ reviewItems: 0, notYetExported: home.notYetExported });
  });
});
