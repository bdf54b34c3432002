/** The database that benches measure on: encrypted, made up, kept under `.bench/` from run to run. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openConnection } from '../../db/connection.ts';
import { currentVersion, migrate } from '../../db/migrate.ts';
import { createRecord, write } from '../../db/records/write.ts';
import { seedStore } from '../../db/seed/seed.ts';
import { readableStore, writableStore, writeSetting } from '../../db/store.ts';
import { writeShippedConfiguration } from '../../electron/features/setup/shipped.ts';
import type { BenchOptions } from './harness.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const benchFolder = join(root, '.bench');
/** Raise when the seed changes: kept databases are then made again. */
const seedVersion = 2;

/** Always the same: these databases hold nothing but made-up people. */
export const benchKey = Buffer.alloc(32, 7);

export function openBench(path: string, access: 'read' | 'write', create = false) {
  const opened = openConnection({ path, key: benchKey, access, create });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

const remove = (path: string): void => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
};

/** A fresh, empty workspace with what every workspace ships with. */
export function emptyBenchStore(path: string) {
  mkdirSync(dirname(path), { recursive: true });
  remove(path);
  const connection = openBench(path, 'write', true);
  const migrated = migrate(connection, () => {});
  if (!migrated.ok) throw new Error(migrated.error.message);
  const store = writableStore(connection);
  const { value: user } = write(store, { cause: 'system' }, (w) => {
    writeShippedConfiguration(w);
    return createRecord(w, 'user', { name: 'Bench', role: 'manager' });
  });
  writeSetting(connection, 'userId', user.uuid);
  writeSetting(connection, 'region', 'GB');
  store.userRow = user.id;
  return store;
}

/** Path of the seeded database; made when it is not there. */
export function seededDatabase({ contacts, log }: BenchOptions): string {
  const path = join(benchFolder, `seed-${contacts}-v${seedVersion}-${currentVersion}.outpost`);
  if (existsSync(path)) return path;
  const unfinished = `${path}.part`;
  const store = emptyBenchStore(unfinished);
  const begin = performance.now();
  let said = 0;
  for (const { contacts: done } of seedStore(store, { contacts, seed: 1 })) {
    if (done - said < contacts / 10) continue;
    said = done;
    log(`seeding: ${done} of ${contacts} contacts, ${Math.round((performance.now() - begin) / 1000)} s`);
  }
  store.connection.pragma('wal_checkpoint(TRUNCATE)');
  store.connection.close();
  renameSync(unfinished, path);
  return path;
}

export function seededReader(options: BenchOptions) {
  return readableStore(openBench(seededDatabase(options), 'read'));
}
