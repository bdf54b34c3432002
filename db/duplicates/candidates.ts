/**
 * Records that one record could be the same as, found through indexes: same email, phone, names or company. A fraction of
 * what the whole search looks at, fast enough for a page that is being opened.
 */
import type { ReadableStore } from '../store.ts';
import type { DuplicateEntity } from './records.ts';

const mostOfAKind = 40;

const byColumn = (table: DuplicateEntity, columns: readonly string[], also = ''): string =>
  `SELECT other.id FROM ${table} AS own JOIN ${table} AS other ON ${columns
    .map((column) => `other.${column} = own.${column}`)
    .join(' AND ')} AND other.deletedAtMs IS NULL ${also}
   WHERE own.id = @row AND other.id <> @row LIMIT ${mostOfAKind}`;

const byPart = (table: string, key: string): string =>
  `SELECT other.contactId FROM ${table} AS own JOIN ${table} AS other ON other.${key} = own.${key}
   JOIN contact ON contact.id = other.contactId AND contact.deletedAtMs IS NULL
   WHERE own.contactId = @row AND other.contactId <> @row LIMIT ${mostOfAKind}`;

/** Given and family name may be swapped, or one of them misspelt: the other one then has to do. */
const questions: { readonly [E in DuplicateEntity]: readonly string[] } = {
  contact: [
    byPart('contact_email', 'addressKey'),
    byPart('contact_phone', 'e164'),
    byColumn('contact', ['familyNameKey', 'givenNameKey']),
    byColumn('contact', ['familyNameKey']),
    `SELECT other.id FROM contact AS own JOIN contact AS other
       ON other.familyNameKey = own.givenNameKey AND other.givenNameKey = own.familyNameKey AND other.deletedAtMs IS NULL
     WHERE own.id = @row AND other.id <> @row LIMIT ${mostOfAKind}`,
    byColumn('contact', ['companyKey', 'givenNameKey']),
  ],
  account: [
    byColumn('account', ['labelKey']),
    // the first word of a name, as far as it is not a common one
    `SELECT other.id FROM account AS own JOIN account AS other
       ON other.labelKey >= substr(own.labelKey, 1, 5) AND other.labelKey < substr(own.labelKey, 1, 5) || char(0x10ffff)
       AND other.deletedAtMs IS NULL
     WHERE own.id = @row AND other.id <> @row AND length(own.labelKey) >= 5 LIMIT ${mostOfAKind}`,
  ],
  lead: [
    byColumn('lead', ['emailKey'], "AND other.status = 'open'"),
    byColumn('lead', ['phoneE164'], "AND other.status = 'open'"),
    byColumn('lead', ['contactId'], "AND other.status = 'open'"),
  ],
};

export function candidatesFor(store: ReadableStore, of: DuplicateEntity, row: number): readonly number[] {
  const found = new Set<number>();
  for (const question of questions[of]) {
    for (const id of store.sql(question).pluck().all({ row }) as number[]) found.add(id);
  }
  return [...found];
}
