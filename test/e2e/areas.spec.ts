/**
 * What people do in the areas beside contacts, accounts and leads, in a real browser: an opportunity is lost and won, a
 * task is done by one key, a contact joins and leaves a list, a campaign shows what came of it.
 */
import { expect, type Page } from '@playwright/test';
import { heading, hostOf, place, readRow, test, toast } from '../helpers/browser.ts';

const host = hostOf('demo');

async function putBack(page: Page, said: string): Promise<void> {
  await toast(page, said).getByRole('button', { name: 'Undo' }).click();
  await expect(toast(page, said)).toBeHidden();
}

test('people work in every area', async ({ page }) => {
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));

  await page.goto(host.link);

  await test.step('an opportunity is lost with a reason, put back, won, and leads back to its lead', async () => {
    await place(page, 'Opportunities').click();
    await (await readRow(page)).click();
    await expect(page.getByRole('button', { name: 'Lost', exact: true })).toBeVisible();
    const name = await heading(page).innerText();
    const status = page.getByRole('banner').or(page.getByRole('main').locator('header')).last();
    await page.keyboard.press('l');
    const dialog = page.getByRole('dialog', { name: 'Why was it lost?' });
    await dialog.getByRole('button', { name: 'Mark as lost' }).click();
    await expect(dialog.getByText('Enter a reason.')).toBeVisible();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('They build it themselves');
    await dialog.getByRole('button', { name: 'Mark as lost' }).click();
    await expect(page.getByLabel('Lost because')).toHaveValue('They build it themselves');
    await putBack(page, 'Marked as lost');
    await expect(page.getByLabel('Lost because')).toBeHidden();
    await expect(page.getByRole('button', { name: 'Won', exact: true })).toBeEnabled();
    await page.keyboard.press('w');
    await expect(status.getByText('Won', { exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Open again' })).toBeVisible();
    await page.getByRole('complementary').getByRole('link').first().click();
    await expect(page.getByRole('list', { name: 'Process' })).toBeVisible();
    await page.getByRole('link', { name, exact: true }).click();
    await expect(heading(page)).toHaveText(name);
  });

  await test.step('a task is done by one key, put back, and kept among those done', async () => {
    await place(page, 'Tasks').click();
    const subject = await (await readRow(page)).getByRole('gridcell').nth(2).innerText();
    const cell = page.getByRole('gridcell', { name: subject, exact: true });
    await page.getByRole('grid').focus();
    await page.keyboard.press('d');
    await expect(cell).toBeHidden();
    await putBack(page, `Done: ${subject}`);
    await expect(cell).toBeVisible();
    await page.getByRole('checkbox', { name: `Done: ${subject}` }).click();
    await expect(cell).toBeHidden();
    await page.getByRole('radiogroup', { name: 'Which tasks' }).getByText('Done').click();
    await cell.click();
    await expect(heading(page)).toHaveText(subject);
    await expect(page.getByRole('button', { name: 'Open again' })).toBeVisible();
    await page.keyboard.press('d');
    await expect(page.getByRole('button', { name: 'Done', exact: true })).toBeVisible();
  });

  await test.step('a contact joins a list once, leaves it, and comes back only after a question', async () => {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await place(page, 'Subscription lists').click();
    await page.getByRole('button', { name: 'New subscription list' }).click();
    await page.getByLabel('Name').fill('Robot owners');
    await page.getByRole('button', { name: 'Create list' }).click();
    await expect(page.getByText('Nobody is on this list')).toBeVisible();
    const add = async () => {
      await page.getByRole('textbox', { name: 'Add a contact' }).fill('Camille Durand');
      await page.getByRole('option', { name: /^Camille Durand Fjord Textiles/ }).click();
    };
    await add();
    await expect(page.getByText('Members (1)')).toBeVisible();
    await add();
    await expect(toast(page, 'is on the list already')).toBeVisible();
    await page.getByRole('grid').focus();
    await page.keyboard.press('x');
    await expect(page.getByText('Withdrawn (1)')).toBeVisible();
    await add();
    const question = page.getByRole('dialog', { name: /left this list/ });
    await expect(question).toBeVisible();
    await question.getByRole('button', { name: 'Put back on the list' }).click();
    await expect(page.getByText('Members (1)')).toBeVisible();
    await expect(page.getByText('Withdrawn (0)')).toBeVisible();
  });

  await test.step('interactions are read by kind and lead to their contact', async () => {
    await place(page, 'Interactions').click();
    await readRow(page);
    await page.getByRole('combobox', { name: 'Kind' }).click();
    await page.getByRole('option', { name: 'Meeting held' }).click();
    await expect(await readRow(page)).toContainText('Meeting held');
    await expect(page.getByRole('gridcell', { name: 'Email opened' })).toHaveCount(0);
    await (await readRow(page)).click();
    await expect(page.getByRole('tab', { name: 'Timeline' })).toBeVisible();
  });

  await test.step('a campaign cannot end before it begins, and shows what came of it', async () => {
    await place(page, 'Campaigns').click();
    await page.getByRole('button', { name: 'New campaign' }).click();
    await page.getByLabel('Name').fill('Winter fairs');
    await page.getByLabel('Starts on').fill('2026-12-10');
    await page.getByLabel('Ends on').fill('2026-12-01');
    await page.getByRole('button', { name: 'Create campaign' }).click();
    await expect(page.getByText('lies before the first day').first()).toBeVisible();
    await page.getByLabel('Ends on').fill('2026-12-12');
    await page.getByRole('button', { name: 'Create campaign' }).click();
    await expect(heading(page)).toHaveText('Winter fairs');
    await place(page, 'Campaigns').click();
    await page.getByRole('gridcell', { name: 'Spring fairs', exact: true }).click();
    await expect(page.getByRole('region', { name: 'What came of it' }).getByText('Cost per lead')).toBeVisible();
  });

  await test.step('a product is entered and found again', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await expect(heading(page)).toHaveText('Products');
    await page.keyboard.press('n');
    await page.getByLabel('Name').fill('Pallet scanner');
    await page.keyboard.press('Control+s');
    await expect(heading(page)).toHaveText('Pallet scanner');
  });

  expect(failures).toEqual([]);
});
