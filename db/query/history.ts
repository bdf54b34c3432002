/**
 * Who changed what of a record, when, and by which rule, read from the change log. References are shown by the label
 * that the record they point at has today.
 *
 * Example: `{ operation: 'update', cause: 'rule', causeLabel: 'firstScore', fields: [{ field: 'stage',
 * before: 'inquiry', after: 'automatedMarketingQualification', … }] }`
 */
import type { z } from 'zod';
import type { historyEntrySchema } from '../../shared/contract/history.ts';
import { type EntityName, entityOf } from '../../shared/model/entities.ts';
import { entityCodes } from '../change-log/entity-codes.ts';
import { tableOf } from '../records/entity-storage.ts';
import { sourceName } from '../records/source-name.ts';
import type { ReadableStore } from '../store.ts';
import { uuidToUid } from '../uuid.ts';

export type HistoryEntry = z.output<typeof historyEntrySchema>;

type ChangeRow = {
  writeId: number;
  atMs: number;
  userName: string | null;
  deviceName: string | null;
  cause: HistoryEntry['cause'];
  causeLabel: string | null;
  created: number;
  fields: string;
  undone: number;
};

export function historyOf(store: ReadableStore, entity: EntityName, id: number, limit: number): HistoryEntry[] {
  const rows = store
    .sql(
      `SELECT write.id AS writeId, write.atMs, user.name AS userName, device.name AS deviceName, write.cause,
         write.causeLabel, change.created, change.fields,
         (write.undoneByWriteId IS NOT NULL
           OR EXISTS (SELECT 1 FROM write AS parent WHERE parent.id = write.parentWriteId AND parent.undoneByWriteId IS NOT NULL)) AS undone
       FROM change JOIN write ON write.id = change.writeId
       LEFT JOIN user ON user.id = write.userId LEFT JOIN device ON device.id = write.deviceId
       WHERE change.entity = ? AND change.recordId = ?
       ORDER BY write.clock DESC, change.id DESC LIMIT ?`,
    )
    .all(entityCodes[entity], id, limit) as ChangeRow[];
  return rows.map((row) => entryOf(store, entity, row));
}

function entryOf(store: ReadableStore, entity: EntityName, row: ChangeRow): HistoryEntry {
  const logged = JSON.parse(row.fields) as Record<string, readonly [unknown, unknown]>;
  const { fields } = entityOf(entity);
  const bin = logged.deletedAtMs;
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
    operation: operationOf(row.created === 1, bin),
    fields: shown,
    undone: row.undone === 1,
  };
}

function operationOf(isCreation: boolean, bin: readonly [unknown, unknown] | undefined): HistoryEntry['operation'] {
  if (isCreation) return 'create';
  if (!bin) return 'update';
  return bin[1] === null ? 'restore' : 'remove';
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
