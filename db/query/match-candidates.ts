/**
 * Who an incoming contact or lead could be: the records that match a strategy's key (shared/rules/matching). One
 * indexed attribute finds them, the rule then holds them to all.
 *
 * Leads are matched while open; closed ones are given apart, for imports that must not make them again.
 */
import { foldText } from '../../shared/rules/normalise/fold.ts';
import type { Candidate } from '../../shared/rules/matching/decide.ts';
import type { MatchingAttribute, MatchingDefinition } from '../../shared/rules/matching/definition.ts';
import { type IdentityValues, lookupKey, matchesKey } from '../../shared/rules/matching/identity.ts';
import { readStored } from '../records/read.ts';
import type { ReadableStore } from '../store.ts';

export type MatchTarget = 'contact' | 'lead';

type Found = { id: number; updatedAtMs: number };

/** More than any honest key finds; a person could not choose among them anyway. */
const mostCandidates = 200;

type Lookup = {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** The SQL alone is the whole rule. */ readonly exact: boolean;
};

type Key = ReadonlyMap<MatchingAttribute, string>;

const only = (key: Key, ...attributes: readonly MatchingAttribute[]): boolean =>
  key.size === attributes.length && attributes.every((attribute) => key.has(attribute));

const externalIdOf = (value: string): readonly [source: string, id: string] => {
  const at = value.indexOf('\u001f');
  return [value.slice(0, at), value.slice(at + 1)];
};

function contactLookup(key: Key, values: IdentityValues): Lookup {
  const email = key.get('email');
  if (email !== undefined) {
    return {
      sql: `SELECT contact.id, contact.updatedAtMs FROM contact_email CROSS JOIN contact ON contact.id = contact_email.contactId
            WHERE contact_email.addressKey = ? AND contact.deletedAtMs IS NULL GROUP BY contact.id LIMIT ${mostCandidates}`,
      parameters: [email],
      exact: only(key, 'email'),
    };
  }
  const phone = key.get('phone');
  if (phone !== undefined) {
    return {
      sql: `SELECT contact.id, contact.updatedAtMs FROM contact_phone CROSS JOIN contact ON contact.id = contact_phone.contactId
            WHERE contact_phone.e164 = ? AND contact.deletedAtMs IS NULL GROUP BY contact.id LIMIT ${mostCandidates}`,
      parameters: [phone],
      exact: false,
    };
  }
  return commonLookup('contact', key, values);
}

function leadLookup(key: Key, values: IdentityValues): Lookup {
  const email = key.get('email');
  if (email !== undefined) {
    const source = key.get('captureSource');
    return {
      sql: `SELECT id, updatedAtMs FROM lead WHERE emailKey = ? AND deletedAtMs IS NULL AND status = @status
            ${source === undefined ? '' : 'AND captureSource = ?'} LIMIT ${mostCandidates}`,
      parameters: source === undefined ? [email] : [email, source],
      exact: only(key, 'email') || only(key, 'email', 'captureSource'),
    };
  }
  const phone = key.get('phone');
  if (phone !== undefined) {
    return {
      sql: `SELECT id, updatedAtMs FROM lead WHERE phoneE164 = ? AND deletedAtMs IS NULL AND status = @status LIMIT ${mostCandidates}`,
      parameters: [phone],
      exact: false,
    };
  }
  return commonLookup('lead', key, values);
}

/** By external id, family name, or the first word of the company; without any of these by reading all. */
function commonLookup(table: MatchTarget, key: Key, values: IdentityValues): Lookup {
  const alive = table === 'lead' ? 'deletedAtMs IS NULL AND status = @status' : 'deletedAtMs IS NULL';
  const from = `SELECT id, updatedAtMs FROM ${table} WHERE ${alive}`;
  const external = key.get('externalId');
  if (external !== undefined) {
    const [source, id] = externalIdOf(external);
    return {
      sql: `${from} AND externalId = ? AND coalesce(externalSource, '') = ? LIMIT ${mostCandidates}`,
      parameters: [id, source],
      exact: only(key, 'externalId'),
    };
  }
  if (key.has('familyName')) {
    const typed = foldText(values.familyName ?? '');
    const folded = key.get('familyName') ?? '';
    return {
      sql: `${from} AND familyNameKey IN (?, ?, ?)`,
      parameters: [typed, folded, folded.replaceAll(' ', '-')],
      exact: false,
    };
  }
  const company = key.get('company');
  if (company !== undefined) {
    const word = company.split(' ')[0] ?? '';
    return {
      sql: `${from} AND companyKey >= ? AND companyKey < ? LIMIT 20000`,
      parameters: [word, `${word}\u{10ffff}`],
      exact: false,
    };
  }
  return { sql: from, parameters: [], exact: false };
}

function run(store: ReadableStore, target: MatchTarget, lookup: Lookup, key: Key, status: string): Candidate<number>[] {
  const sql = lookup.sql.replace('@status', `'${status}'`);
  const found = store.sql(sql).all(...lookup.parameters) as Found[];
  if (lookup.exact) return found;
  return found.filter(({ id }) => {
    const record = readStored(store, target, id);
    return record !== null && matchesKey(key, record.values as IdentityValues);
  });
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
  const lookup = target === 'contact' ? contactLookup(key, values) : leadLookup(key, values);
  return run(store, target, lookup, key, 'open');
}

/** The same of leads that are closed: an import that finds only these leaves them alone and makes no new one. */
export function findClosedLead(
  store: ReadableStore,
  strategy: MatchingDefinition,
  values: IdentityValues,
): number | null {
  const key = lookupKey(strategy, values);
  if (key === null) return null;
  const lookup = leadLookup(key, values);
  for (const status of ['qualified', 'disqualified']) {
    const [first] = run(store, 'lead', lookup, key, status);
    if (first) return first.id;
  }
  return null;
}

/** By the id that a file or system gave the record; not in the bin. */
export function findByExternalId(
  store: ReadableStore,
  table: 'contact' | 'lead' | 'account' | 'registration',
  externalId: string,
  externalSource: string,
): number | null {
  const row = store
    .sql(`SELECT id FROM ${table} WHERE externalId = ? AND externalSource = ? AND deletedAtMs IS NULL LIMIT 1`)
    .get(externalId, externalSource) as { id: number } | undefined;
  return row?.id ?? null;
}

/** The one account of this name, compared by its folded form; null where there is none or several. */
export function findAccountByName(store: ReadableStore, name: string): number | null {
  const rows = store
    .sql('SELECT id FROM account WHERE labelKey = ? AND deletedAtMs IS NULL LIMIT 2')
    .all(foldText(name)) as { id: number }[];
  return rows.length === 1 ? (rows[0]?.id ?? null) : null;
}
