/**
 * Opens the SQLite file, encrypted or plain, with the pragmas that the store relies on.
 *
 * Cipher: AEGIS-256 of SQLite3 Multiple Ciphers: authenticated, and much nearer to plain than the library's default on
 * processors with AES instructions (README, "Decisions"). The 32-byte key comes from db/keys.ts; no passphrase is ever
 * given to SQLite.
 */
import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { type CallError, callError } from '../shared/contract/call.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { emailKey } from '../shared/rules/normalise/email.ts';
import { foldText } from '../shared/rules/normalise/fold.ts';
import { digitsOf } from '../shared/rules/segment/keys.ts';

export type Connection = Database.Database;

export type OpenOptions = {
  readonly path: string;
  /** 32 bytes, or null for a plain database. */
  readonly key: Buffer | null;
  readonly access: 'read' | 'write';
  /** Make the file where there is none; otherwise `databaseMissing`. */
  readonly create?: boolean;
};

/**
 * Errors: `databaseMissing`; `wrongPassphrase` (the key does not fit, or the file is no database: with encryption the
 * two look the same); `databaseDamaged`; `databaseBusy`; `diskFull`; `notPermitted`.
 */
export function openConnection(options: OpenOptions): Result<Connection, CallError> {
  if (!options.create && !existsSync(options.path)) {
    return err(callError('databaseMissing', 'There is no database at this path. Run init first, or check the path.'));
  }
  let connection: Connection | null = null;
  try {
    connection = new Database(options.path, { readonly: options.access === 'read', fileMustExist: !options.create });
    if (options.key) {
      connection.pragma("cipher = 'aegis'");
      connection.pragma(`key = "raw:${options.key.toString('hex')}"`);
    }
    // the first read decrypts page 1: a wrong key or a foreign file shows here
    connection.pragma('user_version');
    connection.prepare('SELECT count(*) FROM sqlite_schema').get();
    configure(connection, options.access);
    return ok(connection);
  } catch (error) {
    connection?.close();
    return err(connectionError(error, options));
  }
}

function configure(connection: Connection, access: 'read' | 'write'): void {
  connection.pragma('busy_timeout = 5000');
  connection.pragma('foreign_keys = ON');
  connection.pragma('trusted_schema = OFF');
  connection.pragma('cache_size = -65536');
  connection.pragma('temp_store = MEMORY');
  if (access === 'write') {
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('wal_autocheckpoint = 4000');
  }
  // for queries over fields that have no stored key; never used in an index, so that the file stays readable elsewhere
  connection.function('fold', { deterministic: true }, (text: unknown) =>
    typeof text === 'string' ? foldText(text) : null,
  );
  connection.function('digits', { deterministic: true }, (text: unknown) =>
    typeof text === 'string' ? digitsOf(text) : null,
  );
  connection.function('email_key', { deterministic: true }, (text: unknown) =>
    typeof text === 'string' ? emailKey(text) : null,
  );
}

const sqliteCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

function connectionError(error: unknown, options: OpenOptions): CallError {
  const code = sqliteCode(error);
  if (code === 'SQLITE_NOTADB') {
    const isEmpty = existsSync(options.path) && statSync(options.path).size === 0;
    if (isEmpty) return callError('databaseDamaged', 'The database file is empty. Restore it from a backup.');
    return options.key
      ? callError(
          'wrongPassphrase',
          'The key does not open this database, or the file is damaged. Try again, or use the recovery code.',
        )
      : callError('databaseDamaged', 'The file is encrypted or is not an Outpost database.');
  }
  return storeError(error) ?? callError('databaseDamaged', 'The database cannot be opened. Restore it from a backup.');
}

/** The typed form of what SQLite throws for reasons outside the program; null for a bug. */
export function storeError(error: unknown): CallError | null {
  const code = sqliteCode(error);
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return callError('databaseBusy', 'The database is in use by another program. Close it there and try again.');
  }
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_WRITE') {
    return callError('diskFull', 'The disk is full. Make room and try again; nothing that was saved is lost.');
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return callError('databaseDamaged', 'The database file is damaged. Restore it from a backup.');
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_CANTOPEN' || code === 'SQLITE_PERM') {
    return callError('notPermitted', 'The database file cannot be written. Check its permissions and the folder’s.');
  }
  return null;
}
