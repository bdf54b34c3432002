/**
 * Files for other systems and bundles for HQ. Records are read page by page and written as they come, so that an export
 * of any size takes little memory; between pages other calls of the thread are served. A file is whole or not there, and
 * an export that is stopped leaves none of its files.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { type CallResult, callError } from '../../../shared/contract/call.ts';
import type { OutputOf, ParsedInputOf } from '../../../shared/contract/index.ts';
import type { ContactRecord } from '../../../shared/model/entities.ts';
import { err, ok } from '../../../shared/result.ts';
import { neutralise } from '../../../shared/rules/formats/csv-export.ts';
import { cellsOf } from '../../../shared/rules/formats/export-target.ts';
import { vcardOf, type VCardVersion } from '../../../shared/rules/formats/vcard-export.ts';
import { custodyCounts } from '../../../db/hq/custody.ts';
import { beginFile, type FileInProgress, fileNameOf, freeName, type WrittenFile } from '../../../db/hq/whole-file.ts';
import type { ReadableStore, WritableStore } from '../../../db/store.ts';
import type { Job } from '../handler.ts';
import { shownFieldsOf } from '../../../db/records/model.ts';
import { exportBundle } from '../hq/bundles.service.ts';
import { countRecords, type ExportRecord, membersOf, pagesOf } from './export-records.ts';
import { createFindings } from './findings.ts';
import { type AnyTarget, type Area, areaOf, entityOfArea, type FileFormat, targetFor } from './targets.ts';

type RunInput = ParsedInputOf<'exports.run'>;
type RunOutput = OutputOf<'exports.run'>;

export async function runExport(
  store: WritableStore,
  input: RunInput,
  options: { readonly now: number; readonly job: Job },
): Promise<CallResult<RunOutput>> {
  const { format } = input;
  if (format !== 'bundle') return exportFiles(store, { ...input, format }, options);
  const done = await exportBundle(store, input.folder, { again: input.again, ...options });
  if (!done.ok) return done;
  const { changes, file } = done.value;
  return ok({ changes, records: 0, files: file === null ? [] : [file], preflight: [] });
}

export async function runPreflight(
  store: ReadableStore,
  input: ParsedInputOf<'exports.preflight'>,
  now: number,
): Promise<CallResult<OutputOf<'exports.preflight'>>> {
  const { format } = input;
  if (format === 'bundle') return ok({ records: custodyCounts(store).notYetExported, issues: [] });
  const chosen = choose(store, { ...input, format }, now);
  if (!chosen.ok) return chosen;
  const { area, target, members } = chosen.value;
  const findings = createFindings(format, area, target);
  let records = 0;
  for (const page of pagesOf(store, target.entity, members)) {
    for (const each of page) if (findings.look(each, cellsOf(target, each.record, each.context))) records += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return ok({ records, issues: findings.all() });
}

type Chosen = { readonly area: Area; readonly target: AnyTarget; readonly members: readonly number[] | null };

function choose(
  store: ReadableStore,
  input: { readonly format: FileFormat; readonly entity?: Area | undefined; readonly segmentId?: string | undefined },
  now: number,
): CallResult<Chosen> {
  const area = areaOf(input.format, input.entity);
  const target = targetFor(input.format, area, (entity) => shownFieldsOf(store, entity));
  const refuse = (path: string, message: string) =>
    err({ ...callError('badInput', message), issues: [{ path, message }] });
  if (!target) return refuse('entity', `The format ${input.format} has no ${area}.`);
  if (input.segmentId === undefined) return ok({ area, target, members: null });
  if (area === 'accounts') return refuse('segmentId', 'A segment holds contacts; accounts cannot be chosen by one.');
  const members = membersOf(store, input.segmentId, now);
  return members ? ok({ area, target, members }) : err(callError('notFound', 'There is no such segment.'));
}

const csvOptions = { record_delimiter: '\r\n', quoted_match: /[\r\n]/ } as const;
const byteOrderMark = '\uFEFF';

/** Rows → text of one format; `header` stands at the top of each file. */
type Encoder = {
  readonly header: string;
  readonly extension: string;
  encode(record: ExportRecord, cells: readonly string[]): string;
};

