/**
 * A store to try things on: an empty file of the same tables beside the database, encrypted with a key that nobody
 * keeps, and gone afterwards. The workspace's configuration is copied at once; records follow one by one, before
 * something looks for them (`pull`). What the real write path then does to it, it would do to the database.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Statement } from 'better-sqlite3';
import { openConnection } from '../../../db/connection.ts';
import { tableOf } from '../../../db/records/entity-storage.ts';
import { type ReadableStore, type WritableStore, writableStore } from '../../../db/store.ts';
import { type CallError } from '../../../shared/contract/call.ts';
import type { EntityName } from '../../../shared/model/entities.ts';
import { ok, type Result } from '../../../shared/result.ts';

/** Small tables that rows of a file refer to; the rest of the workspace is pulled where it is asked for. */
const copiedTables = new Set([
  'setting',
  'device',
  'user',
  'process',
  'scoring_model',
  'matching_strategy',
  'campaign',
  'product',
  'event',
  'capture_form',
  'subscription_list',
  'custom_field',
]);

/** Tables whose new rows must never take the number of a record that is pulled later. */
const pulledEntities = ['contact', 'lead', 'account', 'registration', 'checkIn', 'interaction', 'listMember'] as const;
export type PulledEntity = (typeof pulledEntities)[number];
const childrenOf: Partial<Readonly<Record<PulledEntity, readonly string[]>>> = {
  contact: ['contact_email', 'contact_phone'],
};
/** Where the numbers of records made here begin: far above any of the database's. */
const firstOwnRow = 2 ** 44;

export type Scratch = {
  readonly store: WritableStore;
  /** Copies a record as it stands, once; what happened to the copy since stays. */
  pull(entity: PulledEntity, id: number): void;
  /** Copies rows of a table that belongs to no entity. */
  pullRows(table: string, where: string, ...parameters: readonly unknown[]): void;
  /** Of a record that was made here. */
  isOwn(id: number): boolean;
  close(): void;
};

const prefixOf = (databasePath: string): string => `${basename(databasePath)}.rehearsal-`;

/** Files that a killed program left: unreadable for everybody, and in the way. */
function removeLeftovers(databasePath: string): void {
  const folder = dirname(databasePath);
  const own = `${prefixOf(databasePath)}${process.pid}-`;
  for (const name of readdirSync(folder)) {
    if (name.startsWith(prefixOf(databasePath)) && !name.startsWith(own)) rmSync(join(folder, name), { force: true });
  }
}

type SchemaRow = { type: string; name: string; tbl_name: string; sql: string };

function copySchema(real: ReadableStore, scratch: WritableStore['connection']): void {
  const rows = real
    .sql("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type <> 'table', rowid")
    .all() as SchemaRow[];
  const indexes = rows.flatMap(({ sql, name }) => (/^CREATE VIRTUAL TABLE/i.test(sql) ? [name] : []));
  for (const { type, name, sql } of rows) {
    if (name.startsWith('sqlite_')) continue;
    // nobody searches here: a plain table takes what the index would
    if (indexes.includes(name)) scratch.exec(`CREATE TABLE ${name} (text TEXT)`);
    else if (indexes.some((index) => name.startsWith(`${index}_`))) continue;
    else if (type === 'table' || type === 'index' || type === 'view') scratch.exec(sql);
  }
}

/** Errors: what making a file beside the database answers (`diskFull`, `notPermitted`). */
export function openScratch(real: ReadableStore, databasePath: string, now: () => number): Result<Scratch, CallError> {
  removeLeftovers(databasePath);
  const path = join(dirname(databasePath), `${prefixOf(databasePath)}${process.pid}-${randomBytes(6).toString('hex')}`);
  const opened = openConnection({ path, key: randomBytes(32), access: 'write', create: true });
  if (!opened.ok) return opened;
  const connection = opened.value;
  const close = (): void => {
    if (connection.open) connection.close();
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${end}`, { force: true });
  };
  try {
    // nothing here has to survive anything
    connection.pragma('journal_mode = MEMORY');
    connection.pragma('synchronous = OFF');
    connection.pragma('foreign_keys = OFF');
    copySchema(real, connection);
    const copy = rowCopier(real, connection);
    connection.exec('BEGIN');
    for (const table of copiedTables) if (hasTable(real, table)) copy(table, '1');
    connection.exec('COMMIT');
    const store: WritableStore = { ...writableStore(connection, now), upkeeps: [] };
    reserveRows(store);
    return ok({ store, ...pulling(copy), isOwn: (id) => id > firstOwnRow, close });
  } catch (error) {
    close();
    throw error;
  }
}

const hasTable = (store: ReadableStore, table: string): boolean =>
  store.sql("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table) !== undefined;

type Copy = (table: string, where: string, ...parameters: readonly unknown[]) => void;

function rowCopier(real: ReadableStore, connection: WritableStore['connection']): Copy {
  const inserts = new Map<string, Statement>();
  return (table, where, ...parameters) => {
    const rows = real
      .sql(`SELECT * FROM ${table} WHERE ${where}`)
      .raw()
      .all(...parameters) as unknown[][];
    const [first] = rows;
    if (first === undefined) return;
    let insert = inserts.get(table);
    if (!insert) {
      insert = connection.prepare(`INSERT OR IGNORE INTO ${table} VALUES (${first.map(() => '?').join(', ')})`);
      inserts.set(table, insert);
    }
    for (const row of rows) insert.run(...row);
  };
}

function pulling(copy: Copy): Pick<Scratch, 'pull' | 'pullRows'> {
  const pulled = new Map<PulledEntity, Set<number>>(pulledEntities.map((entity) => [entity, new Set()]));
  return {
    pull(entity, id) {
      const known = pulled.get(entity);
      if (id > firstOwnRow || known === undefined || known.has(id)) return;
      known.add(id);
      copy(tableOf(entity), 'id = ?', id);
      for (const child of childrenOf[entity] ?? []) copy(child, `${entity}Id = ?`, id);
    },
    pullRows: copy,
  };
}

/** A row in the bin at the end of each table: SQLite numbers new rows from the highest one up. */
function reserveRows({ connection }: WritableStore): void {
  for (const entity of pulledEntities satisfies readonly EntityName[]) {
    const table = tableOf(entity);
    const columns = connection.pragma(`table_info(${table})`) as {
      name: string;
      type: string;
      notnull: number;
      dflt_value: unknown;
    }[];
    const needed = columns.filter(
      ({ name, notnull, dflt_value: initial }) => notnull === 1 && initial === null && name !== 'id',
    );
    const names = ['id', ...needed.map(({ name }) => name), 'deletedAtMs'];
    const values = [
      String(firstOwnRow),
      ...needed.map(({ name, type }) => (name === 'uid' ? `zeroblob(16)` : type === 'TEXT' ? "'[]'" : '0')),
      '1',
    ];
    connection.pragma('ignore_check_constraints = ON');
    connection.exec(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${values.join(', ')})`);
    connection.pragma('ignore_check_constraints = OFF');
  }
}
