/**
 * What the browser specs share: a workspace in a host of its own, a page, a few words for what people do everywhere,
 * and the accessibility rules. Two ways to find keys and clicks that are sent before the screen is ready for them:
 * `OUTPOST_SLOW=6` slows the page's processor down that many times, `OUTPOST_LATE=500` sends every call of the page up
 * to that many milliseconds late, each by another time.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page, test as plainTest } from '@playwright/test';
import { type RunningOutpost, startOutpost } from './window.ts';

const root = join(import.meta.dirname, '..', '..');
const slowness = Number(process.env.OUTPOST_SLOW ?? 1);
const latestMs = Number(process.env.OUTPOST_LATE ?? 0);

export const test = plainTest.extend({
  page: async ({ page }, use) => {
    if (slowness > 1) {
      const session = await page.context().newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: slowness });
    }
    if (latestMs > 0) {
      await page.route('**/api/call', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * latestMs));
        await route.fallback();
      });
    }
    await use(page);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  },
});

/** `none`: the window makes it itself. The others are plain, and belong to Ann Peeters. */
export type Workspace = 'none' | 'empty' | 'demo' | { readonly contacts: number };

export type Host = { readonly folder: string; readonly link: string; restart(): Promise<void> };

/** A host for the tests of a file, and a folder for their files. `clockMs`: what its clock shows at its start. */
export function hostOf(workspace: Workspace, clockMs?: number): Host {
  let folder = '';
  let running: RunningOutpost | null = null;
  const start = async (): Promise<void> => {
    running = await startOutpost(join(folder, 'test.outpost'), clockMs);
  };
  test.beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'outpost-window-'));
    if (workspace !== 'none') copyFileSync(prepared(workspace), join(folder, 'test.outpost'));
    await start();
  });
  test.afterAll(async () => {
    await running?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    get folder() {
      return folder;
    },
    get link() {
      if (running === null) throw new Error('the host has not started yet');
      return running.link;
    },
    async restart() {
      await running?.stop();
      await start();
    },
  };
}

/** Made by the first that needs it; the runner empties test-results before a run. */
function prepared(workspace: Exclude<Workspace, 'none'>): string {
  const folder = join(root, 'test-results', 'workspaces');
  const name = typeof workspace === 'string' ? workspace : `contacts-${workspace.contacts}`;
  const path = join(folder, `${name}.outpost`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const own = join(folder, `${name}-${process.pid}.outpost`);
  const run = (...words: string[]) =>
    execFileSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', 'electron/terminal/main.ts', '--db', own, ...words],
      { cwd: root },
    );
  run('init', '--plain', '--name', 'Ann Peeters', ...(workspace === 'demo' ? ['--demo'] : []));
  if (typeof workspace === 'object') run('seed', '--contacts', String(workspace.contacts));
  renameSync(own, path);
  return path;
}

const passphrase = 'correct horse battery staple';

/** What a person fills in at the first run, but for the kind of workspace. */
export async function fillInPerson(page: Page, name = 'Ann Peeters'): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByLabel('Passphrase again').fill(passphrase);
}

/** The link to a place in the navigation. */
export const place = (page: Page, name: string): Locator =>
  page.getByRole('navigation').getByRole('link', { name: new RegExp(`^${name}`) });

export const heading = (page: Page): Locator => page.getByRole('main').getByRole('heading', { level: 1 });

export const toast = (page: Page, text: string): Locator => page.getByRole('alert').filter({ hasText: text });

/** The row of a list that shows this place of it, once it was read: its words come after the list. */
export async function readRow(page: Page, index = 0): Promise<Locator> {
  const row = page.getByRole('grid').locator(`[role="row"][data-index="${index}"]`);
  await expect(row).toHaveText(/\S/);
  return row;
}

/** By keys; the record is then open. */
export async function openFirstRow(page: Page): Promise<void> {
  await readRow(page);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab').first()).toBeVisible();
}

/** Gives `file` of the folder to the next question for one, which this button asks. */
export async function chooseFile(page: Page, button: string | RegExp, path: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).click();
  await (await chooser).setFiles(path);
}

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

/** What WCAG 2.1 A and AA say against the page as it is, one line a rule; `colours`: of its colours only. */
export async function violationsOn(page: Page, of: 'everything' | 'colours' = 'everything'): Promise<string[]> {
  // nothing half faded in
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => null))));
  const isThere = await page.evaluate(() => 'axe' in window);
  // once a page; what passes is not described, which takes most of the time; without frames one page is enough
  const axe = new AxeBuilder({ page, ...(isThere ? { axeSource: ';' } : {}) })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] });
  const { violations } = await (of === 'colours' ? axe.withRules('color-contrast') : axe.withTags(wcag)).analyze();
  return violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

export async function expectAccessible(page: Page): Promise<void> {
  expect(await violationsOn(page)).toEqual([]);
}
