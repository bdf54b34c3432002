/** The readers against files of other programs: the project's own shapes here, the shared sets where they are present. */
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { ImportField } from '../../shared/contract/import-fields.ts';
import { type CsvRecord, readCsv } from '../../electron/features/imports/reading/csv.ts';
import { detectDialect } from '../../electron/features/imports/reading/dialect.ts';
import { detectEncoding } from '../../electron/features/imports/reading/encoding.ts';
import { type ImportRow, readRows } from '../../electron/features/imports/reading/rows.ts';
import { openSource, type Source } from '../../electron/features/imports/reading/source.ts';
import { matchingDefinitionSchema } from '../../shared/rules/matching/definition.ts';
import { temporaryFolder } from '../helpers/store.ts';

const shared = join(import.meta.dirname, '../../../shared/data');
const present = existsSync(shared);

async function recordsOf(path: string): Promise<CsvRecord[]> {
  const encoding = detectEncoding(path);
  if (!encoding.ok) throw new Error(encoding.error.code);
  const head = readFileSync(path).subarray(encoding.value.markBytes, 256 * 1024);
  const text = iconv.decode(head, encoding.value.name);
  const records: CsvRecord[] = [];
  for await (const batch of readCsv(path, encoding.value, detectDialect(text))) records.push(...batch.records);
  return records;
}

const cellsOf = async (path: string): Promise<(readonly string[])[]> =>
  (await recordsOf(path)).map((record) => record.cells);

function fileOf(content: string | Buffer): string {
  const path = join(temporaryFolder(), 'file.csv');
  writeFileSync(path, content);
  return path;
}

async function sourceOf(path: string, columns?: Readonly<Record<string, ImportField>>): Promise<Source> {
  const opened = await openSource({ path, format: 'auto', region: 'BE', remembered: () => null, columns });
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

async function rowsOf(source: Source): Promise<ImportRow[]> {
  const rows: ImportRow[] = [];
  const draft = {
    kind: source.kind,
    region: 'BE',
    dateOrders: source.dateOrders,
    decimalSign: source.decimalSign,
    latestYear: 2026,
    timeZone: 'UTC',
  };
  const strategy = matchingDefinitionSchema.parse({ attributes: [{ attribute: 'email' }] });
  const settings = {
    source,
    draft,
    strategy,
    fingerprintScope: 'x',
    captureSource: 'x',
    keyByExternalId: false,
    batchRows: 500,
    keepAnswers: false,
  };
  for await (const batch of readRows(settings)) rows.push(...batch.rows);
  return rows;
}

describe('reading CSV', () => {
  const table = [
    ['Name', 'Note'],
    ['Ann', 'a, b'],
    ['Zoë', 'two\nlines'],
    ['Bob', 'say "hi"'],
  ];
  const text = 'Name,Note\r\nAnn,"a, b"\r\nZoë,"two\nlines"\r\nBob,"say ""hi"""\r\n';

  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 LE', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 BE', iconv.encode(`\ufeff${text}`, 'utf-16be')],
    ['UTF-16 LE without a mark', Buffer.from(text, 'utf16le')],
    ['Windows-1252', iconv.encode(text, 'windows-1252')],
    ['semicolons', Buffer.from('Name;Note\nAnn;a, b\nZoë;"two\nlines"\nBob;"say ""hi"""')],
    ['tabs', Buffer.from('Name\tNote\nAnn\ta, b\nZoë\t"two\nlines"\nBob\t"say ""hi"""\n')],
    ['pipes', Buffer.from('Name|Note\nAnn|a, b\nZoë|"two\nlines"\nBob|"say ""hi"""\n')],
    ['blanks before quotes', Buffer.from('Name, Note\nAnn, "a, b"\nZoë, "two\nlines"\nBob, "say ""hi"""\n')],
    ['backslash escapes', Buffer.from('"Name","Note"\n"Ann","a, b"\n"Zoë","two\nlines"\n"Bob","say \\"hi\\""\n')],
    ['a separator line of Excel', Buffer.from('sep=;\nName;Note\nAnn;a, b\nZoë;"two\nlines"\nBob;"say ""hi"""\n')],
    [
      'a title above',
      Buffer.from('Visitors of the fair\n\nName,Note\nAnn,"a, b"\nZoë,"two\nlines"\nBob,"say ""hi"""\n'),
    ],
  ])('reads the same table from %s', async (_, bytes) => {
    expect((await cellsOf(fileOf(bytes))).map((cells) => cells.map((cell) => cell.trim()))).toEqual(table);
  });

  it('reads lines that end in CR alone', async () => {
    expect(await cellsOf(fileOf('Name,Note\rAnn,x\rBob,y\r'))).toEqual([
      ['Name', 'Note'],
      ['Ann', 'x'],
      ['Bob', 'y'],
    ]);
  });

  it('goes on behind a quote that never closes, and says where it was', async () => {
    const records = await recordsOf(fileOf('a,b\n1,2\n3,"4\n5,6\n7,8\n'));
    expect(records.map(({ line, damage }) => [line, damage])).toEqual([
      [1, null],
      [2, null],
      [3, 'unclosedQuote'],
      [4, null],
      [5, null],
    ]);
  });

  it('counts lines inside quotes and blank lines', async () => {
    const records = await recordsOf(fileOf('a,b\n1,"x\ny\nz"\n\n\n2,3\n'));
    expect(records.map(({ line }) => line)).toEqual([1, 2, 7]);
  });

  it('finds late characters of an old encoding in a file that begins in ASCII', async () => {
    const filler = 'Ann,plain words here\n'.repeat(20_000);
    const cells = await cellsOf(fileOf(iconv.encode(`Name,Note\n${filler}Zoë,crème brûlée\n`, 'windows-1252')));
    expect(cells.at(-1)).toEqual(['Zoë', 'crème brûlée']);
  });

  it('reads a row of five megabytes', async () => {
    const cells = await cellsOf(fileOf(`Name,Note\nAnn,"${'x'.repeat(5_000_000)}"\nBob,y\n`));
    expect(cells.map((row) => row[1]?.length)).toEqual([4, 5_000_000, 1]);
  });

  it('streams a large file without holding it', { timeout: 120_000 }, async () => {
    const line = `Person,person@x.example,${'some words '.repeat(8)}\n`;
    const path = fileOf(`Name,Email,Note\n${line.repeat(200_000)}`);
    const encoding = detectEncoding(path);
    if (!encoding.ok) throw new Error('unreadable');
    let rows = 0;
    let largest = 0;
    const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
    for await (const batch of readCsv(path, encoding.value, detectDialect(`Name,Email,Note\n${line}`))) {
      rows += batch.records.length;
      const { arrayBuffers, heapUsed } = process.memoryUsage();
      largest = Math.max(largest, arrayBuffers + heapUsed - before);
    }
    expect(rows).toBe(200_001);
    expect(largest).toBeLessThan(150_000_000);
  });
});

