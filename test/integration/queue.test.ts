import { describe, expect, it } from 'vitest';
import { undoWrite } from '../../db/change-log/undo.ts';
import { settleAllDue } from '../../db/derived/score-expiry.ts';
import type { StoredPatch } from '../../db/records/entity-storage.ts';
import { readStored, readStoredWhere } from '../../db/records/read.ts';
import { createRecord, updateRecord, write } from '../../db/records/write.ts';
import { writeSetting } from '../../db/store.ts';
import { setFlag } from '../../electron/features/leads/leads.service.ts';
import type { CallInput } from '../../electron/features/queue/call-outcome.ts';
import { listQueue, nextCall, recordOutcome, releaseLead } from '../../electron/features/queue/queue.service.ts';
import { type Made, phone, shippedStore } from '../helpers/leads.ts';

const minute = 60_000;
const hour = 60 * minute;

const valueOf = <T>(result: { ok: true; value: T } | { ok: false; error: { code: string } }): T => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

function queueStore() {
  const shipped = shippedStore();
  const { store, contact, lead, clock } = shipped;
  const ann = shipped.user('teleprospector');
  let number = 0;
  return {
    ...shipped,
    ann,
    /** A lead of a new contact with a Belgian number, teleprospect ready. */
    waiting(more: StoredPatch<'contact'> = {}, leadMore: StoredPatch<'lead'> = {}): Made & { contactId: number } {
      number += 1;
      const person = contact({ phones: [phone(`+3247500${1000 + number}`)], ...more });
      const made = lead({ contactId: person.id, ...leadMore });
      valueOf(setFlag(store, { id: made.uuid, flag: 'teleprospectReady', value: true }));
      return { ...made, contactId: person.id };
    },
    list: (caller = ann.id) => valueOf(listQueue(store, clock.nowMs, caller, 50)),
    next: (skip?: string, caller = ann.id) => nextCall(store, caller, skip),
    record: (made: Made, input: Omit<CallInput, 'leadId'>, caller = ann.id) =>
      recordOutcome(store, caller, { leadId: made.uuid, ...input }),
  };
}

