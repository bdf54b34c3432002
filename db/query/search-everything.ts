/**
 * One box for everything that has a page (contacts, accounts, leads, …) and what is kept on one (notes, files), by part of any word. Those whose name begins
 * with what was typed come first; no kind of record crowds the others out.
 */
import type { EntityName, EntityRecord } from '../../shared/model/entities.ts';
import { holderField, holders } from '../../shared/model/notes.ts';
import { foldText } from '../../shared/rules/normalise/fold.ts';
import { tableOf } from '../records/entity-storage.ts';
import { decodeWire, wireSelect } from '../records/read.ts';
import type { ReadableStore } from '../store.ts';
import { listRecords } from './list.ts';
import { inSnapshot } from './remembered.ts';

export type Hit = {
  readonly entity: EntityName;
  readonly id: string;
  readonly label: string;
  readonly detail: string | null;
  /** Of a note or file: the record on whose page it is. */
  readonly of: { readonly entity: EntityName; readonly id: string } | null;
};

const kinds = [
  'contact',
  'account',
  'lead',
  'opportunity',
  'event',
  'campaign',
  'product',
  'task',
  'subscriptionList',
  'segment',
  'note',
  'attachment',
] as const satisfies readonly EntityName[];
type Kind = (typeof kinds)[number];

/** What tells two of one name apart: the first of these that there is. */
const detailOf: Partial<Record<Kind, readonly string[]>> = {
  contact: ['company', 'email'],
  lead: ['company', 'email'],
  account: ['industry', 'website'],
  opportunity: ['closeDate'],
  event: ['startsOn', 'city'],
  campaign: ['startsOn'],
  product: ['code'],
};

export function searchEverything(store: ReadableStore, search: string, limit: number): Hit[] {
  const key = foldText(search);
  if (key === '') return [];
  return inSnapshot(store, () => {
    const found = kinds.map((kind) => hitsOf(store, kind, key, search, limit)).filter((hits) => hits.length > 0);
    // a fair share each, then whoever has more
    const share = Math.max(1, Math.ceil(limit / Math.max(1, found.length)));
    const chosen = new Set(found.flatMap((hits) => hits.slice(0, share)).slice(0, limit));
    for (const hit of found.flat()) if (chosen.size < limit) chosen.add(hit);
    return found.flat().filter((hit) => chosen.has(hit));
  });
}

function hitsOf(store: ReadableStore, kind: Kind, key: string, search: string, limit: number): Hit[] {
  const table = tableOf(kind);
  const beginning = store
    .sql(
      `SELECT ${wireSelect(store, kind)} FROM ${table} INDEXED BY ${table}_label_key
       WHERE ${table}.deletedAtMs IS NULL AND ${table}.labelKey >= ? AND ${table}.labelKey < ?
       ORDER BY ${table}.labelKey, ${table}.id LIMIT ?`,
    )
    .all(key, `${key}\u{10ffff}`, limit)
    .map((row) => hitOf(kind, decodeWire(store, kind, row)));
  if (beginning.length >= limit) return beginning;
  const anywhere = listRecords(store, kind, { limit, search }, { userRow: null, filters: [] });
  const known = new Set(beginning.map((hit) => hit.id));
  const others = anywhere.ok ? anywhere.value.rows.map((row) => hitOf(kind, row)) : [];
  return [...beginning, ...others.filter((hit) => !known.has(hit.id))].slice(0, limit);
}

function hitOf(kind: Kind, record: EntityRecord<Kind>): Hit {
  const values = record as unknown as Record<string, unknown>;
  if (kind === 'note' || kind === 'attachment') {
    const holder = holders.find((each) => values[holderField(each)] !== null);
    return {
      entity: kind,
      id: record.id,
      label: record.label,
      detail: holder === undefined ? null : (record.labels[holderField(holder)] ?? null),
      of: holder === undefined ? null : { entity: holder, id: String(values[holderField(holder)]) },
    };
  }
  const detail = detailOf[kind]?.map((name) => values[name]).find((value) => typeof value === 'string');
  return {
    entity: kind,
    id: record.id,
    label: record.label,
    detail: typeof detail === 'string' && detail !== record.label ? detail : null,
    of: null,
  };
}
