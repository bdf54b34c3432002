/** A handler's context around a test store: jobs are recorded, never thinned, and end when asked to. */
import type { Job, WriteContext } from '../../electron/features/handler.ts';
import type { TestStore } from './store.ts';

export function contextOf(test: TestStore, isCancelled: () => boolean = () => false): WriteContext {
  return {
    store: test.store,
    now: () => test.clock.nowMs,
    databasePath: test.path,
    startJob: (_kind, _label, jobId): Job => ({
      jobId: jobId ?? 'job',
      report: () => {},
      isCancelled,
      breathe: () => new Promise((resolve) => setImmediate(resolve)),
    }),
  };
}
