import { describe, expect, it } from 'vitest';
import { captureFormDefinitionSchema } from '../../shared/rules/capture/definition.ts';
import { captureContract } from '../../shared/contract/leads.ts';
import { customFieldName } from '../../shared/model/custom-field.ts';
import { readWire, rowIdOf } from '../../db/records/read.ts';
import { createRecord, updateRecord, write } from '../../db/records/write.ts';
import { uidToUuid } from '../../db/uuid.ts';
import { captureHandlers } from '../../electron/features/capture/capture.handlers.ts';
import { reviewHandlers } from '../../electron/features/review/review.handlers.ts';
import { contextOf } from '../helpers/context.ts';
import { type TestStore } from '../helpers/store.ts';
import { booth, submit, waiting, ada } from '../helpers/booth.ts';

describe('a form that asks for fields of the workspace', () => {
  function withOwn(kind: 'contact' | 'lead', definition: { kind: 'text' | 'choice'; options?: string[] }) {
    const { test, formId } = booth();
    const made = write(test.store, { cause: 'edit' }, (w) =>
      createRecord(w, 'customField', {
        name: kind === 'contact' ? 'Badge colour' : 'Booth',
        entity: kind,
        kind: definition.kind,
        options: definition.options ?? [],
      }),
    ).value;
    const x = customFieldName(made.uuid);
    const form = rowIdOf(test.store, 'captureForm', formId) ?? 0;
    write(test.store, { cause: 'edit' }, (w) =>
      updateRecord(w, 'captureForm', form, {
        definition: captureFormDefinitionSchema.parse({
          fields: [{ field: 'givenName', required: true }, { field: 'email' }],
          own: [{ field: x, required: true }],
        }),
      }),
    );
    return { test, formId, x };
  }
  const valueOf = (test: TestStore, entity: 'contact' | 'lead', id: string | null, x: string) =>
    (readWire(test.store, entity, id ?? '') as unknown as Record<string, unknown>)[x];

  it('keeps each value in the record whose field it is', () => {
    const { test, formId, x } = withOwn('contact', { kind: 'choice', options: ['Red', 'Blue'] });
    const taken = submit(test, { formId, captureKey: 'a', values: ada, own: { [x]: 'Red' } });
    expect(valueOf(test, 'contact', taken.contactId, x)).toBe('Red');
    const lead = withOwn('lead', { kind: 'text' });
    const other = submit(lead.test, { formId: lead.formId, captureKey: 'a', values: ada, own: { [lead.x]: 'Hall 4' } });
    expect(valueOf(lead.test, 'lead', other.leadId, lead.x)).toBe('Hall 4');
  });

  it('insists on one that it requires', () => {
    const { test, formId } = withOwn('contact', { kind: 'text' });
    const result = captureHandlers['capture.submit'](
      captureContract['capture.submit'].input.parse({ formId, captureKey: 'a', values: ada, own: {} }),
      contextOf(test),
    );
    expect(result).toMatchObject({ ok: false, error: { code: 'requiredField' } });
  });

  it('overwrites nothing of a known person, and keeps what was said with the visit', () => {
    const { test, formId, x } = withOwn('contact', { kind: 'choice', options: ['Red', 'Blue'] });
    const first = submit(test, { formId, captureKey: 'a', values: ada, own: { [x]: 'Red' } });
    submit(test, { formId, captureKey: 'b', values: ada, own: { [x]: 'Blue' } });
    expect(valueOf(test, 'contact', first.contactId, x)).toBe('Red');
    const details = test.store.sql('SELECT detail FROM interaction ORDER BY id').pluck().all();
    expect(details).toEqual([null, 'Badge colour: Blue']);
  });

  it('flags a value that does not fit any more, and keeps it in words', () => {
    const { test, formId, x } = withOwn('contact', { kind: 'choice', options: ['Red'] });
    const taken = submit(test, { formId, captureKey: 'a', values: ada, own: { [x]: 'Green', x_000000000000: 'gone' } });
    expect(taken.flagged).toEqual([x]);
    expect(valueOf(test, 'contact', taken.contactId, x)).toBeNull();
    expect(test.store.sql('SELECT detail FROM interaction').pluck().get()).toBe('Badge colour: Green');
  });

  it('shows them in the review queue, where they can be put right, and carries them through', () => {
    const { test, formId, x } = withOwn('contact', { kind: 'choice', options: ['Red', 'Blue'] });
    const { givenName } = ada;
    const decide = (action: 'create' | 'retry', values: Record<string, string>) => {
      const done = reviewHandlers['reviewQueue.resolve'](
        { id: waiting(test)[0]?.id ?? '', action, values },
        contextOf(test),
      );
      if (!done.ok) throw new Error(done.error.code);
      return valueOf(test, 'contact', done.value.recordId === null ? null : contactOf(done.value.recordId), x);
    };
    const contactOf = (lead: string) =>
      (readWire(test.store, 'lead', lead) as unknown as { contactId: string }).contactId;
    submit(test, { formId, captureKey: 'a', values: { givenName }, own: { [x]: 'Red' } });
    submit(test, { formId, captureKey: 'b', values: { givenName }, own: { [x]: 'Red' } });
    submit(test, { formId, captureKey: 'c', values: { givenName }, own: { [x]: 'Red' } });
    expect(waiting(test)[0]?.values).toEqual({ givenName, [x]: 'Red' });
    expect(decide('create', {})).toBe('Red');
    expect(decide('create', { [x]: 'blue' })).toBe('Blue');
    expect(decide('create', { [x]: ' ' })).toBeNull();
  });

  it('keeps what was typed while it goes on waiting', () => {
    const { test, formId, x } = withOwn('contact', { kind: 'text' });
    const { givenName } = ada;
    submit(test, { formId, captureKey: 'a', values: { givenName }, own: { [x]: 'VIP' } });
    const id = waiting(test)[0]?.id ?? '';
    const retry = { id, action: 'retry' as const, values: { [x]: 'VIP of the day' } };
    expect(reviewHandlers['reviewQueue.resolve'](retry, contextOf(test))).toMatchObject({
      value: { outcome: 'pending' },
    });
    expect(waiting(test)[0]?.values).toEqual({ givenName, [x]: 'VIP of the day' });
    const done = reviewHandlers['reviewQueue.resolve']({ id, action: 'create' }, contextOf(test));
    if (!done.ok) throw new Error(done.error.code);
    const contact = test.store.sql('SELECT uid FROM contact').pluck().get() as Buffer;
    expect(valueOf(test, 'contact', uidToUuid(contact), x)).toBe('VIP of the day');
  });
});
