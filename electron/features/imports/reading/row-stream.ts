/** The rows of a file, read beside the writer where threads can be had for it, in the calling thread where not. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { assertNever } from '../../../../shared/result.ts';
import type { FromParser } from './parse-worker.ts';
import { readRows, type RowBatch, type RowSettings, unpackBatch } from './rows.ts';

/** A thread takes a tenth of a second to start: small files are read sooner without. */
const worthAThread = 200_000;
/** Rows live for a moment: with more room for them a thread takes hundreds of megabytes and is no faster. */
const resourceLimits = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 1536 };

/** The thread's file: beside this one, in source as in the bundle. */
function workerUrl(): URL | null {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const url = new URL(`./parse-worker.${extension}`, import.meta.url);
  return existsSync(fileURLToPath(url)) ? url : null;
}

export function rowStream(settings: RowSettings): AsyncGenerator<RowBatch> {
  const url = settings.source.sizeBytes > worthAThread ? workerUrl() : null;
  return url === null ? readRows(settings) : fromThread(url, settings);
}

async function* fromThread(url: URL, settings: RowSettings): AsyncGenerator<RowBatch> {
  const worker = new Worker(url, { workerData: settings, resourceLimits });
  const waiting: FromParser[] = [];
  let wake: (() => void) | null = null;
  let died: Error | null = null;
  worker.on('message', (message: FromParser) => {
    waiting.push(message);
    wake?.();
  });
  worker.on('error', (error) => {
    died = error instanceof Error ? error : new Error(String(error));
    wake?.();
  });
  try {
    for (;;) {
      const message = waiting.shift();
      if (message === undefined) {
        if (died) throw died;
        await new Promise<void>((resolve) => (wake = resolve));
        wake = null;
        continue;
      }
      switch (message.type) {
        case 'batch':
          yield unpackBatch(message.batch);
          worker.postMessage('taken');
          break;
        case 'end':
          return;
        case 'failed':
          throw Object.assign(new Error(message.message), message.code === '' ? {} : { code: message.code });
        default:
          assertNever(message, 'message of the parser');
      }
    }
  } finally {
    await worker.terminate();
  }
}