describe('the call queue', () => {
  it('offers leads in the teleprospecting stages by score and waiting, and says why', () => {
    const { waiting, list, next, interaction, wait } = queueStore();
    const first = waiting();
    wait(2 * hour);
    const second = waiting();
    const third = waiting();
    interaction(third.contactId, 'badgeScanned');
    expect(list().items.map((item) => item.leadId)).toEqual([third.uuid, first.uuid, second.uuid]);
    expect(list()).toMatchObject({ waiting: 3, notNow: [] });
    expect(next()).toMatchObject({
      leadId: third.uuid,
      number: '+32475001003',
      attempts: 0,
      stage: 'teleprospectAcceptance',
      why: [
        { code: 'score', value: 10 },
        { code: 'neverCalled', value: null },
        { code: 'waiting', value: 0 },
      ],
    });
  });

  it('holds the next call for its caller for fifteen minutes, and offers others the one after', () => {
    const { waiting, next, user, record, wait, list, store, ann } = queueStore();
    const first = waiting();
    wait(minute);
    const second = waiting();
    const bob = user('teleprospector');
    expect(next()?.leadId).toBe(first.uuid);
    expect(next()?.leadId).toBe(first.uuid);
    expect(next(undefined, bob.id)?.leadId).toBe(second.uuid);
    expect(list(bob.id).notNow).toEqual([{ reason: 'heldByOther', count: 1 }]);
    expect(record(first, { outcome: 'noAnswer' }, bob.id)).toMatchObject({ error: { code: 'leaseLost' } });
    wait(16 * minute);
    expect(record(first, { outcome: 'noAnswer' }, bob.id).ok).toBe(true);
    releaseLead(store, bob.id, second.uuid);
    expect(next(undefined, ann.id)?.leadId).toBe(second.uuid);
  });

  it('passes over a lead for a while', () => {
    const { waiting, next, wait } = queueStore();
    const first = waiting();
    wait(minute);
    const second = waiting();
    const third = waiting();
    const [a, b] = [next()?.leadId, next(first.uuid)?.leadId];
    expect([a, b]).toEqual([first.uuid, second.uuid]);
    expect(next(second.uuid)?.leadId).toBe(third.uuid);
    expect(next(third.uuid)).toBeNull();
    wait(11 * minute);
    expect(next()?.leadId).toBe(first.uuid);
  });

  it.each([
    ['mayNotPhone', { allowPhone: false }],
    ['mayNotPhone', { consentLevel: 'none' as const }],
    ['noNumber', { phones: [] }],
    ['noNumber', { phones: [phone('+32475001111', { valid: false })] }],
    ['mayNotPhone', { phones: [phone('+32475001111', { doNotCall: true })] }],
    ['outsideHours', { timeZone: 'Asia/Tokyo' }],
    ['outsideHours', { phones: [phone('+12125550123')] }],
    ['outsideHours', { preferredFrom: '17:00' }],
  ])('keeps back, %s: %o', (reason, contactValues) => {
    const { waiting, list, next } = queueStore();
    waiting(contactValues);
    expect(list()).toMatchObject({ items: [], waiting: 0, notNow: [{ reason, count: 1 }] });
    expect(next()).toBeNull();
  });

  it('follows what changes about the person', () => {
    const { store, waiting, list } = queueStore();
    const made = waiting({ phones: [] });
    write(store, { cause: 'edit' }, (w) =>
      updateRecord(w, 'contact', made.contactId, { phones: [phone('+32475009999')] }),
    );
    expect(list().items[0]?.number).toBe('+32475009999');
    write(store, { cause: 'edit' }, (w) => updateRecord(w, 'contact', made.contactId, { consentLevel: 'none' }));
    expect(list().items).toEqual([]);
  });

  it('follows the region of the laptop, where nothing else says where a person is', () => {
    const { store, waiting, list } = queueStore();
    settleAllDue(store);
    // a number of the international freephone network belongs nowhere
    waiting({ phones: [phone('+80012345678')] });
    expect(list().waiting).toBe(1);
    writeSetting(store.connection, 'region', 'JP');
    settleAllDue(store);
    expect(list()).toMatchObject({ waiting: 0, notNow: [{ reason: 'outsideHours', count: 1 }] });
  });

  it('withdraws a lead that crosses the threshold meanwhile', () => {
    const { waiting, list, interaction, leadOf, next } = queueStore();
    const made = waiting({ role: 'decisionMaker' });
    expect(next()?.leadId).toBe(made.uuid);
    interaction(made.contactId, 'meetingHeld');
    interaction(made.contactId, 'eventCheckedIn');
    expect(leadOf(made.id)).toMatchObject({ stage: 'salesAcceptance', salesReady: true });
    expect(list()).toMatchObject({ items: [], waiting: 0, notNow: [] });
    expect(next()).toBeNull();
  });
});

