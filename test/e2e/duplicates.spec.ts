/** Records that are there twice, through the window and by keys alone: found, compared, merged, kept apart, merged by the dozen, taken back. */
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { hostOf, test, violationsOn } from '../helpers/browser.ts';

const given = 'Anna Boris Clara Dimitri Elena Farid Greta Hugo Ines Jonas'.split(' ');
const family = 'Quackenbush Zwartveld Okonkwo Brandstrup Lindqvist Vermeersch Tanaka Ferrari Kowalczyk Delacroix'.split(
  ' ',
);
const born = (j: number): string => `19${50 + j * 4}-0${1 + (j % 9)}-1${j}`;
const header = 'First Name,Last Name,Email,Phone,DOB,Company,Job Title';
const people = given.flatMap((first, i) =>
  family.map((last, j) => {
    const phone = `+32 2 555 ${10 + i} ${10 + j}`;
    return `${first},${last},${first}.${last}@firm${i}.example,${phone},${born((i * 3 + j) % 10)},Company ${j},`;
  }),
);
// once more without an email, misspelt, with what the first one lacks
const again = family.map((last, j) => {
  const misspelt = last.slice(0, 4) + last.slice(4).replace(/[aeiou]/, 'e');
  return `${given[j]},${misspelt},,+32 2 555 ${10 + j} ${10 + j},${born((j * 4) % 10)},,Buyer`;
});
const onceMore = `Anna,Quackenbusch,,+32 2 555 10 10,${born(0)},,Head of Buying`;
const first = [header, ...people].join('\n');
const second = [`ref,${header}`, ...[...again, onceMore].map((row, at) => `r${at},${row}`)].join('\n');

const host = hostOf('empty');

const picture = async (page: Page, name: string): Promise<void> => {
  const to = process.env.OUTPOST_PICTURES;
  if (to) await page.screenshot({ path: join(to, `${name}.png`) });
};

/** Through the calls of the window's own host: the import has tests of its own. */
async function importFile(page: Page, file: string, keyColumn?: string): Promise<void> {
  const result = await page.evaluate(
    async ([path, key]) => {
      const ask = async (name: string, input: unknown) => {
        const response = await fetch('./api/call', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ name, input }),
        });
        return (await response.json()) as { ok: boolean };
      };
      const text = path as string;
      const taken = await fetch(`./api/files?name=people.csv`, { method: 'POST', body: text });
      const { value } = (await taken.json()) as { value: { file: string } | string };
      const ref = typeof value === 'string' ? value : value.file;
      return ask('imports.run', { file: ref, kind: 'contacts', ...(key === '' ? {} : { keyColumn: key }) });
    },
    [file, keyColumn ?? ''] as const,
  );
  expect(JSON.stringify(result)).toContain('"ok":true');
}

/** A decision by key about the group in sight, once its records were read. */
async function decide(page: Page, key: 'm' | 'd'): Promise<void> {
  await expect(page.getByRole('button', { name: 'Different records', exact: true })).toBeEnabled();
  await page.keyboard.press(key);
}

/** By key, to its end. */
async function searchAgain(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Search again' })).toBeEnabled();
  const answered = page.waitForResponse((response) =>
    (response.request().postData() ?? '').includes('"duplicates.search"'),
  );
  await page.keyboard.press('s');
  await answered;
}

