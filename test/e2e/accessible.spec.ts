/**
 * Every area of a demo workspace, in light and in dark, with the records, dialogs and the palette that people live in,
 * holds WCAG 2.1 A and AA as far as a program can tell.
 */
import { expect } from '@playwright/test';
import { fillInPerson, heading, hostOf, openFirstRow, place, test, violationsOn } from '../helpers/browser.ts';

// a Tuesday morning, so that the call queue has somebody to call
const callingHoursMs = Date.parse('2026-11-24T10:00:00Z');

const withRecords = 'Tasks,Leads,Opportunities,Contacts,Accounts,Campaigns,Products,Subscription lists'.split(',');
const others = 'Home,Capture,Call queue,Segments,Events,Interactions,Import,Review,Duplicates,HQ,Settings'.split(',');
const areas = [...withRecords, ...others];

const host = hostOf('none', callingHoursMs);

test('every area is accessible, in light and in dark', async ({ page }) => {
  const found: string[] = [];
  const check = async (screen: string, of: 'everything' | 'colours' = 'everything'): Promise<void> => {
    for (const violation of await violationsOn(page, of)) found.push(`${screen}: ${violation}`);
  };
  /** The dark differs from the light in its colours only: there, these alone are looked at. */
  const checkBoth = async (screen: string): Promise<void> => {
    await check(`${screen}, light`);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
    await check(`${screen}, dark`, 'colours');
    await page.emulateMedia({ colorScheme: 'light' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light');
  };

  await test.step('first run', async () => {
    await page.goto(host.link);
    await page.getByText('The demo workspace').click();
    await page.getByRole('button', { name: 'Open the demo' }).click();
    await expect(page.getByText('Enter your name.')).toBeVisible();
    await check('first run with errors');
    await fillInPerson(page);
    await page.getByRole('button', { name: 'Open the demo' }).click();
    await expect(page.getByRole('group', { name: 'Recovery code' })).toBeVisible();
    await check('recovery code');
    await page.getByLabel('I have written it down').check();
    await page.getByRole('button', { name: 'Go to Outpost' }).click();
    await page.getByRole('button', { name: 'Go on without it' }).click();
    await expect(page.getByRole('heading', { name: 'Home' })).toBeVisible();
    await expect(page.getByRole('dialog')).toBeHidden();
    await page.getByRole('button', { name: 'More', exact: true }).click();
  });

  await test.step('the colours of the system, or the chosen ones', async () => {
    for (const scheme of ['Dark', 'Light', 'As the system'] as const) {
      await page.getByRole('button', { name: 'Ann Peeters' }).click();
      await page.getByRole('menuitemradio', { name: scheme }).click();
      await expect(page.locator('html')).toHaveAttribute(
        'data-mantine-color-scheme',
        scheme === 'Dark' ? 'dark' : 'light',
      );
      // a choice leaves the menu open for another one
      await page.keyboard.press('Escape');
      await expect(page.getByRole('menu')).toBeHidden();
    }
  });

  for (const area of areas) {
    await test.step(area, async () => {
      await place(page, area).click();
      await expect(place(page, area)).toHaveAttribute('aria-current', 'page');
      await expect(heading(page)).toBeVisible();
      await expect(page.locator('.mantine-Skeleton-root')).toHaveCount(0);
      await checkBoth(area);
      if (!withRecords.includes(area)) return;
      await openFirstRow(page);
      await checkBoth(`one of ${area}`);
    });
  }

  await test.step('palette and shortcuts', async () => {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog')).toBeVisible();
    await checkBoth('palette');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await page.keyboard.press('Shift+?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await checkBoth('shortcuts');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  await test.step('locked', async () => {
    await page.getByRole('button', { name: 'Ann Peeters' }).click();
    await expect(page.getByRole('menuitem', { name: 'Lock workspace' })).toBeVisible();
    await check('person menu');
    await page.getByRole('menuitem', { name: 'Lock workspace' }).click();
    await expect(page.getByLabel('Passphrase')).toBeVisible();
    await check('locked');
  });

  expect(found).toEqual([]);
});
