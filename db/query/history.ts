/**
 * Who changed what of a record, when, and by which rule, read from the change log. References are shown by the label
 * that the record they point at has today.
 *
 * Example: `{ operation: 'update', cause: 'rule', causeLabel: 'firstScore', fields: [{ field: 'stage',
 * before: 'inquiry', after: 'automatedMarketingQualification', … }] }`
 */
import type { z } from 'zod';
import type { historyEntrySchema, operationStateSchema } from '../../shared/contract/history.ts';
import { type EntityName, entityOf } from '../../shared/model/entities.ts';
import { entityCodes } from '../change-log/entity-codes.ts';
import { tableOf } from '../records/entity-storage.ts';
import { sourceName } from '../records/source-name.ts';
import type { ReadableStore } from '../store.ts';
import { uidToUuid, uuidToUid } from '../uuid.ts';

export type HistoryEntry = z.output<typeof historyEntrySchema>;
type State = z.output<typeof operationStateSchema>;

export type ChangeRow = {
  writeId: number;
  atMs: number;
  userName: string | null;
  deviceName: string | null;
  cause: HistoryEntry['cause'];
  causeLabel: string | null;
  created: number;
  fields: string;
  undone: number;
  operationId: string | null;
};

export function historyOf(store: ReadableStore, entity: EntityName, id: number, limit: number): HistoryEntry[] {
  const rows = store
    .sql(
      `SELECT write.id AS writeId, write.atMs, user.name AS userName, device.name AS deviceName, write.cause,
         write.causeLabel, change.created, change.fields,
         (write.undoneByWriteId IS NOT NULL OR parent.undoneByWriteId IS NOT NULL) AS undone,
         coalesce(write.operationId, parent.operationId) AS operationId
       FROM change JOIN write ON write.id = change.writeId
       LEFT JOIN write AS parent ON parent.id = write.parentWriteId
       LEFT JOIN user ON user.id = write.userId LEFT JOIN device ON device.id = write.deviceId
       WHERE change.entity = ? AND change.recordId = ?
       ORDER BY write.clock DESC, change.id DESC LIMIT ?`,
    )
    .all(entityCodes[entity], id, limit) as ChangeRow[];
  const operations = new Map<string, HistoryEntry['partOf']>();
  const partOf = (id: string | null): HistoryEntry['partOf'] => {
    if (id === null) return null;
    if (!operations.has(id)) operations.set(id, sumOfOperation(store, id));
    return operations.get(id) ?? null;
  };
  return rows.map((row) => ({ ...entryOf(store, entity, row), partOf: partOf(row.operationId) }));
}

function entryOf(store: ReadableStore, entity: EntityName, row: ChangeRow): Omit<HistoryEntry, 'partOf'> {
  const logged = JSON.parse(row.fields) as Record<string, readonly [unknown, unknown]>;
  const { fields } = entityOf(entity);
  const shown = Object.entries(logged)
    .filter(([name]) => name !== 'deletedAtMs')
    .map(([field, [before, after]]) => {
      const target = fields[field]?.target as EntityName | undefined;
      const isSource = field === 'captureSource';
      return {
        field,
        before: isSource ? sourceOf(store, before) : before,
        after: isSource ? sourceOf(store, after) : after,
        beforeLabel: target ? labelOf(store, target, before) : null,
        afterLabel: target ? labelOf(store, target, after) : null,
      };
    });
  return {
    writeId: row.writeId,
    atMs: row.atMs,
    userName: row.userName,
    deviceName: row.deviceName,
    cause: row.cause,
    causeLabel: row.causeLabel,
    operation: operationKind(row),
    fields: shown,
    undone: row.undone === 1,
  };
}

export function operationKind({ created, fields }: Pick<ChangeRow, 'created' | 'fields'>): HistoryEntry['operation'] {
  if (created === 1) return 'create';
  const bin = (JSON.parse(fields) as Record<string, readonly [unknown, unknown]>).deletedAtMs;
  if (!bin) return 'update';
  return bin[1] === null ? 'restore' : 'remove';
}

/** A record by its row, as screens name it; null where it is gone for good. */
export function recordOf(
  store: ReadableStore,
  entity: EntityName,
  row: number,
): { entity: EntityName; id: string; label: string } | null {
  const found = store.sql(`SELECT uid, label FROM ${tableOf(entity)} WHERE id = ?`).get(row) as
    { uid: Buffer; label: string } | undefined;
  return found ? { entity, id: uidToUuid(found.uid), label: found.label } : null;
}

type Sum = { readonly id: string; readonly records: number; readonly state: State };

export const stateOf = (writes: number, undone: number): State =>
  undone === 0 ? 'done' : undone === writes ? 'undone' : 'partly';

/** What an operation comes to; null for none of that id. */
export function sumOfOperation(store: ReadableStore, id: string): Sum | null {
  const row = store
    .sql(
      `SELECT count(*) AS writes, count(undoneByWriteId) AS undone, coalesce(sum(changes), 0) AS records
       FROM write WHERE operationId = ?`,
    )
    .get(id) as { writes: number; undone: number; records: number };
  return row.writes === 0 ? null : { id, records: row.records, state: stateOf(row.writes, row.undone) };
}

const sourceOf = (store: ReadableStore, source: unknown): unknown =>
  typeof source === 'string' ? sourceName(store, source) : source;

/** The label that a record has today; null where it is not here. */
export function labelOf(store: ReadableStore, entity: EntityName, uuid: unknown): string | null {
  if (typeof uuid !== 'string') return null;
  const row = store.sql(`SELECT label FROM ${tableOf(entity)} WHERE uid = ?`).get(uuidToUid(uuid)) as
    { label: string } | undefined;
  return row?.label ?? null;
}
