/**
 * What a capture writes once it is known whose it is: the contact, the lead, the interaction and the consent. Who that
 * is, and what waits for a person, is decided in capture.service.ts.
 */
import { z } from 'zod';
import { uuidSchema } from '../../../shared/model/ids.ts';
import { answerSchema } from '../../../shared/model/parts.ts';
import { captureFields, type CaptureFormDefinition } from '../../../shared/rules/capture/definition.ts';
import { saidBesides } from '../../../shared/rules/capture/submission.ts';
import type { DraftValues } from '../../../shared/rules/formats/draft.ts';
import { lookupResultOf } from '../../../shared/rules/matching/decide.ts';
import { mergeValues } from '../../../shared/rules/matching/merge.ts';
import { findAccountByName, findCandidates } from '../../../db/query/match-candidates.ts';
import type { StoredPatch } from '../../../db/records/entity-storage.ts';
import { countOutcome } from '../../../db/records/strategy-outcome.ts';
import { readStored, type StoredRecord } from '../../../db/records/read.ts';
import { createRecord, updateRecord, type Write } from '../../../db/records/write.ts';
import { standingStrategy } from '../imports/strategies.ts';
import { recordConsent } from './consent.service.ts';
import { ownOfRecords, type SplitOwn } from './own-values.ts';

/** What a waiting capture keeps, so that a person's decision carries it out as it was entered. */
export const captureContextSchema = z.object({
  formId: uuidSchema,
  captureKey: z.string(),
  values: z.partialRecord(z.enum(captureFields), z.string()),
  answers: z.array(answerSchema),
  /** Captures that waited from before there were such fields have none. */
  own: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])).default({}),
  consented: z.boolean(),
  occurredAtMs: z.int(),
  contactId: uuidSchema.nullable(),
});
export type Entered = z.output<typeof captureContextSchema>;

export type Form = StoredRecord<'captureForm'>;

export type Taking = {
  readonly write: Write;
  readonly form: Form;
  readonly definition: CaptureFormDefinition;
  readonly entered: Entered;
  readonly captureSource: string;
  readonly own: SplitOwn;
  /** False for what waited in Review: what was found for it is counted already. */
  readonly isFirst: boolean;
  readonly contactValues: DraftValues;
  readonly leadValues: DraftValues;
};

export const eventKeyOf = (captureKey: string): string => `capture:${captureKey}`;

function accountOf({ write: w, contactValues }: Taking): number | null {
  return typeof contactValues.company === 'string' ? findAccountByName(w.store, contactValues.company) : null;
}

export function updateContact(taking: Taking, row: number): boolean {
  const { write: w, definition, contactValues } = taking;
  const contact = readStored(w.store, 'contact', row);
  if (contact === null) throw new Error('a match with a missing contact');
  const { onHit } = standingStrategy(w.store, definition.contactStrategyId, 'contact').definition;
  const accountId = accountOf(taking);
  const incoming = accountId === null ? contactValues : { ...contactValues, accountId };
  const patch = mergeValues(contact.values as Readonly<Record<string, unknown>>, incoming, onHit);
  return updateRecord(w, 'contact', row, patch as StoredPatch<'contact'>);
}

export function createContact(taking: Taking): number {
  const { write: w, form, contactValues } = taking;
  return createRecord(w, 'contact', {
    ...contactValues,
    accountId: accountOf(taking),
    sourceEventId: form.values.eventId,
    sourceCampaignId: form.values.campaignId,
    sourceFormId: form.id,
    sourceDetail: form.values.name,
  } as StoredPatch<'contact'>).id;
}

type Lead = { readonly row: number; readonly created: boolean; readonly changed: boolean };

