/**
 * What all changes of many records have in common: which records are meant, and how they are changed batch by batch, each
 * a write of one operation, with progress and a stop between two.
 *
 * Example: `carryOut(context, 'contact', jobId, rows, (w, ids) => ({ changed: binSet(w, 'contact', ids), refused: [] }))`
 */
import { type CallError, callError } from '../../../shared/contract/call.ts';
import type { BulkResult, ParsedBulkSelection, RefusalCode } from '../../../shared/contract/records.ts';
import { type EntityName, entityOf } from '../../../shared/model/entities.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { filterConditions } from '../../../db/query/filters.ts';
import { listedIds } from '../../../db/query/list.ts';
import { readStored, rowIdOf, uuidOf } from '../../../db/records/read.ts';
import { withRoom } from '../../../db/records/with-room.ts';
import { type Write, write } from '../../../db/records/write.ts';
import { newUuid } from '../../../db/uuid.ts';
import type { ReadContext, WriteContext } from '../handler.ts';
import { userRowOf } from '../session.ts';

export type Asked = { readonly of: ParsedBulkSelection; readonly jobId?: string | undefined };
export type Refusal = { readonly row: number; readonly code: RefusalCode; readonly field?: string | null };
/** What a batch did; the rest of its records were as wanted. */
export type Batch = { readonly changed: number; readonly refused: readonly Refusal[] };

const perWrite = 2000;
const mostRefusals = 100;

export function rowsOf(
  { store, now }: ReadContext,
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

/** `change` is given some of the records at a time, each time in a write of its own. */
export async function carryOut(
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
    refusals: refused.slice(0, mostRefusals).map(({ row, code, field = null }) => ({
      id: uuidOf(store, entity, row),
      label: readStored(store, entity, row)?.label ?? '',
      code,
      field,
    })),
    cancelled,
  });
}
