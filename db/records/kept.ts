/**
 * Notes and files kept with a record and with the records around it: a contact's page shows those of its leads and
 * opportunities, a lead's those of its person, so that nobody has to know on which page one was made.
 */
import { type Holder, holderField } from '../../shared/model/notes.ts';
import { assertNever } from '../../shared/result.ts';
import type { ReadableStore } from '../store.ts';

export type Kept = 'note' | 'attachment';

type Part = {
  readonly holder: Holder;
  /** SQL for the rows whose notes count; `:row` is the record. */ readonly rows: string;
};

const own = (holder: Holder): Part => ({ holder, rows: ':row' });

/** Each part has an index of its own, so that none reads what it does not give. */
function partsOf(of: Holder): readonly Part[] {
  switch (of) {
    case 'contact':
      return [
        own('contact'),
        { holder: 'lead', rows: 'SELECT id FROM lead WHERE contactId = :row' },
        { holder: 'opportunity', rows: 'SELECT id FROM opportunity WHERE contactId = :row' },
      ];
    case 'account':
      return [
        own('account'),
        { holder: 'lead', rows: 'SELECT id FROM lead WHERE accountId = :row' },
        { holder: 'opportunity', rows: 'SELECT id FROM opportunity WHERE accountId = :row' },
      ];
    case 'lead':
      return [
        own('lead'),
        { holder: 'contact', rows: 'SELECT contactId FROM lead WHERE id = :row' },
        { holder: 'opportunity', rows: 'SELECT id FROM opportunity WHERE leadId = :row' },
      ];
    case 'opportunity':
      return [
        own('opportunity'),
        { holder: 'lead', rows: 'SELECT leadId FROM opportunity WHERE id = :row' },
        { holder: 'contact', rows: 'SELECT contactId FROM opportunity WHERE id = :row' },
      ];
    case 'event':
      return [own('event')];
    default:
      return assertNever(of, 'holder');
  }
}

/** The SQL of all ids, each once; `:row` is the record's row. */
export const keptIds = (kept: Kept, of: Holder, binned = false): string =>
  partsOf(of)
    .map(
      ({ holder, rows }) =>
        `SELECT id FROM ${kept} WHERE ${holderField(holder)} IN (${rows}) AND deletedAtMs IS ${binned ? 'NOT NULL' : 'NULL'}`,
    )
    .join(' UNION ');

const orders: Readonly<Record<Kept, string>> = {
  note: 'pinned DESC, coalesce(writtenAtMs, createdAtMs) DESC, id DESC',
  attachment: 'coalesce(addedAtMs, createdAtMs) DESC, id DESC',
};

type Page = { readonly limit: number; readonly offset: number; readonly binned?: boolean };

/** A page of rows in order, how many there are, and how many are in the bin. */
export function keptWith(
  store: ReadableStore,
  kept: Kept,
  of: Holder,
  row: number,
  { limit, offset, binned = false }: Page,
): { readonly ids: readonly number[]; readonly total: number; readonly inBin: number } {
  const order = binned ? 'deletedAtMs DESC, id DESC' : orders[kept];
  const ids = store
    .sql(
      `SELECT id FROM ${kept} WHERE id IN (${keptIds(kept, of, binned)}) ORDER BY ${order} LIMIT :limit OFFSET :offset`,
    )
    .pluck()
    .all({ row, limit, offset }) as number[];
  const count = (inBin: boolean): number =>
    store
      .sql(`SELECT count(*) FROM (${keptIds(kept, of, inBin)})`)
      .pluck()
      .get({ row }) as number;
  const inBin = count(true);
  return { ids, total: binned ? inBin : count(false), inBin };
}