export function findOrMakeLead(taking: Taking, contactRow: number | null): Lead {
  const { write: w, form, definition, entered, captureSource, leadValues } = taking;
  const answers = entered.answers.length === 0 ? {} : { answers: entered.answers };
  const { definition: strategy } = standingStrategy(w.store, definition.leadStrategyId, 'lead');
  const known = definition.mode === 'alwaysNewLead' ? null : knownLead(taking, contactRow);
  if (known !== null) {
    const lead = readStored(w.store, 'lead', known);
    if (lead === null) throw new Error('a match with a missing lead');
    const incoming = { ...leadValues, ...answers, ...(contactRow === null ? {} : { contactId: contactRow }) };
    const patch = mergeValues(lead.values as Readonly<Record<string, unknown>>, incoming, strategy.onHit);
    return { row: known, created: false, changed: updateRecord(w, 'lead', known, patch as StoredPatch<'lead'>) };
  }
  const account =
    contactRow === null ? accountOf(taking) : (readStored(w.store, 'contact', contactRow)?.values.accountId ?? null);
  const made = createRecord(w, 'lead', {
    source: form.values.eventId === null ? null : 'tradeShow',
    ...leadValues,
    ...answers,
    topic: leadValues.topic ?? definition.defaultTopic,
    captureSource,
    sourceDetail: form.values.name,
    formId: form.id,
    eventId: form.values.eventId,
    campaignId: form.values.campaignId,
    contactId: contactRow,
    accountId: account,
  } as StoredPatch<'lead'>);
  return { row: made.id, created: true, changed: true };
}

/** By the lead strategy; where its key is blank, the open lead that this person has in this context. */
function knownLead(
  { write: w, form, definition, captureSource, leadValues }: Taking,
  contactRow: number | null,
): number | null {
  const strategy = standingStrategy(w.store, definition.leadStrategyId, 'lead');
  const candidates = findCandidates(w.store, 'lead', strategy.definition, { ...leadValues, captureSource });
  countOutcome(w, strategy.uid, form.uid, lookupResultOf(candidates));
  if (candidates === null) {
    if (contactRow === null) return null;
    const own = w.store
      .sql(
        `SELECT id FROM lead WHERE contactId = ? AND captureSource = ? AND status = 'open' AND deletedAtMs IS NULL
         ORDER BY updatedAtMs DESC LIMIT 1`,
      )
      .get(contactRow, captureSource) as { id: number } | undefined;
    return own?.id ?? null;
  }
  // of several the last touched: the person stands at the booth, and each of the leads is theirs
  return candidates.toSorted((a, b) => b.updatedAtMs - a.updatedAtMs)[0]?.id ?? null;
}

export function logInteraction(taking: Taking, contactId: number | null, leadId: number | null): void {
  const { write: w, form, definition, entered, captureSource } = taking;
  const wording = entered.consented && contactId === null ? definition.consent?.wording : undefined;
  const contact = contactId === null ? null : (readStored(w.store, 'contact', contactId)?.values ?? null);
  const lead = leadId === null ? null : (readStored(w.store, 'lead', leadId)?.values ?? null);
  const besides = [
    ...saidBesides(entered.values, entered.answers, [contact, lead]),
    ...ownOfRecords(taking.own, { contact, lead }),
  ];
  createRecord(w, 'interaction', {
    kind: 'formSubmitted',
    occurredAtMs: entered.occurredAtMs,
    eventKey: eventKeyOf(entered.captureKey),
    contactId,
    leadId,
    eventId: form.values.eventId,
    formId: form.id,
    campaignId: form.values.campaignId,
    source: captureSource,
    subject: form.values.name,
    // consent belongs to a contact: until there is one, its wording is kept here
    detail: [...besides, ...(wording === undefined ? [] : [wording])].join('\n') || null,
  });
}

export function agree(taking: Taking, contactRow: number): boolean {
  const { write: w, form, definition, entered } = taking;
  if (!entered.consented || definition.consent === null) return false;
  return recordConsent(w, contactRow, {
    agreed: definition.consent.level,
    wording: definition.consent.wording,
    language: definition.consent.language,
    source: form.values.name,
    formRow: form.id,
    atMs: entered.occurredAtMs,
  });
}
