/**
 * The one path by which anything changes. `write` opens a transaction, gives it a clock and a cause, keeps the change
 * log, the search index, child rows and counters, lets derived data settle, and commits. History, undo, audit and sync
 * all read what is kept here (design.md, "The store").
 *
 * Example:
 * `write(store, { cause: 'edit' }, (w) => updateRecord(w, 'contact', id, { jobTitle: 'Buyer' }))`
 */
import type { CauseKind } from '../../shared/contract/history.ts';
import type { EntityName } from '../../shared/model/entities.ts';
import { foldText } from '../../shared/rules/normalise/fold.ts';
import { nextClock } from '../change-log/clock.ts';
import { flush, rowOf } from '../change-log/log.ts';
import type { WritableStore } from '../store.ts';
import { newUid, uidToUuid } from '../uuid.ts';
import { encodeField, type SqlValue, type StoredPatch, type StoredValues, tableOf } from './entity-storage.ts';
import { binCounter, countIn, countOne, revisionCounter } from './counters.ts';
import { makeColumns } from './custom-columns.ts';
import { insertOf, layoutOf } from './layout.ts';
import { forgetModel, modelOf, refreshModel, reloadModel } from './model.ts';
import { readStored } from './read.ts';
import { searchTextOf } from './search-text.ts';
import {
  type Change,
  GivenFields,
  noteChanges,
  sameValue,
  type Touched,
  touchedIn,
  type TouchedRecords,
} from './touched.ts';

export type Cause = {
  readonly cause: CauseKind;
  /** The rule, form or file by name. */
  readonly label?: string;
  /** The import or job that this write is a batch of. */
  readonly operationId?: string;
  readonly undoesWriteId?: number;
};

/** One row of `write` in the making. */
export type OpenWrite = {
  readonly cause: Cause;
  rowId: number | null;
  readonly touched: TouchedRecords;
};

export type Write = {
  readonly store: WritableStore;
  readonly atMs: number;
  readonly clock: number;
  /** Innermost first: the rule that fires inside an edit writes under its own name. */
  readonly open: OpenWrite[];
  readonly counterDeltas: Map<string, number>;
  /** Every record touched so far, whatever the cause: what derived data looks at. */
  readonly touched: TouchedRecords;
  /** Records of which only derived fields changed (scores): no log entry, but other derived data may read them. */
  readonly rederived: Map<EntityName, Set<number>>;
};

export type WriteResult<T> = { readonly value: T; /** Null when nothing changed. */ readonly writeId: number | null };

/** Runs `work` in one transaction. What it throws rolls everything back and is thrown on. */
export function write<T>(store: WritableStore, cause: Cause, work: (write: Write) => T): WriteResult<T> {
  const { connection } = store;
  if (connection.inTransaction) throw new Error('a write inside a write: pass the Write on instead');
  connection.exec('BEGIN IMMEDIATE');
  try {
    refreshModel(store);
    const atMs = store.now();
    const clock = nextClock(store.lastClock, atMs);
    const inProgress: Write = {
      store,
      atMs,
      clock,
      open: [{ cause, rowId: null, touched: new Map() }],
      counterDeltas: new Map(),
      touched: new Map(),
      rederived: new Map(),
    };
    const value = work(inProgress);
    for (const upkeep of store.upkeeps) upkeep(inProgress);
    const outermost = inProgress.open[0] as OpenWrite;
    flush(inProgress, outermost);
    flushCounters(inProgress);
    connection.exec('COMMIT');
    store.lastClock = clock;
    if (inProgress.touched.size > 0) store.onCommit?.([...inProgress.touched.keys()]);
    return { value, writeId: outermost.rowId };
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK');
    forgetModel(store);
    throw error;
  }
}

/** Changes made by `work` are logged as the rule's, under the write that made it fire. `operationId`: what else they belong to. */
export function asRule<T>(write: Write, label: string, work: () => T, operationId?: string): T {
  const parent = write.open.at(-1) as OpenWrite;
  rowOf(write, parent, null);
  const cause: Cause = { cause: 'rule', label, ...(operationId === undefined ? {} : { operationId }) };
  const own: OpenWrite = { cause, rowId: null, touched: new Map() };
  write.open.push(own);
  try {
    const value = work();
    flush(write, own, parent.rowId);
    return value;
  } finally {
    write.open.pop();
  }
}

/**
 * Changes made by `work` are not logged: they are another laptop's, and its own log entries are kept beside them
 * (db/change-log/apply.ts). `stamp` is that laptop's clock and time. Derived data sees the records as touched.
 */
