/**
 * The call queue (table `call_queue_item`, domain.md section 7), kept up inside the write that changes what it rests
 * on: leads in the stages that wait for a call, their contacts, and the calls so far. A rebuild gives the same, but for
 * who holds what on the screen.
 *
 * Example: a threshold crossed in Teleprospect acceptance moves the lead on, and with it out of the queue.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { AddressPart, PhonePart } from '../../shared/model/parts.ts';
import { countryCode } from '../../shared/rules/normalise/country.ts';
import { callStagesOf } from '../../shared/rules/process/machine.ts';
import { hoursKeyOf } from '../../shared/rules/queue/hours.ts';
import { dialOf } from '../../shared/rules/queue/number.ts';
import { callStateOf, type PastCall, priorityOf } from '../../shared/rules/queue/order.ts';
import { type Process, processOf } from '../records/lead-start.ts';
import { readStored, type StoredRecord } from '../records/read.ts';
import type { ChangedFields } from '../records/touched.ts';
import type { Write } from '../records/write.ts';
import type { ReadableStore, WritableStore } from '../store.ts';

/** A row of the table without what only this laptop's screens know. */
export type QueueRow = {
  readonly leadId: number;
  readonly stage: string;
  readonly number: string | null;
  readonly e164: string | null;
  readonly score: number | null;
  readonly attempts: number;
  readonly lastAttemptAtMs: number | null;
  readonly enteredAtMs: number;
  readonly callbackAtMs: number | null;
  readonly dueAtMs: number;
  readonly blocked: 'mayNotPhone' | 'noNumber' | 'attemptLimit' | null;
  readonly hoursKey: string;
  readonly priority: number;
};

const leadFields = [
  'status',
  'stage',
  'processId',
  'contactId',
  'accountId',
  'deletedAtMs',
  'phones',
  'addresses',
] as const;
const contactFields = [
  'phones',
  'addresses',
  'allowPhone',
  'consentLevel',
  'child',
  'timeZone',
  'preferredFrom',
  'preferredTo',
  'deletedAtMs',
] as const;

/** `rescored`: leads whose score changed in this write. */
export function keepCallQueue(write: Write, rescored: ReadonlySet<number>): void {
  const { store } = write;
  const leads = new Set<number>();
  const known = store.sql('SELECT 1 FROM call_queue_item WHERE leadId = ?').pluck();
  for (const leadId of rescored) if (known.get(leadId) !== undefined) leads.add(leadId);
  for (const [leadId, { created, fields }] of write.touched.get('lead') ?? []) {
    if (created ? startsWaiting(write, fields) : leadFields.some((field) => fields.has(field))) leads.add(leadId);
  }
  const ofContact = store.sql('SELECT id FROM lead WHERE contactId = ?').pluck();
  for (const [contactId, { created, fields }] of write.touched.get('contact') ?? []) {
    if (created || !contactFields.some((field) => fields.has(field))) continue;
    for (const leadId of ofContact.all(contactId) as number[]) leads.add(leadId);
  }
  for (const callId of write.touched.get('call')?.keys() ?? []) {
    const call = store.sql('SELECT leadId, number, outcome FROM call WHERE id = ?').get(callId) as {
      leadId: number | null;
      number: string | null;
      outcome: string;
    };
    if (call.leadId !== null) leads.add(call.leadId);
    if (call.outcome === 'doNotCall' && call.number !== null) {
      for (const leadId of leadsOfNumber(store, call.number)) leads.add(leadId);
    }
  }
  for (const leadId of leads) putQueueRow(write, leadId);
}

/** Leads whose number this is: as captured, or as their contact's. */
export const leadsOfNumber = (store: ReadableStore, e164: string): readonly number[] =>
  store
    .sql(
      `SELECT id FROM lead WHERE phoneE164 = @e164
       UNION SELECT lead.id FROM contact_phone JOIN lead ON lead.contactId = contact_phone.contactId
         WHERE contact_phone.e164 = @e164
       UNION SELECT leadId FROM call_queue_item WHERE e164 = @e164`,
    )
    .pluck()
    .all({ e164 }) as number[];

