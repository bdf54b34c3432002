/** Store threads of which the second reader never comes up: what it is like while it still loads, for as long as it takes. */
import { appendFileSync, statSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import type { ToWorker } from '../../electron/worker/protocol.ts';

/** Each reader leaves a mark beside the database. */
function isSecond(message: ToWorker): boolean {
  if (message.type !== 'open' || message.data.access === 'write') return false;
  const marks = `${message.data.path}.readers`;
  appendFileSync(marks, '.');
  return statSync(marks).size > 1;
}

const port = parentPort;
if (port) {
  const listen = port.on.bind(port);
  port.on = (event, listener) =>
    listen(event, (message: ToWorker) => (isSecond(message) ? undefined : listener(message)));
}
await import('../../electron/worker/store-worker.ts');
