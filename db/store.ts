/** The open database as the rest of the program sees it: readable, or readable and writable. */
import type { Statement } from 'better-sqlite3';
import type { Connection } from './connection.ts';
import { type Upkeep, upkeeps } from './derived/upkeeps.ts';
import { newUid, uidToUuid, uuidToUid } from './uuid.ts';

export type ReadableStore = {
  readonly connection: Connection;
  /**
   * The prepared statement of this text; prepared once a connection, and shared. `.pluck()` and `.raw()` give a
   * statement of that shape and leave this one as it is.
   */
  sql(text: string): Statement;
};

export type Author = {
  /** Row of `device` for this laptop. */
  readonly deviceRow: number;
  readonly deviceId: string;
};

export type WritableStore = ReadableStore & {
  readonly writable: true;
  readonly author: Author;
  /** Row of `user` who makes the changes, null before anybody is entered. */
  userRow: number | null;
  /** The last clock given out or seen. */
  lastClock: number;
  /** The current time, UTC epoch ms; injected so that tests can move it. */
  readonly now: () => number;
  /** What each write lets settle before it commits. Kept here, since upkeeps write in turn. */
  readonly upkeeps: readonly Upkeep[];
  /** Told after each commit which entities changed. */
  onCommit: ((entities: readonly string[]) => void) | null;
};

function statementsOf(connection: Connection): (text: string) => Statement {
  const prepared = new Map<string, Statement>();
  const shaped = (text: string, shape: 'pluck' | 'raw'): Statement => {
    const key = `${shape} ${text}`;
    let statement = prepared.get(key);
    if (!statement) {
      statement = connection.prepare(text)[shape]();
      prepared.set(key, statement);
    }
    return statement;
  };
  return (text) => {
    let statement = prepared.get(text);
    if (!statement) {
      statement = connection.prepare(text);
      // the library would change the shared statement for everybody: each shape is a statement of its own
      Object.defineProperties(statement, {
        pluck: { value: () => shaped(text, 'pluck') },
        raw: { value: () => shaped(text, 'raw') },
      });
      prepared.set(text, statement);
    }
    return statement;
  };
}

export const readableStore = (connection: Connection): ReadableStore => ({ connection, sql: statementsOf(connection) });

export function writableStore(connection: Connection, now: () => number = Date.now): WritableStore {
  const sql = statementsOf(connection);
  const author = thisDevice(connection);
  const last = connection.prepare('SELECT coalesce(max(clock), 0) AS clock FROM write').get() as { clock: number };
  const user = connection
    .prepare(
      "SELECT user.id AS id FROM setting JOIN user ON lower(hex(user.uid)) = replace(setting.value, '-', '') WHERE setting.key = 'userId'",
    )
    .get() as { id: number } | undefined;
  return {
    connection,
    sql,
    writable: true,
    author,
    userRow: user?.id ?? null,
    lastClock: last.clock,
    now,
    upkeeps,
    onCommit: null,
  };
}

/** The device row of this laptop; made at the first opening for writing. */
function thisDevice(connection: Connection): Author {
  const known = readSetting(connection, 'deviceId');
  if (known) {
    const row = connection.prepare('SELECT id FROM device WHERE uid = ?').get(uuidToUid(known)) as { id: number };
    return { deviceRow: row.id, deviceId: known };
  }
  const uid = newUid();
  const added = connection.prepare('INSERT INTO device (uid, name) VALUES (?, ?)').run(uid, 'This laptop');
  writeSetting(connection, 'deviceId', uidToUuid(uid));
  return { deviceRow: Number(added.lastInsertRowid), deviceId: uidToUuid(uid) };
}

/** A fact of this file (table `setting`); null where it is not set. */
export function readSetting(connection: Connection, key: string): string | null {
  const row = connection.prepare('SELECT value FROM setting WHERE key = ?').get(key) as { value: string } | undefined;
  return row?.value ?? null;
}

export function writeSetting(connection: Connection, key: string, value: string): void {
  connection
    .prepare('INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
    .run(key, value);
}
