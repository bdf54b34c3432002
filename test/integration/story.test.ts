/**
 * The whole story through the terminal host, the headless twin of test/e2e/story.spec.ts: import, capture, score,
 * process, call queue, segment, export, a second laptop, a receipt of HQ.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CallName, InputOf, OutputOf } from '../../shared/contract/index.ts';
import type { Query } from '../../shared/rules/segment/schema.ts';
import { outpost, outpostJson } from '../helpers/outpost.ts';
import { temporaryFolder } from '../helpers/store.ts';

const sharedData = join(import.meta.dirname, '../../../shared/data');

type Imported = {
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  pending: number;
  failed: number;
  importId: string;
};

const callOn =
  (db: string) =>
  <N extends CallName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> =>
    outpostJson(['call', name, JSON.stringify(input), '--db', db]);

const conferenceDecisionMakers: Query = {
  version: 1,
  where: {
    kind: 'group',
    match: 'all',
    nodes: [
      {
        kind: 'related',
        relation: 'leads',
        quantifier: { kind: 'atLeast', count: 1 },
        where: {
          kind: 'group',
          match: 'all',
          nodes: [{ kind: 'row', field: 'topic', operator: 'is', values: ['Contoso conference'] }],
        },
      },
      { kind: 'row', field: 'role', operator: 'is', values: ['decisionMaker'] },
    ],
  },
};

describe('the story, through the terminal', () => {
  it('captures, scores, calls, segments and reports without a network', { timeout: 240_000 }, async () => {
    const folder = temporaryFolder();
    const db = join(folder, 'first.outpost');
    const call = callOn(db);

    // 1. a new, encrypted workspace; the recovery code works
    const made = await outpostJson<{ recoveryCode: string; hqRecoveryFile: string }>([
      'init',
      '--db',
      db,
      '--name',
      'Ann',
      '--role',
      'marketer',
      '--country',
      'BE',
    ]);
    expect(made.recoveryCode).toMatch(/^([0-9A-Z]{4}-){8}[0-9A-Z]{4}$/);
    expect(readFileSync(db).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
    expect(
      (await outpost(['call', 'session.get', '{}', '--db', db], { OUTPOST_PASSPHRASE: 'not this one' })).status,
    ).toBe(1);
    const recovered = await outpost(['workspace', 'recover', '--db', db], {
      OUTPOST_RECOVERY_CODE: made.recoveryCode.toLowerCase(),
      OUTPOST_PASSPHRASE: 'another passphrase',
    });
    expect(recovered).toMatchObject({ status: 0 });
    await outpost(['workspace', 'recover', '--db', db], { OUTPOST_RECOVERY_CODE: made.recoveryCode });
    expect(await call('session.get', {})).toMatchObject({ userName: 'Ann', role: 'marketer', region: 'BE' });

    // 2. import, twice
    const file = join(folder, 'visitors.csv');
    writeFileSync(
      file,
      [
        'First Name,Last Name,Company,Job Title,Email,Phone,Role',
        'Eva,Maes,Contoso,CEO,eva.maes@contoso.example,0475 12 34 56,decision maker',
        'Bart,Claes,Fabrikam,Buyer,bart@fabrikam.example,not a number,',
        'No,Email,Northwind,,,,',
      ].join('\r'),
    );
    expect(await outpostJson<Imported>(['import', file, '--db', db])).toMatchObject({
      rows: 3,
      created: 3,
      updated: 0,
      pending: 0,
      failed: 0,
    });
    expect(await outpostJson<Imported>(['import', file, '--db', db])).toMatchObject({
      rows: 3,
      created: 0,
      updated: 0,
      failed: 0,
    });
    const { rows: people, total } = await call('contacts.list', { limit: 10 });
    expect(total).toBe(3);
    const eva = people.find((each) => each.email === 'eva.maes@contoso.example');
    expect(eva).toMatchObject({ label: 'Eva Maes', role: 'decisionMaker' });
    const bart = people.find((each) => each.givenName === 'Bart');
    expect(bart?.flaggedValues).toHaveLength(1);

    // 3. at the booth: a known person gets a new lead, a new one becomes contact and lead
    const { rows: forms } = await call('captureForms.list', { limit: 10 });
    const form = forms[0];
    if (!form || !eva) throw new Error('no form or no contact');
    const answers = (which: 0 | -1) =>
      form.definition.questions.map((question) => ({
        questionId: question.id,
        question: question.label,
        value: question.options.at(which) ?? '',
      }));
    const known = await call('capture.submit', {
      formId: form.id,
      captureKey: 'booth-1',
      values: { givenName: 'Eva', familyName: 'Maes', email: 'EVA.MAES@contoso.example', topic: 'Contoso conference' },
      answers: answers(-1),
      consented: true,
    });
    expect(known).toMatchObject({ contactId: eva.id });
    const fresh = await call('capture.submit', {
      formId: form.id,
      captureKey: 'booth-2',
      values: {
        givenName: 'สมชาย',
        familyName: 'ใจดี',
        company: 'Siam',
        email: 'somchai@siam.example',
        topic: 'Contoso conference',
      },
      answers: answers(0),
      consented: true,
    });
    expect(fresh).toMatchObject({ outcome: 'created' });
    expect(
      await call('capture.submit', {
        formId: form.id,
        captureKey: 'booth-2',
        values: {},
        answers: [],
        consented: false,
      }),
    ).toMatchObject({ outcome: 'alreadyTaken' });
    const consents = await call('consentChanges.list', { limit: 10 });
    expect(consents.rows.find((row) => row.contactId === eva.id)?.wording).toBe(form.definition.consent?.wording);

    // 4. scored, and moved by the first score
    if (!known.leadId || !fresh.leadId || !fresh.contactId) throw new Error('no lead');
    const scored = await call('leads.detail', { id: known.leadId });
    const score = scored.scores[0];
    expect(score?.ledger.reduce((sum, entry) => sum + entry.points, 0)).toBe(score?.score);
    expect(scored.lead.stage).toBe('automatedMarketingQualification');
    await call('contacts.update', { id: fresh.contactId, values: { role: 'decisionMaker' } });
    for (const kind of [
      'eventCheckedIn',
      'badgeScanned',
      'meetingHeld',
      'callConnected',
      'emailClicked',
      'surveyAnswered',
    ] as const) {
      await call('interactions.record', {
        contactId: fresh.contactId,
        leadId: fresh.leadId,
        kind,
        eventKey: `${kind}-1`,
      });
    }
    const ready = await call('leads.detail', { id: fresh.leadId });
    expect(ready.lead).toMatchObject({ salesReady: true, stage: 'salesAcceptance' });

    // 5. by hand: back, and to teleprospecting
    await call('leads.setFlag', { id: known.leadId, flag: 'teleprospectReady', value: true });
    expect((await call('leads.get', { id: known.leadId })).stage).toBe('teleprospectAcceptance');

    // 6. the call queue says whom and why; the outcome moves the lead
    const phone = {
      number: '0475 12 34 56',
      e164: null,
      extension: null,
      kind: 'mobile' as const,
      primary: true,
      doNotCall: false,
      valid: true,
    };
    await call('contacts.update', { id: eva.id, values: { phones: [phone] } });
    const queue = await outpostJson<{ items: { leadId: string; why: unknown[] }[] }>(['queue', '--db', db]);
    const waiting = await call('queue.list', { limit: 10 });
    expect(queue.items.length + waiting.notNow.reduce((sum, each) => sum + each.count, 0)).toBeGreaterThan(0);
    const outcome = await call('queue.record', {
      leadId: known.leadId,
      outcome: 'connected',
      notes: 'Wants a demonstration',
      teleprospectAccepted: true,
      salesReady: true,
      qualification: { purchaseNeed: 'mustHave', purchaseTimeFrame: 'immediate', decisionMaker: true },
    });
    expect(outcome.stage).toBe('salesAcceptance');
    const sellers = await call('leads.list', { limit: 10, view: 'salesReady' });
    expect(sellers.rows.map((row) => row.id).toSorted()).toEqual([known.leadId, fresh.leadId].toSorted());

    // 7. the segment
    const question = join(folder, 'question.json');
    writeFileSync(question, JSON.stringify(conferenceDecisionMakers));
    const found = await outpostJson<{ count: number; ids: string[] }>(['segment', question, '--db', db]);
    expect(found.ids.toSorted()).toEqual([eva.id, fresh.contactId].toSorted());
    const segment = await call('segments.create', {
      values: { name: 'Conference decision makers', query: conferenceDecisionMakers },
    });
    expect(await call('segments.goLive', { id: segment.id })).toMatchObject({ memberCount: 2 });
    expect((await call('segments.members', { segmentId: segment.id })).total).toBe(2);

    // 8. to HQ, once; and to a second laptop
    const before = await call('hq.status', {});
    expect(before.notYetExported).toBeGreaterThan(0);
    const out = join(folder, 'out');
    const bundle = await outpostJson<{ changes: number; files: { name: string }[] }>([
      'export',
      '--db',
      db,
      '--format',
      'bundle',
      '--out',
      out,
    ]);
    expect(bundle.changes).toBe(before.notYetExported);
    expect(await call('hq.status', {})).toMatchObject({ notYetExported: 0, notYetReceived: bundle.changes });
    expect(await outpostJson(['export', '--db', db, '--format', 'bundle', '--out', out])).toMatchObject({
      changes: 0,
      files: [],
    });
    const again = await outpostJson<{ changes: number }>([
      'export',
      '--db',
      db,
      '--format',
      'bundle',
      '--again',
      '--out',
      join(folder, 'again'),
    ]);
    expect(again.changes).toBe(bundle.changes);
    const bundleFile = join(out, bundle.files[0]?.name ?? '');

    const invite = join(folder, 'join.outpostinvite');
    expect((await outpost(['workspace', 'invite', '--db', db, '--out', invite])).status).toBe(0);
    const second = join(folder, 'second.outpost');
    await outpostJson([
      'init',
      '--db',
      second,
      '--join',
      invite,
      '--name',
      'Bo',
      '--role',
      'seller',
      '--country',
      'TH',
    ]);
    await outpostJson(['receive', bundleFile, '--db', second]);
    await outpostJson(['receive', bundleFile, '--db', second]);
    const there = callOn(second);
    const theirs = await there('contacts.list', { limit: 50 });
    const ours = await call('contacts.list', { limit: 50 });
    const plain = (rows: typeof ours.rows) =>
      rows.map(({ id, label, emails, phones, role, consentLevel }) => ({
        id,
        label,
        emails,
        phones,
        role,
        consentLevel,
      }));
    expect(plain(theirs.rows)).toEqual(plain(ours.rows));
    const theirLead = await there('leads.detail', { id: fresh.leadId });
    expect(theirLead.lead).toMatchObject({ stage: 'salesAcceptance', salesReady: true, score: ready.lead.score });

    // HQ answers with a receipt
    const receipt = join(folder, 'receipt.outpostreceipt');
    const desk = [
      'hq',
      'receive',
      bundleFile,
      '--key',
      made.hqRecoveryFile,
      '--hq',
      join(folder, 'hq'),
      '--out',
      receipt,
    ];
    expect(await outpost(desk)).toMatchObject({ status: 0 });
    await outpostJson(['receive', receipt, '--db', db]);
    expect(await call('hq.status', {})).toMatchObject({ notYetReceived: 0 });

    // a file for Dynamics 365
    const dynamics = join(folder, 'dynamics');
    await outpostJson(['export', '--db', db, '--format', 'dynamics365', '--out', dynamics]);
    const csv = readdirSync(dynamics).find((name) => name.endsWith('.csv')) ?? '';
    expect(readFileSync(join(dynamics, csv), 'utf8').split(/\r?\n/)[0]).toMatch(
      /^Topic,Salutation,First Name,Middle Name,Last Name/,
    );

    expect(await outpost(['check', '--db', db])).toMatchObject({ status: 0 });
    expect(await outpost(['check', '--db', second])).toMatchObject({ status: 0 });
  });

  it.skipIf(!existsSync(sharedData))(
    'imports the three real files: 1, 100 and 500 of their kind, once',
    { timeout: 120_000 },
    async () => {
      const db = join(temporaryFolder(), 'real.outpost');
      await outpostJson(['init', '--db', db]);
      const call = callOn(db);
      for (const [file, rows] of [
        ['crm/eventbrite/eventbrite_attendees.csv', 1],
        ['crm/datablist/leads-100.csv', 100],
        ['crm/brian-dunning/uk-500.csv', 500],
      ] as const) {
        const path = join(sharedData, file);
        expect(await outpostJson<Imported>(['import', path, '--db', db])).toMatchObject({
          rows,
          created: rows,
          failed: 0,
          pending: 0,
        });
        expect(await outpostJson<Imported>(['import', path, '--db', db])).toMatchObject({
          rows,
          created: 0,
          updated: 0,
          failed: 0,
        });
      }
      expect((await call('leads.list', { limit: 1 })).total).toBe(100);
      expect((await call('contacts.list', { limit: 1 })).total).toBe(501);
      expect((await call('registrations.list', { limit: 1 })).total).toBe(1);
    },
  );
});
