/**
 * Makes one record of several (domain.md section 2): what points at the others points at the survivor, whose blank
 * fields are filled (shared/rules/merging); the others go into the bin, and their ids lead to the survivor. One write of
 * the one path: history shows it, undo takes it back, other laptops and HQ follow.
 *
 * Example: `write(store, { cause: 'merge' }, (w) => mergeRecords(w, { entity: 'contact', keep: 7, others: [9], choices: {} }))`
 */
import { type EntityName } from '../../shared/model/entities.ts';
import {
  type FieldChoice,
  leadStage,
  mergedValues,
  type MergeEntity,
} from '../../shared/rules/merging/merged-values.ts';
import type { StoredPatch } from '../records/entity-storage.ts';
import { closeLead, moveLead } from '../records/lead-life.ts';
import { processOf } from '../records/lead-start.ts';
import { readStored, rowIdOf, type StoredRecord } from '../records/read.ts';
import { sameValue } from '../records/touched.ts';
import { isCircular } from '../records/wire.ts';
import { tableOf } from '../records/entity-storage.ts';
import { applyPatch, createRecord, setDeleted, updateRecord, type Write } from '../records/write.ts';
import { uidToUuid } from '../uuid.ts';
import { redirectUid } from './redirects.ts';
import { moveReferences } from './references.ts';

export type Merging = {
  readonly entity: MergeEntity;
  readonly keep: number;
  readonly others: readonly number[];
  /** Values by hand in stored form; `from` counts the survivor as 0, the others as given. */
  readonly choices: Readonly<Record<string, FieldChoice>>;
};

type Values = Readonly<Record<string, unknown>>;
type Record_ = StoredRecord<EntityName>;

const recordOf = (write: Write, entity: MergeEntity, row: number): Record_ => {
  const record = readStored<EntityName>(write.store, entity, row);
  if (!record) throw new Error(`No ${entity} in row ${row}`);
  return record;
};

/** How many records now point at the survivor that pointed at another, by kind. */
export function mergeRecords(write: Write, { entity, keep, others, choices }: Merging): Map<EntityName, number> {
  const survivor = recordOf(write, entity, keep);
  const merged = others.map((row) => recordOf(write, entity, row));
  const patch = patchOf(write, entity, survivor, merged, choices);
  const moved = moveReferences(write, entity, others, keep);
  const stage = entity === 'lead' ? stageOf(write, [survivor, ...merged]) : null;
  if (entity === 'contact') auditConsent(write, survivor, patch);
  updateRecord(write, entity, keep, patch as StoredPatch<MergeEntity>);
  for (const record of merged) {
    setDeleted(write, entity, record.id, true);
    redirect(write, entity, uidToUuid(record.uid), uidToUuid(survivor.uid));
  }
  if (entity === 'lead') settleLead(write, survivor, stage);
  return moved;
}

/** What changes about the survivor. */
export function patchOf(
  write: Write,
  entity: MergeEntity,
  survivor: Record_,
  merged: readonly Record_[],
  choices: Merging['choices'] = {},
): Record<string, unknown> {
  // the others by their last change, and choices with them
  const order = merged.map((record, index) => ({ record, index: index + 1 }));
  order.sort((a, b) => b.record.updatedAtMs - a.record.updatedAtMs || Buffer.compare(a.record.uid, b.record.uid));
  const place = new Map([[0, 0], ...order.map(({ index }, at) => [index, at + 1] as const)]);
  const placed = Object.fromEntries(
    Object.entries(choices).map(([name, choice]) => [
      name,
      'from' in choice ? { from: place.get(choice.from) ?? 0 } : choice,
    ]),
  );
  const records = [survivor, ...order.map(({ record }) => record)];
  const values = mergedValues(
    entity,
    records.map((record) => record.values as Values),
    records.map(({ id }) => id),
    placed,
  );
  const before = survivor.values as Values;
  const patch = Object.fromEntries(
    Object.entries(values).filter(([name, value]) => !sameValue(before[name] ?? null, value ?? null)),
  );
  for (const parent of ['guardianId', 'parentAccountId']) {
    const above = patch[parent];
    if (typeof above !== 'number') continue;
    const isAmong = records.some(({ id }) => isCircular(write.store, tableOf(entity), parent, id, above));
    if (isAmong) delete patch[parent];
  }
  return patch;
}

