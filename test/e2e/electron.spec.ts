import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect, type Page, test } from '@playwright/test';
import type { Bridge } from '../../shared/contract/bridge.ts';
import type { CallName, InputOf } from '../../shared/contract/index.ts';
import { electronExecutable } from '../../electron/electron-runtime.ts';
import { buildIfStale, builds } from '../../electron/builds.ts';

const root = join(import.meta.dirname, '../..');
const executable = electronExecutable(root);
const hasDisplay = process.platform !== 'linux' || process.env['DISPLAY'] !== undefined;

const passphrase = 'a passphrase for tests';

/** As the page calls: through the bridge that the preload gave it. */
const callIn = <N extends CallName>(page: Page, name: N, input: InputOf<N>): Promise<unknown> =>
  page.evaluate(
    ([callName, callInput]) => (Reflect.get(globalThis, 'outpost') as Bridge).call(callName, callInput as never),
    [name, input] as [CallName, unknown],
  );

test.describe('the desktop program in Electron itself', () => {
  test.skip(executable === null, 'Electron’s runtime is not installed here (node node_modules/electron/install.js)');
  test.skip(!hasDisplay, 'there is no display');

  test('opens its window, makes a workspace and keeps it', async () => {
    if (executable === null || !buildIfStale(root, builds.desktop)) throw new Error('the desktop program is not built');
    const folder = mkdtempSync(join(tmpdir(), 'outpost-electron-'));
    const launch = () =>
      _electron.launch({
        executablePath: executable,
        args: [root, `--user-data-dir=${join(folder, 'user')}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
        env: { ...process.env, OUTPOST_DB: join(folder, 'e2e.outpost') },
      });
    try {
      const first = await launch();
      const page = await first.firstWindow();
      await expect(page).toHaveTitle(/Outpost/);
      expect(page.url()).toMatch(/^app:\/\/outpost\//);
      expect(await page.evaluate(() => typeof Reflect.get(globalThis, 'require'))).toBe('undefined');
      const person = { name: 'Ann', role: 'marketer', region: 'BE' } as const;
      expect(await callIn(page, 'workspace.create', { person, passphrase })).toMatchObject({ ok: true });
      await first.close();

      const second = await launch();
      const again = await second.firstWindow();
      expect(await callIn(again, 'workspace.unlock', { passphrase })).toMatchObject({ ok: true });
      expect(await callIn(again, 'session.get', {})).toMatchObject({ value: { userName: 'Ann' } });
      await second.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
