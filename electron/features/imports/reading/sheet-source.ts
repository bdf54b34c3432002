/**
 * A workbook as a source of rows: which sheet, which of its rows names the columns, and what they hold. The first
 * visible sheet with anything in it, where nobody chose.
 */
import { isKnownHeader } from '../../../../shared/rules/formats/mapping.ts';
import { sampleRecords } from './columns.ts';
import { looksLikeHeader, modalWidth } from './dialect.ts';
import type { CsvShape, Source, SourceOptions, Stat } from './source.ts';
import { UnreadableFile } from './unreadable.ts';
import { readSheet, scanSheet } from './xlsx/sheet.ts';
import { openWorkbook } from './xlsx/workbook.ts';

/** Titles and logos above a table are a few rows. */
const mostAbove = 25;

type Record = { readonly line: number; readonly cells: readonly string[] };
type Look = { readonly records: readonly Record[]; readonly emptyFormulas: number };
type Table = Pick<Source, 'format' | 'kind' | 'dateOrders' | 'decimalSign'> & { readonly csv: CsvShape };

type Deps = {
  /** What the first records of a table say about its columns. */
  readonly tableOf: (
    options: SourceOptions,
    records: readonly (readonly string[])[],
    guessedHeader: boolean,
    plain: 'xlsx',
  ) => Table;
};

/** Throws `UnreadableFile`, and what the file system throws. */
export async function openSheet(options: SourceOptions, stat: Stat, { tableOf }: Deps): Promise<Source> {
  const workbook = await openWorkbook(options.path);
  try {
    const { sheets } = workbook;
    const wanted = options.sheet === undefined ? null : (sheets.find(({ name }) => name === options.sheet) ?? null);
    if (options.sheet !== undefined && wanted === null) {
      throw new UnreadableFile('notFound', 'The workbook has no sheet of this name.');
    }
    const order = [...sheets.filter(({ isHidden }) => !isHidden), ...sheets.filter(({ isHidden }) => isHidden)];
    let chosen = wanted ?? order[0];
    let look: Look | null = null;
    for (const each of wanted === null ? order : [wanted]) {
      look = await firstRows(options.path, each.name, stat.sizeBytes);
      chosen = each;
      if (look.records.length > 0) break;
    }
    if (chosen === undefined || look === null)
      throw new UnreadableFile('fileEmpty', 'The workbook has no sheet with rows.');
    if (look.records.length === 0 && wanted === null)
      throw new UnreadableFile('fileEmpty', 'The sheets of the workbook are empty.');
    const facts = await scanSheet(workbook, chosen.name);
    // merged cells fill the rows that they reach into: in what is shown as in what is imported
    if (facts.merges.length > 0) look = await firstRows(options.path, chosen.name, stat.sizeBytes, facts.merges);
    const firstLine = options.headerRow ?? headerLine(look.records);
    const below = look.records.filter(({ line }) => line >= firstLine);
    const width = Math.max(0, ...below.map(({ cells }) => cells.length));
    const records = below.map(({ cells }) => Array.from({ length: width }, (_, at) => cells[at] ?? ''));
    const guessed = looksLikeHeader(records[0] ?? []);
    const named =
      (options.hasHeader ?? guessed) && records[0] ? [withNames(records[0], records), ...records.slice(1)] : records;
    const table = tableOf(options, named, guessed, 'xlsx');
    const above = look.records.length - below.length + (table.csv.hasHeader ? 1 : 0);
    return {
      path: options.path,
      ...stat,
      encoding: { name: 'utf-8', markBytes: 0 },
      ...table,
      sheet: {
        name: chosen.name,
        sheets: sheets.map(({ name, isHidden }) => ({ name, hidden: isHidden })),
        firstLine,
        rows: facts.rows === null ? null : Math.max(0, facts.rows - above),
        merges: facts.merges,
      },
      warnings: warningsOf(look, table.csv.hasHeader, guessed, records.length),
    };
  } finally {
    workbook.archive.close();
  }
}

async function firstRows(
  path: string,
  name: string,
  sizeBytes: number,
  merges: Parameters<typeof readSheet>[2] = [],
): Promise<Look> {
  const records: Record[] = [];
  let emptyFormulas = 0;
  for await (const batch of readSheet(path, name, merges, sizeBytes, () => (emptyFormulas += 1))) {
    records.push(...batch.records);
    if (records.length >= sampleRecords) break;
  }
  return { records: records.slice(0, sampleRecords), emptyFormulas };
}

const filled = ({ cells }: Record): number => cells.filter((cell) => cell.trim() !== '').length;

/** The first row that is about as wide as the rows of the table; what is narrower above it is a title. */
function headerLine(records: readonly Record[]): number {
  const width = modalWidth(records.map(({ cells }) => cells)).width;
  const least = Math.max(1, Math.min(2, width), Math.ceil(width / 2));
  const head = records.slice(0, mostAbove);
  const wide = head.filter((record) => filled(record) >= least);
  const names = wide.filter(({ cells }) => looksLikeHeader(cells));
  const known = names.find(({ cells }) => cells.some((cell) => isKnownHeader(cell.trim())));
  const full = names.find((record) => filled(record) >= width * 0.85);
  return (known ?? full ?? names[0] ?? wide[0] ?? records[0])?.line ?? 1;
}

/** A column that holds something is called by its place, where the header leaves it out. */
const withNames = (header: readonly string[], records: readonly (readonly string[])[]): readonly string[] =>
  header.map((name, at) =>
    name.trim() === '' && records.slice(1).some((record) => (record[at] ?? '') !== '') ? `Column ${at + 1}` : name,
  );

function warningsOf(
  { emptyFormulas }: Look,
  hasHeader: boolean,
  guessed: boolean,
  rows: number,
): { line: number | null; message: string }[] {
  const warnings: { line: number | null; message: string }[] = [];
  if (!hasHeader && !guessed) {
    warnings.push({ line: null, message: 'The first row looks like data, not like column names: it becomes a row.' });
  }
  if (rows <= (hasHeader ? 1 : 0)) {
    warnings.push({ line: null, message: 'The sheet has names of columns, but no row below them.' });
  }
  if (emptyFormulas > 0) {
    warnings.push({
      line: null,
      message:
        'Some formulas were saved without their value; their cells are empty. Open the file in Excel and save it.',
    });
  }
  return warnings;
}
