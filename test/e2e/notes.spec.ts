/**
 * What a person keeps with a record, in a real browser: a note written by keys, changed, put back and found; files
 * chosen and dropped, looked at, saved and taken off; what is to do saved as a view; all of it held to the accessibility
 * rules.
 */
import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { expectAccessible, heading, hostOf, place, test, toast } from '../helpers/browser.ts';

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const host = hostOf('demo');

/** In the row of tabs, or folded away: which, is known only once the row has its width. */
async function openTab(page: Page, name: string): Promise<void> {
  const tab = page.getByRole('tab', { name: new RegExp(`^${name}`) });
  const soon = { timeout: 2000 };
  await expect(page.getByRole('tab').first()).toBeVisible();
  await expect(async () => {
    if (await tab.isVisible()) {
      await tab.click(soon);
    } else {
      await page.getByRole('button', { name: 'More about this record' }).click(soon);
      await page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click(soon);
    }
    await expect(tab).toHaveAttribute('aria-selected', 'true', soon);
  }).toPass();
}

test('notes and files stay with a record', async ({ page }) => {
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  let name = '';

  await test.step('a note is written by keys, changed, pinned, removed and put back', async () => {
    await page.goto(host.link);
    await place(page, 'Contacts').click();
    // one of whom nothing is kept yet
    await page.getByRole('button', { name: 'New contact' }).click();
    await page.getByLabel('Given name').fill('Nora');
    await page.getByLabel('Family name').fill('Without notes');
    await page.keyboard.press('Control+s');
    name = 'Nora Without notes';
    await expect(heading(page)).toHaveText(name);
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
    await place(page, 'Home').click();
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
    const binned = page.getByRole('button', { name: '1 file in the bin' });
    await binned.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByText(/^Gone on \d/)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Put back tool.exe' }).press('Enter');
    await expect(page.getByRole('tab', { name: 'Files 3' })).toBeVisible();
    await expect(binned).toBeHidden();
  });

  await test.step('the timeline shows both, and either alone', async () => {
    await openTab(page, 'Timeline');
    await page.getByRole('combobox', { name: 'Show in the timeline' }).click();
    await page.getByRole('option', { name: 'Notes' }).click();
    await expect(page.getByRole('tabpanel').getByRole('listitem')).toHaveCount(1);
    await expectAccessible(page);
  });

  await test.step('what is to do is a filter of the list, and part of a saved view', async () => {
    await place(page, 'Tasks').click();
    await page.getByRole('radiogroup', { name: 'Which tasks' }).or(page.getByLabel('Which tasks')).first().waitFor();
    await page.getByText('Both', { exact: true }).click();
    await page.getByRole('button', { name: 'Saved views' }).click();
    await expectAccessible(page);
  });
  expect(failures).toEqual([]);
});
