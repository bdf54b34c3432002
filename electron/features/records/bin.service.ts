/**
 * Before records go to the bin: what hangs on them. Out of the bin for good by a person's hand: as a job, a batch at a
 * time, that can be stopped between two but not undone.
 */
import type { CallError } from '../../../shared/contract/call.ts';
import type { OutputOf, ParsedInputOf } from '../../../shared/contract/index.ts';
import type { EntityName } from '../../../shared/model/entities.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { hangingOn } from '../../../db/bin/dependants.ts';
import { paceOf } from '../../../db/bin/pace.ts';
import { firstBatch, purge } from '../../../db/bin/purge.ts';
import { inSnapshot } from '../../../db/query/remembered.ts';
import { withRoom } from '../../../db/records/with-room.ts';
import type { ReadContext, WriteContext } from '../handler.ts';
import { rowsOf } from './bulk-operation.ts';

/** Errors: `notFound`, `queryInvalid`, `badInput`. */
export function hanging(
  context: ReadContext,
  input: ParsedInputOf<'bin.hanging'>,
): Result<OutputOf<'bin.hanging'>, CallError> {
  const { store } = context;
  // the contract takes names of entities only
  const entity = input.entity as EntityName;
  return inSnapshot(store, () => {
    const rows = rowsOf(context, entity, input.of);
    if (!rows.ok) return rows;
    const byKind = new Map<string, OutputOf<'bin.hanging'>['hanging'][number]>();
    for (const { entity: kind, count, fate } of hangingOn(store, entity, rows.value)) {
      const key = `${kind} ${fate}`;
      byKind.set(key, { entity: kind, fate, count: (byKind.get(key)?.count ?? 0) + count });
    }
    return ok({ records: rows.value.length, hanging: [...byKind.values()] });
  });
}

/** Errors: `notFound`, `queryInvalid`, `badInput`; then nothing is gone. */
export async function purgeMany(
  context: WriteContext,
  input: ParsedInputOf<'bin.purge'>,
): Promise<Result<OutputOf<'bin.purge'>, CallError>> {
  const { store } = context;
  const rows = rowsOf(context, input.entity, input.of);
  if (!rows.ok) return rows;
  const job = context.startJob('bulk', 'bin', input.jobId);
  const gone = new Map<EntityName, number>([[input.entity, 0]]);
  let done = 0;
  const pace = paceOf(firstBatch);
  const work = async (): Promise<boolean> => {
    while (done < rows.value.length) {
      if (job.isCancelled()) return true;
      const ids = rows.value.slice(done, done + pace.size());
      const purged = pace.run(() => purge(store, input.entity, ids));
      for (const [entity, count] of purged) gone.set(entity, (gone.get(entity) ?? 0) + count);
      done += ids.length;
      job.report({ done, total: rows.value.length, saved: done });
      await job.breathe();
    }
    return false;
  };
  const cancelled = rows.value.length > firstBatch ? await withRoom(store, work) : await work();
  return ok({
    gone: [...gone].map(([entity, count]) => ({ entity, count })),
    skipped: Math.max(0, done - (gone.get(input.entity) ?? 0)),
    cancelled,
  });
}
