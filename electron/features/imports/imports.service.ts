/**
 * An import: the file streams in, each batch is matched and written in a transaction of its own through the one write
 * path, and what was reported as saved is saved. Running it again, also after it was cut, changes nothing twice.
 */
import { type CallError, callError } from '../../../shared/contract/call.ts';
import { importOptionsSchema, type ImportResult } from '../../../shared/contract/imports.ts';
import type { ParsedInputOf } from '../../../shared/contract/index.ts';
import { isCustomFieldName } from '../../../shared/model/custom-field.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { headerSetKey } from '../../../shared/rules/formats/header.ts';
import {
  addImportRun,
  findImportRun,
  finishImportRun,
  type ImportCounts,
  type ImportRun,
  interruptImportRun,
  keepRunContext,
  noCounts,
  readRunPlan,
  rememberMapping,
  reopenImportRun,
  saveCounts,
} from '../../../db/records/import-run.ts';
import { addReviewItem } from '../../../db/records/review-item.ts';
import { withRoom } from '../../../db/records/with-room.ts';
import { type Write, write } from '../../../db/records/write.ts';
import type { Job, WriteContext } from '../handler.ts';
import { candidatesOf } from './candidates.ts';
import { fileChanged, fileMark, hasChanged } from './file-mark.ts';
import { rowsInAll } from './inspect.ts';
import { linkForward } from './forward-references.ts';
import {
  asFileError,
  asRead,
  captureSourceOf,
  contextOf,
  prepare,
  type Prepared,
  rowSettings,
  type RunInput,
  saidOfColumns,
  withCurrentFields,
} from './plan.ts';
import { rowStream } from './reading/row-stream.ts';
import { type ImportRow, mappedOf } from './reading/rows.ts';
import type { Source } from './reading/source.ts';
import { type RunContext, runContextSchema } from './run-context.ts';
import { runRowsOf, targetOf, writeRow, type WrittenRow } from './row-writer.ts';

/** Rows a transaction: many, since each writes the index pages that it touches once; well under a second all the same. */
const batchRows = 4000;
const mostFailuresShown = 1000;

/** Marks of files and ids of runs under way: the same file in two windows is one import, whatever each window calls it. */
const running = new Set<string>();

export async function runImport(context: WriteContext, input: RunInput): Promise<Result<ImportResult, CallError>> {
  return alone(input.file, async () => {
    const prepared = await prepare(context.store, input);
    return prepared.ok ? carryOut(context, begin(context, input, prepared.value), input.jobId) : prepared;
  });
}

/** Errors: `importRunning`, what reading the file throws. */
async function alone(
  file: string,
  work: () => Promise<Result<ImportResult, CallError>>,
): Promise<Result<ImportResult, CallError>> {
  let mark: string | null = null;
  try {
    const own = fileMark(file);
    if (running.has(own)) {
      return err(callError('importRunning', 'This file is being imported already. Wait until it is done.'));
    }
    running.add((mark = own));
    return await work();
  } catch (error) {
    const known = asFileError(error);
    if (known !== null) return err(known);
    throw error;
  } finally {
    if (mark !== null) running.delete(mark);
  }
}

/**
 * Takes up a run that was cut, behind the last row that it saved. `file`: where the file is now, for one that is not
 * where it was. Errors: `notFound` (no such run, or nothing is left of it to do), `fileMissing`, `fileChanged`.
 */
export async function continueImport(
  context: WriteContext,
  input: ParsedInputOf<'imports.continue'>,
): Promise<Result<ImportResult, CallError>> {
  const { store } = context;
  const run = findImportRun(store, input.importId);
  if (run !== null && running.has(run.id)) {
    return err(callError('importRunning', 'This import is running already. Wait until it is done.'));
  }
  const plan = run === null ? null : readRunPlan(store, run.row);
  const path = input.file ?? run?.filePath ?? null;
  if (run === null || plan === null || path === null || !canGoOn(run)) {
    return err(callError('notFound', 'There is nothing left to do of this import.'));
  }
  running.add(run.id);
  try {
    return await alone(path, async () => {
      if (fileMark(path) !== run.fileMark) return err(fileChanged());
      const options = importOptionsSchema.parse({ ...(plan.options as object), file: path });
      const prepared = await prepare(store, options);
      if (!prepared.ok) return prepared;
      write(store, { cause: 'import' }, () => reopenImportRun(store, run.row));
      const { created, updated, unchanged, pending, failed, skipped, flagged } = run;
      const begun: Begun = {
        source: prepared.value.source,
        runContext: withCurrentFields(store, runContextSchema.parse(plan.context)),
        run,
        before: { created, updated, unchanged, pending, failed, skipped, flagged },
        rowsBefore: run.rowsDone,
      };
      return carryOut(context, begun, input.jobId);
    });
  } finally {
    running.delete(run.id);
  }
}

/** Cancelled, or ended before its file did. */
export const canGoOn = ({ cancelled, interruptedAtMs, undone, fileMark: mark }: ImportRun): boolean =>
  (cancelled || interruptedAtMs !== null) && !undone && mark !== null;

