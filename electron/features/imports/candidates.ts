/** Who an item could be, with what a person needs to tell them apart. */
import type { ReviewItem } from '../../../shared/contract/imports.ts';
import { uuidOf } from '../../../db/records/read.ts';
import type { ReadableStore } from '../../../db/store.ts';

const columns = {
  contact: 'label, company, email',
  lead: 'label, company, email',
  account: 'label, website AS company, phone AS email',
} as const;

export function candidatesOf(
  store: ReadableStore,
  entity: keyof typeof columns,
  ids: readonly number[],
): ReviewItem['candidates'] {
  return ids.slice(0, 20).flatMap((id) => {
    const row = store.sql(`SELECT ${columns[entity]} FROM ${entity} WHERE id = ?`).get(id) as
      { label: string; company: string | null; email: string | null } | undefined;
    if (!row) return [];
    const why = [row.company, row.email].filter((each) => each !== null && each !== row.label).join(' · ');
    return [{ id: uuidOf(store, entity, id), label: row.label, why }];
  });
}
