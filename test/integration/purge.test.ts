/** What leaves the bin for good, what goes with it, and that nothing brings it back. */
import { describe, expect, it } from 'vitest';
import { type EntityName, entityNames, entityOf } from '../../shared/model/entities.ts';
import { binDays, leavesTheBin } from '../../shared/rules/bin.ts';
import { dependencesOn } from '../../db/bin/dependants.ts';
import { purge, purgeNextDue } from '../../db/bin/purge.ts';
import { undoWrite } from '../../db/change-log/undo.ts';
import { checkStore } from '../../db/check.ts';
import { rebuildStore } from '../../db/rebuild.ts';
import { tableOf } from '../../db/records/entity-storage.ts';
import { readStored, readWire } from '../../db/records/read.ts';
import { binSet, restoreSet, updateSet } from '../../db/records/update-set.ts';
import { type Created, createRecord, setDeleted, updateRecord, type Write, write } from '../../db/records/write.ts';
import type { WritableStore } from '../../db/store.ts';
import { writeShippedConfiguration } from '../../electron/features/setup/shipped.ts';
import { type Laptop, lastWriteOf, linesOf, takeLines, team, waiting } from '../helpers/laptops.ts';
import { freshStore } from '../helpers/store.ts';

const dayMs = 86_400_000;

