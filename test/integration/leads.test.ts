import { describe, expect, it } from 'vitest';
import { undoWrite } from '../../db/change-log/undo.ts';
import { readStored, readStoredWhere, rowIdOf } from '../../db/records/read.ts';
import { timelinePage } from '../../db/records/timeline.ts';
import { createRecord, updateRecord, write } from '../../db/records/write.ts';
import { leadDetail } from '../../electron/features/leads/lead-detail.ts';
import {
  assign,
  convert,
  decline,
  disqualify,
  moveByHand,
  recordInteraction,
  recycle,
  reopen,
  setFlag,
} from '../../electron/features/leads/leads.service.ts';
import { link, linkAll } from '../../electron/features/leads/link.service.ts';
import { shippedIds } from '../../electron/features/setup/shipped.ts';
import { shippedProcess } from '../../electron/features/setup/shipped-process.ts';
import { leadDetailSchema } from '../../shared/contract/leads.ts';
import { email, shippedStore } from '../helpers/leads.ts';

const hour = 3_600_000;
const valueOf = <T>(result: { ok: true; value: T } | { ok: false; error: { code: string } }): T => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

describe('a new lead', () => {
  it('starts in Inquiry, unscored while nobody is linked', () => {
    const { lead, leadOf } = shippedStore();
    expect(leadOf(lead().id)).toMatchObject({ stage: 'inquiry', status: 'open', score: null, salesReady: false });
  });

  it('that a seller enters by hand is taken on by sales, owned by the seller', () => {
    const { store, user, leadOf } = shippedStore();
    const seller = user('seller');
    const made = write(store, { cause: 'edit' }, (w) => createRecord(w, 'lead', { topic: 'Pumps' })).value;
    expect(leadOf(made.id)).toMatchObject({
      stage: 'salesAcceptance',
      ownerId: seller.id,
      salesReady: true,
      salesAccepted: true,
    });
    expect(readStoredWhere(store, 'stageMove', '1 = 1')).toHaveLength(0);
  });
});

describe('moves by hand', () => {
  it('go anywhere, with time per stage, and are undone with the work they raised', () => {
    const { store, lead, leadOf, wait, clock } = shippedStore();
    const made = lead();
    wait(hour);
    const moved = valueOf(moveByHand(store, { id: made.uuid, stage: 'salesAcceptance', reason: 'Met the CEO' }));
    expect(moved.stage).toBe('salesAcceptance');
    expect(readStoredWhere(store, 'task', 'doneAtMs IS NULL')[0]?.values).toMatchObject({
      kind: 'salesAcceptance',
      forRole: 'seller',
    });
    wait(2 * hour);
    valueOf(moveByHand(store, { id: made.uuid, stage: 'inquiry' }));
    expect(readStoredWhere(store, 'task', 'doneAtMs IS NULL')).toHaveLength(0);
    wait(hour);
    const detail = valueOf(leadDetail(store, made.uuid, clock.nowMs));
    expect(leadDetailSchema.safeParse(detail).error).toBeUndefined();
    expect(detail.timeInStageMs).toEqual({ inquiry: 2 * hour, salesAcceptance: 2 * hour });
    expect(detail.moves.map((move) => [move.fromStage, move.toStage, move.reason])).toEqual([
      ['inquiry', 'salesAcceptance', 'Met the CEO'],
      ['salesAcceptance', 'inquiry', null],
    ]);
    expect(detail.notScoredBecause).toBe('unlinked');
    undoWrite(store, moved.writeId);
    expect(leadOf(made.id).stage).toBe('inquiry');
  });

  it('are refused by code', () => {
    const { store, lead } = shippedStore();
    const made = lead();
    const code = (stage: string, id = made.uuid) => {
      const result = moveByHand(store, { id, stage });
      return result.ok ? 'ok' : result.error.code;
    };
    expect(code('nowhere')).toBe('stageUnknown');
    expect(code('inquiry')).toBe('moveNotAllowed');
    expect(code('inquiry', '01900000-0000-7000-8000-0000000000ff')).toBe('notFound');
    valueOf(disqualify(store, { id: made.uuid, reason: 'noBudget' }));
    expect(code('salesAcceptance')).toBe('leadClosed');
  });

  it('ask for the required fields of the stage that they complete', () => {
    const { store, lead } = shippedStore();
    const made = lead();
    const process = rowIdOf(store, 'process', shippedIds.process) ?? 0;
    const stages = shippedProcess.stages.map((stage) =>
      stage.id === 'teleprospectAcceptance' ? { ...stage, required: ['minimumCriteriaMet'] } : stage,
    );
    write(store, { cause: 'edit' }, (w) =>
      updateRecord(w, 'process', process, { definition: { ...shippedProcess, stages } }),
    );
    valueOf(setFlag(store, { id: made.uuid, flag: 'teleprospectReady', value: true }));
    const refused = setFlag(store, { id: made.uuid, flag: 'teleprospectAccepted', value: true });
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'requiredField', details: { field: 'minimumCriteriaMet' } },
    });
    write(store, { cause: 'edit' }, (w) => updateRecord(w, 'lead', made.id, { minimumCriteriaMet: true }));
    expect(valueOf(setFlag(store, { id: made.uuid, flag: 'teleprospectAccepted', value: true })).stage).toBe(
      'teleprospectQualification',
    );
  });
});

