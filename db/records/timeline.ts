/**
 * What happened to a contact, a lead, or an account with all its contacts, newest first: one page of a union over what
 * records of many kinds say. Each kind gives its own newest entries through an index; the page is the newest of these.
 *
 * A contact's timeline holds what belongs to its leads as well; a lead's holds what its contact did.
 */
import type { TimelineEntry } from '../../shared/contract/parts.ts';
import type { ReadableStore } from '../store.ts';
import { uidToUuid, uuidToUid } from '../uuid.ts';
import { sourceName } from './source-name.ts';

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
  /** Only of what may be said of a company itself. */
  readonly account?: string;
};

/** Of a note, in letters. */
const longestShown = 600;

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
  {
    entity: 'note',
    table: 'note',
    at: 'coalesce(note.writtenAtMs, note.createdAtMs)',
    kind: "'note'",
    title: 'note.label',
    // the title is its first line, cut where that is long
    detail: `CASE WHEN substr(note.text, 1, length(note.label) + 1) = note.label || char(10)
         THEN substr(note.text, length(note.label) + 2, ${longestShown})
         WHEN note.text = note.label THEN NULL ELSE substr(note.text, 1, ${longestShown}) END`,
    contact: 'contactId',
    lead: 'leadId',
    account: 'accountId',
  },
  {
    entity: 'attachment',
    table: 'attachment',
    at: 'coalesce(attachment.addedAtMs, attachment.createdAtMs)',
    kind: "'attachment'",
    title: 'attachment.name',
    detail: 'attachment.note',
    contact: 'contactId',
    lead: 'leadId',
    account: 'accountId',
  },
];

/** What was written about a person is of use wherever the person is. */
const ofThePerson: readonly TimelineEntry['entity'][] = ['interaction', 'note', 'attachment'];

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

/** Up to so many leads are asked for one by one, each in its index's order, so that nothing is sorted. */
const fewLeads = 16;

/** Whose: one list of conditions, each with an index of its own, so that none reads what it does not give. */
function scopesOf(source: Source, of: TimelineOf, id: number, related: Related): readonly Scope[] {
  const { table, contact, lead } = source;
  const leadsOf = (where: string) => `${table}.${lead} IN (SELECT lead.id FROM lead WHERE ${where})`;
  const scopes: Scope[] = [];
  if (of === 'contact') {
    if (contact) scopes.push({ where: `${table}.${contact} = ?`, parameters: [id] });
    if (lead && related.leads === null) scopes.push({ where: leadsOf('lead.contactId = ?'), parameters: [id] });
    for (const leadId of (lead && related.leads) || []) {
      scopes.push({ where: `${table}.${lead} = ?`, parameters: [leadId] });
    }
  } else if (of === 'lead') {
    if (lead) scopes.push({ where: `${table}.${lead} = ?`, parameters: [id] });
    // of moves, calls and tasks only the lead's own; what the person did, and what was written about them, is the lead's as well
    if (contact && (!lead || ofThePerson.includes(source.entity)) && related.contact !== null) {
      scopes.push({ where: `${table}.${contact} = ?`, parameters: [related.contact] });
    }
  } else {
    const people = 'SELECT contact.id FROM contact WHERE contact.accountId = ? AND contact.deletedAtMs IS NULL';
    if (source.account) scopes.push({ where: `${table}.${source.account} = ?`, parameters: [id] });
    if (contact) scopes.push({ where: `${table}.${contact} IN (${people})`, parameters: [id] });
    if (lead) scopes.push({ where: leadsOf('lead.accountId = ?'), parameters: [id] });
    if (lead) scopes.push({ where: leadsOf(`lead.contactId IN (${people})`), parameters: [id] });
  }
  return scopes;
}

/** The contact of a lead; the leads of a contact, null where there are too many to ask for one by one. */
type Related = { readonly contact: number | null; readonly leads: readonly number[] | null };

function relatedTo(store: ReadableStore, of: TimelineOf, id: number): Related {
  if (of === 'account') return { contact: null, leads: null };
  if (of === 'lead') {
    const contact = store.sql('SELECT contactId FROM lead WHERE id = ?').pluck().get(id) as number | null;
    return { contact: contact ?? null, leads: null };
  }
  const leads = store
    .sql('SELECT id FROM lead WHERE contactId = ? LIMIT ?')
    .pluck()
    .all(id, fewLeads + 1) as number[];
  return { contact: null, leads: leads.length <= fewLeads ? leads : null };
}

/** Where an entry stands: what the page is chosen by, before anything else of it is read. */
type Place = { readonly source: Source; readonly id: number; readonly uid: Buffer; readonly atMs: number };

/** The entries before a position (the newest where there is none). `kinds`: of entities or of what they say. */
export function timelinePage(
  store: ReadableStore,
  of: TimelineOf,
  id: number,
  limit: number,
  before: TimelinePosition | null,
  kinds: readonly string[] | null,
): { entries: TimelineEntry[]; next: TimelinePosition | null } {
  const related = relatedTo(store, of, id);
  const found: Place[] = [];
  for (const source of sources) {
    const wholeKind = kinds === null || kinds.includes(source.entity);
    const known = new Set<number>();
    for (const scope of scopesOf(source, of, id, related)) {
      for (const place of placesIn(store, source, scope, limit + 1, before, wholeKind ? null : kinds)) {
        if (known.has(place.id)) continue;
        known.add(place.id);
        found.push({ source, ...place });
      }
    }
  }
  found.sort((a, b) => b.atMs - a.atMs || Buffer.compare(b.uid, a.uid));
  const entries = found.slice(0, limit).map(({ source, id: row }) => entryOf(store, source, row));
  const last = entries.at(-1);
  return { entries, next: found.length > limit && last ? { atMs: last.atMs, id: last.id } : null };
}

function placesIn(
  store: ReadableStore,
  source: Source,
  scope: Scope,
  limit: number,
  before: TimelinePosition | null,
  kinds: readonly string[] | null,
): Omit<Place, 'source'>[] {
  const { table, at } = source;
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
  return store
    .sql(
      `SELECT ${table}.id AS id, ${table}.uid AS uid, ${at} AS atMs
       FROM ${table} WHERE ${conditions.join(' AND ')} ORDER BY ${at} DESC, ${table}.uid DESC LIMIT ?`,
    )
    .all(...parameters, limit) as Omit<Place, 'source'>[];
}

const entryQueries = new Map<Source, string>();

function entryQueryOf(source: Source): string {
  let query = entryQueries.get(source);
  if (query === undefined) {
    const { table, at, contact, lead } = source;
    const uidOf = (target: string, field: string | null) =>
      field === null ? 'NULL' : `(SELECT ${target}.uid FROM ${target} WHERE ${target}.id = ${table}.${field})`;
    query = `SELECT ${table}.uid AS uid, ${source.kind} AS kind, ${at} AS atMs, ${source.title} AS title,
         ${source.detail} AS detail, ${uidOf('contact', contact)} AS contactUid, ${uidOf('lead', lead)} AS leadUid
       FROM ${table} WHERE ${table}.id = ?`;
    entryQueries.set(source, query);
  }
  return query;
}

function entryOf(store: ReadableStore, source: Source, id: number): TimelineEntry {
  const row = store.sql(entryQueryOf(source)).get(id) as Row;
  return {
    id: uidToUuid(row.uid),
    entity: source.entity,
    kind: row.kind,
    atMs: row.atMs,
    title: row.title,
    detail: row.detail && sourceName(store, row.detail),
    leadId: row.leadUid ? uidToUuid(row.leadUid) : null,
    contactId: row.contactUid ? uidToUuid(row.contactUid) : null,
  };
}