/** Only a lead that came to be in a calling stage can wait; an import of others ends here. */
function startsWaiting(write: Write, fields: ChangedFields): boolean {
  const stage = fields.get('stage')?.[1];
  if (typeof stage !== 'string') return false;
  const processId = fields.get('processId')?.[1];
  const process = processOf(write.store, write, typeof processId === 'number' ? processId : null);
  return process !== null && callStages(process).has(stage);
}

const stagesOf = new WeakMap<Process, ReadonlySet<string>>();
function callStages(process: Process): ReadonlySet<string> {
  let stages = stagesOf.get(process);
  if (!stages) stagesOf.set(process, (stages = new Set(callStagesOf(process.definition))));
  return stages;
}

export function putQueueRow(write: Write, leadId: number): void {
  const { store } = write;
  const row = queueRowOf(store, write, leadId);
  if (row === null) {
    store.sql('DELETE FROM call_queue_item WHERE leadId = ?').run(leadId);
    return;
  }
  store.sql('INSERT OR IGNORE INTO call_queue_hours (hoursKey) VALUES (?)').run(row.hoursKey);
  const ready = row.blocked === null && row.callbackAtMs === null && row.dueAtMs <= write.atMs ? 1 : 0;
  store
    .sql(
      `INSERT INTO call_queue_item (leadId, stage, number, e164, score, attempts, lastAttemptAtMs, enteredAtMs,
         callbackAtMs, dueAtMs, blocked, hoursKey, priority, ready)
       VALUES (@leadId, @stage, @number, @e164, @score, @attempts, @lastAttemptAtMs, @enteredAtMs, @callbackAtMs,
         @dueAtMs, @blocked, @hoursKey, @priority, @ready)
       ON CONFLICT (leadId) DO UPDATE SET stage = excluded.stage, number = excluded.number, e164 = excluded.e164,
         score = excluded.score, attempts = excluded.attempts, lastAttemptAtMs = excluded.lastAttemptAtMs,
         enteredAtMs = excluded.enteredAtMs, callbackAtMs = excluded.callbackAtMs, dueAtMs = excluded.dueAtMs,
         blocked = excluded.blocked, hoursKey = excluded.hoursKey, priority = excluded.priority, ready = excluded.ready`,
    )
    .run({ ...row, ready });
}

/** The row that a lead should have; null where it does not wait for a call. `scope`: what remembers processes. */
export function queueRowOf(store: ReadableStore, scope: object, leadId: number): QueueRow | null {
  const lead = readStored(store, 'lead', leadId);
  if (!lead || lead.deletedAtMs !== null || lead.values.status !== 'open') return null;
  const { stage, processId } = lead.values;
  const process = processOf(store, scope, processId);
  if (stage === null || process === null || !callStages(process).has(stage)) return null;
  const contact = personOf(store, lead);
  const dial = dialOf({
    person: contact?.values ?? null,
    hasAccount: lead.values.accountId !== null,
    phones: [contact?.values.phones ?? [], lead.values.phones, accountPhones(store, lead)],
    isRefused: (number) =>
      store
        .sql("SELECT 1 FROM call WHERE number = ? AND outcome = 'doNotCall' AND deletedAtMs IS NULL LIMIT 1")
        .get(number) !== undefined,
  });
  const enteredAtMs = enteredAt(store, lead, callStages(process));
  const calls = store
    .sql(
      `SELECT outcome, startedAtMs, callbackAtMs FROM call
       WHERE leadId = ? AND startedAtMs >= ? AND deletedAtMs IS NULL ORDER BY startedAtMs, id`,
    )
    .all(leadId, enteredAtMs) as PastCall[];
  const { isAtLimit, ...state } = callStateOf(enteredAtMs, calls);
  const { score } = lead.values;
  return {
    leadId,
    stage,
    number: dial.number,
    e164: dial.e164,
    score,
    ...state,
    enteredAtMs,
    blocked: dial.blocked ?? (isAtLimit ? 'attemptLimit' : null),
    hoursKey: hoursKeyOf({
      timeZone: contact?.values.timeZone ?? null,
      countries: [
        countryOf(contact?.values.addresses ?? []),
        countryOf(lead.values.addresses),
        dial.e164 === null ? null : (parsePhoneNumberFromString(dial.e164)?.country ?? sharedCode(dial.e164)),
        regionOf(store),
      ],
      preferredFrom: contact?.values.preferredFrom ?? null,
      preferredTo: contact?.values.preferredTo ?? null,
    }),
    priority: priorityOf(score, enteredAtMs, state.lastAttemptAtMs),
  };
}

