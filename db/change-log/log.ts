/** Writes the change log: a row for the write, made when it first changes something, and a row a record. */
import type { EntityName } from '../../shared/model/entities.ts';
import { fieldsOf } from '../records/model.ts';
import { uuidOf } from '../records/read.ts';
import type { Touched } from '../records/touched.ts';
import type { OpenWrite, Write } from '../records/write.ts';
import { entityCodes } from './entity-codes.ts';

export function rowOf(write: Write, open: OpenWrite, parentRowId: number | null): number {
  if (open.rowId !== null) return open.rowId;
  const { store } = write;
  const next = store
    .sql('SELECT coalesce(max(originNumber), 0) + 1 AS number FROM write WHERE deviceId = ?')
    .get(store.author.deviceRow) as { number: number };
  const added = store
    .sql(
      `INSERT INTO write (deviceId, originNumber, clock, atMs, userId, cause, causeLabel, operationId, parentWriteId, undoesWriteId)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      store.author.deviceRow,
      next.number,
      write.clock,
      write.atMs,
      store.userRow,
      open.cause.cause,
      open.cause.label ?? null,
      open.cause.operationId ?? null,
      parentRowId,
      open.cause.undoesWriteId ?? null,
    );
  open.rowId = Number(added.lastInsertRowid);
  return open.rowId;
}

export function flush(write: Write, open: OpenWrite, parentRowId: number | null = null): void {
  let changes = 0;
  const insert = write.store.sql(
    'INSERT INTO change (writeId, entity, recordId, created, fields) VALUES (?, ?, ?, ?, ?)',
  );
  const uuids = new Map<string, string>();
  for (const [entity, records] of open.touched) {
    for (const [recordId, record] of records) {
      const fields = loggedFields(write, entity, record, uuids);
      if (fields === null) continue;
      insert.run(rowOf(write, open, parentRowId), entityCodes[entity], recordId, record.created ? 1 : 0, fields);
      changes += 1;
    }
  }
  if (changes > 0) write.store.sql('UPDATE write SET changes = changes + ? WHERE id = ?').run(changes, open.rowId);
}

/** `{field: [old, new]}` as JSON, references as UUIDs; null when all changes cancelled out. */
function loggedFields(write: Write, entity: EntityName, record: Touched, uuids: Map<string, string>): string | null {
  if (record.logged !== null) return record.logged;
  const fields = fieldsOf(write.store, entity);
  const logged: Record<string, readonly [unknown, unknown]> = {};
  let any = false;
  for (const [name, [before, after]] of record.fields) {
    const target = fields[name]?.target as EntityName | undefined;
    if (target) {
      const old = refUuid(write, target, before as number | null, uuids);
      logged[name] = [old, refUuid(write, target, after as number | null, uuids)];
    } else logged[name] = [before, after];
    any = true;
  }
  return any || record.created ? JSON.stringify(logged) : null;
}

function refUuid(write: Write, target: EntityName, id: number | null, uuids: Map<string, string>): string | null {
  if (id === null) return null;
  const key = `${target}:${id}`;
  let uuid = uuids.get(key);
  if (uuid === undefined) {
    uuid = uuidOf(write.store, target, id);
    uuids.set(key, uuid);
  }
  return uuid;
}
