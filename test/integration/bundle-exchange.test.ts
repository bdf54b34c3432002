/** What laptops make of each other's changes, whatever the order in which they come. */
import { describe, expect, it } from 'vitest';
import { undoWrite } from '../../db/change-log/undo.ts';
import { custodyCounts } from '../../db/hq/custody.ts';
import type { EntityName } from '../../shared/model/entities.ts';
import { listConflicts } from '../../db/query/conflicts.ts';
import { readWire, rowIdOf } from '../../db/records/read.ts';
import { createRecord, setDeleted, updateRecord, write } from '../../db/records/write.ts';
import { uidToUuid } from '../../db/uuid.ts';
import { swapConflict } from '../../electron/features/hq/conflicts.service.ts';
import { everything, type Laptop, lastWriteOf, linesOf, takeLines, team, waiting } from '../helpers/laptops.ts';

const email = (address: string, optedOut = false) => ({
  address,
  kind: 'work' as const,
  primary: true,
  optedOut,
  bounced: false,
  valid: true,
});

const sendAll = (from: Laptop, into: Laptop) => takeLines(into, from, linesOf(from, 0, lastWriteOf(from)));
const idOf = (laptop: Laptop, entity: EntityName, uuid: string): number => {
  const id = rowIdOf(laptop.store, entity, uuid);
  if (id === null) throw new Error(`no ${entity}`);
  return id;
};

async function pair() {
  const { laptops } = await team(2);
  const [ann, bo] = laptops;
  if (!ann || !bo) throw new Error('two laptops');
  return { ann, bo };
}

/** A contact that both laptops hold. */
async function shared(values: Parameters<typeof createRecord<'contact'>>[2]) {
  const { ann, bo } = await pair();
  const { uuid } = write(ann.store, { cause: 'edit' }, (w) => createRecord(w, 'contact', values)).value;
  sendAll(ann, bo);
  const edit = (laptop: Laptop, patch: Parameters<typeof updateRecord<'contact'>>[3]) => {
    laptop.clock.nowMs += 1000;
    return write(laptop.store, { cause: 'edit' }, (w) =>
      updateRecord(w, 'contact', idOf(laptop, 'contact', uuid), patch),
    );
  };
  const meet = () => {
    const there = sendAll(ann, bo);
    const here = sendAll(bo, ann);
    return there.conflicts + here.conflicts;
  };
  const both = () => [readWire(ann.store, 'contact', uuid), readWire(bo.store, 'contact', uuid)] as const;
  return { ann, bo, uuid, edit, meet, both };
}

