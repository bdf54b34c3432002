/** What a file is and how it would be read, from its beginning alone; writes nothing. */
import type { CallError } from '../../../shared/contract/call.ts';
import { importFields } from '../../../shared/contract/import-fields.ts';
import type { Inspection } from '../../../shared/contract/imports.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { cleanCell } from '../../../shared/rules/formats/row.ts';
import { foldText } from '../../../shared/rules/normalise/fold.ts';
import type { ReadableStore } from '../../../db/store.ts';
import { type InspectInput, sourceOptions } from './plan.ts';
import { firstCards } from './reading/rows.ts';
import { isRagged, isWhole, openSource, type Source } from './reading/source.ts';

/** Reads the beginning of the file and writes nothing. */
export async function inspectFile(store: ReadableStore, input: InspectInput): Promise<Result<Inspection, CallError>> {
  const opened = await openSource(sourceOptions(store, input));
  if (!opened.ok) return opened;
  const source = opened.value;
  const { csv } = source;
  const cards = csv === null ? await cardsOf(source) : null;
  const head = cards?.preview ?? csv?.sample.slice(0, 20) ?? [];
  return ok({
    file: input.file,
    name: source.name,
    sizeBytes: source.sizeBytes,
    format: source.format,
    kind: source.kind,
    encoding: source.encoding.name,
    delimiter: csv?.dialect?.delimiter ?? null,
    sheets: [...(source.sheet?.sheets ?? [])],
    sheet: source.sheet?.name ?? null,
    headerRow: source.sheet?.firstLine ?? null,
    hasHeader: csv?.hasHeader ?? false,
    columns:
      csv?.headers.map((header, index) => ({
        header,
        field: csv.fields[index] ?? 'ignore',
        onHit: csv.rules[index]?.onHit ?? null,
        values: csv.rules[index]?.values ?? {},
        distinct: index < mostDistinctColumns ? distinctOf(csv.sample, index) : [],
        samples: csv.sample
          .map((record) => (record[index] ?? '').trim())
          .filter((cell) => cell !== '')
          .slice(0, 5)
          .map((cell) => cell.slice(0, 200)),
      })) ?? [],
    preview: head.map((record) => record.map((cell) => cell.slice(0, 500))),
    previewFields: cards?.fields ?? [],
    oddRows:
      csv === null || source.sheet !== null
        ? (cards?.torn ?? [])
        : head.flatMap((record, place) => (isRagged(record, csv) ? [place] : [])),
    rowsEstimate: cards?.count ?? estimateRows(source),
    rowsCounted: cards?.isCounted ?? (csv !== null && isWhole(csv, source.sizeBytes)),
    warnings: [...source.warnings, ...(cards?.warnings ?? [])],
  });
}

/** Enough of a file of cards to say how many there are about. */
const mostCounted = 2000;

async function cardsOf(source: Source) {
  const { cards, count, isCounted } = await firstCards(source, 20, mostCounted);
  const found = new Set(cards.flatMap(({ mapped }) => Object.keys(mapped)));
  const fields = importFields.filter((field) => found.has(field));
  return {
    fields,
    preview: cards.map(({ mapped }) => fields.map((field) => (mapped[field] ?? '').slice(0, 500))),
    torn: cards.flatMap(({ complete }, place) => (complete ? [] : [place])),
    count,
    isCounted,
    warnings: count === 0 ? [{ line: null, message: 'The file holds no card.' }] : [],
  };
}

/** A sheet may have sixteen thousand columns: those beyond are hardly choices. */
const mostDistinctColumns = 500;
const mostDistinct = 100;

/** Different values of a column; none where they are more than a choice has. */
function distinctOf(sample: readonly (readonly string[])[], index: number): Inspection['columns'][number]['distinct'] {
  const byKey = new Map<string, { value: string; count: number }>();
  for (const record of sample) {
    const value = cleanCell(record[index] ?? '');
    if (value === '' || value.length > 200) continue;
    const key = foldText(value);
    const known = byKey.get(key);
    if (known) known.count += 1;
    else byKey.set(key, { value, count: 1 });
    if (byKey.size > mostDistinct) return [];
  }
  return [...byKey.values()].toSorted((a, b) => b.count - a.count);
}

/** Reading runs ahead of the rows: only of a good part of the file do the bytes read say how many there are. */
const goodPart = 0.25;

/** Rows of the whole file, as far as can be told when so many of them and so many bytes were read; null for nobody knows. */
export function rowsInAll(source: Source, done: number, bytesRead: number): number | null {
  const share = Math.min(1, bytesRead / Math.max(1, source.sizeBytes));
  const estimate = share < goodPart ? estimateRows(source) : null;
  if (estimate !== null) return Math.max(done, estimate);
  return share > 0 ? Math.max(done, Math.round(done / share)) : null;
}

/** From the length of the rows seen; exact where the whole file was seen. */
function estimateRows(source: Source): number | null {
  const { csv } = source;
  if (source.sheet !== null && csv !== null)
    return isWhole(csv, source.sizeBytes) ? csv.sample.length : source.sheet.rows;
  if (csv === null || csv.sample.length === 0) return csv === null ? null : 0;
  if (isWhole(csv, source.sizeBytes)) return csv.sample.length;
  const characters = csv.sample.reduce(
    (sum, record) => sum + record.reduce((all, cell) => all + cell.length + 1, 1),
    0,
  );
  return Math.round(source.sizeBytes / (characters / csv.sample.length));
}
