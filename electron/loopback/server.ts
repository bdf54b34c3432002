/**
 * The program for a browser on this machine: the same calls, events and page as in Electron, over HTTP on 127.0.0.1.
 * For locked-down laptops where Electron cannot be installed, and for tests in a real browser.
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { type CallResult, callError } from '../../shared/contract/call.ts';
import { err, ok } from '../../shared/result.ts';
import type { StartBackend } from '../host/backend.ts';
import { errorOfThrown, type Log, logBug } from '../host/log.ts';
import { createProgram, type Program } from '../host/program.ts';
import { staticFile } from '../host/static-files.ts';
import { createGuard, type Guard, type Refusal, setSafeHeaders } from './guard.ts';
import { createTemporaryFiles, type TemporaryFiles } from './temporary-files.ts';

export type LoopbackOptions = {
  readonly databasePath: string;
  readonly startBackend: StartBackend;
  /** The built page. */
  readonly pageFolder: string;
  readonly version: string;
  readonly checked: boolean;
  readonly log: Log;
  /** 0 for any. */
  readonly port?: number;
  readonly uploadLimitBytes?: number;
};

export type LoopbackHost = {
  readonly program: Program;
  readonly origin: string;
  /** A link that opens one browser. */
  newLink(): string;
  close(): Promise<void>;
};

const largestCallBytes = 64 * 1024 * 1024;
const heartbeatMs = 15_000;

/** Throws when the port is taken. */
export async function startLoopbackHost(options: LoopbackOptions): Promise<LoopbackHost> {
  const files = createTemporaryFiles(options.uploadLimitBytes);
  const program = createProgram({
    databasePath: options.databasePath,
    startBackend: options.startBackend,
    checked: options.checked,
    log: options.log,
    capabilities: () => ({
      kind: 'loopback',
      version: options.version,
      systemStore: null,
      // the page has its own file input
      chooseFile: async () => null,
      chooseFolder: async () => ({ ...files.folder(), name: 'Downloads' }),
      takeFiles: async (folder, names, token) =>
        names
          .filter((name) => existsSync(join(folder, name)))
          .map((name) => ({ name, url: `./api/files/${encodeURIComponent(token)}/${encodeURIComponent(name)}` })),
      dial: async () => false,
    }),
  });

  const server = createServer();
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: options.port ?? 0 }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const guard = createGuard(port);
  const listening = new Set<ServerResponse>();
  const routes = createRoutes({ program, guard, files, listening, pageFolder: options.pageFolder });

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    setSafeHeaders(response);
    routes(request, response).catch((error: unknown) => {
      if (request.destroyed && !request.complete) return;
      const [typed, bug] = errorOfThrown(error, 'loopback', options.checked);
      if (bug) logBug(options.log)(bug);
      if (response.headersSent) response.destroy();
      else sendJson(response, err(typed), 500);
    });
  });

  const origin = `http://127.0.0.1:${port}`;
  return {
    program,
    origin,
    newLink: () => origin + guard.newLink(),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await program.close();
      for (const response of listening) response.end();
      server.closeAllConnections();
      await closed;
      files.removeAll();
    },
  };
}

type Parts = {
  readonly program: Program;
  readonly guard: Guard;
  readonly files: TemporaryFiles;
  readonly listening: Set<ServerResponse>;
  readonly pageFolder: string;
};

function createRoutes(parts: Parts): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { program, guard } = parts;
  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const path = url.pathname;
    const refusal = guard.refuse(request, path !== '/open');
    if (refusal) return sendRefusal(request, response, refusal);
    const route = `${request.method} ${path}`;
    if (route === 'GET /open') return open(guard, url.searchParams.get('token') ?? '', request, response);
    if (route === 'POST /api/call') return call(program, request, response);
    if (route === 'GET /api/events') return events(program, parts.listening, response);
    if (route === 'POST /api/files') return takeUpload(parts, url.searchParams.get('name') ?? '', request, response);
    if (request.method === 'GET' && path.startsWith('/api/files/')) return download(program, path, response);
    if (request.method === 'GET' && !path.startsWith('/api/')) return sendPage(parts.pageFolder, path, response);
    return sendText(response, 404, 'There is nothing here.');
  };
}

