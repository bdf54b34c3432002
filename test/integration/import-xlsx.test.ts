import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { importOptionsSchema } from '../../shared/contract/imports.ts';
import { write } from '../../db/records/write.ts';
import { writeSetting } from '../../db/store.ts';
import { importHandlers } from '../../electron/features/imports/imports.handlers.ts';
import { writeShippedConfiguration } from '../../electron/features/setup/shipped.ts';
import { contextOf } from '../helpers/context.ts';
import { freshStore, temporaryFolder, type TestStore } from '../helpers/store.ts';
import { type SheetParts, sheetData, workbookOf, workbookParts, zipOf } from '../helpers/workbook.ts';

/** The same workbook, written by three programs: openpyxl made it, LibreOffice worked its formulas out. */
const fixtures = join(import.meta.dirname, '../fixtures/import');

type Options = Partial<z.input<typeof importOptionsSchema>>;

function workspace(): TestStore {
  const test = freshStore();
  write(test.store, { cause: 'system' }, (w) => {
    writeSetting(test.store.connection, 'region', 'BE');
    writeShippedConfiguration(w);
  });
  return test;
}

function fileOf(content: Buffer, name = 'people.xlsx'): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

async function inspect(file: string, options: Options = {}) {
  const given = importOptionsSchema.parse({ file, ...options });
  const found = await importHandlers['imports.inspect'](given, contextOf(freshStore()));
  return found.ok ? found.value : found.error.code;
}

async function look(file: string, options: Options = {}) {
  const found = await inspect(file, options);
  if (typeof found === 'string') throw new Error(found);
  return found;
}

