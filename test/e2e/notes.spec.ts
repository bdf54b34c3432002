/**
 * What a person keeps with a record, in a real browser: a note written by keys, changed, put back and found; files
 * chosen and dropped, looked at, saved and taken off; what is to do saved as a view; all of it held to the accessibility
 * rules.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type RunningOutpost, startOutpost } from '../helpers/window.ts';

const root = join(import.meta.dirname, '..', '..');
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let folder: string;
let outpost: RunningOutpost;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'outpost-notes-'));
  const database = join(folder, 'notes.outpost');
  execFileSync(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      'electron/terminal/main.ts',
      '--db',
      database,
      'init',
      '--plain',
      '--demo',
      '--name',
      'Ann Peeters',
    ],
    { cwd: root },
  );
  outpost = await startOutpost(database);
});

test.afterAll(async () => {
  await outpost.stop();
  rmSync(folder, { recursive: true, force: true });
});

const area = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true });
const heading = (page: Page) => page.getByRole('main').getByRole('heading', { level: 1 });
const toast = (page: Page, text: string) => page.getByRole('alert').filter({ hasText: text });

async function openTab(page: Page, name: string): Promise<void> {
  const tab = page.getByRole('tab', { name: new RegExp(`^${name}`) });
  await expect(page.getByRole('tab').first()).toBeVisible();
  if (await tab.isVisible()) return tab.click();
  await page.getByRole('button', { name: 'More about this record' }).click();
  await page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click();
  await expect(tab).toBeVisible();
}

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => null))));
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual(
    [],
  );
}

test('notes and files stay with a record', async ({ page }) => {
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  let name = '';

  await test.step('a note is written by keys, changed, pinned, removed and put back', async () => {
    await page.goto(outpost.link);
    await area(page, 'Contacts').click();
    await page.getByRole('grid').getByRole('row').nth(1).click();
    name = await heading(page).innerText();
    await openTab(page, 'Notes');
    const box = page.getByRole('textbox', { name: 'Write a note' });
    await box.fill('Wants a quote for zweihundert Gabelstapler');
    await box.press('Control+Enter');
    await expect(toast(page, 'Note saved')).toBeVisible();
    await expect(page.getByRole('tab', { name: 'Notes 1' })).toBeVisible();
    await page.getByRole('button', { name: /^What to do with the note/ }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    const editor = page.getByRole('textbox', { name: 'Edit the note' });
    await expect(editor).toBeFocused();
    await editor.press('End');
    await editor.pressSequentially(', 王芳 decides');
    await editor.press('Control+Enter');
    await expect(page.getByText('Gabelstapler, 王芳 decides')).toBeVisible();
    await page.getByRole('button', { name: /^What to do with the note/ }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await expect(page.getByText('No notes yet')).toBeVisible();
    await toast(page, 'Note removed').getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('Gabelstapler, 王芳 decides')).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('the search box marks the best hit, and Enter opens the note on its page', async () => {
    await area(page, 'Home').click();
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: /Find/ }).or(page.getByRole('searchbox')).last().fill('gabelst');
    const hit = page.getByRole('dialog').getByRole('button', { name: /Gabelstapler/ });
    await expect(hit).toHaveAttribute('data-selected', 'true');
    await page.keyboard.press('Enter');
    await expect(heading(page)).toHaveText(name);
    await expect(page.getByRole('tab', { name: 'Notes 1' })).toHaveAttribute('aria-selected', 'true');
  });

  await test.step('files are chosen and dropped, looked at, saved as they came, and taken off', async () => {
    await openTab(page, 'Files');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Attach a file…' }).click();
    await (
      await chooser
    ).setFiles([
      { name: 'badge.png', mimeType: 'image/png', buffer: picture },
      { name: 'tool.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ and more') },
    ]);
    await expect(page.getByText('A program: Outpost keeps it and never runs it.')).toBeVisible();
    const dropped = await page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File(['first line\n'], 'minutes\u202etxt.exe', { type: 'text/plain' }));
      data.items.add(new File([new Uint8Array(51 * 1024 * 1024)], 'film.mov'));
      return data;
    });
    // anywhere on the page
    await openTab(page, 'Timeline');
    await heading(page).dispatchEvent('dragover', { dataTransfer: dropped });
    await expect(page.getByText(`Drop to attach to ${name}`)).toBeVisible();
    await heading(page).dispatchEvent('drop', { dataTransfer: dropped });
    await expect(page.getByText(`Drop to attach to ${name}`)).toBeHidden();
    await expect(page.getByText('minutestxt.exe').first()).toBeVisible();
    await expect(page.getByRole('alert').filter({ hasText: 'film.mov is 53 MB' })).toBeVisible();
    await expect(page.getByRole('tab', { name: 'Files 3' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Show badge.png' }).click();
    const shown = page.getByRole('dialog').getByRole('img', { name: 'badge.png' });
    await expect(shown).toHaveJSProperty('naturalWidth', 1);
    const download = page.waitForEvent('download');
    await page.getByRole('dialog').getByRole('button', { name: 'Save a copy…' }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe('badge.png');
    expect(readFileSync(await saved.path()).equals(picture)).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'What to do with tool.exe' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await expect(page.getByRole('tab', { name: 'Files 2' })).toBeVisible();
    await toast(page, 'File removed').getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('tab', { name: 'Files 3' })).toBeVisible();
  });

  await test.step('the timeline shows both, and either alone', async () => {
    await openTab(page, 'Timeline');
    await page.getByRole('combobox', { name: 'Show in the timeline' }).click();
    await page.getByRole('option', { name: 'Notes' }).click();
    await expect(page.getByRole('tabpanel').getByRole('listitem')).toHaveCount(1);
    await expectAccessible(page);
  });

  await test.step('what is to do is a filter of the list, and part of a saved view', async () => {
    await area(page, 'Tasks').click();
    await page.getByRole('radiogroup', { name: 'Which tasks' }).or(page.getByLabel('Which tasks')).first().waitFor();
    await page.getByText('Both', { exact: true }).click();
    await page.getByRole('button', { name: 'Saved views' }).click();
    await expectAccessible(page);
  });
  expect(failures).toEqual([]);
});
