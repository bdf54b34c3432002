import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect, test } from '@playwright/test';
import { electronExecutable } from '../../electron/electron-runtime.ts';
import { buildIfStale, builds } from '../../electron/builds.ts';

const root = join(import.meta.dirname, '../..');
const executable = electronExecutable(root);
const hasDisplay = process.platform !== 'linux' || process.env['DISPLAY'] !== undefined;

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
      expect(
        await page.evaluate(() => ({ require: typeof Reflect.get(globalThis, 'require'), url: location.href })),
      ).toEqual({
        require: 'undefined',
        url: expect.stringMatching(/^app:\/\/outpost\//) as string,
      });
      const made = await page.evaluate(() =>
        window.outpost?.call('workspace.create', {
          person: { name: 'Ann', role: 'marketer', region: 'BE' },
          passphrase: 'a passphrase for tests',
        }),
      );
      expect(made).toMatchObject({ ok: true });
      await first.close();

      const second = await launch();
      const again = await second.firstWindow();
      const unlocked = await again.evaluate(() =>
        window.outpost?.call('workspace.unlock', { passphrase: 'a passphrase for tests' }),
      );
      expect(unlocked).toMatchObject({ ok: true });
      expect(await again.evaluate(() => window.outpost?.call('session.get', {}))).toMatchObject({
        value: { userName: 'Ann' },
      });
      await second.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
