/**
 * Undo is a new write that puts the fields of an earlier one back, with what rules did because of it. A field that
 * somebody changed since is left alone and counted as kept. History keeps both.
 */
import { type CallError, callError } from '../../shared/contract/call.ts';
import { type EntityName, entityOf } from '../../shared/model/entities.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { readStored, rowIdOf, uuidOf } from '../records/read.ts';
import { binSet } from '../records/update-set.ts';
import { sameValue } from '../records/touched.ts';
import { applyPatch, type Write, write, writeIdOf } from '../records/write.ts';
import type { WritableStore } from '../store.ts';
import { entityOfCode } from './entity-codes.ts';

export type Undone = { readonly writeId: number; readonly undone: number; readonly kept: number };

type ChangeRow = { entity: number; recordId: number; created: number; fields: string };

/** Undoes one write and its rules' writes. Errors: `notFound`, `alreadyUndone`, `nothingToUndo`. */
export function undoWrite(store: WritableStore, writeId: number): Result<Undone, CallError> {
  const row = store.sql('SELECT id, undoneByWriteId, causeLabel FROM write WHERE id = ?').get(writeId) as
    { id: number; undoneByWriteId: number | null; causeLabel: string | null } | undefined;
  if (!row) return err(callError('notFound', 'There is no such change.'));
  if (row.undoneByWriteId !== null) return err(callError('alreadyUndone', 'This change was undone already.'));
  const counts = { undone: 0, kept: 0 };
  const result = write(
    store,
    { cause: 'undo', undoesWriteId: writeId, ...(row.causeLabel ? { label: row.causeLabel } : {}) },
    (inProgress) => {
      takeBack(inProgress, family(store, writeId), counts);
      if (counts.undone === 0) return null;
      const id = writeIdOf(inProgress);
      store.sql('UPDATE write SET undoneByWriteId = ? WHERE id = ?').run(id, writeId);
      return id;
    },
  );
  if (result.value === null) {
    return err(callError('nothingToUndo', 'Everything in this change was changed again since; nothing was undone.'));
  }
  return ok({ writeId: result.value, ...counts });
}

/** A write and the writes of rules it made fire, last first. */
function family(store: WritableStore, writeId: number): readonly number[] {
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
  counts: { undone: number; kept: number },
): void {
  const { store } = inProgress;
  const changes = store.sql('SELECT entity, recordId, created, fields FROM change WHERE writeId = ? ORDER BY id DESC');
  // rules' writes come after the change that made them fire, but log first: collect, then undo newest value first
  const rows = writeIds.flatMap((id) => changes.all(id) as ChangeRow[]);
  const made = new Map<EntityName, number[]>();
  for (const row of rows) {
    const entity = entityOfCode(row.entity);
    if (row.created === 1) {
      const ids = made.get(entity);
      if (ids) ids.push(row.recordId);
      else made.set(entity, [row.recordId]);
      continue;
    }
    const { patch, deletedAtMs, kept } = oldValues(store, entity, row);
    counts.kept += kept;
    if (applyPatch(inProgress, entity, row.recordId, patch, deletedAtMs)) counts.undone += 1;
  }
  // an import is taken back by the thousand
  for (const [entity, ids] of made) counts.undone += binSet(inProgress, entity, ids);
}

/** The old values of the fields that still hold what the change put there. */
function oldValues(store: WritableStore, entity: EntityName, row: ChangeRow) {
  const record = readStored(store, entity, row.recordId);
  if (!record) throw new Error(`The change log names a missing ${entity}`);
  const current = record.values as Record<string, unknown>;
  const logged = JSON.parse(row.fields) as Record<string, [unknown, unknown]>;
  const { fields } = entityOf(entity);
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
    const nowLogged = target && now !== null ? uuidOf(store, target, now as number) : now;
    if (!sameValue(nowLogged, after)) {
      kept += 1;
      continue;
    }
    patch[name] = target && before !== null ? rowIdOf(store, target, before as string) : before;
  }
  return { patch, deletedAtMs, kept };
}
