/**
 * Entry of a store thread. It loads the program at once and waits to be told which database, so that the code is there
 * by the time a passphrase has been typed.
 */
import { parentPort } from 'node:worker_threads';
import { keepCompiledCode } from '../compile-cache.ts';
import type { ToWorker } from './protocol.ts';

const port = parentPort;
if (!port) throw new Error('store-worker.ts runs as a worker thread only');
keepCompiledCode();
const loaded = import('./serve-thread.ts');
let serve: ReturnType<Awaited<typeof loaded>['serveThread']> = null;

port.on('message', async (message: ToWorker) => {
  const { serveThread } = await loaded;
  if (message.type !== 'open') return serve?.(message);
  serve = serveThread(port, message.data);
  if (serve === null) port.close();
});
