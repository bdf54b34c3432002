/**
 * Takes records out of the bin for good (shared/rules/bin.ts has the rule). Two transactions a batch: first what goes
 * with them is put in the bin and what stays lets go of them, so that scores, queue, members and counters settle as they
 * do after any change; then the rows, child rows, search texts and logged values go, and tombstones stay. A stop between
 * the two loses nothing: the next purge goes on.
 *
 * None of it is logged: it follows from what was put in the bin, and every laptop does it by itself.
 */
import type { EntityName } from '../../shared/model/entities.ts';
import { dueSince, leavesTheBin } from '../../shared/rules/bin.ts';
import { entityCodes } from '../change-log/entity-codes.ts';
import { binCounter, countOne, revisionCounter } from '../records/counters.ts';
import { tableOf } from '../records/entity-storage.ts';
import { layoutOf } from '../records/layout.ts';
import { binSet, updateSet } from '../records/update-set.ts';
import { asReceived, type Write, write } from '../records/write.ts';
import type { ReadableStore, WritableStore } from '../store.ts';
import { dependencesOn, goesSql } from './dependants.ts';
import { purgeLabel } from './purge-label.ts';
import { raiseTombstones } from './tombstones.ts';

const cause = { cause: 'rule', label: purgeLabel } as const;

/** Records of the first batch: each carries along what hangs on it (pace.ts). */
export const firstBatch = 50;
/** So far that whatever was remembered of the kind is read anew: the log does not tell. */
const farAhead = 1_000_000;

export type Purged = ReadonlyMap<EntityName, number>;

/** Takes these records out of the bin for good; those that are not in it are left alone. How many of each kind went. */
export function purge(store: WritableStore, entity: EntityName, rows: readonly number[]): Purged {
  const binned = store
    .sql(`SELECT id FROM ${tableOf(entity)} WHERE id IN (SELECT value FROM json_each(?)) AND deletedAtMs IS NOT NULL`)
    .pluck()
    .all(JSON.stringify(rows)) as number[];
  if (binned.length === 0) return new Map();
  const going = write(store, cause, (w) => asReceived(w, w, (unlogged) => letGo(unlogged, entity, binned))).value;
  write(store, cause, (w) => bury(w, going));
  return new Map([...going].map(([kind, ids]) => [kind, ids.size]));
}

/** What goes: the records themselves first, what hangs on them after. */
function letGo(w: Write, root: EntityName, rows: readonly number[]): Map<EntityName, Set<number>> {
  const going = new Map<EntityName, Set<number>>();
  const queue: [EntityName, readonly number[]][] = [[root, rows]];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const [entity, ids] = next;
    const known = going.get(entity) ?? new Set<number>();
    going.set(entity, known);
    const fresh = ids.filter((id) => !known.has(id));
    for (const id of fresh) known.add(id);
    if (fresh.length === 0) continue;
    const list = JSON.stringify(fresh);
    for (const dependence of dependencesOn(entity)) {
      const { entity: kind, field } = dependence;
      const goes = goesSql(dependence);
      const found = w.store
        .sql(
          `SELECT id, ${goes ?? '0'} AS goes FROM ${tableOf(kind)} WHERE ${field} IN (SELECT value FROM json_each(?))`,
        )
        .all(list) as { id: number; goes: number }[];
      const idsOf = (wanted: boolean) => found.filter((row) => (row.goes === 1) === wanted).map(({ id }) => id);
      updateSet(w, kind, idsOf(false), { [field]: null });
      if (found.some((row) => row.goes === 1)) queue.push([kind, idsOf(true)]);
    }
    if (entity === 'product') leaveProducts(w, fresh);
  }
  for (const [entity, ids] of going) binSet(w, entity, [...ids]);
  return going;
}

