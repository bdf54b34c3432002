/**
 * How a CSV file is written: what separates fields and records, what quotes, whether the first record names the
 * columns. Decided by consistency: the separator that cuts most records of a sample into the same number of fields.
 */
import { emailKey } from '../../../../shared/rules/normalise/email.ts';
import { isKnownHeader } from '../../../../shared/rules/formats/mapping.ts';

export type Dialect = {
  readonly delimiter: string;
  readonly quote: string | null;
  readonly escape: string;
  /** Blanks after a separator do not belong to the field: `1, "Ada"`. */
  readonly trimLeft: boolean;
  readonly recordDelimiters: readonly string[];
  /** Records before the header: titles, comments, the `sep=;` of Excel. */
  readonly skipRecords: number;
};

const delimiters = [',', ';', '\t', '|'];

/** Records of a sample, cut by one separator; quotes respected. */
export function splitSample(text: string, delimiter: string, quote: string | null, limit = 200): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let quoted = false;
  let started = false;
  for (let at = 0; at < text.length && records.length < limit; at += 1) {
    const char = text[at] ?? '';
    if (quoted) {
      if (char === quote && text[at + 1] === quote) {
        field += char;
        at += 1;
      } else if (char === quote) quoted = false;
      else field += char;
    } else if (char === quote && field.trim() === '' && !started) {
      quoted = true;
      started = true;
      field = '';
    } else if (char === delimiter) {
      record.push(field);
      field = '';
      started = false;
    } else if (char === '\n' || char === '\r') {
      if (char === '\r' && text[at + 1] === '\n') at += 1;
      record.push(field);
      records.push(record);
      record = [];
      field = '';
      started = false;
    } else field += char;
  }
  if (records.length < limit && (field !== '' || record.length > 0)) records.push([...record, field]);
  return records;
}

const isBlank = (record: readonly string[]): boolean => record.every((field) => field.trim() === '');

/** The commonest number of fields and the share of records that have it. */
export function modalWidth(records: readonly (readonly string[])[]): { width: number; share: number } {
  const counts = new Map<number, number>();
  const filled = records.filter((record) => !isBlank(record) || record.length > 1);
  for (const record of filled) counts.set(record.length, (counts.get(record.length) ?? 0) + 1);
  let width = 1;
  let most = 0;
  for (const [each, count] of counts) {
    if (count > most || (count === most && each > width)) {
      width = each;
      most = count;
    }
  }
  return { width, share: filled.length === 0 ? 0 : most / filled.length };
}

function detectDelimiter(text: string, quote: string | null): string {
  let best = ',';
  let bestScore = 0;
  for (const delimiter of delimiters) {
    const records = splitSample(text, delimiter, quote);
    const { width, share } = modalWidth(records);
    if (width < 2) continue;
    // consistency first; more fields decide between two that are as consistent
    const score = share * share * (1 + Math.log2(width) / 10);
    if (score > bestScore + 1e-9) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

function detectQuote(text: string): string | null {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const double = count(/(?:^|[,;\t|\r\n])\s?"|"\s?(?:[,;\t|\r\n]|$)/g);
  const single = count(/(?:^|[,;\t|\r\n])\s?'[^'\r\n]*'\s?(?=[,;\t|\r\n]|$)/g);
  return double === 0 && single >= 4 && single >= count(/'/g) / 4 ? "'" : '"';
}

function detectRecordDelimiters(text: string): readonly string[] {
  const both = text.match(/\r\n/g)?.length ?? 0;
  const lf = (text.match(/\n/g)?.length ?? 0) - both;
  const cr = (text.match(/\r/g)?.length ?? 0) - both;
  // a lone CR inside an LF file is a blank, not the end of a record
  if (cr > 0 && lf === 0 && both === 0) return ['\r'];
  return cr > (lf + both) * 2 ? ['\r\n', '\n', '\r'] : ['\r\n', '\n'];
}

/** Excel's `sep=;` line. */
const separatorLine = /^"?sep=([,;|\t])"?(?:\r\n|\r|\n)/i;

export function detectDialect(sample: string, wanted: { delimiter?: string | undefined } = {}): Dialect {
  const told = separatorLine.exec(sample)?.[1];
  const body = told === undefined ? sample : sample.replace(separatorLine, '');
  const quote = detectQuote(body);
  const delimiter = wanted.delimiter ?? told ?? detectDelimiter(body, quote);
  const escaped = body.match(/\\"/g)?.length ?? 0;
  const doubled = body.match(/[^,;\t|\r\n]""[^,;\t|\r\n]/g)?.length ?? 0;
  const blanks = delimiter === '\t' ? 0 : (body.match(new RegExp(`\\${delimiter} +${quote}`, 'g'))?.length ?? 0);
  const records = splitSample(body, delimiter, quote);
  return {
    delimiter,
    quote,
    escape: quote === '"' && escaped > doubled ? '\\' : (quote ?? '"'),
    trimLeft: blanks > 0,
    recordDelimiters: detectRecordDelimiters(body),
    skipRecords: (told === undefined ? 0 : 1) + preamble(records),
  };
}

/** Titles and comments above the header: records of one field in a file of more. */
function preamble(records: readonly (readonly string[])[]): number {
  const { width, share } = modalWidth(records);
  if (width < 2 || share < 0.5) return 0;
  let skipped = 0;
  for (const record of records.slice(0, 20)) {
    const used = record.filter((field) => field.trim() !== '').length;
    // (the parser leaves empty lines out by itself)
    if (record.length === 1 && record[0] === '') continue;
    if (isBlank(record)) {
      skipped += 1;
      continue;
    }
    if (used > 1 || record.length >= width) break;
    skipped += 1;
  }
  return skipped;
}

/** True where the first record is data: an email, a number or a date never names a column. */
export function looksLikeHeader(first: readonly string[]): boolean {
  const filled = first.map((field) => field.trim()).filter((field) => field !== '');
  if (filled.length === 0) return false;
  if (filled.some((field) => isKnownHeader(field))) {
    return !filled.some((field) => emailKey(field) !== null);
  }
  return !filled.some(
    (field) =>
      emailKey(field) !== null || /^[+-]?[\d.,\s]+$/.test(field) || /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/.test(field),
  );
}
