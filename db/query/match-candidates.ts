/**
 * Who an incoming contact or lead could be: the records that match a strategy's key (shared/rules/matching). One
 * indexed attribute finds them, the rule then holds them to all.
 *
 * Leads are matched while open; closed ones are given apart, for imports that must not make them again.
 */
import { foldText } from '../../shared/rules/normalise/fold.ts';
import type { leadStatuses } from '../../shared/model/picklists.ts';
import type { Candidate } from '../../shared/rules/matching/decide.ts';
import type { MatchingAttribute, MatchingDefinition } from '../../shared/rules/matching/definition.ts';
import { type IdentityValues, levelsOf, lookupKey, matchesKey } from '../../shared/rules/matching/identity.ts';
import { standingRow } from '../merge/redirects.ts';
import { readStored } from '../records/read.ts';
import type { ReadableStore } from '../store.ts';

export type MatchTarget = 'contact' | 'lead';

type Found = { id: number; updatedAtMs: number };

/** More than any honest key finds; a person could not choose among them anyway. */
const mostCandidates = 200;
/** Names that begin alike: as many are compared one by one. */
const mostAlike = 50_000;

type LeadStatus = (typeof leadStatuses)[number];

type Lookup = {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** The SQL alone is the whole rule. */
  readonly exact: boolean;
  /** No index helps: each record is looked at. */
  readonly readsAll?: true;
};

type Key = ReadonlyMap<MatchingAttribute, string>;
/** Attributes that are compared by similarity. */
type Levels = ReadonlyMap<MatchingAttribute, number>;

const only = (key: Key, ...attributes: readonly MatchingAttribute[]): boolean =>
  key.size === attributes.length && attributes.every((attribute) => key.has(attribute));

const externalIdOf = (value: string): readonly [source: string, id: string] => {
  const at = value.indexOf('\u001f');
  return [value.slice(0, at), value.slice(at + 1)];
};

// The texts are whole constants, so that a million lookups do not build a million strings.
const contactByEmail = `SELECT contact.id, contact.updatedAtMs FROM contact_email CROSS JOIN contact ON contact.id = contact_email.contactId
  WHERE contact_email.addressKey = ? AND contact.deletedAtMs IS NULL GROUP BY contact.id LIMIT ${mostCandidates}`;
const contactByPhone = `SELECT contact.id, contact.updatedAtMs FROM contact_phone CROSS JOIN contact ON contact.id = contact_phone.contactId
  WHERE contact_phone.e164 = ? AND contact.deletedAtMs IS NULL GROUP BY contact.id LIMIT ${mostCandidates}`;
const aliveLead = 'deletedAtMs IS NULL AND status = ?';
const leadByEmail = `SELECT id, updatedAtMs FROM lead WHERE ${aliveLead} AND emailKey = ? LIMIT ${mostCandidates}`;
const leadByEmailAndSource = `SELECT id, updatedAtMs FROM lead WHERE ${aliveLead} AND emailKey = ? AND captureSource = ? LIMIT ${mostCandidates}`;
const leadByPhone = `SELECT id, updatedAtMs FROM lead WHERE ${aliveLead} AND phoneE164 = ? LIMIT ${mostCandidates}`;

function contactLookup(key: Key, values: IdentityValues, levels: Levels): Lookup {
  const email = key.get('email');
  if (email !== undefined) return { sql: contactByEmail, parameters: [email], exact: only(key, 'email') };
  const phone = key.get('phone');
  if (phone !== undefined) return { sql: contactByPhone, parameters: [phone], exact: only(key, 'phone') };
  return commonLookup('contact', key, values, [], levels);
}

function leadLookup(key: Key, values: IdentityValues, status: LeadStatus, levels: Levels): Lookup {
  const email = key.get('email');
  const source = key.get('captureSource');
  if (email !== undefined && source !== undefined) {
    const exact = only(key, 'email', 'captureSource');
    return { sql: leadByEmailAndSource, parameters: [status, email, source], exact };
  }
  if (email !== undefined) return { sql: leadByEmail, parameters: [status, email], exact: only(key, 'email') };
  const phone = key.get('phone');
  if (phone !== undefined) return { sql: leadByPhone, parameters: [status, phone], exact: false };
  return commonLookup('lead', key, values, [status], levels);
}

/** By external id, family name, or the first word of the company; without any of these by reading all. */
function commonLookup(
  table: MatchTarget,
  key: Key,
  values: IdentityValues,
  first: readonly unknown[],
  levels: Levels,
): Lookup {
  const from = `SELECT id, updatedAtMs FROM ${table} WHERE ${table === 'lead' ? aliveLead : 'deletedAtMs IS NULL'}`;
  const external = key.get('externalId');
  if (external !== undefined) {
    const [source, id] = externalIdOf(external);
    return {
      sql: `${from} AND externalId = ? AND coalesce(externalSource, '') = ? LIMIT ${mostCandidates}`,
      parameters: [...first, id, source],
      exact: only(key, 'externalId'),
    };
  }
  const folded = key.get('familyName');
  const similarName = folded !== undefined && levels.has('familyName');
  const company = key.get('company');
  // an exact company finds fewer than the names that begin alike
  if (similarName && (company === undefined || levels.has('company'))) {
    const begin = [...folded][0] ?? '';
    return {
      sql: `${from} AND familyNameKey >= ? AND familyNameKey < ? LIMIT ${mostAlike}`,
      parameters: [...first, begin, `${begin}\u{10ffff}`],
      exact: false,
    };
  }
  if (folded !== undefined && !similarName) {
    const typed = foldText(values.familyName ?? '');
    return {
      sql: `${from} AND familyNameKey IN (?, ?, ?)`,
      parameters: [...first, typed, folded, folded.replaceAll(' ', '-')],
      exact: false,
    };
  }
  if (company !== undefined) {
    // one that is only similar begins with the same two letters at least
    const word = levels.has('company') ? [...company].slice(0, 2).join('') : (company.split(' ')[0] ?? '');
    return {
      sql: `${from} AND companyKey >= ? AND companyKey < ? LIMIT 20000`,
      parameters: [...first, word, `${word}\u{10ffff}`],
      exact: false,
    };
  }
  return { sql: from, parameters: first, exact: false, readsAll: true };
}

