/**
 * Jobs of one store thread. Progress goes out at most every `thinMs`, the last of each job always. Whether a job is to
 * stop or to wait is read from shared memory, so that a writer that is busy for long hears it too.
 */
import { randomUUID } from 'node:crypto';
import type { JobProgress } from '../../shared/contract/parts.ts';
import type { Job } from '../features/handler.ts';
import type { JobSignal } from '../host/job-register.ts';

export type JobBoardOptions = {
  readonly thinMs: number;
  readonly now: () => number;
  send(progress: JobProgress): void;
  /** Told when a job begins; answers how it learns what it is to do. */
  begin(jobId: string): () => JobSignal;
};

/** How soon a paused job hears that it may go on. */
const pauseLookMs = 100;

export type RunningJob = Job & { end(state: 'done' | 'failed' | 'cancelled'): void };

export function startJob(
  options: JobBoardOptions,
  kind: JobProgress['kind'],
  label: string,
  chosenId: string | undefined,
): RunningJob {
  const jobId = chosenId ?? randomUUID();
  const signal = options.begin(jobId);
  const isPausable = kind === 'import';
  let isPaused = false;
  /** Later by every pause: a rate is of the time at work. */
  let startedMs = options.now();
  let sentMs = -Infinity;
  let latest = { done: 0, total: null as number | null, saved: 0 };

  const send = (state: JobProgress['state']): void => {
    const elapsed = options.now() - startedMs;
    const perSecond = elapsed >= 250 && latest.done > 0 ? (latest.done * 1000) / elapsed : null;
    const left = latest.total === null ? null : Math.max(0, latest.total - latest.done);
    const secondsLeft = state === 'running' && perSecond !== null && left !== null ? left / perSecond : null;
    const pausing = isPausable ? { pausable: true, paused: isPaused } : {};
    options.send({ jobId, kind, label, state, ...latest, perSecond, secondsLeft, ...pausing });
  };
  send('running');

  return {
    jobId,
    isCancelled: () => signal() === 'cancel' || signal() === 'close',
    isClosing: () => signal() === 'close',
    report(progress) {
      latest = { done: progress.done, total: progress.total, saved: progress.saved };
      const nowMs = options.now();
      if (nowMs - sentMs < options.thinMs) return;
      sentMs = nowMs;
      send('running');
    },
    async breathe() {
      // a turn of the event loop: messages that arrived meanwhile are handled before work goes on
      await new Promise((resolve) => setImmediate(resolve));
      if (signal() !== 'pause') return;
      const since = options.now();
      isPaused = true;
      send('running');
      while (signal() === 'pause') await new Promise((resolve) => setTimeout(resolve, pauseLookMs));
      isPaused = false;
      startedMs += options.now() - since;
      send('running');
    },
    end: send,
  };
}
