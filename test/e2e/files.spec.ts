/** Files that are not as they should be, and what waits for a person, through the window: said before, kept, decided by key, taken back. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Route } from '@playwright/test';
import { chooseFile, hostOf, place, test } from '../helpers/browser.ts';

const torn = 'First Name,Last Name,Email\nAnn,Aa,ann@x.example\nBob,Bb\nCid,Cc,cid@x.example,more\n';
const many = Array.from({ length: 30_000 }, (_, at) => `Given${at},Family${at},p${at}@x.example`);

const visitors = join(import.meta.dirname, '../fixtures/import/visitors.xlsx');

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

  /** Types into a list of choices and takes the option of that name. */
  const pick = async (label: string, option: string): Promise<void> => {
    const list = page.getByRole('combobox', { name: label, exact: true });
    await list.focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type(option);
    await expect(page.getByRole('option', { name: option, exact: true })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(list).toHaveValue(option);
  };
  const press = async (button: string | RegExp): Promise<void> => {
    const found = page.getByRole('button', { name: button });
    await expect(found).toBeEnabled();
    await found.focus();
    await expect(found).toBeFocused();
    await page.keyboard.press('Enter');
  };

  /** A change elsewhere has the page read the file again, which stays without an answer until that is given. */
  const readAgain = async (): Promise<() => Promise<void>> => {
    const held = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const hold = async (route: Route): Promise<void> => {
      if (route.request().postDataJSON()?.name === 'imports.inspect') {
        asked.resolve();
        await held.promise;
      }
      await route.fallback();
    };
    await page.route('**/api/call', hold);
    await page.evaluate(() =>
      fetch('./api/call', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'campaigns.create', input: { values: { name: 'Autumn' } } }),
      }),
    );
    await asked.promise;
    return async () => {
      held.resolve();
      await page.unroute('**/api/call', hold);
    };
  };

  await test.step('a workbook by keys: values of a choice said, tried out, imported', async () => {
    const chooser = page.waitForEvent('filechooser');
    await press(/^Choose/);
    await (await chooser).setFiles(visitors);
    await pick('Field for column Function', 'Role');
    const values = page.getByRole('group', { name: 'Values of column Function' });
    await expect(values.getByRole('combobox', { name: 'What Influencer becomes' })).toHaveValue('Influencer (found)');
    await pick('What CEO becomes', 'Decision maker');
    await pick('What n/a becomes', 'Leave out');
    await pick('On a match, for column Remarks', 'Add');
    // Enter takes what is typed, and starts nothing
    const event = page.getByRole('combobox', { name: 'Event or campaign' });
    await event.fill('Spring fair');
    await event.press('Enter');
    await press('Rehearse first');
    await expect(page.getByText('3 rows tried; nothing was written.')).toBeVisible();
    await expect(page.getByText('New records in all: 1 event, 3 contacts.')).toBeVisible();
    await press('Back to the columns');
    await expect(page.getByRole('button', { name: 'Rehearse first' })).toBeFocused();
    await expect(event).toHaveValue('Spring fair');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('listitem').filter({ hasText: 'Maaike de Vos' })).toContainText('Decision maker');
    await expect(page.getByRole('button', { name: 'Import 3 rows' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByText('Import finished')).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: 'Rows' })).toContainText(/3\s*Created/);
  });

  await test.step('pasted cells: what was said is remembered by their columns', async () => {
    await press('Import another file');
    await page
      .getByRole('textbox', { name: 'Pasted cells' })
      .fill('Name\tE-mail\tFunction\tMethod\tVisited\tRemarks\nMaaike\tmaaike@kade.example\tCEO\t\t\tCalled\n');
    await press('Use these cells');
    await expect(page.getByRole('combobox', { name: 'Field for column Function' })).toHaveValue('Role');
    const answer = await readAgain();
    await press('Import 1 row');
    await expect(page.getByText('Import finished')).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: 'Rows' })).toContainText(/1\s*Updated/);
    await answer();
    await press('Import another file');
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
