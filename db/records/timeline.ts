/**
 * What happened to a contact, a lead, or an account with all its contacts, newest first: one page of a union over what
 * records of many kinds say. Each kind gives its own newest entries through an index; the page is the newest of these.
 *
 * A contact's timeline holds what belongs to its leads as well; a lead's holds what its contact did.
 */
import type { TimelineEntry } from '../../shared/contract/parts.ts';
import type { ReadableStore } from '../store.ts';
import { uidToUuid, uuidToUid } from '../uuid.ts';

export type TimelineOf = 'contact' | 'lead' | 'account';
export type TimelinePosition = { readonly atMs: number; readonly id: string };

type Source = {
  readonly entity: TimelineEntry['entity'];
  readonly table: string;
  /** When it happened: a column or an expression over columns that are never both blank. */
  readonly at: string;
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
  readonly contact: string | null;
  readonly lead: string | null;
};

const eventName = (table: string): string => `(SELECT event.name FROM event WHERE event.id = ${table}.eventId)`;

const sources: readonly Source[] = [
  {
    entity: 'interaction',
    table: 'interaction',
    at: 'interaction.occurredAtMs',
    kind: 'interaction.kind',
    title: `coalesce(interaction.subject, ${eventName('interaction')}, '')`,
    detail: 'coalesce(interaction.detail, interaction.source)',
    contact: 'contactId',
    lead: 'leadId',
  },
  {
    entity: 'call',
    table: 'call',
    at: 'call.startedAtMs',
    kind: 'call.outcome',
    title: "coalesce(call.number, '')",
    detail: 'call.notes',
    contact: 'contactId',
    lead: 'leadId',
  },
  {
    entity: 'stageMove',
    table: 'stage_move',
    at: 'stage_move.movedAtMs',
    kind: "coalesce(stage_move.rule, 'byHand')",
    title: "coalesce(stage_move.fromStage, '') || ' → ' || coalesce(stage_move.toStage, '')",
    detail: 'stage_move.reason',
    contact: null,
    lead: 'leadId',
  },
  {
    entity: 'consentChange',
    table: 'consent_change',
    at: 'consent_change.changedAtMs',
    kind: 'consent_change.after',
    title: "consent_change.before || ' → ' || consent_change.after",
    detail: 'coalesce(consent_change.wording, consent_change.source)',
    contact: 'contactId',
    lead: null,
  },
  {
    entity: 'registration',
    table: 'registration',
    at: 'coalesce(registration.registeredAtMs, registration.createdAtMs)',
    kind: 'registration.status',
    title: `coalesce(${eventName('registration')}, '')`,
    detail: 'registration.ticketType',
    contact: 'contactId',
    lead: null,
  },
  {
    entity: 'checkIn',
    table: 'check_in',
    at: 'coalesce(check_in.inAtMs, check_in.createdAtMs)',
    kind: "'checkIn'",
    title: `coalesce(${eventName('check_in')}, '')`,
    detail: 'check_in.session',
    contact: 'contactId',
    lead: null,
  },
  {
    entity: 'task',
    table: 'task',
    at: 'coalesce(task.doneAtMs, task.dueAtMs, task.createdAtMs)',
    kind: 'task.kind',
    title: 'task.subject',
    detail: 'task.description',
    contact: 'contactId',
    lead: 'leadId',
  },
];

type Row = {
  uid: Buffer;
  kind: string;
  atMs: number;
  title: string;
  detail: string | null;
  contactUid: Buffer | null;
  leadUid: Buffer | null;
};

type Scope = { readonly where: string; readonly parameters: readonly number[] };

