/** Kinds of records that have a list, a page and a form of the same make: their calls and their words. */
import type { EntityName } from '../../shared/model/entities.ts';
import type { BinArea } from './bin-actions.tsx';

export const areaOf = {
  account: 'accounts',
  campaign: 'campaigns',
  contact: 'contacts',
  event: 'events',
  opportunity: 'opportunities',
  product: 'products',
  subscriptionList: 'subscriptionLists',
  task: 'tasks',
} as const satisfies Partial<Record<EntityName, BinArea>>;
export type PagedEntity = keyof typeof areaOf;

/** The file of words: `campaigns.title`. */
export const wordsOf = { ...areaOf, subscriptionList: 'lists' } as const;
