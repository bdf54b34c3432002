/**
 * Opens the database for its one writer: checks it after an unclean exit, brings it to this version with a backup
 * first, and marks it as open until it is closed properly.
 */
import { type CallError, callError } from '../../shared/contract/call.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { backUp, isBackupDue, pruneBackups } from '../../db/backup.ts';
import { type Connection, openConnection, storeError } from '../../db/connection.ts';
import { migrate, versionOf } from '../../db/migrate.ts';
import { readSetting, type WritableStore, writableStore, writeSetting } from '../../db/store.ts';
import type { StoreFacts, StoreOptions } from '../host/backend.ts';
import { errorOfThrown } from '../host/log.ts';

const openMark = 'openSinceMs';

export function openStore(options: StoreOptions): Result<WritableStore, CallError> {
  const opened = openConnection({
    path: options.path,
    key: options.key,
    access: 'write',
    create: options.create,
  });
  if (!opened.ok) return opened;
  const connection = opened.value;
  try {
    const ready = prepare(connection);
    if (!ready.ok) {
      connection.close();
      return ready;
    }
    return ok(writableStore(connection));
  } catch (error) {
    connection.close();
    const [outside] = errorOfThrown(error, 'opening', false);
    if (outside.code !== 'internal') return err(outside);
    throw error;
  }
}

function prepare(connection: Connection): Result<void, CallError> {
  if (versionOf(connection) > 0 && readSetting(connection, openMark) !== null) {
    const answer = connection.pragma('quick_check(1)', { simple: true });
    if (answer !== 'ok') {
      return err(callError('databaseDamaged', 'The database file is damaged. Restore it from a backup.'));
    }
  }
  const migrated = migrate(connection, () => backUp(connection, Date.now()));
  if (!migrated.ok) return migrated;
  writeSetting(connection, openMark, String(Date.now()));
  // one process owns a database: what had not finished before this one does not run any more
  connection
    .prepare('UPDATE import_run SET interruptedAtMs = ? WHERE finishedAtMs IS NULL AND interruptedAtMs IS NULL')
    .run(Date.now());
  return ok(undefined);
}

export const factsOf = (store: WritableStore): StoreFacts => ({
  workspaceName: readSetting(store.connection, 'workspaceName'),
  demo: readSetting(store.connection, 'demo') === '1',
});

/** Closes the file so that it is one file again: the log is folded in, the open mark is gone. */
export function closeStore(store: WritableStore): void {
  const { connection } = store;
  if (!connection.open) return;
  try {
    connection.prepare('DELETE FROM setting WHERE key = ?').run(openMark);
    connection.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    // the mark stays, and the next opening looks the file over
    if (storeError(error)?.code !== 'diskFull') throw error;
  } finally {
    connection.close();
  }
}

export function backUpIfDue(connection: Connection, nowMs: number): void {
  if (!isBackupDue(connection.name, nowMs)) return;
  backUp(connection, nowMs);
  pruneBackups(connection.name);
}
