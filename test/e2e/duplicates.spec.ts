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
const mail = (address: string) => [
  { kind: 'work', address, primary: true, optedOut: false, bounced: false, valid: true },
];
const first = [header, ...people].join('\n');
const second = [`ref,${header}`, ...[...again, onceMore].map((row, at) => `r${at},${row}`)].join('\n');

const host = hostOf('empty');

const picture = async (page: Page, name: string): Promise<void> => {
  const to = process.env.OUTPOST_PICTURES;
  if (to) await page.screenshot({ path: join(to, `${name}.png`) });
};

/** A pair of keys must follow each other within a second or so, which a busy machine does not always do. */
const goTo = (page: Page, key: string, heading: string): Promise<void> =>
  expect(async () => {
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible({ timeout: 3000 });
  }).toPass();

type Asked = readonly [name: string, input: object];

/** Through the calls of the window's own host, one after the other. */
async function askAll(page: Page, asked: readonly Asked[]): Promise<void> {
  const answers = await page.evaluate(async (all) => {
    const said: { ok: boolean }[] = [];
    for (const [name, input] of all) {
      const response = await fetch('./api/call', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name, input }),
      });
      said.push((await response.json()) as { ok: boolean });
    }
    return said;
  }, asked);
  expect(answers.filter(({ ok }) => !ok)).toEqual([]);
}

