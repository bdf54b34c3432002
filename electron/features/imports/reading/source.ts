/**
 * What a file turns out to be, from its beginning alone: format, encoding, dialect, columns and what they fill. The
 * same answer serves the preview and the import, so that what was shown is what is done.
 */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import iconv from 'iconv-lite';
import { type CallError, callError } from '../../../../shared/contract/call.ts';
import type { ImportField, ImportFormat, ImportKind } from '../../../../shared/contract/imports.ts';
import { err, ok, type Result } from '../../../../shared/result.ts';
import { headerKey, headerSetKey } from '../../../../shared/rules/formats/header.ts';
import { detectFormat, detectKind } from '../../../../shared/rules/formats/known-formats.ts';
import { fitsKind, guessMapping } from '../../../../shared/rules/formats/mapping.ts';
import { rowMapper } from '../../../../shared/rules/formats/row.ts';
import {
  type DateOrder,
  type DecimalSign,
  detectDateOrder,
  detectDecimalSign,
} from '../../../../shared/rules/normalise/values.ts';
import { type Dialect, detectDialect, looksLikeHeader, modalWidth, splitSample } from './dialect.ts';
import { detectEncoding, type Encoding, isKnownEncoding } from './encoding.ts';

export type SourceOptions = {
  readonly path: string;
  readonly format: ImportFormat;
  readonly kind?: ImportKind | undefined;
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly hasHeader?: boolean | undefined;
  readonly columns?: Readonly<Record<string, ImportField>> | undefined;
  readonly keyColumn?: string | undefined;
  readonly region: string;
  /** The mapping that the user gave a file of these columns before. */
  readonly remembered: (headerSet: string, kind: ImportKind) => Readonly<Record<string, ImportField>> | null;
};

type FormatChosen = Exclude<ImportFormat, 'auto'>;

export type Source = {
  readonly path: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly format: FormatChosen;
  readonly kind: ImportKind;
  readonly encoding: Encoding;
  /** Null for vCard. */
  readonly csv: CsvShape | null;
  readonly dateOrders: Readonly<Record<string, DateOrder>>;
  readonly decimalSign: DecimalSign;
  readonly warnings: readonly { readonly line: number | null; readonly message: string }[];
};

export type CsvShape = {
  readonly dialect: Dialect;
  readonly hasHeader: boolean;
  /** False where the program decided that there is none and nobody confirmed it. */
  readonly headerCertain: boolean;
  readonly headers: readonly string[];
  readonly fields: readonly ImportField[];
  /** Numbers of cells that a whole record may have. */
  readonly widths: readonly number[];
  readonly sample: readonly (readonly string[])[];
};

const sampleBytes = 256 * 1024;
const sampleRecords = 1000;
const largestBytes = 16 * 1024 ** 3;

