/**
 * A file as batches of rows ready for matching: read, mapped, normalised, each with the line it begins in. Runs on a
 * thread of its own beside the writer (parse-worker.ts) or in the calling thread; it touches no database.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import iconv from 'iconv-lite';
import type { ImportKind } from '../../../../shared/contract/imports.ts';
import type { Answer } from '../../../../shared/model/parts.ts';
import type { FlaggedValue } from '../../../../shared/model/parts.ts';
import {
  draftOf,
  type DraftSettings,
  type DraftValues,
  isNobody,
  type References,
} from '../../../../shared/rules/formats/draft.ts';
import { headerKey } from '../../../../shared/rules/formats/header.ts';
import { cleanCell, type MappedRow } from '../../../../shared/rules/formats/row.ts';
import { readCards, rowOfCard } from '../../../../shared/rules/formats/vcard.ts';
import type { MatchingDefinition } from '../../../../shared/rules/matching/definition.ts';
import { fingerprintText } from '../../../../shared/rules/matching/fingerprint.ts';
import { attributeValues, lookupKey } from '../../../../shared/rules/matching/identity.ts';
import { type CsvBatch, readCsv } from './csv.ts';
import { readSheet } from './xlsx/sheet.ts';
import { type CsvShape, isRagged, mapperOf, type Source } from './source.ts';

/** What parsing needs to know beside the file; survives structured cloning. */
export type RowSettings = {
  readonly source: Source;
  readonly draft: DraftSettings;
  readonly strategy: MatchingDefinition;
  /** What the fingerprint of a row without a key counts within. */
  readonly fingerprintScope: string;
  /** Of leads. */
  readonly captureSource: string | null;
  /** The file's own ids are the key. */
  readonly keyByExternalId: boolean;
  readonly batchRows: number;
  /** Rows of the file that were imported already. */
  readonly skipRows?: number;
  /** Columns that fill nothing become answers (registrations, lead forms). */
  readonly keepAnswers: boolean;
};

export type ImportRow = {
  readonly line: number;
  readonly values: DraftValues;
  readonly registration: DraftValues | null;
  /** Other records by name; null where the row names none. */
  readonly references: References | null;
  readonly flagged: readonly FlaggedValue[];
  /** As it came, for the review queue: JSON of a `MappedRow`, which few rows need and one string crosses threads best. */
  readonly mappedJson: string;
  /** Only of rows that no key identifies. */
  readonly fingerprint: Uint8Array | null;
  /** `leftOut`: by what was said of one of its values. */
  readonly trouble: 'ragged' | 'unclosedQuote' | 'incompleteCard' | 'nobody' | 'noKind' | 'noTime' | 'leftOut' | null;
};

export const mappedOf = (row: ImportRow): MappedRow => JSON.parse(row.mappedJson) as MappedRow;

/** Rows of the first batch, from which they grow: the writer has something to do while the parser warms up. */
const firstBatch = 500;

export type RowBatch = { readonly rows: readonly ImportRow[]; readonly bytes: number };

/** A batch on its way between threads: as one text, it is there in a third of the time that its many objects take. */
export const packBatch = ({ rows, bytes }: RowBatch): PackedBatch => ({
  bytes,
  rows: JSON.stringify(
    rows.map((row) => (row.fingerprint === null ? row : { ...row, fingerprint: hexOf(row.fingerprint) })),
  ),
});

export type PackedBatch = { readonly rows: string; readonly bytes: number };

