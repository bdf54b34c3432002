/**
 * Linking leads to their contacts and accounts: one by hand, or all by the contact rule (domain.md section 6.1): match
 * by the default contact strategy, else make a marketing-only contact from the captured identity. A lead without a key
 * (no email) gets a contact of its own, since it is a record of its own already; one that could be several people waits
 * for a person in the view of unlinked leads.
 */
import { callError, type CallResult } from '../../../shared/contract/call.ts';
import type { OutputOf, ParsedInputOf } from '../../../shared/contract/index.ts';
import { err, ok } from '../../../shared/result.ts';
import { decide, type LookupResult, lookupResultOf } from '../../../shared/rules/matching/decide.ts';
import type { MatchingDefinition } from '../../../shared/rules/matching/definition.ts';
import { findCandidates } from '../../../db/query/match-candidates.ts';
import { contactValuesOf, linkLead } from '../../../db/records/lead-life.ts';
import { liveRowIdOf } from '../../../db/merge/redirects.ts';
import { readStored, uuidOf } from '../../../db/records/read.ts';
import { countOutcome } from '../../../db/records/strategy-outcome.ts';
import { type Cause, createRecord, type Write, write } from '../../../db/records/write.ts';
import type { ReadableStore, WritableStore } from '../../../db/store.ts';
import { newUuid } from '../../../db/uuid.ts';
import { standingStrategy } from '../imports/strategies.ts';
import type { Job } from '../handler.ts';
import { findOpenLead } from './leads.service.ts';

const alive = (store: ReadableStore, entity: 'contact' | 'account', uuid: string): number | null => {
  const id = liveRowIdOf(store, entity, uuid);
  return id !== null && readStored(store, entity, id)?.deletedAtMs === null ? id : null;
};

/** Errors: `notFound`, `leadClosed`. `null` takes a link off; what is not said stays. */
export function link(store: WritableStore, input: ParsedInputOf<'leads.link'>): CallResult<OutputOf<'leads.link'>> {
  const lead = findOpenLead(store, input.id);
  if (!lead.ok) return lead;
  const parents: { contactId?: number | null; accountId?: number | null } = {};
  for (const entity of ['contact', 'account'] as const) {
    const uuid = input[`${entity}Id`];
    if (uuid === undefined) continue;
    const row = uuid === null ? null : alive(store, entity, uuid);
    if (uuid !== null && row === null) {
      return err(callError('notFound', `There is no such ${entity} here.`, { field: `${entity}Id` }));
    }
    parents[`${entity}Id`] = row;
  }
  const { id } = lead.value;
  const { writeId } = write(store, { cause: 'edit' }, (w) => {
    const makes = input.createContact === true && typeof parents.contactId !== 'number';
    const made = makes ? createRecord(w, 'contact', contactValuesOf(lead.value)).id : undefined;
    linkLead(w, id, made === undefined ? parents : { ...parents, contactId: made });
  });
  const after = readStored(store, 'lead', id)?.values;
  const idOf = (entity: 'contact' | 'account', row: number | null | undefined) =>
    row === null || row === undefined ? null : uuidOf(store, entity, row);
  return ok({
    contactId: idOf('contact', after?.contactId),
    accountId: idOf('account', after?.accountId),
    writeId: writeId ?? 0,
  });
}

type Linked = { linked: number; created: number; pending: number };

/** One write up to here, so that one undo takes all of it back; more go in writes of a shared operation. */
const oneWrite = 20_000;
const batch = 1000;

/** `job`: tells how far it is and is asked to stop, where it takes several writes. What is linked by then stays. */
export async function linkAll(
  store: WritableStore,
  ids: readonly string[] | undefined,
  job: (() => Job) | null,
): Promise<CallResult<OutputOf<'leads.linkAll'>>> {
  const leads = ids === undefined ? unlinkedLeads(store) : rowsOf(store, ids);
  const strategy = standingStrategy(store, null, 'contact');
  const total: Linked = { linked: 0, created: 0, pending: 0 };
  const label = 'contactForUnlinkedLeads';
  const linkSome = (cause: Cause, some: readonly number[]): number | null =>
    write(store, cause, (w) => {
      const found = new Map<LookupResult, number>();
      for (const leadId of some) linkByRule(w, leadId, strategy.definition, total, found);
      for (const [result, times] of found) countOutcome(w, strategy.uid, null, result, times);
    }).writeId;
  if (leads.length <= oneWrite) {
    const writeId = linkSome({ cause: 'rule', label }, leads);
    return ok({ ...total, writeId, operationId: null });
  }
  const operationId = newUuid();
  const cause: Cause = { cause: 'rule', label, operationId };
  const running = job?.();
  for (let at = 0; at < leads.length && !running?.isCancelled(); at += batch) {
    linkSome(cause, leads.slice(at, at + batch));
    const saved = Math.min(leads.length, at + batch);
    running?.report({ done: saved, total: leads.length, saved });
    await running?.breathe();
  }
  return ok({ ...total, writeId: null, operationId });
}

const unlinkedLeads = (store: ReadableStore): number[] =>
  store
    .sql(
      `SELECT id FROM lead WHERE deletedAtMs IS NULL AND status = 'open' AND contactId IS NULL AND accountId IS NULL
       ORDER BY id`,
    )
    .pluck()
    .all() as number[];

/** Ids that are not here are passed over: they may have been removed since they were chosen. */
const rowsOf = (store: ReadableStore, ids: readonly string[]): number[] =>
  [...new Set(ids)].flatMap((uuid) => liveRowIdOf(store, 'lead', uuid) ?? []);

function linkByRule(
  w: Write,
  leadId: number,
  strategy: MatchingDefinition,
  total: Linked,
  found: Map<LookupResult, number>,
): void {
  const lead = readStored(w.store, 'lead', leadId);
  if (!lead || lead.deletedAtMs !== null || lead.values.status !== 'open') return;
  if (lead.values.contactId !== null || lead.values.accountId !== null) return;
  const candidates = findCandidates(w.store, 'contact', strategy, lead.values);
  const result = lookupResultOf(candidates);
  found.set(result, (found.get(result) ?? 0) + 1);
  const decision = decide({ ...strategy, onBlankKey: 'create' }, candidates);
  switch (decision.action) {
    case 'update':
      linkLead(w, leadId, { contactId: decision.id });
      total.linked += 1;
      return;
    case 'create':
      linkLead(w, leadId, { contactId: createRecord(w, 'contact', contactValuesOf(lead)).id });
      total.linked += 1;
      total.created += 1;
      return;
    case 'review':
    case 'skip':
      total.pending += 1;
  }
}