type Begun = {
  readonly source: Source;
  readonly runContext: RunContext;
  readonly run: { readonly row: number; readonly id: string };
  /** Of a run that is taken up again. */
  readonly before: ImportCounts;
  readonly rowsBefore: number;
};

function begin({ store, now }: WriteContext, input: RunInput, prepared: Prepared): Begun {
  const { source } = prepared;
  const about = { fileName: source.name, format: source.format, kind: source.kind };
  const captureSource = captureSourceOf(source);
  const origin = {
    filePath: source.path,
    fileBytes: source.sizeBytes,
    fileMark: fileMark(source.path),
    options: asRead(input, source),
  };
  const run = write(store, { cause: 'import' }, () => {
    if (input.columns !== undefined && source.csv !== null) {
      // fields that this import makes are what the next file of these columns fills
      const { headers, fields } = source.csv;
      const said = saidOfColumns(source.csv);
      const custom = headers.flatMap((header, index) =>
        isCustomFieldName(fields[index] ?? '') ? [[header, said[header] ?? 'ignore'] as const] : [],
      );
      const columns = { ...input.columns, ...Object.fromEntries(custom) };
      rememberMapping(store, headerSetKey(headers), source.kind, columns, now());
    }
    return addImportRun(store, { ...about, captureSource, startedAtMs: now(), source: origin });
  }).value;
  const runContext = write(store, causeOf(source, run.id), (w) => {
    const made = contextOf(w, input, prepared);
    keepRunContext(store, run.row, made);
    return made;
  }).value;
  return { source, runContext, run, before: noCounts(), rowsBefore: 0 };
}

const causeOf = (source: Source, operationId: string) =>
  ({ cause: 'import', label: source.name, operationId }) as const;

async function carryOut(
  context: WriteContext,
  begun: Begun,
  jobId: string | undefined,
): Promise<Result<ImportResult, CallError>> {
  const { store, now } = context;
  const { run, source } = begun;
  const job = context.startJob('import', source.name, jobId);
  let end: 'done' | 'cancelled' | 'interrupted' | 'changed' = 'interrupted';
  try {
    const total = await withRoom(store, () => writeAll({ ...begun, context, job }));
    end = total.end;
    if (end === 'changed') return err(fileChanged());
    const linked = end === 'done' ? await linkForward(store, source, causeOf(source, run.id), job) : 0;
    const { counts, failures } = total;
    const rows = counts.created + counts.updated + counts.unchanged + counts.pending + counts.failed + counts.skipped;
    return ok({ importId: run.id, rows, ...counts, linked, cancelled: end !== 'done', failures });
  } finally {
    const isCut = end === 'interrupted' || end === 'changed';
    write(store, { cause: 'import' }, () =>
      isCut ? interruptImportRun(store, run.row, now()) : finishImportRun(store, run.row, now(), end === 'cancelled'),
    );
  }
}

type Running = Begun & { readonly context: WriteContext; readonly job: Job };

type Total = {
  readonly counts: ImportCounts;
  readonly failures: { line: number; reason: string }[];
  readonly end: 'done' | 'cancelled' | 'interrupted' | 'changed';
};

async function writeAll(running: Running): Promise<Total> {
  const { context, job, source, runContext, run, rowsBefore } = running;
  const cause = causeOf(source, run.id);
  const counts = { ...running.before };
  const failures: Total['failures'] = [];
  let done = rowsBefore;
  for await (const batch of rowStream({ ...rowSettings(runContext, source, batchRows), skipRows: rowsBefore })) {
    if (job.isCancelled()) return { counts, failures, end: job.isClosing?.() ? 'interrupted' : 'cancelled' };
    if (hasChanged(source)) return { counts, failures, end: 'changed' };
    const rowsDone = done + batch.rows.length;
    const after = write(context.store, cause, (w) => writeBatch(running, w, batch.rows, { ...counts }, rowsDone)).value;
    Object.assign(counts, after.counts);
    failures.push(...after.failures.slice(0, mostFailuresShown - failures.length));
    done = rowsDone;
    job.report({ done, total: rowsInAll(source, done, batch.bytes), saved: done });
    await job.breathe();
  }
  return { counts, failures, end: 'done' };
}

/** One transaction; answers the counts as they are after it. */
function writeBatch(
  running: Running,
  w: Write,
  rows: readonly ImportRow[],
  counts: ImportCounts,
  rowsDone: number,
): { counts: ImportCounts; failures: Total['failures'] } {
  const { runContext, run } = running;
  const failures: Total['failures'] = [];
  const runRows = runRowsOf(w, runContext, run.row);
  for (const row of rows) {
    const result = writeRow({ write: w, context: runContext, rows: runRows }, row);
    counts[result.outcome] += 1;
    if ('reason' in result && !result.again) keepForReview(w, running, row, result);
    if (result.outcome === 'failed') failures.push({ line: row.line, reason: result.message });
  }
  counts.flagged += runRows.flagged;
  saveCounts(w.store, run.row, counts, rowsDone);
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
