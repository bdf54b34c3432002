/** Files that are not as they should be, and what waits for a person, through the window: said before, kept, decided by key, taken back. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type RunningOutpost, startOutpost } from '../helpers/window.ts';

const passphrase = 'correct horse battery staple';
const torn = 'First Name,Last Name,Email\nAnn,Aa,ann@x.example\nBob,Bb\nCid,Cc,cid@x.example,more\n';
const many = Array.from({ length: 30_000 }, (_, at) => `Given${at},Family${at},p${at}@x.example`);

let folder: string;
let outpost: RunningOutpost;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'outpost-files-'));
  writeFileSync(join(folder, 'torn.csv'), torn);
  writeFileSync(join(folder, 'empty.csv'), '');
  writeFileSync(join(folder, 'many.csv'), `First Name,Last Name,Email\n${many.join('\n')}\n`);
  outpost = await startOutpost(join(folder, 'files.outpost'));
});

test.afterAll(async () => {
  await outpost.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function choose(page: Page, button: string | RegExp, file: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).click();
  await (await chooser).setFiles(join(folder, file));
}

const area = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name });

test('bad files, a cancelled import and the review queue', async ({ page }) => {
  await test.step('a workspace', async () => {
    await page.goto(outpost.link);
    await page.getByText('A new workspace').click();
    await page.getByLabel('Your name').fill('Ann Peeters');
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await page.getByLabel('Passphrase again').fill(passphrase);
    await page.getByRole('button', { name: 'Create workspace' }).click();
    await page.getByLabel('I have written it down').check();
    await page.getByRole('button', { name: 'Go to Outpost' }).click();
    await page.getByRole('button', { name: 'Go on without it' }).click();
    await expect(page.getByRole('heading', { name: 'Home' })).toBeVisible();
  });

  await test.step('an empty file: another one is offered, not the same again', async () => {
    await area(page, 'Import').click();
    await page.getByRole('button', { name: 'Import a file' }).first().click();
    await choose(page, /^Choose/, 'empty.csv');
    await expect(page.getByRole('alert')).toContainText('The file is empty');
    await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0);
    await page.getByRole('alert').getByRole('button', { name: 'Choose another file' }).click();
  });

  await test.step('torn rows: marked before, in Review after', async () => {
    await choose(page, /^Choose/, 'torn.csv');
    await expect(page.getByRole('alert')).toContainText('2 rows have more or fewer cells');
    await expect(page.getByText('Other number of cells')).toHaveCount(2);
    await page.getByRole('button', { name: 'Import 3 rows' }).click();
    await page.getByRole('link', { name: 'Open review' }).click();
    await expect(page.getByText('2 items wait')).toBeVisible();
  });

  await test.step('decided by key, and taken back', async () => {
    await expect(page.getByRole('textbox', { name: 'Given name' })).toHaveValue('Bob');
    await page.keyboard.press('c');
    await expect(page.getByText('1 item waits')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('2 items wait')).toBeVisible();
    await page.keyboard.press('s');
    await expect(page.getByText('1 item waits')).toBeVisible();
  });

  await test.step('cancelled in the middle: what is kept is said, the rest comes when asked for', async () => {
    await area(page, 'Import').click();
    await page.getByRole('button', { name: 'Import a file' }).first().click();
    await choose(page, /^Choose/, 'many.csv');
    await page.getByRole('button', { name: /^Import about/ }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('Import cancelled')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('These rows are saved, the rest of the file is not.')).toBeVisible();
    await page.getByRole('button', { name: 'Import the rest' }).click();
    await expect(page.getByText('Import finished')).toBeVisible({ timeout: 120_000 });
    await expect(page.getByRole('status').filter({ hasText: 'Rows' })).toContainText(/30,000\s*Rows/);
  });

  await test.step('a name without an end is refused where it was typed', async () => {
    await area(page, 'Capture').click();
    await page.getByRole('link', { name: 'Booth enquiry' }).click();
    await page.getByRole('textbox', { name: 'Given name' }).fill('x'.repeat(10_000));
    await page.getByRole('textbox', { name: 'Family name' }).fill('Long');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('Too long: at most 200 characters.')).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Given name' })).toBeFocused();
  });
});
