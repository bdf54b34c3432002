/**
 * Many contacts put on a subscription list or taken off it, as one operation. Joining and leaving are interactions, which
 * db/derived/list-membership.ts writes. Who left the list once said no: such a contact is not put on it again among many,
 * only one by one and after a question.
 */
import { type CallError, callError } from '../../../shared/contract/call.ts';
import type { BulkResult } from '../../../shared/contract/records.ts';
import { err, type Result } from '../../../shared/result.ts';
import { hasLeftList } from '../../../db/derived/list-membership.ts';
import { rowIdOf } from '../../../db/records/read.ts';
import { binSet } from '../../../db/records/update-set.ts';
import { createRecord, type Write } from '../../../db/records/write.ts';
import type { WriteContext } from '../handler.ts';
import { type Asked, type Batch, carryOut, type Refusal, rowsOf } from './bulk-operation.ts';

type Membership = { readonly id: number; readonly contactId: number; readonly deletedAtMs: number | null };

/** Errors: `notFound` (the list, a contact), `queryInvalid`, `badInput`; then nothing is changed. */
export async function setMembershipOfMany(
  context: WriteContext,
  asked: Asked & { readonly listId: string; readonly isOn: boolean },
): Promise<Result<BulkResult, CallError>> {
  const listId = rowIdOf(context.store, 'subscriptionList', asked.listId);
  if (listId === null) return err(callError('notFound', 'There is no such subscription list.', { field: 'listId' }));
  const rows = rowsOf(context, 'contact', asked.of);
  if (!rows.ok) return rows;
  return carryOut(context, 'contact', asked.jobId, rows.value, (w, ids) =>
    asked.isOn ? putOn(w, listId, ids) : takeOff(w, listId, ids),
  );
}

function putOn(w: Write, listId: number, ids: readonly number[]): Batch {
  const isOn = new Set<number>();
  const wasOn = new Set<number>();
  for (const { contactId, deletedAtMs } of membershipsOf(w, listId, ids)) {
    (deletedAtMs === null ? isOn : wasOn).add(contactId);
  }
  const binned = new Set(
    w.store
      .sql('SELECT id FROM contact WHERE id IN (SELECT value FROM json_each(?)) AND deletedAtMs IS NOT NULL')
      .pluck()
      .all(JSON.stringify(ids)) as number[],
  );
  const refused: Refusal[] = [];
  let changed = 0;
  for (const contactId of ids) {
    if (isOn.has(contactId)) continue;
    if (binned.has(contactId)) refused.push({ row: contactId, code: 'inBin' });
    else if (wasOn.has(contactId) && hasLeftList(w.store, { listId, contactId }))
      refused.push({ row: contactId, code: 'leftBefore' });
    else {
      createRecord(w, 'listMember', { listId, contactId });
      changed += 1;
    }
  }
  return { changed, refused };
}

function takeOff(w: Write, listId: number, ids: readonly number[]): Batch {
  const current = membershipsOf(w, listId, ids).filter(({ deletedAtMs }) => deletedAtMs === null);
  binSet(
    w,
    'listMember',
    current.map(({ id }) => id),
  );
  return { changed: new Set(current.map(({ contactId }) => contactId)).size, refused: [] };
}

const membershipsOf = (w: Write, listId: number, ids: readonly number[]): Membership[] =>
  w.store
    .sql(
      `SELECT id, contactId, deletedAtMs FROM list_member
       WHERE contactId IN (SELECT value FROM json_each(?)) AND +listId = ?`,
    )
    .all(JSON.stringify(ids), listId) as Membership[];
