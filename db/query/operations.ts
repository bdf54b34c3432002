/**
 * Everything that was done, newest first as this laptop learned of it: a write, or an operation (a bulk change, an
 * import) as one. What rules did because of a write belongs to it (design.md, "The store").
 *
 * Example: `{ cause: 'edit', records: 2497, first: { entity: 'contact', label: 'Ann Baker' }, state: 'done', … }`
 */
import type { z } from 'zod';
import type { historyOperationSchema } from '../../shared/contract/history.ts';
import type { OutputOf } from '../../shared/contract/index.ts';
import { entityOfCode } from '../change-log/entity-codes.ts';
import type { ReadableStore } from '../store.ts';
import { type ChangeRow as LoggedRow, operationKind, recordOf, stateOf, sumOfOperation } from './history.ts';

type Operation = z.output<typeof historyOperationSchema>;

type WriteRow = {
  id: number;
  atMs: number;
  userName: string | null;
  deviceName: string | null;
  cause: Operation['cause'];
  causeLabel: string | null;
  operationId: string | null;
  changes: number;
  undone: number;
};

const writeColumns = `write.id, write.atMs, user.name AS userName, device.name AS deviceName, write.cause,
  write.causeLabel, write.operationId, write.changes, write.undoneByWriteId IS NOT NULL AS undone`;
const writeJoins = `LEFT JOIN user ON user.id = write.userId LEFT JOIN device ON device.id = write.deviceId`;

/** `before`: the `next` of the page before. An operation stands where its last write does. */
export function operationsPage(
  store: ReadableStore,
  limit: number,
  before: number | undefined,
): OutputOf<'history.page'> {
  const rows = store
    .sql(
      `SELECT ${writeColumns} FROM write ${writeJoins}
       WHERE write.id < ? AND write.parentWriteId IS NULL
         AND (write.changes > 0 OR EXISTS (SELECT 1 FROM write AS rule WHERE rule.parentWriteId = write.id))
         AND (write.operationId IS NULL OR NOT EXISTS (
           SELECT 1 FROM write AS later WHERE later.operationId = write.operationId AND later.id > write.id))
       ORDER BY write.id DESC LIMIT ?`,
    )
    .all(before ?? Number.MAX_SAFE_INTEGER, limit + 1) as WriteRow[];
  const shown = rows.slice(0, limit);
  return {
    entries: shown.map((row) => entryOf(store, row)),
    next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

function entryOf(store: ReadableStore, row: WriteRow): Operation {
  const first = firstChange(store, row.id);
  const sum = row.operationId === null ? null : sumOfOperation(store, row.operationId);
  return {
    writeId: row.id,
    atMs: row.atMs,
    userName: row.userName,
    deviceName: row.deviceName,
    cause: row.cause,
    causeLabel: row.causeLabel,
    operationId: row.operationId,
    records: sum?.records ?? row.changes,
    state: sum?.state ?? stateOf(1, row.undone),
    operation: first === null ? 'update' : operationKind(first),
    fields:
      first === null ? [] : Object.keys(JSON.parse(first.fields) as object).filter((name) => name !== 'deletedAtMs'),
    first: first === null ? null : recordOf(store, entityOfCode(first.entity), first.recordId),
  };
}

type FirstRow = Pick<LoggedRow, 'created' | 'fields'> & { readonly entity: number; readonly recordId: number };

/** The first change of a write; of what rules did because of it where it changed nothing itself. */
const firstChange = (store: ReadableStore, writeId: number): FirstRow | null =>
  (store
    .sql(
      `SELECT entity, recordId, created, fields FROM change
       WHERE writeId = ? OR writeId IN (SELECT id FROM write WHERE parentWriteId = ?)
       ORDER BY writeId, id LIMIT 1`,
    )
    .get(writeId, writeId) as FirstRow | undefined) ?? null;

/** What undoing a whole operation would come to; null for none of that id. */
export function operationDetail(store: ReadableStore, id: string): OutputOf<'history.operation'> | null {
  const sum = sumOfOperation(store, id);
  if (sum === null) return null;
  const kinds = store
    .sql(
      `SELECT change.entity, count(DISTINCT change.recordId) AS count FROM write JOIN change ON change.writeId = write.id
       WHERE write.operationId = ? AND change.recordId > 0 GROUP BY change.entity ORDER BY count DESC`,
    )
    .all(id) as { entity: number; count: number }[];
  return {
    ...sum,
    kinds: kinds.map(({ entity, count }) => ({ entity: entityOfCode(entity), count })),
    changedSince: changedSince(store, id),
    gone: goneOf(store, id),
  };
}

const goneOf = (store: ReadableStore, id: string): number =>
  store
    .sql(
      `SELECT count(DISTINCT change.recordId) FROM write JOIN change ON change.writeId = write.id
       WHERE write.operationId = ? AND change.recordId < 0`,
    )
    .pluck()
    .get(id) as number;

/**
 * How many of its records somebody (or a rule that fired later) changed after the operation. What was put back since
 * does not count: the records hold again what the operation gave them. All changes of one write have one clock.
 */
function changedSince(store: ReadableStore, id: string): number {
  const clocks = store.sql('SELECT clock FROM write WHERE operationId = ?').pluck().all(id) as number[];
  const first = clocks.reduce((least, clock) => Math.min(least, clock), Number.MAX_SAFE_INTEGER);
  return store
    .sql(
      `SELECT count(*) FROM (
         SELECT DISTINCT change.entity, change.recordId FROM write JOIN change ON change.writeId = write.id
         WHERE write.operationId = ? AND write.undoneByWriteId IS NULL AND change.recordId > 0) AS own
       WHERE EXISTS (
         SELECT 1 FROM change AS later JOIN write AS since ON since.id = later.writeId
         LEFT JOIN write AS undone ON undone.id = since.undoesWriteId
         WHERE later.entity = own.entity AND later.recordId = own.recordId AND since.clock > ?
           AND since.clock NOT IN (SELECT value FROM json_each(?)) AND since.undoneByWriteId IS NULL
           AND (undone.clock IS NULL OR undone.clock <= ?))`,
    )
    .pluck()
    .get(id, first, JSON.stringify(clocks), first) as number;
}
