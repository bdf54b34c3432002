import { describe, expect, it } from 'vitest';
import { undoWrite } from '../../db/change-log/undo.ts';
import { settleAllDue } from '../../db/derived/score-expiry.ts';
import { readStoredWhere, rowIdOf } from '../../db/records/read.ts';
import { asReceived, createRecord, updateRecord, write } from '../../db/records/write.ts';
import { setFlag } from '../../electron/features/leads/leads.service.ts';
import { shippedIds } from '../../electron/features/setup/shipped.ts';
import { shippedProcess } from '../../electron/features/setup/shipped-process.ts';
import { shippedScoring } from '../../electron/features/setup/shipped-scoring.ts';
import { phone, shippedStore } from '../helpers/leads.ts';

const day = 86_400_000;

/** What another laptop did: not logged here. */
function receiving(shipped: ReturnType<typeof shippedStore>) {
  return (work: (w: Parameters<Parameters<typeof asReceived>[2]>[0]) => void) =>
    write(shipped.store, { cause: 'receive' }, (w) =>
      asReceived(w, { clock: w.clock, atMs: w.atMs }, (received) => work(received)),
    );
}

describe('rules of the process', () => {
  it('log what they do as theirs, under the write that made them fire', () => {
    const { store, contact, lead } = shippedStore();
    const ann = contact({ consentLevel: 'none' });
    lead({ contactId: ann.id });
    const edit = write(store, { cause: 'edit' }, (w) =>
      updateRecord(w, 'contact', ann.id, { consentLevel: 'consent' }),
    );
    const rules = store
      .sql('SELECT cause, causeLabel FROM write WHERE parentWriteId = ?')
      .all(edit.writeId) as unknown[];
    expect(rules).toEqual([{ cause: 'rule', causeLabel: 'firstScore' }]);
  });

  it('that set each other off in a ring come to rest', () => {
    const { store, contact, lead, leadOf } = shippedStore();
    const process = rowIdOf(store, 'process', shippedIds.process) ?? 0;
    const model = rowIdOf(store, 'scoringModel', shippedIds.scoringModel) ?? 0;
    // being in stage 2 gives points, reaching the threshold moves on, which takes them away
    write(store, { cause: 'edit' }, (w) => {
      updateRecord(w, 'scoringModel', model, {
        definition: {
          ...shippedScoring,
          salesReadyThreshold: 10,
          rows: [
            {
              id: 'there',
              name: 'There',
              points: 10,
              halfLifeDays: null,
              conditions: [
                {
                  entity: 'lead',
                  frequency: 'atLeastOnce',
                  lastDays: null,
                  where: {
                    kind: 'group',
                    match: 'all',
                    nodes: [
                      { kind: 'row', field: 'stage', operator: 'is', values: ['automatedMarketingQualification'] },
                    ],
                  },
                },
              ],
            },
          ],
        },
      });
      updateRecord(w, 'process', process, {
        definition: {
          ...shippedProcess,
          rules: [
            { id: 'back', on: 'salesReady', from: [], to: 'inquiry' },
            { id: 'on', on: 'firstScore', from: [], to: 'automatedMarketingQualification' },
          ],
        },
      });
    });
    const ann = contact();
    const made = lead({ contactId: ann.id });
    expect(leadOf(made.id)).toMatchObject({ stage: 'inquiry', salesReady: true, score: 0 });
  });

  it('keep a lead where it is when its stage is gone from the process', () => {
    const { store, contact, lead, interaction, leadOf } = shippedStore();
    const process = rowIdOf(store, 'process', shippedIds.process) ?? 0;
    const ann = contact();
    const made = lead({ contactId: ann.id });
    write(store, { cause: 'edit' }, (w) =>
      updateRecord(w, 'process', process, {
        definition: {
          ...shippedProcess,
          stages: shippedProcess.stages.filter((stage) => stage.id !== 'automatedMarketingQualification'),
        },
      }),
    );
    interaction(ann.id, 'formSubmitted');
    expect(leadOf(made.id)).toMatchObject({ stage: 'automatedMarketingQualification', score: 15 });
  });

  it('fire when time alone lifts a score over the threshold, and that travels', () => {
    const { store, contact, lead, interaction, leadOf, wait } = shippedStore();
    const ann = contact({ role: 'decisionMaker', company: 'Contoso' });
    const made = lead({ contactId: ann.id, purchaseNeed: 'mustHave', purchaseTimeFrame: 'immediate' });
    interaction(ann.id, 'unsubscribed');
    interaction(ann.id, 'formSubmitted');
    expect(leadOf(made.id)).toMatchObject({ score: 60, salesReady: true });

    const bob = contact({ role: 'decisionMaker', company: 'Contoso' });
    const other = lead({ contactId: bob.id, purchaseNeed: 'mustHave', purchaseTimeFrame: 'immediate' });
    interaction(bob.id, 'unsubscribed');
    interaction(bob.id, 'surveyAnswered');
    interaction(bob.id, 'surveyAnswered', { occurredAtMs: store.now() + 30 * day });
    expect(leadOf(other.id)).toMatchObject({ score: 50, salesReady: false });
    wait(30 * day);
    settleAllDue(store);
    expect(leadOf(other.id).score).toBe(55);
    interaction(bob.id, 'surveyAnswered', { occurredAtMs: store.now() + day });
    wait(day);
    settleAllDue(store);
    expect(leadOf(other.id)).toMatchObject({ score: 60, salesReady: true, stage: 'salesAcceptance' });
    expect(
      store
        .sql(
          "SELECT cause FROM write WHERE id = (SELECT parentWriteId FROM write WHERE causeLabel = 'salesReady' ORDER BY id DESC)",
        )
        .pluck()
        .get(),
    ).toBe('rule');
  });

  it('do not fire again when an undo puts flags back', () => {
    const { store, lead, leadOf } = shippedStore();
    const made = lead();
    const flag = setFlag(store, { id: made.uuid, flag: 'salesReady', value: true });
    if (!flag.ok) throw new Error('refused');
    // by hand to where the rule would not leave it
    write(store, { cause: 'edit' }, (w) => updateRecord(w, 'lead', made.id, { stage: 'inquiry' }));
    const cleared = write(store, { cause: 'edit' }, (w) => updateRecord(w, 'lead', made.id, { salesReady: false }));
    undoWrite(store, cleared.writeId ?? 0);
    expect(leadOf(made.id)).toMatchObject({ salesReady: true, stage: 'inquiry' });
  });
});

