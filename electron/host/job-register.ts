/** Jobs under way and just ended, as the host knows them; and what was asked to stop before it began. */
import type { JobProgress } from '../../shared/contract/parts.ts';

const endedKept = 20;

export type JobRegister = {
  /** A call with this job id is on its way. Answers what to do when its call has been answered. */
  expect(jobId: string): () => void;
  /** The job began; `cancel` makes it stop. */
  began(jobId: string, cancel: () => void): void;
  progressed(progress: JobProgress): void;
  cancel(jobId: string): boolean;
  list(): readonly JobProgress[];
  runningIds(): readonly string[];
};

export function createJobRegister(): JobRegister {
  const latest = new Map<string, JobProgress>();
  const cancels = new Map<string, () => void>();
  const expected = new Map<string, { cancelled: boolean }>();
  return {
    expect(jobId) {
      const entry = { cancelled: false };
      expected.set(jobId, entry);
      return () => {
        if (expected.get(jobId) === entry) expected.delete(jobId);
      };
    },
    began(jobId, cancel) {
      cancels.set(jobId, cancel);
      if (expected.get(jobId)?.cancelled) cancel();
    },
    progressed(progress) {
      // the newest last, so that the oldest ended ones are forgotten first
      latest.delete(progress.jobId);
      latest.set(progress.jobId, progress);
      if (progress.state === 'running') return;
      cancels.delete(progress.jobId);
      const ended = [...latest.values()].filter((each) => each.state !== 'running');
      for (const each of ended.slice(0, -endedKept)) latest.delete(each.jobId);
    },
    cancel(jobId) {
      const cancel = cancels.get(jobId);
      if (cancel) {
        cancel();
        return true;
      }
      const waiting = expected.get(jobId);
      if (waiting) waiting.cancelled = true;
      return waiting !== undefined;
    },
    list: () => [...latest.values()].toReversed(),
    runningIds: () => [...new Set([...cancels.keys(), ...expected.keys()])],
  };
}

/** The job id that a caller chose, where its input has one. */
export const jobIdOf = (input: unknown): string | null =>
  typeof input === 'object' && input !== null && 'jobId' in input && typeof input.jobId === 'string'
    ? input.jobId
    : null;
