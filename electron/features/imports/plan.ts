/**
 * How a file would be imported: what it is, which strategies decide, what its rows have in common. The rehearsal and
 * the run ask here, so that what was shown is what is done.
 */
import { type CallError, callError } from '../../../shared/contract/call.ts';
import type { ColumnMap } from '../../../shared/contract/import-fields.ts';
import type { ParsedInputOf } from '../../../shared/contract/index.ts';
import type { ImportKind } from '../../../shared/contract/imports.ts';
import { uuidSchema } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { CustomFieldDefinition } from '../../../shared/model/custom-field.ts';
import { columnOf, type CustomColumn } from '../../../shared/rules/custom-fields/import.ts';
import { choiceMapsOf, hitsOf, type RuledColumn, ruleProblem } from '../../../shared/rules/formats/column-rules.ts';
import { foldText } from '../../../shared/rules/normalise/fold.ts';
import { rememberedMapping } from '../../../db/records/import-run.ts';
import { modelOf } from '../../../db/records/model.ts';
import { uuidOf } from '../../../db/records/read.ts';
import { createRecord, type Write } from '../../../db/records/write.ts';
import { type ReadableStore, readSetting } from '../../../db/store.ts';
import { newUuid, uuidToUid } from '../../../db/uuid.ts';
import { eventNameOf, importSource } from './file-names.ts';
import type { RowSettings } from './reading/rows.ts';
import { hasColumn } from './reading/columns.ts';
import {
  canMakeRecords,
  type CsvShape,
  fileError,
  openSource,
  type Source,
  type SourceOptions,
} from './reading/source.ts';
import { unreadableError } from './reading/unreadable.ts';
import type { RunContext } from './run-context.ts';
import { fingerprintScope } from './row-writer.ts';
import { defaultStrategy, strategyNamed } from './strategies.ts';

export type RunInput = ParsedInputOf<'imports.run'>;
export type RehearseInput = ParsedInputOf<'imports.rehearse'>;
export type InspectInput = ParsedInputOf<'imports.inspect'>;

const regionOf = (store: ReadableStore): string => readSetting(store.connection, 'region') ?? 'ZZ';

const systemTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function sourceOptions(store: ReadableStore, input: InspectInput | RehearseInput): SourceOptions {
  return {
    path: input.file,
    format: input.format,
    kind: input.kind,
    encoding: input.encoding,
    delimiter: input.delimiter,
    hasHeader: input.hasHeader,
    sheet: input.sheet,
    headerRow: input.headerRow,
    columns: 'columns' in input ? input.columns : undefined,
    keyColumn: 'keyColumn' in input ? input.keyColumn : undefined,
    region: regionOf(store),
    remembered: (headerSet, kind) => rememberedMapping(store, headerSet, kind),
    custom: modelOf(store).definitions,
    newFields: 'newFields' in input ? (input.newFields ?? []) : [],
    leftoverFields: 'leftoverFields' in input && input.leftoverFields === true,
    newId: newUuid,
  };
}

export type Prepared = {
  readonly source: Source;
  readonly strategies: Pick<RunContext, 'contactStrategy' | 'leadStrategy'>;
};

/** Everything that can be refused is refused before anything is written. */
export async function prepare(store: ReadableStore, input: RehearseInput): Promise<Result<Prepared, CallError>> {
  const opened = await openSource(sourceOptions(store, input));
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
  const missing = input.newFields?.find(({ column }) => !hasColumn(csv?.headers ?? [], column));
  if (missing) {
    return err(callError('notFound', `The file has no column “${missing.column}”.`, { field: 'newFields' }));
  }
  // (what was remembered may name options that are gone: those values are guessed)
  const problem =
    csv === null || input.columns === undefined
      ? null
      : ruleProblem(opened.value.kind, ruledColumns(csv), customOf(store, csv));
  if (problem !== null) return err(callError('invalidValue', problem, { field: 'columns' }));
  if (opened.value.kind === 'members' && input.list === undefined) {
    return err(callError('invalidValue', 'Say which subscription list the rows are members of.', { field: 'list' }));
  }
  const strategies = strategiesOf(store, input, opened.value.kind);
  return strategies.ok ? ok({ source: opened.value, strategies: strategies.value }) : strategies;
}

const ruledColumns = ({ headers, fields, rules }: CsvShape): readonly RuledColumn[] =>
  headers.map((header, index) => ({ header, field: fields[index] ?? 'ignore', rule: rules[index] ?? null }));

const customOf = (store: ReadableStore, { newFields }: CsvShape): readonly CustomColumn[] =>
  [...modelOf(store).definitions, ...newFields].map(columnOf);

/** A strategy that was not asked for makes rows without a key; one that was says itself what becomes of them. */
function strategiesOf(
  store: ReadableStore,
  input: RehearseInput,
  kind: ImportKind,
): Result<Prepared['strategies'], CallError> {
  const own = { onBlankKey: 'create' as const, ...(input.onHit === undefined ? {} : { onHit: input.onHit }) };
  const defaults = {
    contactStrategy: { ...defaultStrategy(store, 'contact'), ...own },
    leadStrategy: { ...defaultStrategy(store, 'lead'), ...own },
  };
  if (input.strategy === undefined) return ok(defaults);
  const named = strategyNamed(store, input.strategy);
  if (!named.ok) return named;
  const { target } = named.value;
  const definition = { ...named.value.definition, ...(input.onHit === undefined ? {} : { onHit: input.onHit }) };
  if (target === 'lead' && kind !== 'leads') {
    return err(callError('notFound', 'That strategy is for leads, and the file holds none.', { field: 'strategy' }));
  }
  return ok(
    target === 'contact' ? { ...defaults, contactStrategy: definition } : { ...defaults, leadStrategy: definition },
  );
}

