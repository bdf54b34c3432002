/**
 * How many records stand around one: what the tabs of its page say. Each is counted up to a limit only, so that an event
 * with a million leads opens as fast as one with three. And what the people of a company add up to.
 */
import { mostCounted } from '../../shared/contract/around.ts';
import type { EntityRecord } from '../../shared/model/entities.ts';
import type { Holder } from '../../shared/model/notes.ts';
import { keptIds } from '../records/kept.ts';
import { readWireRows } from '../records/read.ts';
import type { ReadableStore } from '../store.ts';
import { uidToUuid } from '../uuid.ts';

const alive = (table: string, where: string): string =>
  `SELECT id FROM ${table} WHERE ${where} AND deletedAtMs IS NULL`;

const byField = (field: string, tables: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, alive(table, `${field} = :row`)]));

/** Leads of a company: its own, and those of its people. */
const accountLeads = `${alive('lead', 'accountId = :row')} UNION ${alive(
  'lead',
  'contactId IN (SELECT id FROM contact WHERE accountId = :row AND deletedAtMs IS NULL)',
)}`;

const accountOpportunities = `${alive('opportunity', 'accountId = :row')} UNION ${alive(
  'opportunity',
  'contactId IN (SELECT id FROM contact WHERE accountId = :row AND deletedAtMs IS NULL)',
)}`;

const around: Readonly<Record<Holder, Readonly<Record<string, string>>>> = {
  contact: byField('contactId', {
    leads: 'lead',
    opportunities: 'opportunity',
    lists: 'list_member',
    registrations: 'registration',
    checkIns: 'check_in',
    tasks: 'task',
  }),
  account: {
    contacts: alive('contact', 'accountId = :row'),
    leads: accountLeads,
    opportunities: accountOpportunities,
    children: alive('account', 'parentAccountId = :row'),
  },
  lead: byField('leadId', { tasks: 'task', opportunities: 'opportunity' }),
  opportunity: {},
  event: byField('eventId', {
    forms: 'capture_form',
    leads: 'lead',
    registrations: 'registration',
    checkIns: 'check_in',
  }),
};

export function countsAround(store: ReadableStore, of: Holder, row: number): Record<string, number> {
  const questions = { ...around[of], notes: keptIds('note', of), attachments: keptIds('attachment', of) };
  return Object.fromEntries(
    Object.entries(questions).map(([name, ids]) => [
      name,
      store.sql(`SELECT count(*) FROM (SELECT 1 FROM (${ids}) LIMIT ${mostCounted})`).pluck().get({ row }) as number,
    ]),
  );
}

type Found<E extends 'lead' | 'opportunity'> = { readonly rows: EntityRecord<E>[]; readonly total: number };

/** Leads or opportunities of a company and its people: open ones first, then the newest. */
export function interestsOf<E extends 'lead' | 'opportunity'>(
  store: ReadableStore,
  entity: E,
  accountRow: number,
  limit: number,
): Found<E> {
  const all = entity === 'lead' ? accountLeads : accountOpportunities;
  const ids = store
    .sql(
      `SELECT id FROM ${entity} WHERE id IN (${all}) ORDER BY status = 'open' DESC, createdAtMs DESC, id DESC LIMIT :limit`,
    )
    .pluck()
    .all({ row: accountRow, limit }) as number[];
  const total = store.sql(`SELECT count(*) FROM (${all})`).pluck().get({ row: accountRow }) as number;
  return { rows: readWireRows(store, entity, ids), total };
}

type Activity = {
  readonly kinds: {
    readonly kind: string;
    readonly count: number;
    readonly contacts: number;
    readonly lastAtMs: number;
  }[];
  readonly total: number;
  readonly lastSeenAtMs: number | null;
  readonly lastSeen: { readonly id: string; readonly label: string } | null;
};

/** The interactions of a company's people, added up by kind. */
export function activityOf(store: ReadableStore, accountRow: number): Activity {
  const ofThePeople = `FROM interaction JOIN contact ON contact.id = interaction.contactId
     WHERE contact.accountId = ? AND contact.deletedAtMs IS NULL AND interaction.deletedAtMs IS NULL`;
  const kinds = store
    .sql(
      `SELECT interaction.kind AS kind, count(*) AS count, count(DISTINCT contact.id) AS contacts,
         max(interaction.occurredAtMs) AS lastAtMs
       ${ofThePeople} GROUP BY interaction.kind ORDER BY count(*) DESC, interaction.kind`,
    )
    .all(accountRow) as Activity['kinds'];
  const last = store
    .sql(
      `SELECT contact.uid AS uid, contact.label AS label, interaction.occurredAtMs AS atMs
       ${ofThePeople} ORDER BY interaction.occurredAtMs DESC, interaction.id DESC LIMIT 1`,
    )
    .get(accountRow) as { uid: Buffer; label: string; atMs: number } | undefined;
  return {
    kinds,
    total: kinds.reduce((sum, { count }) => sum + count, 0),
    lastSeenAtMs: last?.atMs ?? null,
    lastSeen: last ? { id: uidToUuid(last.uid), label: last.label } : null,
  };
}
