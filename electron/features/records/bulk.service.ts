/**
 * The same change of many records, as one operation: batch by batch, each a write that history shows, with progress and
 * a stop between two. What was changed when it stops stays changed, and `history.undoOperation` takes all of it back.
 *
 * Example: `updateMany(context, 'lead', { of: { list: { view: 'unlinked' }, except: [] }, values: { ownerId } })`.
 */
import { type CallError, callError } from '../../../shared/contract/call.ts';
import type { BulkResult } from '../../../shared/contract/records.ts';
import { type EntityName, entityOf } from '../../../shared/model/entities.ts';
import { err, type Result } from '../../../shared/result.ts';
import { handOver } from '../../../db/records/lead-life.ts';
import { readStored } from '../../../db/records/read.ts';
import { binSet, restoreSet, updateSet } from '../../../db/records/update-set.ts';
import { toStored } from '../../../db/records/wire.ts';
import { updateRecord, type Write } from '../../../db/records/write.ts';
import type { WriteContext } from '../handler.ts';
import { type Asked, type Batch, carryOut, type Refusal, rowsOf } from './bulk-operation.ts';
import { checkRecord, dependsOnRecord, latestDay, reasonOf, refusal } from './record-rules.ts';
import { followUp, keptBecause, mayBeKept, normalValues } from './records.service.ts';

type Values = Readonly<Record<string, unknown>>;

/** Errors: `invalidValue`, `notFound` (a record or reference), `queryInvalid`, `badInput`; then nothing is changed. */
export async function updateMany(
  context: WriteContext,
  entity: EntityName,
  asked: Asked & { readonly values: Values },
): Promise<Result<BulkResult, CallError>> {
  const { store } = context;
  if (entityOf(entity).appendOnly) {
    return err(callError('invalidValue', 'What happened is not rewritten. Remove it and record it again.'));
  }
  const stored = toStored(store, entity, normalValues(store, asked.values));
  if (!stored.ok) return stored;
  const changes = stored.value as Values;
  const blanked = Object.entries(entityOf(entity).fields).find(
    ([name, field]) => field.required && name in changes && changes[name] === null,
  );
  if (blanked) return refusal(blanked[0], 'is required');
  const today = latestDay(store.now());
  const checked = checkRecord(store, entity, null, changes, changes, today);
  if (!checked.ok) return checked;
  const rows = rowsOf(context, entity, asked.of);
  if (!rows.ok) return rows;
  const isEachItsOwn = Object.keys(changes).some((name) => dependsOnRecord(entity, name));
  const eachItsOwn = (w: Write, ids: readonly number[]): Batch => {
    const refused: Refusal[] = [];
    let changed = 0;
    for (const row of ids) {
      const before = readStored(w.store, entity, row)?.values as Values | undefined;
      if (!before) continue;
      const allowed = checkRecord(w.store, entity, row, changes, { ...before, ...changes }, today);
      if (!allowed.ok) refused.push({ row, ...reasonOf(allowed.error) });
      else if (updateRecord(w, entity, row, changes)) {
        followUp(w, entity, row, before, changes);
        changed += 1;
      }
    }
    return { changed, refused };
  };
  const allAlike = (w: Write, ids: readonly number[]): Batch => {
    const changed = updateSet(w, entity, ids, changes);
    if (entity === 'lead' && 'ownerId' in changes) handOver(w, ids, changes.ownerId as number | null);
    return { changed, refused: [] };
  };
  return carryOut(context, entity, asked.jobId, rows.value, isEachItsOwn ? eachItsOwn : allAlike);
}

/** Errors: `notFound`, `queryInvalid`, `badInput`; then nothing is moved. */
export async function moveMany(
  context: WriteContext,
  entity: EntityName,
  asked: Asked,
  deleted: boolean,
): Promise<Result<BulkResult, CallError>> {
  const rows = rowsOf(context, entity, asked.of);
  if (!rows.ok) return rows;
  return carryOut(context, entity, asked.jobId, rows.value, (w, ids) => {
    if (!deleted) return { changed: restoreSet(w, entity, ids), refused: [] };
    const refused = mayBeKept(entity)
      ? ids.flatMap((row): Refusal[] => {
          const reason = keptBecause(w.store, entity, row);
          return reason === null ? [] : [{ row, code: reason }];
        })
      : [];
    const kept = new Set(refused.map(({ row }) => row));
    return {
      changed: binSet(
        w,
        entity,
        ids.filter((row) => !kept.has(row)),
      ),
      refused,
    };
  });
}
