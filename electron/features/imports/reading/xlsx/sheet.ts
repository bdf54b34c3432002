/**
 * The rows of one sheet, streamed: each with its number in the sheet and its cells as text, as far as the last one that
 * holds something. Formulas give the value that was saved with them.
 */
import type { Entry } from 'yauzl';
import { cellText, plainStyle } from '../../../../../shared/rules/formats/cell-text.ts';
import type { CsvBatch, CsvRecord } from '../csv.ts';
import { UnreadableFile } from '../unreadable.ts';
import { damaged } from './archive.ts';
import { openWorkbook, readSharedTexts, readStyles, textCollector, type Workbook } from './workbook.ts';
import { type Attributes, parseXml } from './xml.ts';

/** 16 GB of XML are some hundred million cells. */
const largestSheet = 16 * 1024 ** 3;
/** The last column of a sheet is XFD. */
const mostColumns = 16_384;
const longestRow = 16 * 1024 * 1024;
/** A longer look at how long the sheet is and what is merged costs more than it tells. */
const scanLimit = 256 * 1024 * 1024;
const mostMerges = 20_000;

/** Rows by which cells of a column repeat the one above them: they are merged with it. */
export type Merge = { readonly column: number; readonly from: number; readonly to: number };

export type SheetFacts = {
  /** Null where the sheet is too long to count. */
  readonly rows: number | null;
  readonly merges: readonly Merge[];
};

/** `BC12` → 54 (from 0); -1 for none. */
function columnOf(reference: string | undefined): number {
  if (reference === undefined) return -1;
  let column = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const code = reference.charCodeAt(at) & 0xdf;
    if (code < 65 || code > 90) break;
    column = column * 26 + (code - 64);
  }
  return column - 1;
}

const rowOf = (reference: string): number => Number(/\d+$/.exec(reference)?.[0] ?? 0);

export const entryOf = ({ archive, sheets }: Workbook, name: string): Entry => {
  const place = sheets.find((each) => each.name === name);
  const entry = place && archive.entries.get(place.part.toLowerCase());
  if (entry === undefined) throw new UnreadableFile('notFound', 'The workbook has no sheet of this name.');
  return entry;
};

/** Goes through the sheet without taking it apart: how many rows, and what is merged downwards. */
export async function scanSheet(workbook: Workbook, name: string): Promise<SheetFacts> {
  const entry = entryOf(workbook, name);
  if (entry.uncompressedSize > scanLimit) return { rows: null, merges: [] };
  let rows = 0;
  let rest = '';
  const merges: Merge[] = [];
  for await (const chunk of workbook.archive.read(entry, scanLimit)) {
    const text = rest + chunk.toString('latin1');
    // what a tag at the end may still need
    const cut = Math.max(0, text.lastIndexOf('<'));
    const whole = text.slice(0, cut);
    rest = text.slice(cut, cut + 4096);
    rows += count(whole);
    addMerges(merges, whole);
  }
  rows += count(rest);
  addMerges(merges, rest);
  return { rows, merges };
}

const count = (text: string): number => text.match(/<(?:\w+:)?row[\s/>]/g)?.length ?? 0;

function addMerges(merges: Merge[], text: string): void {
  for (const [, from = '', to = ''] of text.matchAll(/<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]+\d+):([A-Z]+\d+)"/g)) {
    const [first, last] = [rowOf(from), rowOf(to)];
    // across columns the first one alone has the value
    if (last > first && merges.length < mostMerges) merges.push({ column: columnOf(from), from: first, to: last });
  }
}

type Cell = { column: number; type: string; style: number; value: string; isFormula: boolean };

