/**
 * An import: the file streams in, each batch is matched and written in a transaction of its own through the one write
 * path, and what was reported as saved is saved. Running it again, also after it was cut, changes nothing twice.
 */
import { type CallError, callError } from '../../../shared/contract/call.ts';
import type { ParsedInputOf } from '../../../shared/contract/index.ts';
import type { ImportKind, ImportResult, Inspection } from '../../../shared/contract/imports.ts';
import { uuidSchema } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { headerSetKey } from '../../../shared/rules/formats/header.ts';
import { foldText } from '../../../shared/rules/normalise/fold.ts';
import { uuidOf } from '../../../db/records/read.ts';
import {
  addImportRun,
  finishImportRun,
  type ImportCounts,
  noCounts,
  rememberedMapping,
  rememberMapping,
  saveCounts,
} from '../../../db/records/import-run.ts';
import { addReviewItem } from '../../../db/records/review-item.ts';
import { withRoom } from '../../../db/records/with-room.ts';
import { createRecord, type Write, write } from '../../../db/records/write.ts';
import { type ReadableStore, readSetting } from '../../../db/store.ts';
import { uuidToUid } from '../../../db/uuid.ts';
import type { Job, WriteContext } from '../handler.ts';
import { candidatesOf } from './candidates.ts';
import { eventNameOf, importSource } from './file-names.ts';
import { rowStream } from './reading/row-stream.ts';
import { type ImportRow, mappedOf, type RowSettings } from './reading/rows.ts';
import {
  canMakeRecords,
  fileError,
  isRagged,
  isWhole,
  openSource,
  type Source,
  type SourceOptions,
} from './reading/source.ts';
import type { RunContext } from './run-context.ts';
import { fingerprintScope, runRowsOf, targetOf, writeRow, type WrittenRow } from './row-writer.ts';
import { defaultStrategy, strategyNamed } from './strategies.ts';

type RunInput = ParsedInputOf<'imports.run'>;
type InspectInput = ParsedInputOf<'imports.inspect'>;

/** Rows a transaction: many, since each writes the index pages that it touches once; well under a second all the same. */
const batchRows = 6000;
const mostFailuresShown = 1000;

const regionOf = (store: ReadableStore): string => readSetting(store.connection, 'region') ?? 'ZZ';

const systemTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

function sourceOptions(store: ReadableStore, input: InspectInput | RunInput): SourceOptions {
  return {
    path: input.file,
    format: input.format,
    kind: input.kind,
    encoding: input.encoding,
    delimiter: input.delimiter,
    hasHeader: input.hasHeader,
    columns: 'columns' in input ? input.columns : undefined,
    keyColumn: 'keyColumn' in input ? input.keyColumn : undefined,
    region: regionOf(store),
    remembered: (headerSet, kind) => rememberedMapping(store, headerSet, kind),
  };
}

/** Reads the beginning of the file and writes nothing. */
export function inspectFile(store: ReadableStore, input: InspectInput): Result<Inspection, CallError> {
  const opened = openSource(sourceOptions(store, input));
  if (!opened.ok) return opened;
  const source = opened.value;
  const { csv } = source;
  const head = csv?.sample.slice(0, 20) ?? [];
  return ok({
    file: input.file,
    name: source.name,
    sizeBytes: source.sizeBytes,
    format: source.format,
    kind: source.kind,
    encoding: source.encoding.name,
    delimiter: csv?.dialect.delimiter ?? null,
    hasHeader: csv?.hasHeader ?? false,
    columns:
      csv?.headers.map((header, index) => ({
        header,
        field: csv.fields[index] ?? 'ignore',
        samples: csv.sample
          .map((record) => (record[index] ?? '').trim())
          .filter((cell) => cell !== '')
          .slice(0, 5)
          .map((cell) => cell.slice(0, 200)),
      })) ?? [],
    preview: head.map((record) => record.map((cell) => cell.slice(0, 500))),
    oddRows: csv === null ? [] : head.flatMap((record, place) => (isRagged(record, csv) ? [place] : [])),
    rowsEstimate: estimateRows(source),
    rowsCounted: csv !== null && isWhole(csv, source.sizeBytes),
    warnings: [...source.warnings],
  });
}

/** From the length of the rows seen; exact where the whole file was seen. */
function estimateRows(source: Source): number | null {
  const { csv } = source;
  if (csv === null || csv.sample.length === 0) return csv === null ? null : 0;
  if (isWhole(csv, source.sizeBytes)) return csv.sample.length;
  const characters = csv.sample.reduce(
    (sum, record) => sum + record.reduce((all, cell) => all + cell.length + 1, 1),
    0,
  );
  return Math.round(source.sizeBytes / (characters / csv.sample.length));
}

/** Files being imported right now: the same one in two windows is one import. */
const running = new Set<string>();

export async function runImport(context: WriteContext, input: RunInput): Promise<Result<ImportResult, CallError>> {
  if (running.has(input.file)) {
    return err(callError('importRunning', 'This file is being imported already. Wait until it is done.'));
  }
  running.add(input.file);
  try {
    const prepared = prepare(context.store, input);
    return prepared.ok ? await carryOut(context, input, prepared.value) : prepared;
  } catch (error) {
    const known = asFileError(error);
    if (known !== null) return err(known);
    throw error;
  } finally {
    running.delete(input.file);
  }
}

/** What reading the file threw; null for anything else (the database's own errors are typed further up). */
function asFileError(error: unknown): CallError | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC') return callError('diskFull', 'The disk is full. Make room and import the file again.');
  return /^E[A-Z]+$/.test(code) ? fileError(error) : null;
}

type Prepared = { readonly source: Source; readonly strategies: Pick<RunContext, 'contactStrategy' | 'leadStrategy'> };

