/**
 * Reads and holds items of the call queue. Items are in order within each combination of calling hours (an index does
 * that); what is open now is a handful of these, whose tops are compared. So the next call among a hundred thousand is
 * a few index lookups.
 */
import type { QueueItem } from '../../shared/contract/leads.ts';
import { openingsAt } from '../../shared/rules/queue/hours.ts';
import { leaseMs, skipMs, whyNow } from '../../shared/rules/queue/order.ts';
import type { ReadableStore, WritableStore } from '../store.ts';
import { uidToUuid } from '../uuid.ts';

/** Who calls: the row of a user; 0 before anybody is entered. */
export type Caller = number;

type Candidate = {
  readonly leadId: number;
  readonly callbackAtMs: number | null;
  readonly priority: number;
  readonly hoursKey: string;
};

const isReady = 'ready = 1';
const isPaused = 'ready = 0 AND blocked IS NULL AND callbackAtMs IS NULL';
const hasCallback = 'callbackAtMs IS NOT NULL AND blocked IS NULL';

const free = `(heldUntilMs IS NULL OR heldUntilMs <= @nowMs OR heldBy = @caller)
  AND (skippedUntilMs IS NULL OR skippedUntilMs <= @nowMs) AND leadId <> @skip`;

const openHours = (store: ReadableStore, isOpen: (hoursKey: string) => boolean): readonly string[] =>
  (store.sql('SELECT hoursKey FROM call_queue_hours').pluck().all() as string[]).filter(isOpen);

type Line = {
  /** A partial index with the calling hours in front serves each. */
  readonly top: string;
  readonly page: string;
  readonly before: (a: Candidate, b: Candidate) => number;
};

const lineOf = (where: string, order: string, before: Line['before']): Line => {
  const find = (hoursKey: string, columns: string, limit: string) =>
    `SELECT ${columns} FROM call_queue_item
     WHERE ${where} AND hoursKey = ${hoursKey} AND ${free} ORDER BY ${order} LIMIT ${limit}`;
  const columns = 'leadId, callbackAtMs, priority, hoursKey';
  return {
    top: `SELECT ${columns} FROM call_queue_item WHERE leadId IN (
            SELECT (${find('open.value', 'leadId', '1')}) FROM json_each(@open) AS open)`,
    page: find('@hoursKey', columns, '@limit'),
    before,
  };
};

const dueCallbacks = lineOf(
  `${hasCallback} AND callbackAtMs <= @nowMs`,
  'callbackAtMs, leadId',
  (a, b) => (a.callbackAtMs ?? 0) - (b.callbackAtMs ?? 0) || a.leadId - b.leadId,
);
const byPriority = lineOf(isReady, 'priority DESC, leadId', (a, b) => b.priority - a.priority || a.leadId - b.leadId);

type Given = { readonly nowMs: number; readonly caller: Caller; readonly skip: number; readonly open: string };

/** The first of a line: the tops of all open hours are compared, and only those that may come in are read further. */
function firstOf(store: ReadableStore, line: Line, given: Given, limit: number): readonly Candidate[] {
  const tops = (store.sql(line.top).all(given) as Candidate[]).sort(line.before);
  if (limit === 1) return tops.slice(0, 1);
  const { open: _open, ...rest } = given;
  let found: Candidate[] = [];
  for (const top of tops) {
    const last = found[limit - 1];
    if (last && line.before(last, top) < 0) break;
    const page = store.sql(line.page).all({ ...rest, hoursKey: top.hoursKey, limit }) as Candidate[];
    found = [...found, ...page].sort(line.before).slice(0, limit);
  }
  return found;
}

