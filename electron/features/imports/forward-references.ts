/**
 * Records that a file names before it holds them: a company above whose parent stands further down, or in the next
 * file. Their names wait among the flagged values; when a run ends, those that can be found by now are linked.
 *
 * Example: `Acme Nord, parent Acme` stands above `Acme`: after the last row Acme is the parent of Acme Nord.
 */
import type { FlaggedValue } from '../../../shared/model/parts.ts';
import { tableOf } from '../../../db/records/entity-storage.ts';
import { readStored } from '../../../db/records/read.ts';
import { isCircular } from '../../../db/records/wire.ts';
import { updateRecord, type Cause, type Write, write } from '../../../db/records/write.ts';
import type { WritableStore } from '../../../db/store.ts';
import type { Job } from '../handler.ts';
import type { Source } from './reading/source.ts';
import { findReference } from './references.ts';

const parents = { contact: 'guardianId', account: 'parentAccountId' } as const;
type Child = keyof typeof parents;

const batchRows = 2000;

/** Whose parents the rows of a file could be, or name; null where it holds none of either. */
function childOf({ kind, csv }: Source): Child | null {
  if (kind === 'accounts') return 'account';
  return kind !== 'leads' && csv?.fields.includes('guardian') === true ? 'contact' : null;
}

/** Links what the run left to be found; each batch is a write of the import. */
export async function linkForward(store: WritableStore, source: Source, cause: Cause, job: Job): Promise<void> {
  const entity = childOf(source);
  if (entity === null) return;
  let after = 0;
  for (;;) {
    const ids = store
      .sql(
        `SELECT id FROM ${tableOf(entity)} WHERE id > ? AND deletedAtMs IS NULL AND ${parents[entity]} IS NULL
           AND flaggedValues LIKE '%"${parents[entity]}"%' ORDER BY id LIMIT ${batchRows}`,
      )
      .pluck()
      .all(after) as number[];
    const found = ids.filter((id) => linkOf(store, entity, id) !== null);
    if (found.length > 0) write(store, cause, (w) => found.forEach((id) => linkOne(w, entity, id)));
    const last = ids.at(-1);
    if (last === undefined || ids.length < batchRows) return;
    after = last;
    await job.breathe();
  }
}

type Link = { readonly parent: number; readonly rest: readonly FlaggedValue[] };

function linkOf(store: WritableStore, entity: Child, id: number): Link | null {
  const field = parents[entity];
  const flagged = (readStored(store, entity, id)?.values.flaggedValues ?? []) as readonly FlaggedValue[];
  const isWaiting = (flag: FlaggedValue): boolean => flag.field === field && flag.reason === 'notFound';
  for (const { value } of flagged.filter(isWaiting)) {
    const parent = findReference(store, entity, value);
    if (parent === null || isCircular(store, entity, field, id, parent)) continue;
    return { parent, rest: flagged.filter((flag) => !(isWaiting(flag) && flag.value === value)) };
  }
  return null;
}

/** Looked for again: what was linked before it may have closed a ring. */
function linkOne(w: Write, entity: Child, id: number): void {
  const link = linkOf(w.store, entity, id);
  if (link === null) return;
  updateRecord(w, entity, id, { [parents[entity]]: link.parent, flaggedValues: [...link.rest] });
}
