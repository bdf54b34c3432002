/**
 * Every area of a demo workspace, in light and in dark, with the records, dialogs and the palette that people live in,
 * holds WCAG 2.1 A and AA as far as a program can tell.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type RunningOutpost, startOutpost } from '../helpers/window.ts';

const passphrase = 'correct horse battery staple';
// a Tuesday morning, so that the call queue has somebody to call
const callingHoursMs = Date.parse('2026-11-24T10:00:00Z');

const withRecords = 'Tasks,Leads,Opportunities,Contacts,Accounts,Campaigns,Products,Subscription lists'.split(',');
const others = 'Home,Capture,Call queue,Segments,Events,Interactions,Import,Review,Duplicates,HQ,Settings'.split(',');
const areas = [...withRecords, ...others];

let folder: string;
let outpost: RunningOutpost;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'outpost-accessible-'));
  outpost = await startOutpost(join(folder, 'demo.outpost'), callingHoursMs);
});

test.afterAll(async () => {
  await outpost.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The dark differs from the light in its colours only: there, these alone are looked at, which takes half the time. */
async function violationsOn(page: Page, place: string, isDark: boolean): Promise<string[]> {
  // nothing half faded in
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => null))));
  // without frames there is nothing to put together in a second page
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const rules = isDark ? axe.withRules('color-contrast') : axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']);
  const { violations } = await rules.analyze();
  return violations.map(
    ({ id, nodes }) => `${place}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

const openFirstRow = async (page: Page): Promise<void> => {
  await expect(page.getByRole('grid').getByRole('row')).not.toHaveCount(1);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab').first()).toBeVisible();
};

test('every area is accessible, in light and in dark', async ({ page }) => {
  const found: string[] = [];
  const check = async (place: string, scheme = 'Light'): Promise<void> => {
    found.push(...(await violationsOn(page, `${place}, ${scheme}`, scheme === 'Dark')));
  };

  await test.step('first run', async () => {
    await page.goto(outpost.link);
    await page.getByText('The demo workspace').click();
    await page.getByRole('button', { name: 'Open the demo' }).click();
    await expect(page.getByText('Enter your name.')).toBeVisible();
    await check('first run with errors');
    await page.getByLabel('Your name').fill('Ann Peeters');
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await page.getByLabel('Passphrase again').fill(passphrase);
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

  for (const scheme of ['Light', 'Dark'] as const) {
    await test.step(scheme, async () => {
      await page.getByRole('button', { name: 'Ann Peeters' }).click();
      await expect(page.getByRole('menuitemradio', { name: scheme })).toBeVisible();
      await page.getByRole('menuitemradio', { name: scheme }).click();
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme.toLowerCase());
      for (const area of areas) {
        await page
          .getByRole('navigation')
          .getByRole('link', { name: new RegExp(`^${area}`) })
          .click();
        await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.locator('.mantine-Skeleton-root')).toHaveCount(0);
        await check(area, scheme);
        if (!withRecords.includes(area)) continue;
        await openFirstRow(page);
        await check(`one of ${area}`, scheme);
      }
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('dialog')).toBeVisible();
      await check('palette', scheme);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
      await page.keyboard.press('Shift+?');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
      await check('shortcuts', scheme);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    });
  }

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