/** The set's index says that this one's JSON holds another number than its CSV. */
const isTrue = (file: string): boolean => !file.includes('location_coordinates');

describe.skipIf(!present)('the shared CSV sets', () => {
  it.each(present ? globSync('csv/csv-spectrum/csvs/*.csv', { cwd: shared }).filter(isTrue) : [])(
    '%s is what it must be',
    async (file) => {
      const [header = [], ...data] = await cellsOf(join(shared, file));
      const expected = JSON.parse(
        readFileSync(join(shared, file.replace('/csvs/', '/json/').replace(/csv$/, 'json')), 'utf8'),
      ) as Record<string, string>[];
      const got = data.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])));
      // (the set's own JSON writes the line ends inside fields as LF, whatever the file has)
      const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll('\\r\\n', '\\n'));
      expect(plain(got)).toEqual(plain(expected));
    },
  );

  it('reads the same table from every encoding, and refuses UTF-32 that is broken as stored', async () => {
    const folder = join(shared, 'csv/dataloader');
    const plain = await cellsOf(join(folder, 'csvtext.csv'));
    for (const encoding of ['UTF8', 'UTF16BE', 'UTF16LE']) {
      expect(await cellsOf(join(folder, `csvtext_BOM_${encoding}.csv`))).toEqual(plain);
    }
    for (const encoding of ['UTF32BE', 'UTF32LE']) {
      expect(detectEncoding(join(folder, `csvtext_BOM_${encoding}.csv`))).toMatchObject({
        ok: false,
        error: { code: 'fileNotText' },
      });
    }
  });

  it.each([
    ['big5.txt', 'big5'],
    ['euc_kr.txt', 'euc-kr'],
    ['shiftjis.txt', 'shift_jis'],
    ['utf16le.txt', 'utf-16le'],
    ['utf8.txt', 'utf-8'],
    ['windows_1250.txt', 'windows-1250'],
    ['windows_1251.txt', 'windows-1251'],
    ['windows_1254.txt', 'windows-1254'],
    ['iso88598_he.txt', 'iso-8859-8'],
  ])('tells the encoding of %s', (file, name) => {
    expect(detectEncoding(join(shared, 'csv/encodings', file))).toMatchObject({ ok: true, value: { name } });
  });

  it('reads every file that is meant to break a reader, or refuses it with a code', async () => {
    const files = globSync('csv/{csvkit,frictionless,univocity,dataloader,pollock/polluted,pollock-survey/csv}/*', {
      cwd: shared,
    });
    expect(files.length).toBeGreaterThan(120);
    const refused: string[] = [];
    for (const file of files) {
      const opened = await openSource({
        path: join(shared, file),
        format: 'csv',
        region: 'BE',
        remembered: () => null,
      });
      if (opened.ok) await rowsOf(opened.value);
      else refused.push(`${basename(file)} ${opened.error.code}`);
    }
    expect(refused.toSorted()).toEqual([
      'csvtext_BOM_UTF32BE.csv fileNotText',
      'csvtext_BOM_UTF32LE.csv fileNotText',
      'empty.csv fileEmpty',
      'empty.csv fileEmpty',
      'file_no_payload.csv fileEmpty',
    ]);
  });
});

