/** What a person does with a whole list: filter it, select all of it, change it, take that back, and keep the view. */
import { expect, type Page } from '@playwright/test';
import { expectAccessible, hostOf, place, readRow, test } from '../helpers/browser.ts';

const host = hostOf({ contacts: 300 });

/** By keys alone: the field, its operator and one value; `option`: the one that the value stands for, of a choice. */
async function addFilter(page: Page, field: string, value: string, option?: string): Promise<void> {
  await page.keyboard.press('f');
  await expect(page.getByRole('combobox', { name: 'Field' })).toBeFocused();
  await page.keyboard.type(field);
  await expect(page.getByRole('option', { name: field, exact: true })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type(value);
  if (option !== undefined) await expect(page.getByRole('option', { name: option, exact: true })).toBeVisible();
  await page.keyboard.press('Enter');
}

/** After a choice, whose options stay open for another one: the first Escape closes them. */
async function applyFilter(page: Page): Promise<void> {
  await expect(page.getByRole('listbox')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toBeHidden();
  await page.keyboard.press('Enter');
}

test('a list is filtered, selected as a whole, changed, put back, and kept as a view', async ({ page }) => {
  const found = page.getByText(/^[\d,]+ found$/);
  const grid = page.getByRole('grid');
  await page.goto(host.link);
  await place(page, 'Contacts').click();
  await expect(page.getByText('300 in all')).toBeVisible();
  await readRow(page);

  await test.step('filter by keys', async () => {
    await addFilter(page, 'Role', 'Decision', 'Decision maker');
    await expectAccessible(page);
    await applyFilter(page);
    await expect(page.getByRole('button', { name: 'Role is Decision maker', exact: true })).toBeVisible();
    await expect(found).toBeVisible();
    await addFilter(page, 'Job title', 'Nobody is called so');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Nothing matches')).toBeVisible();
    await page.getByRole('button', { name: 'Clear filters' }).last().click();
    await expect(page.getByText('300 in all')).toBeVisible();
  });

  await test.step('select all that the list holds', async () => {
    // the number of records may be there before the rows; of 300 only the first hundred or so are loaded
    await readRow(page, 1);
    await page.getByRole('checkbox', { name: 'Select the rows loaded' }).click();
    await page.getByRole('button', { name: 'Select all 300' }).click();
    await expect(page.getByText('All 300 selected')).toBeVisible();
    await grid
      .getByRole('checkbox', { name: /^Select / })
      .nth(1)
      .click();
    await expect(page.getByText('299 selected', { exact: true })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('change them and see it', async () => {
    await page.getByRole('button', { name: 'Edit…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit 299 contacts' });
    await expect(dialog.getByRole('combobox', { name: 'Field to change' })).toBeFocused();
    await page.keyboard.type('Job');
    await page.keyboard.press('Enter');
    await expect(dialog.getByLabel('Job title', { exact: true })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(dialog.getByText('Enter a value, or clear it.')).toBeVisible();
    await dialog.getByLabel('Job title', { exact: true }).fill('Chief of lists');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await expect(page.getByText('299 changed', { exact: true })).toBeVisible();
    await expect(grid.getByText('Chief of lists').first()).toBeVisible();
  });

  await test.step('put it back', async () => {
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('299 put back', { exact: true })).toBeVisible();
    await expect(grid.getByText('Chief of lists')).toHaveCount(0);
  });

  await test.step('keep the view', async () => {
    await addFilter(page, 'Role', 'Decision');
    await applyFilter(page);
    await expect(found).toBeVisible();
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('button', { name: 'Move Role up' }).press('Enter');
    await page.getByRole('button', { name: 'Move Role up' }).press('Enter');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Saved views' }).click();
    await page.getByRole('menuitem', { name: 'Save view…' }).click();
    await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
    await page.keyboard.type('Deciders');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Deciders' })).toBeVisible();
    await page.reload();
    await expect(page.getByText('300 in all')).toBeVisible();
    await page.getByRole('button', { name: 'Saved views' }).click();
    await page.getByRole('menuitem', { name: 'Deciders' }).click();
    await expect(page.getByRole('button', { name: 'Role is Decision maker', exact: true })).toBeVisible();
    await expect(grid.getByRole('columnheader').nth(4)).toHaveText('Role');
  });
});
