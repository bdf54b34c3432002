/** Keeps what is on the screen true: listens to the program and has reads asked again, a few times a second at most. */
import type { QueryClient } from '@tanstack/react-query';
import { create } from 'zustand';
import type { JobProgress } from '../../shared/contract/parts.ts';
import { bridge } from './client.ts';
import { catchUp, refreshReads } from './use-call.ts';

const refreshEveryMs = 400;
/** While a long job runs the screens behind it need not follow every batch. */
const refreshDuringJobMs = 2000;

type JobStore = { readonly jobs: Readonly<Record<string, JobProgress>> };
export const useJobs = create<JobStore>(() => ({ jobs: {} }));

/** The progress of one job; null until it says something. */
export const useJob = (jobId: string | null): JobProgress | null =>
  useJobs((state) => (jobId === null ? null : (state.jobs[jobId] ?? null)));

export const newJobId = (): string => crypto.randomUUID();

export function listen(client: QueryClient): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let last = 0;
  const isWorking = () => Object.values(useJobs.getState().jobs).some(({ state }) => state === 'running');
  const refresh = () => {
    if (timer !== null) return;
    const pause = isWorking() ? refreshDuringJobMs : refreshEveryMs;
    timer = setTimeout(
      () => {
        timer = null;
        last = Date.now();
        refreshReads(client);
      },
      Math.max(30, last + pause - Date.now()),
    );
  };
  // work that was under way, or ended, while this window did not listen
  const askJobs = () => {
    const before = useJobs.getState().jobs;
    void bridge.call('jobs.list', {}).then((result) => {
      if (!result.ok) return;
      const known = Object.fromEntries(result.value.jobs.map((job) => [job.jobId, job]));
      // what was heard meanwhile is newer
      const heard = ({ jobs }: JobStore) =>
        Object.entries(jobs).filter(([id, job]) => !(id in known) || job !== before[id]);
      useJobs.setState((state) => ({ jobs: { ...known, ...Object.fromEntries(heard(state)) } }));
    });
  };
  askJobs();
  const stopCatchingUp = catchUp(client);
  const stopListening = bridge.onEvent((event) => {
    switch (event.type) {
      case 'changed':
        refresh();
        return;
      case 'job':
        useJobs.setState(({ jobs }) => ({ jobs: { ...jobs, [event.progress.jobId]: event.progress } }));
        if (event.progress.state !== 'running') refresh();
        return;
      case 'workspace':
        askJobs();
        refreshReads(client);
        return;
    }
  });
  return () => {
    stopCatchingUp();
    stopListening();
  };
}
