import { describe, expect, it } from 'vitest';
import type { InputOf } from '../../shared/contract/index.ts';
import { captureContract } from '../../shared/contract/leads.ts';
import { readWire } from '../../db/records/read.ts';
import { createRecord, setDeleted, updateRecord, write } from '../../db/records/write.ts';
import { undoWrite } from '../../db/change-log/undo.ts';
import { captureHandlers } from '../../electron/features/capture/capture.handlers.ts';
import { reviewHandlers } from '../../electron/features/review/review.handlers.ts';
import { shippedIds } from '../../electron/features/setup/shipped.ts';
import { contextOf } from '../helpers/context.ts';
import { type TestStore } from '../helpers/store.ts';
import { consent, booth, submit, counts, waiting, ada } from '../helpers/booth.ts';

describe('a capture at the booth', () => {
  it('makes the contact, the lead, the interaction and the consent of a new person in one write', () => {
    const { test, formId } = booth();
    const taken = submit(test, {
      formId,
      captureKey: 'a',
      values: ada,
      answers: [{ questionId: 'size', question: 'How many seats?', value: '2' }],
      consented: true,
    });
    expect(taken).toMatchObject({ outcome: 'created', reviewItemId: null, flagged: [] });
    expect(counts(test)).toEqual([1, 1, 1, 1]);
    expect(test.store.sql("SELECT count(*) AS count FROM write WHERE cause = 'capture'").get()).toEqual({ count: 1 });
    expect(readWire(test.store, 'contact', taken.contactId ?? '')).toMatchObject({
      label: 'Ada Lovelace',
      consentLevel: 'consent',
      marketingOnly: false,
      sourceDetail: 'Booth',
      phones: [{ e164: '+32475123456' }],
    });
    expect(readWire(test.store, 'lead', taken.leadId ?? '')).toMatchObject({
      topic: 'Looms',
      source: 'tradeShow',
      contactId: taken.contactId,
      answers: [{ questionId: 'size', value: '2' }],
    });
    expect(test.store.sql('SELECT before, after, wording, language FROM consent_change').get()).toEqual({
      before: 'none',
      after: 'consent',
      wording: consent.wording,
      language: 'en',
    });
  });

  it('takes the same capture twice for one', () => {
    const { test, formId } = booth();
    const first = submit(test, { formId, captureKey: 'a', values: ada });
    expect(submit(test, { formId, captureKey: 'a', values: {} })).toEqual({
      ...first,
      newLead: false,
      outcome: 'alreadyTaken',
      writeId: null,
    });
    expect(counts(test)).toEqual([1, 1, 1, 0]);
  });

  it('updates a known person and gives them a new lead', () => {
    const { test, formId } = booth();
    const known = write(test.store, { cause: 'edit' }, (w) =>
      createRecord(w, 'contact', {
        givenName: 'Augusta',
        emails: [
          { address: 'ADA@engines.example', kind: 'work', primary: true, optedOut: false, bounced: false, valid: true },
        ],
      }),
    ).value;
    const taken = submit(test, { formId, captureKey: 'a', values: ada });
    expect(taken).toMatchObject({ outcome: 'updated', contactId: known.uuid });
    expect(readWire(test.store, 'contact', known.uuid)).toMatchObject({
      givenName: 'Augusta',
      familyName: 'Lovelace',
      company: 'Engines',
    });
    expect(counts(test)).toEqual([1, 1, 1, 0]);
  });

  it('keeps with the visit what a known person says besides what their lead holds already', () => {
    const { test, formId } = booth();
    const said = (captureKey: string) =>
      test.store.sql('SELECT detail FROM interaction WHERE eventKey = ?').pluck().get(`capture:${captureKey}`);
    const answer = (value: string) => [{ questionId: 'size', question: 'How many seats?', value }];
    submit(test, { formId, captureKey: 'a', values: { ...ada, topic: 'Robots' }, answers: answer('1') });
    submit(test, { formId, captureKey: 'b', values: { ...ada, topic: 'robots' }, answers: answer('1') });
    submit(test, { formId, captureKey: 'c', values: { ...ada, topic: 'Drones', role: 'decisionMaker' } });
    submit(test, { formId, captureKey: 'd', values: { ...ada, topic: '', role: 'champion' }, answers: answer('2') });
    expect(counts(test)).toEqual([1, 1, 4, 0]);
    expect(['a', 'b', 'c', 'd'].map(said)).toEqual([
      null,
      null,
      'Interest: Drones',
      'Role: champion\nHow many seats? 2',
    ]);
  });

  it('finds the open lead of the same person and event, and starts a new one when that was closed', () => {
    const { test, formId } = booth();
    const first = submit(test, { formId, captureKey: 'a', values: ada });
    expect(submit(test, { formId, captureKey: 'b', values: { ...ada, jobTitle: 'Countess' } })).toMatchObject({
      outcome: 'updated',
      leadId: first.leadId,
    });
    expect(counts(test)).toEqual([1, 1, 2, 0]);
    test.store.sql("UPDATE lead SET status = 'qualified'").run();
    expect(submit(test, { formId, captureKey: 'c', values: ada }).leadId).not.toBe(first.leadId);
  });

  it('keeps an impossible value as it came, flags it, and takes the capture', () => {
    const { test, formId } = booth();
    const taken = submit(test, { formId, captureKey: 'a', values: { ...ada, phone: 'ask Bob' } });
    expect(taken).toMatchObject({ outcome: 'created', flagged: ['phone'] });
    expect(readWire(test.store, 'contact', taken.contactId ?? '')).toMatchObject({
      phones: [{ number: 'ask Bob', e164: null, valid: false }],
      flaggedValues: [{ field: 'phone', value: 'ask Bob' }],
    });
  });

  it('refuses what the form requires and lacks, and writes nothing', () => {
    const { test, formId } = booth();
    const result = captureHandlers['capture.submit'](
      captureContract['capture.submit'].input.parse({
        formId,
        captureKey: 'a',
        values: { email: 'a@x.example', givenName: ' ' },
      }),
      contextOf(test),
    );
    expect(result).toMatchObject({ ok: false, error: { code: 'requiredField', details: { field: 'givenName' } } });
    expect(counts(test)).toEqual([0, 0, 0, 0]);
  });

  it.each([
    ['leadsOnly', [0, 1, 1, 0]],
    ['contactsOnly', [1, 0, 1, 1]],
    ['alwaysNewLead', [1, 1, 1, 1]],
  ] as const)('follows the mode %s', (mode, expected) => {
    const { test, formId } = booth({ mode });
    submit(test, { formId, captureKey: 'a', values: ada, consented: true });
    expect(counts(test)).toEqual(expected);
  });

  it('always makes a new lead where the form says so', () => {
    const { test, formId } = booth({ mode: 'alwaysNewLead' });
    submit(test, { formId, captureKey: 'a', values: ada });
    submit(test, { formId, captureKey: 'b', values: ada });
    expect(counts(test)).toEqual([1, 2, 2, 0]);
  });

  it('is taken back as a whole', () => {
    const { test, formId } = booth();
    const taken = submit(test, { formId, captureKey: 'a', values: ada, consented: true });
    expect(undoWrite(test.store, taken.writeId ?? 0).ok).toBe(true);
    expect(counts(test)).toEqual([0, 0, 0, 0]);
  });
});

