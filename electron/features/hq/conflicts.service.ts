/** A conflict is put back with one key: the value that gave way is written as a change of its own, which can be undone. */
import { type CallError, callError } from '../../../shared/contract/call.ts';
import { type EntityName, entityOf } from '../../../shared/model/entities.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { findConflict } from '../../../db/query/conflicts.ts';
import type { StoredPatch } from '../../../db/records/entity-storage.ts';
import { rowIdOf } from '../../../db/records/read.ts';
import { updateRecord, write } from '../../../db/records/write.ts';
import type { WritableStore } from '../../../db/store.ts';

/** Errors: `notFound` (the conflict, or the record that the value points at), `changedSince`. */
export function swapConflict(store: WritableStore, id: number): Result<{ writeId: number | null }, CallError> {
  const found = findConflict(store, id);
  if (found === null) return err(callError('notFound', 'There is no such conflict here.'));
  const { entity, recordRow, listed } = found;
  if (!listed.canSwap) return err(callError('changedSince', 'The field was changed since.', { field: listed.field }));
  const target = entityOf(entity).fields[listed.field]?.target as EntityName | undefined;
  const { value } = listed.lost;
  const stored = target && typeof value === 'string' ? rowIdOf(store, target, value) : value;
  if (value !== null && stored === null) return err(callError('notFound', 'The record it points at is not here.'));
  const patch = { [listed.field]: stored } as StoredPatch<typeof entity>;
  const { writeId } = write(store, { cause: 'edit' }, (w) => updateRecord(w, entity, recordRow, patch));
  return ok({ writeId });
}
