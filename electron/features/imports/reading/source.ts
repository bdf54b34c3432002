/**
 * What a file turns out to be, from its beginning alone: format, encoding, dialect, columns and what they fill. The
 * same answer serves the preview and the import, so that what was shown is what is done.
 */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import iconv from 'iconv-lite';
import { type CallError, callError } from '../../../../shared/contract/call.ts';
import type { ColumnMap, ImportTarget, NewImportField } from '../../../../shared/contract/import-fields.ts';
import type { ImportFormat, ImportKind } from '../../../../shared/contract/imports.ts';
import { type CustomFieldDefinition, customFieldName } from '../../../../shared/model/custom-field.ts';
import { err, ok, type Result } from '../../../../shared/result.ts';
import type { CustomColumn } from '../../../../shared/rules/custom-fields/import.ts';
import { toldOfColumns } from '../../../../shared/rules/formats/column-rules.ts';
import { detectFormat, detectKind } from '../../../../shared/rules/formats/known-formats.ts';
import { rowMapper } from '../../../../shared/rules/formats/row.ts';
import {
  type DateOrder,
  type DecimalSign,
  detectDateOrder,
  detectDecimalSign,
} from '../../../../shared/rules/normalise/values.ts';
import { type Dialect, detectDialect, looksLikeHeader, modalWidth, splitSample } from './dialect.ts';
import { detectEncoding, type Encoding, isKnownEncoding } from './encoding.ts';
import {
  headersOf,
  identifying,
  mappingOf,
  type SaidOfColumn,
  sampleRecords,
  widthsOf,
  withNewFields,
} from './columns.ts';
import { openSheet } from './sheet-source.ts';
import { unreadableError } from './unreadable.ts';
import type { Merge } from './xlsx/sheet.ts';

export type SourceOptions = {
  readonly path: string;
  readonly format: ImportFormat;
  readonly kind?: ImportKind | undefined;
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly hasHeader?: boolean | undefined;
  /** Of a workbook, by name. */
  readonly sheet?: string | undefined;
  /** The row of the sheet with the names of the columns. */
  readonly headerRow?: number | undefined;
  readonly columns?: ColumnMap | undefined;
  readonly keyColumn?: string | undefined;
  readonly region: string;
  /** The mapping that the user gave a file of these columns before. */
  readonly remembered: (headerSet: string, kind: ImportKind) => ColumnMap | null;
  /** Custom fields that there are. */
  readonly custom?: readonly CustomFieldDefinition[];
  /** Custom fields to make. */
  readonly newFields?: readonly NewImportField[];
  readonly leftoverFields?: boolean;
  /** An id for a field that is to be made. */
  readonly newId?: () => string;
};

export type SheetChoice = {
  readonly name: string;
  readonly sheets: readonly { readonly name: string; readonly hidden: boolean }[];
  /** Rows above it are no part of the table. */
  readonly firstLine: number;
  readonly rows: number | null;
  readonly merges: readonly Merge[];
};

export type FormatChosen = Exclude<ImportFormat, 'auto'>;

export type Source = {
  readonly path: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly format: FormatChosen;
  readonly kind: ImportKind;
  readonly encoding: Encoding;
  /** The columns; null for vCard. */
  readonly csv: CsvShape | null;
  /** Of a workbook: where the rows are. */
  readonly sheet: SheetChoice | null;
  readonly dateOrders: Readonly<Record<string, DateOrder>>;
  readonly decimalSign: DecimalSign;
  readonly warnings: readonly { readonly line: number | null; readonly message: string }[];
};

export type CsvShape = {
  /** Null for a sheet. */
  readonly dialect: Dialect | null;
  readonly hasHeader: boolean;
  /** False where the program decided that there is none and nobody confirmed it. */
  readonly headerCertain: boolean;
  readonly headers: readonly string[];
  readonly fields: readonly ImportTarget[];
  /** What was said of each column beside its field. */
  readonly rules: readonly (SaidOfColumn | null)[];
  /** Custom fields that an import makes before its first row. */
  readonly newFields: readonly CustomFieldDefinition[];
  /** Numbers of cells that a whole record may have. */
  readonly widths: readonly number[];
  readonly sample: readonly (readonly string[])[];
};

const sampleBytes = 256 * 1024;
const largestBytes = 16 * 1024 ** 3;

/** Errors: `fileMissing`, `fileUnreadable`, `fileTooLarge`, `fileEmpty`, `fileNotText`, `unknownFormat`. */
export async function openSource(options: SourceOptions): Promise<Result<Source, CallError>> {
  const found = statFile(options.path);
  if (!found.ok) return found;
  if (options.encoding !== undefined && !isKnownEncoding(options.encoding)) {
    return err(callError('fileUnreadable', `There is no encoding named ${options.encoding.slice(0, 40)}.`));
  }
  try {
    if (isArchive(options.path)) return ok(await openSheet(options, found.value, { tableOf }));
    const encoding = detectEncoding(options.path, options.encoding);
    if (!encoding.ok) return encoding;
    return describe(options, found.value, encoding.value);
  } catch (error) {
    const unreadable = unreadableError(error);
    return err(unreadable ?? fileError(error));
  }
}