export function asReceived<T>(write: Write, stamp: Pick<Write, 'clock' | 'atMs'>, work: (received: Write) => T): T {
  write.open.push({ cause: { cause: 'receive' }, rowId: null, touched: new Map() });
  try {
    return work({ ...write, ...stamp });
  } finally {
    write.open.pop();
  }
}

/**
 * True while changes of other laptops are taken in. What rules did because of them travels with them: what follows
 * without a choice (scores, membership) is kept up, but no rule fires a second time.
 */
export const isReceiving = (write: Write): boolean => write.open[0]?.cause.cause === 'receive';

/** The id of the write in progress, for rows outside the log that refer to it. */
export const writeIdOf = (write: Write): number => rowOf(write, write.open[0] as OpenWrite, null);

function flushCounters(write: Write): void {
  const add = write.store.sql(
    'INSERT INTO counter (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value + excluded.value',
  );
  for (const [name, delta] of write.counterDeltas) if (delta !== 0) add.run(name, delta);
}

export function touch(
  write: Write,
  entity: EntityName,
  id: number,
  uid: Buffer,
  created: boolean,
  changed: readonly (readonly [string, Change])[],
): void {
  const own = (write.open.at(-1) as OpenWrite).touched;
  const record = touchedIn(own, entity, id, { created, fields: new Map(), uid, logged: null });
  noteChanges(record, changed);
  let shared = touchedIn(write.touched, entity, id, record);
  if (shared === record) return;
  if (write.open.some((open) => open !== write.open.at(-1) && open.touched.get(entity)?.get(id) === shared)) {
    // the entry is also what an outer write will log: from here on the two differ
    shared = { ...shared };
    write.touched.get(entity)?.set(id, shared);
  }
  noteChanges(shared, changed);
}

export type Created = { readonly id: number; readonly uid: Buffer; readonly uuid: string };

/**
 * Makes a record. Fields left out get their initial value. Values are taken as they are: check them at the boundary
 * (`writableSchema`). `uid` where the caller has an identity already.
 */
export function createRecord<E extends EntityName>(
  write: Write,
  entity: E,
  given: StoredPatch<E>,
  uid: Buffer = newUid(),
): Created {
  const { store, atMs, clock } = write;
  const storage = modelOf(store).storageOf(entity);
  const layout = layoutOf(store, entity);
  const starting = storage.starting?.(write, given as never);
  const own = starting ? { ...given, ...starting } : given;
  const values = { ...layout.initial, ...own } as StoredValues<E>;
  const byName = values as Record<string, unknown>;
  const projection = storage.project(values as never);
  const searchText = searchTextOf(projection.words, projection.longestText);
  const parameters: SqlValue[] = [uid, projection.label, foldText(projection.label), searchText, clock, atMs, atMs];
  // put together from what is encoded anyway; null where a reference is to be looked up
  let logged: string | null = '';
  const { insert, columns } = insertOf(layout, Object.keys(own));
  for (const column of columns) {
    const value = byName[column.name];
    const encoded = encodeField(column.field, value);
    parameters.push(encoded);
    if (encoded === null || column.isDerived || sameValue(value, column.initial)) continue;
    if (column.isReference) logged = null;
    else if (logged !== null) {
      logged += `${logged === '' ? '{' : ','}${column.logged}${column.isJson ? String(encoded) : JSON.stringify(value)}]`;
    }
  }
  parameters.push(...projection.columns);
  const id = Number(store.sql(insert).run(...parameters).lastInsertRowid);
  if (layout.index) store.sql(layout.index).run(id, searchText);
  for (const child of storage.children ?? []) {
    const insertChild = store.sql(child.insert);
    for (const row of child.rows(values as never)) insertChild.run(id, ...row);
  }
  countIn(write, storage.counters(values as never), 1);
  countOne(write, layout.revision, 1);
  const record: Touched = {
    created: true,
    fields: new GivenFields(own, layout.logged),
    uid,
    logged: logged === null ? null : logged === '' ? '{}' : `${logged}}`,
  };
  touchedIn((write.open.at(-1) as OpenWrite).touched, entity, id, record);
  touchedIn(write.touched, entity, id, record);
  if (entity === 'customField') definitionsChanged(write);
  return {
    id,
    uid,
    get uuid() {
      return uidToUuid(uid);
    },
  };
}