export function unpackBatch({ rows, bytes }: PackedBatch): RowBatch {
  const unpacked = JSON.parse(rows) as (Omit<ImportRow, 'fingerprint'> & { fingerprint: string | Uint8Array | null })[];
  for (const row of unpacked)
    if (typeof row.fingerprint === 'string') row.fingerprint = Buffer.from(row.fingerprint, 'hex');
  return { rows: unpacked as ImportRow[], bytes };
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** What a fingerprint rests as. */
export const hashFingerprint = (text: string): Uint8Array =>
  new Uint8Array(createHash('sha256').update(text).digest().subarray(0, 16));

/** Whether the strategy, or the file's own id, identifies the row. */
function hasKey(settings: RowSettings, values: DraftValues): boolean {
  const identity = { ...values, captureSource: settings.captureSource, externalSource: 'file' };
  if (settings.keyByExternalId && attributeValues('externalId', identity).length > 0) return true;
  return lookupKey(settings.strategy, identity) !== null;
}

/** An interaction without a kind or a moment counts for nothing, or for the wrong thing. */
export function happeningProblem(kind: ImportKind, values: DraftValues | null): 'noKind' | 'noTime' | 'leftOut' | null {
  if (kind !== 'interactions') return null;
  if (values?.isLeftOut === true) return 'leftOut';
  if (values?.kind === undefined) return 'noKind';
  return values.occurredAtMs === undefined ? 'noTime' : null;
}

function toRow(
  settings: RowSettings,
  line: number,
  mapped: MappedRow,
  trouble: ImportRow['trouble'],
  fingerprint: () => string,
  answers: readonly Answer[],
): ImportRow {
  const { values, registration, references, flagged } = draftOf(mapped, settings.draft);
  if (answers.length > 0) {
    if (registration !== null) registration.answers = answers;
    else values.answers = answers;
  }
  const nobody = isNobody(settings.draft.kind, values);
  const problem = trouble ?? (nobody ? 'nobody' : happeningProblem(settings.draft.kind, registration));
  const keyed =
    problem === null &&
    (registration === null || settings.draft.kind === 'members'
      ? settings.draft.kind === 'accounts' || hasKey(settings, values)
      : registration.externalId !== undefined);
  return {
    line,
    values,
    registration,
    references,
    flagged,
    mappedJson: JSON.stringify(mapped),
    fingerprint: keyed ? null : hashFingerprint(fingerprint()),
    trouble: problem,
  };
}

/** Columns that every file of a format has are not somebody's question. */
const isQuestion = (header: string): boolean =>
  /\?|\S\s+\S+\s+\S/.test(header) &&
  !/^(?:eventbrite|order|attendee|home|work|billing|ticket|campaign|form|lead)\b/i.test(header);

/** Questions of the form that made the file, with their answers. */
function answersReader(shape: CsvShape, keep: boolean): (cells: readonly string[]) => readonly Answer[] {
  const columns = keep
    ? shape.headers.flatMap((header, index) =>
        shape.fields[index] === 'ignore' && isQuestion(header) ? [{ header, index, id: headerKey(header) }] : [],
      )
    : [];
  if (columns.length === 0) return () => [];
  return (cells) =>
    columns.flatMap(({ header, index, id }) => {
      const value = cleanCell(cells[index] ?? '');
      return value === '' || id === ''
        ? []
        : [{ questionId: id.slice(0, 80), question: header.slice(0, 400), value: value.slice(0, 4000) }];
    });
}

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell === '' || cleanCell(cell) === '');

function recordsOf(source: Source, shape: CsvShape): AsyncGenerator<CsvBatch> {
  if (source.sheet !== null) return readSheet(source.path, source.sheet.name, source.sheet.merges, source.sizeBytes);
  if (shape.dialect === null) throw new Error('a table that is neither a sheet nor text');
  return readCsv(source.path, source.encoding, shape.dialect);
}

const padded = (cells: readonly string[], width: number): readonly string[] =>
  cells.length >= width ? cells : Array.from({ length: width }, (_, at) => cells[at] ?? '');

async function* csvRows(settings: RowSettings, shape: CsvShape): AsyncGenerator<RowBatch> {
  const { source } = settings;
  const map = mapperOf(shape, settings.draft.custom ?? []);
  const answersOf = answersReader(shape, settings.keepAnswers);
  let header = shape.hasHeader;
  let rows: ImportRow[] = [];
  let size = Math.min(firstBatch, settings.batchRows);
  let toSkip = settings.skipRows ?? 0;
  for await (const { records, bytes } of recordsOf(source, shape)) {
    for (const { line, cells: own, damage } of records) {
      if (source.sheet !== null && line < source.sheet.firstLine) continue;
      if (header) {
        header = false;
        continue;
      }
      // a row of a sheet ends where its last value is
      const cells = source.sheet === null ? own : padded(own, shape.headers.length);
      if (damage === null && isBlank(cells)) continue;
      if (toSkip > 0) {
        toSkip -= 1;
        continue;
      }
      let trouble: ImportRow['trouble'] = damage;
      if (trouble === null && isRagged(cells, shape)) trouble = 'ragged';
      const fingerprint = (): string => fingerprintText(settings.fingerprintScope, shape.headers, cells);
      rows.push(toRow(settings, line, map(cells), trouble, fingerprint, answersOf(cells)));
      if (rows.length >= size) {
        yield { rows, bytes };
        rows = [];
        size = Math.min(size * 2, settings.batchRows);
      }
    }
  }
  yield { rows, bytes: source.sizeBytes };
}

