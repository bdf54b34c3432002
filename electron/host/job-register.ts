/** Jobs under way and just ended, as the host knows them; and what was asked to stop before it began. */
import type { JobProgress } from '../../shared/contract/parts.ts';

const endedKept = 20;

/** What a job is asked to do; `close`: the program ends, and the job with it. */
export const jobSignals = ['run', 'cancel', 'pause', 'close'] as const;
export type JobSignal = (typeof jobSignals)[number];

export type JobRegister = {
  /** A call with this job id is on its way. Answers what to do when its call has been answered. */
  expect(jobId: string): () => void;
  /** The job began; `signal` reaches it. */
  began(jobId: string, signal: (signal: JobSignal) => void): void;
  progressed(progress: JobProgress): void;
  cancel(jobId: string): boolean;
  /** False when no such job is under way. */
  pause(jobId: string, paused: boolean): boolean;
  /** All jobs end: the program does. */
  closeAll(): void;
  list(): readonly JobProgress[];
};

export function createJobRegister(): JobRegister {
  const latest = new Map<string, JobProgress>();
  const signals = new Map<string, (signal: JobSignal) => void>();
  const expected = new Map<string, { asked: JobSignal }>();
  const tell = (jobId: string, asked: JobSignal): boolean => {
    const signal = signals.get(jobId);
    if (signal) {
      signal(asked);
      return true;
    }
    const waiting = expected.get(jobId);
    if (waiting) waiting.asked = asked;
    return waiting !== undefined;
  };
  const runningIds = (): readonly string[] => [...new Set([...signals.keys(), ...expected.keys()])];
  return {
    expect(jobId) {
      const entry: { asked: JobSignal } = { asked: 'run' };
      expected.set(jobId, entry);
      return () => {
        if (expected.get(jobId) === entry) expected.delete(jobId);
      };
    },
    began(jobId, signal) {
      signals.set(jobId, signal);
      const asked = expected.get(jobId)?.asked ?? 'run';
      if (asked !== 'run') signal(asked);
    },
    progressed(progress) {
      // the newest last, so that the oldest ended ones are forgotten first
      latest.delete(progress.jobId);
      latest.set(progress.jobId, progress);
      if (progress.state === 'running') return;
      signals.delete(progress.jobId);
      const ended = [...latest.values()].filter((each) => each.state !== 'running');
      for (const each of ended.slice(0, -endedKept)) latest.delete(each.jobId);
    },
    cancel: (jobId) => tell(jobId, 'cancel'),
    pause: (jobId, paused) => tell(jobId, paused ? 'pause' : 'run'),
    closeAll() {
      for (const jobId of runningIds()) tell(jobId, 'close');
    },
    list: () => [...latest.values()].toReversed(),
  };
}

/** The job id that a caller chose, where its input has one. */
export const jobIdOf = (input: unknown): string | null =>
  typeof input === 'object' && input !== null && 'jobId' in input && typeof input.jobId === 'string'
    ? input.jobId
    : null;