async function run(test: TestStore, file: string, options: Options = {}) {
  const result = await importHandlers['imports.run'](importOptionsSchema.parse({ file, ...options }), contextOf(test));
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

const sheet = (xml: string, name = 'People', hidden = false): SheetParts => ({ name, hidden, xml });
const people = [
  ['First Name', 'Last Name', 'Email', 'Job Title'],
  ['Ann', 'Peeters', 'ann@x.example', ''],
  ['Bob', 'Ruiz', '', 'Buyer'],
];

describe('a workbook', () => {
  it('is found by what it holds, whatever it is called, and imported once', async () => {
    const file = fileOf(workbookOf({ sheets: [sheet(sheetData(people))] }), 'people.dat');
    expect(await look(file)).toMatchObject({
      format: 'xlsx',
      kind: 'contacts',
      sheet: 'People',
      sheets: [{ name: 'People', hidden: false }],
      headerRow: 1,
      delimiter: null,
      rowsEstimate: 2,
      rowsCounted: true,
      columns: [{ field: 'givenName' }, { field: 'familyName' }, { field: 'email' }, { field: 'jobTitle' }],
      preview: [
        ['Ann', 'Peeters', 'ann@x.example', ''],
        ['Bob', 'Ruiz', '', 'Buyer'],
      ],
    });
    const test = workspace();
    expect(await run(test, file)).toMatchObject({ rows: 2, created: 2, failed: 0 });
    expect(await run(test, file)).toMatchObject({ rows: 2, created: 0, unchanged: 2 });
  });

  it('gives what a person sees: texts in runs, formulas, numbers by their format, dates, yes and no', async () => {
    const xml = `<sheetData>
      <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c><c r="E1" t="s"><v>4</v></c><c r="F1" t="s"><v>5</v></c><c r="G1" t="s"><v>6</v></c></row>
      <row r="2"><c r="A2" t="s"><v>7</v></c><c r="B2" t="str"><f>A2&amp;"x"</f><v>Kruse</v></c><c r="C2" s="1"><v>4020</v></c><c r="D2"><v>3.2475123456E10</v></c><c r="E2" s="2"><v>32874</v></c><c r="F2" t="b"><v>1</v></c><c r="G2" t="e"><v>#N/A</v></c></row>
      <row r="3"><c t="s"><v>8</v></c><c t="inlineStr"><is><r><t>Ru</t></r><r><t>iz</t></r></is></c><c r="E3" t="d"><v>1990-01-02T00:00:00</v></c><c><f>1+1</f></c></row>
    </sheetData>`;
    const shared = ['First Name', 'Last Name', 'Postal Code', 'Phone', 'Birthday', 'Do not allow Emails', 'Notes']
      .map((text) => `<si><t>${text}</t></si>`)
      .concat(
        '<si><r><t>Jo</t></r><r><rPr><b/></rPr><t xml:space="preserve">sé </t></r><rPh sb="0" eb="1"><t>zho</t></rPh></si>',
        '<si><t>王_x000D_芳</t></si>',
      );
    const file = fileOf(workbookOf({ sheets: [sheet(xml)], shared, formats: ['00000', 'dd\\-mm\\-yyyy'] }));
    const found = await look(file);
    expect(found.preview).toEqual([
      ['José ', 'Kruse', '04020', '32475123456', '1990-01-01', 'TRUE', ''],
      ['王\r芳', 'Ruiz', '', '', '1990-01-02', '', ''],
    ]);
    expect(found.warnings.map(({ message }) => message).join()).toContain('formulas');
    const test = workspace();
    await run(test, file);
    expect(test.store.sql("SELECT birthDate, allowEmail FROM contact WHERE familyName = 'Kruse'").get()).toEqual({
      birthDate: '1990-01-01',
      allowEmail: 0,
    });
  });

  it.each(['libreoffice', 'gnumeric', 'openpyxl'])('reads what %s writes as a person sees it there', async (writer) => {
    const { preview, headerRow, sheet: name, kind } = await look(join(fixtures, `${writer}.xlsx`));
    expect({ headerRow, name, kind }).toEqual({ headerRow: 3, name: 'Visitors', kind: 'contacts' });
    const [first, second, third] = preview;
    // texts, dates, a phone number and a postal code as texts, percent, a large sum, moments, yes and no
    expect(first).toEqual(
      '1|Maaike de Vos|maaike@kade.example|0475123456|1980-02-29|04020|25%|1234567.5|2026-03-04 10:15:00|TRUE|Kade NV|Wants a call'.split(
        '|',
      ),
    );
    // a formula, numbers that their format fills up, a cell merged with the one above, two lines
    expect(second).toEqual(
      '2|Léon Dubois|leon@kade.example|0475123457|1975-12-01|01000|50%|98765432109876|2026-03-04|FALSE|Kade NV|one\ntwo'.split(
        '|',
      ),
    );
    // an error is nothing
    expect(third).toEqual('3|王芳|wang@umi.example|+39 06 1234567|||||||Umi & Co <Ltd>|  spaced 😀 '.split('|'));
  });

  it('takes the first visible sheet with rows; any other by its name, hidden ones too', async () => {
    const sheets = [
      sheet(sheetData([['Nothing', 'here']]), 'Secret', true),
      sheet('<sheetData/>', 'Empty'),
      sheet(sheetData(people), 'People'),
    ];
    const file = fileOf(workbookOf({ sheets }));
    expect(await look(file)).toMatchObject({
      sheet: 'People',
      sheets: [
        { name: 'Secret', hidden: true },
        { name: 'Empty', hidden: false },
        { name: 'People', hidden: false },
      ],
    });
    expect(await look(file, { sheet: 'Secret', hasHeader: false })).toMatchObject({ preview: [['Nothing', 'here']] });
    expect(await inspect(file, { sheet: 'Elsewhere' })).toBe('notFound');
    expect(await inspect(fileOf(workbookOf({ sheets: [sheet('<sheetData/>')] })))).toBe('fileEmpty');
  });

  it('finds the row with the names below titles and blank rows, and takes another one that is asked for', async () => {
    const rows = [['Attendees of the fair'], [], ['', 'as of today'], ...people];
    const file = fileOf(workbookOf({ sheets: [sheet(sheetData(rows))] }));
    expect(await look(file)).toMatchObject({ headerRow: 4, hasHeader: true, rowsEstimate: 2 });
    expect(await look(file, { headerRow: 5, hasHeader: false })).toMatchObject({ headerRow: 5, rowsEstimate: 2 });
    expect((await run(workspace(), file)).rows).toBe(2);
  });

  it('fills merged cells into the rows that they reach into', async () => {
    const rows = [
      ['Company', 'First Name', 'Email'],
      ['Acme', 'Ann', 'ann@x.example'],
      ['', 'Bob', 'bob@x.example'],
      ['Beta', 'Cid', 'cid@x.example'],
    ];
    const file = fileOf(
      workbookOf({
        sheets: [
          sheet(
            `${sheetData(rows)}<mergeCells count="2"><mergeCell ref="A2:A3"/><mergeCell ref="A1:B1"/></mergeCells>`,
          ),
        ],
      }),
    );
    const test = workspace();
    await run(test, file);
    expect(test.store.sql('SELECT company FROM contact ORDER BY givenName').pluck().all()).toEqual([
      'Acme',
      'Acme',
      'Beta',
    ]);
  });

  it('reads a sheet of 16,000 columns', async () => {
    const names = Array.from({ length: 16_000 }, (_, at) =>
      at === 15_999 ? 'Email' : at === 0 ? 'First Name' : `Extra ${at}`,
    );
    const values = names.map((_, at) => (at === 15_999 ? 'ann@x.example' : at === 0 ? 'Ann' : 'x'));
    const file = fileOf(workbookOf({ sheets: [sheet(sheetData([names, values]))] }));
    const test = workspace();
    expect(await run(test, file)).toMatchObject({ created: 1 });
    expect(test.store.sql('SELECT email FROM contact').pluck().get()).toBe('ann@x.example');
  });

  it('reads 20,000 rows beside the writer, cut and taken up again as any file', { timeout: 120_000 }, async () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => [`Given${at}`, `Family${at}`, `p${at}@x.example`, 'Buyer']);
    const file = fileOf(workbookOf({ sheets: [sheet(sheetData([people[0] ?? [], ...rows]))] }));
    const test = workspace();
    let looked = 0;
    const cut = await importHandlers['imports.run'](
      importOptionsSchema.parse({ file }),
      contextOf(test, () => (looked += 1) > 3),
    );
    if (!cut.ok) throw new Error(cut.error.code);
    expect(cut.value.cancelled).toBe(true);
    const after = await importHandlers['imports.continue']({ importId: cut.value.importId }, contextOf(test));
    expect(after).toMatchObject({ ok: true, value: { rows: 20_000, created: 20_000 } });
  });
});

