/** The store in the calling thread: for the terminal, which has nothing else to do meanwhile, and for tests. */
import type { CallError, CallResult } from '../../shared/contract/call.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { openConnection } from '../../db/connection.ts';
import { readableStore } from '../../db/store.ts';
import type { StartBackend, StoreBackend } from '../host/backend.ts';
import { calls } from '../host/calls.ts';
import { createJobRegister, jobIdOf, type JobSignal } from '../host/job-register.ts';
import { errorOfThrown } from '../host/log.ts';
import { type Chores, doChores, startChores } from './chores.ts';
import { backUpIfDue, closeStore, factsOf, openStore } from './open-store.ts';
import { createServe, type Serve } from './serve.ts';
import { runSetUp } from './set-up.ts';

/** Lists of people and companies show nothing that changes as time passes; a filter may. */
const standsStill = (name: string, input: unknown): boolean =>
  (name === 'contacts.list' || name === 'accounts.list') &&
  typeof input === 'object' &&
  input !== null &&
  !('filters' in input && Array.isArray(input.filters) && input.filters.length > 0);

export const inlineBackend =
  (thinMs = 100): StartBackend =>
  async (options, events) => {
    const opened = openStore(options);
    if (!opened.ok) return opened;
    const store = opened.value;
    store.onCommit = events.committed;
    const register = createJobRegister();

    const serveOptions = {
      checked: options.checked,
      bug: events.bug,
      jobs: {
        thinMs,
        now: Date.now,
        send: (progress: Parameters<typeof events.job>[0]) => {
          register.progressed(progress);
          events.job(progress);
        },
        begin: (jobId: string) => {
          let asked: JobSignal = 'run';
          register.began(jobId, (signal) => (asked = signal));
          return () => asked;
        },
      },
    };
    const failed = (error: unknown): void => {
      const [, bug] = errorOfThrown(error, 'chores', options.checked);
      if (bug) events.bug(bug);
    };
    let chores: Chores | null = null;
    /** Once, and before the first call whose answer may follow from what is due. */
    const settle = (): void => {
      if (chores || options.create) return;
      chores = startChores(store, failed);
      try {
        doChores(store);
      } catch (error) {
        failed(error);
      }
    };
    const serveWrites = createServe(store, serveOptions);
    let reader: { serve: Serve; close(): void } | null = null;
    /** Its own connection, so that a read call cannot write here either. */
    const openReader = (): Result<Serve, CallError> => {
      if (reader) return ok(reader.serve);
      const second = openConnection({ path: options.path, key: options.key, access: 'read' });
      if (!second.ok) return second;
      reader = { serve: createServe(readableStore(second.value), serveOptions), close: () => second.value.close() };
      return ok(reader.serve);
    };

    const backend: StoreBackend = {
      facts: factsOf(store),
      async call(name, input) {
        if (!standsStill(name, input)) settle();
        const serve = calls[name]?.access === 'write' ? ok(serveWrites) : openReader();
        if (!serve.ok) return serve;
        const jobId = jobIdOf(input);
        const settled = jobId === null ? null : register.expect(jobId);
        try {
          return await serve.value(name, input);
        } finally {
          settled?.();
        }
      },
      async setUp(setUp): Promise<CallResult<{ hqRecoveryFile: string | null }>> {
        try {
          return await runSetUp(store, setUp);
        } catch (error) {
          const [typed, bug] = errorOfThrown(error, 'setUp', options.checked);
          if (bug) events.bug(bug);
          return err(typed);
        }
      },
      jobs: register.list,
      cancelJob: register.cancel,
      pauseJob: register.pause,
      async backUpIfDue() {
        backUpIfDue(store.connection, Date.now());
      },
      async close() {
        chores?.stop();
        reader?.close();
        closeStore(store);
      },
    };
    return ok(backend);
  };
