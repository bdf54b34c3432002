/** The records of a group as they are now, in the order of the group; undefined until all are here. */
import { useQueries } from '@tanstack/react-query';
import { callOptions } from '../../app/use-call.ts';
import type { Of } from './duplicates-store.ts';
import type { Shown } from './merge-choices.ts';

const getCalls = { contact: 'contacts.get', account: 'accounts.get', lead: 'leads.get' } as const;

export function useRecords(of: Of, ids: readonly string[]): readonly Shown[] | undefined {
  const found = useQueries({ queries: ids.map((id) => callOptions(getCalls[of], { id })) });
  const records = found.flatMap(({ data }) => (data === undefined ? [] : [data as unknown as Shown]));
  // an id that leads to another record by now: the list is about to be asked again
  return records.length === ids.length && ids.every((id, at) => records[at]?.id === id) ? records : undefined;
}
