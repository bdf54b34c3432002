/**
 * The list of contacts in a real browser, while a person drags the scrollbar, turns the wheel, holds keys down and types
 * into the search: how long the page was busy at a stretch, and how long a row in sight was blank. Against what a
 * person does not notice: 50 ms of work, 100 ms of blank rows.
 */
import { chromium, type Page } from '@playwright/test';
import { counterOf } from '../../db/query/remembered.ts';
import { findBrowser } from '../gate/browser.ts';
import { startOutpost } from '../helpers/window.ts';
import { benchPassphrase, seededReader, seededWorkspace } from './database.ts';
import { type BenchOptions, type BenchResult, resultOf } from './harness.ts';

const longestTaskMs = 50;
const longestBlankMs = 100;

type Seen = { readonly tasks: number[]; readonly blanks: number[] };

/** Runs in the page: notes tasks of 50 ms and more (the browser tells of no shorter ones), and stretches of blank rows. */
function watch(): void {
  const seen: Seen = { tasks: [], blanks: [] };
  Object.assign(globalThis, { seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.tasks.push(entry.duration);
  }).observe({ type: 'longtask' });
  let since: number | null = null;
  const look = (): void => {
    const grid = document.querySelector('[role="grid"]')?.getBoundingClientRect();
    const isInSight = (cell: Element): boolean => {
      const { top, bottom } = cell.getBoundingClientRect();
      return grid !== undefined && bottom > grid.top && top < Math.min(grid.bottom, innerHeight);
    };
    const isBlank = [...document.querySelectorAll('[role="gridcell"] > [aria-hidden]:only-child')].some(isInSight);
    const now = performance.now();
    if (isBlank) since ??= now;
    else if (since !== null) {
      seen.blanks.push(now - since);
      since = null;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function during(page: Page, name: string, work: () => Promise<void>): Promise<BenchResult[]> {
  const clear = (): Promise<Seen> =>
    page.evaluate(() => {
      const { seen } = globalThis as unknown as { seen: Seen };
      return { tasks: seen.tasks.splice(0), blanks: seen.blanks.splice(0) };
    });
  await clear();
  await work();
  await page.waitForTimeout(400);
  const { tasks, blanks } = await clear();
  const result = (what: string, values: readonly number[], limit: number): BenchResult => {
    const over = values.filter((value) => value > limit).length;
    const longest = Math.max(0, ...values);
    const note = `longest ${Math.round(longest)} ms, ${over} over ${limit} ms`;
    return resultOf(`${name}-${what}`, [longest], [limit], false, note);
  };
  return [result('longest-task', tasks, longestTaskMs), result('longest-blank', blanks, longestBlankMs)];
}

export async function recordsOf(options: BenchOptions): Promise<Readonly<Record<string, number>>> {
  const store = await seededReader(options);
  const contact = counterOf(store, 'contact');
  store.connection.close();
  return { contact };
}

export async function bench(options: BenchOptions): Promise<BenchResult[]> {
  const path = await seededWorkspace(options);
  const executablePath = findBrowser(false);
  if (executablePath === null) throw new Error('There is no Chromium on this machine to measure in.');
  const outpost = await startOutpost(path, Date.now(), { OUTPOST_PASSPHRASE: benchPassphrase });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(outpost.link);
    await page.getByRole('link', { name: 'Contacts', exact: true }).click({ timeout: 120_000 });
    const grid = page.getByRole('grid');
    await grid.getByRole('row').nth(5).waitFor({ timeout: 120_000 });
    // orders and words are made in the first seconds after opening, as on any morning
    await page.waitForTimeout(Math.min(60_000, 5000 + options.contacts / 20));
    await page.evaluate(watch);
    const results: BenchResult[] = [];
    results.push(
      ...(await during(page, 'window-wheel', async () => {
        await grid.hover();
        for (let turn = 0; turn < 80; turn += 1) {
          await page.mouse.wheel(0, 240);
          await page.waitForTimeout(25);
        }
      })),
    );
    results.push(
      ...(await during(page, 'window-drag', async () => {
        for (let turn = 0; turn < 30; turn += 1) {
          const share = (turn * 0.618_034) % 1;
          await grid.evaluate((scroller, at) => {
            scroller.scrollTop = at * (scroller.scrollHeight - scroller.clientHeight);
          }, share);
          await page.waitForTimeout(300);
        }
      })),
    );
    results.push(
      ...(await during(page, 'window-keys', async () => {
        await grid.focus();
        for (const key of ['Home', ...Array.from({ length: 30 }, () => 'PageDown'), 'End', 'Home']) {
          await page.keyboard.press(key);
          await page.waitForTimeout(60);
        }
      })),
    );
    const search = page.getByRole('textbox', { name: 'Search contacts' });
    results.push(
      ...(await during(page, 'window-typing', async () => {
        for (const text of ['martin', 'ann', '0475', '王', 'example']) {
          await search.click();
          await page.keyboard.type(text, { delay: 90 });
          await page.waitForTimeout(300);
          for (let at = 0; at < text.length; at += 1) await page.keyboard.press('Backspace', { delay: 40 });
          await page.waitForTimeout(200);
        }
      })),
    );
    return results;
  } finally {
    await browser.close();
    await outpost.stop();
  }
}
