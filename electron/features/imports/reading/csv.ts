/**
 * Reads a CSV file as a stream of records with their line numbers. Nothing is refused for its shape: a record that is
 * too long, too short or never closed its quotes comes out marked, for a person to put right.
 *
 * Memory stays flat: batches are handed over as they are read, and a single record may not exceed 16 MB.
 */
import { createReadStream } from 'node:fs';
import { type Parser, parse } from 'csv-parse';
import iconv from 'iconv-lite';
import type { Dialect } from './dialect.ts';
import type { Encoding } from './encoding.ts';

export type CsvRecord = {
  /** The line where the record begins; 1 is the first. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Set where the record could not be read to its end. */
  readonly damage: 'unclosedQuote' | null;
};

export type CsvBatch = {
  readonly records: readonly CsvRecord[];
  /** Of the file, read so far. */ readonly bytes: number;
};

const chunkBytes = 256 * 1024;
const longestRecord = 16 * 1024 * 1024;
/** After so many unclosed quotes the file has no quoting to rely on. */
const mostRepairs = 50;

type State = {
  readonly dialect: Dialect;
  records: CsvRecord[];
  parser: Parser;
  /** Fed since the end of the last complete record. */
  held: Buffer[];
  heldBytes: number;
  /** Bytes fed to this parser, and at the end of its last record. */
  fed: number;
  recordEnd: number;
  /** Lines before this parser's first. */
  lineBase: number;
  lastLine: number;
  repairs: number;
  toSkip: number;
};

/** Decoded bytes as UTF-8, which is what the parser reads. */
async function* utf8Chunks(path: string, encoding: Encoding): AsyncGenerator<{ chunk: Buffer; bytes: number }> {
  const stream = createReadStream(path, { highWaterMark: chunkBytes, start: encoding.markBytes });
  const decoder = encoding.name === 'utf-8' ? null : iconv.getDecoder(encoding.name);
  let bytes = encoding.markBytes;
  for await (const raw of stream) {
    const chunk = raw as Buffer;
    bytes += chunk.length;
    yield { chunk: decoder ? Buffer.from(decoder.write(chunk)) : chunk, bytes };
  }
  const rest = decoder?.end();
  if (rest) yield { chunk: Buffer.from(rest), bytes };
}

function newParser(
  state: Pick<State, 'dialect' | 'repairs'>,
  onRecord: (cells: string[], lines: number, bytes: number) => void,
): Parser {
  const { dialect } = state;
  const parser = parse({
    delimiter: dialect.delimiter,
    quote: dialect.quote === null || state.repairs > mostRepairs ? false : dialect.quote,
    escape: dialect.escape,
    record_delimiter: [...dialect.recordDelimiters],
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    ltrim: dialect.trimLeft,
    max_record_size: longestRecord,
    on_record: (record: unknown, context) => {
      onRecord(record as string[], context.lines, context.bytes);
      return null;
    },
  });
  parser.on('error', () => undefined);
  parser.resume();
  return parser;
}

function startParser(state: Omit<State, 'parser'> & { parser?: Parser }): void {
  state.fed = 0;
  state.recordEnd = 0;
  state.lastLine = 0;
  state.parser = newParser(state, (cells, lines, bytes) => {
    state.recordEnd = bytes;
    const line = state.lineBase + state.lastLine + 1;
    state.lastLine = lines;
    if (state.toSkip > 0) {
      state.toSkip -= 1;
      return;
    }
    state.records.push({ line: firstLine(line, cells, state.lineBase + lines), cells, damage: null });
  });
}

/** Blank lines before a record are counted with it: it begins where its own lines do. */
function firstLine(atEarliest: number, cells: readonly string[], end: number): number {
  let breaks = 0;
  for (const cell of cells) {
    for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) breaks += 1;
    if (!cell.includes('\n')) for (let at = cell.indexOf('\r'); at >= 0; at = cell.indexOf('\r', at + 1)) breaks += 1;
  }
  return Math.max(atEarliest, end - breaks);
}

/** Hands a chunk to the parser; false where it gave up on an endless record. */
function feed(state: State, chunk: Buffer): Promise<boolean> {
  state.held.push(chunk);
  state.heldBytes += chunk.length;
  state.fed += chunk.length;
  return new Promise((resolve) => {
    state.parser.write(chunk, (error) => {
      if (!error) trimHeld(state);
      resolve(!error);
    });
  });
}

/** Lets go of what belongs to complete records. */
function trimHeld(state: State): void {
  let spare = state.heldBytes - (state.fed - state.recordEnd);
  while (spare > 0) {
    const [first] = state.held;
    if (first === undefined) break;
    if (first.length <= spare) {
      state.held.shift();
      state.heldBytes -= first.length;
      spare -= first.length;
    } else {
      state.held[0] = first.subarray(spare);
      state.heldBytes -= spare;
      spare = 0;
    }
  }
}

const end = (parser: Parser): Promise<boolean> =>
  new Promise((resolve) => {
    parser.once('error', () => resolve(false));
    parser.once('end', () => resolve(true));
    parser.end();
  });

/** The record whose quote never closed becomes one damaged record of its first line; reading goes on behind it. */
async function repair(state: State): Promise<boolean> {
  trimHeld(state);
  const rest = Buffer.concat(state.held);
  let from = 0;
  let lines = 0;
  while (rest[from] === 10 || rest[from] === 13) {
    if (rest[from] === 10 || rest[from + 1] !== 10) lines += 1;
    from += 1;
  }
  const cut = lineEnd(rest, from);
  const text = rest.subarray(from, cut.at).toString('utf8');
  const line = state.lineBase + state.lastLine + lines + 1;
  state.records.push({ line, cells: text.replaceAll('"', '').split(state.dialect.delimiter), damage: 'unclosedQuote' });
  state.repairs += 1;
  state.lineBase = line;
  state.held = [];
  state.heldBytes = 0;
  startParser(state);
  const remaining = rest.subarray(cut.next);
  return remaining.length === 0 ? true : feed(state, remaining);
}

function lineEnd(bytes: Buffer, from: number): { at: number; next: number } {
  for (let at = from; at < bytes.length; at += 1) {
    if (bytes[at] === 10) return { at, next: at + 1 };
    if (bytes[at] === 13) return { at, next: bytes[at + 1] === 10 ? at + 2 : at + 1 };
  }
  return { at: bytes.length, next: bytes.length };
}

/** Records after the skipped ones, the header among them. Throws what the file system throws. */
export async function* readCsv(path: string, encoding: Encoding, dialect: Dialect): AsyncGenerator<CsvBatch> {
  const initial = {
    dialect,
    records: [] as CsvRecord[],
    held: [] as Buffer[],
    heldBytes: 0,
    fed: 0,
    recordEnd: 0,
    lineBase: 0,
    lastLine: 0,
    repairs: 0,
    toSkip: dialect.skipRecords,
  };
  startParser(initial);
  const state = initial as State;
  const take = (bytes: number): CsvBatch => {
    const { records } = state;
    state.records = [];
    return { records, bytes };
  };
  let read = 0;
  for await (const { chunk, bytes } of utf8Chunks(path, encoding)) {
    read = bytes;
    let fine = await feed(state, chunk);
    while (!fine) fine = await repair(state);
    if (state.records.length > 0) yield take(read);
  }
  while (!(await end(state.parser))) {
    if (state.heldBytes === 0) break;
    let fine = await repair(state);
    while (!fine) fine = await repair(state);
  }
  yield take(read);
}
