/** The upkeep of the database itself: check, rebuild, backup. */
import { dirname } from 'node:path';
import { type CallResult, callError } from '../../../shared/contract/call.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { err, ok } from '../../../shared/result.ts';
import { backUp } from '../../../db/backup.ts';
import { checkStore } from '../../../db/check.ts';
import { counterOf } from '../../../db/query/remembered.ts';
import { rebuildStore } from '../../../db/rebuild.ts';
import type { ReadableStore } from '../../../db/store.ts';
import { entityNames } from '../../../shared/model/entities.ts';
import type { Job, ReadContext, WriteContext } from '../handler.ts';

const stopped = err(callError('cancelled', 'Stopped. Nothing was changed that is not whole.'));

const recordCount = (store: ReadableStore): number =>
  entityNames.reduce((sum, entity) => sum + counterOf(store, entity) + counterOf(store, `${entity}:bin`), 0);

/** Runs steps to their end; other calls of the thread run in between. Null when somebody asked to stop. */
async function inSteps<T>(
  steps: Generator<number, T>,
  job: Job,
  total: number,
  saves: boolean,
): Promise<{ value: T } | null> {
  let done = 0;
  for (;;) {
    const step = steps.next();
    if (step.done) return { value: step.value };
    done += step.value;
    job.report({ done: Math.min(done, total), total, saved: saves ? done : 0 });
    if (job.isCancelled()) return null;
    await job.breathe();
  }
}

export async function check(
  { store, startJob }: ReadContext,
  jobId: string | undefined,
): Promise<CallResult<OutputOf<'maintenance.check'>>> {
  const job = startJob('check', 'Check', jobId);
  const finished = await inSteps(checkStore(store), job, recordCount(store), false);
  if (!finished) return stopped;
  const checks = finished.value.map((each) => ({ ...each }));
  return ok({ healthy: checks.every((each) => each.ok), checks });
}

export async function rebuild(
  { store, startJob }: WriteContext,
  jobId: string | undefined,
): Promise<CallResult<OutputOf<'maintenance.rebuild'>>> {
  const job = startJob('rebuild', 'Rebuild', jobId);
  const finished = await inSteps(rebuildStore(store), job, recordCount(store), true);
  return finished ? ok({ tables: finished.value }) : stopped;
}

/** Beside the database, or in a folder of the person's choice. */
export function backup(
  { store, now, databasePath, startJob }: WriteContext,
  folder: string | undefined,
  jobId: string | undefined,
): CallResult<OutputOf<'maintenance.backup'>> {
  startJob('backup', 'Backup', jobId);
  if (folder !== undefined && folder === dirname(databasePath)) {
    return err(callError('notPermitted', 'Choose another folder than the database’s own.'));
  }
  return ok({ file: backUp(store.connection, now(), folder) });
}
