/** Runs of imports, the rows they know by fingerprint, and the mappings that people gave files. Local to this laptop. */
import type { ColumnMap } from '../../shared/contract/import-fields.ts';
import type { ImportKind } from '../../shared/contract/imports.ts';
import type { EntityName } from '../../shared/model/entities.ts';
import { entityCodes } from '../change-log/entity-codes.ts';
import type { ReadableStore, WritableStore } from '../store.ts';
import { newUid, uidToUuid, uuidToUid } from '../uuid.ts';

export type ImportCounts = {
  created: number;
  updated: number;
  unchanged: number;
  pending: number;
  failed: number;
  skipped: number;
  flagged: number;
};

export const noCounts = (): ImportCounts => ({
  created: 0,
  updated: 0,
  unchanged: 0,
  pending: 0,
  failed: 0,
  skipped: 0,
  flagged: 0,
});

export type ImportRun = ImportCounts & {
  readonly row: number;
  readonly id: string;
  readonly fileName: string;
  readonly format: string;
  readonly kind: ImportKind;
  readonly startedAtMs: number;
  readonly finishedAtMs: number | null;
  readonly cancelled: boolean;
  readonly undone: boolean;
  readonly filePath: string | null;
  readonly fileBytes: number | null;
  readonly fileMark: string | null;
  readonly rowsDone: number;
  readonly interruptedAtMs: number | null;
};

/** Where an import's rows come from, and how they were to be read: kept so that a run that was cut can go on. */
export type RunSource = {
  readonly filePath: string | null;
  readonly fileBytes: number | null;
  readonly fileMark: string | null;
  readonly options: unknown;
};

type Row = Omit<ImportRun, 'row' | 'id' | 'cancelled' | 'undone'> & {
  options: string | null;
  context: string | null;
  id: number;
  uid: Buffer;
  cancelled: number;
  undoneAtMs: number | null;
};

const toRun = ({ id, uid, cancelled, undoneAtMs, options: _options, context: _context, ...row }: Row): ImportRun => ({
  ...row,
  row: id,
  id: uidToUuid(uid),
  cancelled: cancelled === 1,
  undone: undoneAtMs !== null,
});