function toTheEnd<T>(steps: Generator<number, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
const wrongIn = (store: WritableStore) => toTheEnd(checkStore(store)).filter(({ ok }) => !ok);
const count = (store: WritableStore, sql: string): number => store.sql(sql).pluck().get() as number;
const edit = <T>(store: WritableStore, work: (w: Write) => T) => write(store, { cause: 'edit' }, work);
const purgeAll = (store: WritableStore) => {
  while (purgeNextDue(store));
};

/** Ann with everything that a person may have, beside Bo who stays. */
function fair() {
  const { store, clock } = freshStore();
  const made = edit(store, (w) => {
    writeShippedConfiguration(w);
    const account = createRecord(w, 'account', { name: 'Contoso' });
    const event = createRecord(w, 'event', { name: 'Fair' });
    const list = createRecord(w, 'subscriptionList', { name: 'News' });
    const email = {
      address: 'ann@contoso.example',
      kind: 'work',
      primary: true,
      optedOut: false,
      bounced: false,
      valid: true,
    } as const;
    const ann = createRecord(w, 'contact', {
      givenName: 'Ann',
      accountId: account.id,
      consentLevel: 'profiling',
      emails: [email],
      tags: ['VIP'],
    });
    const bo = createRecord(w, 'contact', { givenName: 'Bo', guardianId: ann.id });
    const lead = createRecord(w, 'lead', { topic: 'Robots', givenName: 'Ann', contactId: ann.id, eventId: event.id });
    const interaction = (key: string, leadId: number | null) =>
      createRecord(w, 'interaction', {
        kind: 'formSubmitted',
        occurredAtMs: w.atMs,
        eventKey: key,
        contactId: ann.id,
        leadId,
        subject: 'Secret subject',
      });
    interaction('own', null);
    interaction('of the lead', lead.id);
    createRecord(w, 'consentChange', { contactId: ann.id, after: 'profiling', changedAtMs: w.atMs });
    createRecord(w, 'listMember', { listId: list.id, contactId: ann.id });
    createRecord(w, 'registration', { eventId: event.id, contactId: ann.id });
    createRecord(w, 'task', { subject: 'Call Ann', contactId: ann.id });
    createRecord(w, 'note', { text: 'A secret note', contactId: ann.id } as never);
    return { account, event, list, ann, bo, lead };
  }).value;
  return { store, clock, ...made };
}

describe('a record that leaves the bin for good', () => {
  it('goes after 30 days and not before, with what belongs to it alone, while the rest stays without it', () => {
    const { store, clock, ann, bo, lead, account } = fair();
    edit(store, (w) => setDeleted(w, 'contact', ann.id, true));
    clock.nowMs += binDays * dayMs - 1;
    expect(purgeNextDue(store)).toBe(false);
    clock.nowMs += 1;
    purgeAll(store);
    expect(readWire(store, 'contact', ann.uuid)).toBeNull();
    expect(readStored(store, 'contact', bo.id)?.values.guardianId).toBeNull();
    expect(readStored(store, 'lead', lead.id)?.values).toMatchObject({ contactId: null, topic: 'Robots' });
    expect(count(store, "SELECT value FROM counter WHERE name = 'lead:unlinked'")).toBe(1);
    expect(count(store, `SELECT contactCount FROM account WHERE id = ${account.id}`)).toBe(0);
    const left = ['interaction', 'consent_change', 'list_member', 'registration', 'task', 'note', 'contact_email'];
    // the interaction of the lead stays with the lead
    expect(left.map((table) => count(store, `SELECT count(*) FROM ${table}`))).toEqual([1, 0, 0, 0, 0, 0, 0]);
    expect(wrongIn(store)).toEqual([]);
  });

  it('leaves nothing of what it held in the log, and the log as long as it was', () => {
    const { store, clock, ann } = fair();
    edit(store, (w) => setDeleted(w, 'contact', ann.id, true));
    const before = count(store, 'SELECT count(*) FROM change');
    clock.nowMs += binDays * dayMs;
    purgeAll(store);
    expect(count(store, 'SELECT count(*) FROM change')).toBe(before);
    for (const secret of ['ann@contoso', 'Secret subject', 'secret note', 'Call Ann']) {
      const found = store.sql('SELECT count(*) FROM change WHERE instr(fields, ?) > 0').pluck().get(secret) as number;
      // the interaction that stays with the lead keeps its subject
      expect([secret, found]).toEqual([secret, secret === 'Secret subject' ? 1 : 0]);
    }
    // everything can be made again from what is left
    toTheEnd(rebuildStore(store));
    expect(wrongIn(store)).toEqual([]);
  });

  it('is taken by hand only out of the bin', () => {
    const { store, ann, bo } = fair();
    edit(store, (w) => setDeleted(w, 'contact', ann.id, true));
    expect(purge(store, 'contact', [ann.id, bo.id]).get('contact')).toBe(1);
    expect(readStored(store, 'contact', bo.id)).not.toBeNull();
  });

  it('lends its row to nobody: a new record there has a history of its own', () => {
    const { store } = freshStore();
    const first = edit(store, (w) => createRecord(w, 'contact', { givenName: 'Ann' })).value;
    edit(store, (w) => setDeleted(w, 'contact', first.id, true));
    purge(store, 'contact', [first.id]);
    const second = edit(store, (w) => createRecord(w, 'contact', { givenName: 'Bo' })).value;
    expect(second.id).toBe(first.id);
    expect(count(store, `SELECT count(*) FROM change WHERE recordId = ${second.id}`)).toBe(1);
    expect(wrongIn(store)).toEqual([]);
  });

  it('is skipped by an undo of what touched it, which puts back the rest and says how many are gone', () => {
    const { store, clock, ann, bo } = fair();
    const ids = [ann.id, bo.id];
    const titled = edit(store, (w) => updateSet(w, 'contact', ids, { preferredLanguage: 'nl' })).writeId ?? 0;
    const removed = edit(store, (w) => binSet(w, 'contact', [ann.id])).writeId ?? 0;
    clock.nowMs += 1000;
    purge(store, 'contact', [ann.id]);
    expect(undoWrite(store, titled)).toMatchObject({ ok: true, value: { undone: 1, kept: 0, gone: 1 } });
    expect(undoWrite(store, removed)).toMatchObject({ ok: false, error: { code: 'nothingToUndo' } });
    expect(wrongIn(store)).toEqual([]);
  });

  it('is not pointed at again by an undo that would put a reference to it back', () => {
    const { store, ann, bo, lead, list } = fair();
    const relinked = edit(store, (w) => updateRecord(w, 'lead', lead.id, { contactId: bo.id })).writeId ?? 0;
    const member = edit(store, (w) => createRecord(w, 'listMember', { listId: list.id, contactId: bo.id })).value;
    const moved = edit(store, (w) => {
      setDeleted(w, 'listMember', count(store, 'SELECT min(id) FROM list_member'), true);
      updateRecord(w, 'listMember', member.id, { contactId: ann.id });
    }).writeId;
    edit(store, (w) => updateRecord(w, 'listMember', member.id, { contactId: bo.id }));
    edit(store, (w) => setDeleted(w, 'contact', ann.id, true));
    purge(store, 'contact', [ann.id]);
    undoWrite(store, relinked);
    undoWrite(store, moved ?? 0);
    expect(readStored(store, 'lead', lead.id)?.values.contactId).toBeNull();
    expect(wrongIn(store)).toEqual([]);
  });

  it('goes whatever points at it, from every kind of record', () => {
    for (const target of leavesTheBin) {
      const { store } = freshStore();
      const made = edit(store, (w) => {
        writeShippedConfiguration(w);
        const own = createAny(w, target, {});
        const pointing = dependencesOn(target).map(({ entity, field }) => createAny(w, entity, { [field]: own.id }));
        return { own, pointing };
      }).value;
      edit(store, (w) => setDeleted(w, target, made.own.id, true));
      expect([target, purge(store, target, [made.own.id]).get(target)]).toEqual([target, 1]);
      expect([target, readWire(store, target, made.own.uuid)]).toEqual([target, null]);
      expect([target, wrongIn(store)]).toEqual([target, []]);
    }
  });

  it('goes in batches, each short, however many are due', () => {
    const { store, clock } = freshStore();
    edit(store, (w) => {
      for (let number = 0; number < 130; number += 1) createRecord(w, 'contact', { givenName: `Ann${number}` });
    });
    edit(store, (w) => binSet(w, 'contact', store.sql('SELECT id FROM contact').pluck().all() as number[]));
    clock.nowMs += binDays * dayMs;
    let batches = 0;
    while (purgeNextDue(store)) batches += 1;
    expect(batches).toBe(3);
    expect(count(store, 'SELECT count(*) FROM contact')).toBe(0);
  });
});

/** A record of a kind with what it cannot be without, and these values. */
function createAny(w: Write, entity: EntityName, values: Record<string, unknown>): Created {
  const { fields } = entityOf(entity);
  const needed: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    if (!field.required || name in values || field.initial !== undefined) continue;
    if (field.target) needed[name] = createAny(w, field.target as EntityName, {}).id;
    else needed[name] = field.kind === 'text' || field.kind === 'longText' ? `some ${name}` : 1;
  }
  return createRecord(w, entity, { ...needed, ...values } as never);
}

