/**
 * Values of custom fields that the log has and a record cannot take: the field has not arrived, or is of another kind.
 * They wait (table `pending_value`) until the definition comes or changes (db/derived/custom-values.ts).
 */
import { hasCustomFields, isCustomFieldName } from '../../shared/model/custom-field.ts';
import type { EntityName } from '../../shared/model/entities.ts';
import type { Field } from '../../shared/model/field.ts';
import { fieldsOf } from '../records/model.ts';
import { readStored } from '../records/read.ts';
import { applyPatch, asReceived, type Write } from '../records/write.ts';
import type { ReadableStore } from '../store.ts';
import { fits } from './apply-values.ts';
import { entityCodes } from './entity-codes.ts';
import { loggedEntries } from './logged-entries.ts';
import { type LogEntry, settleField } from './merge.ts';

/** Which values of the log count for a field: of a custom one those that fit its kind now. */
export const fitting =
  (field: Field | undefined) =>
  (value: unknown): boolean =>
    field?.custom === undefined || fits(field, value);

export function noteMisfits(
  { store }: Write,
  entity: EntityName,
  recordId: number,
  entries: readonly LogEntry[],
): void {
  if (!hasCustomFields(entity)) return;
  const fields = fieldsOf(store, entity);
  for (const entry of entries) {
    for (const [name, [, after]] of Object.entries(entry.fields)) {
      if (!isCustomFieldName(name)) continue;
      const field = fields[name];
      if (field === undefined || !fits(field, after)) keepPendingValue(store, name, entity, recordId);
    }
  }
}

export function keepPendingValue(store: ReadableStore, field: string, entity: EntityName, recordId: number): void {
  store
    .sql('INSERT OR IGNORE INTO pending_value (field, entity, recordId) VALUES (?, ?, ?)')
    .run(field, entityCodes[entity], recordId);
}

/** What the log says that a custom field of a record holds, put in: no change of anybody, and none that others hear of. */
export function settleCustomValue(write: Write, entity: EntityName, recordId: number, name: string): void {
  const { store } = write;
  const record = readStored(store, entity, recordId);
  const field = fieldsOf(store, entity)[name];
  if (!record || !field) return;
  const entries = loggedEntries(write.store, entity, recordId);
  const { value } = settleField(entity, name, null, entries, fitting(field));
  if (!entries.some((entry) => name in entry.fields && !fits(field, entry.fields[name]?.[1]))) {
    store
      .sql('DELETE FROM pending_value WHERE field = ? AND entity = ? AND recordId = ?')
      .run(name, entityCodes[entity], recordId);
  }
  asReceived(write, { atMs: record.updatedAtMs, clock: record.version + 1 }, (received) =>
    applyPatch(received, entity, recordId, { [name]: value }, undefined),
  );
}