describe('a capture that cannot be decided', () => {
  const noEmail = { givenName: 'Ada', familyName: 'Lovelace', phone: '+32 475 12 34 56', company: 'Engines' };

  it('waits with everything that was entered, and is carried out when the email is added', () => {
    const { test, formId } = booth();
    const answers = [{ questionId: 'size', question: 'How many seats?', value: '2' }];
    const taken = submit(test, { formId, captureKey: 'a', values: noEmail, answers, consented: true });
    expect(taken).toMatchObject({ outcome: 'pending', contactId: null, leadId: null });
    expect(counts(test)).toEqual([0, 0, 0, 0]);
    expect(submit(test, { formId, captureKey: 'a', values: noEmail })).toMatchObject({
      outcome: 'alreadyTaken',
      reviewItemId: taken.reviewItemId,
    });
    const [item] = waiting(test);
    expect(item).toMatchObject({ reason: 'blankKey', source: 'capture', values: noEmail });
    const resolved = reviewHandlers['reviewQueue.resolve'](
      { id: item?.id ?? '', action: 'retry', values: { email: 'ada@engines.example' } },
      contextOf(test),
    );
    expect(resolved).toMatchObject({ ok: true, value: { outcome: 'created' } });
    expect(counts(test)).toEqual([1, 1, 1, 1]);
    expect(waiting(test)).toEqual([]);
    expect(test.store.sql('SELECT answers FROM lead').pluck().get()).toContain('"value":"2"');
  });

  it('proposes whoever has the same number, and takes the choice', () => {
    const { test, formId } = booth();
    const known = submit(test, { formId, captureKey: 'known', values: ada });
    submit(test, { formId, captureKey: 'a', values: { ...noEmail, givenName: 'A.' } });
    const [item] = waiting(test);
    expect(item?.candidates).toEqual([expect.objectContaining({ id: known.contactId, label: 'Ada Lovelace' })]);
    reviewHandlers['reviewQueue.resolve'](
      { id: item?.id ?? '', action: 'useCandidate', candidateId: known.contactId ?? '' },
      contextOf(test),
    );
    expect(counts(test)).toEqual([1, 1, 2, 0]);
  });

  it('needs no email where the person was recognised and chosen', () => {
    const { test, formId } = booth();
    const known = submit(test, { formId, captureKey: 'known', values: ada });
    const taken = submit(test, {
      formId,
      captureKey: 'a',
      values: { givenName: 'Ada' },
      contactId: known.contactId ?? '',
    });
    expect(taken).toMatchObject({ contactId: known.contactId, leadId: known.leadId });
  });

  it('lets a decision be taken back: what it wrote is undone, and the item waits again', () => {
    const { test, formId } = booth();
    submit(test, { formId, captureKey: 'a', values: noEmail });
    const [item] = waiting(test);
    const id = item?.id ?? '';
    const made = reviewHandlers['reviewQueue.resolve']({ id, action: 'create' }, contextOf(test));
    expect(counts(test)).toEqual([1, 1, 1, 0]);
    const writeId = made.ok ? made.value.writeId : null;
    expect(reviewHandlers['reviewQueue.reopen']({ id, writeId }, contextOf(test))).toMatchObject({ ok: true });
    expect(counts(test)).toEqual([0, 0, 0, 0]);
    expect(waiting(test)).toEqual([item]);
    reviewHandlers['reviewQueue.resolve']({ id, action: 'skip' }, contextOf(test));
    expect(waiting(test)).toEqual([]);
    reviewHandlers['reviewQueue.reopen']({ id, writeId: null }, contextOf(test));
    expect(waiting(test)).toEqual([item]);
    expect(reviewHandlers['reviewQueue.reopen']({ id, writeId: null }, contextOf(test))).toMatchObject({
      error: { code: 'notFound' },
    });
  });

  it('makes the person without more where somebody says so, or drops it', () => {
    const { test, formId } = booth();
    for (const captureKey of ['a', 'b']) submit(test, { formId, captureKey, values: noEmail });
    const [first, second] = waiting(test);
    reviewHandlers['reviewQueue.resolve']({ id: first?.id ?? '', action: 'create' }, contextOf(test));
    expect(
      reviewHandlers['reviewQueue.resolve']({ id: second?.id ?? '', action: 'skip' }, contextOf(test)),
    ).toMatchObject({
      ok: true,
      value: { outcome: 'skipped' },
    });
    expect(counts(test)).toEqual([1, 1, 1, 0]);
    expect(
      reviewHandlers['reviewQueue.resolve']({ id: first?.id ?? '', action: 'skip' }, contextOf(test)),
    ).toMatchObject({
      ok: false,
      error: { code: 'notFound' },
    });
  });
});