describe.skipIf(!present)('the shared CRM exports', () => {
  it.each([
    ['eventbrite/eventbrite_attendees.csv', 'eventbrite', 'registrations', 1, 0],
    ['datablist/leads-100.csv', 'csv', 'leads', 100, 0],
    ['datablist/people-100.csv', 'csv', 'contacts', 100, 0],
    ['datablist/customers-100.csv', 'csv', 'contacts', 100, 0],
    ['datablist/organizations-100.csv', 'csv', 'accounts', 100, 0],
    ['brian-dunning/uk-500.csv', 'csv', 'contacts', 500, 0],
    ['mautic/fakeleaddata.csv', 'csv', 'contacts', 54, 4],
    ['mautic/fakecompanydata.csv', 'csv', 'accounts', 4, 0],
    ['roundcube/gmail.csv', 'google', 'contacts', 1, 0],
    ['roundcube/outlook.csv', 'outlook', 'contacts', 1, 0],
    ['google-contacts/google_contacts_2024_format.csv', 'google', 'contacts', 1, 0],
    ['mailchimp/mailchimp_list_export.csv', 'mailchimp', 'contacts', 1, 0],
    ['dynamics/ContosoCoffee_D365Contacts.csv', 'dynamics365', 'contacts', 19, 0],
    ['salesforce-export/Contact.csv', 'salesforce', 'contacts', 1, 0],
    ['salesforce-dataloader/accountData.csv', 'salesforce', 'accounts', 423, 0],
    ['contacts-importer/contacts_500.csv', 'csv', 'contacts', 500, 0],
    ['address_book/contacts.csv', 'csv', 'contacts', 6, 0],
  ])('%s is %s: %s', async (file, format, kind, rows, troubled) => {
    const source = await sourceOf(join(shared, 'crm', file));
    expect([source.format, source.kind]).toEqual([format, kind]);
    const read = await rowsOf(source);
    expect([read.length, read.filter((row) => row.trouble !== null).length]).toEqual([rows, troubled]);
  });

  it.each(['csv_semicolon.csv', 'csv_no_header.csv'])(
    'reads the people of thunderbird/%s as its expectation says',
    async (file) => {
      const expected = (
        JSON.parse(readFileSync(join(shared, 'crm/thunderbird/addressbook.json'), 'utf8')) as {
          csv_import: Record<string, string>[];
        }
      ).csv_import;
      const read = await rowsOf(await sourceOf(join(shared, 'crm/thunderbird', file)));
      expect(
        read.map(({ values }) => [
          values.givenName,
          values.familyName,
          (values.emails as { address: string }[])[0]?.address,
        ]),
      ).toEqual(expected.map((person) => [person.FirstName, person.LastName, person.PrimaryEmail]));
    },
  );

  it('reads a Google file as the vCard beside it', async () => {
    const folder = join(shared, 'crm/roundcube');
    const [fromCsv] = await rowsOf(await sourceOf(join(folder, 'gmail.csv')));
    const [fromCard] = await rowsOf(await sourceOf(join(folder, 'gmail.vcf')));
    const facts = (row: ImportRow | undefined) => ({
      given: row?.values.givenName,
      company: row?.values.company,
      title: row?.values.jobTitle,
      birth: row?.values.birthDate,
      emails: ((row?.values.emails ?? []) as { address: string }[]).map((email) => email.address),
    });
    expect(facts(fromCsv)).toEqual(facts(fromCard));
  });
});

describe.skipIf(!present)('the shared vCards', () => {
  it('reads every card, and reports the ones that are torn', async () => {
    const files = globSync('vcard/**/*.vcf', { cwd: shared });
    let cards = 0;
    const torn: string[] = [];
    for (const file of files) {
      const rows = await rowsOf(await sourceOf(join(shared, file)));
      cards += rows.length;
      for (const row of rows) if (row.trouble === 'incompleteCard') torn.push(basename(file));
    }
    expect([files.length, cards, torn]).toEqual([48 - 3, 59, ['unparsable.vcf']]);
  });
});