/** Whose: one list of conditions, each with an index of its own, so that none reads what it does not give. */
function scopesOf(source: Source, of: TimelineOf, id: number, contactOfLead: number | null): readonly Scope[] {
  const { table, contact, lead } = source;
  const leadsOf = (where: string) => `${table}.${lead} IN (SELECT lead.id FROM lead WHERE ${where})`;
  const scopes: Scope[] = [];
  if (of === 'contact') {
    if (contact) scopes.push({ where: `${table}.${contact} = ?`, parameters: [id] });
    if (lead) scopes.push({ where: leadsOf('lead.contactId = ?'), parameters: [id] });
  } else if (of === 'lead') {
    if (lead) scopes.push({ where: `${table}.${lead} = ?`, parameters: [id] });
    // of moves, calls and tasks only the lead's own; what the person did is the lead's as well
    if (contact && (!lead || source.entity === 'interaction') && contactOfLead !== null) {
      scopes.push({ where: `${table}.${contact} = ?`, parameters: [contactOfLead] });
    }
  } else {
    const people = 'SELECT contact.id FROM contact WHERE contact.accountId = ? AND contact.deletedAtMs IS NULL';
    if (contact) scopes.push({ where: `${table}.${contact} IN (${people})`, parameters: [id] });
    if (lead) scopes.push({ where: leadsOf('lead.accountId = ?'), parameters: [id] });
    if (lead) scopes.push({ where: leadsOf(`lead.contactId IN (${people})`), parameters: [id] });
  }
  return scopes;
}

/** The entries before a position (the newest where there is none). `kinds`: of entities or of what they say. */
export function timelinePage(
  store: ReadableStore,
  of: TimelineOf,
  id: number,
  limit: number,
  before: TimelinePosition | null,
  kinds: readonly string[] | null,
): { entries: TimelineEntry[]; next: TimelinePosition | null } {
  const contactOfLead =
    of === 'lead' ? (store.sql('SELECT contactId FROM lead WHERE id = ?').pluck().get(id) as number | null) : null;
  const found = new Map<string, TimelineEntry>();
  for (const source of sources) {
    const wholeKind = kinds === null || kinds.includes(source.entity);
    for (const scope of scopesOf(source, of, id, contactOfLead)) {
      for (const entry of readSource(store, source, scope, limit + 1, before, wholeKind ? null : kinds)) {
        found.set(`${entry.entity}:${entry.id}`, entry);
      }
    }
  }
  const all = [...found.values()].sort((a, b) => b.atMs - a.atMs || (a.id < b.id ? 1 : -1));
  const entries = all.slice(0, limit);
  const last = entries.at(-1);
  return { entries, next: all.length > limit && last ? { atMs: last.atMs, id: last.id } : null };
}

function readSource(
  store: ReadableStore,
  source: Source,
  scope: Scope,
  limit: number,
  before: TimelinePosition | null,
  kinds: readonly string[] | null,
): TimelineEntry[] {
  const { table, at, contact, lead } = source;
  const uidOf = (target: string, field: string | null) =>
    field === null ? 'NULL' : `(SELECT ${target}.uid FROM ${target} WHERE ${target}.id = ${table}.${field})`;
  const conditions = [`${table}.deletedAtMs IS NULL`, scope.where];
  const parameters: (number | string | Buffer)[] = [...scope.parameters];
  if (before) {
    // the first half is what an index on time can use
    conditions.push(`${at} <= ?`, `(${at} < ? OR ${table}.uid < ?)`);
    parameters.push(before.atMs, before.atMs, uuidToUid(before.id));
  }
  if (kinds) {
    conditions.push(`${source.kind} IN (SELECT value FROM json_each(?))`);
    parameters.push(JSON.stringify(kinds));
  }
  const rows = store
    .sql(
      `SELECT ${table}.uid AS uid, ${source.kind} AS kind, ${at} AS atMs, ${source.title} AS title,
         ${source.detail} AS detail, ${uidOf('contact', contact)} AS contactUid, ${uidOf('lead', lead)} AS leadUid
       FROM ${table} WHERE ${conditions.join(' AND ')} ORDER BY ${at} DESC, ${table}.uid DESC LIMIT ?`,
    )
    .all(...parameters, limit) as Row[];
  return rows.map((row) => ({
    id: uidToUuid(row.uid),
    entity: source.entity,
    kind: row.kind,
    atMs: row.atMs,
    title: row.title,
    detail: row.detail,
    leadId: row.leadUid ? uidToUuid(row.leadUid) : null,
    contactId: row.contactUid ? uidToUuid(row.contactUid) : null,
  }));
}
