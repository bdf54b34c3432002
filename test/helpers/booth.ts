/** A booth with its capture form, and what captures leave behind. */
import { captureFormDefinitionSchema, type CaptureFormDefinition } from '../../shared/rules/capture/definition.ts';
import type { InputOf } from '../../shared/contract/index.ts';
import { captureContract } from '../../shared/contract/leads.ts';
import { createRecord, write } from '../../db/records/write.ts';
import { writeSetting } from '../../db/store.ts';
import { captureHandlers } from '../../electron/features/capture/capture.handlers.ts';
import { reviewHandlers } from '../../electron/features/review/review.handlers.ts';
import { writeShippedConfiguration } from '../../electron/features/setup/shipped.ts';
import { contextOf } from './context.ts';
import { freshStore, type TestStore } from './store.ts';

export const consent = { wording: 'Yes, call me about this.', language: 'en', level: 'consent' } as const;

export function booth(definition: Partial<CaptureFormDefinition> = {}) {
  const test = freshStore();
  const form = write(test.store, { cause: 'system' }, (w) => {
    writeSetting(test.store.connection, 'region', 'BE');
    writeShippedConfiguration(w);
    const event = createRecord(w, 'event', { name: 'Contoso day' });
    return createRecord(w, 'captureForm', {
      name: 'Booth',
      eventId: event.id,
      definition: captureFormDefinitionSchema.parse({
        fields: [{ field: 'givenName', required: true }, { field: 'email' }, { field: 'phone' }],
        questions: [{ id: 'size', label: 'How many seats?', kind: 'oneOf', options: ['1', '2'], required: false }],
        consent,
        ...definition,
      }),
    });
  }).value;
  return { test, formId: form.uuid };
}

export type Submit = InputOf<'capture.submit'>;

export function submit(test: TestStore, input: Submit) {
  const result = captureHandlers['capture.submit'](
    captureContract['capture.submit'].input.parse(input),
    contextOf(test),
  );
  if (!result.ok) throw new Error(`${result.error.code} ${JSON.stringify(result.error.details)}`);
  return result.value;
}

export const count = (test: TestStore, table: string): number =>
  (test.store.sql(`SELECT count(*) AS count FROM ${table} WHERE deletedAtMs IS NULL`).get() as { count: number }).count;

export const counts = (test: TestStore) =>
  ['contact', 'lead', 'interaction', 'consent_change'].map((table) => count(test, table));

export const waiting = (test: TestStore) => {
  const result = reviewHandlers['reviewQueue.list']({ limit: 10 }, contextOf(test));
  return result.ok ? result.value.rows : [];
};

export const ada = {
  givenName: 'Ada',
  familyName: 'Lovelace',
  company: 'Engines',
  email: 'ada@engines.example',
  phone: '0475 12 34 56',
  topic: 'Looms',
};
