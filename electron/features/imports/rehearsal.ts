/**
 * What an import would do, for the whole file, without touching the database: every row goes through the very writers
 * of the import, on a scratch store (scratch-store.ts), so that the counts are those of the run that may follow.
 */
import type { CallError } from '../../../shared/contract/call.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import type { Rehearsal, RehearsalOutcome } from '../../../shared/contract/imports.ts';
import type { EntityName } from '../../../shared/model/entities.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { tableOf } from '../../../db/records/entity-storage.ts';
import { addImportRun } from '../../../db/records/import-run.ts';
import { fieldsOf } from '../../../db/records/model.ts';
import { readStored, uuidOf } from '../../../db/records/read.ts';
import { type Write, write } from '../../../db/records/write.ts';
import type { ReadableStore } from '../../../db/store.ts';
import type { Job, ReadContext } from '../handler.ts';
import { candidatesOf } from './candidates.ts';
import {
  asFileError,
  captureSourceOf,
  contextOf,
  prepare,
  type Prepared,
  type RehearseInput,
  rowSettings,
} from './plan.ts';
import { rowStream } from './reading/row-stream.ts';
import { type ImportRow, mappedOf } from './reading/rows.ts';
import type { RunRows } from './row-records.ts';
import { type Linked, linkForward, pullWaiting } from './forward-references.ts';
import { pullChild, pullForRow } from './rehearsal-pull.ts';
import { runRowsOf, targetOf, writeRow, type WrittenRow } from './row-writer.ts';
import type { RunContext } from './run-context.ts';
import { fileChanged, hasChanged } from './file-mark.ts';
import { rowsInAll } from './inspect.ts';
import { openScratch, type Scratch } from './scratch-store.ts';

type Sample = Rehearsal['samples'][number];
/** `id`: of the record in the scratch store; null where there is none. */
type Sampled = { readonly id: number | null; sample: Sample };
type Counts = { -readonly [K in keyof Rehearsal['counts']]: number };

/** Short enough for a question of the window to be answered between two. */
const batchRows = 250;
const samplesEach = 20;

export async function rehearse(context: ReadContext, input: RehearseInput): Promise<Result<Rehearsal, CallError>> {
  try {
    const prepared = await prepare(context.store, input);
    if (!prepared.ok) return prepared;
    const job = context.startJob('rehearsal', prepared.value.source.name, input.jobId);
    const opened = openScratch(context.store, context.databasePath, context.now);
    if (!opened.ok) return opened;
    const scratch = opened.value;
    try {
      const told = await tryAll({ real: context.store, scratch, job, input, prepared: prepared.value });
      return told === null ? err(fileChanged()) : ok(told);
    } finally {
      scratch.close();
    }
  } catch (error) {
    const known = asFileError(error);
    if (known !== null) return err(known);
    throw error;
  }
}

type Trying = {
  readonly real: ReadableStore;
  readonly scratch: Scratch;
  readonly job: Job;
  readonly input: RehearseInput;
  readonly prepared: Prepared;
};

type Run = {
  readonly real: ReadableStore;
  readonly scratch: Scratch;
  readonly context: RunContext;
  readonly runRow: number;
  readonly counts: Counts;
  readonly samples: Sampled[];
  readonly taken: Map<RehearsalOutcome, number>;
  readonly also: Map<EntityName, number>;
};

/** Null where the file changed meanwhile. */
async function tryAll({ real, scratch, job, input, prepared }: Trying): Promise<Rehearsal | null> {
  const { source } = prepared;
  const also: Run['also'] = new Map();
  const begun = write(scratch.store, { cause: 'import' }, (w) => {
    const context = contextOf(w, input, prepared);
    // the event, the list and the fields that the file is imported into
    countMade(also, w);
    const about = { fileName: source.name, format: source.format, kind: source.kind };
    return {
      context,
      run: addImportRun(scratch.store, { ...about, captureSource: captureSourceOf(source), startedAtMs: w.atMs }),
    };
  }).value;
  const run: Run = {
    real,
    scratch,
    context: begun.context,
    runRow: begun.run.row,
    counts: {
      created: 0,
      updated: 0,
      unchanged: 0,
      severalMatches: 0,
      blankKey: 0,
      leftList: 0,
      invalid: 0,
      skipped: 0,
      flagged: 0,
    },
    samples: [],
    taken: new Map(),
    also,
  };
  let done = 0;
  let isCancelled = false;
  for await (const batch of rowStream(rowSettings(run.context, source, batchRows))) {
    isCancelled = job.isCancelled();
    if (isCancelled) break;
    if (hasChanged(source)) return null;
    write(scratch.store, { cause: 'import' }, (w) => tryBatch(run, w, batch.rows));
    done += batch.rows.length;
    job.report({ done, total: rowsInAll(source, done, batch.bytes), saved: 0 });
    await job.breathe();
  }
  const linked = isCancelled ? 0 : await tryLinks(run, prepared, job);
  const { counts, samples } = run;
  return {
    rows: done,
    counts,
    linked,
    samples: samples.map(({ sample }) => sample),
    alsoCreated: Object.fromEntries(also),
    kind: source.kind,
    cancelled: isCancelled,
  } satisfies OutputOf<'imports.rehearse'>;
}

