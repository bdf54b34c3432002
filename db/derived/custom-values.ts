/**
 * When a custom field comes, or is of another kind than before, the values of records follow: what the log holds and
 * nobody could put in yet is put in; what no longer fits stands in the log only. Nothing is logged: every laptop comes to
 * the same from the same log (db/change-log/merge.ts). Whoever changes a kind by hand has put the values in already, as
 * changes of their own.
 *
 * Example: a bundle's second half arrives first and brings Ann's badge colour; with the first half comes the field, and
 * Ann's colour is there.
 */
import { type CustomFieldDefinition, customFieldName } from '../../shared/model/custom-field.ts';
import { entityCodes } from '../change-log/entity-codes.ts';
import { keepPendingValue, settleCustomValue } from '../change-log/pending-values.ts';
import { countIn, revisionCounter } from '../records/counters.ts';
import { remakeKeys } from '../records/custom-columns.ts';
import { decodeField, tableOf } from '../records/entity-storage.ts';
import { keyColumnOf, modelOf } from '../records/model.ts';
import type { Touched } from '../records/touched.ts';
import type { Write } from '../records/write.ts';
import { uidToUuid } from '../uuid.ts';

export function keepCustomValues(write: Write): void {
  const touched = write.touched.get('customField');
  if (!touched) return;
  const { columns } = modelOf(write.store);
  for (const record of touched.values()) {
    const field = columns.find(({ id }) => id === uidToUuid(record.uid));
    if (!field) continue;
    if (isOtherKind(record)) {
      takeOutMisfits(write, field);
      remakeKeys(write.store, field);
    }
    putInPending(write, field);
  }
}

const isOtherKind = (record: Touched): boolean => !record.created && record.fields.has('kind');

function takeOutMisfits(write: Write, field: CustomFieldDefinition): void {
  const { store } = write;
  const table = tableOf(field.entity);
  const name = customFieldName(field.id);
  const description = modelOf(store).fieldsOf(field.entity)[name];
  const rows = store.sql(`SELECT id, ${name} AS value FROM ${table} WHERE ${name} IS NOT NULL`).all();
  const blank = store.sql(`UPDATE ${table} SET ${name} = NULL, ${keyColumnOf(name)} = NULL WHERE id = ?`);
  const rederived = write.rederived.get(field.entity) ?? new Set();
  for (const { id, value } of rows as { id: number; value: unknown }[]) {
    if (decodeField(description, value) !== null) continue;
    keepPendingValue(store, name, field.entity, id);
    blank.run(id);
    rederived.add(id);
  }
  if (rederived.size > 0) write.rederived.set(field.entity, rederived);
  countIn(write, [revisionCounter(field.entity)], 1);
}

function putInPending(write: Write, field: CustomFieldDefinition): void {
  const name = customFieldName(field.id);
  const waiting = write.store
    .sql('SELECT recordId FROM pending_value WHERE field = ? AND entity = ?')
    .pluck()
    .all(name, entityCodes[field.entity]) as number[];
  const changed = write.touched.get(field.entity);
  for (const id of waiting) {
    // set in this very write: the log does not have it yet
    if (changed?.get(id)?.fields.has(name)) continue;
    settleCustomValue(write, field.entity, id, name);
  }
}
