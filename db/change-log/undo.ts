/**
 * Undo is a new write that puts the fields of an earlier one back, with what rules did because of it. A field that
 * somebody changed since is left alone and counted as kept. History keeps both.
 */
import { type CallError, callError } from '../../shared/contract/call.ts';
import type { EntityName } from '../../shared/model/entities.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { withTagChange } from '../../shared/rules/tags.ts';
import { encodeField, type SqlValue, tableOf } from '../records/entity-storage.ts';
import { fieldsOf } from '../records/model.ts';
import { readStored, rowIdOf, uuidOf } from '../records/read.ts';
import { binSet, isPlainField, restoreSet, updateSet } from '../records/update-set.ts';
import { sameValue } from '../records/touched.ts';
import { applyPatch, type Write, write, writeIdOf } from '../records/write.ts';
import type { WritableStore } from '../store.ts';
import { entityOfCode } from './entity-codes.ts';
import { isSet } from './merge.ts';
import { withoutStuckValues } from './undo-custom-values.ts';

export type Undone = {
  readonly writeId: number;
  readonly undone: number;
  readonly kept: number;
  /** Records that are gone for good: they stay so. */
  readonly gone: number;
};

type ChangeRow = { entity: number; recordId: number; created: number; fields: string };

/**
 * Undoes one write and its rules' writes. `operationId`: the undo it is a part of. Errors: `notFound`, `alreadyUndone`,
 * `nothingToUndo`.
 */
export function undoWrite(store: WritableStore, writeId: number, operationId?: string): Result<Undone, CallError> {
  const row = store.sql('SELECT id, undoneByWriteId, causeLabel FROM write WHERE id = ?').get(writeId) as
    { id: number; undoneByWriteId: number | null; causeLabel: string | null } | undefined;
  if (!row) return err(callError('notFound', 'There is no such change.'));
  if (row.undoneByWriteId !== null) return err(callError('alreadyUndone', 'This change was undone already.'));
  const counts = { undone: 0, kept: 0, gone: 0 };
  const result = write(
    store,
    {
      cause: 'undo',
      undoesWriteId: writeId,
      ...(row.causeLabel ? { label: row.causeLabel } : {}),
      ...(operationId === undefined ? {} : { operationId }),
    },
    (inProgress) => {
      takeBack(inProgress, family(store, writeId), counts);
      if (counts.undone === 0) return null;
      const id = writeIdOf(inProgress);
      store.sql('UPDATE write SET undoneByWriteId = ? WHERE id = ?').run(id, writeId);
      return id;
    },
  );
  if (result.value === null) {
    const why = counts.gone > 0 ? 'is gone for good or was changed again' : 'was changed again';
    const { kept, gone } = counts;
    return err(
      callError('nothingToUndo', `Everything in this change ${why} since; nothing was undone.`, { kept, gone }),
    );
  }
  return ok({ writeId: result.value, ...counts });
}

/** A write and the writes of rules it made fire, last first. */
export function family(store: WritableStore, writeId: number): readonly number[] {
  const rows = store
    .sql(
      `WITH RECURSIVE family(id) AS (VALUES (?) UNION SELECT write.id FROM write JOIN family ON write.parentWriteId = family.id)
       SELECT id FROM family ORDER BY id DESC`,
    )
    .all(writeId) as { id: number }[];
  return rows.map((each) => each.id);
}

/** Puts back what the given writes did, last change first, inside a write in progress. */
export function takeBack(
  inProgress: Write,
  writeIds: readonly number[],
  counts: { undone: number; kept: number; gone?: number },
): void {
  const { store } = inProgress;
  const changes = store.sql('SELECT entity, recordId, created, fields FROM change WHERE writeId = ? ORDER BY id DESC');
  const gone = new Set<number>();
  const isGone = (recordId: number): boolean => {
    if (recordId < 0) gone.add(recordId);
    return recordId < 0;
  };
  // rules' writes come after the change that made them fire, but log first: collect, then undo newest value first
  const { rows, kept } = withoutStuckValues(
    store,
    writeIds.flatMap((id) => changes.all(id) as ChangeRow[]).filter(({ recordId }) => !isGone(recordId)),
  );
  counts.kept += kept;
  counts.gone = (counts.gone ?? 0) + gone.size;
  // an import or a bulk change is taken back by the thousand: what was done alike is undone alike
  for (const group of alike(rows)) {
    const [row] = group;
    const entity = entityOfCode(row.entity);
    const ids = group.map(({ recordId }) => recordId);
    if (row.created === 1) counts.undone += binSet(inProgress, entity, ids);
    else {
      const left = undoneAlike(inProgress, entity, row.fields, ids);
      counts.undone += ids.length - left.length;
      for (const id of left) undoOne(inProgress, entity, { ...row, recordId: id }, counts);
    }
  }
}