function encoderOf(format: FileFormat, target: AnyTarget, excelBom: boolean, vcardVersion: VCardVersion): Encoder {
  if (format === 'vcard') {
    return { header: '', extension: '.vcf', encode: ({ record }) => vcardOf(record as ContactRecord, vcardVersion) };
  }
  const clean = target.forSpreadsheet
    ? (cells: readonly string[]) => cells.map(neutralise)
    : (cells: readonly string[]) => [...cells];
  return {
    header: `${excelBom ? byteOrderMark : ''}${target.columns.map(({ header }) => header).join(',')}\r\n`,
    extension: '.csv',
    encode: (_record, cells) => stringify([clean(cells)], csvOptions),
  };
}

async function exportFiles(
  store: WritableStore,
  input: RunInput & { readonly format: FileFormat },
  { now, job }: { readonly now: number; readonly job: Job },
): Promise<CallResult<RunOutput>> {
  const chosen = choose(store, input, now);
  if (!chosen.ok) return chosen;
  const { area, target, members } = chosen.value;
  const encoder = encoderOf(input.format, target, input.excelBom, input.vcardVersion);
  const findings = createFindings(input.format, area, target);
  const total = countRecords(store, entityOfArea[area], members);
  const day = new Date(now).toISOString().slice(0, 10);
  const files = splitFiles(input.folder, `${area} ${input.format} ${day}`, encoder, target);
  let records = 0;
  let seen = 0;
  try {
    for (const page of pagesOf(store, target.entity, members)) {
      for (const each of page) {
        const cells = cellsOf(target, each.record, each.context);
        if (!findings.look(each, cells)) continue;
        await files.add(encoder.encode(each, cells));
        records += 1;
      }
      seen += page.length;
      job.report({ done: seen, total, saved: 0 });
      await job.breathe();
      if (job.isCancelled()) {
        await files.abandon();
        return err(callError('cancelled', 'The export was stopped; no file was written.'));
      }
    }
    const written = await files.finish();
    job.report({ done: seen, total, saved: seen });
    return ok({ changes: 0, records, files: written, preflight: findings.all() });
  } catch (error) {
    await files.abandon();
    throw error;
  }
}

/** One file, or as many as the target's limits ask for: `…-1.csv`, `…-2.csv`. */
function splitFiles(folder: string, stem: string, encoder: Encoder, target: AnyTarget) {
  const written: WrittenFile[] = [];
  let current: FileInProgress | null = null;
  let held: string[] = [];
  let heldBytes = 0;
  let rows = 0;
  const headerBytes = Buffer.byteLength(encoder.header);

  const drain = async (): Promise<void> => {
    if (current && held.length > 0) await current.write(held.join(''));
    held = [];
    heldBytes = 0;
  };
  const begin = async (number: number): Promise<void> => {
    const name = fileNameOf(number > 1 ? `${stem} ${number}` : stem, encoder.extension);
    current = await beginFile(folder, freeName(folder, name));
    held = [encoder.header];
    heldBytes = headerBytes;
    rows = 0;
  };
  const close = async (): Promise<void> => {
    await drain();
    if (current) written.push(await current.finish());
    current = null;
  };
  return {
    async add(row: string): Promise<void> {
      const bytes = Buffer.byteLength(row);
      const isFull =
        current !== null &&
        rows > 0 &&
        ((target.maxRows !== undefined && rows >= target.maxRows) ||
          (target.maxBytes !== undefined && current.bytes() + heldBytes + bytes > target.maxBytes));
      if (isFull) await close();
      if (current === null) await begin(written.length + 1);
      held.push(row);
      heldBytes += bytes;
      rows += 1;
      if (heldBytes > 256 * 1024) await drain();
    },
    /** A file with its header alone where there was no record. */
    async finish(): Promise<WrittenFile[]> {
      if (current === null && written.length === 0) await begin(1);
      await close();
      return written;
    },
    async abandon(): Promise<void> {
      await current?.abandon();
      for (const { name } of written) await rm(join(folder, name), { force: true });
    },
  };
}
