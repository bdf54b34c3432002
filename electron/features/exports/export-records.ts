/** The records of an export, page by page, with what their rows need beside them. */
import type { ContactRecord, EntityRecord } from '../../../shared/model/entities.ts';
import type { ExportContext, ExportEntity, Lifecycle } from '../../../shared/rules/formats/export-target.ts';
import { segmentLookup } from '../../../db/query/segment/definitions.ts';
import { rowIdsWhere, segmentWhere } from '../../../db/query/segment/execute.ts';
import { tableOf } from '../../../db/records/entity-storage.ts';
import { registryOf } from '../../../db/records/model.ts';
import { decodeWire, wireSelect } from '../../../db/records/read.ts';
import type { ReadableStore } from '../../../db/store.ts';
import { uidToUuid } from '../../../db/uuid.ts';

export type ExportRecord = { readonly record: EntityRecord<ExportEntity>; readonly context: ExportContext };

const pageRows = 500;

/** Contacts in the segment as row ids, ascending; null where there is no such segment. */
export function membersOf(store: ReadableStore, segmentId: string, nowMs: number): number[] | null {
  const segment = segmentLookup(store);
  const definition = segment(segmentId);
  if (!definition) return null;
  const where = segmentWhere(definition, {
    nowMs,
    timeZone: definition.timeZone,
    segment,
    registry: registryOf(store),
  });
  return rowIdsWhere(store, where).toSorted((a, b) => a - b);
}

/** How many there are, for progress. */
export function countRecords(store: ReadableStore, entity: ExportEntity, members: readonly number[] | null): number {
  if (members && entity === 'contact') return members.length;
  const found = store
    .sql(
      members
        ? 'SELECT count(*) AS n FROM lead WHERE deletedAtMs IS NULL AND contactId IN (SELECT value FROM json_each(?))'
        : `SELECT count(*) AS n FROM ${tableOf(entity)} WHERE deletedAtMs IS NULL`,
    )
    .get(...(members ? [JSON.stringify(members)] : [])) as { n: number };
  return found.n;
}

/** Pages in the order in which records were made. `members`: only these contacts, or leads of these contacts. */
export function* pagesOf(
  store: ReadableStore,
  entity: ExportEntity,
  members: readonly number[] | null,
): Generator<ExportRecord[]> {
  const names = { owners: ownerEmails(store), productNames: productNames(store) };
  const table = tableOf(entity);
  const isMember = members && entity === 'lead' ? new Set(members) : null;
  const select = `SELECT ${wireSelect(store, entity)}, ${entity === 'lead' ? 'lead.contactId AS contactRow' : 'NULL AS contactRow'} FROM ${table}`;
  if (members && entity === 'contact') {
    for (let from = 0; from < members.length; from += pageRows) {
      const rows = store
        .sql(
          `${select} WHERE ${table}.deletedAtMs IS NULL AND ${table}.id IN (SELECT value FROM json_each(?)) ORDER BY ${table}.id`,
        )
        .all(JSON.stringify(members.slice(from, from + pageRows)));
      yield contextual(store, entity, rows as Row[], names);
    }
    return;
  }
  for (let last = 0; ;) {
    const rows = store
      .sql(`${select} WHERE ${table}.deletedAtMs IS NULL AND ${table}.id > ? ORDER BY ${table}.id LIMIT ${pageRows}`)
      .all(last) as Row[];
    const end = rows.at(-1);
    if (!end) return;
    last = end.id;
    const wanted = isMember ? rows.filter((row) => row.contactRow !== null && isMember.has(row.contactRow)) : rows;
    yield contextual(store, entity, wanted, names);
  }
}

type Row = { id: number; contactRow: number | null };

function contextual(
  store: ReadableStore,
  entity: ExportEntity,
  rows: readonly Row[],
  { owners, productNames }: Names,
): ExportRecord[] {
  const contacts = entity === 'lead' ? contactsOf(store, rows) : null;
  const lifecycles = entity === 'contact' ? lifecyclesOf(store, rows) : null;
  return rows.map((row) => {
    const record = decodeWire(store, entity, row);
    const contact = row.contactRow === null ? null : (contacts?.get(row.contactRow) ?? null);
    return {
      record,
      context: {
        contact,
        ownerEmail: record.ownerId === null ? null : (owners.get(record.ownerId) ?? null),
        productNames,
        lifecycle: lifecycles?.get(row.id) ?? null,
      },
    };
  });
}

type Names = { readonly owners: ReadonlyMap<string, string>; readonly productNames: ReadonlyMap<string, string> };

function productNames(store: ReadableStore): ReadonlyMap<string, string> {
  const rows = store.sql('SELECT uid, name FROM product').all() as { uid: Buffer; name: string }[];
  return new Map(rows.map(({ uid, name }) => [uidToUuid(uid), name]));
}

function ownerEmails(store: ReadableStore): ReadonlyMap<string, string> {
  const rows = store.sql('SELECT uid, email FROM user WHERE email IS NOT NULL').all() as {
    uid: Buffer;
    email: string;
  }[];
  return new Map(rows.map(({ uid, email }) => [uidToUuid(uid), email]));
}

function contactsOf(store: ReadableStore, rows: readonly Row[]): ReadonlyMap<number, ContactRecord> {
  const ids = rows.flatMap(({ contactRow }) => (contactRow === null ? [] : [contactRow]));
  if (ids.length === 0) return new Map();
  const found = store
    .sql(
      `SELECT ${wireSelect(store, 'contact')} FROM contact
       WHERE contact.deletedAtMs IS NULL AND contact.id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(ids)) as { id: number }[];
  return new Map(found.map((row) => [row.id, decodeWire(store, 'contact', row)]));
}

type Way = {
  id: number;
  won: number;
  opportunity: number;
  ready: number;
  scored: number;
  lead: number;
  customer: number;
};

/** How far each contact came, by its leads and opportunities. */
function lifecyclesOf(store: ReadableStore, rows: readonly Row[]): ReadonlyMap<number, Lifecycle> {
  const found = store
    .sql(
      `SELECT contact.id,
         EXISTS (SELECT 1 FROM opportunity WHERE contactId = contact.id AND status = 'won' AND deletedAtMs IS NULL) AS won,
         EXISTS (SELECT 1 FROM opportunity WHERE contactId = contact.id AND status = 'open' AND deletedAtMs IS NULL) AS opportunity,
         coalesce(max(lead.salesReady), 0) AS ready,
         coalesce(max(lead.scoredAtMs IS NOT NULL), 0) AS scored,
         count(lead.id) AS lead,
         coalesce(account.kind = 'customer', 0) AS customer
       FROM contact
       LEFT JOIN lead ON lead.contactId = contact.id AND lead.status = 'open' AND lead.deletedAtMs IS NULL
       LEFT JOIN account ON account.id = contact.accountId
       WHERE contact.id IN (SELECT value FROM json_each(?)) GROUP BY contact.id`,
    )
    .all(JSON.stringify(rows.map((row) => row.id))) as Way[];
  return new Map(found.map((way) => [way.id, lifecycleOf(way)]));
}

function lifecycleOf(way: Way): Lifecycle {
  if (way.won > 0 || way.customer > 0) return 'Customer';
  if (way.opportunity > 0) return 'Opportunity';
  if (way.ready > 0) return 'Sales Qualified Lead';
  if (way.scored > 0) return 'Marketing Qualified Lead';
  return way.lead > 0 ? 'Lead' : 'Other';
}
