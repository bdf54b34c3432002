/** Merges of leads and accounts, of many groups at once, and from a shell. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRecord } from '../../db/records/write.ts';
import { mergeWorkspace, whatIsWrong } from '../helpers/merge.ts';
import { outpost, outpostJson } from '../helpers/outpost.ts';
import { temporaryFolder } from '../helpers/store.ts';

describe('a merge of leads', () => {
  it('stands furthest along, keeps what either has earned, and leaves one piece of work', async () => {
    const { get, test, make } = mergeWorkspace();
    const [a, b] = make((w) => [
      createRecord(w, 'lead', { topic: 'Pumps', givenName: 'Eva' }),
      createRecord(w, 'lead', { topic: 'Pumps', givenName: 'Eva', budgetAmount: 5000 }),
    ]);
    if (!a || !b) throw new Error('two leads');
    await get('leads.setFlag', { id: b.uuid, flag: 'salesReady', value: true });
    const { writeId } = await get('duplicates.merge', { of: 'lead', keep: a.uuid, others: [b.uuid] });
    const merged = await get('leads.get', { id: a.uuid });
    expect(merged).toMatchObject({ stage: 'salesAcceptance', salesReady: true, budgetAmount: 5000, status: 'open' });
    const open = test.store
      .sql('SELECT kind FROM task WHERE leadId = ? AND doneAtMs IS NULL AND deletedAtMs IS NULL')
      .pluck()
      .all(a.id);
    expect(open).toEqual(['salesAcceptance']);
    expect(whatIsWrong(test.store)).toEqual([]);
    test.clock.nowMs += 1000;
    await get('history.undo', { writeId });
    expect(await get('leads.get', { id: a.uuid })).toMatchObject({ stage: 'inquiry', salesReady: false });
    expect(await get('leads.get', { id: b.uuid })).toMatchObject({ stage: 'salesAcceptance', deletedAtMs: null });
    expect(whatIsWrong(test.store)).toEqual([]);
  });

  it('is qualified when one became an opportunity', async () => {
    const { get, test, make } = mergeWorkspace();
    const [a, b] = make((w) => {
      const contact = createRecord(w, 'contact', { givenName: 'Eva' });
      return [1, 2].map(() => createRecord(w, 'lead', { topic: 'Pumps', contactId: contact.id }));
    });
    if (!a || !b) throw new Error('two leads');
    await get('leads.convert', { id: b.uuid, name: 'Pumps for Eva' });
    await get('duplicates.merge', { of: 'lead', keep: a.uuid, others: [b.uuid] });
    expect(await get('leads.get', { id: a.uuid })).toMatchObject({ status: 'qualified' });
    expect((await get('opportunities.list', {})).rows).toMatchObject([{ leadId: a.uuid }]);
    expect(whatIsWrong(test.store)).toEqual([]);
  });
});

it('merges accounts with their contacts, leads and branches', async () => {
  const { get, test, make } = mergeWorkspace();
  const { a, b, branch, view } = make((w) => {
    const a = createRecord(w, 'account', { name: 'Contoso', kind: 'prospect' });
    const b = createRecord(w, 'account', {
      name: 'Contoso Ltd',
      kind: 'customer',
      employees: 12,
      parentAccountId: a.id,
    });
    const branch = createRecord(w, 'account', { name: 'Contoso Ghent', parentAccountId: b.id });
    createRecord(w, 'contact', { givenName: 'Eva', accountId: b.id });
    createRecord(w, 'lead', { topic: 'Pumps', accountId: b.id });
    const view = createRecord(w, 'savedView', {
      name: 'Of Contoso',
      entity: 'contact',
      definition: {
        view: null,
        search: '',
        filters: [{ kind: 'row', field: 'accountId', operator: 'is', values: [b.uuid] }],
        sort: null,
        columns: [],
      },
    });
    return { a, b, branch, view };
  });
  await get('duplicates.merge', { of: 'account', keep: a.uuid, others: [b.uuid] });
  expect(await get('accounts.get', { id: b.uuid })).toMatchObject({
    id: a.uuid,
    kind: 'customer',
    employees: 12,
    parentAccountId: null,
  });
  expect(await get('accounts.get', { id: branch.uuid })).toMatchObject({ parentAccountId: a.uuid });
  expect(test.store.sql('SELECT contactCount FROM account WHERE id = ?').pluck().get(a.id)).toBe(1);
  // whoever asked for the people of the merged account still finds them
  const asked = await get('savedViews.get', { id: view.uuid });
  expect(asked.definition.filters).toMatchObject([{ values: [a.uuid] }]);
  expect(whatIsWrong(test.store)).toEqual([]);
});

it('refuses what is not there, in the bin, or of another kind', async () => {
  const { call, make } = mergeWorkspace();
  const { a, b, account } = make((w) => ({
    a: createRecord(w, 'contact', { givenName: 'Eva' }),
    b: createRecord(w, 'contact', { givenName: 'Eva' }),
    account: createRecord(w, 'account', { name: 'Contoso' }),
  }));
  const none = '01890000-0000-7000-8000-000000000000';
  for (const other of [none, account.uuid]) {
    expect(await call('duplicates.merge', { of: 'contact', keep: a.uuid, others: [other] })).toMatchObject({
      error: { code: 'notFound' },
    });
  }
  expect(await call('duplicates.merge', { of: 'contact', keep: a.uuid, others: [a.uuid] })).toMatchObject({
    error: { code: 'badInput' },
  });
  await call('contacts.remove', { ids: [b.uuid] });
  expect(await call('duplicates.merge', { of: 'contact', keep: a.uuid, others: [b.uuid] })).toMatchObject({
    error: { code: 'notFound' },
  });
});

it('merges many groups as one operation that is taken back as one', async () => {
  const { get, test, make, snapshot } = mergeWorkspace();
  const groups = make((w) =>
    Array.from({ length: 45 }, (_, at) =>
      Array.from({ length: 2 + (at % 2) }, (_, n) =>
        createRecord(w, 'contact', { givenName: `Name${at}`, nickname: n === 1 ? 'N' : null }),
      ).map(({ uuid }) => uuid),
    ),
  );
  const before = snapshot();
  const done = await get('duplicates.mergeMany', { of: 'contact', groups: [...groups, ...groups.slice(0, 1)] });
  expect(done).toMatchObject({ groups: 45, merged: 67, skipped: 1, cancelled: false });
  // the fuller one survived
  expect((await get('contacts.get', { id: groups[0]?.[0] ?? '' })).nickname).toBe('N');
  test.clock.nowMs += 1000;
  await get('history.undoOperation', { operationId: done.operationId });
  expect(snapshot()).toEqual(before);
  expect(whatIsWrong(test.store)).toEqual([]);
});

it('is there for a shell, and an import of the same file finds the survivor', { timeout: 120_000 }, async () => {
  const folder = temporaryFolder();
  const db = join(folder, 'd.outpost');
  await outpostJson(['init', '--db', db, '--plain']);
  const file = join(folder, 'people.csv');
  writeFileSync(file, 'ref,First Name,Last Name\na1,Ann,Quackenbush\na2,Anne,Quackenbush\n');
  await outpostJson(['import', file, '--as', 'contacts', '--key', 'ref', '--db', db]);
  type List = { rows: { id: string; externalId: string }[]; total: number };
  const list = () => outpostJson<List>(['call', 'contacts.list', '{}', '--db', db]);
  const { rows } = await list();
  const idOf = (ref: string) => rows.find(({ externalId }) => externalId === ref)?.id ?? '';
  const merged = await outpostJson<{ id: string; writeId: number }>(['merge', idOf('a2'), idOf('a1'), '--db', db]);
  expect(merged.id).toBe(idOf('a2'));
  expect((await list()).rows.map(({ id }) => id)).toEqual([idOf('a2')]);
  const again = await outpostJson<{ created: number }>([
    'import',
    file,
    '--as',
    'contacts',
    '--key',
    'ref',
    '--db',
    db,
  ]);
  expect(again.created).toBe(0);
  expect((await list()).total).toBe(1);
  expect((await outpost(['merge', idOf('a2'), idOf('a1'), '--db', db])).status).toBe(1);
});