describe('what is no workbook, or no good one', () => {
  const book = workbookParts({ sheets: [sheet(sheetData(people))] });
  const ole = (...names: string[]): Buffer =>
    Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      Buffer.alloc(600),
      ...names.map((name) => Buffer.from(name, 'utf16le')),
    ]);
  const huge = `<worksheet><sheetData>${'<row r="1"><c r="A1"><v>1</v></c></row>'.repeat(1_800_000)}</sheetData></worksheet>`;
  const replaced = (name: string, data: string | Buffer, claimed?: number) =>
    zipOf(
      book.map((part) => (part.name === name ? { name, data, ...(claimed === undefined ? {} : { claimed }) } : part)),
    );

  it.each<readonly [string, () => Buffer, string]>([
    ['a zip bomb', () => replaced('xl/worksheets/sheet1.xml', huge), 'fileTooLarge'],
    [
      'a zip bomb that lies about its size',
      () => replaced('xl/worksheets/sheet1.xml', huge.slice(0, 1_000_000), 1000),
      'fileUnreadable',
    ],
    [
      'a cell without end',
      () => replaced('xl/sharedStrings.xml', `<sst><si><t>${'x'.repeat(34_000_000)}</t></si></sst>`),
      'fileTooLarge',
    ],
    ['a workbook with a password', () => ole('EncryptedPackage'), 'fileEncrypted'],
    ['an old workbook', () => ole('Workbook'), 'fileNotText'],
    ['an old document', () => ole('WordDocument'), 'fileNotText'],
    [
      'an OpenDocument sheet',
      () =>
        zipOf([
          { name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet' },
          { name: 'content.xml', data: '<x/>' },
        ]),
      'fileNotText',
    ],
    ['a Numbers document', () => zipOf([{ name: 'Index/Document.iwa', data: 'x' }]), 'fileNotText'],
    ['a binary workbook', () => zipOf([{ name: 'xl/workbook.bin', data: 'x' }]), 'fileNotText'],
    ['another archive', () => zipOf([{ name: 'a.csv', data: 'a,b' }]), 'fileNotText'],
    ['an empty archive', () => zipOf([]), 'fileNotText'],
    ['broken XML', () => replaced('xl/worksheets/sheet1.xml', '<worksheet><sheetData><row>'), 'fileUnreadable'],
    [
      'a workbook without its sheet',
      () => zipOf(book.filter(({ name }) => !name.includes('sheet1'))),
      'fileUnreadable',
    ],
    ['a file that ends early', () => zipOf(book).subarray(0, 900), 'fileUnreadable'],
    ['a web page called .xls', () => Buffer.from('<html><table><tr><td>Ann</td></tr></table></html>'), 'fileNotText'],
    [
      'entities that grow',
      () =>
        replaced(
          'xl/worksheets/sheet1.xml',
          '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>',
        ),
      'fileUnreadable',
    ],
  ])('%s is refused in words', { timeout: 60_000 }, async (_, content, code) => {
    expect(await inspect(fileOf(content()))).toBe(code);
  });
});
