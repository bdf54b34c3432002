/** A store thread that dies when it is asked for a certain call: what a crash looks like from the host. */
import { parentPort } from 'node:worker_threads';

parentPort?.on('message', (message: { type: string; name?: string }) => {
  if (message.name === 'home.summary' || message.name === 'maintenance.rebuild') process.exit(1);
});
await import('../../electron/worker/store-worker.ts');
