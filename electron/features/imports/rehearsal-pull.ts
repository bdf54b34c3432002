/**
 * Brings to the scratch store every record that a row of a file could hit, be linked to or name, before the row is
 * tried there. The same lookups as the writers', asked of the database: what these find, the writers find too.
 */
import { foldText } from '../../../shared/rules/normalise/fold.ts';
import { emailKey } from '../../../shared/rules/normalise/email.ts';
import type { DraftValues } from '../../../shared/rules/formats/draft.ts';
import { findCandidates, findClosedLead, type MatchTarget } from '../../../db/query/match-candidates.ts';
import { leavingsOf, membershipKeys } from '../../../db/derived/list-membership.ts';
import { rowIdOf, uuidOf } from '../../../db/records/read.ts';
import type { ReadableStore } from '../../../db/store.ts';
import { type ImportRow, mappedOf } from './reading/rows.ts';
import { interactionKey } from './happening-writer.ts';
import { identityOf } from './row-records.ts';
import { fingerprintOf, knownEntityOf } from './row-writer.ts';
import type { RunContext } from './run-context.ts';
import type { PulledEntity, Scratch } from './scratch-store.ts';

type Pull = { readonly real: ReadableStore; readonly scratch: Scratch; readonly context: RunContext };

/** More of one name than anything tells apart. */
const most = 20;

const idsWhere = (real: ReadableStore, table: string, where: string, ...parameters: readonly unknown[]): number[] =>
  real
    .sql(`SELECT id FROM ${table} WHERE ${where} AND deletedAtMs IS NULL LIMIT ${most}`)
    .pluck()
    .all(...parameters) as number[];

function pullAll({ scratch }: Pull, entity: PulledEntity, ids: readonly number[]): readonly number[] {
  for (const id of ids) scratch.pull(entity, id);
  return ids;
}

const byExternalId = (pull: Pull, table: 'contact' | 'lead' | 'account' | 'registration', id: unknown): number[] =>
  typeof id === 'string' && id !== ''
    ? idsWhere(pull.real, table, 'externalId = ? AND externalSource = ?', id, pull.context.externalSource)
    : [];

function pullPerson(pull: Pull, target: MatchTarget, values: DraftValues): readonly number[] {
  const { real, context } = pull;
  const strategy = target === 'contact' ? context.contactStrategy : context.leadStrategy;
  const identity = identityOf(context, target, values);
  const found = (findCandidates(real, target, strategy, identity) ?? []).map(({ id }) => id);
  const closed = target === 'lead' ? findClosedLead(real, strategy, identity) : null;
  return pullAll(pull, target, [
    ...byExternalId(pull, target, values.externalId),
    ...found,
    ...(closed === null ? [] : [closed]),
  ]);
}

function pullAccounts(pull: Pull, name: unknown): void {
  if (typeof name !== 'string' || name === '') return;
  pullAll(pull, 'account', idsWhere(pull.real, 'account', 'labelKey = ?', foldText(name)));
}

/** Contacts and accounts that the row names, with those above them: a file may close a ring. */
function pullNamed(pull: Pull, names: readonly string[]): void {
  for (const name of names) {
    const key = foldText(name);
    const email = emailKey(name);
    const contacts =
      email === null
        ? []
        : idsWhere(pull.real, 'contact', 'id IN (SELECT contactId FROM contact_email WHERE addressKey = ?)', email);
    for (const table of ['contact', 'account'] as const) {
      const ids = [
        ...idsWhere(pull.real, table, 'labelKey = ?', key),
        ...idsWhere(pull.real, table, 'externalId = ?', name),
        ...(table === 'contact' ? contacts : []),
      ];
      for (const id of ids) pullWithParents(pull, table, id);
    }
  }
}

const parentOf = { contact: 'guardianId', account: 'parentAccountId' } as const;

function pullWithParents({ real, scratch }: Pull, table: 'contact' | 'account', from: number): void {
  const seen = new Set<number>();
  for (let id: number | null = from; id !== null && !seen.has(id);) {
    seen.add(id);
    scratch.pull(table, id);
    id = (real.sql(`SELECT ${parentOf[table]} FROM ${table} WHERE id = ?`).pluck().get(id) as number | null) ?? null;
  }
}

/** A record that an earlier file left without the parent that it names. */
export function pullChild(pull: Pull, entity: 'contact' | 'account', id: number, names: readonly string[]): void {
  pull.scratch.pull(entity, id);
  pullNamed(pull, names);
}

