/** Files that are not as they should be, and what waits for a person, through the window: said before, kept, decided by key, taken back. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { chooseFile, hostOf, place, test } from '../helpers/browser.ts';

const torn = 'First Name,Last Name,Email\nAnn,Aa,ann@x.example\nBob,Bb\nCid,Cc,cid@x.example,more\n';
const many = Array.from({ length: 30_000 }, (_, at) => `Given${at},Family${at},p${at}@x.example`);

const host = hostOf('empty');

test('bad files, a cancelled import and the review queue', async ({ page }) => {
  const choose = async (name: string, text: string): Promise<void> => {
    const path = join(host.folder, name);
    writeFileSync(path, text);
    await chooseFile(page, /^Choose/, path);
  };
  await page.goto(host.link);

  await test.step('an empty file: another one is offered, not the same again', async () => {
    await place(page, 'Import').click();
    await page.getByRole('button', { name: 'Import a file' }).first().click();
    await choose('empty.csv', '');
    await expect(page.getByRole('alert')).toContainText('The file is empty');
    await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0);
    await page.getByRole('alert').getByRole('button', { name: 'Choose another file' }).click();
  });

  await test.step('torn rows: marked before, in Review after', async () => {
    await choose('torn.csv', torn);
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
    await place(page, 'Import').click();
    await page.getByRole('button', { name: 'Import a file' }).first().click();
    await choose('many.csv', `First Name,Last Name,Email\n${many.join('\n')}\n`);
    await page.getByRole('button', { name: /^Import about/ }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('Import cancelled')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('These rows are saved, the rest of the file is not.')).toBeVisible();
    await page.getByRole('button', { name: 'Import the rest' }).click();
    await expect(page.getByText('Import finished')).toBeVisible({ timeout: 120_000 });
    await expect(page.getByRole('status').filter({ hasText: 'Rows' })).toContainText(/30,000\s*Rows/);
  });

  await test.step('a name without an end is refused where it was typed', async () => {
    await place(page, 'Capture').click();
    await page.getByRole('link', { name: 'Booth enquiry' }).click();
    await page.getByRole('textbox', { name: 'Given name' }).fill('x'.repeat(10_000));
    await page.getByRole('textbox', { name: 'Family name' }).fill('Long');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('Too long: at most 200 characters.')).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Given name' })).toBeFocused();
  });
});
