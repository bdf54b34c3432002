/**
 * The bin, and what becomes of everything around a record that leaves it for good. Source: issue 3 ("deleted records
 * wait in a bin for 30 days"), domain.md section 1 (what belongs to whom). In one place:
 *
 * - A record in the bin keeps all its links, and what hangs on it stays where it is: putting it back puts back the whole.
 * - After 30 days, or when a person says so, it goes for good. Records that cannot be without it (`required` references:
 *   who registered for an event, a membership of a list, a contact's consent) go with it, and so does what happened to it
 *   and to nobody else (`owners` below: interactions, calls, tasks, notes, files). Everything else stays and loses the
 *   reference: a contact's lead stands unlinked, an account's contacts have none, an event's leads name no event.
 * - Users stay in the bin, since history names them as authors, and so does configuration: what it made refers to it.
 *   Who left a subscription list is remembered as long as the contact is.
 *
 * Example: Ann goes with her 12 interactions and 2 consent changes; her lead stays, unlinked, with the call about it.
 */
import type { EntityName } from '../model/entities.ts';

export const binDays = 30;
const dayMs = 86_400_000;

/** When a record that was put in the bin then is gone. */
export const goneAtMs = (deletedAtMs: number): number => deletedAtMs + binDays * dayMs;

/** Put in the bin by then, it is due. */
export const dueSince = (nowMs: number): number => nowMs - binDays * dayMs;

/** Kinds that leave the bin by themselves, or by a person's hand. */
export const leavesTheBin = [
  'contact',
  'account',
  'lead',
  'opportunity',
  'campaign',
  'product',
  'event',
  'subscriptionList',
  'task',
  'registration',
  'checkIn',
  'interaction',
  'call',
  'note',
  'attachment',
] as const satisfies readonly EntityName[];
export type Leaving = (typeof leavesTheBin)[number];

export const isLeaving = (entity: string): entity is Leaving => leavesTheBin.some((each) => each === entity);

/** References whose record something belongs to: when the last of them is gone it goes too. */
export const owners: { readonly [E in EntityName]?: readonly string[] } = {
  interaction: ['contactId', 'leadId'],
  call: ['leadId', 'contactId'],
  task: ['leadId', 'contactId'],
  registration: ['contactId'],
  checkIn: ['contactId'],
  note: ['contactId', 'accountId', 'leadId', 'opportunityId', 'eventId'],
  attachment: ['contactId', 'accountId', 'leadId', 'opportunityId', 'eventId'],
};
