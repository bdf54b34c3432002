/**
 * Every field by which records point at contacts, accounts and leads, taken from the model: a new kind of record that
 * points at one takes part in merges without a word here.
 */
import { type EntityName, entityNames, entityOf } from '../../shared/model/entities.ts';
import type { MergeEntity } from '../../shared/rules/merging/merged-values.ts';
import { tableOf } from '../records/entity-storage.ts';
import { uuidOf } from '../records/read.ts';
import { updateSet } from '../records/update-set.ts';
import { setDeleted, updateRecord, type Write } from '../records/write.ts';

export type Reference = { readonly entity: EntityName; readonly field: string };

export const referencesTo = (target: MergeEntity): readonly Reference[] =>
  entityNames.flatMap((entity) =>
    Object.entries(entityOf(entity).fields)
      .filter(([, field]) => field.kind === 'ref' && field.target === target)
      .map(([field]) => ({ entity, field })),
  );

/** Makes all that points at the merged records point at the survivor. How many records, by kind. */
export function moveReferences(
  write: Write,
  target: MergeEntity,
  merged: readonly number[],
  survivor: number,
): Map<EntityName, number> {
  const moved = new Map<EntityName, number>();
  const ids = JSON.stringify(merged);
  for (const { entity, field } of referencesTo(target)) {
    const found = write.store
      .sql(`SELECT id FROM ${tableOf(entity)} WHERE ${field} IN (SELECT value FROM json_each(?))`)
      .pluck()
      .all(ids) as number[];
    // what the merged records themselves say is decided with their values
    const rows = found.filter((id) => entity !== target || (id !== survivor && !merged.includes(id)));
    updateSet(write, entity, rows, { [field]: survivor });
    if (rows.length > 0) moved.set(entity, (moved.get(entity) ?? 0) + rows.length);
  }
  if (moved.has('segmentMember')) pickOnce(write, survivor);
  renameInQuestions(write, target, merged, survivor);
  return moved;
}

/** Saved questions name records by id: whoever asked for the leads of an account goes on asking for them. */
const questions = { segment: 'query', savedView: 'definition', scoringModel: 'definition' } as const;

function renameInQuestions(write: Write, target: MergeEntity, merged: readonly number[], survivor: number): void {
  const { store } = write;
  const to = uuidOf(store, target, survivor);
  for (const row of merged) {
    const from = uuidOf(store, target, row);
    for (const [name, field] of Object.entries(questions)) {
      const entity = name as keyof typeof questions;
      const found = store
        .sql(`SELECT id, ${field} AS question FROM ${tableOf(entity)} WHERE instr(${field}, ?) > 0`)
        .all(from) as { id: number; question: string }[];
      for (const { id, question } of found) {
        updateRecord<EntityName>(write, entity, id, { [field]: JSON.parse(question.replaceAll(from, to)) as unknown });
      }
    }
  }
}

/** Picked for a segment once: the pick with the smallest id stays, on every laptop alike. (Lists: list-membership.ts) */
function pickOnce(write: Write, contactId: number): void {
  const rows = write.store
    .sql('SELECT id, segmentId FROM segment_member WHERE contactId = ? AND deletedAtMs IS NULL ORDER BY uid')
    .all(contactId) as { id: number; segmentId: number }[];
  const seen = new Set<number>();
  for (const { id, segmentId } of rows) {
    if (seen.has(segmentId)) setDeleted(write, 'segmentMember', id, true);
    seen.add(segmentId);
  }
}
