/** What people do with a lead: each is one write, which its rules may follow, and which undo takes back with them. */
import { callError, type CallError, type CallResult } from '../../../shared/contract/call.ts';
import type { ParsedInputOf } from '../../../shared/contract/index.ts';
import { assertNever, err, ok, type Result } from '../../../shared/result.ts';
import type { ProcessDefinition } from '../../../shared/rules/process/definition.ts';
import {
  checkFlag,
  checkMove,
  type LeadPosition,
  type Refusal,
  type SalesFlag,
} from '../../../shared/rules/process/machine.ts';
import { giveReason } from '../../../db/derived/lead-rules.ts';
import {
  closeLead,
  clearMarketingOnly,
  giveBack,
  handOver,
  moveLead,
  reopenLead,
} from '../../../db/records/lead-life.ts';
import { processOf } from '../../../db/records/lead-start.ts';
import { liveRowIdOf } from '../../../db/merge/redirects.ts';
import { readStored, rowIdOf, type StoredRecord } from '../../../db/records/read.ts';
import { updateSet } from '../../../db/records/update-set.ts';
import { createRecord, updateRecord, type Write, write } from '../../../db/records/write.ts';
import type { ReadableStore, WritableStore } from '../../../db/store.ts';

export type Moved = { stage: string; writeId: number };
export type Lead = StoredRecord<'lead'>;

export const positionOf = ({ values }: Lead): LeadPosition => values;

const noLead = (): Result<never, CallError> =>
  err(callError('notFound', 'There is no such lead here.', { field: 'id' }));

/** A lead that is not in the bin. Errors: `notFound`. */
export function findLead(store: ReadableStore, uuid: string): Result<Lead, CallError> {
  const id = liveRowIdOf(store, 'lead', uuid);
  const lead = id === null ? null : readStored(store, 'lead', id);
  return lead && lead.deletedAtMs === null ? ok(lead) : noLead();
}

/** Errors: `notFound`, `leadClosed`. */
export function findOpenLead(store: ReadableStore, uuid: string): Result<Lead, CallError> {
  const found = findLead(store, uuid);
  if (!found.ok || found.value.values.status === 'open') return found;
  return err(refused({ code: 'leadClosed' }));
}

const emptyProcess: ProcessDefinition = {
  version: 1,
  stages: [],
  rules: [],
  sellerStartStage: null,
  recycleStage: null,
};

export const definitionOf = (store: ReadableStore, lead: Lead): ProcessDefinition =>
  processOf(store, {}, lead.values.processId)?.definition ?? emptyProcess;

export function refused(refusal: Refusal): CallError {
  switch (refusal.code) {
    case 'leadClosed':
      return callError('leadClosed', 'This lead is closed. Open it again first.');
    case 'stageUnknown':
      return callError('stageUnknown', 'The process of this lead has no such stage.');
    case 'moveNotAllowed':
      return callError('moveNotAllowed', 'The lead is in this stage already.');
    case 'requiredField':
      return callError('requiredField', `Fill in ${refusal.field} before the lead leaves this stage.`, {
        field: refusal.field,
      });
    default:
      return assertNever(refusal);
  }
}

/** Runs one change of a lead and says where it stands then; a change that changed nothing has the write id 0. */
function changeLead(store: WritableStore, leadId: number, work: (w: Write) => void): CallResult<Moved> {
  const { writeId } = write(store, { cause: 'edit' }, work);
  return ok({ stage: readStored(store, 'lead', leadId)?.values.stage ?? '', writeId: writeId ?? 0 });
}

export function moveByHand(store: WritableStore, input: ParsedInputOf<'leads.move'>): CallResult<Moved> {
  const lead = findLead(store, input.id);
  if (!lead.ok) return lead;
  const { id, values } = lead.value;
  const checked = checkMove(definitionOf(store, lead.value), positionOf(lead.value), values, input.stage);
  if (!checked.ok) return err(refused(checked.error));
  return changeLead(store, id, (w) => moveLead(w, id, checked.value.to, { rule: null, reason: input.reason || null }));
}

