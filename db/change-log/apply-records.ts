/**
 * Takes changes of other laptops into the records of this one: kept in the log as they came, then each field settled by
 * `merge.ts`. A change whose record, or a record it cannot be without, has not arrived yet waits in `pending_change`; a
 * reference to one that has not arrived waits in `pending_reference` and is set when it comes.
 */
import { type EntityName, entityNames, entityOf } from '../../shared/model/entities.ts';
import { anyTombstone, raiseTombstone, tombstoneOf } from '../bin/tombstones.ts';
import { liveRowIdOf } from '../merge/redirects.ts';
import { tableOf } from '../records/entity-storage.ts';
import { fieldsOf } from '../records/model.ts';
import { readStored, rowIdOf, type StoredRecord, uuidOf } from '../records/read.ts';
import { countIn, revisionCounter } from '../records/counters.ts';
import { sameValue } from '../records/touched.ts';
import { applyPatch, asReceived, createRecord, type Write } from '../records/write.ts';
import { uidToUuid, uuidToUid } from '../uuid.ts';
import { type LoggedValues, type StoredChange, toStoredChange, type UnresolvedReference } from './apply-values.ts';
import { entityCodes } from './entity-codes.ts';
import { entriesFrom, entryColumns, entryJoins, loggedEntries } from './logged-entries.ts';
import { compareEntries, conflictOf, isSet, type LogEntry, settleField } from './merge.ts';
import { fitting, noteMisfits } from './pending-values.ts';

export type Incoming = LogEntry & {
  readonly entity: string;
  readonly uuid: string;
  /** Gone for good where it comes from, and its values with it. */
  readonly purged?: boolean;
};

type Group = { readonly entity: EntityName; readonly uuid: string; readonly incoming: Incoming[] };

const isEntityName = (name: string): name is EntityName => Object.hasOwn(entityCodes, name);

/** Returns how many fields were changed here and there without knowing of each other. */
export function applyChanges(write: Write, changes: readonly Incoming[]): number {
  const taker = createTaker(write);
  const groups = new Map<string, Group>();
  for (const change of changes) {
    if (!isEntityName(change.entity) || !entityOf(change.entity).synced) {
      // a record of a newer program: kept until this one knows it
      taker.keepWaiting([change]);
      continue;
    }
    const key = `${change.entity}:${change.uuid}`;
    const group = groups.get(key);
    if (group) group.incoming.push(change);
    else groups.set(key, { entity: change.entity, uuid: change.uuid, incoming: [change] });
  }
  // parents before children, so that few references have to wait
  const order = new Map(entityNames.map((name, index) => [name, index]));
  const sorted = [...groups.values()].toSorted((a, b) => (order.get(a.entity) ?? 0) - (order.get(b.entity) ?? 0));
  for (const group of sorted) taker.take(group);
  taker.wakeWaiting();
  return taker.conflicts();
}