export function addImportRun(
  store: WritableStore,
  run: {
    fileName: string;
    format: string;
    kind: ImportKind;
    captureSource: string | null;
    startedAtMs: number;
    source?: RunSource;
  },
): { row: number; id: string } {
  const uid = newUid();
  const added = store
    .sql(
      `INSERT INTO import_run (uid, fileName, format, kind, captureSource, startedAtMs, filePath, fileBytes, fileMark, options)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      uid,
      run.fileName,
      run.format,
      run.kind,
      run.captureSource,
      run.startedAtMs,
      run.source?.filePath ?? null,
      run.source?.fileBytes ?? null,
      run.source?.fileMark ?? null,
      run.source === undefined ? null : JSON.stringify(run.source.options),
    );
  return { row: Number(added.lastInsertRowid), id: uidToUuid(uid) };
}

/** What the rows have in common, known once the run has begun. */
export function keepRunContext(store: WritableStore, row: number, context: unknown): void {
  store.sql('UPDATE import_run SET context = ? WHERE id = ?').run(JSON.stringify(context), row);
}

/** How a run was begun; null where it cannot go on: one from before this was kept, or a pasted one. */
export function readRunPlan(store: ReadableStore, row: number): { options: unknown; context: unknown } | null {
  const found = store.sql('SELECT options, context FROM import_run WHERE id = ?').get(row) as
    Pick<Row, 'options' | 'context'> | undefined;
  if (!found?.options || !found.context) return null;
  return { options: JSON.parse(found.options) as unknown, context: JSON.parse(found.context) as unknown };
}

/** Written with each batch, so that a run that was cut tells how far it came. */
export function saveCounts(store: WritableStore, row: number, counts: ImportCounts, rowsDone: number): void {
  store
    .sql(
      `UPDATE import_run SET created = @created, updated = @updated, unchanged = @unchanged, pending = @pending,
         failed = @failed, skipped = @skipped, flagged = @flagged, rowsDone = @rowsDone WHERE id = @row`,
    )
    .run({ ...counts, rowsDone, row });
}

export function finishImportRun(store: WritableStore, row: number, atMs: number, cancelled: boolean): void {
  store.sql('UPDATE import_run SET finishedAtMs = ?, cancelled = ? WHERE id = ?').run(atMs, cancelled ? 1 : 0, row);
}

/** A run that ended before its file did: by an error, or because the program ended. */
export function interruptImportRun(store: WritableStore, row: number, atMs: number): void {
  store.sql('UPDATE import_run SET interruptedAtMs = ? WHERE id = ? AND finishedAtMs IS NULL').run(atMs, row);
}

/** It runs again. */
export function reopenImportRun(store: WritableStore, row: number): void {
  store.sql('UPDATE import_run SET interruptedAtMs = NULL, finishedAtMs = NULL, cancelled = 0 WHERE id = ?').run(row);
}

export function findImportRun(store: ReadableStore, id: string): ImportRun | null {
  const row = store.sql('SELECT * FROM import_run WHERE uid = ?').get(uuidToUid(id)) as Row | undefined;
  return row ? toRun(row) : null;
}

export function listImportRuns(store: ReadableStore, limit: number): ImportRun[] {
  return (store.sql('SELECT * FROM import_run ORDER BY id DESC LIMIT ?').all(limit) as Row[]).map(toRun);
}

/**
 * Records that an import made or changed and that somebody changed since: by hand, in bulk or by another import, not by
 * rules, which follow.
 */
export function changedSince(store: ReadableStore, operationId: string): { made: number; changed: number } {
  const { made, changed } = store
    .sql(
      `WITH own(id) AS (SELECT id FROM write WHERE operationId = ?),
         touched AS (SELECT entity, recordId, max(created) AS made, max(writeId) AS last FROM change
                     WHERE writeId IN own AND recordId > 0 GROUP BY entity, recordId),
         since AS (SELECT made FROM touched WHERE EXISTS (
           SELECT 1 FROM change AS later JOIN write ON write.id = later.writeId
           WHERE later.entity = touched.entity AND later.recordId = touched.recordId AND later.writeId > touched.last
             AND later.writeId NOT IN own AND write.parentWriteId IS NULL AND write.undoneByWriteId IS NULL
             AND write.cause NOT IN ('rule', 'system', 'undo')))
       SELECT count(*) FILTER (WHERE made = 1) AS made, count(*) FILTER (WHERE made = 0) AS changed FROM since`,
    )
    .get(operationId) as { made: number; changed: number };
  return { made, changed };
}

export function markImportUndone(store: WritableStore, row: number, atMs: number): void {
  store.sql('UPDATE import_run SET undoneAtMs = ? WHERE id = ?').run(atMs, row);
  store.sql('DELETE FROM import_row WHERE importRunId = ?').run(row);
}

/** What became of a row: a record, nothing by somebody's decision, or it waits in the review queue. */
export type KnownRow =
  | { readonly state: 'record'; readonly recordId: number }
  | { readonly state: 'waiting' }
  | { readonly state: 'skipped' };

/** Null where no row of this fingerprint was seen. */
export function knownRow(store: ReadableStore, fingerprint: Uint8Array): KnownRow | null {
  const row = store.sql('SELECT recordId, waiting FROM import_row WHERE fingerprint = ?').get(fingerprint) as
    { recordId: number | null; waiting: number } | undefined;
  if (!row) return null;
  if (row.recordId !== null) return { state: 'record', recordId: row.recordId };
  return { state: row.waiting === 1 ? 'waiting' : 'skipped' };
}

export function rememberRow(
  store: WritableStore,
  fingerprint: Uint8Array,
  became: { readonly entity: EntityName; readonly recordId: number } | 'waiting' | 'skipped',
  runRow: number,
): void {
  const record = typeof became === 'string' ? null : became;
  store
    .sql(
      'INSERT OR REPLACE INTO import_row (fingerprint, entity, recordId, waiting, importRunId) VALUES (?, ?, ?, ?, ?)',
    )
    .run(
      fingerprint,
      record === null ? null : entityCodes[record.entity],
      record?.recordId ?? null,
      became === 'waiting' ? 1 : 0,
      runRow,
    );
}

export function rememberedMapping(store: ReadableStore, headerSet: string, kind: ImportKind): ColumnMap | null {
  const row = store.sql('SELECT fields FROM import_mapping WHERE headerSet = ? AND kind = ?').get(headerSet, kind) as
    { fields: string } | undefined;
  return row ? (JSON.parse(row.fields) as ColumnMap) : null;
}

export function rememberMapping(
  store: WritableStore,
  headerSet: string,
  kind: ImportKind,
  fields: ColumnMap,
  atMs: number,
): void {
  store
    .sql('INSERT OR REPLACE INTO import_mapping (headerSet, kind, fields, usedAtMs) VALUES (?, ?, ?, ?)')
    .run(headerSet, kind, JSON.stringify(fields), atMs);
}