export function setFlag(store: WritableStore, input: ParsedInputOf<'leads.setFlag'>): CallResult<Moved> {
  const lead = findLead(store, input.id);
  if (!lead.ok) return lead;
  const { id, values } = lead.value;
  const { flag, value } = input;
  const checked = checkFlag(definitionOf(store, lead.value), positionOf(lead.value), values, flag, value);
  if (!checked.ok) return err(refused(checked.error));
  const owner = flag === 'salesAccepted' && value ? sellerFor(store, lead.value) : ok(values.ownerId);
  if (!owner.ok) return owner;
  return changeLead(store, id, (w) => applyFlag(w, id, flag, value, owner.value, input.reason || null));
}

/** Sets a flag; the rules of the process fire before the write ends. */
function applyFlag(
  w: Write,
  leadId: number,
  flag: SalesFlag,
  value: boolean,
  ownerId: number | null,
  reason: string | null,
): void {
  if (reason !== null) giveReason(w, leadId, reason);
  updateRecord(w, 'lead', leadId, { [flag]: value, ...(flag === 'salesAccepted' ? { ownerId } : {}) });
  if (flag !== 'salesAccepted' || !value) return;
  const tasks = w.store
    .sql(
      "SELECT id FROM task WHERE leadId = ? AND kind = 'salesAcceptance' AND doneAtMs IS NULL AND deletedAtMs IS NULL",
    )
    .pluck()
    .all(leadId) as number[];
  for (const task of tasks) updateRecord(w, 'task', task, { doneAtMs: w.atMs });
}

const roleOf = (store: ReadableStore, userId: number | null): string | null =>
  userId === null
    ? null
    : ((store.sql('SELECT role FROM user WHERE id = ?').pluck().get(userId) as string | undefined) ?? null);

/** Sales accept a lead in the person of its owner; a seller who ticks it takes on a lead that nobody owns. */
function sellerFor(store: WritableStore, lead: Lead): Result<number | null, CallError> {
  const { ownerId } = lead.values;
  if (roleOf(store, ownerId) === 'seller') return ok(ownerId);
  if (roleOf(store, store.userRow) === 'seller') return ok(store.userRow);
  return err(callError('notSeller', 'Assign the lead to a seller first.', { field: 'ownerId' }));
}

export function decline(store: WritableStore, input: ParsedInputOf<'leads.decline'>): CallResult<Moved> {
  const lead = findOpenLead(store, input.id);
  if (!lead.ok) return lead;
  return changeLead(store, lead.value.id, (w) => giveBack(w, lead.value.id, input.reason, false));
}

export function recycle(store: WritableStore, input: ParsedInputOf<'leads.recycle'>): CallResult<Moved> {
  const lead = findOpenLead(store, input.id);
  if (!lead.ok) return lead;
  return changeLead(store, lead.value.id, (w) => giveBack(w, lead.value.id, input.reason, true));
}

export function disqualify(store: WritableStore, input: ParsedInputOf<'leads.disqualify'>): CallResult<Moved> {
  const lead = findOpenLead(store, input.id);
  if (!lead.ok) return lead;
  const patch = { status: 'disqualified' as const, disqualifyReason: input.reason };
  return changeLead(store, lead.value.id, (w) => closeLead(w, lead.value.id, patch, input.note || input.reason));
}

export function reopen(store: WritableStore, input: ParsedInputOf<'leads.reopen'>): CallResult<Moved> {
  const lead = findLead(store, input.id);
  if (!lead.ok) return lead;
  const { id, values } = lead.value;
  if (values.status === 'qualified') {
    return err(callError('leadClosed', 'This lead is an opportunity now. Work on that.'));
  }
  return changeLead(store, id, (w) => {
    if (values.status === 'disqualified') reopenLead(w, id);
  });
}