/** Rows of the sheet, of which `merges` says which cells repeat. Progress is told in bytes of the file, `sizeBytes` long. `onEmptyFormula` hears of formulas without a value. */
export async function* readSheet(
  path: string,
  name: string,
  merges: readonly Merge[],
  sizeBytes: number,
  onEmptyFormula: () => void = () => undefined,
): AsyncGenerator<CsvBatch> {
  const workbook = await openWorkbook(path);
  try {
    const entry = entryOf(workbook, name);
    const [texts, styles] = [await readSharedTexts(workbook.archive), await readStyles(workbook.archive)];
    const text = (cell: Cell, inline: string): string => {
      switch (cell.type) {
        case 's':
          return texts[Number(cell.value)] ?? '';
        case 'inlineStr':
          return inline;
        case 'str':
          return cell.value;
        case 'b':
          return cell.value === '1' || cell.value === 'true' ? 'TRUE' : 'FALSE';
        // #N/A and its like are no value
        case 'e':
          return '';
        case 'd':
          return cell.value.replace('T', ' ').replace(/ 00:00:00(?:\.0+)?$/, '');
        default:
          return cellText(cell.value, styles[cell.style] ?? plainStyle, workbook.is1904);
      }
    };
    const rows = rowBuilder(text, repeatsOf(merges), onEmptyFormula);
    const size = Math.max(1, entry.uncompressedSize);
    for await (const bytes of parseXml(workbook.archive.read(entry, largestSheet), rows)) {
      const records = rows.take();
      if (records.length > 0) yield { records, bytes: Math.round((bytes / size) * sizeBytes) };
    }
  } finally {
    workbook.archive.close();
  }
}

function repeatsOf(merges: readonly Merge[]): Map<number, Merge[]> {
  const byRow = new Map<number, Merge[]>();
  for (const merge of merges) byRow.set(merge.from, [...(byRow.get(merge.from) ?? []), merge]);
  return byRow;
}

function rowBuilder(
  textOf: (cell: Cell, inline: string) => string,
  repeats: ReadonlyMap<number, readonly Merge[]>,
  onEmptyFormula: () => void,
) {
  let records: CsvRecord[] = [];
  let cells: string[] = [];
  let line = 0;
  let next = 0;
  let length = 0;
  let cell: Cell | null = null;
  let isValue = false;
  /** Merged cells that reach into the rows to come. */
  let open: { merge: Merge; text: string }[] = [];
  const inline = textCollector();

  const openRow = (attributes: Attributes): void => {
    const told = Number(attributes['r']);
    line = Number.isInteger(told) && told > line ? told : line + 1;
    cells = [];
    next = 0;
    length = 0;
  };
  const openCell = (attributes: Attributes): void => {
    const told = columnOf(attributes['r']);
    const column = told >= 0 ? told : next;
    if (column >= mostColumns) throw damaged();
    next = column + 1;
    const style = Number(attributes['s'] ?? 0);
    cell = { column, type: attributes['t'] ?? 'n', style, value: '', isFormula: false };
  };
  const closeCell = (): void => {
    if (cell === null) return;
    if (cell.isFormula && cell.value === '') onEmptyFormula();
    const given = inline.take();
    const text = cell.value === '' && cell.type !== 'inlineStr' ? '' : textOf(cell, given);
    if (text !== '') {
      length += text.length;
      if (length > longestRow) {
        throw new UnreadableFile('fileTooLarge', 'A row of the workbook holds more than 16 MB. It is not read.');
      }
      while (cells.length < cell.column) cells.push('');
      cells[cell.column] = text;
    }
    cell = null;
  };
  const closeRow = (): void => {
    open = open.filter(({ merge }) => merge.to >= line);
    for (const { merge, text } of open) {
      if ((cells[merge.column] ?? '') !== '') continue;
      while (cells.length < merge.column) cells.push('');
      cells[merge.column] = text;
    }
    for (const merge of repeats.get(line) ?? []) {
      const text = cells[merge.column] ?? '';
      if (text !== '') open.push({ merge, text });
    }
    if (cells.length > 0) records.push({ line, cells, damage: null });
  };
  return {
    open(name: string, attributes: Attributes): void {
      if (name === 'row') openRow(attributes);
      else if (name === 'c') openCell(attributes);
      else if (cell === null) return;
      else if (name === 'v') isValue = true;
      else if (name === 'f') cell.isFormula = true;
      else inline.open(name);
    },
    close(name: string): void {
      if (name === 'row') closeRow();
      else if (name === 'c') closeCell();
      else if (name === 'v') isValue = false;
      else if (cell !== null) inline.close(name);
    },
    text(text: string): void {
      if (cell === null) return;
      if (isValue) cell.value += text;
      else inline.text(text);
    },
    take(): CsvRecord[] {
      const taken = records;
      records = [];
      return taken;
    },
  };
}
