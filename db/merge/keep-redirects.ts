/**
 * Keeps merges true against what comes later (an upkeep of every write). As long as a redirect stands, nothing points at
 * the merged record and it is in the bin: what another laptop, which had not heard of the merge, linked to it or wrote
 * into it follows to the survivor. All of that is logged as the rule `mergedRecord`, as one operation with the redirect's
 * id, so that a merge that is taken back takes it along.
 *
 * Two laptops may merge the same pair in opposite directions: the redirects then make a ring. The record with the
 * smallest id (made first) survives; the merge that put it into the bin is taken back, and the other stands. Of two
 * laptops that merged one record into two different ones the later stands. Since every laptop decides by the same
 * redirects, all come to the same.
 *
 * Example: Ann merges B into A; Bo, offline, records a call with B. When they meet, the call is A's, on both laptops.
 */
import { type EntityName, entityOf } from '../../shared/model/entities.ts';
import { type MergeEntity, mergeEntities, mergedValues } from '../../shared/rules/merging/merged-values.ts';
import { entityCodes, entityOfCode } from '../change-log/entity-codes.ts';
import { family, takeBack } from '../change-log/undo.ts';
import type { StoredPatch } from '../records/entity-storage.ts';
import { readStored, rowIdOf, uuidOf } from '../records/read.ts';
import { sameValue, type Touched } from '../records/touched.ts';
import { updateSet } from '../records/update-set.ts';
import { asRule, isReceiving, setDeleted, updateRecord, type Write } from '../records/write.ts';
import type { ReadableStore } from '../store.ts';
import { uidToUuid } from '../uuid.ts';
import { anyRedirect, chainOf, redirectId, standingId, standingRow } from './redirects.ts';
import { moveReferences, referencesTo } from './references.ts';

export const followRule = 'mergedRecord';

type Redirect = {
  readonly id: number;
  readonly entity: MergeEntity;
  readonly fromId: string;
  readonly toId: string;
  readonly isStanding: boolean;
};

function redirectOf(store: ReadableStore, id: number): Redirect | null {
  const record = readStored(store, 'redirect', id);
  if (!record) return null;
  const { entity, fromId, toId } = record.values;
  if (fromId === null || toId === null) return null;
  return { id, entity, fromId, toId, isStanding: record.deletedAtMs === null };
}

export function keepRedirects(write: Write): void {
  if (!write.touched.has('redirect') && !anyRedirect(write.store)) return;
  if (!isReceiving(write)) endOfRestored(write);
  const touched = write.touched.get('redirect');
  // (what is done to them touches more)
  for (const id of Array.from(touched?.keys() ?? [])) {
    if (redirectOf(write.store, id)?.isStanding === false) takeMergeBack(write, id);
  }
  if (isReceiving(write)) {
    for (const id of Array.from(touched?.keys() ?? [])) breakRing(write, id);
    for (const id of Array.from(touched?.keys() ?? [])) settle(write, id);
    followChanges(write, new Set(touched?.keys()));
  }
  followReferences(write);
}

const operationOf = ({ entity, fromId }: Redirect): string => redirectId(entity, fromId);

/** The merge that the redirect is of; one that only led it further on is another. */
function mergeWriteOf(store: ReadableStore, redirect: number): number | null {
  const found = store
    .sql(
      `SELECT write.id FROM change JOIN write ON write.id = change.writeId
       WHERE change.entity = ? AND change.recordId = ? AND write.cause = 'merge'
         AND (change.created = 1 OR json_type(change.fields, '$.deletedAtMs[1]') = 'null')
       ORDER BY write.clock DESC, write.id DESC LIMIT 1`,
    )
    .pluck()
    .get(entityCodes.redirect, redirect);
  return typeof found === 'number' ? found : null;
}

