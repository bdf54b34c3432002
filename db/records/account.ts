/** Accounts at rest. */
import { ownerCounter } from './counters.ts';
import type { EntityStorage } from './entity-storage.ts';
import { foldOrNull, phoneWords, primaryOf } from './person-parts.ts';

export const accountStorage: EntityStorage<'account'> = {
  entity: 'account',
  derivedColumns: ['phone', 'industryKey'],
  project: (values) => ({
    label: values.name,
    words: [values.name, values.website, ...values.phones.flatMap(phoneWords)],
    columns: [primaryOf(values.phones)?.number ?? null, foldOrNull(values.industry)],
  }),
  counters: (values) => ['account', ...ownerCounter('account', values.ownerId)],
};
