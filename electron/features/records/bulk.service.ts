/**
 * The same change of many records, as one operation: batch by batch, each a write that history shows, with progress and
 * a stop between two. What was changed when it stops stays changed, and `history.undoOperation` takes all of it back.
 *
 * Example: `updateMany(context, 'lead', { of: { list: { view: 'unlinked' }, except: [] }, values: { ownerId } })`.
 */
import { type CallError, callError } from '../../../shared/contract/call.ts';
import type { BulkResult, ParsedBulkSelection } from '../../../shared/contract/records.ts';
import { type EntityName, entityOf } from '../../../shared/model/entities.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { filterConditions } from '../../../db/query/filters.ts';
import { listedIds } from '../../../db/query/list.ts';
import { handOver } from '../../../db/records/lead-life.ts';
import { readStored, rowIdOf, uuidOf } from '../../../db/records/read.ts';
import { binSet, restoreSet, updateSet } from '../../../db/records/update-set.ts';
import { toStored } from '../../../db/records/wire.ts';
import { withRoom } from '../../../db/records/with-room.ts';
import { updateRecord, type Write, write } from '../../../db/records/write.ts';
import { newUuid } from '../../../db/uuid.ts';
import type { WriteContext } from '../handler.ts';
import { userRowOf } from '../session.ts';
import { checkRecord, dependsOnRecord, latestDay, refusal } from './record-rules.ts';
import { followUp, keptBecause, mayBeKept, normalValues } from './records.service.ts';

type Values = Readonly<Record<string, unknown>>;
type Asked = { readonly of: ParsedBulkSelection; readonly jobId?: string | undefined };
type Refusal = { readonly row: number; readonly reason: string };
/** What a batch did; the rest of its records were as wanted. */
type Batch = { readonly changed: number; readonly refused: readonly Refusal[] };

const perWrite = 2000;
const mostRefusals = 100;

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
      if (!allowed.ok) refused.push({ row, reason: allowed.error.message });
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
          return reason === null ? [] : [{ row, reason }];
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

function rowsOf(
  { store, now }: WriteContext,
  entity: EntityName,
  of: ParsedBulkSelection,
): Result<readonly number[], CallError> {
  const rows = (uuids: readonly string[]): Result<number[], CallError> => {
    const found: number[] = [];
    for (const uuid of new Set(uuids)) {
      const row = rowIdOf(store, entity, uuid);
      if (row === null) return err(callError('notFound', `One of these records is not here.`, { field: 'of' }));
      found.push(row);
    }
    return ok(found);
  };
  if ('ids' in of) return rows(of.ids);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const filters = filterConditions(store, entity, of.list.filters ?? [], now(), timeZone);
  if (!filters.ok) return filters;
  const listed = listedIds(store, entity, of.list, { userRow: userRowOf(store), filters: filters.value });
  if (!listed.ok) return listed;
  const except = rows(of.except);
  if (!except.ok) return except;
  const left = new Set(except.value);
  // as they rest in the file, so that each batch touches pages of its own: in the list's order every page would be
  // written again in every batch, which halves the speed
  return ok(listed.value.filter((row) => !left.has(row)).toSorted((a, b) => a - b));
}

async function carryOut(
  context: WriteContext,
  entity: EntityName,
  jobId: string | undefined,
  rows: readonly number[],
  change: (w: Write, ids: readonly number[]) => Batch,
): Promise<Result<BulkResult, CallError>> {
  const { store } = context;
  const operationId = newUuid();
  const job = context.startJob('bulk', entityOf(entity).area, jobId);
  const refused: Refusal[] = [];
  let changed = 0;
  let done = 0;
  const work = async (): Promise<boolean> => {
    for (let at = 0; at < rows.length; at += perWrite) {
      if (job.isCancelled()) return true;
      const ids = rows.slice(at, at + perWrite);
      const { value } = write(store, { cause: 'edit', operationId }, (w) => change(w, ids));
      changed += value.changed;
      for (const each of value.refused) refused.push(each);
      done += ids.length;
      job.report({ done, total: rows.length, saved: done });
      await job.breathe();
    }
    return false;
  };
  const cancelled = rows.length > perWrite ? await withRoom(store, work) : await work();
  return ok({
    operationId,
    changed,
    unchanged: done - changed - refused.length,
    refused: refused.length,
    refusals: refused.slice(0, mostRefusals).map(({ row, reason }) => ({
      id: uuidOf(store, entity, row),
      label: readStored(store, entity, row)?.label ?? '',
      reason,
    })),
    cancelled,
  });
}
