import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CallResult } from '../../shared/contract/call.ts';
import type { AppEvent } from '../../shared/contract/events.ts';
import type { CallName, InputOf, OutputOf } from '../../shared/contract/index.ts';
import { backUp, backupsOf, pruneBackups } from '../../db/backup.ts';
import { openConnection } from '../../db/connection.ts';
import type { StartBackend } from '../../electron/host/backend.ts';
import { createProgram, type Program } from '../../electron/host/program.ts';
import { inlineBackend } from '../../electron/worker/inline-backend.ts';
import { threadBackend } from '../../electron/worker/thread-backend.ts';
import { freshStore, temporaryFolder } from '../helpers/store.ts';

const threads = (): StartBackend => threadBackend(new URL('../../electron/worker/store-worker.ts', import.meta.url));
const person = { name: 'Ann', role: 'marketer', region: 'BE' } as const;
const passphrase = 'a passphrase for tests';

type Host = {
  readonly program: Program;
  readonly path: string;
  readonly heard: AppEvent[];
  readonly logged: string[];
  call<N extends CallName>(name: N, input: InputOf<N>): Promise<CallResult<OutputOf<N>>>;
};

function hostOn(path: string, startBackend: StartBackend): Host {
  const logged: string[] = [];
  const program = createProgram({
    databasePath: path,
    startBackend,
    checked: true,
    log: (event, details) => logged.push(`${event} ${JSON.stringify(details)}`),
    capabilities: () => ({
      kind: 'terminal',
      version: '0',
      systemStore: null,
      chooseFile: async () => null,
      chooseFolder: async () => null,
      takeFiles: async () => [],
      dial: async () => false,
    }),
  });
  onTestFinished(() => program.close(), 60_000);
  const heard: AppEvent[] = [];
  program.onEvent((event) => heard.push(event));
  return {
    program,
    path,
    heard,
    logged,
    call: async (name, input) => (await program.call(name, input, 'shell')) as CallResult<never>,
  };
}

async function openHost(startBackend: StartBackend): Promise<Host> {
  const host = hostOn(join(temporaryFolder(), 'test.outpost'), startBackend);
  const made = await host.call('workspace.create', { person, passphrase });
  if (!made.ok) throw new Error(made.error.message);
  return host;
}

function manyRows(folder: string, count: number): string {
  const file = join(folder, 'many.csv');
  const rows = Array.from({ length: count }, (_, n) => `Given${n},Family${n},person${n}@fair.example`);
  writeFileSync(file, `First Name,Last Name,Email\n${rows.join('\n')}\n`);
  return file;
}