/** The same change of different records, as far as each was changed once; the others by themselves, in their order. */
function alike(rows: readonly ChangeRow[]): readonly (readonly [ChangeRow, ...ChangeRow[]])[] {
  const times = new Map<string, number>();
  const keyOf = ({ entity, recordId }: ChangeRow): string => `${entity} ${recordId}`;
  for (const row of rows) times.set(keyOf(row), (times.get(keyOf(row)) ?? 0) + 1);
  const groups: [ChangeRow, ...ChangeRow[]][] = [];
  const byChange = new Map<string, [ChangeRow, ...ChangeRow[]]>();
  const created: [ChangeRow, ...ChangeRow[]][] = [];
  for (const row of rows) {
    const change = row.created === 1 ? `${row.entity} made` : `${row.entity} ${row.fields}`;
    const mayJoin = row.created === 1 || times.get(keyOf(row)) === 1;
    const group = mayJoin ? byChange.get(change) : undefined;
    if (group) group.push(row);
    else {
      const own: [ChangeRow, ...ChangeRow[]] = [row];
      if (mayJoin) byChange.set(change, own);
      (row.created === 1 ? created : groups).push(own);
    }
  }
  return [...groups, ...created];
}

const fewAlike = 20;

/** Puts the old values back in one go where that is all there is to do; the records that are to be looked at one by one. */
function undoneAlike(inProgress: Write, entity: EntityName, fields: string, ids: readonly number[]): readonly number[] {
  const logged = JSON.parse(fields) as Record<string, [unknown, unknown]>;
  const names = Object.keys(logged);
  if (ids.length < fewAlike) return ids;
  if (names.length === 1 && names[0] === 'deletedAtMs') {
    const [before, after] = logged.deletedAtMs as [unknown, unknown];
    if (before !== null) return ids;
    const there = whereStill(inProgress, entity, { deletedAtMs: after }, ids);
    restoreSet(inProgress, entity, there);
    return without(ids, there);
  }
  const known = fieldsOf(inProgress.store, entity);
  if (!names.every((name) => known[name] && isPlainField(entity, name))) return ids;
  const value = (name: string, logged_: unknown): unknown => {
    const target = known[name]?.target as EntityName | undefined;
    return target && logged_ !== null ? rowIdOf(inProgress.store, target, logged_ as string) : logged_;
  };
  const now: Record<string, SqlValue> = {};
  const patch: Record<string, unknown> = {};
  for (const name of names) {
    const [before, after] = logged[name] as [unknown, unknown];
    now[name] = encodeField(known[name], value(name, after));
    patch[name] = value(name, before);
    // what it referred to is gone, and it cannot be without
    if (patch[name] === null && known[name]?.required) return ids;
  }
  const there = whereStill(inProgress, entity, now, ids);
  updateSet(inProgress, entity, there, patch);
  return without(ids, there);
}

const without = (ids: readonly number[], gone: readonly number[]): readonly number[] => {
  const isGone = new Set(gone);
  return ids.filter((id) => !isGone.has(id));
};

/** Those of the records that still hold these values. */
function whereStill(
  { store }: Write,
  entity: EntityName,
  values: Readonly<Record<string, unknown>>,
  ids: readonly number[],
): readonly number[] {
  const names = Object.keys(values);
  return store
    .sql(
      `SELECT id FROM ${tableOf(entity)} WHERE id IN (SELECT value FROM json_each(?))
       ${names.map((name) => `AND ${name} IS ?`).join(' ')}`,
    )
    .pluck()
    .all(JSON.stringify(ids), ...names.map((name) => values[name])) as number[];
}

function undoOne(
  inProgress: Write,
  entity: EntityName,
  row: ChangeRow,
  counts: { undone: number; kept: number },
): void {
  const { patch, deletedAtMs, kept } = oldValues(inProgress.store, entity, row);
  counts.kept += kept;
  if (applyPatch(inProgress, entity, row.recordId, patch, deletedAtMs)) counts.undone += 1;
}

/** The old values of the fields that still hold what the change put there. */
function oldValues(store: WritableStore, entity: EntityName, row: ChangeRow) {
  const record = readStored(store, entity, row.recordId);
  if (!record) throw new Error(`The change log names a missing ${entity}`);
  const current = record.values as Record<string, unknown>;
  const logged = JSON.parse(row.fields) as Record<string, [unknown, unknown]>;
  const fields = fieldsOf(store, entity);
  const patch: Record<string, unknown> = {};
  let deletedAtMs: number | null | undefined;
  let kept = 0;
  for (const [name, [before, after]] of Object.entries(logged)) {
    if (name === 'deletedAtMs') {
      if (record.deletedAtMs === after) deletedAtMs = before as number | null;
      else kept += 1;
      continue;
    }
    const field = fields[name];
    if (!field) continue;
    const target = field.target as EntityName | undefined;
    const now = current[name];
    if (isSet(entity, name)) {
      // what it added goes and what it took off comes back; what others did to the set since stays
      patch[name] = withTagChange(now, after, before);
      continue;
    }
    const nowLogged = target && now !== null ? uuidOf(store, target, now as number) : now;
    if (!sameValue(nowLogged, after)) {
      kept += 1;
      continue;
    }
    const old = target && before !== null ? rowIdOf(store, target, before as string) : before;
    // what it referred to is gone, and it cannot be without
    if (old === null && field.required) kept += 1;
    else patch[name] = old;
  }
  return { patch, deletedAtMs, kept };
}
