/**
 * What one connection remembers between questions: totals and ids in order. Each is kept under the question's
 * text and holds as long as the entity's revision (db/records/write.ts) does.
 */
import type { EntityName } from '../../shared/model/entities.ts';
import type { Connection } from '../connection.ts';
import { revisionCounter } from '../records/counters.ts';
import { refreshModel } from '../records/model.ts';
import type { ReadableStore } from '../store.ts';

type Kept = { readonly revision: number; readonly value: unknown; readonly size: number };

/** Numbers kept in all, about 64 MB: every order of a million contacts and as many leads. */
const mostNumbers = 16_000_000;

const memories = new WeakMap<Connection, Map<string, Kept>>();

export function counterOf(store: ReadableStore, name: string): number {
  const row = store.sql('SELECT value FROM counter WHERE name = ?').get(name) as { value: number } | undefined;
  return row?.value ?? 0;
}

export const revisionOf = (store: ReadableStore, entity: EntityName): number =>
  counterOf(store, revisionCounter(entity));

/** Of all records together: for questions that look beyond their own entity. */
export const revisionOfAll = (store: ReadableStore): number =>
  (
    store.sql("SELECT coalesce(sum(value), 0) AS sum FROM counter WHERE name GLOB 'revision:*'").get() as {
      sum: number;
    }
  ).sum;

/**
 * The value under `key`, made by `make` when it is not there or of another revision; `make` is given the old value, if
 * there is one, and how many changes ago it was right. `sizeOf`: how many numbers it holds.
 */
export function remembered<T>(
  store: ReadableStore,
  key: string,
  revision: number,
  make: (old: T | null, age: number) => T,
  sizeOf: (value: T) => number,
): T {
  let memory = memories.get(store.connection);
  if (!memory) memories.set(store.connection, (memory = new Map()));
  const kept = memory.get(key);
  memory.delete(key); // last in, last out
  if (kept?.revision === revision) {
    memory.set(key, kept);
    return kept.value as T;
  }
  const value = make((kept?.value ?? null) as T | null, revision - (kept?.revision ?? 0));
  memory.set(key, { revision, value, size: 16 + sizeOf(value) });
  let held = 0;
  for (const each of memory.values()) held += each.size;
  for (const [oldest, each] of memory) {
    if (held <= mostNumbers && memory.size <= 300) break;
    if (oldest === key) break;
    memory.delete(oldest);
    held -= each.size;
  }
  return value;
}

/** Whether there is a value under `key`, perhaps of an earlier revision. */
export const isRemembered = (store: ReadableStore, key: string): boolean =>
  memories.get(store.connection)?.has(key) ?? false;

/** Forgets the answers to questions; orders, which serve every question, stay. */
export function forgetAnswers(store: ReadableStore): void {
  const memory = memories.get(store.connection);
  for (const key of memory?.keys() ?? []) if (!/^(order|view) /.test(key)) memory?.delete(key);
}

/** Runs a few reads on one state of the database, also while another connection commits. */
export function inSnapshot<T>(store: ReadableStore, read: () => T): T {
  const { connection } = store;
  if (connection.inTransaction) return read();
  connection.exec('BEGIN');
  try {
    refreshModel(store);
    return read();
  } finally {
    connection.exec('COMMIT');
  }
}