/** A redirect was taken back: what followed because of it is, and then what the merge itself did. */
function takeMergeBack(write: Write, redirectRow: number): void {
  const { store } = write;
  const redirect = redirectOf(store, redirectRow);
  if (!redirect) return;
  const followed = store
    .sql(
      "SELECT id FROM write WHERE operationId = ? AND cause = 'rule' AND causeLabel = ? ORDER BY clock DESC, id DESC",
    )
    .pluck()
    .all(operationOf(redirect), followRule) as number[];
  const merge = mergeWriteOf(store, redirectRow);
  const back = (): void => {
    const counts = { undone: 0, kept: 0 };
    takeBack(write, followed, counts);
    if (merge === null) return;
    takeBack(write, family(store, merge), counts);
    returnReferences(write, merge);
  };
  if (isReceiving(write)) asRule(write, followRule, back);
  else back();
}

/**
 * What the merge made point at its survivor, which was merged on since: it points at the last one now, and goes back all
 * the same.
 */
function returnReferences(write: Write, merge: number): void {
  const { store } = write;
  const changes = store.sql('SELECT entity, recordId, fields FROM change WHERE writeId = ?').all(merge) as {
    entity: number;
    recordId: number;
    fields: string;
  }[];
  for (const { entity: code, recordId, fields } of changes) {
    const entity = entityOfCode(code);
    const logged = JSON.parse(fields) as Record<string, [unknown, unknown]>;
    for (const [name, [before, after]] of Object.entries(logged)) {
      const target = entityOf(entity).fields[name]?.target as EntityName | undefined;
      if (target === undefined || typeof before !== 'string' || typeof after !== 'string') continue;
      const standing = standingId(store, target, after);
      if (standing === after) continue;
      const now = (readStored<EntityName>(store, entity, recordId)?.values as Record<string, unknown> | undefined)?.[
        name
      ];
      const own = rowIdOf(store, target, before);
      if (own === null || now !== rowIdOf(store, target, standing)) continue;
      updateRecord<EntityName>(write, entity, recordId, { [name]: own });
    }
  }
}

/** Of redirects that lead in a ring the merge that put the first-made record into the bin is taken back. */
function breakRing(write: Write, redirectRow: number): void {
  const { store } = write;
  const redirect = redirectOf(store, redirectRow);
  if (!redirect?.isStanding) return;
  const { ring } = chainOf(store, redirect.entity, redirect.fromId);
  const [survivor] = ring.toSorted();
  if (survivor === undefined) return;
  const wrong = rowIdOf(store, 'redirect', redirectId(redirect.entity, survivor));
  if (wrong === null) return;
  const merge = mergeWriteOf(store, wrong);
  asRule(write, followRule, () => {
    if (merge !== null) takeBack(write, family(store, merge), { undone: 0, kept: 0 });
    setDeleted(write, 'redirect', wrong, true);
    // also where it was put there by hand before: a record that stands for others is not in the bin
    const row = rowIdOf(store, redirect.entity, survivor);
    if (row !== null) setDeleted(write, redirect.entity, row, false);
  });
}

/** A redirect that came, or whose records came: everything points past the merged record, which is in the bin. */
function settle(write: Write, redirectRow: number): void {
  const { store } = write;
  const redirect = redirectOf(store, redirectRow);
  if (!redirect?.isStanding) return;
  const { chain, ring } = chainOf(store, redirect.entity, redirect.fromId);
  const standing = chain.at(-1);
  if (ring.length > 0 || standing === undefined) return;
  const from = rowIdOf(store, redirect.entity, redirect.fromId);
  const to = rowIdOf(store, redirect.entity, standing);
  asRule(
    write,
    followRule,
    () => {
      if (standing !== redirect.toId) updateRecord(write, 'redirect', redirect.id, { toId: standing });
      if (from === null || to === null) return;
      moveReferences(write, redirect.entity, [from], to);
      setDeleted(write, redirect.entity, from, true);
    },
    operationOf(redirect),
  );
}

/** A merged record that somebody takes out of the bin is one of its own again: its merge is taken back. */
function endOfRestored(write: Write): void {
  const { store } = write;
  for (const entity of mergeEntities) {
    for (const [, { uid, fields, created }] of Array.from(write.touched.get(entity) ?? [])) {
      const bin = created ? undefined : fields.get('deletedAtMs');
      if (!bin || bin[1] !== null) continue;
      const redirect = rowIdOf(store, 'redirect', redirectId(entity, uidToUuid(uid)));
      if (redirect === null || redirectOf(store, redirect)?.isStanding !== true) continue;
      asRule(write, followRule, () => setDeleted(write, 'redirect', redirect, true));
    }
  }
}