describe('flags', () => {
  it('move the lead by the rules of its process, with the reason given, and back by undo', () => {
    const { store, lead, leadOf } = shippedStore();
    const made = lead();
    const ready = valueOf(
      setFlag(store, { id: made.uuid, flag: 'teleprospectReady', value: true, reason: 'Asked for a call' }),
    );
    expect(ready.stage).toBe('teleprospectAcceptance');
    expect(readStoredWhere(store, 'stageMove', '1 = 1')[0]?.values).toMatchObject({
      rule: 'teleprospectReady',
      reason: 'Asked for a call',
      userId: null,
    });
    const sales = valueOf(setFlag(store, { id: made.uuid, flag: 'salesReady', value: true }));
    expect(sales.stage).toBe('salesAcceptance');
    // a standing sales ready wins over the other flag
    valueOf(setFlag(store, { id: made.uuid, flag: 'teleprospectAccepted', value: true }));
    expect(leadOf(made.id).stage).toBe('salesAcceptance');
    undoWrite(store, sales.writeId);
    expect(leadOf(made.id)).toMatchObject({ stage: 'teleprospectAcceptance', salesReady: false });
    undoWrite(store, ready.writeId);
    expect(leadOf(made.id)).toMatchObject({ stage: 'inquiry', teleprospectReady: false });
  });

  it('need a seller for sales accepted: the owner, or the seller who ticks it', () => {
    const { store, lead, user, leadOf } = shippedStore();
    const made = lead();
    const seller = user('seller');
    user('manager');
    valueOf(setFlag(store, { id: made.uuid, flag: 'salesReady', value: true }));
    const accept = () => setFlag(store, { id: made.uuid, flag: 'salesAccepted', value: true });
    expect(accept()).toMatchObject({ ok: false, error: { code: 'notSeller' } });
    valueOf(assign(store, { ids: [made.uuid], ownerId: seller.uuid }));
    expect(readStoredWhere(store, 'task', 'doneAtMs IS NULL')[0]?.values.ownerId).toBe(seller.id);
    valueOf(accept());
    expect(leadOf(made.id)).toMatchObject({ salesAccepted: true, ownerId: seller.id });
    expect(readStoredWhere(store, 'task', 'doneAtMs IS NULL')).toHaveLength(0);

    const other = lead();
    valueOf(setFlag(store, { id: other.uuid, flag: 'salesReady', value: true }));
    store.userRow = seller.id;
    valueOf(setFlag(store, { id: other.uuid, flag: 'salesAccepted', value: true }));
    expect(leadOf(other.id).ownerId).toBe(seller.id);
  });
});

