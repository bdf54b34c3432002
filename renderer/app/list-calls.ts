/** The list call of each kind of record, for tables and pickers that treat all kinds alike. */
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { EntityName, EntityRecord } from '../../shared/model/entities.ts';
import type { InputOf, OutputOf } from '../../shared/contract/index.ts';
import type { ListInput } from '../../shared/contract/records.ts';
import { bridge } from './client.ts';
import { CallFailure } from './failure.ts';

export const listCalls = {
  contact: 'contacts.list',
  account: 'accounts.list',
  lead: 'leads.list',
  opportunity: 'opportunities.list',
  campaign: 'campaigns.list',
  product: 'products.list',
  event: 'events.list',
  registration: 'registrations.list',
  checkIn: 'checkIns.list',
  interaction: 'interactions.list',
  subscriptionList: 'subscriptionLists.list',
  listMember: 'listMembers.list',
  consentChange: 'consentChanges.list',
  call: 'callLog.list',
  task: 'tasks.list',
  user: 'users.list',
  stageMove: 'stageMoves.list',
  captureForm: 'captureForms.list',
  matchingStrategy: 'matchingStrategies.list',
  scoringModel: 'scoringModels.list',
  process: 'processes.list',
  segment: 'segments.list',
  segmentMember: 'segmentMembers.list',
  savedView: 'savedViews.list',
  customField: 'customFields.list',
  note: 'notes.list',
  attachment: 'attachments.list',
  redirect: 'redirects.list',
  duplicateDecision: 'duplicateDecisions.list',
} as const satisfies Record<EntityName, `${string}.list`>;

/** What every list call answers; checked against the contract below. */
export type ListPageOf<E extends EntityName> = {
  rows: EntityRecord<E>[];
  total: number;
  offset: number | null;
  next: string | null;
};

// the compiler objects here should a list call ever take or answer something else
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
true satisfies Same<InputOf<'contacts.list'>, ListInput>;
true satisfies Same<OutputOf<'contacts.list'>, ListPageOf<'contact'>>;

/** One page of any list. */
export function listOptions<E extends EntityName>(entity: E, input: ListInput) {
  return queryOptions<ListPageOf<E>, CallFailure>({
    queryKey: [listCalls[entity], input],
    queryFn: async () => {
      // every list call takes the same input; the compiler cannot see that for an entity that is not known yet
      const result = await bridge.call(listCalls[entity] as 'contacts.list', input);
      if (!result.ok) throw new CallFailure(result.error);
      return result.value as unknown as ListPageOf<E>;
    },
  });
}

export function useList<E extends EntityName>(
  entity: E,
  input: ListInput,
  options: { readonly enabled?: boolean; readonly keep?: boolean } = {},
) {
  return useQuery<ListPageOf<E>, CallFailure>({
    ...listOptions(entity, input),
    enabled: options.enabled ?? true,
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  });
}