export function assign(
  store: WritableStore,
  input: ParsedInputOf<'leads.assign'>,
): CallResult<{ writeId: number | null }> {
  const ownerId = input.ownerId === null ? null : rowIdOf(store, 'user', input.ownerId);
  if (input.ownerId !== null && ownerId === null) {
    return err(callError('notFound', 'There is no such user here.', { field: 'ownerId' }));
  }
  const leads: number[] = [];
  for (const uuid of new Set(input.ids)) {
    const lead = liveRowIdOf(store, 'lead', uuid);
    if (lead === null) return err(callError('notFound', 'One of these leads is not here.', { field: 'ids' }));
    leads.push(lead);
  }
  const { writeId } = write(store, { cause: 'edit' }, (w) => {
    updateSet(w, 'lead', leads, { ownerId });
    handOver(w, leads, ownerId);
  });
  return ok({ writeId });
}

/** Errors: `notFound`, `leadClosed`, `leadUnlinked`. */
export function convert(
  store: WritableStore,
  input: ParsedInputOf<'leads.convert'>,
): CallResult<{ opportunityId: string; writeId: number }> {
  const lead = findOpenLead(store, input.id);
  if (!lead.ok) return lead;
  const { id, label, values } = lead.value;
  const { contactId, accountId } = values;
  if (contactId === null && accountId === null) {
    return err(callError('leadUnlinked', 'Link the lead to a contact or an account first.'));
  }
  const { value, writeId } = write(store, { cause: 'edit' }, (w) => {
    const account =
      accountId ?? (contactId === null ? null : readStored(store, 'contact', contactId)?.values.accountId);
    const opportunity = createRecord(w, 'opportunity', {
      name: input.name ?? label,
      leadId: id,
      contactId,
      accountId: account ?? null,
      campaignId: values.campaignId,
      amount: input.amount ?? values.budgetAmount,
      closeDate: input.closeDate ?? null,
      ownerId: values.ownerId ?? store.userRow,
    });
    closeLead(w, id, { status: 'qualified' }, null);
    if (contactId !== null) clearMarketingOnly(w, contactId);
    return opportunity;
  });
  if (writeId === null) throw new Error('a conversion that wrote nothing');
  return ok({ opportunityId: value.uuid, writeId });
}

/** Errors: `notFound`. The same event key is the same interaction. */
export function recordInteraction(
  store: WritableStore,
  input: ParsedInputOf<'interactions.record'>,
): CallResult<{ id: string; alreadyKnown: boolean }> {
  const rows: Partial<Record<'contact' | 'lead' | 'event', number>> = {};
  for (const entity of ['contact', 'lead', 'event'] as const) {
    const uuid = input[`${entity}Id`];
    if (uuid === undefined) continue;
    const row = liveRowIdOf(store, entity, uuid);
    if (row === null) return err(callError('notFound', `There is no such ${entity} here.`, { field: `${entity}Id` }));
    rows[entity] = row;
  }
  const { value } = write(store, { cause: 'edit' }, (w) => {
    const known = input.eventKey === undefined ? null : knownInteraction(store, input.eventKey);
    if (known !== null) return { id: known, alreadyKnown: true };
    const made = createRecord(w, 'interaction', {
      kind: input.kind,
      occurredAtMs: input.occurredAtMs ?? w.atMs,
      eventKey: input.eventKey ?? `manual:${store.author.deviceId}:${w.clock}`,
      contactId: rows.contact ?? null,
      leadId: rows.lead ?? null,
      eventId: rows.event ?? null,
      subject: input.subject?.trim() || null,
      source: 'manual',
    });
    return { id: made.uuid, alreadyKnown: false };
  });
  return ok(value);
}

/** The interaction of an event key; a withdrawn one may be recorded again. */
function knownInteraction(store: ReadableStore, eventKey: string): string | null {
  const uid = store
    .sql('SELECT lower(hex(uid)) FROM interaction WHERE eventKey = ? AND deletedAtMs IS NULL ORDER BY id LIMIT 1')
    .pluck()
    .get(eventKey) as string | undefined;
  return uid === undefined ? null : uid.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