describe('on several laptops, a record that is gone for good', () => {
  async function two() {
    const { laptops } = await team(2);
    const [ann, bo] = laptops as [Laptop, Laptop];
    const send = (from: Laptop, into: Laptop) => takeLines(into, from, linesOf(from, 0, lastWriteOf(from)));
    return { ann, bo, send };
  }
  const rowOf = ({ store }: Laptop, entity: EntityName, { uid }: Created) =>
    store
      .sql(`SELECT id FROM ${tableOf(entity)} WHERE uid = ?`)
      .pluck()
      .get(uid) as number;

  it('is not brought back by what another one did with it before it heard', async () => {
    const { ann, bo, send } = await two();
    const contact = edit(ann.store, (w) => createRecord(w, 'contact', { familyName: 'Maes' })).value;
    send(ann, bo);
    bo.clock.nowMs += 60_000;
    edit(bo.store, (w) => updateRecord(w, 'contact', rowOf(bo, 'contact', contact), { jobTitle: 'Buyer' }));
    edit(bo.store, (w) => {
      const contactId = rowOf(bo, 'contact', contact);
      createRecord(w, 'lead', { topic: 'Robots', contactId });
      createRecord(w, 'consentChange', { contactId, after: 'consent', changedAtMs: w.atMs });
    });
    edit(ann.store, (w) => setDeleted(w, 'contact', contact.id, true));
    purge(ann.store, 'contact', [contact.id]);
    send(bo, ann);
    expect(readWire(ann.store, 'contact', contact.uuid)).toBeNull();
    // the lead stands without it, the audit row cannot
    expect(count(ann.store, 'SELECT count(*) FROM lead WHERE contactId IS NULL')).toBe(1);
    expect(count(ann.store, 'SELECT count(*) FROM consent_change')).toBe(0);
    expect(waiting(ann)).toEqual({ changes: 0, references: 0 });
    // and all of it once more changes nothing
    send(bo, ann);
    expect(wrongIn(ann.store)).toEqual([]);
  });

  it('is in nobody’s way who never knew it, and its bundle still counts right', async () => {
    const { ann, bo, send } = await two();
    const contact = edit(ann.store, (w) => createRecord(w, 'contact', { familyName: 'Maes' })).value;
    const task = edit(ann.store, (w) => createRecord(w, 'task', { subject: 'Call', contactId: contact.id })).value;
    const early = linesOf(ann, 0, lastWriteOf(ann));
    edit(ann.store, (w) => setDeleted(w, 'contact', contact.id, true));
    purge(ann.store, 'contact', [contact.id]);
    const { applied } = send(ann, bo);
    expect(applied).toBeGreaterThan(0);
    expect(readWire(bo.store, 'contact', contact.uuid)).toBeNull();
    expect(readWire(bo.store, 'task', task.uuid)).toBeNull();
    // a bundle from before, found later
    takeLines(bo, ann, early);
    expect(readWire(bo.store, 'contact', contact.uuid)).toBeNull();
    expect(waiting(bo)).toEqual({ changes: 0, references: 0 });
    expect(wrongIn(bo.store)).toEqual([]);
  });

  it('goes to the bin where nobody had heard of it, also when it was gone before the news', async () => {
    const { ann, bo, send } = await two();
    const contact = edit(ann.store, (w) => createRecord(w, 'contact', { familyName: 'Maes' })).value;
    send(ann, bo);
    ann.clock.nowMs += 60_000;
    edit(ann.store, (w) => updateRecord(w, 'contact', contact.id, { jobTitle: 'Buyer' }));
    edit(ann.store, (w) => setDeleted(w, 'contact', contact.id, true));
    purge(ann.store, 'contact', [contact.id]);
    send(ann, bo);
    expect(readWire(bo.store, 'contact', contact.uuid)).toMatchObject({ deletedAtMs: ann.clock.nowMs, jobTitle: null });
    bo.clock.nowMs += (binDays + 1) * dayMs;
    purgeAll(bo.store);
    expect(readWire(bo.store, 'contact', contact.uuid)).toBeNull();
    expect(wrongIn(bo.store)).toEqual([]);
  });

  it('goes from each of them by itself when its time has come', async () => {
    const { ann, bo, send } = await two();
    const contact = edit(ann.store, (w) => createRecord(w, 'contact', { familyName: 'Maes' })).value;
    edit(ann.store, (w) => setDeleted(w, 'contact', contact.id, true));
    send(ann, bo);
    for (const laptop of [ann, bo]) {
      laptop.clock.nowMs += (binDays + 1) * dayMs;
      purgeAll(laptop.store);
      expect(readWire(laptop.store, 'contact', contact.uuid)).toBeNull();
    }
    send(bo, ann);
    send(ann, bo);
    expect([ann, bo].flatMap(({ store }) => wrongIn(store))).toEqual([]);
  });
});

it('every kind of record either leaves the bin or has a reason to stay', () => {
  const stay = [
    'user process scoringModel matchingStrategy captureForm segment savedView customField',
    'listMember consentChange stageMove segmentMember redirect duplicateDecision',
  ].flatMap((names) => names.split(' '));
  expect([...leavesTheBin, ...stay].toSorted()).toEqual([...entityNames].toSorted());
});

it('a record taken out of the bin in time stays, with all its links', () => {
  const { store, clock, ann, lead } = fair();
  edit(store, (w) => binSet(w, 'contact', [ann.id]));
  clock.nowMs += (binDays - 1) * dayMs;
  edit(store, (w) => restoreSet(w, 'contact', [ann.id]));
  clock.nowMs += 2 * dayMs;
  purgeAll(store);
  expect(readStored(store, 'lead', lead.id)?.values.contactId).toBe(ann.id);
});
