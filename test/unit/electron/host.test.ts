import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWindowState } from '../../../electron/desktop/window-state.ts';
import { defaultDatabasePath, isPlainDatabase, makeNursery } from '../../../electron/host/database-file.ts';
import { createFileTokens } from '../../../electron/host/file-tokens.ts';
import { createJobRegister } from '../../../electron/host/job-register.ts';
import { errorOfThrown } from '../../../electron/host/log.ts';
import { staticFile } from '../../../electron/host/static-files.ts';
import { startJob } from '../../../electron/worker/job-board.ts';
import type { JobProgress } from '../../../shared/contract/parts.ts';
import { temporaryFolder } from '../../helpers/store.ts';

describe('what is thrown', () => {
  it('reaches the log by its code and place, never by its words', () => {
    const [error, bug] = errorOfThrown(new Error('no contact named Eva Maes'), 'contacts.get', false);
    expect(error.code).toBe('internal');
    expect(error.correlationId).toBe(bug?.correlationId);
    expect(JSON.stringify([error, bug])).not.toContain('Eva');
    expect(bug?.stack).toMatch(/^\s+at /);
  });

  it('is a typed error when the reason lies outside the program', () => {
    const thrown = (code: string) => errorOfThrown(Object.assign(new Error('x'), { code }), 'x', false);
    expect(thrown('ENOSPC')[0].code).toBe('diskFull');
    expect(thrown('SQLITE_FULL')[0].code).toBe('diskFull');
    expect(thrown('EACCES')[0].code).toBe('notPermitted');
    expect(thrown('SQLITE_CORRUPT')[0].code).toBe('databaseDamaged');
    expect(thrown('ENOENT')).toEqual([expect.objectContaining({ code: 'fileMissing' }), null]);
    expect(errorOfThrown('a string', 'x', false)[0].code).toBe('internal');
  });
});

describe('file tokens', () => {
  it('stand for what was chosen, by kind, until a temporary copy is used', () => {
    const tokens = createFileTokens();
    let released = 0;
    const own = tokens.give('file', '/a.csv');
    const copy = tokens.give('file', '/b.csv', () => (released += 1));
    expect(tokens.resolve('file', own)).toEqual({ ok: true, value: '/a.csv' });
    expect(tokens.resolve('folder', own)).toMatchObject({ ok: false, error: { code: 'badInput' } });
    expect(tokens.resolve('file', '/a.csv')).toMatchObject({ ok: false, error: { code: 'badInput' } });
    tokens.used(own);
    tokens.used(copy);
    tokens.used(copy);
    expect(released).toBe(1);
    expect(tokens.resolve('file', own).ok).toBe(true);
    expect(tokens.resolve('file', copy)).toMatchObject({ ok: false, error: { code: 'fileMissing' } });
    tokens.releaseAll();
    expect(tokens.resolve('file', own).ok).toBe(false);
  });
});

describe('progress of a job', () => {
  const run = (thinMs: number) => {
    const sent: JobProgress[] = [];
    let nowMs = 0;
    const job = startJob(
      { thinMs, now: () => nowMs, send: (progress) => sent.push(progress), begin: () => () => 'run' },
      'import',
      'people.csv',
      'job-1',
    );
    for (let done = 1; done <= 100; done += 1) {
      nowMs += 10;
      job.report({ done, total: 100, saved: done });
    }
    job.end('done');
    return sent;
  };

  it('is told about ten times a second, and its end always', () => {
    const sent = run(100);
    expect(sent.length).toBeLessThan(14);
    expect(sent.at(-1)).toMatchObject({ state: 'done', done: 100, saved: 100, secondsLeft: null });
    expect(sent[5]?.perSecond).toBeCloseTo(100);
    expect(sent[5]?.secondsLeft).toBeGreaterThan(0);
  });

  it('is told step by step where every step counts', () => {
    expect(run(0)).toHaveLength(102);
  });
});