describe('the outcome of a call', () => {
  it('is one write: call, interaction, fields, flags and moves; undo takes it back', () => {
    const { store, waiting, record, leadOf, list, next } = queueStore();
    const made = waiting();
    next();
    const done = valueOf(
      record(made, {
        outcome: 'connected',
        notes: 'Wants a demonstration',
        durationSeconds: 95,
        teleprospectAccepted: true,
        qualification: { purchaseNeed: 'mustHave', decisionMaker: true, budgetAmount: 5000 },
      }),
    );
    expect(done).toMatchObject({ stage: 'teleprospectQualification', status: 'open' });
    expect(leadOf(made.id)).toMatchObject({
      purchaseNeed: 'mustHave',
      decisionMaker: true,
      budgetAmount: 5000,
      teleprospectAccepted: true,
      score: 25,
    });
    expect(readStoredWhere(store, 'call', '1 = 1')[0]?.values).toMatchObject({
      outcome: 'connected',
      number: '+32475001001',
      notes: 'Wants a demonstration',
    });
    expect(readStoredWhere(store, 'interaction', "kind = 'callConnected'")).toHaveLength(1);
    expect(list().notNow).toEqual([{ reason: 'pause', count: 1 }]);

    const sales = valueOf(record(made, { outcome: 'connected', salesReady: true }));
    expect(sales.stage).toBe('salesAcceptance');
    expect(list().notNow).toEqual([]);
    undoWrite(store, sales.writeId);
    undoWrite(store, done.writeId);
    expect(leadOf(made.id)).toMatchObject({
      stage: 'teleprospectAcceptance',
      teleprospectAccepted: false,
      purchaseNeed: null,
      score: 0,
    });
    expect(list().items).toHaveLength(1);
  });

  it('with both flags ticked goes to sales', () => {
    const { waiting, record } = queueStore();
    const made = waiting();
    const done = valueOf(record(made, { outcome: 'connected', teleprospectAccepted: true, salesReady: true }));
    expect(done.stage).toBe('salesAcceptance');
  });

  it('is recorded once per call key', () => {
    const { store, waiting, record } = queueStore();
    const made = waiting();
    const first = valueOf(record(made, { outcome: 'noAnswer', callKey: 'k1' }));
    expect(valueOf(record(made, { outcome: 'connected', callKey: 'k1', disqualify: 'noNeed' }))).toEqual(first);
    expect(readStoredWhere(store, 'call', '1 = 1')).toHaveLength(1);
  });

  it.each([
    ['noAnswer', 4 * hour],
    ['busy', 30 * minute],
    ['voicemail', 24 * hour],
  ] as const)('%s pauses the lead', (outcome, pause) => {
    const { waiting, record, list, wait, next } = queueStore();
    const made = waiting();
    valueOf(record(made, { outcome }));
    expect(list()).toMatchObject({ waiting: 0, notNow: [{ reason: 'pause', count: 1 }] });
    wait(pause - 1);
    expect(next()).toBeNull();
    wait(1);
    expect(list().items[0]).toMatchObject({ attempts: 1 });
    expect(next()).toMatchObject({ leadId: made.uuid });
  });

  it('stops after eight attempts', () => {
    const { waiting, record, list, wait } = queueStore();
    const made = waiting();
    for (let n = 0; n < 8; n += 1) {
      valueOf(record(made, { outcome: 'busy' }));
      wait(40 * minute);
    }
    expect(list()).toMatchObject({ items: [], notNow: [{ reason: 'attemptLimit', count: 1 }] });
  });

  it('callback: a task for the caller, first in line when due, and done by the next call', () => {
    const { store, waiting, record, list, next, wait, clock, interaction, ann } = queueStore();
    const made = waiting();
    const better = waiting();
    interaction(better.contactId, 'meetingHeld');
    expect(record(made, { outcome: 'callbackAt' })).toMatchObject({
      error: { code: 'invalidValue', details: { field: 'callbackAtMs' } },
    });
    const at = clock.nowMs + 2 * hour;
    valueOf(record(made, { outcome: 'callbackAt', callbackAtMs: at, notes: 'After the meeting' }));
    expect(readStoredWhere(store, 'task', "kind = 'callback'")[0]?.values).toMatchObject({
      dueAtMs: at,
      ownerId: ann.id,
      doneAtMs: null,
    });
    expect(list().notNow).toEqual([{ reason: 'callbackLater', count: 1 }]);
    wait(2 * hour);
    expect(next()).toMatchObject({ leadId: made.uuid, why: [{ code: 'callbackDue', value: at }, {}, {}, {}] });
    valueOf(record(made, { outcome: 'noAnswer' }));
    expect(readStoredWhere(store, 'task', "kind = 'callback' AND doneAtMs IS NULL")).toHaveLength(0);
    expect(next()?.leadId).toBe(better.uuid);
  });

  it('not interested disqualifies; so does a reason ticked while talking', () => {
    const { waiting, record, leadOf, list } = queueStore();
    const [one, two] = [waiting(), waiting()];
    expect(valueOf(record(one, { outcome: 'notInterested' })).status).toBe('disqualified');
    expect(leadOf(one.id).disqualifyReason).toBe('notInterested');
    valueOf(record(two, { outcome: 'connected', disqualify: 'noBudget', salesReady: true }));
    expect(leadOf(two.id)).toMatchObject({ status: 'disqualified', disqualifyReason: 'noBudget', salesReady: false });
    expect(list()).toMatchObject({ items: [], notNow: [] });
    expect(record(two, { outcome: 'busy' })).toMatchObject({ error: { code: 'leadClosed' } });
  });

  it('do not call holds for the person and every lead with the number, also one that comes later', () => {
    const { store, waiting, record, list } = queueStore();
    const shared = [phone('+3222222222')];
    const made = waiting({ phones: shared });
    const sameNumber = waiting({ phones: shared });
    const captured = waiting({ phones: [] }, { phones: shared });
    const other = waiting();
    const done = valueOf(record(made, { outcome: 'doNotCall' }));
    expect(readStored(store, 'contact', made.contactId)?.values.allowPhone).toBe(false);
    expect(readStored(store, 'contact', sameNumber.contactId)?.values).toMatchObject({
      allowPhone: true,
      phones: [{ doNotCall: true }],
    });
    expect(readStored(store, 'lead', captured.id)?.values.phones[0]?.doNotCall).toBe(true);
    waiting({ phones: shared });
    expect(list()).toMatchObject({ waiting: 1, notNow: [{ reason: 'mayNotPhone', count: 4 }] });
    expect(list().items.map((item) => item.leadId)).toEqual([other.uuid]);
    undoWrite(store, done.writeId);
    expect(list().waiting).toBe(5);
  });

  it('wrong number leaves the next number to dial', () => {
    const { waiting, record, list, wait } = queueStore();
    const made = waiting({
      phones: [phone('+32475007001'), phone('+32475007002', { primary: false, kind: 'mobile' })],
    });
    valueOf(record(made, { outcome: 'wrongNumber' }));
    expect(list().items[0]?.number).toBe('+32475007002');
    wait(minute);
    valueOf(record(made, { outcome: 'wrongNumber' }));
    expect(list().notNow).toEqual([{ reason: 'noNumber', count: 1 }]);
  });
});