function createTaker(write: Write) {
  const { store } = write;
  const { sql } = store;
  const rows = new Map<string, number>();
  const created: { entity: EntityName; uuid: string }[] = [];
  let conflicts = 0;
  const exists = (table: string): boolean => sql(`SELECT 1 AS found FROM ${table} LIMIT 1`).get() !== undefined;
  let anyChangeWaits = exists('pending_change');
  let anyReferenceWaits = exists('pending_reference');
  let anyIsGone = anyTombstone(store);

  const rowOf = (entity: EntityName, uuid: string): number | null => {
    const key = `${entity}:${uuid}`;
    const known = rows.get(key);
    if (known !== undefined) return known;
    const row = rowIdOf(store, entity, uuid);
    if (row !== null) rows.set(key, row);
    return row;
  };

  /** What a reference means: of a record that is gone for good after a merge, the one that stands for it. */
  const referredRow = (entity: EntityName, uuid: string): number | null =>
    rowOf(entity, uuid) ?? liveRowIdOf(store, entity, uuid);

  const log = (entity: EntityName, recordId: number, entries: readonly LogEntry[]): void => {
    const insert = sql('INSERT INTO change (writeId, entity, recordId, created, fields) VALUES (?, ?, ?, ?, ?)');
    for (const entry of entries) {
      const fields = JSON.stringify(entry.fields);
      insert.run(entry.writeId, entityCodes[entity], recordId, entry.created ? 1 : 0, fields);
    }
  };

  const keepWaiting = (incoming: readonly Incoming[]): void => {
    const insert = sql(
      'INSERT INTO pending_change (writeId, entity, recordUid, created, fields) VALUES (?, ?, ?, ?, ?)',
    );
    for (const each of incoming) {
      const uid = uuidToUid(each.uuid);
      insert.run(each.writeId, each.entity, uid, each.created ? 1 : 0, JSON.stringify(each.fields));
      anyChangeWaits = true;
    }
  };

  const waitFor = (entity: EntityName, uuid: string, references: readonly UnresolvedReference[]): void => {
    const insert = sql(
      'INSERT OR IGNORE INTO pending_reference (targetEntity, targetUid, entity, recordUid) VALUES (?, ?, ?, ?)',
    );
    for (const { target, uuid: targetUuid } of references) {
      insert.run(target, uuidToUid(targetUuid), entity, uuidToUid(uuid));
      anyReferenceWaits = true;
    }
  };

  /** What waits for a record that is about to be made. */
  const waiting = (entity: EntityName, uuid: string): LogEntry[] =>
    anyChangeWaits
      ? entriesFrom(
          store,
          `SELECT write.id AS writeId, pending_change.created, pending_change.fields, ${entryColumns}
           FROM pending_change ${entryJoins('pending_change')}
           WHERE pending_change.entity = ? AND pending_change.recordUid = ?`,
          [entity, uuidToUid(uuid)],
        )
      : [];

  const isGone = (entity: EntityName, uuid: string): boolean => anyIsGone && tombstoneOf(store, entity, uuid) !== null;

  /** What is said of a record that is gone for good changes nothing; that it was said is kept. */
  const bury = (entity: EntityName, uuid: string, entries: readonly LogEntry[]): void => {
    const tombstone = raiseTombstone(store, entity, uuidToUid(uuid), write.atMs);
    log(
      entity,
      -tombstone,
      entries.map((entry) => ({ ...entry, fields: {} })),
    );
    sql('DELETE FROM pending_change WHERE entity = ? AND recordUid = ?').run(entity, uuidToUid(uuid));
    anyIsGone = true;
  };

  /** A reference to a record that is gone for good is blank; nothing waits for it. */
  const withoutGone = (entity: EntityName, change: StoredChange): StoredChange & { readonly goesToo: boolean } => {
    const fields = fieldsOf(store, entity);
    const isHere = (each: UnresolvedReference): boolean => !isGone(each.target, each.uuid);
    const unresolved = change.unresolved.filter(isHere);
    const goesToo = change.unresolved.some((each) => !isHere(each) && fields[each.field]?.required === true);
    return {
      ...change,
      unresolved,
      goesToo,
      mustWait: unresolved.some(({ field }) => fields[field]?.required === true),
    };
  };

  const make = ({ entity, uuid, incoming }: Group): void => {
    const kept = waiting(entity, uuid);
    const entries = [...kept, ...incoming].toSorted(compareEntries);
    const birth = entries.find((entry) => entry.created);
    const last = entries.at(-1);
    if (!birth || !last) return keepWaiting(incoming);
    const settled = toStoredChange(fieldsOf(store, entity), settleAll(write, entity, entries, null), referredRow);
    const change = withoutGone(entity, settled);
    // it cannot be without a record that is gone
    if (change.goesToo) return bury(entity, uuid, entries);
    if (change.mustWait || lacksRequired(entity, change.patch)) {
      waitFor(entity, uuid, change.unresolved);
      return keepWaiting(incoming);
    }
    const { id } = asReceived(write, { atMs: birth.atMs, clock: last.clock }, (received) => {
      const record = createRecord(received, entity, change.patch, uuidToUid(uuid));
      if (typeof change.deletedAtMs === 'number') applyPatch(received, entity, record.id, {}, change.deletedAtMs);
      return record;
    });
    if (last.atMs !== birth.atMs) stamp(write, entity, id, { updatedAtMs: last.atMs });
    rows.set(`${entity}:${uuid}`, id);
    log(entity, id, entries);
    noteMisfits(write, entity, id, entries);
    if (kept.length > 0) {
      sql('DELETE FROM pending_change WHERE entity = ? AND recordUid = ?').run(entity, uuidToUid(uuid));
    }
    waitFor(entity, uuid, change.unresolved);
    created.push({ entity, uuid });
  };

  const change = ({ entity, uuid, incoming }: Group, id: number): void => {
    const record = readStored(store, entity, id);
    if (!record) throw new Error(`No ${entity} in row ${id}`);
    log(entity, id, incoming);
    noteMisfits(write, entity, id, incoming);
    const later = incoming.toSorted(compareEntries);
    const simple = laterValues(write, record, entity, later);
    const last = later.at(-1);
    if (simple && last) {
      put(entity, uuid, record, simple, last);
      return;
    }
    const entries = loggedEntries(store, entity, id);
    const fields = new Set(incoming.flatMap((each) => Object.keys(each.fields)));
    conflicts += noteConflicts(write, entity, id, fields, entries, incoming);
    const newest = entries.at(-1);
    const isNewest = newest !== undefined && incoming.some((each) => each.writeId === newest.writeId);
    const values = settleAll(write, entity, entries, fields);
    put(entity, uuid, record, values, isNewest ? newest : null);
    const births = entries.filter((entry) => entry.created && !entry.base);
    const birth = births[0];
    if (births.length > 1 && birth && birth.atMs !== record.createdAtMs) {
      stamp(write, entity, id, { createdAtMs: birth.atMs });
    }
  };

  /** `newest`: the last change of the record, when it is one that just came. */
  const put = (
    entity: EntityName,
    uuid: string,
    record: StoredRecord<EntityName>,
    values: LoggedValues,
    newest: LogEntry | null,
  ): void => {
    const { patch, deletedAtMs, unresolved } = toStoredChange(fieldsOf(store, entity), values, referredRow);
    const atMs = newest?.atMs ?? record.updatedAtMs;
    const clock = Math.max(newest?.clock ?? 0, record.version + 1);
    const changed = asReceived(write, { atMs, clock }, (received) =>
      applyPatch(received, entity, record.id, patch, deletedAtMs),
    );
    // nothing differs, and yet it is the last change: what comes later must be held against it (`laterValues`)
    if (!changed && newest) {
      stamp(write, entity, record.id, { updatedAtMs: atMs, version: Math.max(record.version, newest.clock) });
    }
    // two laptops put it in the bin: the time of the one that stands
    if (typeof deletedAtMs === 'number' && record.deletedAtMs !== null && deletedAtMs !== record.deletedAtMs) {
      stamp(write, entity, record.id, { deletedAtMs });
    }
    waitFor(
      entity,
      uuid,
      unresolved.filter((each) => !isGone(each.target, each.uuid)),
    );
  };

  /** References of a record that were left blank, tried again. */
  const resettle = (entity: EntityName, uuid: string): void => {
    const id = rowOf(entity, uuid);
    if (id === null) return make({ entity, uuid, incoming: [] });
    const record = readStored(store, entity, id);
    if (!record) return;
    const references = Object.entries(entityOf(entity).fields).filter(([, field]) => field.kind === 'ref');
    const entries = loggedEntries(store, entity, id);
    const logged = new Set(entries.flatMap((entry) => Object.keys(entry.fields)));
    const names = new Set(references.map(([name]) => name).filter((name) => logged.has(name)));
    put(entity, uuid, record, settleAll(write, entity, entries, names), null);
  };

  /** What waited for a record that has come. */
  const wake = (entity: EntityName, uuid: string): void => {
    if (!anyReferenceWaits) return;
    const target = [entity, uuidToUid(uuid)];
    const found = sql('SELECT entity, recordUid FROM pending_reference WHERE targetEntity = ? AND targetUid = ?').all(
      ...target,
    ) as { entity: EntityName; recordUid: Buffer }[];
    if (found.length === 0) return;
    sql('DELETE FROM pending_reference WHERE targetEntity = ? AND targetUid = ?').run(...target);
    for (const each of found) resettle(each.entity, uidToUuid(each.recordUid));
  };

  return {
    conflicts: () => conflicts,
    keepWaiting,
    take(group: Group): void {
      const { entity, uuid, incoming } = group;
      const id = rowOf(entity, uuid);
      // gone for good there: here it goes to the bin, and from there by itself
      if (id !== null) change(group, id);
      else if (incoming.some((each) => each.purged) || isGone(entity, uuid)) {
        bury(entity, uuid, [...waiting(entity, uuid), ...incoming]);
      } else make(group);
    },
    wakeWaiting(): void {
      for (let next = created.shift(); next; next = created.shift()) wake(next.entity, next.uuid);
    },
  };
}

