/**
 * A row of a subscription list: the person is found or made, and is on the list or off it. An opt-out is always taken,
 * also of somebody who never was a member here, so that no later file puts them on. Who left the list is not put on it
 * again by a file: the row waits for a person (domain.md section 1).
 *
 * Example: a row `Unsubscribed, 2 May` takes Ann off the list, and a row `Subscribed` of the same list imported later
 * waits in Review.
 */
import { hasLeftList, recordMembershipMove } from '../../../db/derived/list-membership.ts';
import { createRecord, setDeleted } from '../../../db/records/write.ts';
import type { subscriptionStatuses } from '../../../shared/model/picklists.ts';
import { assertNever } from '../../../shared/result.ts';
import type { ImportRow } from './reading/rows.ts';
import { contactOf } from './registration-writer.ts';
import type { RowJob, RowOutcome } from './row-records.ts';

export function writeMember(job: RowJob, row: ImportRow): RowOutcome {
  const { write, rows } = job;
  const listId = rows.listRow;
  if (listId === null || row.registration === null) throw new Error('a member without a list');
  const contact = contactOf(job, row);
  if ('outcome' in contact) return contact;
  const pair = { listId, contactId: contact.id };
  const current = write.store
    .sql('SELECT id FROM list_member WHERE listId = ? AND contactId = ? AND deletedAtMs IS NULL LIMIT 1')
    .pluck()
    .get(listId, contact.id) as number | undefined;
  // the row is known by its person, who is on the list today and off it tomorrow
  const knownBy = { entity: 'contact', id: contact.id } as const;
  const stays = contact.changed ? 'updated' : 'unchanged';
  const atMs = typeof row.registration.atMs === 'number' ? row.registration.atMs : write.atMs;
  const status = row.registration.status as (typeof subscriptionStatuses)[number];
  switch (status) {
    case 'notSubscribed':
      return { outcome: stays, ...knownBy };
    case 'subscribed': {
      if (current !== undefined) return { outcome: stays, entity: 'listMember', id: current, knownBy };
      if (!job.forced && hasLeftList(write.store, pair)) {
        return {
          outcome: 'pending',
          reason: 'leftList',
          message: 'This person left the list. A file does not put them on it again.',
          candidates: [contact.id],
          entity: 'contact',
        };
      }
      const { id } = createRecord(write, 'listMember', pair);
      recordMembershipMove(write, { ...pair, joined: true, atMs });
      return { outcome: 'created', entity: 'listMember', id, knownBy };
    }
    case 'unsubscribed': {
      if (current === undefined && hasLeftList(write.store, pair)) return { outcome: stays, ...knownBy };
      // off the list, with the membership in the bin that says that they were asked
      const id = current ?? createRecord(write, 'listMember', pair).id;
      setDeleted(write, 'listMember', id, true);
      recordMembershipMove(write, { ...pair, joined: false, atMs });
      return { outcome: 'updated', ...knownBy };
    }
    default:
      return assertNever(status);
  }
}
