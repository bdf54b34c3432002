/** What a person does with many records beside editing them, how it is taken back later, and the end of the bin. */
import { expect, type Page } from '@playwright/test';
import { expectAccessible, heading, hostOf, openFirstRow, place, readRow, test } from '../helpers/browser.ts';

const host = hostOf({ contacts: 150 });

async function selectAll(page: Page): Promise<void> {
  await readRow(page, 3);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+a');
  await expect(page.getByText(/^All \d+ selected$/)).toBeVisible();
}

async function choose(page: Page, action: string): Promise<void> {
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

test('many contacts are tagged, put on a list, given leads, undone from History, and one leaves the bin for good', async ({
  page,
}) => {
  await page.goto(host.link);
  await page.goto(`${page.url().split('#')[0]}#/lists/new`);
  await page.getByRole('textbox', { name: 'Name' }).fill('Newsletter');
  await page.getByRole('button', { name: 'Create list' }).click();
  await expect(page.getByRole('heading', { name: 'Newsletter' })).toBeVisible();
  await place(page, 'Contacts').click();

  await test.step('tags', async () => {
    await selectAll(page);
    await choose(page, 'Tags…');
    await expect(page.getByRole('combobox', { name: 'Put on' })).toBeFocused();
    await page.keyboard.type('VIP,');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Change 150' }).click();
    await expect(page.getByText('150 changed')).toBeVisible();
  });

  await test.step('list', async () => {
    await selectAll(page);
    await choose(page, 'Add to a list…');
    await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
    await page.keyboard.type('News');
    await expect(page.getByRole('option', { name: 'Newsletter' })).toBeVisible();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Add to the list' }).click();
    await expect(page.getByText('150 added to the list')).toBeVisible();
  });

  await test.step('leads, once', async () => {
    for (const outcome of ['150 leads created', '150 refused']) {
      await selectAll(page);
      await choose(page, 'Create leads…');
      await page.getByRole('button', { name: 'Create 150 leads' }).click();
      await expect(page.getByText('Enter something here.')).toBeVisible();
      await page.getByRole('textbox', { name: 'Topic' }).fill('Follow-up');
      if (outcome === '150 refused') await expectAccessible(page);
      await page.keyboard.press('Enter');
      await expect(page.getByText(outcome)).toBeVisible();
    }
    await page.getByRole('button', { name: 'Why' }).click();
    await expect(page.getByText('Has an open lead of this topic and campaign already.').first()).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('undone from History, and once more undone', async () => {
    await place(page, 'History').click();
    await expect(page.getByRole('row', { name: /Created Lead .* and 149 more/ })).toBeVisible();
    await expectAccessible(page);
    await page
      .getByRole('row', { name: /Created Lead/ })
      .getByRole('button')
      .click();
    const dialog = page.getByRole('dialog', { name: 'Undo the whole operation?' });
    await expect(dialog.getByText('150 leads')).toBeVisible();
    await expect(dialog.getByText('None of these records changed since.')).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Undo all of it' }).click();
    await expect(page.getByText(/^\d+ put back$/)).toBeVisible();
    await expect(page.getByRole('row', { name: /Created Lead/ }).getByText('Put back since')).toBeVisible();
  });

  await test.step('a contact goes to the bin after a question, says when it leaves, and is deleted for good', async () => {
    await place(page, 'Contacts').click();
    const grid = page.getByRole('grid');
    await openFirstRow(page);
    await page.getByRole('button', { name: 'Move to the bin' }).click();
    const question = page.getByRole('dialog', { name: 'Move 1 contact to the bin?' });
    await expect(question.getByText(/Stays, without the link: .*1 lead/)).toBeVisible();
    await expectAccessible(page);
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect(question).toHaveCount(0);
    await page.getByRole('button', { name: 'Move to the bin' }).click();
    await question.getByRole('button', { name: 'Move to the bin' }).click();
    await expect(heading(page)).toHaveText('Contacts');

    await page.getByText('Bin', { exact: true }).click();
    await expect(grid.getByRole('columnheader', { name: 'Gone on' })).toBeVisible();
    await expect(page.getByText('1 in all')).toBeVisible();
    await expectAccessible(page);
    await openFirstRow(page);
    await expect(page.getByText(/^Gone on /)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Delete for good…' }).click();
    const last = page.getByRole('dialog', { name: 'Delete 1 contact for good?' });
    await expect(last.getByText('This cannot be undone', { exact: false })).toBeVisible();
    await expectAccessible(page);
    await last.getByRole('button', { name: 'Delete for good' }).click();
    await expect(page.getByText(/^1 contact deleted for good/)).toBeVisible();
    await expect(page.getByText('The bin is empty')).toBeVisible();
  });
});
