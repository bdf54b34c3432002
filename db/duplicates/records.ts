/** Records as the duplicate finder takes them (shared/rules/linkage), read batch by batch, without those in the bin. */
import type { AddressPart, EmailPart, PhonePart } from '../../shared/model/parts.ts';
import { type AccountSource, accountKind, prepareAccount } from '../../shared/rules/linkage/account.ts';
import type { Kind, Table } from '../../shared/rules/linkage/kind.ts';
import { type PersonSource, personKind, preparePerson } from '../../shared/rules/linkage/person.ts';
import type { ReadableStore } from '../store.ts';
import { uidToUuid } from '../uuid.ts';

export type DuplicateEntity = 'contact' | 'account' | 'lead';

/** What a pair is shown with. */
export type Shown = {
  readonly id: string;
  readonly externalId: string | null;
  readonly label: string;
  /** A field of the kind as people wrote it. */
  value(field: string): string | null;
};

export type Subject<S, R> = {
  readonly kind: Kind<R>;
  prepare(source: S): R;
  /** Columns after `id`, in the order in which `sourceOf` takes them. */
  readonly columns: string;
  /** Beside not being in the bin. */
  readonly condition: string;
  sourceOf(row: readonly unknown[]): S;
  shown(source: S, field: string): string | null;
};

const list = <T>(json: unknown): readonly T[] => (json === '[]' ? [] : (JSON.parse(json as string) as T[]));

const addressLine = (addresses: PersonSource['addresses']): string | null => {
  const [first] = addresses;
  if (!first) return null;
  const parts = [first.street, first.street2, first.postalCode, first.city, first.region];
  return parts.filter((part) => part !== null).join(', ') || null;
};
const joined = (values: readonly (string | null)[], by = ', '): string | null =>
  values.filter((value) => value !== null).join(by) || null;

type PersonRow = readonly (string | null)[];

function person(rest: { columns: string; condition: string }): Subject<PersonSource, ReturnType<typeof preparePerson>> {
  return {
    ...rest,
    kind: personKind,
    prepare: preparePerson,
    sourceOf: (row) => {
      const [
        givenName = null,
        middleName = null,
        familyName = null,
        company = null,
        emails,
        phones,
        addresses,
        ...more
      ] = row as PersonRow;
      const [nickname = null, birthDate = null, interest = null] = more;
      return {
        givenName,
        middleName,
        familyName,
        company,
        nickname,
        birthDate,
        interest,
        emails: list<EmailPart>(emails),
        phones: list<PhonePart>(phones),
        addresses: list<AddressPart>(addresses),
      };
    },
    shown: (source, field) => {
      if (field === 'givenName') return joined([source.givenName, source.middleName], ' ') ?? source.nickname;
      if (field === 'familyName') return source.familyName;
      if (field === 'birthDate') return source.birthDate;
      if (field === 'email') return joined(source.emails.map(({ address }) => address));
      if (field === 'phone') return joined(source.phones.map(({ number }) => number));
      if (field === 'address' || field === 'place') return addressLine(source.addresses);
      if (field === 'company') return source.company;
      // of a lead the interest is its topic and what it came from
      return field === 'interest' ? (source.interest?.split('\u001f')[0] ?? null) : null;
    },
  };
}

const account: Subject<AccountSource, ReturnType<typeof prepareAccount>> = {
  kind: accountKind,
  prepare: prepareAccount,
  columns: 'name, website, industry, phones, addresses',
  condition: '1',
  sourceOf: (row) => ({
    name: row[0] as string,
    website: row[1] as string | null,
    industry: row[2] as string | null,
    phones: list<PhonePart>(row[3]),
    addresses: list<AddressPart>(row[4]),
  }),
  shown: (source, field) => {
    if (field === 'name') return source.name;
    if (field === 'phone') return joined(source.phones.map(({ number }) => number));
    if (field === 'address' || field === 'place') return addressLine(source.addresses);
    return field === 'website' ? source.website : source.industry;
  },
};

const names = 'givenName, middleName, familyName, company, emails, phones, addresses';

const subjects = {
  contact: person({ columns: `${names}, nickname, birthDate, NULL`, condition: '1' }),
  account,
  // matching touches open leads only, and two leads of one person are two where their interest is not the same
  lead: person({
    columns: `${names}, NULL, NULL, topicKey || char(31) || coalesce(eventId, '') || char(31) || coalesce(campaignId, '')`,
    condition: "status = 'open'",
  }),
} as const;

