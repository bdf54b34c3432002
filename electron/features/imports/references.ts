/**
 * Other records that a row names by what they are called: the owner, the event, the guardian. Found by email address, by
 * the id that a file gave them, or by name; where there is none, or several, the name is kept among the flagged values
 * and the row goes on without (domain.md section 2).
 *
 * Example: a column `Owner` that holds `ada@hq.example` fills `ownerId` with the user of that address.
 */
import { type EntityName, entityOf } from '../../../shared/model/entities.ts';
import type { FlaggedValue } from '../../../shared/model/parts.ts';
import { emailKey } from '../../../shared/rules/normalise/email.ts';
import { foldText } from '../../../shared/rules/normalise/fold.ts';
import { tableOf } from '../../../db/records/entity-storage.ts';
import { uuidOf } from '../../../db/records/read.ts';
import type { ReadableStore } from '../../../db/store.ts';
import type { ImportRow } from './reading/rows.ts';

/** Names that were looked up, with the row found or null: a file of leads names the same few events all over. */
export type KnownReferences = Map<string, number | null>;

const mostKnown = 20_000;

function findOne(store: ReadableStore, sql: string, value: string): number | null {
  const found = store.sql(`${sql} AND deletedAtMs IS NULL LIMIT 2`).pluck().all(value) as number[];
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** By email address, name or the id of a file; null where there is none, or several. */
export function findReference(store: ReadableStore, target: EntityName, name: string): number | null {
  const table = tableOf(target);
  const email = emailKey(name);
  if (email !== null && target === 'contact') {
    return findOne(
      store,
      'SELECT id FROM contact WHERE id IN (SELECT contactId FROM contact_email WHERE addressKey = ?)',
      email,
    );
  }
  if (email !== null && target === 'user') return findOne(store, 'SELECT id FROM user WHERE lower(email) = ?', email);
  const named = findOne(store, `SELECT id FROM ${table} WHERE labelKey = ?`, foldText(name));
  if (named !== null || !('externalId' in entityOf(target).fields)) return named;
  return findOne(store, `SELECT id FROM ${table} WHERE externalId = ?`, name);
}

function known(store: ReadableStore, references: KnownReferences, target: EntityName, name: string): number | null {
  const key = `${target} ${name}`;
  let id = references.get(key);
  if (id === undefined) {
    if (references.size >= mostKnown) references.clear();
    id = findReference(store, target, name);
    // a later row may be the one that this one names
    if (id !== null || !['contact', 'account'].includes(target)) references.set(key, id);
  }
  return id;
}

/** Fills the values of a row, which it changes, with the records that it names. */
export function resolveReferences(
  store: ReadableStore,
  references: KnownReferences,
  entity: 'contact' | 'lead' | 'account',
  row: Pick<ImportRow, 'references' | 'values'>,
): void {
  if (row.references === null) return;
  const missing: FlaggedValue[] = [];
  for (const [field, name] of Object.entries(row.references)) {
    if (field === 'productIds') {
      const products = listOf(name, (each) => known(store, references, 'product', each), missing);
      if (products.length > 0) row.values[field] = products.map((id) => uuidOf(store, 'product', id));
      continue;
    }
    const target = entityOf(entity).fields[field]?.target as EntityName | undefined;
    if (target === undefined) throw new Error(`${entity}.${field} is no reference`);
    const id = known(store, references, target, name);
    if (id !== null) row.values[field] = id;
    // a company that is no account of ours is told by the company field already
    else if (field !== 'accountId') missing.push({ field, value: name, reason: 'notFound' });
  }
  if (missing.length === 0) return;
  row.values.flaggedValues = [...((row.values.flaggedValues as FlaggedValue[] | undefined) ?? []), ...missing];
}

function listOf(names: string, find: (name: string) => number | null, missing: FlaggedValue[]): number[] {
  const whole = find(names);
  if (whole !== null) return [whole];
  return names
    .split(/[;,\n]/)
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .flatMap((each) => {
      const id = find(each);
      if (id === null) missing.push({ field: 'productIds', value: each, reason: 'notFound' });
      return id === null ? [] : [id];
    });
}