/** The best calls now, at most so many: due callbacks, the longest due first, then by priority. */
export function bestCalls(
  store: ReadableStore,
  nowMs: number,
  caller: Caller,
  limit: number,
  skip: number | null = null,
): readonly number[] {
  const isOpen = openingsAt(nowMs);
  const given = { nowMs, caller, skip: skip ?? 0, open: JSON.stringify(openHours(store, isOpen)) };
  const callbacks = firstOf(store, dueCallbacks, given, limit);
  if (callbacks.length >= limit) return callbacks.map((each) => each.leadId);
  // pauses that ended a moment ago and are not marked yet
  const ended = store
    .sql(
      `SELECT leadId, callbackAtMs, priority, hoursKey FROM call_queue_item
       WHERE ${isPaused} AND dueAtMs <= @nowMs AND ${free} ORDER BY dueAtMs LIMIT 500`,
    )
    .all({ nowMs, caller, skip: skip ?? 0 }) as Candidate[];
  const others = [
    ...firstOf(store, byPriority, given, limit - callbacks.length),
    ...ended.filter((each) => isOpen(each.hoursKey)),
  ].sort(byPriority.before);
  return [...callbacks, ...others].slice(0, limit).map((each) => each.leadId);
}

/** What this caller has on the screen, if the lease still runs. */
export function heldBy(store: ReadableStore, nowMs: number, caller: Caller): number | null {
  const leadId = store
    .sql(
      `SELECT leadId FROM call_queue_item WHERE heldUntilMs IS NOT NULL AND heldUntilMs > ? AND heldBy = ?
       ORDER BY heldUntilMs DESC LIMIT 1`,
    )
    .pluck()
    .get(nowMs, caller) as number | undefined;
  return leadId ?? null;
}

/** Somebody else has it on the screen. */
export const isHeldByOther = (store: ReadableStore, leadId: number, nowMs: number, caller: Caller): boolean =>
  store
    .sql('SELECT 1 FROM call_queue_item WHERE leadId = ? AND heldUntilMs > ? AND heldBy <> ?')
    .get(leadId, nowMs, caller) !== undefined;

export const hold = (store: WritableStore, leadId: number, nowMs: number, caller: Caller): void => {
  store
    .sql('UPDATE call_queue_item SET heldBy = ?, heldUntilMs = ?, skippedUntilMs = NULL WHERE leadId = ?')
    .run(caller, nowMs + leaseMs, leadId);
};

/** May what a caller holds still be called? It may have been called, moved or refused elsewhere. */
export const isStillDue = (store: ReadableStore, leadId: number, nowMs: number): boolean =>
  store
    .sql('SELECT 1 FROM call_queue_item WHERE leadId = ? AND blocked IS NULL AND (ready = 1 OR dueAtMs <= ?)')
    .get(leadId, nowMs) !== undefined;

/** Gives a lead back; `passedOver`: not to be offered again for a while. */
export const release = (store: WritableStore, leadId: number, caller: Caller, passedOverAtMs: number | null): void => {
  store
    .sql(
      `UPDATE call_queue_item SET heldBy = NULL, heldUntilMs = NULL, skippedUntilMs = coalesce(?, skippedUntilMs)
       WHERE leadId = ? AND (heldBy IS NULL OR heldBy = ?)`,
    )
    .run(passedOverAtMs === null ? null : passedOverAtMs + skipMs, leadId, caller);
};

type ItemRow = {
  leadUid: Buffer;
  contactUid: Buffer | null;
  contactLabel: string | null;
  leadLabel: string;
  person: string;
  contactCompany: string | null;
  leadCompany: string | null;
  topic: string;
  stage: string;
  number: string | null;
  score: number | null;
  attempts: number;
  enteredAtMs: number;
  callbackAtMs: number | null;
};