describe('giving back', () => {
  it('recycles with a reason; the lead must cross the threshold again', () => {
    const { store, contact, lead, interaction, leadOf } = shippedStore();
    const ann = contact({ role: 'decisionMaker' });
    const made = lead({ contactId: ann.id });
    interaction(ann.id, 'eventCheckedIn');
    interaction(ann.id, 'formSubmitted');
    expect(leadOf(made.id)).toMatchObject({ stage: 'salesAcceptance', salesReady: true, score: 60 });
    const recycled = valueOf(recycle(store, { id: made.uuid, reason: 'Next year' }));
    expect(recycled.stage).toBe('automatedMarketingQualification');
    expect(leadOf(made.id)).toMatchObject({ salesReady: false, recycleReason: 'Next year', recycleCount: 1 });
    // standing above the threshold fires nothing
    const visit = interaction(ann.id, 'emailClicked');
    expect(leadOf(made.id)).toMatchObject({ score: 63, salesReady: false });
    // below, and above again
    undoWrite(store, visit.writeId ?? 0);
    write(store, { cause: 'edit' }, (w) => updateRecord(w, 'contact', ann.id, { role: null }));
    expect(leadOf(made.id).score).toBe(40);
    write(store, { cause: 'edit' }, (w) => updateRecord(w, 'contact', ann.id, { role: 'decisionMaker' }));
    expect(leadOf(made.id)).toMatchObject({ score: 60, salesReady: true, stage: 'salesAcceptance' });
  });

  it('declines back to marketing, and may be marked again', () => {
    const { store, lead, leadOf } = shippedStore();
    const made = lead();
    const mark = () => valueOf(setFlag(store, { id: made.uuid, flag: 'teleprospectReady', value: true })).stage;
    expect(mark()).toBe('teleprospectAcceptance');
    expect(valueOf(decline(store, { id: made.uuid, reason: 'Wrong country' })).stage).toBe(
      'automatedMarketingQualification',
    );
    expect(leadOf(made.id)).toMatchObject({ teleprospectReady: false, recycleCount: 0 });
    expect(mark()).toBe('teleprospectAcceptance');
  });

  it('disqualifies and reopens where it stood', () => {
    const { store, lead, leadOf, wait, clock } = shippedStore();
    const made = lead();
    wait(hour);
    valueOf(disqualify(store, { id: made.uuid, reason: 'competitor', note: 'Signed elsewhere' }));
    expect(leadOf(made.id)).toMatchObject({ status: 'disqualified', disqualifyReason: 'competitor' });
    wait(hour);
    valueOf(reopen(store, { id: made.uuid }));
    wait(hour);
    expect(leadOf(made.id)).toMatchObject({ status: 'open', disqualifyReason: null, stage: 'inquiry' });
    expect(valueOf(leadDetail(store, made.uuid, clock.nowMs)).timeInStageMs).toEqual({ inquiry: 2 * hour });
  });
});

describe('conversion', () => {
  it('makes an opportunity, closes the lead and shows the contact to sales; undo takes it all back', () => {
    const { store, contact, lead, leadOf, interaction } = shippedStore();
    const ann = contact({ marketingOnly: true });
    const made = lead({ contactId: ann.id });
    interaction(ann.id, 'formSubmitted');
    const converted = valueOf(convert(store, { id: made.uuid, amount: 5000 }));
    expect(leadOf(made.id)).toMatchObject({ status: 'qualified', score: 15 });
    expect(readStored(store, 'contact', ann.id)?.values.marketingOnly).toBe(false);
    expect(readStoredWhere(store, 'opportunity', '1 = 1')[0]?.values).toMatchObject({
      contactId: ann.id,
      leadId: made.id,
      amount: 5000,
      status: 'open',
    });
    interaction(ann.id, 'meetingHeld');
    const detail = valueOf(leadDetail(store, made.uuid, store.now()));
    expect(detail.scores[0]).toMatchObject({ score: 15, ledger: [{ points: 15 }] });
    undoWrite(store, converted.writeId);
    expect(leadOf(made.id)).toMatchObject({ status: 'open', score: 35 });
    expect(readStored(store, 'contact', ann.id)?.values.marketingOnly).toBe(true);
  });

  it('needs a parent', () => {
    const { store, lead } = shippedStore();
    expect(convert(store, { id: lead().uuid })).toMatchObject({ ok: false, error: { code: 'leadUnlinked' } });
  });
});

describe('linking', () => {
  it('to a contact credits what was recorded, scores and moves the lead', () => {
    const { store, contact, lead, interaction, leadOf } = shippedStore();
    const ann = contact();
    const made = lead();
    interaction(null, 'badgeScanned', { leadId: made.id });
    const linked = valueOf(link(store, { id: made.uuid, contactId: ann.uuid }));
    expect(linked.contactId).toBe(ann.uuid);
    expect(leadOf(made.id)).toMatchObject({ score: 10, stage: 'automatedMarketingQualification' });
    undoWrite(store, linked.writeId);
    expect(leadOf(made.id)).toMatchObject({ score: null, stage: 'inquiry', contactId: null });
  });

  it('makes the contact from the captured identity', () => {
    const { store, lead } = shippedStore();
    const made = lead({
      givenName: 'Eva',
      familyName: 'Maes',
      company: 'Contoso',
      emails: [email('eva@contoso.example')],
    });
    const linked = valueOf(link(store, { id: made.uuid, createContact: true }));
    const row = rowIdOf(store, 'contact', linked.contactId ?? '') ?? 0;
    expect(readStored(store, 'contact', row)).toMatchObject({
      label: 'Eva Maes',
      values: { company: 'Contoso', marketingOnly: true, email: 'eva@contoso.example' },
    });
  });

  it('of all unlinked leads matches by email, makes one contact for two leads of a person, and leaves doubts', async () => {
    const { store, contact, lead, leadOf } = shippedStore();
    const known = contact({ emails: [email('known@contoso.example')] });
    for (let n = 0; n < 2; n += 1) contact({ emails: [email('twice@contoso.example')] });
    const leads = [
      lead({ emails: [email('KNOWN@contoso.example')] }),
      lead({ emails: [email('new@contoso.example')] }),
      lead({ emails: [email('new@contoso.example')] }),
      lead({ familyName: 'Nobody' }),
      lead({ emails: [email('twice@contoso.example')] }),
    ];
    const done = valueOf(await linkAll(store, undefined, null));
    expect(done).toMatchObject({ linked: 4, created: 2, pending: 1 });
    const [first, second, third, fourth, fifth] = leads.map(({ id }) => leadOf(id).contactId);
    expect(first).toBe(known.id);
    expect(second).not.toBeNull();
    expect(third).toBe(second);
    expect(fourth).not.toBeNull();
    expect(fifth).toBeNull();
    expect(valueOf(await linkAll(store, undefined, null))).toMatchObject({
      linked: 0,
      created: 0,
      pending: 1,
      writeId: null,
    });
    undoWrite(store, done.writeId ?? 0);
    expect(leads.map(({ id }) => leadOf(id).contactId)).toEqual([null, null, null, null, null]);
  });
});