/** A lead's products are a list of ids, not references. */
function leaveProducts(w: Write, rows: readonly number[]): void {
  const gone = new Set(
    w.store
      .sql('SELECT lower(hex(uid)) FROM product WHERE id IN (SELECT value FROM json_each(?))')
      .pluck()
      .all(JSON.stringify(rows)) as string[],
  );
  const leads = w.store.sql("SELECT id, productIds FROM lead WHERE productIds <> '[]'").all() as {
    id: number;
    productIds: string;
  }[];
  for (const { id, productIds } of leads) {
    const before = JSON.parse(productIds) as string[];
    const after = before.filter((uuid) => !gone.has(uuid.replaceAll('-', '')));
    if (after.length < before.length) updateSet(w, 'lead', [id], { productIds: after });
  }
}

/** Takes the rows away, what hangs on others first. */
function bury(w: Write, going: ReadonlyMap<EntityName, ReadonlySet<number>>): void {
  const { store } = w;
  for (const [entity, ids] of [...going].toReversed()) {
    const table = tableOf(entity);
    const code = entityCodes[entity];
    const { unindex, index } = layoutOf(store, entity);
    const list = JSON.stringify([...ids]);
    raiseTombstones(store, entity, list, w.atMs);
    blankLog(store, entity, list);
    for (const beside of ['conflict', 'import_row', 'pending_value']) {
      store
        .sql(`DELETE FROM ${beside} WHERE entity = ? AND recordId IN (SELECT value FROM json_each(?))`)
        .run(code, list);
    }
    if (index !== null) {
      const statement = store.sql(unindex);
      for (const id of ids) statement.run(id);
    }
    // child rows, scores, places in the queue and in segments go with their record (ON DELETE CASCADE)
    store.sql(`DELETE FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`).run(list);
    countOne(w, binCounter(entity), -ids.size);
    countOne(w, revisionCounter(entity), farAhead);
    // nothing of it is left to look at, and yet windows must ask again
    if (!w.touched.has(entity)) w.touched.set(entity, new Map());
  }
  if (going.has('attachment')) dropContents(store);
}

/**
 * Of what the log holds of these records, when they were put in the bin is all that remains to be said: a laptop that has
 * not heard must hear it. The entries point at the tombstones from here on.
 */
function blankLog(store: WritableStore, entity: EntityName, list: string): void {
  const code = entityCodes[entity];
  const stones = store
    .sql(
      `SELECT own.id AS row, tombstone.id AS tombstone FROM json_each(?) AS each
       CROSS JOIN ${tableOf(entity)} AS own ON own.id = each.value
       CROSS JOIN tombstone ON tombstone.entity = ? AND tombstone.uid = own.uid`,
    )
    .all(list, code) as { row: number; tombstone: number }[];
  // one by one: for all at once SQLite goes through the log of the kind
  const blank = store.sql(
    `UPDATE change SET recordId = ?, fields = CASE WHEN json_type(fields, '$.deletedAtMs') IS NULL THEN '{}'
       ELSE json_object('deletedAtMs', json(json_extract(fields, '$.deletedAtMs'))) END
     WHERE entity = ? AND recordId = ?`,
  );
  for (const { row, tombstone } of stones) blank.run(-tombstone, code, row);
}

/** The contents of files that no record has any more. */
const dropContents = (store: WritableStore): void => {
  store
    .sql(
      `DELETE FROM file_content WHERE isWhole = 1
       AND NOT EXISTS (SELECT 1 FROM attachment WHERE attachment.sha256 = file_content.sha256)`,
    )
    .run();
};

/** Records that are due, of one kind, the longest in the bin first. */
const dueOf = (store: ReadableStore, entity: EntityName, nowMs: number, most: number): number[] =>
  store
    .sql(
      `SELECT id FROM ${tableOf(entity)} WHERE deletedAtMs IS NOT NULL AND deletedAtMs <= ?
       ORDER BY deletedAtMs, id LIMIT ?`,
    )
    .pluck()
    .all(dueSince(nowMs), most) as number[];

/** Takes at most so many of what is due out of the bin. False when nothing is. */
export function purgeNextDue(store: WritableStore, most = firstBatch): boolean {
  const nowMs = store.now();
  for (const entity of leavesTheBin) {
    const due = dueOf(store, entity, nowMs, most);
    if (due.length === 0) continue;
    return purge(store, entity, due).size > 0;
  }
  return false;
}