describe('consent', () => {
  const change = (test: TestStore, contactId: string, level: InputOf<'consent.set'>['level']) =>
    captureHandlers['consent.set'](
      { contactId, level, wording: `I choose ${level}`, language: 'nl', source: 'Page' },
      contextOf(test),
    );

  it('is recorded up and down with its wording, and not where nothing changes', () => {
    const { test, formId } = booth();
    const contactId = submit(test, { formId, captureKey: 'a', values: ada, consented: true }).contactId ?? '';
    expect(change(test, contactId, 'marketing')).toMatchObject({ ok: true });
    expect(change(test, contactId, 'marketing')).toEqual({ ok: true, value: { writeId: null } });
    expect(change(test, contactId, 'none')).toMatchObject({ ok: true });
    expect(test.store.sql('SELECT before, after, wording FROM consent_change ORDER BY id').all()).toEqual([
      { before: 'none', after: 'consent', wording: consent.wording },
      { before: 'consent', after: 'marketing', wording: 'I choose marketing' },
      { before: 'marketing', after: 'none', wording: 'I choose none' },
    ]);
  });

  it('at a form takes nothing back that was agreed to before, and never profiles a child', () => {
    const { test, formId } = booth({ consent: { ...consent, level: 'profiling' } });
    const known = submit(test, { formId, captureKey: 'a', values: ada });
    const row = test.store.sql('SELECT id FROM contact').pluck().get() as number;
    write(test.store, { cause: 'edit' }, (w) => updateRecord(w, 'contact', row, { child: true }));
    submit(test, { formId, captureKey: 'b', values: ada, consented: true });
    expect(readWire(test.store, 'contact', known.contactId ?? '')).toMatchObject({ consentLevel: 'marketing' });
    change(test, known.contactId ?? '', 'profiling');
    expect(readWire(test.store, 'contact', known.contactId ?? '')).toMatchObject({ consentLevel: 'marketing' });
  });

  it('of somebody in the bin is refused', () => {
    const { test, formId } = booth();
    const contactId = submit(test, { formId, captureKey: 'a', values: ada }).contactId ?? '';
    write(test.store, { cause: 'edit' }, (w) => setDeleted(w, 'contact', 1, true));
    expect(change(test, contactId, 'consent')).toMatchObject({ ok: false, error: { code: 'notFound' } });
  });
});

describe('beside the form', () => {
  it('suggests who is known by part of a name and by number, and lists the captures of today', () => {
    const { test, formId } = booth();
    const taken = submit(test, { formId, captureKey: 'a', values: ada });
    const context = contextOf(test);
    for (const search of ['love', '0475/12.34.56', 'engines']) {
      expect(captureHandlers['capture.suggest']({ search, limit: 6 }, context)).toEqual({
        ok: true,
        value: {
          contacts: [
            {
              id: taken.contactId,
              label: 'Ada Lovelace',
              company: 'Engines',
              email: 'ada@engines.example',
              allowPrefill: false,
            },
          ],
        },
      });
    }
    expect(captureHandlers['capture.today']({ formId, limit: 10 }, context)).toMatchObject({
      ok: true,
      value: {
        total: 1,
        rows: [{ leadId: taken.leadId, contactId: taken.contactId, label: 'Ada Lovelace', topic: 'Looms' }],
      },
    });
    expect(captureHandlers['capture.form']({ id: formId }, context)).toMatchObject({
      ok: true,
      value: { eventName: 'Contoso day' },
    });
    expect(captureHandlers['capture.form']({ id: shippedIds.process }, context)).toMatchObject({ ok: false });
  });
});
