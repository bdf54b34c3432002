import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { undoWrite } from '../../db/change-log/undo.ts';
import { derivedData } from '../../db/derived/checks.ts';
import { settleAllDue } from '../../db/derived/score-expiry.ts';
import { linkLead } from '../../db/records/lead-life.ts';
import { readStoredWhere, rowIdOf } from '../../db/records/read.ts';
import { scoresOf } from '../../db/records/score.ts';
import { createRecord, setDeleted, updateRecord, write } from '../../db/records/write.ts';
import { shippedIds } from '../../electron/features/setup/shipped.ts';
import { shippedScoring } from '../../electron/features/setup/shipped-scoring.ts';
import { shippedStore } from '../helpers/leads.ts';

const day = 86_400_000;

describe('scores', () => {
  it('follow a capture: form, need and time frame put a lead in the middle, in the same write', () => {
    const { store, contact, leadOf } = shippedStore();
    const ann = contact({ company: 'Contoso' });
    const answers = [
      { questionId: 'purchaseNeed', question: 'How much?', value: 'Must have' },
      { questionId: 'purchaseTimeFrame', question: 'When?', value: 'Immediate' },
    ];
    const lead = write(store, { cause: 'capture' }, (w) => {
      const made = createRecord(w, 'lead', { topic: 'Pumps', contactId: ann.id, answers });
      createRecord(w, 'interaction', {
        kind: 'formSubmitted',
        occurredAtMs: w.atMs,
        eventKey: 'capture:1',
        contactId: ann.id,
        leadId: made.id,
      });
      return made;
    }).value;
    expect(leadOf(lead.id)).toMatchObject({ score: 50, grade: 'B', salesReady: false, purchaseNeed: 'mustHave' });
  });

  it('reach the threshold by capture, check-in and the role of decision maker, and stay sales ready after a drop', () => {
    const { store, contact, lead, interaction, leadOf, wait } = shippedStore();
    const ann = contact();
    const made = lead({ contactId: ann.id });
    interaction(ann.id, 'formSubmitted');
    interaction(ann.id, 'eventCheckedIn');
    expect(leadOf(made.id)).toMatchObject({ score: 40, salesReady: false });
    write(store, { cause: 'edit' }, (w) => updateRecord(w, 'contact', ann.id, { role: 'decisionMaker' }));
    expect(leadOf(made.id)).toMatchObject({ score: 60, grade: 'A', salesReady: true, stage: 'salesAcceptance' });

    wait(180 * day);
    settleAllDue(store);
    expect(leadOf(made.id)).toMatchObject({ score: 20, grade: 'D', salesReady: true, stage: 'salesAcceptance' });
  });

  it('of every open lead of the contact change, of closed ones they stay', () => {
    const { store, contact, lead, interaction, leadOf } = shippedStore();
    const ann = contact();
    const leads = [lead({ contactId: ann.id }), lead({ contactId: ann.id }), lead({ contactId: ann.id })];
    interaction(ann.id, 'formSubmitted');
    const closed = leads[2]?.id ?? 0;
    write(store, { cause: 'edit' }, (w) => updateRecord(w, 'lead', closed, { status: 'disqualified' }));
    interaction(ann.id, 'meetingHeld');
    expect(leads.map(({ id }) => leadOf(id).score)).toEqual([35, 35, 15]);
    expect(scoresOf(store, closed)[0]?.ledger?.map((entry) => entry.points)).toEqual([15]);
    write(store, { cause: 'edit' }, (w) => updateRecord(w, 'lead', closed, { status: 'open' }));
    expect(leadOf(closed).score).toBe(35);
  });

  it('need consent, no child and a parent; they come when these do', () => {
    const { store, contact, lead, leadOf, interaction } = shippedStore();
    const ann = contact({ consentLevel: 'none' });
    const made = lead();
    interaction(null, 'formSubmitted', { leadId: made.id });
    const patch = (values: object) =>
      write(store, { cause: 'edit' }, (w) => updateRecord(w, 'contact', ann.id, values));
    expect(leadOf(made.id)).toMatchObject({ score: null, stage: 'inquiry' });
    write(store, { cause: 'edit' }, (w) => linkLead(w, made.id, { contactId: ann.id }));
    expect(leadOf(made.id)).toMatchObject({ score: null, stage: 'inquiry' });
    patch({ consentLevel: 'consent' });
    expect(leadOf(made.id)).toMatchObject({ score: 15, stage: 'automatedMarketingQualification' });
    expect(readStoredWhere(store, 'interaction', 'contactId = ?', ann.id)).toHaveLength(1);
    patch({ child: true });
    expect(leadOf(made.id)).toMatchObject({ score: null, grade: null, scoredAtMs: null });
  });

  it('count an event key once, whoever recorded it', () => {
    const { contact, lead, interaction, leadOf } = shippedStore();
    const ann = contact();
    const made = lead({ contactId: ann.id });
    interaction(ann.id, 'eventCheckedIn', { eventKey: 'gate:7' });
    interaction(ann.id, 'eventCheckedIn', { eventKey: 'gate:7' });
    expect(leadOf(made.id).score).toBe(25);
  });

  it('go back with an undo, with the moves that they caused', () => {
    const { store, contact, lead, interaction, leadOf } = shippedStore();
    const ann = contact({ role: 'decisionMaker' });
    const made = lead({ contactId: ann.id });
    interaction(ann.id, 'formSubmitted');
    const last = interaction(ann.id, 'eventCheckedIn');
    expect(leadOf(made.id)).toMatchObject({ score: 60, stage: 'salesAcceptance', salesReady: true });
    const undone = undoWrite(store, last.writeId ?? 0);
    expect(undone.ok).toBe(true);
    expect(leadOf(made.id)).toMatchObject({ score: 35, stage: 'automatedMarketingQualification', salesReady: false });
    expect(readStoredWhere(store, 'task', 'deletedAtMs IS NULL')).toHaveLength(0);
    if (undone.ok) undoWrite(store, undone.value.writeId);
    expect(leadOf(made.id)).toMatchObject({ score: 60, stage: 'salesAcceptance', salesReady: true });
  });

  it('of an account lead add up what its contacts did', () => {
    const { store, contact, lead, interaction, leadOf } = shippedStore();
    const account = write(store, { cause: 'edit' }, (w) => {
      createRecord(w, 'scoringModel', {
        name: 'Accounts',
        target: 'accountLead',
        state: 'live',
        definition: { ...shippedScoring, minimumConsent: 'consent' },
      });
      return createRecord(w, 'account', { name: 'Contoso' });
    }).value;
    const made = lead({ accountId: account.id });
    const people = [contact({ accountId: account.id }), contact({ accountId: account.id })];
    const silent = contact({ accountId: account.id, consentLevel: 'none' });
    for (const each of [...people, silent]) interaction(each.id, 'formSubmitted');
    expect(leadOf(made.id).score).toBe(30);
    write(store, { cause: 'edit' }, (w) => updateRecord(w, 'contact', people[0]?.id ?? 0, { accountId: null }));
    expect(leadOf(made.id).score).toBe(15);
  });

  it('are worked out when a model goes live, and kept as stale when it stops', () => {
    const { store, contact, lead, interaction, leadOf } = shippedStore();
    const model = rowIdOf(store, 'scoringModel', shippedIds.scoringModel) ?? 0;
    const state = (to: 'live' | 'stopped') =>
      write(store, { cause: 'edit' }, (w) => updateRecord(w, 'scoringModel', model, { state: to }));
    const ann = contact();
    const made = lead({ contactId: ann.id });
    interaction(ann.id, 'formSubmitted');
    state('stopped');
    interaction(ann.id, 'meetingHeld');
    const [kept] = scoresOf(store, made.id);
    expect(kept).toMatchObject({ score: 15, stale: true });
    expect(kept?.ledger?.reduce((sum, entry) => sum + entry.points, 0)).toBe(15);
    expect(leadOf(made.id).score).toBe(15);
    state('live');
    expect(scoresOf(store, made.id)).toMatchObject([{ score: 35, stale: false, ledger: null }]);
  });

  it('are worked out by a sweep in small writes where there are many leads', () => {
    const { store, contact, interaction } = shippedStore();
    const model = rowIdOf(store, 'scoringModel', shippedIds.scoringModel) ?? 0;
    write(store, { cause: 'edit' }, (w) => updateRecord(w, 'scoringModel', model, { state: 'stopped' }));
    const ann = contact();
    interaction(ann.id, 'formSubmitted');
    write(store, { cause: 'seed' }, (w) => {
      for (let n = 0; n < 2100; n += 1) createRecord(w, 'lead', { topic: `Lead ${n}`, contactId: ann.id });
    });
    const scored = () => store.sql('SELECT count(*) FROM lead WHERE score IS NOT NULL').pluck().get();
    write(store, { cause: 'edit' }, (w) => updateRecord(w, 'scoringModel', model, { state: 'live' }));
    expect(scored()).toBe(0);
    settleAllDue(store);
    expect(scored()).toBe(2100);
    expect(store.sql("SELECT count(*) FROM lead WHERE stage = 'inquiry'").pluck().get()).toBe(0);
  });

  it('equal a rebuild after any sequence of changes', { timeout: 120_000 }, () => {
    const kinds = ['formSubmitted', 'eventCheckedIn', 'emailClicked', 'unsubscribed'] as const;
    const index = fc.integer({ min: 0, max: 3 });
    const step = fc.oneof(
      fc.record({ do: fc.constant('interact' as const), who: index, kind: fc.constantFrom(...kinds), key: index }),
      fc.record({ do: fc.constant('role' as const), who: index, yes: fc.boolean() }),
      fc.record({ do: fc.constant('consent' as const), who: index, yes: fc.boolean() }),
      fc.record({ do: fc.constant('link' as const), lead: index, who: fc.option(index) }),
      fc.record({ do: fc.constant('close' as const), lead: index, yes: fc.boolean() }),
      fc.record({ do: fc.constant('bin' as const), lead: index, yes: fc.boolean() }),
      fc.record({ do: fc.constant('binContact' as const), who: index, yes: fc.boolean() }),
      fc.record({ do: fc.constant('withdraw' as const) }),
      fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 100 }) }),
      fc.record({ do: fc.constant('undo' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 25 }), (steps) => {
        const { store, contact, lead, interaction, wait } = shippedStore();
        const people = [contact(), contact(), contact({ role: 'decisionMaker' }), contact()];
        const leads = people.map((person) => lead({ contactId: person.id }));
        const who = (at: number) => people[at]?.id ?? 0;
        const which = (at: number) => leads[at]?.id ?? 0;
        const edit = (work: Parameters<typeof write>[2]) => write(store, { cause: 'edit' }, work);
        let lastWrite = 0;
        for (const each of steps) {
          const result = (() => {
            switch (each.do) {
              case 'interact':
                return interaction(who(each.who), each.kind, { eventKey: `${each.kind}:${each.key}` });
              case 'role':
                return edit((w) => updateRecord(w, 'contact', who(each.who), { role: each.yes ? 'champion' : null }));
              case 'consent':
                return edit((w) =>
                  updateRecord(w, 'contact', who(each.who), { consentLevel: each.yes ? 'marketing' : 'none' }),
                );
              case 'link':
                return edit((w) =>
                  linkLead(w, which(each.lead), { contactId: each.who === null ? null : who(each.who) }),
                );
              case 'close':
                return edit((w) =>
                  updateRecord(w, 'lead', which(each.lead), { status: each.yes ? 'disqualified' : 'open' }),
                );
              case 'bin':
                return edit((w) => setDeleted(w, 'lead', which(each.lead), each.yes));
              case 'binContact':
                return edit((w) => setDeleted(w, 'contact', who(each.who), each.yes));
              case 'withdraw': {
                const [first] = readStoredWhere(store, 'interaction', 'deletedAtMs IS NULL ORDER BY id LIMIT 1');
                return first ? edit((w) => setDeleted(w, 'interaction', first.id, true)) : null;
              }
              case 'wait':
                wait(each.days * day);
                settleAllDue(store);
                return null;
              case 'undo':
                undoWrite(store, lastWrite);
                return null;
            }
          })();
          if (result?.writeId) lastWrite = result.writeId;
        }
        for (const each of derivedData) expect([each.name, each.check(store)]).toEqual([each.name, null]);
        const open = "SELECT id, score, grade FROM lead WHERE status = 'open' AND deletedAtMs IS NULL ORDER BY id";
        const before = store.sql(open).all();
        write(store, { cause: 'system' }, (w) => {
          for (const each of derivedData) each.rebuild(w);
        });
        expect(store.sql(open).all()).toEqual(before);
        store.connection.close();
      }),
      { numRuns: 25 },
    );
  });
});
