/** import, undo-import, export, receive, segment, queue, seed, check. */
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type CallResult } from '../../../shared/contract/call.ts';
import { importTargetSchema } from '../../../shared/contract/import-fields.ts';
import type { InputOf, OutputOf } from '../../../shared/contract/index.ts';
import { customFieldEntities, customFieldName } from '../../../shared/model/custom-field.ts';
import { ok } from '../../../shared/result.ts';
import { entityOfImport, fieldNamed } from '../../../shared/rules/custom-fields/import.ts';
import { type Answer, table } from '../console.ts';
import { pathOf, readJsonFile, type Session } from '../session.ts';

export type ImportOptions = {
  readonly as?: NonNullable<InputOf<'imports.run'>['kind']>;
  readonly event?: string;
  readonly format: NonNullable<InputOf<'imports.run'>['format']>;
  readonly strategy?: string;
  readonly onHit?: NonNullable<InputOf<'imports.run'>['onHit']>;
  readonly onMiss?: NonNullable<InputOf<'imports.run'>['onMiss']>;
  /** Of members. */
  readonly list?: string;
  readonly map?: string;
  readonly key?: string;
  readonly createContacts: boolean;
  readonly rehearse: boolean;
  /** Make custom fields of columns that fill nothing. */
  readonly customFields: boolean;
  readonly topic?: string;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly sheet?: string;
  readonly headerRow?: number;
};

