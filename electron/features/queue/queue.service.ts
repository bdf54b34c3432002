/** The call queue as its callers use it: what is next, for whom it is held, and how the call ended. */
import { callError, type CallResult } from '../../../shared/contract/call.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import type { QueueItem } from '../../../shared/contract/leads.ts';
import { err, ok } from '../../../shared/result.ts';
import { checkFlag, salesFlags } from '../../../shared/rules/process/machine.ts';
import { entityCodes } from '../../../db/change-log/entity-codes.ts';
import { endPauses, queueRowOf } from '../../../db/derived/call-queue.ts';
import {
  bestCalls,
  type Caller,
  heldBy,
  hold,
  isHeldByOther,
  isStillDue,
  queueCounts,
  queueItem,
  release,
} from '../../../db/records/queue-item.ts';
import { primaryOf } from '../../../db/records/person-parts.ts';
import { liveRowIdOf } from '../../../db/merge/redirects.ts';
import { readStored, rowIdOf } from '../../../db/records/read.ts';
import { write } from '../../../db/records/write.ts';
import type { ReadableStore, WritableStore } from '../../../db/store.ts';
import { definitionOf, findLead, type Lead, positionOf, refused } from '../leads/leads.service.ts';
import { callEventKey, type CallInput, closingReason, qualificationPatch, recordCall } from './call-outcome.ts';

export function listQueue(
  store: ReadableStore,
  nowMs: number,
  caller: Caller,
  limit: number,
): CallResult<OutputOf<'queue.list'>> {
  const items = bestCalls(store, nowMs, caller, limit).flatMap((leadId) => queueItem(store, leadId, nowMs) ?? []);
  const { waiting, notNow } = queueCounts(store, nowMs, caller);
  return ok({ items, waiting, notNow });
}

/** What the caller holds already stays theirs, until it is called, passed over or the lease runs out. */
export function nextCall(store: WritableStore, caller: Caller, skipUuid: string | undefined): QueueItem | null {
  return write(store, { cause: 'system', label: 'queueNext' }, (w) => {
    const nowMs = w.atMs;
    endPauses(store, nowMs);
    const skip = skipUuid === undefined ? null : rowIdOf(store, 'lead', skipUuid);
    if (skip !== null) release(store, skip, caller, nowMs);
    const held = heldBy(store, nowMs, caller);
    if (held !== null && held !== skip) {
      if (isStillDue(store, held, nowMs)) return take(store, held, nowMs, caller);
      release(store, held, caller, null);
    }
    const [best] = bestCalls(store, nowMs, caller, 1, skip);
    return best === undefined ? null : take(store, best, nowMs, caller);
  }).value;
}

function take(store: WritableStore, leadId: number, nowMs: number, caller: Caller): QueueItem | null {
  hold(store, leadId, nowMs, caller);
  return queueItem(store, leadId, nowMs);
}

export function releaseLead(store: WritableStore, caller: Caller, uuid: string): void {
  const leadId = liveRowIdOf(store, 'lead', uuid);
  if (leadId === null) return;
  write(store, { cause: 'system', label: 'queueRelease' }, () => release(store, leadId, caller, null));
}

/** Errors: `notFound`, `leadClosed`, `invalidValue`, `leaseLost`. The same call key twice is one call. */
export function recordOutcome(
  store: WritableStore,
  caller: Caller,
  input: CallInput,
): CallResult<OutputOf<'queue.record'>> {
  const found = findLead(store, input.leadId);
  if (!found.ok) return found;
  const lead = found.value;
  const before = input.callKey === undefined ? null : recordedAs(store, input.callKey);
  if (before !== null) return answer(store, lead.id, before);
  if (lead.values.status !== 'open') return err(refused({ code: 'leadClosed' }));
  if (isHeldByOther(store, lead.id, store.now(), caller)) {
    return err(callError('leaseLost', 'Somebody else has taken this lead meanwhile. Nothing was recorded.'));
  }
  const invalid = whyInvalid(store, lead, input);
  if (invalid !== null) return err(invalid);
  const { writeId } = write(store, { cause: 'call' }, (w) => {
    recordCall(w, lead, numberOf(store, lead), input);
    release(store, lead.id, caller, null);
  });
  if (writeId === null) throw new Error('a call that wrote nothing');
  return answer(store, lead.id, writeId);
}

function whyInvalid(store: ReadableStore, lead: Lead, input: CallInput) {
  if (input.outcome === 'callbackAt' && input.callbackAtMs === undefined) {
    return callError('invalidValue', 'Say when to call back.', { field: 'callbackAtMs' });
  }
  if (closingReason(input) !== null) return null;
  const patch = qualificationPatch(input);
  const values = { ...lead.values, ...patch };
  for (const flag of salesFlags) {
    if (patch[flag] !== true) continue;
    const checked = checkFlag(definitionOf(store, lead), positionOf(lead), values, flag, true);
    if (!checked.ok && checked.error.code === 'requiredField') {
      return callError('invalidValue', refused(checked.error).message, { field: checked.error.field });
    }
  }
  return null;
}

/** What was dialled: the queue's number; of a lead that does not wait, the first that it has. */
function numberOf(store: ReadableStore, lead: Lead): string | null {
  const row = queueRowOf(store, {}, lead.id);
  if (row?.number) return row.e164 ?? row.number;
  const contact = lead.values.contactId === null ? null : readStored(store, 'contact', lead.values.contactId);
  const phone = primaryOf(contact?.values.phones ?? []) ?? primaryOf(lead.values.phones);
  return phone?.e164 ?? phone?.number ?? null;
}

/** The write that recorded a call of this key; null where none did, or it was undone. */
function recordedAs(store: ReadableStore, callKey: string): number | null {
  const writeId = store
    .sql(
      `SELECT change.writeId FROM interaction JOIN change ON change.recordId = interaction.id
       WHERE interaction.eventKey = ? AND interaction.deletedAtMs IS NULL AND change.entity = ? AND change.created = 1
       LIMIT 1`,
    )
    .pluck()
    .get(callEventKey(callKey), entityCodes.interaction) as number | undefined;
  return writeId ?? null;
}

function answer(store: ReadableStore, leadId: number, writeId: number): CallResult<OutputOf<'queue.record'>> {
  const after = readStored(store, 'lead', leadId)?.values;
  return ok({ stage: after?.stage ?? '', status: after?.status ?? '', writeId });
}
