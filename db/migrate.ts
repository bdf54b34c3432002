/** Brings a database to this program's version: `user_version` migrations, each in a transaction, a backup first. */
import { type CallError, callError } from '../shared/contract/call.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { Connection } from './connection.ts';
import { migrations } from './migrations/index.ts';

export const currentVersion = migrations.at(-1)?.version ?? 0;

export const versionOf = (connection: Connection): number =>
  connection.pragma('user_version', { simple: true }) as number;

/**
 * Runs what is missing. `backup` is called once before the first migration of a database that holds data already; when
 * it throws, nothing is migrated. Errors: `databaseTooNew`.
 */
export function migrate(connection: Connection, backup: () => void): Result<{ migrated: number }, CallError> {
  const version = versionOf(connection);
  if (version > currentVersion) {
    return err(
      callError(
        'databaseTooNew',
        'This database was written by a newer version of Outpost. Update Outpost to open it.',
        {
          fileVersion: version,
          programVersion: currentVersion,
        },
      ),
    );
  }
  const missing = migrations.filter((each) => each.version > version);
  if (version > 0 && missing.length > 0) backup();
  for (const migration of missing) {
    connection.transaction(() => {
      connection.exec(migration.sql);
      connection.pragma(`user_version = ${migration.version}`);
    })();
  }
  return ok({ migrated: missing.length });
}