describe('cancelling', () => {
  const progress = (state: JobProgress['state']): JobProgress => ({
    jobId: 'a',
    kind: 'import',
    label: '',
    state,
    done: 0,
    total: null,
    saved: 0,
    perSecond: null,
    secondsLeft: null,
  });

  it('reaches a job that runs, one that waits for its turn, and none that ended', () => {
    const register = createJobRegister();
    expect(register.cancel('a')).toBe(false);
    const settled = register.expect('a');
    expect(register.cancel('a')).toBe(true);
    const heard: string[] = [];
    register.began('a', (signal) => heard.push(signal));
    expect(heard).toEqual(['cancel']);
    expect(register.pause('a', true)).toBe(true);
    expect(register.pause('a', false)).toBe(true);
    register.closeAll();
    expect(heard).toEqual(['cancel', 'pause', 'run', 'close']);
    expect(register.cancel('a')).toBe(true);
    register.progressed(progress('cancelled'));
    settled();
    expect(register.cancel('a')).toBe(false);
    expect(register.list()).toHaveLength(1);
  });

  it('forgets ended jobs in time, and never one that runs', () => {
    const register = createJobRegister();
    register.progressed({ ...progress('running'), jobId: 'running' });
    for (let i = 0; i < 50; i += 1) register.progressed({ ...progress('done'), jobId: `done ${i}` });
    expect(register.list().length).toBe(21);
    expect(register.list().some((job) => job.jobId === 'running')).toBe(true);
  });
});

describe('the database file', () => {
  it('lies where the operating system keeps a user’s data', () => {
    const at = (platform: NodeJS.Platform, environment: NodeJS.ProcessEnv) =>
      defaultDatabasePath({ platform, environment, home: '/home/ann' }).replaceAll('\\', '/');
    expect(at('linux', {})).toBe('/home/ann/.local/share/outpost/workspace.outpost');
    expect(at('linux', { XDG_DATA_HOME: '/data' })).toBe('/data/outpost/workspace.outpost');
    expect(at('darwin', {})).toBe('/home/ann/Library/Application Support/outpost/workspace.outpost');
    expect(at('win32', { APPDATA: '/roaming' })).toBe('/roaming/outpost/workspace.outpost');
  });

  it('is made aside and moved to its place whole, keeping an older key file', () => {
    const path = join(temporaryFolder(), 'a.outpost');
    mkdirSync(`${path}.new`);
    writeFileSync(join(`${path}.new`, 'left by a crash'), '');
    writeFileSync(`${path}.keys`, 'older');
    const nursery = makeNursery(path);
    expect(existsSync(join(`${path}.new`, 'left by a crash'))).toBe(false);
    writeFileSync(nursery.databasePath, 'SQLite format 3\0');
    writeFileSync(`${nursery.databasePath}.keys`, 'newer');
    expect(existsSync(path)).toBe(false);
    nursery.moveOut();
    expect([path, `${path}.keys`, `${path}.keys.old`, `${path}.new`].map((each) => existsSync(each))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(isPlainDatabase(path)).toBe(true);
  });
});

describe('files of the page', () => {
  it('are found inside its folder only', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
    writeFileSync(join(folder, 'page', 'index.html'), '');
    writeFileSync(join(folder, 'page', 'assets', 'a.js'), '');
    writeFileSync(join(folder, 'secret.txt'), '');
    const find = (path: string) => staticFile(join(folder, 'page'), path);
    expect(find('/')).toMatchObject({ type: 'text/html; charset=utf-8', immutable: false });
    expect(find('/contacts/123')).toMatchObject({ type: 'text/html; charset=utf-8' });
    expect(find('/assets/a.js')).toMatchObject({ type: 'text/javascript; charset=utf-8', immutable: true });
    for (const path of [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/assets/../../secret.txt',
      '/%zz',
      '/none.js',
      '/assets.x',
    ]) {
      expect(find(path), path).toBeNull();
    }
  });
});

describe('the window', () => {
  const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }];
  const stateOf = (text: string) => {
    const file = join(temporaryFolder(), 'window.json');
    writeFileSync(file, text);
    return readWindowState(file, screens);
  };

  it('opens where it was, unless no screen is there any more', () => {
    const kept = { x: 100, y: 50, width: 900, height: 700, isMaximized: true };
    expect(stateOf(JSON.stringify(kept))).toEqual(kept);
    expect(stateOf(JSON.stringify({ ...kept, x: 5000 }))).toEqual({ width: 900, height: 700, isMaximized: true });
    expect(stateOf(JSON.stringify({ ...kept, y: -400 }))).not.toHaveProperty('x');
  });

  it('opens at its first size when its state cannot be read', () => {
    for (const text of ['', '{', '{"width":"wide"}', '{"width":5,"height":5,"isMaximized":false}']) {
      expect(stateOf(text)).toMatchObject({ width: 1360, height: 860 });
    }
  });
});
