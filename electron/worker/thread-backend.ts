/**
 * The store on threads: one writes, the others read, so that a long import or export never holds up a list. A thread
 * that dies is started again at the next call.
 */
import { err, ok } from '../../shared/result.ts';
import type { StartBackend, StoreBackend } from '../host/backend.ts';
import { calls } from '../host/calls.ts';
import { createJobRegister, jobIdOf } from '../host/job-register.ts';
import { startStoreThread, type StoreThread, type ThreadOptions } from './store-thread.ts';

const readerCount = 2;

/** `workerUrl`: store-worker.ts, or its bundle. */
export const threadBackend =
  (workerUrl: URL): StartBackend =>
  async (options, events) => {
    const register = createJobRegister();
    const start = (access: ThreadOptions['access'], create: boolean) =>
      startStoreThread({ ...options, create, workerUrl, access, register }, events);

    const firstWriter = await start('write', options.create);
    if (!firstWriter.ok) return firstWriter;
    let writer = firstWriter.value;
    const { facts } = writer;
    if (facts === null) throw new Error('the writer answers the facts of the file');
    const readers: StoreThread[] = [];
    let closing = false;

    const opened = await Promise.all(Array.from({ length: readerCount }, () => start('read', false)));
    for (const reader of opened) if (reader.ok) readers.push(reader.value);
    const failed = opened.find((reader) => !reader.ok);
    if (failed && !failed.ok) {
      await Promise.all([...readers, writer].map((thread) => thread.close()));
      return failed;
    }

    const revive = async (thread: StoreThread, access: 'read' | 'write') => {
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

    const idlestReader = async () => {
      for (const [index, reader] of readers.entries()) {
        if (reader.isAlive() || closing) continue;
        const revived = await start('read', false);
        if (!revived.ok) return revived;
        readers[index] = revived.value;
      }
      return ok(readers.reduce((best, reader) => (reader.waiting() < best.waiting() ? reader : best)));
    };

    const backend: StoreBackend = {
      facts,
      async call(name, input) {
        const jobId = jobIdOf(input);
        const settled = jobId === null ? null : register.expect(jobId);
        try {
          const thread = calls[name]?.access === 'write' ? await liveWriter() : await idlestReader();
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
      async backUpIfDue() {
        const reader = readers.at(-1);
        if (reader?.isAlive()) await reader.ask({ type: 'backUpIfDue' });
      },
      async close() {
        closing = true;
        for (const jobId of register.runningIds()) register.cancel(jobId);
        // readers first: the last to close folds the log into the file
        await Promise.all(readers.map((reader) => reader.close()));
        await writer.close();
      },
    };
    return ok(backend);
  };