/** What the file system throws → what a person can do about it; throws on what is a bug. */
export function fileError(error: unknown): CallError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return callError('fileMissing', 'The file is not there any more. Choose it again.');
  if (/^E[A-Z]+$/.test(code))
    return callError('fileUnreadable', 'The file cannot be read. Check it and its permissions.');
  throw error;
}

export type Stat = { readonly name: string; readonly sizeBytes: number; readonly modifiedMs: number };

function statFile(path: string): Result<Stat, CallError> {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) return err(callError('fileUnreadable', 'This is not a file. Choose a file.'));
    if (stat.size === 0) return err(callError('fileEmpty', 'The file is empty.'));
    if (stat.size > largestBytes) return err(callError('fileTooLarge', 'The file is larger than 16 GB. Divide it.'));
    return ok({ name: basename(path), sizeBytes: stat.size, modifiedMs: stat.mtimeMs });
  } catch (error) {
    return err(fileError(error));
  }
}

const isArchive = (path: string): boolean => {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(4);
    readSync(file, head, 0, 4, 0);
    // (an archive without entries begins with its end)
    return head.equals(Buffer.from('PK\u0003\u0004')) || head.equals(Buffer.from('PK\u0005\u0006'));
  } finally {
    closeSync(file);
  }
};

function readHead(path: string, encoding: Encoding): string {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(sampleBytes);
    const read = readSync(file, buffer, 0, sampleBytes, encoding.markBytes);
    return iconv.decode(buffer.subarray(0, read), encoding.name);
  } finally {
    closeSync(file);
  }
}

/** Without the record that the end of the sample cuts in two. */
function wholeRecords(sample: string, sizeBytes: number): string {
  if (sizeBytes <= sampleBytes) return sample;
  const end = Math.max(sample.lastIndexOf('\n'), sample.lastIndexOf('\r'));
  return end > 0 ? sample.slice(0, end + 1) : sample;
}

const isVcard = (sample: string): boolean => /^\s*(?:[\w-]+\.)?BEGIN:\s*VCARD/i.test(sample);

function describe(options: SourceOptions, stat: Stat, encoding: Encoding): Result<Source, CallError> {
  const sample = readHead(options.path, encoding);
  const base = {
    path: options.path,
    ...stat,
    encoding,
    decimalSign: 'point',
    dateOrders: {},
    sheet: null,
    warnings: [],
  } as const;
  if (options.format === 'vcard' || (options.format === 'auto' && isVcard(sample))) {
    if (!/BEGIN:\s*VCARD/i.test(sample)) return err(callError('unknownFormat', 'The file holds no vCard.'));
    const kind = options.kind === 'leads' || options.kind === 'members' ? options.kind : 'contacts';
    return ok({ ...base, format: 'vcard', kind, csv: null });
  }
  const text = wholeRecords(sample, stat.sizeBytes);
  if (
    /^\s*(?:<!doctype html|<html|<table)|<\?mso-application|urn:schemas-microsoft-com:office:spreadsheet/i.test(sample)
  ) {
    return err(
      callError(
        'fileNotText',
        'The file is a web page or old XML, though it may be called .xls. Open it in Excel, save it as .xlsx, and import that.',
      ),
    );
  }
  const dialect = detectDialect(text, { delimiter: options.delimiter });
  const records = splitSample(text, dialect.delimiter, dialect.quote, sampleRecords)
    .filter((record) => record.length > 1 || record[0] !== '')
    .slice(dialect.skipRecords);
  const guessed = looksLikeHeader(records[0] ?? []);
  const table = tableOf(options, records, guessed, 'csv');
  const data = table.csv.sample;
  const csv: CsvShape = { ...table.csv, dialect, widths: widthsOf(table.csv.headers, data) };
  return ok({
    ...base,
    ...table,
    csv,
    warnings: [...warningsOf(csv.hasHeader, guessed, text), ...rowWarnings(csv, stat.sizeBytes)],
  });
}

type Table = Pick<Source, 'format' | 'kind' | 'dateOrders' | 'decimalSign'> & { readonly csv: CsvShape };

