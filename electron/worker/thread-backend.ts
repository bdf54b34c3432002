/**
 * The store on threads: one writes, the others read, so that a long import or export never holds up a list. A thread
 * that dies is started again at the next call.
 */
import type { Worker } from 'node:worker_threads';
import { err, ok } from '../../shared/result.ts';
import type { StartBackend, StoreBackend } from '../host/backend.ts';
import { calls } from '../host/calls.ts';
import { createJobRegister, jobIdOf } from '../host/job-register.ts';
import type { Access } from './protocol.ts';
import { spawnThread, startStoreThread, type StoreThread } from './store-thread.ts';

const readerCount = 2;
/** Threads that load before a database is opened: more would only make the first ones late on a small machine. */
const warmOnes: readonly Access[] = ['write', 'read'];
/** The further readers come when the first screen stands. */
const moreReadersDelayMs = 1500;
/** After this a program that was ending has ended. */
const warmUpDelayMs = 500;

/** `workerUrl`: store-worker.ts, or its bundle. Threads load the program from the moment this is called. */
export function threadBackend(workerUrl: URL): StartBackend {
  const warm = new Map<Access, Worker>();
  const warmUp = (): void => {
    for (const access of warmOnes.filter((each) => !warm.has(each))) {
      const worker = spawnThread(workerUrl, access);
      // one that cannot even load is of no use; the next one started for a database says why
      worker.once('error', () => {});
      worker.once('exit', () => {
        if (warm.get(access) === worker) warm.delete(access);
      });
      warm.set(access, worker);
    }
  };
  warmUp();

  return async (options, events) => {
    const register = createJobRegister();
    const readersComing = new Set<Worker>();
    const start = async (access: Access, create: boolean) => {
      const worker = warm.get(access) ?? spawnThread(workerUrl, access);
      warm.delete(access);
      if (access === 'read') readersComing.add(worker);
      const started = await startStoreThread(worker, { ...options, create, access, register }, events);
      readersComing.delete(worker);
      return started;
    };

    const firstWriter = await start('write', options.create);
    if (!firstWriter.ok) return firstWriter;
    let writer = firstWriter.value;
    const { facts } = writer;
    if (facts === null) throw new Error('the writer answers the facts of the file');
    let closing = false;
    /** Slots of readers: the first is started when it is wanted, at once where the file will stay open. */
    const readers: (ReturnType<typeof start> | null)[] = Array.from({ length: readerCount }, () => null);
    const isUp = readers.map(() => false);
    const startReader = (slot: number): ReturnType<typeof start> => {
      isUp[slot] = false;
      const coming = start('read', false);
      readers[slot] = coming;
      void coming.then((there) => (isUp[slot] = there.ok));
      return coming;
    };
    if (!options.create) {
      void startReader(0);
      setTimeout(() => {
        if (closing) return;
        readers.forEach((each, slot) => {
          if (each === null) void startReader(slot);
        });
      }, moreReadersDelayMs).unref();
    }

    const revive = async (thread: StoreThread, access: Access) => {
      if (thread.isAlive() || closing) return ok(thread);
      return start(access, false);
    };

    /** The writer, started again if it died; calls that come meanwhile wait for the same one. */
    let writerComing: ReturnType<typeof revive> | null = null;
    const liveWriter = async () => {
      writerComing ??= revive(writer, 'write').finally(() => (writerComing = null));
      const live = await writerComing;
      if (live.ok) writer = live.value;
      return live;
    };

    const reader = async (slot: number) => {
      const coming = readers[slot] ?? null;
      const there = await coming;
      if (there?.ok && (there.value.isAlive() || closing)) return there;
      // somebody else may have started it again meanwhile
      return readers[slot] === coming ? startReader(slot) : ((await readers[slot]) ?? startReader(slot));
    };

    const waiting = readers.map(() => 0);
    /** Among the readers that can answer: one that still loads the program takes seconds. The first where none can. */
    const leastBusy = (): number => {
      const load = waiting.map((count, slot) => (isUp[slot] ? count : Infinity));
      return load.indexOf(Math.min(...load));
    };
    /** What a search found is kept by the reader that searched: it answers what is asked about it. */
    const remembers = (name: string): boolean => name.startsWith('duplicates.');
    const read = async (message: Parameters<StoreThread['ask']>[0]) => {
      const slot = message.type === 'call' && remembers(message.name) ? readerCount - 1 : leastBusy();
      waiting[slot] = (waiting[slot] ?? 0) + 1;
      try {
        const thread = await reader(slot);
        return thread.ok ? await thread.value.ask(message) : err(thread.error);
      } finally {
        waiting[slot] = (waiting[slot] ?? 1) - 1;
      }
    };

    const backend: StoreBackend = {
      facts,
      async call(name, input) {
        const jobId = jobIdOf(input);
        const settled = jobId === null ? null : register.expect(jobId);
        try {
          if (calls[name]?.access === 'read') return await read({ type: 'call', name, input });
          const thread = await liveWriter();
          return thread.ok ? await thread.value.ask({ type: 'call', name, input }) : err(thread.error);
        } finally {
          settled?.();
        }
      },
      async setUp(setUp) {
        const done = await writer.ask({ type: 'setUp', setUp });
        return done.ok ? ok(done.value as { hqRecoveryFile: string | null }) : done;
      },
      jobs: register.list,
      cancelJob: register.cancel,
      pauseJob: register.pause,
      async backUpIfDue() {
        await read({ type: 'backUpIfDue' });
      },
      async close() {
        closing = true;
        register.closeAll();
        // readers first: the last to close folds the log into the file
        // one that has not begun has nothing to finish
        await Promise.all([...readersComing].map((worker) => worker.terminate()));
        const started = await Promise.all(readers);
        await Promise.all(started.map((each) => (each?.ok ? each.value.close() : null)));
        await writer.close();
        // locked, not ended: it will be unlocked again
        setTimeout(warmUp, warmUpDelayMs).unref();
      },
    };
    return ok(backend);
  };
}