test('duplicates are found, compared, merged, kept apart and taken back by keys alone', async ({ page }) => {
  await test.step('a workspace with a hundred people, eleven of them once more', async () => {
    await page.goto(host.link);
    await importFile(page, first);
    await importFile(page, second, 'ref');
  });

  await test.step('the search', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await expect(page.getByText('Look for records that are there twice')).toBeVisible();
    await picture(page, 'start');
    await page.keyboard.press('s');
    await expect(page.getByText('10 groups of records that look like one')).toBeVisible({ timeout: 60_000 });
    await picture(page, 'found');
  });

  await test.step('it is still there after another page', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await expect(page.getByRole('heading', { name: 'Contacts' })).toBeVisible();
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await expect(page.getByText('10 groups of records that look like one')).toBeVisible();
  });

  await test.step('three together, another survivor, a value by hand, merged and taken back', async () => {
    const three = page.getByRole('listitem').filter({ hasText: '3 records that belong together' });
    await three.getByRole('button').click();
    const table = page.getByRole('table', { name: 'Values side by side' });
    await expect(table.getByRole('columnheader')).toHaveCount(5);
    await page.keyboard.press('2');
    await expect(table.getByRole('radio').nth(1)).toBeChecked();
    await table.getByRole('button', { name: 'Enter Job title by hand' }).click();
    await table.getByRole('textbox', { name: 'Enter Job title by hand' }).fill('Chief Buyer');
    await page.keyboard.press('Enter');
    await picture(page, 'three');
    await decide(page, 'm');
    await expect(page.getByText('9 groups of records that look like one')).toBeVisible();
    await page.keyboard.press('u');
    await expect(page.getByText('10 groups of records that look like one')).toBeVisible();
  });

  await test.step('next, merge, different, and back again', async () => {
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await decide(page, 'm');
    await expect(page.getByText('9 groups of records that look like one')).toBeVisible();
    await decide(page, 'd');
    await expect(page.getByText('8 groups of records that look like one')).toBeVisible();
    // what was decided is not found again
    await searchAgain(page);
    await expect(page.getByText('8 groups of records that look like one')).toBeVisible();
    await page.keyboard.press('u');
    await searchAgain(page);
    await expect(page.getByText('9 groups of records that look like one')).toBeVisible();
  });

  await test.step('keys are listed behind ?', async () => {
    await page.keyboard.press('Shift+?');
    await expect(page.getByRole('dialog').getByText('Undo the last merge or decision')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  await test.step('a sample is checked, and the rest merged as one operation', async () => {
    await page.getByRole('button', { name: 'Merge many…' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('Nobody has checked yet.')).toBeVisible();
    await dialog.getByRole('slider').focus();
    for (let n = 0; n < 8; n += 1) await page.keyboard.press('ArrowLeft');
    await expect(dialog.getByText(/^9 groups/)).toBeVisible();
    await picture(page, 'bulk');
    await dialog.getByRole('button', { name: /^Check \d+ pairs/ }).click();
    await expect(dialog.getByText(/^Pair 1 of/)).toBeVisible();
    await picture(page, 'check');
    for (let n = 2; n < 4; n += 1) {
      await page.keyboard.press('1');
      await expect(dialog.getByText(new RegExp(`^Pair ${n} of`))).toBeVisible();
    }
    await dialog.getByRole('button', { name: 'Back to the level' }).click();
    await expect(dialog.getByText(/checked pairs just above the level are one/)).toBeVisible();
    await picture(page, 'estimate');
    await dialog.getByRole('button', { name: 'Merge 9 groups' }).click();
    await expect(page.getByText('No duplicates left')).toBeVisible();
    await expect(page.getByText(/records merged in 9 groups/)).toBeVisible();
    await picture(page, 'none');
    await page.keyboard.press('u');
    await expect(page.getByText('9 groups of records that look like one')).toBeVisible({ timeout: 60_000 });
  });

  await test.step('a contact’s own page offers what may be the same', async () => {
    await page.getByRole('table').getByRole('link').first().click();
    await expect(page.getByRole('tab').first()).toBeVisible();
    // folded away where the window is no wider than here
    await page.getByRole('button', { name: 'More about this record' }).click();
    await page.getByRole('menuitem', { name: 'Possible duplicates' }).click();
    await page.getByRole('button', { name: 'Compare and merge' }).first().click();
    await expect(page.getByRole('dialog').getByRole('table', { name: 'Values side by side' })).toBeVisible();
    await picture(page, 'contact');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await expect(page.getByText('9 groups of records that look like one')).toBeVisible();
  });

  await test.step('is accessible in light and dark', async () => {
    const found: string[] = [];
    for (const scheme of ['Light', 'Dark'] as const) {
      await page.getByRole('button', { name: 'Ann Peeters' }).click();
      await page.getByRole('menuitemradio', { name: scheme }).click();
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme.toLowerCase());
      await page.keyboard.press('Escape');
      await expect(page.getByRole('menuitemradio', { name: scheme })).toBeHidden();
      const check = async (place: string) => {
        for (const violation of await violationsOn(page)) found.push(`${place}, ${scheme}: ${violation}`);
      };
      await check('groups');
      await picture(page, `groups-${scheme}`);
      await page.getByRole('button', { name: 'Merge many…' }).click();
      await expect(page.getByRole('dialog').getByRole('slider')).toBeVisible();
      await check('many');
      await picture(page, `many-${scheme}`);
      await page.getByRole('button', { name: /^Check \d+ pairs/ }).click();
      await expect(page.getByText(/^Pair 1 of/)).toBeVisible();
      await check('check');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    }
    expect(found).toEqual([]);
  });

  await test.step('fits a small window', async () => {
    await page.setViewportSize({ width: 1024, height: 700 });
    await picture(page, 'small');
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(overflow).toBe(false);
  });
});
