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
import type { ReadableStore, WritableStore } from '../../../db/store.ts';
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

/** Ids of records whose parent was named and not found, batch by batch. */
function* waitingFor(store: ReadableStore, entity: Child): Generator<readonly number[]> {
  let after = 0;
  for (;;) {
    const ids = store
      .sql(
        `SELECT id FROM ${tableOf(entity)} WHERE id > ? AND deletedAtMs IS NULL AND ${parents[entity]} IS NULL
           AND flaggedValues LIKE '%"${parents[entity]}"%' ORDER BY id LIMIT ${batchRows}`,
      )
      .pluck()
      .all(after) as number[];
    yield ids;
    const last = ids.at(-1);
    if (last === undefined || ids.length < batchRows) return;
    after = last;
  }
}

/** Links what the run left to be found; each batch is a write of the import. Answers how many. */
export async function linkForward(
  store: WritableStore,
  source: Source,
  cause: Cause,
  job: Pick<Job, 'breathe'>,
  onLinked: (link: Linked) => void = () => undefined,
): Promise<number> {
  const entity = childOf(source);
  if (entity === null) return 0;
  let linked = 0;
  for (const ids of waitingFor(store, entity)) {
    const found = ids.filter((id) => linkOf(store, entity, id) !== null);
    if (found.length > 0) {
      write(store, cause, (w) => {
        for (const id of found) {
          const link = linkOne(w, entity, id);
          if (link === null) continue;
          linked += 1;
          onLinked({ entity, id, field: parents[entity], ...link });
        }
      });
    }
    await job.breathe();
  }
  return linked;
}

/** Records of the database whose parents a scratch store may have by now: `pull` brings each, with what it names. */
export async function pullWaiting(
  real: ReadableStore,
  scratch: ReadableStore,
  source: Source,
  job: Pick<Job, 'breathe'>,
  pull: (entity: Child, id: number, names: readonly string[]) => void,
): Promise<void> {
  const entity = childOf(source);
  if (entity === null) return;
  for (const ids of waitingFor(real, entity)) {
    for (const id of ids) {
      const names = waitingNames(flaggedOf(real, entity, id), entity).map(({ value }) => value);
      const isThere = (name: string): boolean =>
        findReference(scratch, entity, name) !== null || findReference(real, entity, name) !== null;
      if (names.some(isThere)) pull(entity, id, names);
    }
    await job.breathe();
  }
}

export type Linked = Link & { readonly entity: Child; readonly id: number; readonly field: string };

type Link = { readonly parent: number; readonly rest: readonly FlaggedValue[] };

const flaggedOf = (store: ReadableStore, entity: Child, id: number): readonly FlaggedValue[] =>
  (readStored(store, entity, id)?.values.flaggedValues ?? []) as readonly FlaggedValue[];

const waitingNames = (flagged: readonly FlaggedValue[], entity: Child): readonly FlaggedValue[] =>
  flagged.filter(({ field, reason }) => field === parents[entity] && reason === 'notFound');

function linkOf(store: WritableStore, entity: Child, id: number): Link | null {
  const field = parents[entity];
  const flagged = flaggedOf(store, entity, id);
  const waiting = waitingNames(flagged, entity);
  for (const { value } of waiting) {
    const parent = findReference(store, entity, value);
    if (parent === null || isCircular(store, entity, field, id, parent)) continue;
    return { parent, rest: flagged.filter((flag) => !(waiting.includes(flag) && flag.value === value)) };
  }
  return null;
}

/** Looked for again: what was linked before it may have closed a ring. */
function linkOne(w: Write, entity: Child, id: number): Link | null {
  const link = linkOf(w.store, entity, id);
  if (link !== null) updateRecord(w, entity, id, { [parents[entity]]: link.parent, flaggedValues: [...link.rest] });
  return link;
}