/** Changes fields of a record; only those that differ are written and logged. False when none did. */
export function updateRecord<E extends EntityName>(
  write: Write,
  entity: E,
  id: number,
  patch: StoredPatch<E>,
): boolean {
  return applyPatch(write, entity, id, patch as Record<string, unknown>, undefined);
}

/** Moves a record to the bin, or takes it out again. False when it was there already. */
export function setDeleted(write: Write, entity: EntityName, id: number, deleted: boolean): boolean {
  return applyPatch(write, entity, id, {}, deleted ? write.atMs : null);
}

/**
 * Sets derived fields: no log entry, no new version, but search, counters and indexes follow. Only fields marked
 * `derived` may be given.
 */
export function setDerived<E extends EntityName>(write: Write, entity: E, id: number, patch: StoredPatch<E>): boolean {
  return applyPatch(write, entity, id, patch as Record<string, unknown>, undefined, true);
}

export function applyPatch(
  write: Write,
  entity: EntityName,
  id: number,
  patch: Record<string, unknown>,
  deletedAtMs: number | null | undefined,
  derivedOnly = false,
): boolean {
  const { store } = write;
  const record = readStored(store, entity, id);
  if (!record) throw new Error(`No ${entity} in row ${id}`);
  const model = modelOf(store);
  const fields = model.fieldsOf(entity);
  const before = record.values as Record<string, unknown>;
  const after = { ...before };
  const changed: [string, Change][] = [];
  const sets: string[] = [];
  const parameters: SqlValue[] = [];
  for (const [name, value] of Object.entries(patch)) {
    const field = fields[name];
    if (!field) throw new Error(`${entity} has no field ${name}`);
    if (value === undefined || sameValue(before[name], value)) continue;
    if (derivedOnly !== (field.derived === true))
      throw new Error(`${entity}.${name} is ${field.derived ? 'derived' : 'not derived'}`);
    after[name] = value;
    sets.push(`${name} = ?`);
    parameters.push(encodeField(field, value));
    changed.push([name, [before[name] ?? null, value]]);
  }
  const wasDeleted = record.deletedAtMs !== null;
  const isDeleted = deletedAtMs === undefined ? wasDeleted : deletedAtMs !== null;
  if (deletedAtMs !== undefined && deletedAtMs !== record.deletedAtMs && wasDeleted !== isDeleted) {
    sets.push('deletedAtMs = ?');
    parameters.push(deletedAtMs);
    changed.push(['deletedAtMs', [record.deletedAtMs, deletedAtMs]]);
  }
  if (changed.length === 0) return false;

  const storage = model.storageOf(entity);
  const projection = storage.project(after as never);
  const searchText = searchTextOf(projection.words, projection.longestText);
  if (!derivedOnly) {
    sets.push('version = ?', 'updatedAtMs = ?');
    parameters.push(write.clock, write.atMs);
  }
  sets.push('label = ?', 'labelKey = ?', 'searchText = ?');
  parameters.push(projection.label, foldText(projection.label), searchText);
  storage.derivedColumns.forEach((column, index) => {
    sets.push(`${column} = ?`);
    parameters.push(projection.columns[index] ?? null);
  });
  store.sql(`UPDATE ${tableOf(entity)} SET ${sets.join(', ')} WHERE id = ?`).run(...parameters, id);
  reindex(write, entity, id, record.searchText, searchText);
  for (const child of storage.children ?? []) {
    if (!(child.from in patch)) continue;
    store.sql(child.clear).run(id);
    const insert = store.sql(child.insert);
    for (const row of child.rows(after as never)) insert.run(id, ...row);
  }
  countIn(write, wasDeleted ? [binCounter(entity)] : storage.counters(before as never), -1);
  countIn(write, isDeleted ? [binCounter(entity)] : storage.counters(after as never), 1);
  countIn(write, [revisionCounter(entity)], 1);
  if (!derivedOnly) touch(write, entity, id, record.uid, false, changed);
  else write.rederived.set(entity, (write.rederived.get(entity) ?? new Set()).add(id));
  if (entity === 'customField') definitionsChanged(write);
  return true;
}

/** Every definition has its columns from here on, and everybody reads and writes them. */
export function definitionsChanged({ store }: Write): void {
  for (const field of reloadModel(store).columns) makeColumns(store, field);
}

/** (records in the bin stay in the index: whoever searches looks at `deletedAtMs`) */
function reindex(write: Write, entity: EntityName, id: number, before: string, after: string): void {
  const { index, unindex } = layoutOf(write.store, entity);
  if (index === null || before === after) return;
  write.store.sql(unindex).run(id);
  write.store.sql(index).run(id, after);
}
