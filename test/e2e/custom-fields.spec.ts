/** Fields of a workspace's own: made, filled, listed, filtered, changed for many, asked at the booth, removed and put back. */
import { expect, type Page } from '@playwright/test';
import { expectAccessible, hostOf, openFirstRow, place, readRow, test } from '../helpers/browser.ts';

const host = hostOf({ contacts: 40 });

/** The field of a new filter by keys; the keyboard is then at its values. */
async function chooseField(page: Page, field: string): Promise<void> {
  await page.keyboard.press('f');
  await expect(page.getByRole('combobox', { name: 'Field' })).toBeFocused();
  await page.keyboard.type(field);
  await expect(page.getByRole('option', { name: field, exact: true })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
}

test('fields of every kind are made, filled in, and used like built-in ones', async ({ page }) => {
  const grid = page.getByRole('grid');
  const dialog = page.getByRole('dialog');
  const more = page.getByRole('region', { name: 'More fields' });
  await page.goto(host.link);

  await test.step('make a choice by keys', async () => {
    await place(page, 'Settings').click();
    await page.getByRole('link', { name: 'Custom fields…' }).click();
    await expect(page.getByText('No fields of your own for contacts yet')).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('n');
    await expect(dialog.getByLabel('Name')).toBeFocused();
    await page.keyboard.type('Badge colour');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const choice = page.getByRole('option', { name: 'Choice', exact: true });
    await expect(choice).toBeVisible();
    // which option the list opens at is its own business
    await expect(async () => {
      await page.keyboard.press('ArrowDown');
      await expect(choice).toHaveAttribute('data-combobox-selected', 'true', { timeout: 200 });
    }).toPass({ intervals: [0] });
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('combobox', { name: 'Kind' })).toHaveValue('Choice');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect(dialog.getByLabel('Option 1', { exact: true })).toBeFocused();
    for (const option of ['Red', 'Blue', 'Green']) {
      await page.keyboard.type(option);
      if (option !== 'Green') await page.keyboard.press('Enter');
    }
    await page.keyboard.press('Alt+ArrowUp');
    await expect(dialog.getByLabel('Option 2', { exact: true })).toHaveValue('Green');
    await expectAccessible(page);
    await dialog.getByLabel('Name').press('Enter');
    await expect(page.getByText('Red, Green, Blue')).toBeVisible();
  });

  await test.step('make the others', async () => {
    for (const [name, kind] of [
      ['Fleet size', 'Number'],
      ['Renewal day', 'Date'],
      ['Interests', 'Several choices'],
      ['Has a demo', 'Yes or no'],
      ['Portfolio', 'Link'],
      ['Remarks', 'Text'],
    ] as const) {
      await page.getByRole('button', { name: 'Add a field' }).click();
      await dialog.getByLabel('Name').fill(name);
      await dialog.getByRole('combobox', { name: 'Kind' }).click();
      await page.getByRole('option', { name: kind, exact: true }).click();
      if (kind === 'Several choices') {
        await dialog.getByRole('button', { name: 'Add field' }).click();
        await expect(dialog.getByText('Enter at least one option.')).toBeVisible();
        await dialog.getByLabel('Option 1', { exact: true }).fill('Batteries');
        await dialog.getByLabel('Option 1', { exact: true }).press('Enter');
        await page.keyboard.type('Software');
      }
      await dialog.getByRole('button', { name: 'Add field' }).click();
      await expect(dialog).toBeHidden();
    }
    await expect(page.getByText('Contacts (7)')).toBeVisible();
    await page.getByRole('button', { name: 'Move Remarks up' }).click();
    await expect(page.getByText('Remarks is now field 6 of 7')).toBeAttached();
    await expectAccessible(page);
  });

  await test.step('fill them in, by keys and by mouse', async () => {
    await place(page, 'Contacts').click();
    await expect(page.getByText('40 in all')).toBeVisible();
    await openFirstRow(page);
    await more.getByLabel('Fleet size').fill('1250');
    await more.getByLabel('Renewal day').fill('2027-03-01');
    await more.getByLabel('Badge colour').focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('option', { name: 'Red', exact: true })).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(more.getByLabel('Badge colour')).toHaveValue('Red');
    await more.getByLabel('Interests').click();
    await page.getByRole('option', { name: 'Software', exact: true }).click();
    await page.keyboard.press('Escape');
    await more.getByLabel('Has a demo').click();
    await page.getByRole('option', { name: 'No', exact: true }).click();
    await more.getByLabel('Remarks').fill('Came by twice');
    await more.getByLabel('Portfolio').fill('javascript:alert(1)');
    await page.keyboard.press('Control+s');
    await expect(more.getByText(/Must be an address that begins with/)).toBeVisible();
    await expect(more.getByRole('link', { name: 'Open Portfolio in the browser' })).toHaveCount(0);
    await expectAccessible(page);
    await more.getByLabel('Portfolio').fill('www.example.com/portfolio');
    await page.keyboard.press('Control+s');
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    const link = more.getByRole('link', { name: 'Open Portfolio in the browser' });
    await expect(link).toHaveAttribute('href', 'https://www.example.com/portfolio');
    await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
    await page.reload();
    await expect(more.getByLabel('Fleet size')).toHaveValue('1,250');
    await expect(more.getByLabel('Renewal day')).toHaveValue('2027-03-01');
    await expect(more.getByText('Software')).toBeVisible();
  });

  await test.step('tell the second of two windows, which sees both values and loses none', async () => {
    const other = await page.context().newPage();
    await other.goto(page.url());
    const theirs = other.getByRole('region', { name: 'More fields' });
    await expect(theirs.getByLabel('Renewal day')).toHaveValue('2027-03-01');
    await more.getByLabel('Renewal day').fill('2027-04-01');
    await page.getByLabel('Job title').fill('Head of purchasing');
    await theirs.getByLabel('Renewal day').fill('2027-05-01');
    await other.getByLabel('Job title').fill('Buyer');
    await other.getByLabel('Nickname').fill('Zed');
    await other.keyboard.press('Control+s');
    await expect(other.getByText('Saved', { exact: true })).toBeVisible();
    await other.close();
    await page.keyboard.press('Control+s');
    const question = page.getByRole('dialog', { name: 'Changed somewhere else in the meantime' });
    await expect(question.getByRole('row', { name: /^Renewal day 1 Apr 2027 1 May 2027/ })).toBeVisible();
    await expect(question.getByRole('row', { name: /^Job title Head of purchasing Buyer/ })).toBeVisible();
    await expectAccessible(page);
    await question.getByRole('radiogroup', { name: 'Job title' }).getByText('Take theirs').click();
    await question.getByRole('button', { name: 'Save my choices' }).click();
    await expect(question).toBeHidden();
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    await page.reload();
    await expect(more.getByLabel('Renewal day')).toHaveValue('2027-04-01');
    await expect(page.getByLabel('Job title')).toHaveValue('Buyer');
    await expect(page.getByLabel('Nickname')).toHaveValue('Zed');
  });

  await test.step('call an option otherwise: who has it keeps it', async () => {
    await place(page, 'Settings').click();
    await page.getByRole('link', { name: 'Custom fields…' }).click();
    await page.getByRole('button', { name: 'Change Badge colour' }).click();
    const red = dialog.getByLabel('Option 1', { exact: true });
    await expect(dialog.getByText('1 record', { exact: true })).toBeVisible();
    await red.fill('Green');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByText('There are two options “Green”. Give each a name of its own.')).toBeVisible();
    await red.fill('Crimson');
    await expect(dialog.getByText('renamed in 1 record')).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Crimson, Green, Blue')).toBeVisible();
  });

  await test.step('show them as columns, sort and filter by them', async () => {
    await place(page, 'Contacts').click();
    await page.getByRole('button', { name: 'Columns', exact: true }).click();
    for (const name of ['Badge colour', 'Fleet size', 'Interests', 'Portfolio'])
      await page.getByRole('checkbox', { name, exact: true }).check();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Fleet size', exact: true }).click();
    await page.getByRole('button', { name: 'Fleet size', exact: true }).click();
    await expect(grid.getByText('1,250')).toBeVisible();
    await expect(grid.getByText('Crimson')).toBeVisible();
    await expect(grid.getByRole('link', { name: 'example.com/portfolio' })).toBeVisible();
    await chooseField(page, 'Interests');
    await page.keyboard.type('Soft');
    await expect(page.getByRole('option', { name: 'Software', exact: true })).toBeVisible();
    await page.keyboard.press('Enter');
    // the options stay open for another one
    await expect(page.getByRole('listbox')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('listbox')).toBeHidden();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Interests contains “Software”', exact: true })).toBeVisible();
    await expect(page.getByText('1 found')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect(page.getByText('40 in all')).toBeVisible();
    await readRow(page, 1);
  });

  await test.step('give many the same, and take it back', async () => {
    await page.getByRole('checkbox', { name: 'Select the rows loaded' }).click();
    await page.getByRole('button', { name: 'Edit…' }).click();
    await expect(dialog.getByRole('combobox', { name: 'Field to change' })).toBeFocused();
    await page.keyboard.type('Badge');
    await page.keyboard.press('Enter');
    await dialog.getByLabel('Badge colour', { exact: true }).click();
    await page.getByRole('option', { name: 'Blue', exact: true }).click();
    await dialog.getByRole('button', { name: 'Change 40' }).click();
    await expect(page.getByText('40 changed', { exact: true })).toBeVisible();
    await expect(grid.getByText('Blue').first()).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect(page.getByText('40 put back', { exact: true })).toBeVisible();
    await expect(grid.getByText('Blue')).toHaveCount(0);
  });

  await test.step('remove one, see what it leaves behind, and put it back', async () => {
    await chooseField(page, 'Fleet size');
    await page.keyboard.type('1250');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect(page.getByText('1 found')).toBeVisible();
    await place(page, 'Settings').click();
    await page.getByRole('link', { name: 'Custom fields…' }).click();
    await expect(page.getByText('1 record holds a value').first()).toBeVisible();
    await page.getByRole('button', { name: 'Remove Fleet size' }).click();
    await expect(dialog.getByText(/1 record holds a value/)).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Remove field' }).click();
    await expect(page.getByText('Contacts (6)')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Removed' }).getByText('Fleet size')).toBeVisible();
    await expectAccessible(page);
    await place(page, 'Contacts').click();
    await expect(
      page.getByText('“Fleet size” was removed or changed since. The list is shown without it.'),
    ).toBeVisible();
    await expect(page.getByText('40 found')).toBeVisible();
    await expectAccessible(page);
    await place(page, 'Settings').click();
    await page.getByRole('link', { name: 'Custom fields…' }).click();
    await page.getByRole('button', { name: 'Put back Fleet size' }).click();
    await expect(page.getByText('Contacts (7)')).toBeVisible();
    await place(page, 'Contacts').click();
    await expect(page.getByText('1 found')).toBeVisible();
    await expect(grid.getByText('1,250')).toBeVisible();
    await page.getByRole('button', { name: 'Clear filters' }).last().click();
  });

  await test.step('ask for one at the booth', async () => {
    await place(page, 'Capture').click();
    await page.getByRole('button', { name: /^Edit/ }).first().click();
    await page.getByRole('checkbox', { name: 'Ask for Badge colour' }).check();
    await page.getByRole('checkbox', { name: 'Ask for Fleet size' }).check();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save form' }).click();
    await expect(page.getByText('8 fields, 2 questions')).toBeVisible();
    await page.getByRole('link', { name: 'Capture', exact: true }).last().click();
    await expect(page.getByRole('radiogroup', { name: 'Badge colour' })).toBeVisible();
    await page.getByLabel('Given name').fill('Zoë');
    await page.getByLabel('Family name').fill('Custom');
    await page.getByLabel('Email', { exact: true }).fill('zoe@custom.example');
    await page.getByRole('radio', { name: 'Green' }).press('2');
    await page.getByLabel('Fleet size').fill('many');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('Fleet size: this value does not fit the field')).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel('Fleet size').fill('17');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText(/Zoë Custom/).first()).toBeVisible();
    await place(page, 'Contacts').click();
    await readRow(page);
    await page.keyboard.press('/');
    await expect(page.getByRole('textbox', { name: 'Search' })).toBeFocused();
    await page.keyboard.type('zoe custom');
    await expect(grid.getByText('Green')).toBeVisible();
    await expect(grid.getByText('17', { exact: true })).toBeVisible();
  });
});