/** Errors: `fileMissing`, `fileUnreadable`, `fileTooLarge`, `fileEmpty`, `fileNotText`, `unknownFormat`. */
export async function openSource(options: SourceOptions): Promise<Result<Source, CallError>> {
  const found = statFile(options.path);
  if (!found.ok) return found;
  if (options.encoding !== undefined && !isKnownEncoding(options.encoding)) {
    return err(callError('fileUnreadable', `There is no encoding named ${options.encoding.slice(0, 40)}.`));
  }
  try {
    const encoding = detectEncoding(options.path, options.encoding);
    if (!encoding.ok) return encoding;
    return describe(options, found.value, encoding.value);
  } catch (error) {
    return err(fileError(error));
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

type Stat = { readonly name: string; readonly sizeBytes: number; readonly modifiedMs: number };

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
  const base = { path: options.path, ...stat, encoding, decimalSign: 'point', dateOrders: {}, warnings: [] } as const;
  if (options.format === 'vcard' || (options.format === 'auto' && isVcard(sample))) {
    if (!/BEGIN:\s*VCARD/i.test(sample)) return err(callError('unknownFormat', 'The file holds no vCard.'));
    return ok({ ...base, format: 'vcard', kind: options.kind === 'leads' ? 'leads' : 'contacts', csv: null });
  }
  const text = wholeRecords(sample, stat.sizeBytes);
  const dialect = detectDialect(text, { delimiter: options.delimiter });
  const records = splitSample(text, dialect.delimiter, dialect.quote, sampleRecords)
    .filter((record) => record.length > 1 || record[0] !== '')
    .slice(dialect.skipRecords);
  const first = records[0] ?? [];
  const guessed = looksLikeHeader(first);
  const hasHeader = options.hasHeader ?? guessed;
  const data = hasHeader ? records.slice(1) : records;
  const headers = headersOf(first, hasHeader, modalWidth(data).width);
  const format = options.format === 'auto' ? detectFormat(headers) : options.format;
  const kind = options.kind ?? detectKind(format, headers);
  const fields = mappingOf(options, headers, data, kind, format);
  const columnsOf = (field: ImportField): string[] =>
    fields.flatMap((each, index) => (each === field ? data.map((record) => record[index] ?? '') : []));
  const numbers = (['annualRevenue', 'budgetAmount', 'employees'] as const).flatMap(columnsOf);
  const csv: CsvShape = {
    dialect,
    hasHeader,
    headerCertain: hasHeader || options.hasHeader === false || options.columns !== undefined,
    headers,
    fields,
    widths: widthsOf(headers, data),
    sample: data,
  };
  return ok({
    ...base,
    format,
    kind,
    csv,
    dateOrders: {
      birthDate: detectDateOrder(columnsOf('birthDate'), options.region),
      registeredAt: detectDateOrder(columnsOf('registeredAt'), options.region),
    },
    decimalSign: detectDecimalSign(numbers),
    warnings: [...warningsOf(hasHeader, guessed, text), ...rowWarnings(csv, stat.sizeBytes)],
  });
}

/** Names for all columns: the file's own, made different where two are alike, `Column 3` where there is none. */
function headersOf(first: readonly string[], hasHeader: boolean, width: number): readonly string[] {
  if (!hasHeader) return Array.from({ length: Math.max(width, first.length) }, (_, index) => `Column ${index + 1}`);
  const seen = new Map<string, number>();
  return first.map((cell) => {
    const header = cell.replace(/\s+/g, ' ').trim().slice(0, 1000);
    const count = (seen.get(header) ?? 0) + 1;
    seen.set(header, count);
    return count === 1 || header === '' ? header : `${header} (${count})`;
  });
}

function widthsOf(headers: readonly string[], data: readonly (readonly string[])[]): readonly number[] {
  const widths = new Set([headers.length]);
  // a header that ends in a separator names no column with its last field
  let named = headers.length;
  while (named > 1 && headers[named - 1] === '') named -= 1;
  for (let width = named; width < headers.length; width += 1) widths.add(width);
  // a whole file that is one column off is written that way
  const modal = modalWidth(data);
  if (data.length >= 2 && modal.share > 0.9 && modal.width > 1) widths.add(modal.width);
  return [...widths];
}

function mappingOf(
  options: SourceOptions,
  headers: readonly string[],
  data: readonly (readonly string[])[],
  kind: ImportKind,
  format: FormatChosen,
): readonly ImportField[] {
  const told = options.columns ?? options.remembered(headerSetKey(headers), kind);
  const guess = guessMapping(
    headers.map((header, index) => ({ header, samples: data.slice(0, 200).map((record) => record[index] ?? '') })),
    kind,
    format,
  );
  const byKey = told && new Map(Object.entries(told).map(([header, field]) => [columnKey(header), field]));
  const key = options.keyColumn === undefined ? null : columnKey(options.keyColumn);
  return headers.map((header, index) => {
    const own = columnKey(header);
    if (key !== null && own === key) return 'externalId';
    const field = byKey ? (byKey.get(own) ?? 'ignore') : (guess[index] ?? 'ignore');
    // one id a record: the chosen key's
    if (key !== null && field === 'externalId') return 'ignore';
    return fitsKind(kind, field) ? field : 'ignore';
  });
}

/** Headers without any letter or digit are told apart as they stand. */
const columnKey = (header: string): string => headerKey(header) || header.trim();

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
function rowWarnings(csv: CsvShape, sizeBytes: number): { line: null; message: string }[] {
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
  csv.sample.length < sampleRecords - 100 && sizeBytes < sampleBytes;

/** Another number of cells than a whole record may have; blank ones too many are no harm. */
export const isRagged = (cells: readonly string[], { widths, headers }: CsvShape): boolean =>
  !widths.includes(cells.length) &&
  (cells.length < headers.length || cells.slice(headers.length).some((cell) => cell.trim() !== ''));

/** Columns that can name or reach somebody; a file without any holds no records that could be made. */
const identifying: readonly ImportField[] = [
  'givenName',
  'familyName',
  'fullName',
  'company',
  'accountName',
  'email',
  'email2',
  'phone',
  'phone2',
  'mobilePhone',
  'homePhone',
  'otherPhone',
  'nickname',
];

export const canMakeRecords = (shape: CsvShape): boolean => shape.fields.some((field) => identifying.includes(field));

export const mapperOf = (shape: CsvShape) => rowMapper(shape.headers, shape.fields);