function pullRegistrations(pull: Pull, row: ImportRow, contacts: readonly number[], eventRow: number | null): void {
  if (eventRow === null || row.registration === null) return;
  const { real, scratch, context } = pull;
  const { externalId } = row.registration;
  const known = byExternalId(pull, 'registration', externalId);
  const all = new Set([
    ...known,
    ...contacts.flatMap((id) => idsWhere(real, 'registration', 'contactId = ? AND eventId = ?', id, eventRow)),
  ]);
  pullAll(pull, 'registration', [...all]);
  for (const id of known) {
    const contact = real.sql('SELECT contactId FROM registration WHERE id = ?').pluck().get(id) as number | null;
    if (contact !== null) scratch.pull('contact', contact);
  }
  const keys = [...all].map((id) => uuidOf(real, 'registration', id));
  if (typeof externalId === 'string') keys.push(`${context.externalSource}:${externalId}`);
  for (const key of keys) {
    pullAll(pull, 'interaction', idsWhere(real, 'interaction', 'eventKey = ?', `registered:${key}`.slice(0, 300)));
  }
}

function pullHappenings(pull: Pull, row: ImportRow, contacts: readonly number[], eventRow: number | null): void {
  const { real, context } = pull;
  const id = row.registration?.externalId;
  const hash = row.fingerprint === null ? null : Buffer.from(row.fingerprint).toString('hex');
  const keys = typeof id === 'string' ? [interactionKey(context.externalSource, id)] : [`import:interaction:${hash}`];
  if (typeof id === 'string') keys.push(`checkedIn:${keys[0]}`.slice(0, 300));
  for (const key of keys) pullAll(pull, 'interaction', idsWhere(real, 'interaction', 'eventKey = ?', key));
  if (eventRow === null || context.kind !== 'checkins') return;
  for (const contact of contacts) {
    for (const [entity, table] of [
      ['checkIn', 'check_in'],
      ['registration', 'registration'],
    ] as const) {
      pullAll(pull, entity, idsWhere(real, table, 'contactId = ? AND eventId = ?', contact, eventRow));
    }
  }
}

function pullMemberships(pull: Pull, contacts: readonly number[]): void {
  const { real, context } = pull;
  const listRow = context.listId === null ? null : rowIdOf(real, 'subscriptionList', context.listId);
  if (listRow === null) return;
  for (const contactId of contacts) {
    pullAll(pull, 'listMember', idsWhere(real, 'list_member', 'listId = ? AND contactId = ?', listRow, contactId));
    const [from, to] = membershipKeys(real, { listId: listRow, contactId });
    pullAll(pull, 'interaction', idsWhere(real, 'interaction', 'eventKey >= ? AND eventKey < ?', from, to));
    pullAll(pull, 'interaction', leavingsOf(real, { listId: listRow, contactId }));
  }
}

/** Of a row that no key identifies: whom an earlier import knew it to be. */
function pullKnownPerson({ real, context }: Pull, row: ImportRow): number[] {
  const fingerprint = Buffer.from(row.fingerprint ?? fingerprintOf(context, mappedOf(row)));
  const id = real.sql('SELECT recordId FROM import_row WHERE fingerprint = ?').pluck().get(fingerprint) as
    number | null | undefined;
  return typeof id === 'number' ? [id] : [];
}

function pullFingerprint({ real, scratch, context }: Pull, row: ImportRow): void {
  const fingerprint = Buffer.from(row.fingerprint ?? fingerprintOf(context, mappedOf(row)));
  scratch.pullRows('import_row', 'fingerprint = ?', fingerprint);
  const recordId = real.sql('SELECT recordId FROM import_row WHERE fingerprint = ?').pluck().get(fingerprint) as
    number | null | undefined;
  if (typeof recordId === 'number') scratch.pull(knownEntityOf(context.kind), recordId);
}

/** `eventRow`: the event of an attendee list. */
export function pullForRow(pull: Pull, row: ImportRow, eventRow: number | null): void {
  pullFingerprint(pull, row);
  if (row.trouble !== null) return;
  const { values } = row;
  pullNamed(pull, Object.values(row.references ?? {}));
  switch (pull.context.kind) {
    case 'contacts':
      pullPerson(pull, 'contact', values);
      pullAccounts(pull, values.company);
      return;
    case 'leads':
      pullPerson(pull, 'lead', values);
      pullPerson(pull, 'contact', values);
      pullAccounts(pull, values.company);
      return;
    case 'accounts':
      pullAll(pull, 'account', byExternalId(pull, 'account', values.externalId));
      pullAccounts(pull, values.name);
      return;
    case 'members': {
      const contacts = [...pullPerson(pull, 'contact', values), ...pullKnownPerson(pull, row)];
      pullAccounts(pull, values.company);
      pullMemberships(pull, contacts);
      return;
    }
    case 'checkins':
    case 'interactions': {
      const contacts = pullPerson(pull, 'contact', values);
      pullAccounts(pull, values.company);
      pullHappenings(pull, row, contacts, eventRow);
      return;
    }
    case 'registrations':
      pullRegistrations(pull, row, pullPerson(pull, 'contact', values), eventRow);
      pullAccounts(pull, values.company);
      return;
  }
}
