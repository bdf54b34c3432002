/** What a merge of contacts keeps, fills and moves, and that taking it back leaves what was before. */
import type { InputOf } from '../../shared/contract/index.ts';
import { describe, expect, it } from 'vitest';
import { referencesTo } from '../../db/merge/references.ts';
import { findByExternalId } from '../../db/query/match-candidates.ts';
import { readStored, rowIdOf } from '../../db/records/read.ts';
import { createRecord } from '../../db/records/write.ts';
import type { EntityName } from '../../shared/model/entities.ts';
import { email, mergeWorkspace, phone, whatIsWrong } from '../helpers/merge.ts';

describe('a merge of contacts', () => {
  function two() {
    const made = mergeWorkspace();
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

  it('takes values by hand of every kind of field, and no reference to a record that goes', async () => {
    const { get, call, make, a, b } = two();
    const company = make((w) => createRecord(w, 'account', { name: 'Contoso' }));
    const ask = { of: 'contact' as const, keep: a.uuid, others: [b.uuid] };
    const refusals: InputOf<'duplicates.merge'>['values'][] = [
      { guardianId: { value: b.uuid } },
      { guardianId: { value: a.uuid } },
      { role: { value: 'king' } },
      { flaggedValues: { value: [] } },
      { externalSource: { value: 'x' } },
    ];
    for (const wrong of refusals) {
      const refused = await call('duplicates.merge', { ...ask, values: wrong });
      expect(refused).toMatchObject({ ok: false });
    }
    const values = {
      role: { value: 'champion' },
      tags: { value: ['Fair', ' fair ', 'VIP'] },
      accountId: { value: company.uuid },
      timeZone: { value: 'Europe/Oslo' },
      preferredTo: { value: '17:30' },
      description: { value: 'Met twice.' },
      phones: { value: [] },
    };
    await get('duplicates.merge', { ...ask, values });
    expect(await get('contacts.get', { id: a.uuid })).toMatchObject({
      role: 'champion',
      tags: ['Fair', 'VIP'],
      accountId: company.uuid,
      timeZone: 'Europe/Oslo',
      preferredTo: '17:30',
      description: 'Met twice.',
      phones: [],
    });
  });

  it('makes one of two hundred at once', async () => {
    const { get, make, test } = two();
    const many = make((w) =>
      Array.from({ length: 200 }, (_, n) =>
        createRecord(w, 'contact', { familyName: 'Vermeersch', jobTitle: `Buyer ${n}` }),
      ),
    );
    const [keep = '', ...others] = many.map(({ uuid }) => uuid);
    await get('duplicates.merge', { of: 'contact', keep, others });
    const left = test.store.sql("SELECT count(*) FROM contact WHERE familyName = 'Vermeersch' AND deletedAtMs IS NULL");
    expect(left.pluck().get()).toBe(1);
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
    const { get, make } = mergeWorkspace();
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

// the rows of a record that was merged are still there for history
it('leaves the merged record in the bin with what it held', async () => {
  const { get, make, test } = mergeWorkspace();
  const [a, b] = make((w) => ['Eva', 'Evi'].map((givenName) => createRecord(w, 'contact', { givenName })));
  if (!a || !b) throw new Error('two contacts');
  await get('duplicates.merge', { of: 'contact', keep: a.uuid, others: [b.uuid] });
  const row = rowIdOf(test.store, 'contact' satisfies EntityName, b.uuid) ?? 0;
  expect(readStored(test.store, 'contact', row)).toMatchObject({ values: { givenName: 'Evi' } });
});