/** Rows looked at between two rests. */
const rowsAStep = 500;

/** Rests now and again: of what no index finds all records are read. */
function* search(
  store: ReadableStore,
  target: MatchTarget,
  lookup: Lookup,
  key: Key,
  levels: Levels,
): Generator<void, readonly Candidate<number>[]> {
  const matches = ({ id }: Found): boolean => {
    const record = readStored(store, target, id);
    return record !== null && matchesKey(key, record.values as IdentityValues, levels);
  };
  if (lookup.readsAll !== true) {
    const found = store.sql(lookup.sql).all(...lookup.parameters) as Found[];
    if (lookup.exact) return found;
    const matching: Found[] = [];
    for (let at = 0; at < found.length; at += rowsAStep) {
      if (at > 0) yield;
      matching.push(...found.slice(at, at + rowsAStep).filter(matches));
    }
    return matching;
  }
  const page = store.sql(`${lookup.sql} AND id > ? ORDER BY id LIMIT ${rowsAStep}`);
  const matching: Found[] = [];
  for (let after = 0; ;) {
    const found = page.all(...lookup.parameters, after) as Found[];
    matching.push(...found.filter(matches));
    after = found.at(-1)?.id ?? after;
    if (found.length < rowsAStep) return matching;
    yield;
  }
}

function run(...asked: Parameters<typeof search>): readonly Candidate<number>[] {
  const steps = search(...asked);
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

/** Records that match all attributes of the strategy, open leads only; null where the key is blank. */
export function findCandidates(
  store: ReadableStore,
  target: MatchTarget,
  strategy: MatchingDefinition,
  values: IdentityValues,
): readonly Candidate<number>[] | null {
  const key = lookupKey(strategy, values);
  if (key === null) return null;
  const levels = levelsOf(strategy);
  const lookup = target === 'contact' ? contactLookup(key, values, levels) : leadLookup(key, values, 'open', levels);
  return run(store, target, lookup, key, levels);
}

/** The same with rests, for who looks up many and may be stopped. */
export function* findCandidatesInSteps(
  store: ReadableStore,
  target: MatchTarget,
  strategy: MatchingDefinition,
  values: IdentityValues,
): Generator<void, readonly Candidate<number>[] | null> {
  const key = lookupKey(strategy, values);
  if (key === null) return null;
  const levels = levelsOf(strategy);
  const lookup = target === 'contact' ? contactLookup(key, values, levels) : leadLookup(key, values, 'open', levels);
  return yield* search(store, target, lookup, key, levels);
}

/** The same of leads that are closed: an import that finds only these leaves them alone and makes no new one. */
export function findClosedLead(
  store: ReadableStore,
  strategy: MatchingDefinition,
  values: IdentityValues,
): number | null {
  const key = lookupKey(strategy, values);
  if (key === null) return null;
  const levels = levelsOf(strategy);
  for (const status of ['qualified', 'disqualified'] as const) {
    const [first] = run(store, 'lead', leadLookup(key, values, status, levels), key, levels);
    if (first) return first.id;
  }
  return null;
}

/** By the id that a file or system gave the record, or one that was merged into it; not in the bin. */
export function findByExternalId(
  store: ReadableStore,
  table: 'contact' | 'lead' | 'account' | 'registration',
  externalId: string,
  externalSource: string,
): number | null {
  const rows = store
    .sql(
      `SELECT id, deletedAtMs FROM ${table} WHERE externalId = ? AND externalSource = ?
       ORDER BY deletedAtMs IS NOT NULL LIMIT 20`,
    )
    .all(externalId, externalSource) as { id: number; deletedAtMs: number | null }[];
  for (const { id, deletedAtMs } of rows) {
    if (deletedAtMs === null) return id;
    const standing = standingRow(store, table, id);
    if (standing !== id && readStored(store, table, standing)?.deletedAtMs === null) return standing;
  }
  return null;
}

/** The one account of this name, compared by its folded form; null where there is none or several. */
export function findAccountByName(store: ReadableStore, name: string): number | null {
  const rows = store
    .sql('SELECT id FROM account WHERE labelKey = ? AND deletedAtMs IS NULL LIMIT 2')
    .all(foldText(name)) as { id: number }[];
  return rows.length === 1 ? (rows[0]?.id ?? null) : null;
}
