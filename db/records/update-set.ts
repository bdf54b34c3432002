/**
 * The set forms of `updateRecord` and `setDeleted`: the same change of many records, as bulk edit, assignment, rules over
 * thousands and the undo of an import make it. One statement reads what differs, one writes it; log, counters, derived data and undo are those of the one
 * write path. Fields that labels, search or child rows follow from are changed one record at a time. A property test
 * holds both forms together.
 *
 * Example: `updateSet(w, 'lead', ids, { ownerId: seller.id })`
 */
import { type EntityName, entityOf } from '../../shared/model/entities.ts';
import { binCounter, countIn, countOne, revisionCounter } from './counters.ts';
import { decodeField, encodeField, type SqlValue, type StoredPatch, tableOf } from './entity-storage.ts';
import { layoutOf } from './layout.ts';
import { storageOf } from './storages.ts';
import { fieldsOf, keyColumnOf, keyOfValue } from './model.ts';
import { definitionsChanged, touch, updateRecord, type Write } from './write.ts';

/** Fields that label, search text, key columns or child rows follow from. */
const projectedFrom: Partial<Record<EntityName, readonly string[]>> = {
  contact: ['givenName', 'middleName', 'familyName', 'nickname', 'company', 'jobTitle', 'emails', 'phones', 'tags'],
  account: ['name', 'website', 'phones', 'industry', 'tags'],
  lead: ['topic', 'givenName', 'middleName', 'familyName', 'company', 'emails', 'phones', 'tags'],
  note: ['text'],
  attachment: ['name', 'note'],
};
const projectedElsewhere = ['name', 'subject', 'kind', 'outcome', 'status', 'after', 'toStage'];

/** Fields that counters look at. */
const countedBy: Partial<Record<EntityName, readonly string[]>> = {
  contact: ['marketingOnly', 'ownerId'],
  account: ['ownerId'],
  lead: ['status', 'stage', 'contactId', 'accountId', 'salesReady', 'salesAccepted', 'ownerId'],
};
const countedElsewhere = ['ownerId', 'status', 'doneAtMs'];

const countedIn = (entity: EntityName): readonly string[] =>
  (countedBy[entity] ?? countedElsewhere).filter((name) => name in entityOf(entity).fields);

/** May a change of this field go by the set form? */
export const isPlainField = (entity: EntityName, field: string): boolean =>
  !(projectedFrom[entity] ?? projectedElsewhere).includes(field);

/** Rows of one statement: keeps its parameter small and lets memory breathe. */
const perStatement = 5000;

/** Gives all these records the patch's values. How many it changed. */
export function updateSet<E extends EntityName>(
  write: Write,
  entity: E,
  ids: readonly number[],
  patch: StoredPatch<E>,
): number {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  if (given.length === 0) return 0;
  if (!given.every(([name]) => isPlainField(entity, name))) {
    return ids.filter((id) => updateRecord(write, entity, id, patch)).length;
  }
  const fields = fieldsOf(write.store, entity);
  for (const [name] of given) {
    if (!fields[name]) throw new Error(`${entity} has no field ${name}`);
    if (fields[name].derived) throw new Error(`${entity}.${name} is derived`);
  }
  let changed = 0;
  const distinct = [...new Set(ids)];
  for (let at = 0; at < distinct.length; at += perStatement) {
    changed += updateChunk(write, entity, distinct.slice(at, at + perStatement), given);
  }
  return changed;
}

type Row = Readonly<Record<string, unknown>> & { readonly id: number; readonly uid: Buffer };