describe('interactions', () => {
  it('are recorded once per event key', () => {
    const { store, contact } = shippedStore();
    const ann = contact();
    const record = () =>
      valueOf(recordInteraction(store, { contactId: ann.uuid, kind: 'eventCheckedIn', eventKey: 'gate:1' }));
    const first = record();
    expect(first.alreadyKnown).toBe(false);
    expect(record()).toEqual({ id: first.id, alreadyKnown: true });
    expect(readStoredWhere(store, 'interaction', '1 = 1')).toHaveLength(1);
  });
});

describe('the timeline', () => {
  it('pages through everything of a contact, newest first, also when much happened at once', () => {
    const { store, contact, lead, interaction, wait } = shippedStore();
    const ann = contact();
    const made = lead({ contactId: ann.id });
    for (let n = 0; n < 30; n += 1) {
      if (n % 10 === 0) wait(1000);
      interaction(ann.id, 'emailOpened');
    }
    wait(1000);
    valueOf(setFlag(store, { id: made.uuid, flag: 'teleprospectReady', value: true }));
    const seen: string[] = [];
    let before: { atMs: number; id: string } | null = null;
    for (;;) {
      const page: ReturnType<typeof timelinePage> = timelinePage(store, 'contact', ann.id, 7, before, null);
      seen.push(...page.entries.map((entry) => `${entry.entity}:${entry.id}`));
      for (const [index, entry] of page.entries.entries()) {
        expect(entry.atMs).toBeLessThanOrEqual(page.entries[index - 1]?.atMs ?? Number.POSITIVE_INFINITY);
      }
      if (!page.next) break;
      before = page.next;
    }
    expect(new Set(seen).size).toBe(seen.length);
    // 30 interactions, two moves (first score, teleprospect ready), one task
    expect(seen).toHaveLength(33);
    const moves = timelinePage(store, 'lead', made.id, 50, null, ['stageMove']);
    expect(moves.entries.map((entry) => entry.kind)).toEqual(['teleprospectReady', 'firstScore']);
    expect(timelinePage(store, 'lead', made.id, 50, null, ['emailOpened']).entries).toHaveLength(30);
  });

  it('of an account adds up its contacts', () => {
    const { store, contact, interaction, lead } = shippedStore();
    const account = write(store, { cause: 'edit' }, (w) => createRecord(w, 'account', { name: 'Contoso' })).value;
    const ann = contact({ accountId: account.id });
    interaction(ann.id, 'formSubmitted');
    interaction(contact().id, 'formSubmitted');
    lead({ accountId: account.id });
    expect(timelinePage(store, 'account', account.id, 50, null, null).entries).toHaveLength(1);
  });

  it('reads interactions through their index', () => {
    const { store } = shippedStore();
    const plan = store
      .sql(
        `EXPLAIN QUERY PLAN SELECT uid FROM interaction WHERE deletedAtMs IS NULL AND interaction.contactId = 1
         AND interaction.occurredAtMs <= 5 ORDER BY interaction.occurredAtMs DESC, interaction.uid DESC LIMIT 10`,
      )
      .all() as { detail: string }[];
    expect(plan[0]?.detail).toContain('USING INDEX interaction_contact (contactId=? AND occurredAtMs<?)');
  });
});
