/** What a merge keeps, fills and moves, and that taking it back leaves what was before. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkStore } from '../../db/check.ts';
import { derivedData } from '../../db/derived/checks.ts';
import { referencesTo } from '../../db/merge/references.ts';
import { findByExternalId } from '../../db/query/match-candidates.ts';
import { readStored, rowIdOf } from '../../db/records/read.ts';
import type { ReadableStore } from '../../db/store.ts';
import { createRecord, type Write, write } from '../../db/records/write.ts';
import type { EntityName } from '../../shared/model/entities.ts';
import { duplicatesHandlers } from '../../electron/features/duplicates/duplicates.handlers.ts';
import { historyHandlers } from '../../electron/features/history/history.handlers.ts';
import { leadsHandlers } from '../../electron/features/leads/leads.handlers.ts';
import { recordsHandlers } from '../../electron/features/records/records.handlers.ts';
import { workspaceWith } from '../helpers/calls.ts';
import { everything, type Laptop } from '../helpers/laptops.ts';
import { outpost, outpostJson } from '../helpers/outpost.ts';
import { temporaryFolder } from '../helpers/store.ts';

const email = (address: string, more: object = {}) => ({
  address,
  kind: 'work' as const,
  primary: false,
  optedOut: false,
  bounced: false,
  valid: true,
  ...more,
});
const phone = (number: string, more: object = {}) => ({
  number,
  e164: number.replaceAll(' ', ''),
  extension: null,
  kind: 'work' as const,
  primary: false,
  doNotCall: false,
  valid: true,
  ...more,
});

function whatIsWrong(store: ReadableStore): unknown[] {
  const steps = checkStore(store);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return [...step.value.filter((each) => !each.ok), ...derivedData.flatMap((each) => each.check(store) ?? [])];
}

function workspace() {
  const made = workspaceWith({ ...recordsHandlers, ...historyHandlers, ...duplicatesHandlers, ...leadsHandlers });
  const make = <T>(work: (w: Write) => T): T => {
    made.test.clock.nowMs += 1000;
    return write(made.test.store, { cause: 'edit' }, work).value;
  };
  const snapshot = () => {
    const laptop: Laptop = { ...made.test, name: 'Kim' };
    const all = everything(laptop);
    return Object.fromEntries(
      Object.entries(all)
        .filter(([key]) => !/^(redirect|duplicateDecision|consentChange):/.test(key))
        .map(([key, value]) => [key, { ...(value as object), updatedAtMs: 0 }]),
    );
  };
  return { ...made, make, snapshot };
}

describe('a merge of contacts', () => {
  function two() {
    const made = workspace();
    const { a, b } = made.make((w) => ({
      a: createRecord(w, 'contact', {
        givenName: 'Eva',
        familyName: 'Maes',
        jobTitle: 'Buyer',
        consentLevel: 'marketing',
        emails: [email('eva@x.example', { primary: true })],
        phones: [phone('+32 470 12 34 56', { primary: true })],
        tags: ['VIP'],
        description: 'Met in Ghent.',
        externalId: 'crm-1',
        externalSource: 'crm',
      }),
      b: createRecord(w, 'contact', {
        givenName: 'Eva',
        familyName: 'Maes-Claes',
        company: 'Contoso',
        consentLevel: 'consent',
        allowPhone: false,
        child: false,
        emails: [email('EVA@x.example', { primary: true, optedOut: true }), email('eva@home.example')],
        phones: [phone('+32470123456', { doNotCall: true, primary: true })],
        tags: ['vip', 'Nordics'],
        description: 'Wants a quote.',
        externalId: 'crm-2',
        externalSource: 'crm',
        flaggedValues: [{ field: 'birthDate', value: '31.02.1980', reason: 'notADate' }],
      }),
    }));
    return { ...made, a, b };
  }

  it('unites emails, phones, tags and notes, fills blanks, and takes the strictest consent with an audit row', async () => {
    const { get, a, b } = two();
    await get('duplicates.merge', { of: 'contact', keep: a.uuid, others: [b.uuid] });
    const merged = await get('contacts.get', { id: a.uuid });
    expect(merged).toMatchObject({
      familyName: 'Maes',
      company: 'Contoso',
      jobTitle: 'Buyer',
      consentLevel: 'consent',
      allowPhone: false,
      tags: ['VIP', 'Nordics'],
      description: 'Met in Ghent.\n\nWants a quote.',
      externalId: 'crm-1',
      flaggedValues: [{ value: '31.02.1980' }],
      email: 'eva@x.example',
    });
    expect(merged.emails).toMatchObject([
      { address: 'eva@x.example', optedOut: true, primary: true },
      { address: 'eva@home.example', primary: false },
    ]);
    expect(merged.phones).toMatchObject([{ number: '+32 470 12 34 56', doNotCall: true }]);
    const audit = await get('consentChanges.list', {});
    expect(audit.rows).toMatchObject([{ contactId: a.uuid, before: 'marketing', after: 'consent', source: 'merge' }]);
  });

  it('takes whose value somebody chose, and values by hand in their normal form', async () => {
    const { get, call, a, b } = two();
    const values = {
      familyName: { from: b.uuid },
      jobTitle: { value: ' Head of Buying ' },
      emails: { value: [{ address: ' New@X.example ' }] },
      externalId: { from: b.uuid },
    };
    for (const wrong of [
      { consentLevel: { value: 'profiling' } },
      { email: { value: 'x@y.example' } },
      { familyName: { from: '01890000-0000-7000-8000-000000000000' } },
      { birthDate: { value: '2090-01-01' } },
      { birthDate: { value: 'tomorrow' } },
    ]) {
      const refused = await call('duplicates.merge', { of: 'contact', keep: a.uuid, others: [b.uuid], values: wrong });
      expect(refused).toMatchObject({ error: { code: 'invalidValue' } });
    }
    await get('duplicates.merge', { of: 'contact', keep: a.uuid, others: [b.uuid], values });
    expect(await get('contacts.get', { id: a.uuid })).toMatchObject({
      familyName: 'Maes-Claes',
      jobTitle: 'Head of Buying',
      emails: [{ address: 'New@X.example', primary: true, valid: true }],
      externalId: 'crm-2',
    });
  });

  it('moves everything that points at the merged one, of every kind that the model knows', async () => {
    const { get, test, make, a, b } = two();
    const kinds = make((w) => {
      const event = createRecord(w, 'event', { name: 'Fair' });
      const list = createRecord(w, 'subscriptionList', { name: 'News' });
      const other = createRecord(w, 'subscriptionList', { name: 'Offers' });
      const segment = createRecord(w, 'segment', { name: 'Picked', kind: 'static' });
      const contactId = b.id;
      createRecord(w, 'listMember', { listId: list.id, contactId: a.id });
      createRecord(w, 'listMember', { listId: list.id, contactId });
      createRecord(w, 'listMember', { listId: other.id, contactId });
      for (const id of [a.id, b.id]) createRecord(w, 'segmentMember', { segmentId: segment.id, contactId: id });
      createRecord(w, 'lead', { topic: 'Pumps', contactId });
      createRecord(w, 'lead', { topic: 'Valves', contactId: a.id });
      createRecord(w, 'opportunity', { name: 'Deal', contactId });
      createRecord(w, 'registration', { eventId: event.id, contactId });
      createRecord(w, 'checkIn', { eventId: event.id, contactId });
      createRecord(w, 'interaction', { kind: 'badgeScanned', occurredAtMs: 1, eventKey: 'k', contactId });
      createRecord(w, 'consentChange', { contactId, before: 'none', after: 'consent', changedAtMs: 1 });
      createRecord(w, 'call', { contactId, outcome: 'noAnswer', startedAtMs: 1 });
      createRecord(w, 'task', { subject: 'Ring', contactId });
      createRecord(w, 'note', { text: 'A note', contactId });
      createRecord(w, 'contact', { givenName: 'Kid', child: true, guardianId: b.id });
      return referencesTo('contact').map(({ entity }) => entity);
    });
    const result = await get('duplicates.merge', { of: 'contact', keep: a.uuid, others: [b.uuid] });
    expect(result.moved).toMatchObject({ lead: 1, interaction: 3, listMember: 2, note: 1, contact: 1 });
    for (const { entity, field } of referencesTo('contact')) {
      const table = entity.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      const left = test.store.sql(`SELECT count(*) FROM ${table} WHERE ${field} = ?`).pluck().get(b.id);
      expect(`${entity}.${field}: ${String(left)}`).toBe(`${entity}.${field}: 0`);
    }
    expect(new Set(kinds).size).toBeGreaterThan(10);
    const members = test.store
      .sql('SELECT listId, count(*) AS n FROM list_member WHERE contactId = ? AND deletedAtMs IS NULL GROUP BY listId')
      .all(a.id);
    expect(members).toMatchObject([{ n: 1 }, { n: 1 }]);
    expect(
      test.store
        .sql('SELECT count(*) FROM segment_member WHERE contactId = ? AND deletedAtMs IS NULL')
        .pluck()
        .get(a.id),
    ).toBe(1);
    expect(whatIsWrong(test.store)).toEqual([]);
  });

  it('is taken back whole: records, links, counters, scores and search are as they were', async () => {
    const { get, test, make, snapshot, a, b } = two();
    make((w) => {
      const list = createRecord(w, 'subscriptionList', { name: 'News' });
      for (const contactId of [a.id, b.id]) {
        createRecord(w, 'listMember', { listId: list.id, contactId });
        createRecord(w, 'lead', { topic: 'Pumps', contactId });
        for (const kind of ['formSubmitted', 'eventCheckedIn', 'meetingHeld'] as const) {
          createRecord(w, 'interaction', { kind, occurredAtMs: w.atMs, eventKey: `${kind} ${contactId}`, contactId });
        }
      }
    });
    const found = async () => (await get('contacts.list', { search: 'contoso' })).rows.map(({ id }) => id);
    const before = { records: snapshot(), found: await found() };
    const counters = () =>
      test.store.sql("SELECT name, value FROM counter WHERE name NOT GLOB 'revision:*' AND value <> 0").all() as {
        name: string;
      }[];
    const counted = counters().filter(({ name }) => !/redirect|duplicateDecision|consentChange/.test(name));
    const { writeId } = await get('duplicates.merge', { of: 'contact', keep: a.uuid, others: [b.uuid] });
    expect(await found()).toEqual([a.uuid]);
    expect(whatIsWrong(test.store)).toEqual([]);
    test.clock.nowMs += 1000;
    await get('history.undo', { writeId });
    expect(snapshot()).toEqual(before.records);
    expect(await found()).toEqual(before.found);
    expect(counters().filter(({ name }) => !/redirect|duplicateDecision|consentChange/.test(name))).toEqual(counted);
    expect(whatIsWrong(test.store)).toEqual([]);
    expect((await get('contacts.get', { id: b.uuid })).id).toBe(b.uuid);
    // and done again by undoing the undo's own write: the same pair merges once more
    await get('duplicates.merge', { of: 'contact', keep: b.uuid, others: [a.uuid] });
    expect((await get('contacts.get', { id: a.uuid })).id).toBe(b.uuid);
    expect(whatIsWrong(test.store)).toEqual([]);
  });

  it('leads whoever comes with an old id to the survivor, through any number of merges', async () => {
    const { get, call, make, test, a, b } = two();
    const c = make((w) => createRecord(w, 'contact', { givenName: 'Eva', nickname: 'Evi' }));
    await get('duplicates.merge', { of: 'contact', keep: b.uuid, others: [a.uuid] });
    await get('duplicates.merge', { of: 'contact', keep: c.uuid, others: [b.uuid] });
    for (const { uuid } of [a, b, c]) expect((await get('contacts.get', { id: uuid })).id).toBe(c.uuid);
    await get('contacts.update', { id: a.uuid, values: { nickname: 'E.' } });
    expect(await get('contacts.get', { id: c.uuid })).toMatchObject({ nickname: 'E.' });
    const lead = await get('leads.create', { values: { topic: 'Pumps', contactId: a.uuid } });
    expect(await get('leads.get', { id: lead.id })).toMatchObject({ contactId: c.uuid });
    expect(findByExternalId(test.store, 'contact', 'crm-1', 'crm')).toBe(c.id);
    expect(findByExternalId(test.store, 'contact', 'crm-2', 'crm')).toBe(c.id);
    expect((await get('redirects.list', {})).rows.map(({ toId }) => toId)).toEqual([c.uuid, c.uuid]);
    expect(await call('duplicates.merge', { of: 'contact', keep: c.uuid, others: [a.uuid] })).toMatchObject({
      error: { code: 'badInput' },
    });
  });

  it('gives back what was its own when the earlier of two merges is taken back', async () => {
    const { get, make, test, a, b } = two();
    const { c, lead } = make((w) => ({
      c: createRecord(w, 'contact', { givenName: 'Eva', nickname: 'Evi' }),
      lead: createRecord(w, 'lead', { topic: 'Pumps', contactId: a.id }),
    }));
    const { writeId } = await get('duplicates.merge', { of: 'contact', keep: b.uuid, others: [a.uuid] });
    await get('duplicates.merge', { of: 'contact', keep: c.uuid, others: [b.uuid] });
    test.clock.nowMs += 1000;
    await get('history.undo', { writeId });
    expect((await get('contacts.get', { id: a.uuid })).id).toBe(a.uuid);
    expect((await get('contacts.get', { id: b.uuid })).id).toBe(c.uuid);
    expect(await get('leads.get', { id: lead.uuid })).toMatchObject({ contactId: a.uuid });
    expect(whatIsWrong(test.store)).toEqual([]);
  });

  it('takes over values of custom fields', async () => {
    const { get, make, a, b } = two();
    const { id } = await get('customFields.create', { values: { name: 'Badge', entity: 'contact', kind: 'text' } });
    const name = `x_${id.slice(-12)}`;
    make(() => null);
    await get('contacts.update', { id: b.uuid, values: { [name]: 'blue' } });
    await get('duplicates.merge', { of: 'contact', keep: a.uuid, others: [b.uuid] });
    expect(await get('contacts.get', { id: a.uuid })).toMatchObject({ [name]: 'blue' });
  });

  it('ends when the merged one is taken out of the bin', async () => {
    const { get, test, make, a, b } = two();
    const lead = make((w) => createRecord(w, 'lead', { topic: 'Pumps', contactId: b.id }));
    await get('duplicates.merge', { of: 'contact', keep: a.uuid, others: [b.uuid] });
    test.clock.nowMs += 1000;
    await get('contacts.restore', { ids: [b.uuid] });
    expect((await get('contacts.get', { id: b.uuid })).id).toBe(b.uuid);
    expect(await get('leads.get', { id: lead.uuid })).toMatchObject({ contactId: b.uuid });
    expect(whatIsWrong(test.store)).toEqual([]);
  });

  it('puts nobody above themselves', async () => {
    const { get, make } = workspace();
    const { mother, kid, twin } = make((w) => {
      const mother = createRecord(w, 'contact', { givenName: 'Mia' });
      const kid = createRecord(w, 'contact', { givenName: 'Kim', child: true, guardianId: mother.id });
      return { mother, kid, twin: createRecord(w, 'contact', { givenName: 'Mia', guardianId: kid.id }) };
    });
    await get('duplicates.merge', { of: 'contact', keep: mother.uuid, others: [twin.uuid] });
    expect(await get('contacts.get', { id: mother.uuid })).toMatchObject({ guardianId: null });
    expect(await get('contacts.get', { id: kid.uuid })).toMatchObject({ guardianId: mother.uuid });
  });
});

describe('a merge of leads', () => {
  it('stands furthest along, keeps what either has earned, and leaves one piece of work', async () => {
    const { get, test, make } = workspace();
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
    const { get, test, make } = workspace();
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
  const { get, test, make } = workspace();
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
  const { call, make } = workspace();
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
  const { get, test, make, snapshot } = workspace();
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

it('is there for a shell, and an import of the same file finds the survivor', { timeout: 60_000 }, async () => {
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

// the rows of a record that was merged are still there for history
it('leaves the merged record in the bin with what it held', async () => {
  const { get, make, test } = workspace();
  const [a, b] = make((w) => ['Eva', 'Evi'].map((givenName) => createRecord(w, 'contact', { givenName })));
  if (!a || !b) throw new Error('two contacts');
  await get('duplicates.merge', { of: 'contact', keep: a.uuid, others: [b.uuid] });
  const row = rowIdOf(test.store, 'contact' satisfies EntityName, b.uuid) ?? 0;
  expect(readStored(test.store, 'contact', row)).toMatchObject({ values: { givenName: 'Evi' } });
});
