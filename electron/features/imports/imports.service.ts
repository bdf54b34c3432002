/**
 * An import: the file streams in, each batch is matched and written in a transaction of its own through the one write
 * path, and what was reported as saved is saved. Running it again, also after it was cut, changes nothing twice.
 */
import { type CallError, callError } from '../../../shared/contract/call.ts';
import type { ImportResult } from '../../../shared/contract/imports.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { headerSetKey } from '../../../shared/rules/formats/header.ts';
import {
  addImportRun,
  finishImportRun,
  type ImportCounts,
  noCounts,
  rememberMapping,
  saveCounts,
} from '../../../db/records/import-run.ts';
import { addReviewItem } from '../../../db/records/review-item.ts';
import { withRoom } from '../../../db/records/with-room.ts';
import { type Write, write } from '../../../db/records/write.ts';
import type { Job, WriteContext } from '../handler.ts';
import { candidatesOf } from './candidates.ts';
import { asFileError, captureSourceOf, contextOf, prepare, type Prepared, rowSettings, type RunInput } from './plan.ts';
import { rowStream } from './reading/row-stream.ts';
import { type ImportRow, mappedOf } from './reading/rows.ts';
import type { Source } from './reading/source.ts';
import type { RunContext } from './run-context.ts';
import { runRowsOf, targetOf, writeRow, type WrittenRow } from './row-writer.ts';

/** Rows a transaction: many, since each writes the index pages that it touches once; well under a second all the same. */
const batchRows = 6000;
const mostFailuresShown = 1000;

/** Files being imported right now: the same one in two windows is one import. */
const running = new Set<string>();

export async function runImport(context: WriteContext, input: RunInput): Promise<Result<ImportResult, CallError>> {
  if (running.has(input.file)) {
    return err(callError('importRunning', 'This file is being imported already. Wait until it is done.'));
  }
  running.add(input.file);
  try {
    const prepared = await prepare(context.store, input);
    return prepared.ok ? await carryOut(context, input, prepared.value) : prepared;
  } catch (error) {
    const known = asFileError(error);
    if (known !== null) return err(known);
    throw error;
  } finally {
    running.delete(input.file);
  }
}

async function carryOut(
  context: WriteContext,
  input: RunInput,
  prepared: Prepared,
): Promise<Result<ImportResult, CallError>> {
  const { store } = context;
  const { source } = prepared;
  const job = context.startJob('import', source.name, input.jobId);
  const about = { fileName: source.name, format: source.format, kind: source.kind };
  const captureSource = captureSourceOf(source);
  const run = write(store, { cause: 'import' }, () => {
    if (input.columns !== undefined && source.csv !== null) {
      rememberMapping(store, headerSetKey(source.csv.headers), source.kind, input.columns, context.now());
    }
    return addImportRun(store, { ...about, captureSource, startedAtMs: context.now() });
  }).value;
  const cause = { cause: 'import', label: source.name, operationId: run.id } as const;
  const runContext = write(store, cause, (w) => contextOf(w, input, prepared)).value;
  const total = await withRoom(store, () => writeAll({ context, job, runContext, source, run, cause }));
  const cancelled = total.cancelled;
  write(store, { cause: 'import' }, () => finishImportRun(store, run.row, context.now(), cancelled));
  const { counts, failures } = total;
  const rows = counts.created + counts.updated + counts.unchanged + counts.pending + counts.failed + counts.skipped;
  return ok({ importId: run.id, rows, ...counts, cancelled, failures });
}

type Running = {
  readonly context: WriteContext;
  readonly job: Job;
  readonly runContext: RunContext;
  readonly source: Source;
  readonly run: { readonly row: number; readonly id: string };
  readonly cause: { readonly cause: 'import'; readonly label: string; readonly operationId: string };
};

type Total = {
  readonly counts: ImportCounts;
  readonly failures: { line: number; reason: string }[];
  readonly cancelled: boolean;
};

async function writeAll(running: Running): Promise<Total> {
  const { context, job, source, cause } = running;
  const counts = noCounts();
  const failures: Total['failures'] = [];
  let done = 0;
  for await (const batch of rowStream(rowSettings(running.runContext, source, batchRows))) {
    if (job.isCancelled()) return { counts, failures, cancelled: true };
    const after = write(context.store, cause, (w) => writeBatch(running, w, batch.rows, { ...counts })).value;
    Object.assign(counts, after.counts);
    failures.push(...after.failures.slice(0, mostFailuresShown - failures.length));
    done += batch.rows.length;
    const share = Math.min(1, batch.bytes / Math.max(1, source.sizeBytes));
    job.report({ done, total: share > 0 ? Math.max(done, Math.round(done / share)) : null, saved: done });
    await job.breathe();
  }
  return { counts, failures, cancelled: false };
}

/** One transaction; answers the counts as they are after it. */
function writeBatch(
  running: Running,
  w: Write,
  rows: readonly ImportRow[],
  counts: ImportCounts,
): { counts: ImportCounts; failures: Total['failures'] } {
  const { runContext, run } = running;
  const failures: Total['failures'] = [];
  const runRows = runRowsOf(w, runContext, run.row);
  for (const row of rows) {
    const result = writeRow({ write: w, context: runContext, rows: runRows }, row);
    counts[result.outcome] += 1;
    if (result.outcome === 'created') counts.flagged += row.flagged.length;
    if ('reason' in result && !result.again) keepForReview(w, running, row, result);
    if (result.outcome === 'failed') failures.push({ line: row.line, reason: result.message });
  }
  saveCounts(w.store, run.row, counts);
  return { counts, failures };
}

function keepForReview(
  w: Write,
  { runContext, run }: Running,
  row: ImportRow,
  result: Extract<WrittenRow, { reason: unknown }>,
): void {
  addReviewItem(
    w.store,
    {
      source: 'import',
      sourceName: runContext.fileName,
      importRunRow: run.row,
      line: row.line,
      reason: result.reason,
      message: result.message,
      kind: runContext.kind,
      values: { ...mappedOf(row) },
      candidates: candidatesOf(w.store, targetOf(runContext.kind), result.candidates, mappedOf(row)),
      context: { ...runContext, fingerprint: Buffer.from(result.fingerprint).toString('hex') },
      captureKey: null,
    },
    w.atMs,
  );
}
