/** Capture at the booth, and consent. */
import type { captureContract } from '../../../shared/contract/leads.ts';
import { callError } from '../../../shared/contract/call.ts';
import { err, ok } from '../../../shared/result.ts';
import { capturesOf, suggestPeople } from '../../../db/query/captures.ts';
import { readWire, rowIdOf } from '../../../db/records/read.ts';
import type { HandlersOf } from '../handler.ts';
import { submitCapture } from './capture.service.ts';
import { setConsent } from './consent.service.ts';

const startOfDay = (nowMs: number): number => new Date(nowMs).setHours(0, 0, 0, 0);

export const captureHandlers = {
  'capture.submit': (input, { store }) => submitCapture(store, input),
  'capture.suggest': ({ search, limit }, { store }) => ok({ contacts: suggestPeople(store, search, limit) }),
  'capture.today': ({ formId, sinceMs, limit }, { store, now }) => {
    const form = rowIdOf(store, 'captureForm', formId);
    if (form === null) return ok({ total: 0, rows: [] });
    return ok(capturesOf(store, form, sinceMs ?? startOfDay(now()), limit));
  },
  'capture.form': ({ id }, { store }) => {
    const form = readWire(store, 'captureForm', id);
    if (form === null || form.deletedAtMs !== null) return err(callError('notFound', 'There is no such capture form.'));
    return ok({ form, eventName: form.labels.eventId ?? null });
  },
  'consent.set': (input, { store }) => setConsent(store, input),
} satisfies HandlersOf<keyof typeof captureContract>;