/** The import has tests of its own. */
async function importFile(page: Page, text: string, options: object = {}): Promise<void> {
  const file = await page.evaluate(async (body) => {
    const taken = await fetch('./api/files?name=people.csv', { method: 'POST', body });
    const { value } = (await taken.json()) as { value: { file: string } | string };
    return typeof value === 'string' ? value : value.file;
  }, text);
  await askAll(page, [['imports.run', { file, kind: 'contacts', ...options }]]);
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
  // three kinds of records, Review and strategies in one workspace: it took 2.6 minutes beside much other work
  test.setTimeout(480_000);
  await test.step('a workspace with a hundred people, eleven of them once more', async () => {
    await page.goto(host.link);
    // calls are answered once the workspace is open
    await expect(page.getByRole('heading', { name: 'Home' })).toBeVisible();
    await importFile(page, first);
    await importFile(page, second, { keyColumn: 'ref' });
  });

  await test.step('the search', async () => {
    await goTo(page, 'd', 'Duplicates');
    await expect(page.getByText('Look for records that are there twice')).toBeVisible();
    await picture(page, 'start');
    await page.keyboard.press('s');
    await expect(page.getByText('10 groups of records that look like one')).toBeVisible({ timeout: 60_000 });
    await picture(page, 'found');
  });

  await test.step('it is still there after another page', async () => {
    await goTo(page, 'c', 'Contacts');
    await goTo(page, 'd', 'Duplicates');
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
    await goTo(page, 'd', 'Duplicates');
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

  // from here on in the small window, and dark
  const table = page.getByRole('table', { name: 'Values side by side' });

  await test.step('accounts: more than fit side by side, some left out, a choice by hand', async () => {
    const phones = [
      {
        kind: 'work',
        number: '+32 9 555 10 10',
        e164: null,
        extension: null,
        primary: true,
        doNotCall: false,
        valid: true,
      },
    ];
    const same = ['', ' NV', ' BV', ' SA', ' Ltd'].map((form, at): Asked => {
      const kind = at === 1 ? 'partner' : 'customer';
      const values = { name: `Quackenbush Pumps${form}`, kind, website: 'quackenbush.example', phones };
      return ['accounts.create', { values }];
    });
    const others = family.flatMap((name, at) =>
      given.slice(0, 4).map((also): Asked => {
        const values = { name: `${name} ${also} Trading`, website: `${name}${also}${at}.example`.toLowerCase() };
        return ['accounts.create', { values }];
      }),
    );
    await askAll(page, [...same, ...others]);
    await page.getByRole('radiogroup', { name: 'Which records' }).getByText('Accounts').click();
    await page.getByRole('button', { name: 'Search for duplicates' }).click();
    await expect(page.getByRole('listitem').filter({ hasText: '5 records that belong together' })).toBeVisible();
    const members = page.getByRole('region', { name: 'Records of this group' });
    await expect(members.getByRole('status')).toHaveText('5 of 5 records will be merged');
    const shown = await table.getByRole('columnheader').count();
    expect(shown).toBeLessThan(7);
    await picture(page, 'accounts');
    // the last two stay as they are: on other pages, by keys and by the mouse
    await page.keyboard.press('ArrowRight');
    await expect(members.getByRole('button', { name: 'Earlier records of the group' })).toBeEnabled();
    await members.getByRole('checkbox').last().focus();
    await page.keyboard.press('Space');
    await expect(members.getByRole('status')).toHaveText('4 of 5 records will be merged');
    await table.getByRole('checkbox', { checked: true }).last().uncheck();
    await expect(members.getByRole('status')).toHaveText('3 of 5 records will be merged');
    await table.getByRole('button', { name: 'Enter Kind by hand' }).click();
    await table.getByRole('combobox', { name: 'Enter Kind by hand' }).click();
    await page.getByRole('option', { name: 'Supplier' }).click();
    await table.getByRole('button', { name: 'Enter Phones by hand' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').first().fill('+32 9 555 20 20');
    await dialog.getByRole('button', { name: 'Take these' }).click();
    await expect(dialog).toBeHidden();
    await expect(table.getByRole('row', { name: /^Phones/ })).toContainText('+32 9 555 20 20');
    await picture(page, 'accounts-by-hand');
    await page.getByRole('button', { name: 'Merge 3' }).click();
    await expect(page.getByRole('listitem').filter({ hasText: '3 records that belong together' })).toBeVisible();
    await expect(table.getByRole('row', { name: /^Kind/ })).toContainText('Supplier');
    await page.keyboard.press('u');
    await expect(page.getByRole('listitem').filter({ hasText: '5 records that belong together' })).toBeVisible();
  });

  await test.step('leads of one interest are one, by yes or no and a reference', async () => {
    const lead = (more: object): Asked => {
      const values = {
        topic: 'Pumps',
        givenName: 'Clara',
        familyName: 'Okonkwo',
        emails: mail('c.okonkwo@firm.example'),
        ...more,
      };
      return ['leads.create', { values }];
    };
    await askAll(page, [lead({ decisionMaker: true }), lead({ decisionMaker: false, rating: 'hot' })]);
    await page.getByRole('radiogroup', { name: 'Which records' }).getByText('Leads').click();
    await page.getByRole('button', { name: 'Search for duplicates' }).click();
    await expect(page.getByText('1 group of records that look like one')).toBeVisible();
    await table.getByRole('button', { name: 'Enter Decision maker by hand' }).click();
    await table.getByRole('combobox', { name: 'Enter Decision maker by hand' }).click();
    await page.getByRole('option', { name: 'No', exact: true }).click();
    await picture(page, 'leads');
    await page.keyboard.press('Escape');
    await decide(page, 'm');
    await expect(page.getByText('No duplicates left')).toBeVisible();
  });

  await test.step('Review: the same for all that wait like this, and candidates merged', async () => {
    const twins = [0, 1, 2, 3].flatMap((at) =>
      ['Robert', 'Bob'].map((givenName): Asked => {
        const values = { givenName, familyName: `Waiting${at}`, emails: mail(`w${at}@x.example`) };
        return ['contacts.create', { values }];
      }),
    );
    await askAll(page, twins);
    const rows = [0, 1, 2, 3].map((at) => `Robert,Waiting${at},w${at}@x.example,Buyer`);
    await importFile(page, ['First Name,Last Name,Email,Job Title', ...rows].join('\n'));
    await goTo(page, 'r', 'Review');
    await expect(page.getByText('4 items wait', { exact: true })).toBeVisible();
    await expect(page.getByText('Do the same for the 3 others like this')).toBeVisible();
    await page.keyboard.press('m');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('button', { name: /^Use this one/ })).toHaveCount(1);
    await page.keyboard.press('a');
    await expect(page.getByRole('checkbox', { name: /Do the same/ })).toBeChecked();
    await picture(page, 'review');
    await page.keyboard.press('1');
    await expect(page.getByText('Nothing to decide')).toBeVisible();
    await page.getByText('4 items decided').locator('..').locator('..').getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('4 items wait', { exact: true })).toBeVisible();
  });

  await test.step('a strategy is made, tried on all records, saved, and asked about before it is left', async () => {
    await page.goto(`${page.url().split('#')[0]}#/settings/strategies/new`);
    await page.getByLabel('Name', { exact: true }).fill('Given name alone');
    await page.getByRole('combobox', { name: 'Add a field' }).click();
    await page.getByRole('option', { name: 'Given name' }).click();
    await page.getByRole('button', { name: 'Leave Email out' }).click();
    await expect(page.getByText('Every record is read for each item that comes in')).toBeVisible();
    await expect(page.getByText('José-María is compared as jose maria')).toBeVisible();
    await page.getByRole('button', { name: 'Try', exact: true }).click();
    await expect(page.getByText('Told apart')).toBeVisible();
    await picture(page, 'strategy');
    await page.getByRole('button', { name: 'Contact by email' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Keep editing' }).click();
    await page.keyboard.press('Control+s');
    await expect(page.getByRole('button', { name: 'Given name alone' })).toBeVisible();
    await page.getByRole('button', { name: 'Contact by email' }).click();
    await expect(page.getByText('people.csv').first()).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(overflow).toBe(false);
  });
});
