/**
 * Reads and normalises a file on a thread of its own, so that parsing and writing take each a core. Sends batches; two
 * may wait to be written, then it pauses until one is taken.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { packBatch, type PackedBatch, readRows, type RowSettings } from './rows.ts';

export type FromParser =
  | { readonly type: 'batch'; readonly batch: PackedBatch }
  | { readonly type: 'end' }
  | { readonly type: 'failed'; readonly code: string; readonly message: string };

const port = parentPort;
if (!port) throw new Error('parse-worker.ts runs as a worker thread only');
const say = (message: FromParser): void => port.postMessage(message);

const ahead = 2;
/** Batches that the writer has not taken yet, and who waits for it to take one. */
const pace: { waiting: number; wake: (() => void) | null } = { waiting: 0, wake: null };
port.on('message', () => {
  pace.waiting -= 1;
  pace.wake?.();
});

async function run(settings: RowSettings): Promise<void> {
  for await (const batch of readRows(settings)) {
    while (pace.waiting >= ahead) await new Promise<void>((resolve) => (pace.wake = resolve));
    say({ type: 'batch', batch: packBatch(batch) });
    pace.waiting += 1;
  }
  say({ type: 'end' });
}

run(workerData as RowSettings)
  .catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    say({ type: 'failed', code, message: error instanceof Error ? error.message : 'unknown' });
  })
  .finally(() => port.close());