/** What was written into a merged record elsewhere, before that laptop had heard of the merge. */
function followChanges(write: Write, newRedirects: ReadonlySet<number>): void {
  const { store } = write;
  for (const entity of mergeEntities) {
    for (const [id, record] of Array.from(write.touched.get(entity) ?? [])) {
      const row = rowIdOf(store, 'redirect', redirectId(entity, uidToUuid(record.uid)));
      // what came together with the merge was known to it
      if (row === null || newRedirects.has(row)) continue;
      const redirect = redirectOf(store, row);
      if (!redirect?.isStanding) continue;
      const standing = chainOf(store, entity, redirect.fromId).chain.at(-1);
      const to = standing === undefined ? null : rowIdOf(store, entity, standing);
      if (to === null || to === id) continue;
      asRule(write, followRule, () => carryOver(write, entity, id, record, to), operationOf(redirect));
      if (record.created || record.fields.has('deletedAtMs')) settle(write, row);
    }
  }
}

/** Fields that the survivor had from the merged record, or has nothing for, change with it; lists and consent by their rules. */
function carryOver(write: Write, entity: MergeEntity, from: number, { fields, created }: Touched, to: number): void {
  const survivor = readStored<EntityName>(write.store, entity, to);
  const merged = readStored<EntityName>(write.store, entity, from);
  if (!survivor || !merged) return;
  const own = survivor.values as Readonly<Record<string, unknown>>;
  const together = mergedValues(entity, [own, merged.values as Readonly<Record<string, unknown>>], [to, from]);
  const known = entityOf(entity).fields;
  const patch: Record<string, unknown> = {};
  for (const [name, [before, after]] of fields) {
    if (name === 'deletedAtMs' || known[name]?.computed) continue;
    const value = !created && sameValue(own[name] ?? null, before ?? null) ? after : together[name];
    if (value !== undefined && !sameValue(own[name] ?? null, value ?? null)) patch[name] = value;
  }
  // the strictest stands, whatever the survivor held before
  for (const name of [
    'consentLevel',
    'child',
    'allowEmail',
    'allowBulkEmail',
    'allowPhone',
    'allowPost',
    'allowPrefill',
  ]) {
    if (name in patch) patch[name] = together[name];
  }
  updateRecord(write, entity, to, patch as StoredPatch<MergeEntity>);
}

/** Records of this write that point at a merged one point at the survivor. */
function followReferences(write: Write): void {
  const { store } = write;
  for (const target of mergeEntities) {
    for (const { entity, field } of referencesTo(target)) {
      const pointing = new Map<number, number[]>();
      for (const [id, { fields }] of write.touched.get(entity) ?? []) {
        const now = fields.get(field)?.[1];
        if (typeof now !== 'number') continue;
        const ids = pointing.get(now);
        if (ids) ids.push(id);
        else pointing.set(now, [id]);
      }
      if (pointing.size === 0) continue;
      // a merged record is in the bin: only what points there is worth a closer look
      const binned = store
        .sql(`SELECT id FROM ${target} WHERE id IN (SELECT value FROM json_each(?)) AND deletedAtMs IS NOT NULL`)
        .pluck()
        .all(JSON.stringify([...pointing.keys()])) as number[];
      for (const merged of binned) follow(write, target, { entity, field }, merged, pointing.get(merged) ?? []);
    }
  }
}

function follow(
  write: Write,
  target: MergeEntity,
  { entity, field }: { readonly entity: EntityName; readonly field: string },
  merged: number,
  ids: readonly number[],
): void {
  const { store } = write;
  const to = standingRow(store, target, merged);
  if (to === merged) return;
  const isPicked = entity === 'segmentMember';
  // nothing stands above itself
  const rows = entity === target ? ids.filter((id) => id !== to && id !== merged) : ids;
  const operation = redirectId(target, uuidOf(store, target, merged));
  asRule(
    write,
    followRule,
    () => (isPicked ? moveReferences(write, target, [merged], to) : updateSet(write, entity, rows, { [field]: to })),
    operation,
  );
}
