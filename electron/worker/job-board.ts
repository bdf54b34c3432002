/**
 * Jobs of one store thread. Progress goes out at most every `thinMs`, the last of each job always. Whether a job is to
 * stop is read from shared memory, so that a writer that is busy for long hears it too.
 */
import { randomUUID } from 'node:crypto';
import type { JobProgress } from '../../shared/contract/parts.ts';
import type { Job } from '../features/handler.ts';

export type JobBoardOptions = {
  readonly thinMs: number;
  readonly now: () => number;
  send(progress: JobProgress): void;
  /** Told when a job begins; answers how it learns that it is to stop. */
  begin(jobId: string): () => boolean;
};

export type RunningJob = Job & { end(state: 'done' | 'failed' | 'cancelled'): void };

export function startJob(
  options: JobBoardOptions,
  kind: JobProgress['kind'],
  label: string,
  chosenId: string | undefined,
): RunningJob {
  const jobId = chosenId ?? randomUUID();
  const isCancelled = options.begin(jobId);
  const startedMs = options.now();
  let sentMs = -Infinity;
  let latest = { done: 0, total: null as number | null, saved: 0 };

  const send = (state: JobProgress['state']): void => {
    const elapsed = options.now() - startedMs;
    const perSecond = elapsed >= 250 && latest.done > 0 ? (latest.done * 1000) / elapsed : null;
    const left = latest.total === null ? null : Math.max(0, latest.total - latest.done);
    const secondsLeft = state === 'running' && perSecond !== null && left !== null ? left / perSecond : null;
    options.send({ jobId, kind, label, state, ...latest, perSecond, secondsLeft });
  };
  send('running');

  return {
    jobId,
    isCancelled,
    report(progress) {
      latest = { done: progress.done, total: progress.total, saved: progress.saved };
      const nowMs = options.now();
      if (nowMs - sentMs < options.thinMs) return;
      sentMs = nowMs;
      send('running');
    },
    // a turn of the event loop: messages that arrived meanwhile are handled before work goes on
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    end: send,
  };
}