/** Leaves out what was not given. */
const given = <T extends object>(values: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;

export async function importFile(session: Session, file: string, options: ImportOptions): Promise<CallResult<Answer>> {
  const map = options.map === undefined ? ok(undefined) : readJsonFile(options.map);
  if (!map.ok) return map;
  const {
    as: kind,
    event,
    format,
    strategy,
    onHit,
    onMiss,
    list,
    key: keyColumn,
    createContacts,
    topic,
    encoding,
    delimiter,
    sheet,
    headerRow,
  } = options;
  const columns = await withFieldNames(session, map.value, kind);
  if (!columns.ok) return columns;
  const input = given<InputOf<'imports.run'>>({
    file: pathOf(file),
    kind,
    event,
    format,
    strategy,
    onHit,
    onMiss,
    list,
    keyColumn,
    createContacts,
    topic,
    encoding,
    delimiter,
    sheet,
    headerRow,
    // of any shape yet: the boundary checks it
    columns: columns.value as InputOf<'imports.run'>['columns'],
    newFields: undefined,
    leftoverFields: options.customFields ? true : undefined,
    jobId: randomUUID(),
    hasHeader: undefined,
  });
  if (options.rehearse) return rehearseFile(session, input);
  const result = await session.call('imports.run', input);
  if (!result.ok) return result;
  return ok(importAnswer(result.value));
}

/** A map may call custom fields by their names, as people do. */
async function withFieldNames(session: Session, map: unknown, kind: ImportOptions['as']): Promise<CallResult<unknown>> {
  if (typeof map !== 'object' || map === null) return ok(map);
  const isKnown = (field: unknown): boolean => importTargetSchema.safeParse(field).success;
  /** Beside the name alone a column may have a rule: an object with the name as its `field`. */
  const fieldOf = (told: unknown): unknown =>
    typeof told === 'object' && told !== null && 'field' in told ? told.field : told;
  if (Object.values(map).every((told) => isKnown(fieldOf(told)))) return ok(map);
  const listed = await session.call('customFields.list', { limit: 500 });
  if (!listed.ok) return listed;
  // the fields of the kind first; without one the file itself tells, and a name usually is of one kind only
  const entities = kind === undefined ? customFieldEntities : [entityOfImport[kind]];
  const named = (name: string): string => {
    const found = entities.map((entity) => fieldNamed(listed.value.rows, entity, name)).find((each) => each !== null);
    return found ? customFieldName(found.id) : name;
  };
  return ok(
    Object.fromEntries(
      Object.entries(map).map(([header, told]: [string, unknown]) => {
        const field = fieldOf(told);
        if (typeof field !== 'string' || isKnown(field)) return [header, told];
        return [header, typeof told === 'object' && told !== null ? { ...told, field: named(field) } : named(field)];
      }),
    ),
  );
}

function importAnswer(result: OutputOf<'imports.run'>): Answer {
  const { failures, ...counts } = result;
  const lines = Object.entries(counts).map(([name, value]) => [name, String(value)]);
  const failed = failures.map((failure) => [`line ${failure.line}`, failure.reason]);
  return { json: result, human: [table(lines), table(failed)].join('\n') };
}

export async function continueImport(
  session: Session,
  importId: string,
  file: string | undefined,
): Promise<CallResult<Answer>> {
  const moved = file === undefined ? {} : { file: pathOf(file) };
  const result = await session.call('imports.continue', { importId, jobId: randomUUID(), ...moved });
  return result.ok ? ok(importAnswer(result.value)) : result;
}

async function rehearseFile(session: Session, input: InputOf<'imports.run'>): Promise<CallResult<Answer>> {
  const result = await session.call('imports.rehearse', input);
  if (!result.ok) return result;
  const { rows, counts, samples, alsoCreated } = result.value;
  const lines = Object.entries({ rows, ...counts }).map(([name, value]) => [name, String(value)]);
  const made = Object.entries(alsoCreated).map(([entity, value]) => [`new ${entity}`, String(value)]);
  const shown = samples
    .filter(({ outcome }) => outcome !== 'unchanged')
    .map(({ line, outcome, label, message, changes }) => [
      `line ${line}`,
      outcome,
      label ?? '',
      message ?? changes.map((change) => change.field).join(', '),
    ]);
  return ok({ json: result.value, human: [table([...lines, ...made]), table(shown)].join('\n') });
}

export async function undoImport(session: Session, importId: string): Promise<CallResult<Answer>> {
  const result = await session.call('imports.undo', { importId, jobId: randomUUID() });
  if (!result.ok) return result;
  const { undone, kept } = result.value;
  return ok({ json: result.value, human: `${undone} changes taken back, ${kept} kept because they changed since.` });
}

export type ExportOptions = {
  readonly format: InputOf<'exports.run'>['format'];
  readonly out: string;
  readonly again: boolean;
  readonly segment?: string;
  readonly of?: NonNullable<InputOf<'exports.run'>['entity']>;
  readonly excel: boolean;
};

export async function exportFiles(session: Session, options: ExportOptions): Promise<CallResult<Answer>> {
  const folder = pathOf(options.out);
  const opened = await session.open();
  if (!opened.ok) return opened;
  mkdirSync(folder, { recursive: true });
  const input = given<InputOf<'exports.run'>>({
    format: options.format,
    folder,
    again: options.again,
    segmentId: options.segment,
    entity: options.of,
    excelBom: options.excel,
    jobId: randomUUID(),
  });
  const result = await session.call('exports.run', input);
  if (!result.ok) return result;
  const { changes, records, files, preflight } = result.value;
  const lines = [`${changes} changes, ${records} records`, ...files.map((file) => join(folder, file.name))];
  const issues = preflight.map((issue) => [issue.level, issue.label, issue.field, issue.message]);
  return ok({ json: result.value, human: [...lines, table(issues)].join('\n') });
}

export async function receive(session: Session, file: string): Promise<CallResult<Answer>> {
  const result = await session.call('hq.receive', { file: pathOf(file), jobId: randomUUID() });
  if (!result.ok) return result;
  const { kind, deviceName, changes, applied, alreadyKnown } = result.value;
  const human = `${kind} of ${deviceName}: ${changes} changes, ${applied} applied, ${alreadyKnown} known already`;
  return ok({ json: result.value, human });
}

export async function segment(session: Session, file: string): Promise<CallResult<Answer>> {
  const query = readJsonFile(file);
  if (!query.ok) return query;
  const result = await session.call('segments.ids', { query: query.value as InputOf<'segments.count'>['query'] });
  if (!result.ok) return result;
  const { count, ids } = result.value;
  return ok({ json: { count, ids }, human: [`${count} contacts`, ...ids].join('\n') });
}

export async function queue(session: Session, limit: number): Promise<CallResult<Answer>> {
  const result = await session.call('queue.list', { limit });
  if (!result.ok) return result;
  const rows = result.value.items.map((item, index) => [
    `${index + 1}.`,
    item.label,
    item.company ?? '',
    item.number ?? '',
    item.why.map((why) => (why.value === null ? why.code : `${why.code} ${why.value}`)).join(', '),
  ]);
  const human = rows.length > 0 ? table(rows) : 'Nobody is to be called now.';
  return ok({ json: result.value, human });
}

export async function seed(session: Session, contacts: number, seedNumber: number): Promise<CallResult<Answer>> {
  const result = await session.call('maintenance.seed', { contacts, seed: seedNumber, jobId: randomUUID() });
  if (!result.ok) return result;
  const rows = Object.entries(result.value).map(([name, value]) => [name, String(value)]);
  return ok({ json: result.value, human: table(rows) });
}

export async function check(session: Session): Promise<CallResult<Answer>> {
  const result = await session.call('maintenance.check', { jobId: randomUUID() });
  if (!result.ok) return result;
  const { healthy, checks } = result.value;
  const rows = checks.map((each) => [each.ok ? 'ok' : 'NOT OK', each.name, each.detail ?? '']);
  const human = `${table(rows)}\n${healthy ? 'The database is healthy.' : 'The database is not healthy.'}`;
  return ok({ json: result.value, human, isBad: !healthy });
}