async function* lines(source: Source, position: { bytes: number }): AsyncGenerator<string> {
  const stream = createReadStream(source.path, { highWaterMark: 256 * 1024, start: source.encoding.markBytes });
  // bytes, one character each; only the wide encodings have to be turned into UTF-8 first
  const decoder = source.encoding.name.startsWith('utf-16') ? iconv.getDecoder(source.encoding.name) : null;
  const latin1 = (text: string): string => Buffer.from(text).toString('latin1');
  let rest = '';
  for await (const chunk of stream) {
    const bytes = chunk as Buffer;
    position.bytes += bytes.length;
    rest += decoder ? latin1(decoder.write(bytes)) : bytes.toString('latin1');
    const parts = rest.split(/\r\n|\n|\r(?!$)/);
    rest = parts.pop() ?? '';
    yield* parts;
  }
  const last = rest + (decoder ? latin1(decoder.end() ?? '') : '');
  if (last !== '') yield* last.split(/\r\n|\n|\r/);
}

function cardDecoder(source: Source): (bytes: string, charset: string | null) => string {
  const own = source.encoding.name.startsWith('utf-16') ? 'utf-8' : source.encoding.name;
  return (bytes, charset) => {
    const plain = !/[\u0080-\u00ff]/.test(bytes);
    if (plain && (charset === null || !/^(?:iso-2022|utf-?7|hz)/i.test(charset))) return bytes;
    const name = charset !== null && iconv.encodingExists(charset) ? charset : own;
    return iconv.decode(Buffer.from(bytes, 'latin1'), name);
  };
}

async function* cardRows(settings: RowSettings): AsyncGenerator<RowBatch> {
  const { source } = settings;
  const position = { bytes: source.encoding.markBytes };
  let rows: ImportRow[] = [];
  let size = Math.min(firstBatch, settings.batchRows);
  let toSkip = settings.skipRows ?? 0;
  for await (const card of readCards(lines(source, position), cardDecoder(source))) {
    if (toSkip > 0) {
      toSkip -= 1;
      continue;
    }
    const mapped = rowOfCard(card);
    const entries = Object.entries(mapped);
    const fingerprint = (): string =>
      fingerprintText(
        settings.fingerprintScope,
        entries.map(([field]) => field),
        entries.map(([, value]) => value),
      );
    rows.push(toRow(settings, card.line, mapped, card.complete ? null : 'incompleteCard', fingerprint, []));
    if (rows.length >= size) {
      yield { rows, bytes: position.bytes };
      rows = [];
      size = Math.min(size * 2, settings.batchRows);
    }
  }
  yield { rows, bytes: source.sizeBytes };
}

export type FirstCards = {
  readonly cards: readonly { readonly mapped: MappedRow; readonly complete: boolean }[];
  /** In the file; about as many, where it goes on behind those read. */
  readonly count: number;
  readonly isCounted: boolean;
};

/** The first cards of a file, to look at before anything is written. */
export async function firstCards(source: Source, most: number, mostCounted: number): Promise<FirstCards> {
  const position = { bytes: source.encoding.markBytes };
  const cards: { mapped: MappedRow; complete: boolean }[] = [];
  let count = 0;
  for await (const card of readCards(lines(source, position), cardDecoder(source))) {
    count += 1;
    if (cards.length < most) cards.push({ mapped: rowOfCard(card), complete: card.complete });
    if (count < mostCounted) continue;
    return { cards, count: Math.round(count * (source.sizeBytes / position.bytes)), isCounted: false };
  }
  return { cards, count, isCounted: true };
}

/** Batches of at most `batchRows` rows, in the order of the file. Throws what the file system throws. */
export function readRows(settings: RowSettings): AsyncGenerator<RowBatch> {
  return settings.source.csv === null ? cardRows(settings) : csvRows(settings, settings.source.csv);
}