function updateChunk(
  write: Write,
  entity: EntityName,
  ids: readonly number[],
  given: readonly (readonly [string, unknown])[],
): number {
  const { store } = write;
  const table = tableOf(entity);
  const fields = fieldsOf(store, entity);
  const counted = countedIn(entity);
  const counts = given.some(([name]) => counted.includes(name));
  const names = [...new Set([...given.map(([name]) => name), ...(counts ? counted : [])])];
  const encoded = given.map(([name, value]): SqlValue => encodeField(fields[name], value));
  // the folded twins of custom texts
  const keys = given.flatMap(([name, value]): [string, SqlValue][] => {
    const kind = fields[name]?.custom;
    return kind === undefined ? [] : [[keyColumnOf(name), keyOfValue(kind, value)]];
  });
  const sets = [...given.map(([name]) => name), ...keys.map(([name]) => name)];
  const differs = given.map(([name]) => `${name} IS NOT ?`).join(' OR ');
  const rows = store
    .sql(
      `SELECT id, uid, deletedAtMs, ${names.join(', ')} FROM ${table}
       WHERE id IN (SELECT value FROM json_each(?)) AND (${differs})`,
    )
    .all(JSON.stringify(ids), ...encoded) as Row[];
  if (rows.length === 0) return 0;
  store
    .sql(
      `UPDATE ${table} SET ${sets.map((name) => `${name} = ?`).join(', ')}, version = ?, updatedAtMs = ?
       WHERE id IN (SELECT value FROM json_each(?))`,
    )
    .run(...encoded, ...keys.map(([, key]) => key), write.clock, write.atMs, JSON.stringify(rows.map((row) => row.id)));
  for (const row of rows) {
    const before = Object.fromEntries(names.map((name) => [name, decodeField(fields[name], row[name])]));
    if (counts && row.deletedAtMs === null) {
      const { counters } = storageOf(entity);
      countIn(write, counters(before as never), -1);
      countIn(write, counters({ ...before, ...Object.fromEntries(given) } as never), 1);
    }
    const changes = given
      .filter(([name], index) => row[name] !== encoded[index])
      .map(([name, value]) => [name, [before[name] ?? null, value]] as const);
    touch(write, entity, row.id, row.uid, false, changes);
  }
  countIn(write, [revisionCounter(entity)], rows.length);
  if (entity === 'customField') definitionsChanged(write);
  return rows.length;
}

/** Moves all these records to the bin. How many were not there already. */
export const binSet = (write: Write, entity: EntityName, ids: readonly number[]): number =>
  moveSet(write, entity, ids, write.atMs);

/** Takes all these records out of the bin. How many were there. */
export const restoreSet = (write: Write, entity: EntityName, ids: readonly number[]): number =>
  moveSet(write, entity, ids, null);

function moveSet(write: Write, entity: EntityName, ids: readonly number[], deletedAtMs: number | null): number {
  const distinct = [...new Set(ids)];
  let moved = 0;
  for (let at = 0; at < distinct.length; at += perStatement) {
    moved += moveChunk(write, entity, distinct.slice(at, at + perStatement), deletedAtMs);
  }
  return moved;
}

function moveChunk(write: Write, entity: EntityName, ids: readonly number[], deletedAtMs: number | null): number {
  const { store } = write;
  const { fields } = entityOf(entity);
  const counted = countedIn(entity);
  const found = store
    .sql(
      `SELECT ${['id', 'uid', 'deletedAtMs', ...counted].join(', ')} FROM ${tableOf(entity)}
       WHERE id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(ids)) as Row[];
  const byId = new Map(found.map((row) => [row.id, row]));
  const rows = ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) throw new Error(`No ${entity} in row ${id}`);
    return (row.deletedAtMs === null) === (deletedAtMs === null) ? [] : [row];
  });
  if (rows.length === 0) return 0;
  store
    .sql(
      `UPDATE ${tableOf(entity)} SET deletedAtMs = ?, version = ?, updatedAtMs = ?
       WHERE id IN (SELECT value FROM json_each(?))`,
    )
    .run(deletedAtMs, write.clock, write.atMs, JSON.stringify(rows.map((row) => row.id)));
  const { counters } = storageOf(entity);
  const sign = deletedAtMs === null ? 1 : -1;
  for (const row of rows) {
    const values = Object.fromEntries(counted.map((name) => [name, decodeField(fields[name], row[name])]));
    countIn(write, counters(values as never), sign);
    touch(write, entity, row.id, row.uid, false, [['deletedAtMs', [row.deletedAtMs, deletedAtMs]]]);
  }
  countOne(write, binCounter(entity), -sign * rows.length);
  countOne(write, layoutOf(store, entity).revision, rows.length);
  if (entity === 'customField') definitionsChanged(write);
  return rows.length;
}