describe('what other laptops did', () => {
  it('is scored and queued, and fires nothing that has fired there', () => {
    const shipped = shippedStore();
    const { store, leadOf } = shipped;
    const receive = receiving(shipped);
    receive((w) => {
      const ann = createRecord(w, 'contact', {
        givenName: 'Ann',
        consentLevel: 'consent',
        role: 'decisionMaker',
        phones: [phone('+32475001001')],
      });
      // recycled there: above the threshold, and not to be marked again
      const values = { contactId: ann.id, processId: rowIdOf(store, 'process', shippedIds.process) };
      createRecord(w, 'lead', { ...values, topic: 'Recycled', stage: 'automatedMarketingQualification' });
      createRecord(w, 'lead', {
        ...values,
        topic: 'To call',
        stage: 'teleprospectAcceptance',
        teleprospectReady: true,
      });
      createRecord(w, 'interaction', {
        kind: 'eventCheckedIn',
        occurredAtMs: w.atMs,
        eventKey: 'gate',
        contactId: ann.id,
      });
      createRecord(w, 'interaction', {
        kind: 'meetingHeld',
        occurredAtMs: w.atMs,
        eventKey: 'talk',
        contactId: ann.id,
      });
    });
    expect(leadOf(1)).toMatchObject({ score: 65, salesReady: false, stage: 'automatedMarketingQualification' });
    expect(leadOf(2)).toMatchObject({ score: 65, salesReady: false, stage: 'teleprospectAcceptance' });
    expect(store.sql('SELECT leadId FROM call_queue_item').pluck().all()).toEqual([2]);
    expect(readStoredWhere(store, 'stageMove', '1 = 1')).toEqual([]);
  });

  it('crosses the threshold here when it does so only together with what is known here', () => {
    const shipped = shippedStore();
    const { contact, lead, interaction, leadOf } = shipped;
    const ann = contact({ role: 'decisionMaker' });
    const made = lead({ contactId: ann.id });
    interaction(ann.id, 'formSubmitted');
    expect(leadOf(made.id)).toMatchObject({ score: 35, salesReady: false });
    receiving(shipped)((w) =>
      createRecord(w, 'interaction', {
        kind: 'eventCheckedIn',
        occurredAtMs: w.atMs,
        eventKey: 'gate',
        contactId: ann.id,
      }),
    );
    expect(leadOf(made.id)).toMatchObject({ score: 60, salesReady: true, stage: 'salesAcceptance' });
  });
});