describe('changes of another laptop', () => {
  it('arrive with records, search, child rows, counters, author, device and clock', async () => {
    const { ann, bo } = await pair();
    const made = write(ann.store, { cause: 'edit' }, (w) => {
      const account = createRecord(w, 'account', { name: 'Contoso' });
      return createRecord(w, 'contact', {
        givenName: 'José',
        familyName: 'Østergaard',
        emails: [email('jose@example.com')],
        accountId: account.id,
      });
    });
    bo.clock.nowMs -= 3_600_000;
    expect(sendAll(ann, bo)).toEqual({ applied: 2, alreadyKnown: 0, conflicts: 0 });
    expect(everything(bo, ['contact', 'account'])).toEqual(everything(ann, ['contact', 'account']));
    const found = bo.store.sql('SELECT rowid AS id FROM contact_search WHERE contact_search MATCH \'"ost"\'').all() as {
      id: number;
    }[];
    expect(found).toHaveLength(1);
    expect(bo.store.sql('SELECT addressKey FROM contact_email').all()).toEqual([{ addressKey: 'jose@example.com' }]);
    expect(bo.store.sql("SELECT value FROM counter WHERE name = 'contact'").get()).toEqual({ value: 1 });
    const log = bo.store
      .sql(
        `SELECT user.name AS author, device.name AS device, write.clock, write.cause FROM change
         JOIN write ON write.id = change.writeId JOIN device ON device.id = write.deviceId
         LEFT JOIN user ON user.id = write.userId WHERE change.entity = 1`,
      )
      .all();
    const { clock } = ann.store.sql('SELECT clock FROM write WHERE id = ?').get(made.writeId) as { clock: number };
    expect(log).toEqual([{ author: 'Ann', device: 'Ann', clock, cause: 'edit' }]);
    // what Bo does now is later than what arrived, though his clock is an hour behind
    const own = write(bo.store, { cause: 'edit' }, (w) =>
      updateRecord(w, 'contact', idOf(bo, 'contact', made.value.uuid), { jobTitle: 'Buyer' }),
    );
    expect(
      (bo.store.sql('SELECT clock FROM write WHERE id = ?').get(own.writeId) as { clock: number }).clock,
    ).toBeGreaterThan(clock);
  });

  it('change nothing the second time', async () => {
    const { ann, bo } = await shared({ givenName: 'Eva' });
    const before = everything(bo);
    expect(sendAll(ann, bo)).toEqual({ applied: 0, alreadyKnown: 1, conflicts: 0 });
    expect(everything(bo)).toEqual(before);
    expect(custodyCounts(bo.store)).toEqual({ notYetExported: 0, notYetReceived: 0 });
  });

  it('wait for what they belong to when half a set comes first, and lose nothing', async () => {
    const { ann, bo } = await pair();
    const { contact, lead, account } = write(ann.store, { cause: 'edit' }, (w) => {
      const parent = createRecord(w, 'account', { name: 'Contoso' });
      return {
        account: parent,
        contact: createRecord(w, 'contact', { givenName: 'Eva' }),
        lead: createRecord(w, 'lead', { topic: 'Fair' }),
      };
    }).value;
    const first = lastWriteOf(ann);
    write(ann.store, { cause: 'edit' }, (w) => {
      updateRecord(w, 'contact', contact.id, { accountId: account.id, jobTitle: 'CEO' });
      const other = createRecord(w, 'contact', { givenName: 'Bart', accountId: account.id });
      updateRecord(w, 'lead', lead.id, { contactId: other.id });
      createRecord(w, 'stageMove', { leadId: lead.id, toStage: 'inquiry', movedAtMs: 5 });
    });
    expect(takeLines(bo, ann, linesOf(ann, first, lastWriteOf(ann))).applied).toBe(4);
    expect(waiting(bo)).toMatchObject({ changes: 3 });
    expect(bo.store.sql('SELECT label, accountId FROM contact').all()).toEqual([{ label: 'Bart', accountId: null }]);
    takeLines(bo, ann, linesOf(ann, 0, first));
    expect(waiting(bo)).toEqual({ changes: 0, references: 0 });
    expect(everything(bo, ['account', 'contact', 'lead', 'stageMove'])).toEqual(
      everything(ann, ['account', 'contact', 'lead', 'stageMove']),
    );
  });

  it('go on where a killed receive stopped, also in the middle of a write', async () => {
    const { ann, bo } = await pair();
    write(ann.store, { cause: 'import' }, (w) => {
      for (let n = 0; n < 500; n += 1) createRecord(w, 'contact', { givenName: `Person ${n}` });
    });
    const lines = linesOf(ann, 0, lastWriteOf(ann));
    const small = { batch: { enough: 50, most: 100 } };
    expect(() => takeLines(bo, ann, lines.slice(0, 360), small)).toThrow('changes are missing');
    expect(bo.store.sql('SELECT count(*) AS n FROM contact').get()).toEqual({ n: 299 });
    expect(takeLines(bo, ann, lines, small)).toEqual({ applied: 201, alreadyKnown: 299, conflicts: 0 });
    expect(everything(bo, ['contact'])).toEqual(everything(ann, ['contact']));
  });

  it('undo on one laptop what another did', async () => {
    const { ann, bo, uuid, edit, both } = await shared({ givenName: 'Eva' });
    const done = edit(ann, { jobTitle: 'CEO' });
    sendAll(ann, bo);
    const row = bo.store.sql("SELECT max(id) AS id FROM write WHERE cause <> 'system'").get() as { id: number };
    expect(undoWrite(bo.store, row.id)).toMatchObject({ ok: true });
    sendAll(bo, ann);
    expect(both()[0]).toEqual({ ...both()[1], version: expect.any(Number) as number });
    expect(readWire(ann.store, 'contact', uuid)?.jobTitle).toBeNull();
    expect(
      ann.store.sql('SELECT undoneByWriteId IS NOT NULL AS undone FROM write WHERE id = ?').get(done.writeId),
    ).toEqual({ undone: 1 });
  });

  it('never bring the person, the setup or what Outpost ships along as news', async () => {
    const { ann, bo } = await pair();
    expect(custodyCounts(ann.store)).toEqual({ notYetExported: 0, notYetReceived: 0 });
    expect(linesOf(ann, 0, lastWriteOf(ann))).toEqual([]);
    expect(bo.store.sql('SELECT count(*) AS n FROM capture_form').get()).toEqual({ n: 1 });
  });

  it('of shipped configuration stand against the own copy, also when the laptop was set up later', async () => {
    const { laptops } = await team(2);
    const [ann, bo] = laptops;
    if (!ann || !bo) throw new Error('two laptops');
    // Ann's edit is older than Bo's setup
    ann.clock.nowMs -= 86_400_000;
    ann.store.lastClock = 0;
    const form = ann.store.sql('SELECT id, uid FROM capture_form').get() as { id: number; uid: Buffer };
    write(ann.store, { cause: 'edit' }, (w) => updateRecord(w, 'captureForm', form.id, { name: 'Our stand' }));
    sendAll(ann, bo);
    expect(readWire(bo.store, 'captureForm', uidToUuid(form.uid))?.name).toBe('Our stand');
  });
});

