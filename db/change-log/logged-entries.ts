/** What the log says of a record, in the order of `merge.ts`. */
import type { EntityName } from '../../shared/model/entities.ts';
import type { ReadableStore } from '../store.ts';
import { entityCodes } from './entity-codes.ts';
import { compareEntries, type LogEntry } from './merge.ts';

export const entryColumns = `write.clock, write.originNumber, write.atMs, device.uid AS device,
  EXISTS (SELECT 1 FROM write AS root WHERE root.deviceId = write.deviceId AND root.clock = write.clock
    AND root.cause = 'system') AS base`;
export const entryJoins = (table: string): string =>
  `JOIN write ON write.id = ${table}.writeId JOIN device ON device.id = write.deviceId`;

type EntryRow = {
  writeId: number;
  created: number;
  fields: string;
  clock: number;
  originNumber: number;
  atMs: number;
  device: Buffer;
  base: number;
};

export function entriesFrom(store: ReadableStore, text: string, parameters: readonly unknown[]): LogEntry[] {
  const found = store.sql(text).all(...parameters) as EntryRow[];
  return found
    .map((row): LogEntry => ({
      writeId: row.writeId,
      base: row.base === 1,
      clock: row.clock,
      device: row.device.toString('hex'),
      originNumber: row.originNumber,
      atMs: row.atMs,
      created: row.created === 1,
      fields: JSON.parse(row.fields) as LogEntry['fields'],
    }))
    .toSorted(compareEntries);
}

export const loggedEntries = (store: ReadableStore, entity: EntityName, recordId: number): LogEntry[] =>
  entriesFrom(
    store,
    `SELECT write.id AS writeId, change.created, change.fields, ${entryColumns}
     FROM change ${entryJoins('change')} WHERE change.entity = ? AND change.recordId = ?`,
    [entityCodes[entity], recordId],
  );