function personOf(store: ReadableStore, lead: StoredRecord<'lead'>): StoredRecord<'contact'> | null {
  if (lead.values.contactId === null) return null;
  const contact = readStored(store, 'contact', lead.values.contactId);
  return contact?.deletedAtMs === null ? contact : null;
}

function accountPhones(store: ReadableStore, lead: StoredRecord<'lead'>): readonly PhonePart[] {
  if (lead.values.contactId !== null || lead.values.accountId === null) return [];
  return readStored(store, 'account', lead.values.accountId)?.values.phones ?? [];
}

function countryOf(addresses: readonly AddressPart[]): string | null {
  for (const { country } of addresses) {
    const code = country === null ? null : countryCode(country);
    if (code !== null) return code;
  }
  return null;
}

/** Numbers that several countries share are called as in the largest of them. */
const sharedCode = (e164: string): string | null =>
  e164.startsWith('+1') ? 'US' : e164.startsWith('+44') ? 'GB' : e164.startsWith('+7') ? 'RU' : null;

const settingOf = (store: ReadableStore, key: string): string | null =>
  (store.sql('SELECT value FROM setting WHERE key = ?').pluck().get(key) as string | undefined) ?? null;

/** The region that the queue was made with: the workspace's, until that changes and the queue follows. */
const regionOf = (store: ReadableStore): string | null =>
  settingOf(store, 'callQueueRegion') ?? settingOf(store, 'region');

/** Does the queue have to follow a change of region? Notes the region it is made with from here on. */
export function noteRegion(store: WritableStore): boolean {
  const region = settingOf(store, 'region');
  const before = settingOf(store, 'callQueueRegion');
  if (region === null || region === before) return false;
  store
    .sql(
      `INSERT INTO setting (key, value) VALUES ('callQueueRegion', ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    )
    .run(region);
  return before !== null;
}

/** Since when the lead waits: its last move from elsewhere into a calling stage. */
function enteredAt(store: ReadableStore, lead: StoredRecord<'lead'>, waiting: ReadonlySet<string>): number {
  const moves = store
    .sql(
      `SELECT fromStage, toStage, movedAtMs FROM stage_move WHERE leadId = ? AND deletedAtMs IS NULL
       ORDER BY movedAtMs DESC, id DESC`,
    )
    .all(lead.id) as { fromStage: string | null; toStage: string | null; movedAtMs: number }[];
  const entry = moves.find(
    ({ fromStage, toStage }) =>
      toStage !== null && waiting.has(toStage) && (fromStage === null || !waiting.has(fromStage)),
  );
  return entry?.movedAtMs ?? lead.values.stageEnteredAtMs ?? lead.createdAtMs;
}

const pausesAtOnce = 500;

/** Pauses that are over. True when there may be more. */
export function endPauses(store: WritableStore, nowMs: number): boolean {
  const ended = store
    .sql(
      `UPDATE call_queue_item SET ready = 1 WHERE leadId IN (
         SELECT leadId FROM call_queue_item
         WHERE ready = 0 AND blocked IS NULL AND callbackAtMs IS NULL AND dueAtMs <= ? ORDER BY dueAtMs LIMIT ?)`,
    )
    .run(nowMs, pausesAtOnce);
  return ended.changes === pausesAtOnce;
}