describe('two laptops that changed the same', () => {
  it('are not misled by an older change that arrives after the one that took it back', async () => {
    const { ann, bo, uuid, edit, both } = await shared({ givenName: 'Eva', jobTitle: 'Buyer' });
    const start = lastWriteOf(ann);
    edit(ann, { jobTitle: 'CEO' });
    edit(ann, { jobTitle: 'Buyer' });
    takeLines(bo, ann, linesOf(ann, start + 1, start + 2));
    takeLines(bo, ann, linesOf(ann, start, start + 1));
    expect(readWire(bo.store, 'contact', uuid)?.jobTitle).toBe('Buyer');
    expect(both()[1]?.updatedAtMs).toBe(both()[0]?.updatedAtMs);
  });

  it('let the last writer of each field win, on both', async () => {
    const { ann, bo, edit, meet, both } = await shared({ givenName: 'Eva', jobTitle: 'Buyer' });
    edit(bo, { jobTitle: 'Director', company: 'B' });
    ann.clock.nowMs += 60_000;
    edit(ann, { jobTitle: 'CEO', role: 'decisionMaker' });
    expect(meet()).toBe(2);
    const [here, there] = both();
    expect(here).toMatchObject({ jobTitle: 'CEO', company: 'B', role: 'decisionMaker' });
    expect(there).toMatchObject({ jobTitle: 'CEO', company: 'B', role: 'decisionMaker' });
    expect(bo.store.sql('SELECT field FROM conflict').all()).toEqual([{ field: 'jobTitle' }]);
  });

  it('list what gave way with both authors, and take it instead, once', async () => {
    const { ann, bo, uuid, edit, meet } = await shared({ givenName: 'Eva', jobTitle: 'Buyer', consentLevel: 'none' });
    edit(bo, { jobTitle: 'Director', consentLevel: 'consent' });
    ann.clock.nowMs += 60_000;
    edit(ann, { jobTitle: 'CEO', consentLevel: 'marketing' });
    meet();
    const listed = listConflicts(bo.store, 10);
    expect(listed.rows.find(({ field }) => field === 'jobTitle')).toMatchObject({
      entity: 'contact',
      recordId: uuid,
      label: 'Eva',
      kept: { value: 'CEO', userName: 'Ann' },
      lost: { value: 'Director', userName: 'Bo' },
      stands: true,
      canSwap: true,
    });
    expect(listed.rows.find(({ field }) => field === 'consentLevel')?.canSwap ?? false).toBe(false);
    const id = listed.rows.find(({ field }) => field === 'jobTitle')?.id ?? 0;
    expect(swapConflict(bo.store, id)).toMatchObject({ ok: true });
    expect(readWire(bo.store, 'contact', uuid)?.jobTitle).toBe('Director');
    expect(listConflicts(bo.store, 10).rows.find((each) => each.id === id)).toMatchObject({
      stands: false,
      canSwap: false,
    });
    expect(swapConflict(bo.store, id)).toMatchObject({ error: { code: 'changedSince' } });
    expect(swapConflict(bo.store, 999)).toMatchObject({ error: { code: 'notFound' } });
    expect(meet()).toBe(0);
    expect(readWire(ann.store, 'contact', uuid)?.jobTitle).toBe('Director');
  });

  it('count no conflict when one had seen the other', async () => {
    const { ann, bo, edit, meet, both } = await shared({ givenName: 'Eva' });
    edit(ann, { jobTitle: 'CEO' });
    sendAll(ann, bo);
    edit(bo, { jobTitle: 'Chief' });
    expect(meet()).toBe(0);
    expect(both()[0]).toMatchObject({ jobTitle: 'Chief' });
  });

  it('keep the stricter consent when neither knew, and the later one when it did', async () => {
    const { ann, bo, edit, meet, both } = await shared({
      givenName: 'Eva',
      consentLevel: 'marketing',
      allowPhone: true,
    });
    edit(ann, { consentLevel: 'none', allowPhone: false });
    bo.clock.nowMs += 60_000;
    edit(bo, { consentLevel: 'profiling' });
    meet();
    for (const each of both()) expect(each).toMatchObject({ consentLevel: 'none', allowPhone: false });
    edit(bo, { consentLevel: 'subscriptions', allowPhone: true });
    meet();
    for (const each of both()) expect(each).toMatchObject({ consentLevel: 'subscriptions', allowPhone: true });
  });

  it('keep an opt-out of an address although the other rewrote the list', async () => {
    const { ann, bo, edit, meet, both } = await shared({ emails: [email('eva@example.com')] });
    edit(ann, { emails: [email('eva@example.com', true)] });
    bo.clock.nowMs += 60_000;
    edit(bo, { emails: [email('eva@example.com'), { ...email('eva@home.example'), primary: false }] });
    meet();
    for (const each of both()) {
      expect(each?.emails.map((part) => [part.address, part.optedOut])).toEqual([
        ['eva@example.com', true],
        ['eva@home.example', false],
      ]);
    }
  });

  it('keep a record in the bin when one deleted it before the other edited it, with the edit', async () => {
    const { ann, uuid, bo, edit, meet, both } = await shared({ givenName: 'Eva' });
    write(ann.store, { cause: 'edit' }, (w) => setDeleted(w, 'contact', idOf(ann, 'contact', uuid), true));
    bo.clock.nowMs += 60_000;
    edit(bo, { jobTitle: 'CEO' });
    meet();
    const [here, there] = both();
    expect(here).toMatchObject({ jobTitle: 'CEO', deletedAtMs: there?.deletedAtMs });
    expect(here?.deletedAtMs).not.toBeNull();
  });
});