describe.each([
  ['on threads', threads],
  ['in line', inlineBackend],
])('the store %s', { timeout: 120_000 }, (_name, start) => {
  it('answers a read with what was just written, and tells of it once a burst', async () => {
    const host = await openHost(start());
    for (let i = 0; i < 10; i += 1) await host.call('contacts.create', { values: { givenName: `Ann ${i}` } });
    expect(await host.call('contacts.list', { limit: 1 })).toMatchObject({ ok: true, value: { total: 10 } });
    await expect.poll(() => host.heard.some((event) => event.type === 'changed')).toBe(true);
    const told = host.heard.filter((event) => event.type === 'changed');
    expect(told.length).toBeLessThan(10);
    expect(told[0]).toMatchObject({ entities: expect.arrayContaining(['contact']) as string[] });
  });

  it('locks, and opens again with what was saved', async () => {
    const host = await openHost(start());
    await host.call('contacts.create', { values: { givenName: 'Ann' } });
    await host.call('workspace.lock', {});
    expect(await host.call('contacts.list', {})).toMatchObject({ ok: false, error: { code: 'locked' } });
    expect(existsSync(`${host.path}-wal`)).toBe(false);
    expect(await host.call('workspace.unlock', { passphrase: 'not this one' })).toMatchObject({
      error: { code: 'wrongPassphrase' },
    });
    expect(await host.call('workspace.unlock', { passphrase })).toMatchObject({ ok: true });
    expect(await host.call('contacts.list', {})).toMatchObject({ ok: true, value: { total: 1 } });
  });

  it('stops an import when asked to, keeps what was saved, and serves others meanwhile', async () => {
    const host = await openHost(start());
    const file = manyRows(dirname(host.path), 40_000);
    const running = host.call('imports.run', { file, kind: 'contacts', jobId: 'import-1' });
    await expect
      .poll(() => host.heard.some((event) => event.type === 'job' && event.progress.saved > 0), { timeout: 60_000 })
      .toBe(true);
    expect(await host.call('contacts.list', { limit: 1 })).toMatchObject({ ok: true });
    expect(await host.call('jobs.list', {})).toMatchObject({
      value: { jobs: [{ jobId: 'import-1', state: 'running' }] },
    });
    expect(await host.call('jobs.cancel', { jobId: 'import-1' })).toEqual({ ok: true, value: { asked: true } });
    const result = await running;
    if (!result.ok) throw new Error(result.error.message);
    expect(result.value.cancelled).toBe(true);
    const last = host.heard.findLast((event) => event.type === 'job');
    expect(last).toMatchObject({ progress: { jobId: 'import-1', state: 'cancelled' } });
    const { value } = (await host.call('contacts.list', { limit: 1 })) as { value: { total: number } };
    expect(value.total).toBe(result.value.created);
    expect(value.total).toBeLessThan(40_000);
    expect(await host.call('jobs.cancel', { jobId: 'import-1' })).toEqual({ ok: true, value: { asked: false } });
  });

  it('makes a workspace whole or not at all', async () => {
    const folder = temporaryFolder();
    const host = hostOn(join(folder, 'deeper', 'test.outpost'), start());
    writeFileSync(join(folder, 'letter'), 'Dear Sir or Madam');
    const joined = await host.call('workspace.join', { file: join(folder, 'letter'), person, passphrase });
    expect(joined).toMatchObject({ ok: false, error: { code: 'inviteInvalid' } });
    expect(await host.call('workspace.status', {})).toMatchObject({ value: { state: 'none' } });
    expect(readdirSync(join(folder, 'deeper')).filter((name) => !name.endsWith('.owner'))).toEqual([]);
    expect(await host.call('workspace.create', { person, passphrase })).toMatchObject({ ok: true });
    expect(await host.call('workspace.create', { person, passphrase })).toMatchObject({
      error: { code: 'databaseExists' },
    });
  });
});