/** Everything that can be refused is refused before anything is written. */
function prepare(store: ReadableStore, input: RunInput): Result<Prepared, CallError> {
  const opened = openSource(sourceOptions(store, input));
  if (!opened.ok) return opened;
  const { csv } = opened.value;
  if (csv !== null && !csv.headerCertain) {
    return err(
      callError(
        'noHeader',
        'The first line of the file looks like data, not like column names. Add a line of names, or say that there is none and what each column is.',
      ),
    );
  }
  if (csv !== null && !canMakeRecords(csv)) {
    return err(
      callError('noRecognisedColumns', 'No column of the file was recognised as a name, company, email or phone.'),
    );
  }
  if (input.keyColumn !== undefined && csv !== null && !csv.fields.includes('externalId')) {
    return err(callError('notFound', 'The file has no column of that name.', { field: 'keyColumn' }));
  }
  const strategies = strategiesOf(store, input, opened.value.kind);
  return strategies.ok ? ok({ source: opened.value, strategies: strategies.value }) : strategies;
}

/** A strategy that was not asked for makes rows without a key; one that was says itself what becomes of them. */
function strategiesOf(
  store: ReadableStore,
  input: RunInput,
  kind: ImportKind,
): Result<Prepared['strategies'], CallError> {
  const defaults = {
    contactStrategy: { ...defaultStrategy(store, 'contact'), onBlankKey: 'create' as const },
    leadStrategy: { ...defaultStrategy(store, 'lead'), onBlankKey: 'create' as const },
  };
  if (input.strategy === undefined) return ok(defaults);
  const named = strategyNamed(store, input.strategy);
  if (!named.ok) return named;
  const { target, definition } = named.value;
  if (target === 'lead' && kind !== 'leads') {
    return err(callError('notFound', 'That strategy is for leads, and the file holds none.', { field: 'strategy' }));
  }
  return ok(
    target === 'contact' ? { ...defaults, contactStrategy: definition } : { ...defaults, leadStrategy: definition },
  );
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
  const captureSource = importSource(source.format, source.name);
  const run = write(store, { cause: 'import' }, () => {
    if (input.columns !== undefined && source.csv !== null) {
      rememberMapping(store, headerSetKey(source.csv.headers), source.kind, input.columns, context.now());
    }
    return addImportRun(store, { ...about, captureSource, startedAtMs: context.now() });
  }).value;
  const cause = { cause: 'import', label: source.name, operationId: run.id } as const;
  const runContext = write(store, cause, (w) => contextOf(w, input, prepared, captureSource)).value;
  const total = await withRoom(store, () => writeAll({ context, job, runContext, source, run, cause }));
  const cancelled = total.cancelled;
  write(store, { cause: 'import' }, () => finishImportRun(store, run.row, context.now(), cancelled));
  const { counts, failures } = total;
  const rows = counts.created + counts.updated + counts.unchanged + counts.pending + counts.failed + counts.skipped;
  return ok({ importId: run.id, rows, ...counts, cancelled, failures });
}

function contextOf(w: Write, input: RunInput, prepared: Prepared, captureSource: string): RunContext {
  const { source, strategies } = prepared;
  const place = placeOf(w, input.event ?? (source.kind === 'registrations' ? eventNameOf(source.name) : null));
  const named = source.format === 'csv' || source.format === 'vcard' ? captureSource : source.format;
  return {
    kind: source.kind,
    format: source.format,
    fileName: source.name,
    captureSource: place.id === null ? captureSource : `${place.entity}:${place.id}`,
    externalSource: named.slice(0, 300),
    keyByExternalId: input.keyColumn !== undefined,
    ...strategies,
    eventId: place.entity === 'event' ? place.id : null,
    campaignId: place.entity === 'campaign' ? place.id : null,
    topic: (input.topic ?? place.name ?? eventNameOf(source.name)).slice(0, 300),
    createContacts: input.createContacts,
    draft: {
      kind: source.kind,
      region: regionOf(w.store),
      dateOrders: { ...source.dateOrders },
      decimalSign: source.decimalSign,
      latestYear: new Date(w.atMs).getUTCFullYear(),
      timeZone: systemTimeZone(),
    },
  };
}

type Place = { readonly entity: 'event' | 'campaign'; readonly id: string | null; readonly name: string | null };

/** The event or campaign by id or name; an event of that name is made where there is neither. */
function placeOf(w: Write, wanted: string | null): Place {
  if (wanted === null) return { entity: 'event', id: null, name: null };
  const isId = uuidSchema.safeParse(wanted).success;
  for (const entity of ['event', 'campaign'] as const) {
    const row = w.store
      .sql(
        `SELECT id, label FROM ${entity} WHERE ${isId ? 'uid' : 'labelKey'} = ? AND deletedAtMs IS NULL ORDER BY id LIMIT 1`,
      )
      .get(isId ? uuidToUid(wanted) : foldText(wanted)) as { id: number; label: string } | undefined;
    if (row) return { entity, id: uuidOf(w.store, entity, row.id), name: row.label };
  }
  const made = createRecord(w, 'event', { name: wanted });
  return { entity: 'event', id: made.uuid, name: wanted };
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
  for await (const batch of rowStream(rowSettings(running))) {
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

function rowSettings({ runContext, source }: Running): RowSettings {
  const strategy = runContext.kind === 'leads' ? runContext.leadStrategy : runContext.contactStrategy;
  return {
    source,
    draft: runContext.draft,
    strategy,
    fingerprintScope: fingerprintScope(runContext),
    captureSource: runContext.captureSource,
    keyByExternalId: runContext.keyByExternalId,
    batchRows,
    keepAnswers: runContext.kind === 'registrations' || runContext.format === 'linkedin',
  };
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