/** All named fields (all logged ones where null) as `merge.ts` settles them. */
function settleAll(
  { store }: Write,
  entity: EntityName,
  entries: readonly LogEntry[],
  names: ReadonlySet<string> | null,
): LoggedValues {
  const fields = fieldsOf(store, entity);
  const wanted = names ?? new Set(entries.flatMap((entry) => Object.keys(entry.fields)));
  const values = new Map<string, unknown>();
  for (const name of wanted)
    values.set(name, settleField(entity, name, fields[name]?.initial, entries, fitting(fields[name])).value);
  return values;
}

const lacksRequired = (entity: EntityName, patch: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(entityOf(entity).fields).some(
    ([name, field]) => field.required === true && field.initial === undefined && (patch[name] ?? null) === null,
  );

/**
 * The values after `later`, when each change knew exactly what the record holds and all are newer than it: then nothing
 * needs to be settled and the log need not be read. Null otherwise. Holds because `version` is never below the clock of
 * any logged change of the record.
 */
function laterValues(
  write: Write,
  record: StoredRecord<EntityName>,
  entity: EntityName,
  later: readonly LogEntry[],
): LoggedValues | null {
  const fields = fieldsOf(write.store, entity);
  const stored = record.values as Readonly<Record<string, unknown>>;
  const values = new Map<string, unknown>();
  const current = (name: string): unknown => {
    if (values.has(name)) return values.get(name);
    if (name === 'deletedAtMs') return record.deletedAtMs;
    const value = stored[name] ?? null;
    const target = fields[name]?.target as EntityName | undefined;
    return target && value !== null ? uuidOf(write.store, target, value as number) : value;
  };
  for (const entry of later) {
    if (entry.base || entry.created || entry.clock <= record.version) return null;
    for (const [name, [before, after]] of Object.entries(entry.fields)) {
      if (name in fields || name === 'deletedAtMs') {
        if (!sameValue(current(name), before)) return null;
      }
      values.set(name, after);
    }
  }
  return values;
}

/** Meta columns, set beside the log; a list that remembers positions is told. */
function stamp(
  write: Write,
  entity: EntityName,
  id: number,
  columns: Partial<Record<'createdAtMs' | 'updatedAtMs' | 'deletedAtMs' | 'version', number>>,
): void {
  for (const [column, value] of Object.entries(columns)) {
    write.store.sql(`UPDATE ${tableOf(entity)} SET ${column} = ? WHERE id = ?`).run(value, id);
  }
  countIn(write, [revisionCounter(entity)], 1);
}

function noteConflicts(
  write: Write,
  entity: EntityName,
  recordId: number,
  fields: ReadonlySet<string>,
  entries: readonly LogEntry[],
  incoming: readonly LogEntry[],
): number {
  // two laptops that saw the same happen say the same of it, a moment apart
  if (entityOf(entity).appendOnly) return 0;
  const insert = write.store.sql(
    `INSERT OR IGNORE INTO conflict (entity, recordId, field, keptWriteId, lostWriteId, seenAtMs)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const newIds = new Set(incoming.map((each) => each.writeId));
  const clashing = new Set<string>();
  const known = fieldsOf(write.store, entity);
  for (const field of fields) {
    // both hold
    if (isSet(entity, field)) continue;
    const standing = settleField(entity, field, known[field]?.initial, entries, fitting(known[field])).entry;
    for (const entry of entries.filter((each) => newIds.has(each.writeId))) {
      const other = conflictOf(field, entry, entries);
      if (!other) continue;
      const kept = standing === other ? other : entry;
      const lost = kept === other ? entry : other;
      insert.run(entityCodes[entity], recordId, field, kept.writeId, lost.writeId, write.atMs);
      clashing.add(field);
    }
  }
  return clashing.size;
}
