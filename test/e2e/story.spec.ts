/**
 * The story of a conference in a real browser, mouse and keyboard, with a picture of each step in
 * test-results/story: first run, import, capture, score and process, call queue, segment, HQ. Its headless twin is
 * test/integration/story.test.ts.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { chooseFile, fillInPerson, hostOf, place, test, toast } from '../helpers/browser.ts';
import { startOutpost } from '../helpers/window.ts';

// its pictures show what people see, its dialogs move
test.use({ contextOptions: { reducedMotion: 'no-preference' } });

const visitors = [
  'First Name,Last Name,Company,Job Title,Email,Phone,Role',
  'Eva,Maes,Contoso,CEO,eva.maes@contoso.example,0475 12 34 56,decision maker',
  'Bart,Claes,Fabrikam,Buyer,bart@fabrikam.example,not a number,',
  'No,Email,Northwind,,,,',
].join('\r\n');

/** Next Tuesday, 10:00 UTC: a time at which somebody in Belgium may be called. */
function officeHoursMs(): number {
  const day = new Date();
  day.setUTCHours(10, 0, 0, 0);
  do day.setUTCDate(day.getUTCDate() + 1);
  while (day.getUTCDay() !== 2);
  return day.getTime();
}

const host = hostOf('none', officeHoursMs());
let recoveryCode = '';

let pictures = 0;
async function picture(page: Page, name: string): Promise<void> {
  pictures += 1;
  await page.screenshot({ path: `test-results/story/${String(pictures).padStart(2, '0')}-${name}.png` });
}

const inFolder = (file: string): string => join(host.folder, file);

const stage = (page: Page, name: string) => page.getByRole('list', { name: 'Process' }).getByRole('button', { name });