/** Any entity's subject: source and prepared record belong together inside of it. */
export type AnySubject = Subject<unknown, unknown>;
export const subjectOf = (of: DuplicateEntity): AnySubject => subjects[of] as unknown as AnySubject;

const batch = 250;

export type ReadAll<R> = { readonly rows: number[]; readonly records: Table<R> };

/** Every record of an entity, prepared, or one in so many; yields how many were read since. */
export function* readPrepared<S, R>(
  store: ReadableStore,
  entity: DuplicateEntity,
  subject: Subject<S, R>,
  every = 1,
): Generator<number, ReadAll<R>> {
  const read = store
    .sql(
      `SELECT id, ${subject.columns} FROM ${entity}
       WHERE id > ? AND (? = 1 OR id % ? = 0) AND deletedAtMs IS NULL AND ${subject.condition}
       ORDER BY id LIMIT ${batch}`,
    )
    .raw();
  const rows: number[] = [];
  const records = subject.kind.createTable();
  for (let last = 0; ;) {
    const page = read.all(last, every, every) as unknown[][];
    for (const [id, ...columns] of page) {
      last = id as number;
      rows.push(last);
      records.add(subject.prepare(subject.sourceOf(columns)));
    }
    if (page.length === 0) return { rows, records };
    yield page.length;
  }
}

/** Those of the rows that a search looks at, prepared. */
export function* readSome<S, R>(
  store: ReadableStore,
  entity: DuplicateEntity,
  subject: Subject<S, R>,
  rows: readonly number[],
): Generator<{ readonly row: number; readonly record: R }> {
  const read = store
    .sql(
      `SELECT id, ${subject.columns} FROM ${entity}
       WHERE id IN (SELECT value FROM json_each(?)) AND deletedAtMs IS NULL AND ${subject.condition}`,
    )
    .raw();
  for (let at = 0; at < rows.length; at += batch) {
    for (const [row, ...columns] of read.all(JSON.stringify(rows.slice(at, at + batch))) as unknown[][]) {
      yield { row: row as number, record: subject.prepare(subject.sourceOf(columns)) };
    }
  }
}

/** One record, also a closed lead or one in the bin, with what it is shown by. */
export function readOne<S, R>(
  store: ReadableStore,
  entity: DuplicateEntity,
  subject: Subject<S, R>,
  row: number,
): { readonly record: R; readonly shown: Shown } {
  const found = store
    .sql(`SELECT uid, externalId, label, ${subject.columns} FROM ${entity} WHERE id = ?`)
    .raw()
    .get(row) as unknown[] | undefined;
  if (!found) throw new Error(`No ${entity} in row ${row}`);
  const [uid, externalId, label, ...columns] = found;
  const source = subject.sourceOf(columns);
  return {
    record: subject.prepare(source),
    shown: {
      id: uidToUuid(uid as Buffer),
      externalId: externalId as string | null,
      label: label as string,
      value: (field) => subject.shown(source, field),
    },
  };
}

/** What a record is called in a list; a pair's row is always there, also when in the bin. */
export function shownBriefly(
  store: ReadableStore,
  entity: DuplicateEntity,
  row: number,
): { readonly id: string; readonly label: string; readonly externalId: string | null } {
  const found = store.sql(`SELECT uid, label, externalId FROM ${entity} WHERE id = ?`).get(row) as
    { uid: Buffer; label: string; externalId: string | null } | undefined;
  if (!found) throw new Error(`No ${entity} in row ${row}`);
  return { id: uidToUuid(found.uid), label: found.label, externalId: found.externalId };
}

/** Those of the rows that a search would look at. */
export function standingIn(
  store: ReadableStore,
  entity: DuplicateEntity,
  rows: readonly number[],
): ReadonlySet<number> {
  const found = store
    .sql(
      `SELECT id FROM ${entity} WHERE id IN (SELECT value FROM json_each(?)) AND deletedAtMs IS NULL
       AND ${subjects[entity].condition}`,
    )
    .pluck()
    .all(JSON.stringify([...new Set(rows)])) as number[];
  return new Set(found);
}
