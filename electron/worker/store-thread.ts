/** One store thread from the host's side: sends it messages, hands back its answers, notices when it dies. */
import { Worker } from 'node:worker_threads';
import { type CallError, type CallResult, callError } from '../../shared/contract/call.ts';
import { assertNever, err, ok, type Result } from '../../shared/result.ts';
import type { StoreEvents, StoreFacts, StoreOptions } from '../host/backend.ts';
import { type JobRegister, jobSignals } from '../host/job-register.ts';
import { type Access, type Asked, cancelCells, type FromWorker, type ToWorker, type WorkerData } from './protocol.ts';

type WithoutId<M> = M extends unknown ? Omit<M, 'id'> : never;

/**
 * Of the writer. Without a limit V8 lets a heap grow fourfold between two collections: an import of 100,000 rows then
 * takes 600 MB and is no faster than in 380. Readers have none: they hold much, and collecting often would hold up pages.
 */
const writerLimits = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 1536 };

/** A thread that has loaded the program and waits to be told which database; it keeps no process alive. */
export function spawnThread(workerUrl: URL, access: Access): Worker {
  const worker = new Worker(workerUrl, access === 'write' ? { resourceLimits: writerLimits } : {});
  worker.unref();
  return worker;
}

export type StoreThread = {
  readonly facts: StoreFacts | null;
  /** Calls that wait for an answer. */
  waiting(): number;
  isAlive(): boolean;
  ask(message: WithoutId<Asked>): Promise<CallResult<unknown>>;
  close(): Promise<void>;
};

export type ThreadOptions = StoreOptions & {
  readonly access: Access;
  readonly register: JobRegister;
};

const died = (): CallError =>
  callError('internal', 'The database thread stopped. What was reported as saved is saved. Try again.');

/** Errors: what opening the database answers. */
export function startStoreThread(
  worker: Worker,
  options: ThreadOptions,
  events: StoreEvents,
): Promise<Result<StoreThread, CallError>> {
  const cancelMemory = new SharedArrayBuffer(cancelCells * Int32Array.BYTES_PER_ELEMENT);
  const cells = new Int32Array(cancelMemory);
  const data: WorkerData = {
    path: options.path,
    key: options.key,
    create: options.create,
    checked: options.checked,
    access: options.access,
    cancelMemory,
  };
  const pending = new Map<number, (result: CallResult<unknown>) => void>();
  let nextId = 1;
  let alive = true;
  let stopped = false;

  return new Promise((resolve) => {
    const exited = new Promise<void>((resolveExit) => {
      worker.once('exit', () => {
        alive = false;
        for (const answer of pending.values()) answer(err(died()));
        pending.clear();
        resolve(err(died()));
        resolveExit();
      });
    });
    worker.on('error', (error) => {
      const stack = options.checked ? (error.stack ?? '') : '';
      events.bug({ correlationId: 'thread', where: `${options.access} thread`, name: error.name, code: '', stack });
    });

    const thread = (facts: StoreFacts | null): StoreThread => ({
      facts,
      waiting: () => pending.size,
      isAlive: () => alive && !stopped,
      ask(message) {
        if (!alive) return Promise.resolve(err(died()));
        const id = nextId++;
        return new Promise((answer) => {
          pending.set(id, answer);
          worker.postMessage({ ...message, id });
        });
      },
      async close() {
        if (stopped) return exited;
        stopped = true;
        if (alive) await this.ask({ type: 'close' });
        await exited;
      },
    });

    worker.ref();
    worker.postMessage({ type: 'open', data } satisfies ToWorker);
    worker.on('message', (message: FromWorker) => {
      switch (message.type) {
        case 'opened':
          resolve(ok(thread(message.facts)));
          return;
        case 'refused':
          resolve(err(message.error));
          return;
        case 'answer': {
          const answer = pending.get(message.id);
          pending.delete(message.id);
          answer?.(message.result);
          return;
        }
        case 'jobBegan':
          options.register.began(message.jobId, (signal) =>
            Atomics.store(cells, message.cell, jobSignals.indexOf(signal)),
          );
          return;
        case 'job':
          options.register.progressed(message.progress);
          events.job(message.progress);
          return;
        case 'committed':
          events.committed(message.entities);
          return;
        case 'bug':
          events.bug(message.report);
          return;
        default:
          assertNever(message, 'message of a store thread');
      }
    });
  });
}
