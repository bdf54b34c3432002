/**
 * What a call leaves behind (domain.md section 7), all in one write: the call, the interaction, the callback, what was
 * learnt, and the flags that move the lead. Do-not-call holds for the person and for every lead with that number.
 */
import type { ParsedInputOf } from '../../../shared/contract/index.ts';
import type { DisqualifyReason } from '../../../shared/model/picklists.ts';
import type { PhonePart } from '../../../shared/model/parts.ts';
import { wasReached } from '../../../shared/rules/queue/order.ts';
import { leadsOfNumber } from '../../../db/derived/call-queue.ts';
import type { StoredPatch } from '../../../db/records/entity-storage.ts';
import { closeLead, endStageWork } from '../../../db/records/lead-life.ts';
import { readStored, type StoredRecord } from '../../../db/records/read.ts';
import { createRecord, updateRecord, type Write } from '../../../db/records/write.ts';

export type CallInput = ParsedInputOf<'queue.record'>;
type Lead = StoredRecord<'lead'>;

export const callEventKey = (key: string): string => `call:${key}`;

/** The stage-4 fields that were filled in while talking. */
export function qualificationPatch(input: CallInput): StoredPatch<'lead'> {
  const patch: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(input.qualification ?? {})) {
    if (value !== undefined) patch[field] = value;
  }
  if (input.teleprospectAccepted !== undefined) patch.teleprospectAccepted = input.teleprospectAccepted;
  if (input.salesReady !== undefined) patch.salesReady = input.salesReady;
  return patch as StoredPatch<'lead'>;
}

/** Who does not want it is disqualified, whatever else was ticked. */
export const closingReason = (input: CallInput): DisqualifyReason | null =>
  input.disqualify ?? (input.outcome === 'notInterested' ? 'notInterested' : null);

/** `number`: what was dialled, as E.164 where it is known. */
export function recordCall(w: Write, lead: Lead, number: string | null, input: CallInput): void {
  const { contactId } = lead.values;
  const { outcome } = input;
  const startedAtMs = input.startedAtMs ?? w.atMs;
  const call = createRecord(w, 'call', {
    leadId: lead.id,
    contactId,
    userId: w.store.userRow,
    number,
    outcome,
    startedAtMs,
    durationSeconds: input.durationSeconds ?? null,
    callbackAtMs: outcome === 'callbackAt' ? (input.callbackAtMs ?? null) : null,
    notes: input.notes?.trim() || null,
  });
  createRecord(w, 'interaction', {
    kind: wasReached(outcome) ? 'callConnected' : 'callAttempted',
    occurredAtMs: startedAtMs,
    eventKey: callEventKey(input.callKey ?? call.uuid),
    contactId,
    leadId: lead.id,
    eventId: lead.values.eventId,
    campaignId: lead.values.campaignId,
    source: 'callQueue',
    subject: outcome,
  });
  endStageWork(w, lead.id, ['call', 'callback']);
  const closing = closingReason(input);
  const learnt = qualificationPatch(input);
  updateRecord(w, 'lead', lead.id, closing === null ? learnt : { ...learnt, salesReady: lead.values.salesReady });
  if (outcome === 'callbackAt' && closing === null) planCallback(w, lead, input);
  if (outcome === 'doNotCall') refuseCalls(w, lead, number);
  if (outcome === 'wrongNumber' && number !== null) markWrong(w, lead, number);
  if (closing !== null) {
    closeLead(
      w,
      lead.id,
      { status: 'disqualified', disqualifyReason: closing },
      input.notes?.trim().slice(0, 400) || closing,
    );
  }
}

function planCallback(w: Write, lead: Lead, input: CallInput): void {
  createRecord(w, 'task', {
    subject: lead.label,
    kind: 'callback',
    leadId: lead.id,
    contactId: lead.values.contactId,
    ownerId: w.store.userRow,
    forRole: 'teleprospector',
    dueAtMs: input.callbackAtMs ?? null,
    description: input.notes?.trim() || null,
  });
}

const isNumber = (phone: PhonePart, number: string): boolean => phone.e164 === number || phone.number === number;

function markPhones(w: Write, entity: 'contact' | 'lead', id: number, number: string, mark: Partial<PhonePart>): void {
  const record = readStored(w.store, entity, id);
  if (!record?.values.phones.some((phone) => isNumber(phone, number))) return;
  const phones = record.values.phones.map((phone) => (isNumber(phone, number) ? { ...phone, ...mark } : phone));
  updateRecord(w, entity, id, { phones });
}

/** The person may not be phoned any more; the number is marked wherever it is. */
function refuseCalls(w: Write, lead: Lead, number: string | null): void {
  const { contactId } = lead.values;
  if (contactId !== null) updateRecord(w, 'contact', contactId, { allowPhone: false });
  if (number === null) return;
  const leads = new Set([lead.id, ...leadsOfNumber(w.store, number)]);
  const contacts = new Set(contactId === null ? [] : [contactId]);
  for (const leadId of leads) {
    markPhones(w, 'lead', leadId, number, { doNotCall: true });
    const parent = readStored(w.store, 'lead', leadId)?.values.contactId;
    if (parent !== null && parent !== undefined) contacts.add(parent);
  }
  for (const id of contacts) markPhones(w, 'contact', id, number, { doNotCall: true });
}

/** It is somebody else's: left out of matching and calling, kept as it came. */
function markWrong(w: Write, lead: Lead, number: string): void {
  markPhones(w, 'lead', lead.id, number, { valid: false });
  if (lead.values.contactId !== null) markPhones(w, 'contact', lead.values.contactId, number, { valid: false });
}