describe('a host', { timeout: 120_000 }, () => {
  it('refuses a database that another host has open', async () => {
    const first = await openHost(inlineBackend());
    const second = hostOn(first.path, inlineBackend());
    expect(await second.call('workspace.unlock', { passphrase })).toMatchObject({ error: { code: 'databaseInUse' } });
    await first.call('workspace.lock', {});
    expect(await second.call('workspace.unlock', { passphrase })).toMatchObject({ ok: true });
  });

  it('goes on when a store thread dies, reader or writer, with what was saved', async () => {
    const host = await openHost(threadBackend(new URL('../helpers/dying-worker.ts', import.meta.url)));
    await host.call('contacts.create', { values: { givenName: 'Ann' } });
    expect(await host.call('home.summary', {})).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(await host.call('contacts.list', {})).toMatchObject({ ok: true, value: { total: 1 } });
    expect(await host.call('maintenance.rebuild', {})).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(await host.call('contacts.create', { values: { givenName: 'Bo' } })).toMatchObject({ ok: true });
    expect(await host.call('contacts.list', {})).toMatchObject({ ok: true, value: { total: 2 } });
  });

  it('asks the reader that is there while another one still loads', async () => {
    const host = await openHost(threadBackend(new URL('../helpers/slow-reader.ts', import.meta.url)));
    expect(await host.call('contacts.list', {})).toMatchObject({ ok: true });
    // its answers come from the second reader, which never comes up
    const fromSecond = host.call('duplicates.results', { of: 'contact' });
    await expect.poll(() => readFileSync(`${host.path}.readers`, 'utf8'), { timeout: 30_000 }).toBe('..');
    const lists = await Promise.all(
      Array.from({ length: 6 }, (_, at) => host.call('contacts.list', { limit: at + 1 })),
    );
    expect(lists).toMatchObject(lists.map(() => ({ ok: true })));
    await host.program.close();
    expect(await fromSecond).toMatchObject({ ok: false });
  });

  it('turns a bug into an id, and logs neither input nor message', async () => {
    const logged: string[] = [];
    const program = createProgram({
      databasePath: join(temporaryFolder(), 'none.outpost'),
      startBackend: inlineBackend(),
      checked: false,
      log: (event, details) => logged.push(`${event} ${JSON.stringify(details)}`),
      capabilities: () => ({
        kind: 'terminal',
        version: '0',
        systemStore: null,
        chooseFile: async () => null,
        chooseFolder: async () => null,
        takeFiles: async () => [],
        dial: (url) => Promise.reject(new Error(`cannot dial ${url}`)),
      }),
    });
    onTestFinished(() => program.close(), 60_000);
    const result = (await program.call('host.dial', { number: '+32475123456' }, 'shell')) as CallResult<never>;
    if (result.ok) throw new Error('it dialled');
    expect(result.error.code).toBe('internal');
    expect(logged.join()).toContain(result.error.correlationId);
    expect(logged.join() + JSON.stringify(result)).not.toContain('475123456');
  });

  it('checks a database that was not closed properly, and refuses one that is damaged', async () => {
    const host = await openHost(inlineBackend());
    for (let i = 0; i < 300; i += 1) {
      await host.call('contacts.create', { values: { givenName: `Ann ${i}`, description: 'x'.repeat(500) } });
    }
    // closed and opened: everything is in the file, and the file says that it is open
    await host.call('workspace.lock', {});
    await host.call('workspace.unlock', { passphrase });
    const copyTo = (name: string): string => {
      const copy = join(temporaryFolder(), name);
      for (const end of ['', '-wal', '.keys']) copyFileSync(`${host.path}${end}`, `${copy}${end}`);
      return copy;
    };
    const whole = hostOn(copyTo('whole.outpost'), inlineBackend());
    expect(await whole.call('workspace.unlock', { passphrase })).toMatchObject({ ok: true });

    const damaged = copyTo('damaged.outpost');
    const bytes = readFileSync(damaged);
    // zeros in the middle: pages whose seal is broken
    bytes.fill(0, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 40_960);
    writeFileSync(damaged, bytes);
    expect(await hostOn(damaged, inlineBackend()).call('workspace.unlock', { passphrase })).toMatchObject({
      ok: false,
      error: { code: 'databaseDamaged' },
    });
  });
});

describe('a backup', () => {
  it('is whole, encrypted with the same key, and one of seven', () => {
    const test = freshStore();
    test.store.connection.exec("INSERT INTO setting (key, value) VALUES ('region', 'BE')");
    const start = Date.UTC(2026, 4, 1, 9, 30);
    for (let day = 0; day < 9; day += 1) backUp(test.store.connection, start + day * 86_400_000);
    expect(backupsOf(test.path)).toHaveLength(9);
    pruneBackups(test.path);
    const kept = backupsOf(test.path);
    expect(kept).toHaveLength(7);
    expect(kept[0]?.path.endsWith('test-2026-05-09T093000Z.outpost')).toBe(true);
    const path = kept[0]?.path ?? '';
    expect(openConnection({ path, key: null, access: 'read' }).ok).toBe(false);
    const opened = openConnection({ path, key: test.key, access: 'read' });
    if (!opened.ok) throw new Error(opened.error.message);
    expect(opened.value.prepare("SELECT value FROM setting WHERE key = 'region'").get()).toEqual({ value: 'BE' });
    expect(opened.value.pragma('integrity_check', { simple: true })).toBe('ok');
    opened.value.close();
  });
});