describe('a hundred thousand waiting', () => {
  it('reads the next call from indexes alone', () => {
    const { store } = queueStore();
    const plans = [
      'SELECT leadId FROM call_queue_item WHERE ready = 1 AND hoursKey = ? ORDER BY priority DESC, leadId LIMIT 1',
      `SELECT leadId FROM call_queue_item WHERE callbackAtMs IS NOT NULL AND blocked IS NULL AND hoursKey = ?
       AND callbackAtMs <= 5 ORDER BY callbackAtMs, leadId LIMIT 1`,
    ].map((sql) =>
      (
        store.connection.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...(sql.includes('?') ? ['x'] : [])) as {
          detail: string;
        }[]
      ).map((row) => row.detail),
    );
    expect(plans.map((plan) => plan[0])).toEqual([
      expect.stringContaining('INDEX call_queue_item_ready (hoursKey=?)'),
      expect.stringContaining('INDEX call_queue_item_callback (hoursKey=? AND callbackAtMs>? AND callbackAtMs<?)'),
    ]);
    for (const plan of plans) expect(plan.join()).not.toContain('TEMP B-TREE');
  });

  it('stays in order when many pauses end at once', () => {
    const { store, ann, clock, next, wait, contact } = queueStore();
    const person = contact({ phones: [phone('+32475008000')] });
    write(store, { cause: 'seed' }, (w) => {
      for (let n = 0; n < 1200; n += 1) {
        const lead = createRecord(w, 'lead', {
          topic: `Lead ${n}`,
          contactId: person.id,
          stage: 'teleprospectAcceptance',
          stageEnteredAtMs: clock.nowMs - n,
        });
        createRecord(w, 'call', { leadId: lead.id, outcome: 'noAnswer', startedAtMs: clock.nowMs, userId: ann.id });
      }
    });
    expect(next()).toBeNull();
    wait(4 * hour);
    settleAllDue(store);
    expect(next()).toMatchObject({ topic: 'Lead 1199' });
  });
});