/** Links to records that the file holds further down, which the run makes when it ends. */
async function tryLinks(run: Run, { source }: Prepared, job: Job): Promise<number> {
  const { real, scratch } = run;
  await pullWaiting(real, scratch.store, source, job, (entity, id, names) => pullChild(run, entity, id, names));
  const linked = new Map<number, Linked>();
  const count = await linkForward(scratch.store, source, { cause: 'import' }, job, (link) => {
    if (run.samples.some(({ id }) => id === link.id)) linked.set(link.id, link);
  });
  for (const sampled of run.samples) {
    const link = sampled.id === null ? undefined : linked.get(sampled.id);
    if (link?.entity === sampled.sample.entity) sampled.sample = withLink(scratch.store, sampled.sample, link);
  }
  return count;
}

/** As if the record further down had been there: its name is nothing that is kept aside. */
function withLink(store: ReadableStore, sample: Sample, { entity, field, parent, rest }: Linked): Sample {
  const others = sample.changes.filter((change) => change.field !== field);
  const label = readStored(store, entity, parent)?.label ?? null;
  const link = { field, name: null, before: null, after: null, beforeLabel: null, afterLabel: label };
  return {
    ...sample,
    changes: [
      ...others.flatMap((change) => {
        if (change.field !== 'flaggedValues') return [change];
        return rest.length === 0 ? [] : [{ ...change, after: rest }];
      }),
      link,
    ],
  };
}

function tryBatch(run: Run, w: Write, rows: readonly ImportRow[]): void {
  const { real, scratch, context, counts } = run;
  const anyAccount = real.sql('SELECT 1 FROM account LIMIT 1').get() !== undefined;
  const found = runRowsOf(w, context, run.runRow);
  const runRows: RunRows = { ...found, accounts: found.accounts ?? (anyAccount ? new Map() : null) };
  /** Records that an earlier row of this batch touched: what the write says of them is more than one row's doing. */
  const seen = new Set<string>();
  for (const row of rows) {
    pullForRow({ real, scratch, context }, row, runRows.eventRow);
    const result = writeRow({ write: w, context, rows: runRows }, row);
    const outcome = outcomeOf(result);
    counts[outcome] += 1;
    const key = 'id' in result ? `${result.entity} ${result.id}` : '';
    if (!(outcome === 'updated' && seen.has(key)) && wants(run, outcome)) {
      run.samples.push({
        id: 'id' in result ? result.id : null,
        sample: sampleOf(run, w, row, outcome, result),
      });
    }
    seen.add(key);
  }
  counts.flagged += runRows.flagged;
  countMade(run.also, w);
}

function countMade(also: Run['also'], w: Write): void {
  for (const [entity, records] of w.touched) {
    let made = 0;
    for (const { created } of records.values()) if (created) made += 1;
    if (made > 0) also.set(entity, (also.get(entity) ?? 0) + made);
  }
}

function outcomeOf(result: WrittenRow): RehearsalOutcome {
  if (!('reason' in result)) return result.outcome;
  if (result.outcome === 'failed') return 'invalid';
  return result.reason === 'blankKey' || result.reason === 'leftList' ? result.reason : 'severalMatches';
}

function wants({ taken }: Run, outcome: RehearsalOutcome): boolean {
  const had = taken.get(outcome) ?? 0;
  if (had >= samplesEach) return false;
  taken.set(outcome, had + 1);
  return true;
}

function sampleOf(run: Run, w: Write, row: ImportRow, outcome: RehearsalOutcome, result: WrittenRow): Sample {
  const { store } = run.scratch;
  const base = { line: row.line, outcome, values: { ...mappedOf(row) }, changes: [], candidates: [], message: null };
  if ('reason' in result) {
    const candidates = candidatesOf(store, targetOf(run.context.kind), result.candidates, mappedOf(row));
    return {
      ...base,
      entity: result.entity,
      recordId: null,
      label: null,
      message: result.message,
      candidates: [...candidates],
    };
  }
  if (!('id' in result)) return { ...base, entity: null, recordId: null, label: null };
  const { entity, id } = result;
  const record = readStored(store, entity, id);
  const isKnown = !run.scratch.isOwn(id);
  return {
    ...base,
    entity,
    label: record?.label ?? null,
    recordId: isKnown ? uuidOf(store, entity, id) : null,
    changes: outcome === 'unchanged' ? [] : changesOf(store, w, entity, id),
  };
}

/** What the import itself tells files apart by. */
const ofImport = new Set(['captureSource', 'externalSource']);

function changesOf(store: ReadableStore, w: Write, entity: EntityName, id: number): Sample['changes'] {
  const isMade = w.touched.get(entity)?.get(id)?.created === true;
  const fields = fieldsOf(store, entity);
  const label = (target: EntityName, row: unknown): string | null =>
    typeof row === 'number'
      ? ((store
          .sql(`SELECT label FROM ${tableOf(target)} WHERE id = ?`)
          .pluck()
          .get(row) as string | undefined) ?? null)
      : null;
  return [...(w.touched.get(entity)?.get(id)?.fields ?? [])].flatMap(([field, [before, after]]) => {
    const described = fields[field];
    if (described === undefined || described.derived === true) return [];
    // of a record that would be made, what rules and the import itself fill in says nothing about the row
    if (isMade && (described.computed === true || ofImport.has(field))) return [];
    const target = described.target as EntityName | undefined;
    return [
      {
        field,
        name: described.label ?? null,
        before: target ? null : before,
        after: target ? null : after,
        beforeLabel: target ? label(target, before) : null,
        afterLabel: target ? label(target, after) : null,
      },
    ];
  });
}
