/** Accounts at rest. */
import { ownerCounter } from './counters.ts';
import type { EntityStorage } from './entity-storage.ts';
import { foldOrNull, phoneWords, primaryOf } from './person-parts.ts';
import { tagRows } from './tag-rows.ts';

export const accountStorage: EntityStorage<'account'> = {
  entity: 'account',
  derivedColumns: ['phone', 'industryKey'],
  project: (values) => ({
    label: values.name,
    words: [values.name, values.website, ...values.phones.flatMap(phoneWords)],
    columns: [primaryOf(values.phones)?.number ?? null, foldOrNull(values.industry)],
  }),
  children: [tagRows('account')],
  counters: (values) => ['account', ...ownerCounter('account', values.ownerId)],
};