test('a field team takes Outpost to a conference', async ({ page }) => {
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  await page.clock.setSystemTime(officeHoursMs());

  await test.step('first run: a new, encrypted workspace and its recovery code', async () => {
    await page.goto(host.link);
    await page.getByText('A new workspace').click();
    await page.getByRole('combobox', { name: 'Default country' }).click();
    await page.getByRole('combobox', { name: 'Default country' }).fill('Belg');
    await page.getByRole('option', { name: 'Belgium' }).click();
    await fillInPerson(page);
    await picture(page, 'first-run');
    await page.getByRole('button', { name: 'Create workspace' }).click();
    await expect(page.getByRole('group', { name: 'Recovery code' })).toHaveText(/^([0-9A-Z]{4}-\s*){8}[0-9A-Z]{4}$/);
    recoveryCode = (await page.getByRole('group', { name: 'Recovery code' }).innerText()).replace(/\s/g, '');
    await picture(page, 'recovery-code');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save recovery file' }).click();
    await (await download).saveAs(inFolder('hq-recovery.json'));
    await page.getByLabel('I have written it down').check();
    await page.getByRole('button', { name: 'Go to Outpost' }).click();
    await expect(page.getByRole('heading', { name: 'Home' })).toBeVisible();
    await picture(page, 'home');
  });

  await test.step('import a file: preview, mapping, result; a second time changes nothing', async () => {
    await page.goto(`${new URL(page.url()).origin}/#/imports/new`);
    writeFileSync(inFolder('visitors.csv'), visitors);
    for (const time of ['first', 'second']) {
      await chooseFile(page, /^Choose/, inFolder('visitors.csv'));
      await expect(page.getByRole('combobox', { name: 'Field for column Email' })).toHaveValue('Email');
      await picture(page, `import-preview-${time}`);
      await page.getByRole('button', { name: /^Import 3 rows$/ }).click();
      await expect(page.getByText('Import finished')).toBeVisible();
      const counts = page.getByRole('status').filter({ hasText: 'Created' });
      await expect(counts).toContainText(time === 'first' ? /3\s*Created|Created\s*3/ : /0\s*Created|Created\s*0/);
      await picture(page, `import-result-${time}`);
      if (time === 'first') await page.getByRole('button', { name: 'Import another file' }).click();
    }
  });

  await test.step('at the booth: a known person by keyboard alone', async () => {
    await place(page, 'Capture').click();
    await page.getByRole('link', { name: 'Booth enquiry' }).click();
    await expect(page.getByRole('textbox', { name: 'Given name' })).toBeFocused();
    await page.keyboard.type('Eva');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Maes');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Contoso');
    await page.keyboard.press('Tab');
    await page.keyboard.type('eva.maes@contoso.example');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await page.keyboard.type('0475 12 34 56');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Contoso conference');
    await page.keyboard.press('Tab');
    await page.keyboard.press('4');
    await page.keyboard.press('Tab');
    await page.keyboard.press('5');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await expect(page.getByLabel('The visitor agrees')).toBeChecked();
    await picture(page, 'capture');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText(/Saved: Eva Maes was known/)).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Given name' })).toBeFocused();
    await expect(page.getByRole('textbox', { name: 'Given name' })).toHaveValue('');
    await picture(page, 'captured');
  });

  await test.step('the lead: scored, with a ledger, moved by the first score', async () => {
    await page.getByRole('link', { name: 'Open lead' }).first().click();
    await expect(page.getByRole('heading', { name: 'Contoso conference' })).toBeVisible();
    await expect(stage(page, 'Automated marketing qualification')).toHaveAttribute('aria-pressed', 'true');
    await page.getByRole('tab', { name: 'Score' }).click();
    await expect(page.getByRole('tabpanel', { name: 'Score' })).toContainText('Decision maker');
    await picture(page, 'lead-score');
    await page.getByRole('button', { name: 'Mark teleprospect ready' }).click();
    await expect(page.getByText('Marked teleprospect ready')).toBeVisible();
    await expect(stage(page, 'Teleprospect acceptance')).toHaveAttribute('aria-pressed', 'true');
    await picture(page, 'lead-teleprospect-ready');
  });

  await test.step('the lead: back by hand, undone from the toast', async () => {
    await page.getByRole('button', { name: 'Back one stage' }).click();
    await expect(stage(page, 'Automated marketing qualification')).toHaveAttribute('aria-pressed', 'true');
    await toast(page, 'Moved to Automated marketing qualification').getByRole('button', { name: 'Undo' }).click();
    await expect(stage(page, 'Teleprospect acceptance')).toHaveAttribute('aria-pressed', 'true');
  });

  await test.step('the call queue: whom, why, the outcome by key', async () => {
    await place(page, 'Call queue').click();
    await expect(page.getByRole('list', { name: 'Why now' })).toContainText('Nobody has called yet');
    await expect(page.getByRole('link', { name: 'Dial 0475 12 34 56' })).toBeVisible();
    await page.getByRole('textbox', { name: 'Notes' }).fill('Wants a demonstration in January.');
    await page.getByRole('checkbox', { name: 'Accept for teleprospecting' }).check();
    await page.getByRole('checkbox', { name: 'Sales ready' }).check();
    await picture(page, 'queue');
    await page.keyboard.press('Alt+1');
    await expect(page.getByText(/Recorded: Connected/)).toBeVisible();
    await expect(page.getByText('Nobody to call right now')).toBeVisible();
    await picture(page, 'queue-done');
  });

  await test.step('the seller’s list', async () => {
    await place(page, 'Leads').click();
    await page.getByText('Sales ready', { exact: true }).click();
    await expect(page.getByRole('row', { name: /Eva Maes/ })).toContainText('Sales acceptance');
    await picture(page, 'sales-ready');
  });

  await test.step('a segment: conference leads who are decision makers', async () => {
    await place(page, 'Segments').click();
    await page.getByRole('button', { name: 'New segment' }).first().click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Conference decision makers');
    await page.getByRole('radio', { name: 'Conference leads who are decision makers' }).check();
    await picture(page, 'segment-new');
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await page.getByRole('combobox', { name: 'Values' }).first().click();
    await page.keyboard.type('Contoso conference');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('region', { name: 'Answer' })).toContainText('“Contoso conference”');
    await expect(page.getByRole('region', { name: 'Answer' })).toContainText('Eva Maes');
    await picture(page, 'segment');
    await page.getByRole('button', { name: 'Go live' }).click();
    await expect(page.getByText(/Live with 1 member/)).toBeVisible();
    await picture(page, 'segment-live');
  });

  await test.step('to HQ: a bundle, once; the counter goes to zero', async () => {
    await place(page, 'HQ').click();
    await expect(page.getByRole('group', { name: 'Custody' })).not.toContainText(/^0/);
    await page.getByRole('button', { name: 'Export…' }).click();
    await expect(page.getByText(/changes exported/)).toBeVisible();
    await expect(page.getByRole('group', { name: 'Custody' })).toContainText(
      /0\s*Not yet exported|Not yet exported\s*0/,
    );
    await picture(page, 'hq-exported');
    const bundle = page.waitForEvent('download');
    await page
      .getByRole('link', { name: /outpostbundle/ })
      .first()
      .click();
    await (await bundle).saveAs(inFolder('to-hq.outpostbundle'));
    await page.getByRole('button', { name: 'Export…' }).click();
    await expect(page.getByText('Everything has been exported already.')).toBeVisible();
  });

  await test.step('a second laptop joins by invitation and takes the bundle', async () => {
    await page.getByRole('button', { name: 'Write invitation file…' }).click();
    const invitation = page.waitForEvent('download');
    await page.getByRole('link', { name: /outpostinvite/ }).click();
    await (await invitation).saveAs(inFolder('join.outpostinvite'));

    const second = await startOutpost(inFolder('second.outpost'), officeHoursMs());
    const context = await page.context().browser()?.newContext();
    if (!context) throw new Error('no browser');
    const other = await context.newPage();
    await other.goto(second.link);
    await other.getByText('Join a workspace').click();
    await chooseFile(other, 'Choose invitation file…', inFolder('join.outpostinvite'));
    await fillInPerson(other, 'Bo Seller');
    await other.getByRole('button', { name: 'Join workspace' }).click();
    await other.getByLabel('I have written it down').check();
    await other.getByRole('button', { name: 'Go to Outpost' }).click();
    await place(other, 'HQ').click();
    await chooseFile(other, 'Choose bundle or receipt…', inFolder('to-hq.outpostbundle'));
    await expect(other.getByText(/changes applied, 0 known already/)).toBeVisible();
    await place(other, 'Contacts').click();
    await expect(other.getByRole('row', { name: /Eva Maes/ })).toContainText('Decision maker');
    await picture(other, 'second-laptop');
    await context.close();
    await second.stop();
  });

  await test.step('after a restart, the recovery code opens the database and sets a new passphrase', async () => {
    await host.restart();
    await page.goto(host.link);
    await page.getByRole('button', { name: 'Use the recovery code' }).click();
    await page.getByRole('textbox', { name: 'Recovery code' }).fill(recoveryCode.toLowerCase());
    await page.getByLabel('New passphrase', { exact: true }).fill('another horse, another battery');
    await page.getByLabel('Passphrase again').fill('another horse, another battery');
    await picture(page, 'recover');
    await page.getByRole('button', { name: 'Open and set passphrase' }).click();
    await place(page, 'Contacts').click();
    await expect(page.getByRole('row', { name: /Eva Maes/ })).toBeVisible();
  });

  expect(failures).toEqual([]);
});