/** What the first records of a table say about its columns. `plain`: what it is called where no program is recognised. */
function tableOf(
  options: SourceOptions,
  records: readonly (readonly string[])[],
  guessedHeader: boolean,
  plain: 'csv' | 'xlsx',
): Table {
  const first = records[0] ?? [];
  const hasHeader = options.hasHeader ?? guessedHeader;
  const data = hasHeader ? records.slice(1) : records;
  const headers = headersOf(first, hasHeader, modalWidth(data).width);
  const asked = options.format === 'auto' ? detectFormat(headers) : options.format;
  const format = ['csv', 'xlsx', 'vcard'].includes(asked) ? plain : (asked as FormatChosen);
  const kind = options.kind ?? detectKind(format, headers);
  const mapped = mappingOf(options, headers, data, kind, format === 'xlsx' ? 'csv' : format);
  const { fields, newFields } = withNewFields(options, headers, mapped.fields, data, kind);
  const columnsOf = (field: ImportTarget): string[] =>
    fields.flatMap((each, index) => (each === field ? data.map((record) => record[index] ?? '') : []));
  const ofKind = (wanted: 'number' | 'date') =>
    [...(options.custom ?? []), ...newFields].flatMap(({ id, kind: own }) =>
      own === wanted ? [customFieldName(id) as `x_${string}`] : [],
    );
  const numbers = [...(['annualRevenue', 'budgetAmount', 'employees'] as const), ...ofKind('number')].flatMap(
    columnsOf,
  );
  return {
    format,
    kind,
    csv: {
      dialect: null,
      hasHeader,
      headerCertain: hasHeader || options.hasHeader === false || options.columns !== undefined,
      headers,
      fields,
      rules: mapped.rules,
      newFields,
      widths: [headers.length],
      sample: data,
    },
    dateOrders: {
      birthDate: detectDateOrder(columnsOf('birthDate'), options.region),
      registeredAt: detectDateOrder(columnsOf('registeredAt'), options.region),
      occurredAt: detectDateOrder(columnsOf('occurredAt'), options.region),
      checkedInAt: detectDateOrder(columnsOf('checkedInAt'), options.region),
      checkedOutAt: detectDateOrder(columnsOf('checkedOutAt'), options.region),
      ...Object.fromEntries(
        ofKind('date').flatMap((name) =>
          fields.includes(name) ? [[name, detectDateOrder(columnsOf(name), options.region)]] : [],
        ),
      ),
    },
    // numbers of a sheet come with a point; only texts can be otherwise
    decimalSign: plain === 'xlsx' && !numbers.some((each) => each.includes(',')) ? 'point' : detectDecimalSign(numbers),
  };
}

function warningsOf(hasHeader: boolean, guessed: boolean, text: string): { line: number | null; message: string }[] {
  const warnings: { line: number | null; message: string }[] = [];
  if (!hasHeader && !guessed) {
    warnings.push({ line: 1, message: 'This looks like data, not like column names: it becomes a row.' });
  }
  if (text.includes('\ufffd')) {
    warnings.push({ line: null, message: 'Some characters cannot be read in this encoding. Try another.' });
  }
  if (text.includes('\u0000'))
    warnings.push({ line: null, message: 'The file holds NUL characters; they are left out.' });
  return warnings;
}

/** What the rows seen so far let expect, before anything is written. */
export function rowWarnings(csv: CsvShape, sizeBytes: number): { line: null; message: string }[] {
  const seen = csv.sample.length;
  if (seen === 0) return [{ line: null, message: 'The file has names of columns, but no row below them.' }];
  const odd = csv.sample.filter((record) => isRagged(record, csv)).length;
  if (odd === 0) return [];
  const where = isWhole(csv, sizeBytes) ? '' : ` among the first ${seen}`;
  const message =
    odd === 1
      ? `One row${where} has more or fewer cells than the file has columns. It will wait in Review.`
      : `${odd} rows${where} have more or fewer cells than the file has columns. They will wait in Review.`;
  return [{ line: null, message }];
}

/** The sample is all of the file. */
export const isWhole = (csv: CsvShape, sizeBytes: number): boolean =>
  csv.dialect === null
    ? csv.sample.length < sampleRecords - 1
    : csv.sample.length < sampleRecords - 100 && sizeBytes < sampleBytes;

/** Another number of cells than a whole record may have; blank ones too many are no harm. */
export const isRagged = (cells: readonly string[], { widths, headers }: CsvShape): boolean =>
  !widths.includes(cells.length) &&
  (cells.length < headers.length || cells.slice(headers.length).some((cell) => cell.trim() !== ''));

export const canMakeRecords = (shape: CsvShape): boolean =>
  shape.fields.some((field) => identifying.some((each) => each === field));

/** `custom`: the workspace's fields that columns fill. */
export const mapperOf = (
  { headers, fields, rules }: CsvShape,
  custom: readonly Pick<CustomColumn, 'name' | 'kind'>[],
) =>
  rowMapper(
    headers,
    fields,
    toldOfColumns(
      fields.map((field, index) => ({ field, rule: rules[index] ?? null })),
      custom,
    ),
  );