/** The item as the caller sees it; null where the lead does not wait. */
export function queueItem(store: ReadableStore, leadId: number, nowMs: number): QueueItem | null {
  const row = store
    .sql(
      `SELECT lead.uid AS leadUid, contact.uid AS contactUid, contact.label AS contactLabel, lead.label AS leadLabel,
         trim(coalesce(lead.givenName, '') || ' ' || coalesce(lead.familyName, '')) AS person,
         contact.company AS contactCompany, lead.company AS leadCompany, lead.topic AS topic, item.stage AS stage,
         item.number AS number, item.score AS score, item.attempts AS attempts, item.enteredAtMs AS enteredAtMs,
         item.callbackAtMs AS callbackAtMs
       FROM call_queue_item AS item JOIN lead ON lead.id = item.leadId
       LEFT JOIN contact ON contact.id = lead.contactId AND contact.deletedAtMs IS NULL
       WHERE item.leadId = ?`,
    )
    .get(leadId) as ItemRow | undefined;
  if (!row) return null;
  const { topic, stage, number, score, attempts, enteredAtMs, callbackAtMs } = row;
  return {
    leadId: uidToUuid(row.leadUid),
    contactId: row.contactUid ? uidToUuid(row.contactUid) : null,
    label: row.contactLabel ?? (row.person || row.leadLabel),
    company: row.contactCompany ?? row.leadCompany,
    topic,
    stage,
    number,
    score,
    attempts,
    enteredAtMs,
    callbackAtMs,
    why: [...whyNow({ callbackAtMs, attempts, score, enteredAtMs }, nowMs)],
  };
}

export type NotNowReason =
  'callbackLater' | 'outsideHours' | 'mayNotPhone' | 'attemptLimit' | 'pause' | 'noNumber' | 'heldByOther';

/** How many can be called now, and why the others cannot. Counts index entries; reads no records. */
export function queueCounts(
  store: ReadableStore,
  nowMs: number,
  caller: Caller,
): { waiting: number; callbacksDue: number; notNow: { reason: NotNowReason; count: number }[] } {
  const isOpen = openingsAt(nowMs);
  const counts = new Map<NotNowReason, number>();
  const add = (reason: NotNowReason, count: number) => counts.set(reason, (counts.get(reason) ?? 0) + count);
  const byHours = (where: string, ...parameters: number[]): { open: number; closed: number } => {
    const rows = store
      .sql(`SELECT hoursKey, count(*) AS count FROM call_queue_item WHERE ${where} GROUP BY hoursKey`)
      .all(...parameters) as { hoursKey: string; count: number }[];
    let open = 0;
    let closed = 0;
    for (const { hoursKey, count } of rows) {
      if (isOpen(hoursKey)) open += count;
      else closed += count;
    }
    return { open, closed };
  };
  const ready = byHours(isReady);
  const due = byHours(`${hasCallback} AND callbackAtMs <= ?`, nowMs);
  const ended = byHours(`${isPaused} AND dueAtMs <= ?`, nowMs);
  const one = (sql: string, ...parameters: number[]): number =>
    store
      .sql(sql)
      .pluck()
      .get(...parameters) as number;
  const held = (
    store
      .sql(
        `SELECT hoursKey FROM call_queue_item WHERE heldUntilMs IS NOT NULL AND heldUntilMs > ? AND heldBy <> ?
         AND blocked IS NULL AND (callbackAtMs IS NULL OR callbackAtMs <= ?) AND (ready = 1 OR dueAtMs <= ?)`,
      )
      .pluck()
      .all(nowMs, caller, nowMs, nowMs) as string[]
  ).filter(isOpen).length;
  add('heldByOther', held);
  add('outsideHours', ready.closed + due.closed + ended.closed);
  add('callbackLater', one(`SELECT count(*) FROM call_queue_item WHERE ${hasCallback} AND callbackAtMs > ?`, nowMs));
  add('pause', one(`SELECT count(*) FROM call_queue_item WHERE ${isPaused} AND dueAtMs > ?`, nowMs));
  const blocked = store
    .sql('SELECT blocked AS reason, count(*) AS count FROM call_queue_item WHERE blocked IS NOT NULL GROUP BY blocked')
    .all() as { reason: NotNowReason; count: number }[];
  for (const { reason, count } of blocked) add(reason, count);
  return {
    waiting: ready.open + due.open + ended.open - held,
    callbacksDue: due.open,
    notNow: [...counts].flatMap(([reason, count]) => (count > 0 ? [{ reason, count }] : [])),
  };
}
