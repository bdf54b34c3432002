/** A loopback host with a page of its own and a fresh database, and requests to it as a browser sends them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CallResult } from '../../shared/contract/call.ts';
import type { CallName, InputOf, OutputOf } from '../../shared/contract/index.ts';
import type { StartBackend } from '../../electron/host/backend.ts';
import { type LoopbackHost, startLoopbackHost } from '../../electron/loopback/server.ts';
import { inlineBackend } from '../../electron/worker/inline-backend.ts';
import { temporaryFolder } from './store.ts';

type Reply = { status: number; headers: NodeJS.Dict<string | string[]>; body: string };
type Ask = {
  method?: string;
  path: string;
  headers?: Readonly<Record<string, string | undefined>>;
  body?: string | Buffer;
};

export type TestLoopback = {
  readonly host: LoopbackHost;
  readonly folder: string;
  /** Exactly these headers, and the host's own name unless another is given. */
  ask(ask: Ask): Promise<Reply>;
  /** The cookie of a browser that followed a new link. */
  enter(): Promise<string>;
  /** A call from a page of the host. */
  call<N extends CallName>(cookie: string, name: N, input: InputOf<N>): Promise<CallResult<OutputOf<N>>>;
};

export async function testLoopback(
  options: { startBackend?: StartBackend; uploadLimitBytes?: number } = {},
): Promise<TestLoopback> {
  const folder = temporaryFolder();
  const pageFolder = join(folder, 'page');
  mkdirSync(join(pageFolder, 'assets'), { recursive: true });
  writeFileSync(join(pageFolder, 'index.html'), '<!doctype html><title>Outpost</title>');
  writeFileSync(join(pageFolder, 'assets', 'app-1a2b3c.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'not for the page');
  const host = await startLoopbackHost({
    databasePath: join(folder, 'test.outpost'),
    startBackend: options.startBackend ?? inlineBackend(),
    pageFolder,
    version: '0.0.0-test',
    checked: true,
    log: () => {},
    ...(options.uploadLimitBytes === undefined ? {} : { uploadLimitBytes: options.uploadLimitBytes }),
  });
  onTestFinished(() => host.close());

  const ask = (what: Ask): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const { hostname, port, host: name } = new URL(host.origin);
      const headers = Object.fromEntries(
        Object.entries({ host: name, ...what.headers }).filter(([, value]) => value !== undefined),
      ) as Record<string, string>;
      const sent = request(
        { hostname, port, path: what.path, method: what.method ?? 'GET', headers, setHost: false },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        },
      );
      sent.on('error', reject);
      sent.end(what.body);
    });

  return {
    host,
    folder,
    ask,
    async enter() {
      const reply = await ask({ path: new URL(host.newLink()).pathname + new URL(host.newLink()).search });
      return String(reply.headers['set-cookie']).split(';')[0] ?? '';
    },
    async call(cookie, name, input) {
      const reply = await ask({
        method: 'POST',
        path: '/api/call',
        headers: { cookie, origin: host.origin, 'content-type': 'application/json' },
        body: JSON.stringify({ name, input }),
      });
      return JSON.parse(reply.body) as CallResult<never>;
    },
  };
}