async function open(guard: Guard, token: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const cookie = guard.redeem(token);
  // a browser that has the cookie already may follow an old link again
  if (cookie === null && guard.refuse(request, true) !== null) {
    return sendText(response, 403, 'This link was used already. Start Outpost again for a new one.');
  }
  if (cookie !== null) response.setHeader('Set-Cookie', cookie);
  response.writeHead(303, { Location: '/' }).end();
}

async function call(program: Program, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) {
    return sendJson(response, err(callError('badInput', 'A call is sent as JSON.')), 415);
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= largestCallBytes) chunks.push(chunk);
  }
  if (bytes > largestCallBytes) {
    return sendJson(response, err(callError('badInput', 'The input of a call is at most 64 MB.')), 413);
  }
  let body: unknown;
  try {
    body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return sendJson(response, err(callError('badInput', 'The call is not valid JSON.')), 400);
  }
  const { name, input } = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  sendJson(response, await program.call(name, input, 'window'), 200);
}

async function events(program: Program, listening: Set<ServerResponse>, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', Connection: 'keep-alive' });
  response.write(':\n\n');
  listening.add(response);
  const stop = program.onEvent((event) => response.write(`data: ${JSON.stringify(event)}\n\n`));
  const heartbeat = setInterval(() => response.write(':\n\n'), heartbeatMs);
  response.on('close', () => {
    clearInterval(heartbeat);
    stop();
    listening.delete(response);
  });
}

async function takeUpload(
  parts: Parts,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const taken = await parts.files.upload(request, name);
  if (!taken.ok) {
    // the rest of the body is not read: the connection is of no more use
    response.setHeader('Connection', 'close');
    return sendJson(response, taken, 413);
  }
  const file = parts.program.tokens.give('file', taken.value.path, taken.value.release);
  sendJson(response, ok({ file, name: name === '' ? basename(taken.value.path) : name }), 200);
}

async function download(program: Program, path: string, response: ServerResponse): Promise<void> {
  const [token, name, ...rest] = path.slice('/api/files/'.length).split('/').map(decoded);
  const isName = name !== undefined && rest.length === 0 && name !== '' && basename(name) === name && name !== '..';
  const folder = program.tokens.resolve('folder', token ?? '');
  const file = folder.ok && isName && !name.includes('\\') ? join(folder.value, name) : null;
  if (file === null || name === undefined || !existsSync(file) || !statSync(file).isFile()) {
    return sendText(response, 404, 'This file is no longer there. Export it again.');
  }
  response.writeHead(200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': statSync(file).size,
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  });
  createReadStream(file).pipe(response);
}

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
};

async function sendPage(folder: string, path: string, response: ServerResponse): Promise<void> {
  const file = staticFile(folder, path);
  if (!file) return sendText(response, 404, 'There is nothing here.');
  response.setHeader('Content-Type', file.type);
  if (file.immutable) response.setHeader('Cache-Control', 'private, max-age=31536000, immutable');
  createReadStream(file.path).pipe(response);
}

function sendJson(response: ServerResponse, result: CallResult<unknown>, status: number): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(result));
}

async function sendText(response: ServerResponse, status: number, sentence: string): Promise<void> {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${sentence}\n`);
}

async function sendRefusal(request: IncomingMessage, response: ServerResponse, refusal: Refusal): Promise<void> {
  request.resume();
  if (!(request.url ?? '').startsWith('/api/')) return sendText(response, refusal.status, refusal.sentence);
  sendJson(response, err(callError('unknownSender', refusal.sentence)), refusal.status);
}
