/**
 * Conflicts of bundles with both values, authors and times, read from the change log (domain.md section 8).
 *
 * Example: Ann set a job title to `Buyer` at 9:00, Bo to `Head of Buying` at 9:05, neither knowing of the other: Bo's
 * is `kept`, Ann's is `lost`.
 */
import type { z } from 'zod';
import type { conflictSchema } from '../../shared/contract/hq.ts';
import { type EntityName, entityOf } from '../../shared/model/entities.ts';
import { entityOfCode } from '../change-log/entity-codes.ts';
import { fits } from '../change-log/apply-values.ts';
import { shownFieldsOf } from '../records/model.ts';
import { readStored, uuidOf } from '../records/read.ts';
import { sameValue } from '../records/touched.ts';
import type { ReadableStore } from '../store.ts';
import { labelOf } from './history.ts';

export type ListedConflict = z.output<typeof conflictSchema>;
type Side = ListedConflict['kept'];

type Row = {
  id: number;
  entity: number;
  recordId: number;
  field: string;
  keptWriteId: number;
  lostWriteId: number;
};

/** Newest first; only of fields that this version knows. */
export function listConflicts(store: ReadableStore, limit: number): { rows: ListedConflict[]; total: number } {
  const rows = store.sql('SELECT * FROM conflict ORDER BY id DESC LIMIT ?').all(limit) as Row[];
  const { total } = store.sql('SELECT count(*) AS total FROM conflict').get() as { total: number };
  return { rows: rows.flatMap((row) => conflictOf(store, row)?.listed ?? []), total };
}

export type FoundConflict = {
  readonly listed: ListedConflict;
  readonly entity: EntityName;
  readonly recordRow: number;
};

export function findConflict(store: ReadableStore, id: number): FoundConflict | null {
  const row = store.sql('SELECT * FROM conflict WHERE id = ?').get(id) as Row | undefined;
  return row ? conflictOf(store, row) : null;
}

function conflictOf(store: ReadableStore, row: Row): FoundConflict | null {
  const entity = entityOfCode(row.entity);
  const field = shownFieldsOf(store, entity)[row.field];
  const record = readStored(store, entity, row.recordId);
  const kept = sideOf(store, entity, row, row.keptWriteId);
  const lost = sideOf(store, entity, row, row.lostWriteId);
  if (field === undefined || record === null || kept === null || lost === null) return null;
  const now = (record.values as Readonly<Record<string, unknown>>)[row.field] ?? null;
  const target = field.target as EntityName | undefined;
  const nowLogged = target && typeof now === 'number' ? uuidOf(store, target, now) : now;
  const stands = record.deletedAtMs === null && sameValue(nowLogged, kept.value);
  const listed = {
    id: row.id,
    entity,
    recordId: uuidOf(store, entity, row.recordId),
    label: record.label,
    field: row.field,
    kept,
    lost,
    stands,
    // (a custom field may be of another kind since)
    canSwap: stands && field.computed !== true && isFree(entity, row.field) && fits(field, lost.value ?? null),
  };
  return { listed, entity, recordRow: row.recordId };
}

/** Configuration has rules of its own, and consent is given by the person, never chosen by us. */
const isFree = (entity: EntityName, field: string): boolean =>
  ['contact', 'account', 'lead', 'event'].includes(entity) && !['consentLevel', 'child'].includes(field);

type WriteRow = { atMs: number; userName: string | null; deviceName: string | null; fields: string };

function sideOf(store: ReadableStore, entity: EntityName, { field, ...row }: Row, writeId: number): Side | null {
  const written = store
    .sql(
      `SELECT write.atMs, user.name AS userName, device.name AS deviceName, change.fields
       FROM change JOIN write ON write.id = change.writeId
       LEFT JOIN user ON user.id = write.userId LEFT JOIN device ON device.id = write.deviceId
       WHERE change.writeId = ? AND change.entity = ? AND change.recordId = ? ORDER BY change.id DESC`,
    )
    .all(writeId, row.entity, row.recordId) as WriteRow[];
  for (const { fields, ...about } of written) {
    const logged = (JSON.parse(fields) as Record<string, readonly [unknown, unknown]>)[field];
    if (logged === undefined) continue;
    const [, value] = logged;
    const target = entityOf(entity).fields[field]?.target as EntityName | undefined;
    return { ...about, value, label: target ? labelOf(store, target, value) : null };
  }
  return null;
}