/** The audit row of data protection: a merge may lower the level that somebody gave. */
function auditConsent(write: Write, survivor: Record_, patch: Values): void {
  const after = patch.consentLevel;
  if (after === undefined) return;
  createRecord(write, 'consentChange', {
    contactId: survivor.id,
    before: (survivor.values as { consentLevel: 'none' }).consentLevel,
    after: after as 'none',
    changedAtMs: write.atMs,
    userId: write.store.userRow,
    source: 'merge',
  });
}

/** The id of a merged record leads to the survivor, and so do all that led to it. */
function redirect(write: Write, entity: MergeEntity, fromId: string, toId: string): void {
  const { store } = write;
  const earlier = store
    .sql('SELECT id FROM redirect WHERE entity = ? AND toId = ? AND deletedAtMs IS NULL')
    .pluck()
    .all(entity, fromId) as number[];
  for (const id of earlier) updateRecord(write, 'redirect', id, { toId });
  const uid = redirectUid(entity, fromId);
  // merged before, and taken back
  const known = rowIdOf(store, 'redirect', uidToUuid(uid));
  if (known === null) createRecord(write, 'redirect', { entity, fromId, toId }, uid);
  else applyPatch(write, 'redirect', known, { toId }, null);
  // the survivor may be one that was merged before and restored by hand
  const own = rowIdOf(store, 'redirect', uidToUuid(redirectUid(entity, toId)));
  if (own !== null) setDeleted(write, 'redirect', own, true);
}

type Lead = { readonly stage: string | null; readonly processId: number | null; readonly status: string };
const leadOf = ({ values }: Record_): Lead => values as Lead;

function stageOf(write: Write, leads: readonly Record_[]): string | null {
  const open = leads.filter((each) => leadOf(each).status !== 'disqualified');
  const [survivor] = leads;
  if (!survivor) return null;
  const process = processOf(write.store, write, leadOf(survivor).processId);
  const stages = process?.definition.stages.map(({ id }) => id) ?? [];
  // a closed lead has no say in where an open one stands
  return leadStage([survivor, ...open.filter((each) => each !== survivor)].map(leadOf), stages);
}

/** One piece of work a stage: that of the stage where the whole stands now. */
function settleLead(write: Write, survivor: Record_, stage: string | null): void {
  const now = recordOf(write, 'lead', survivor.id).values as Lead;
  const before = leadOf(survivor);
  const cause = { rule: 'merge', reason: null };
  if (now.status !== 'open') {
    if (before.status === 'open') closeLead(write, survivor.id, {}, null);
    return;
  }
  if (before.status !== 'open') updateRecord(write, 'lead', survivor.id, { disqualifyReason: null });
  if (stage !== null && stage !== before.stage) {
    moveLead(write, survivor.id, stage, cause);
    return;
  }
  keepOneOfEach(write, survivor.id);
}

/** Both leads' stages raised the same work: the older piece stays. */
function keepOneOfEach(write: Write, leadId: number): void {
  const open = write.store
    .sql(
      `SELECT id, kind FROM task WHERE leadId = ? AND doneAtMs IS NULL AND deletedAtMs IS NULL
       AND kind IN ('salesAcceptance', 'teleprospectAcceptance') ORDER BY createdAtMs, id`,
    )
    .all(leadId) as { id: number; kind: string }[];
  const seen = new Set<string>();
  for (const { id, kind } of open) {
    if (seen.has(kind)) updateRecord(write, 'task', id, { doneAtMs: write.atMs });
    seen.add(kind);
  }
}
