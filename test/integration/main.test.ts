import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Bridge } from '../../shared/contract/bridge.ts';
import type { AppEvent } from '../../shared/contract/events.ts';
import { channels } from '../../electron/desktop/channels.ts';
import { BrowserWindow, app, double } from '../helpers/electron-double.ts';

const person = { name: 'Ann', role: 'marketer', region: 'BE' } as const;
const index = join(import.meta.dirname, '../../out/renderer/index.html');

/** main.ts and preload.ts as they are, from start to quit; `electron` is the double (vitest.config.ts). */
describe('the desktop program', { timeout: 60_000 }, () => {
  let bridge: Bridge;
  let window: BrowserWindow;
  let isOwnIndex = false;
  const heard: AppEvent[] = [];
  const database = () => join(double.folder, 'desktop.outpost');

  beforeAll(async () => {
    double.folder = mkdtempSync(join(tmpdir(), 'outpost-main-'));
    mkdirSync(join(double.folder, 'userData'));
    process.env['OUTPOST_DB'] = database();
    if (!existsSync(index)) {
      // the page is built after these tests run; as old as can be, so that it counts as stale
      mkdirSync(dirname(index), { recursive: true });
      writeFileSync(index, '<!doctype html><title>Outpost</title>');
      utimesSync(index, 0, 0);
      isOwnIndex = true;
    }
    await import('../../electron/main.ts');
    await vi.waitUntil(() => BrowserWindow.all[0]?.isVisible, { timeout: 20_000 });
    window = BrowserWindow.all[0] as BrowserWindow;
    await import('../../electron/preload.ts');
    bridge = double.exposed.get('outpost') as Bridge;
    bridge.onEvent((event) => heard.push(event));
  });

  afterAll(() => {
    rmSync(double.folder, { recursive: true, force: true });
    if (isOwnIndex) rmSync(index, { force: true });
  });

  it('opens one window that is closed off from the computer', () => {
    expect(BrowserWindow.all).toHaveLength(1);
    expect(window.webContents.url).toBe('app://outpost/');
    expect(window.options).toMatchObject({ title: 'Outpost', show: false });
    expect(window.options['webPreferences']).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
    });
    expect(double.done).toContain('enableSandbox');
    expect(double.schemes.get('app')).toMatchObject({ standard: true, secure: true });
  });

  it('gives the page one bridge and nothing else', () => {
    expect([...double.exposed.keys()]).toEqual(['outpost']);
    expect(Object.keys(bridge).toSorted()).toEqual(['call', 'host', 'onEvent', 'takeFile']);
  });

  it('serves the page with its policy, and nothing beside it', async () => {
    const get = (url: string) => double.protocolHandlers.get('app')?.(new Request(url));
    const index = await get('app://outpost/');
    expect(index?.status).toBe(200);
    expect(index?.headers.get('content-security-policy')).toContain("default-src 'self'");
    for (const url of [
      'app://outpost/../package.json',
      'app://outpost/..%2f..%2fpackage.json',
      'app://other/index.html',
    ]) {
      expect((await get(url))?.status, url).toBe(404);
    }
  });

  it('makes a workspace whose key the system keeps, and serves calls', async () => {
    expect(await bridge.call('workspace.status', {})).toMatchObject({
      ok: true,
      value: { state: 'none', host: 'electron', keyInSystemStore: true },
    });
    const made = await bridge.call('workspace.create', { person, passphrase: null });
    expect(made).toMatchObject({ ok: true });
    expect(readFileSync(database()).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
    expect(await bridge.call('session.get', {})).toMatchObject({ ok: true, value: { userName: 'Ann' } });
    const contact = await bridge.call('contacts.create', { values: { givenName: 'Eva', familyName: 'Maes' } });
    expect(contact).toMatchObject({ ok: true });
    expect(await bridge.call('contacts.list', { limit: 10 })).toMatchObject({
      ok: true,
      value: { total: 1, rows: [{ label: 'Eva Maes' }] },
    });
    await expect
      .poll(() => heard)
      .toContainEqual({ type: 'changed', entities: expect.arrayContaining(['contact']) as string[] });
    expect(heard).toContainEqual({ type: 'workspace' });
  });

  it('answers errors as values', async () => {
    const call = bridge.call as (name: string, input: unknown) => Promise<unknown>;
    expect(await call('no.such', {})).toMatchObject({ ok: false, error: { code: 'unknownCall' } });
    expect(await call('contacts.list', { limit: 'many' })).toMatchObject({
      ok: false,
      error: { code: 'badInput', issues: [{ path: 'limit' }] },
    });
    expect(await call('contacts.list', { limit: 1, extra: true })).toMatchObject({ error: { code: 'badInput' } });
  });

  it('refuses a sender that is not its own page', async () => {
    const own = double.ownFrame();
    for (const frame of [
      null,
      { url: 'https://evil.example/', parent: null },
      { url: 'app://outpost.evil.example/', parent: null },
      { url: own.url, parent: own },
    ]) {
      for (const channel of [channels.call, channels.takeFile]) {
        expect(await double.invokeAs(frame, channel, 'workspace.status', {})).toMatchObject({
          ok: false,
          error: { code: 'unknownSender' },
        });
      }
    }
  });

  it('gives a token for a file that was dropped, and none for one that a page made up', async () => {
    const path = join(double.folder, 'people.csv');
    writeFileSync(path, 'First Name,Last Name\nBart,Claes\n');
    const dropped = {};
    double.pathsOfFiles.set(dropped, path);
    expect(await bridge.takeFile({})).toMatchObject({ ok: false, error: { code: 'fileMissing' } });
    const taken = await bridge.takeFile(dropped);
    if (!taken.ok) throw new Error(taken.error.message);
    expect(taken.value.file).toMatch(/^file:/);
    const seen = await bridge.call('imports.inspect', { file: taken.value.file });
    expect(seen).toMatchObject({ ok: true, value: { file: taken.value.file, name: 'people.csv' } });
    expect(await bridge.call('imports.inspect', { file: path })).toMatchObject({ error: { code: 'badInput' } });
  });

  it('shows the system’s dialogs, and takes a change of mind', async () => {
    const path = join(double.folder, 'people.csv');
    double.chosen.push({ canceled: false, filePaths: [path] });
    expect(await bridge.call('host.chooseFile', { purpose: 'import' })).toMatchObject({
      value: { name: 'people.csv' },
    });
    expect(await bridge.call('host.chooseFile', { purpose: 'import' })).toEqual({ ok: true, value: null });
    double.chosen.push({ canceled: false, filePaths: [double.folder] });
    const folder = await bridge.call('host.chooseFolder', {});
    if (!folder.ok || !folder.value) throw new Error('no folder');
    await bridge.call('host.takeFiles', { folder: folder.value.folder, files: ['people.csv'] });
    expect(double.done).toContain(`showItemInFolder ${path}`);
  });

  it('goes nowhere else, and hands on only telephone numbers and addresses', async () => {
    const went = (name: string, url: string) => {
      let stayed = false;
      window.webContents.emit(name, { url, preventDefault: () => (stayed = true) });
      return !stayed;
    };
    expect(went('will-navigate', 'https://evil.example/')).toBe(false);
    expect(went('will-navigate', 'file:///etc/passwd')).toBe(false);
    expect(went('will-redirect', 'app://outpost.evil.example/')).toBe(false);
    expect(went('will-navigate', 'app://outpost/#/leads')).toBe(true);
    const open = (url: string) => window.webContents.openHandler?.({ url });
    for (const url of [
      'https://evil.example',
      'tel:+3212345678',
      'mailto:ann@example.com',
      'file:///x',
      'tel:1;rm -rf',
    ]) {
      expect(open(url)).toEqual({ action: 'deny' });
    }
    expect(await bridge.call('host.dial', { number: '+32475123456' })).toMatchObject({ value: { handed: true } });
    expect(double.done.filter((each) => each.startsWith('openExternal'))).toEqual([
      'openExternal tel:+3212345678',
      'openExternal mailto:ann@example.com',
      'openExternal tel:+32475123456',
    ]);
  });

  it('allows the camera on the capture screen and nothing anywhere else', () => {
    const asks = (url: string, permission: string, details: object) => {
      let allowed: unknown = null;
      const request = double.permissions.request as unknown as (...args: unknown[]) => void;
      request({ getURL: () => url }, permission, (answer: boolean) => (allowed = answer), {
        isMainFrame: true,
        ...details,
      });
      return allowed;
    };
    const camera = { mediaTypes: ['video'] };
    expect(asks('app://outpost/#/capture/1', 'media', camera)).toBe(true);
    expect(asks('app://outpost/#/capture/1', 'media', { mediaTypes: ['video', 'audio'] })).toBe(false);
    expect(asks('app://outpost/#/capture/1', 'media', { ...camera, isMainFrame: false })).toBe(false);
    expect(asks('app://outpost/#/contacts', 'media', camera)).toBe(false);
    expect(asks('https://evil.example/#/capture', 'media', camera)).toBe(false);
    for (const permission of ['geolocation', 'notifications', 'clipboard-read', 'openExternal', 'hid', 'fullscreen']) {
      expect(asks('app://outpost/#/capture', permission, {}), permission).toBe(false);
    }
  });

  it('locks, forgets the key, and opens again by the system’s key store', async () => {
    expect(await bridge.call('workspace.lock', {})).toMatchObject({ ok: true });
    expect(await bridge.call('session.get', {})).toMatchObject({ ok: false, error: { code: 'locked' } });
    expect(await bridge.call('workspace.status', {})).toMatchObject({
      value: { state: 'locked', keyInSystemStore: true },
    });
    expect(await bridge.call('workspace.unlock', { passphrase: '' })).toMatchObject({ ok: true });
    expect(await bridge.call('contacts.list', { limit: 10 })).toMatchObject({ ok: true, value: { total: 1 } });
  });

  it('closes its store before it quits, and keeps the window’s place', async () => {
    window.close();
    await expect.poll(() => double.done.includes('quit'), { timeout: 20_000 }).toBe(true);
    expect(existsSync(`${database()}-wal`)).toBe(false);
    expect(JSON.parse(readFileSync(join(double.folder, 'userData', 'window-state.json'), 'utf8'))).toMatchObject({
      width: 1000,
      isMaximized: false,
    });
    app.removeAllListeners();
  });
});
