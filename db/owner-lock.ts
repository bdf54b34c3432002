/**
 * One process owns a database at a time. The owner holds an exclusive SQLite lock on `<database>.owner`; the operating
 * system drops it with the process, also when that is killed, so that no stale lock is ever left.
 */
import Database from 'better-sqlite3';
import { type CallError, callError } from '../shared/contract/call.ts';
import { err, ok, type Result } from '../shared/result.ts';

export type OwnerLock = { release(): void };

/** Errors: `databaseInUse`. */
export function takeOwnership(databasePath: string): Result<OwnerLock, CallError> {
  const lock = new Database(`${databasePath}.owner`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return ok({
      release: () => {
        if (lock.open) lock.close();
      },
    });
  } catch {
    lock.close();
    return err(
      callError(
        'databaseInUse',
        'This database is open in another Outpost window or command. Close it there and try again.',
      ),
    );
  }
}