export const captureSourceOf = ({ format, name }: Source): string => importSource(format, name);

/** Those that a column of the file fills. */
const customColumnsOf = (definitions: readonly CustomFieldDefinition[], { csv }: Source) =>
  definitions
    .map(columnOf)
    .filter(({ name }) => csv?.fields.some((field) => field === name))
    .map(({ options, ...column }) => ({ ...column, options: [...options] }));

/** Fields may have changed, or gone, since the context was kept: what their values are now is what counts. */
export function withCurrentFields<C extends Pick<RunContext, 'draft'>>(store: ReadableStore, context: C): C {
  const columns = modelOf(store).definitions.map(columnOf);
  const custom = context.draft.custom.flatMap(({ name }) => columns.find((each) => each.name === name) ?? []);
  return { ...context, draft: { ...context.draft, custom } };
}

/** Makes the event that the input names, where there is none of the name. */
export function contextOf(w: Write, input: RehearseInput, prepared: Prepared): RunContext {
  const captureSource = captureSourceOf(prepared.source);
  const { source, strategies } = prepared;
  for (const {
    id,
    name,
    entity,
    kind,
    options: [...options],
  } of source.csv?.newFields ?? []) {
    createRecord(w, 'customField', { name, entity, kind, options }, uuidToUid(id));
  }
  const place = placeOf(
    w,
    input.event ?? (['registrations', 'checkins'].includes(source.kind) ? eventNameOf(source.name) : null),
  );
  const named = ['csv', 'xlsx', 'vcard'].includes(source.format) ? captureSource : source.format;
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
    onHit: input.onHit ?? null,
    hits: source.csv === null ? {} : hitsOf(ruledColumns(source.csv)),
    onMiss: input.onMiss ?? 'create',
    listId: source.kind === 'members' ? listOf(w, input.list ?? '') : null,
    draft: {
      kind: source.kind,
      region: regionOf(w.store),
      dateOrders: { ...source.dateOrders },
      decimalSign: source.decimalSign,
      latestYear: new Date(w.atMs).getUTCFullYear(),
      timeZone: systemTimeZone(),
      custom: customColumnsOf(modelOf(w.store).definitions, source),
      choices: source.csv === null ? {} : choicesOf(w.store, source.csv),
    },
  };
}

const choicesOf = (store: ReadableStore, csv: CsvShape): RunContext['draft']['choices'] =>
  Object.fromEntries(
    Object.entries(choiceMapsOf(ruledColumns(csv), customOf(store, csv))).map(([field, map]) => [field, { ...map }]),
  );

/** The subscription list by id or name; one of that name is made where there is none. */
function listOf(w: Write, wanted: string): string {
  const isId = uuidSchema.safeParse(wanted).success;
  const row = w.store
    .sql(
      `SELECT id FROM subscription_list WHERE ${isId ? 'uid' : 'labelKey'} = ? AND deletedAtMs IS NULL ORDER BY id LIMIT 1`,
    )
    .pluck()
    .get(isId ? uuidToUid(wanted) : foldText(wanted)) as number | undefined;
  return row === undefined
    ? createRecord(w, 'subscriptionList', { name: wanted }).uuid
    : uuidOf(w.store, 'subscriptionList', row);
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

export function rowSettings(runContext: RunContext, source: Source, batchRows: number): RowSettings {
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

/** The input with everything that was guessed said: so read, the file gives the same rows again. */
export function asRead(
  input: RunInput,
  { format, kind, encoding, csv, sheet }: Source,
): Omit<RunInput, 'file' | 'jobId'> {
  // fields that were to be made are there when the run is taken up: the columns name them
  const { file: _file, jobId: _jobId, newFields: _newFields, leftoverFields: _leftover, ...options } = input;
  if (csv === null) return { ...options, format, kind };
  return {
    ...options,
    format,
    kind,
    encoding: encoding.name,
    ...(csv.dialect === null ? {} : { delimiter: csv.dialect.delimiter }),
    ...(sheet === null ? {} : { sheet: sheet.name, headerRow: sheet.firstLine }),
    hasHeader: csv.hasHeader,
    columns: saidOfColumns(csv),
  };
}

/** What each column fills, with what was said of it. */
export const saidOfColumns = ({ headers, fields, rules }: CsvShape): ColumnMap =>
  Object.fromEntries(
    headers.map((header, index) => {
      const field = fields[index] ?? 'ignore';
      const said = rules[index] ?? null;
      return [header, said === null ? field : { field, ...said }];
    }),
  );

/** What reading the file threw; null for anything else (the database's own errors are typed further up). */
export function asFileError(error: unknown): CallError | null {
  const unreadable = unreadableError(error);
  if (unreadable !== null) return unreadable;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC') return callError('diskFull', 'The disk is full. Make room and import the file again.');
  return /^E[A-Z]+$/.test(code) ? fileError(error) : null;
}
