/** What a store thread does once it is told which database: it is the one writer, or one of the readers. */
import type { MessagePort } from 'node:worker_threads';
import { type CallError, callError, type CallResult } from '../../shared/contract/call.ts';
import { assertNever, err, ok, type Result } from '../../shared/result.ts';
import { openConnection } from '../../db/connection.ts';
import { keepAhead } from '../../db/query/ahead.ts';
import { type ReadableStore, readableStore, type WritableStore } from '../../db/store.ts';
import { loadAllHandlers } from '../features/handlers.ts';
import { errorOfThrown } from '../host/log.ts';
import { type JobSignal, jobSignals } from '../host/job-register.ts';
import { startChores } from './chores.ts';
import { backUpIfDue, closeStore, factsOf, openStore } from './open-store.ts';
import { type Asked, cancelCells, type FromWorker, type WorkerData } from './protocol.ts';
import { createServe } from './serve.ts';
import { runSetUp } from './set-up.ts';

const loadRestAfterMs = 2000;
const rest = (ms: number) => (): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

type Opened = { readonly store: ReadableStore; readonly writable: WritableStore | null };

function open(data: WorkerData): Result<Opened, CallError> {
  const key = data.key === null ? null : Buffer.from(data.key);
  if (data.access === 'write') {
    const opened = openStore({ path: data.path, key, create: data.create, checked: data.checked });
    return opened.ok ? ok({ store: opened.value, writable: opened.value }) : opened;
  }
  const opened = openConnection({ path: data.path, key, access: 'read' });
  return opened.ok ? ok({ store: readableStore(opened.value), writable: null }) : opened;
}

/** Answers a function that serves what comes after; null where the database could not be opened, which it said. */
export function serveThread(port: MessagePort, data: WorkerData): ((message: Asked) => Promise<void>) | null {
  const say = (message: FromWorker): void => port.postMessage(message);
  const cells = new Int32Array(data.cancelMemory);
  let nextCell = 0;
  const begin = (jobId: string): (() => JobSignal) => {
    const cell = nextCell % cancelCells;
    nextCell += 1;
    Atomics.store(cells, cell, jobSignals.indexOf('run'));
    say({ type: 'jobBegan', jobId, cell });
    return () => jobSignals[Atomics.load(cells, cell)] ?? 'run';
  };

  const opened = open(data);
  if (!opened.ok) {
    say({ type: 'refused', error: opened.error });
    return null;
  }
  const { store, writable } = opened.value;
  if (writable) writable.onCommit = (entities) => say({ type: 'committed', entities });
  const serve = createServe(store, {
    checked: data.checked,
    jobs: { thinMs: 100, now: Date.now, send: (progress) => say({ type: 'job', progress }), begin },
    bug: (report) => say({ type: 'bug', report }),
  });

  const chores =
    writable && !data.create
      ? startChores(writable, (error) => {
          const [, report] = errorOfThrown(error, 'chores', data.checked);
          if (report) say({ type: 'bug', report });
        })
      : null;

  const guarded = async (where: string, work: () => unknown): Promise<CallResult<unknown>> => {
    try {
      return ok(await work());
    } catch (error) {
      const [typed, report] = errorOfThrown(error, where, data.checked);
      if (report) say({ type: 'bug', report });
      return err(typed);
    }
  };

  const answer = async (message: Asked): Promise<CallResult<unknown>> => {
    switch (message.type) {
      case 'call':
        return serve(message.name, message.input);
      case 'setUp': {
        if (!writable) return err(callError('internal', 'Only the writer sets a database up.'));
        const done = await guarded('setUp', () => runSetUp(writable, message.setUp));
        return done.ok ? (done.value as CallResult<unknown>) : done;
      }
      case 'backUpIfDue':
        return guarded('backup', () => backUpIfDue(store.connection, Date.now()));
      case 'close':
        chores?.stop();
        return guarded('close', () => (writable ? closeStore(writable) : store.connection.close()));
      default:
        return assertNever(message, 'message');
    }
  };
  say({ type: 'opened', facts: writable ? factsOf(writable) : null });
  // once the first screen has what it asked for, the rest is loaded before it is asked for
  const prepareRest = async (): Promise<void> => {
    await loadAllHandlers(rest(100));
    if (!writable) await keepAhead(store, rest(25));
  };
  if (!data.create) setTimeout(() => void guarded('load', prepareRest), loadRestAfterMs).unref();
  return async (message) => {
    const result = await answer(message);
    say({ type: 'answer', id: message.id, result });
    if (message.type === 'close') port.close();
  };
}
