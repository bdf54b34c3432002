/** The database that benches measure on: encrypted, made up, kept under `.bench/` from run to run. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openConnection } from '../../db/connection.ts';
import { currentVersion, migrate } from '../../db/migrate.ts';
import { seedStore } from '../../db/seed/seed.ts';
import { databaseKeyOf, wrapByPassphrase, writeKeyFile } from '../../db/keys.ts';
import { readableStore, writableStore } from '../../db/store.ts';
import { setUpWorkspace } from '../../electron/features/workspace/setup.ts';
import type { BenchOptions } from './harness.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const benchFolder = join(root, '.bench');
/** Raise when the seed changes: kept databases are then made again. */
const seedVersion = 3;

/** Always the same: these databases hold nothing but made-up people. */
const benchSecret = Buffer.alloc(20, 7);
const benchKey = databaseKeyOf(benchSecret);
export const benchPassphrase = 'nothing to hide here';

export function openBench(path: string, access: 'read' | 'write', create = false) {
  const opened = openConnection({ path, key: benchKey, access, create });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

const remove = (path: string): void => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
};

/** A fresh, empty workspace with what every workspace ships with. */
export async function emptyBenchStore(path: string) {
  mkdirSync(dirname(path), { recursive: true });
  remove(path);
  const connection = openBench(path, 'write', true);
  const migrated = migrate(connection, () => {});
  if (!migrated.ok) throw new Error(migrated.error.message);
  const store = writableStore(connection);
  const person = { name: 'Bench', role: 'manager', region: 'GB' } as const;
  const made = await setUpWorkspace(store, { person, workspaceName: 'Bench', demo: false, invitation: null });
  if (!made.ok) throw new Error(made.error.message);
  return store;
}

/** Path of the seeded database; made when it is not there. */
export async function seededDatabase({ contacts, log }: BenchOptions): Promise<string> {
  const path = join(benchFolder, `seed-${contacts}-v${seedVersion}-${currentVersion}.outpost`);
  if (existsSync(path)) return path;
  const unfinished = `${path}.part`;
  const store = await emptyBenchStore(unfinished);
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

export async function seededReader(options: BenchOptions) {
  return readableStore(openBench(await seededDatabase(options), 'read'));
}

/** The seeded database as the program opens it, with `benchPassphrase`. */
export async function seededWorkspace(options: BenchOptions): Promise<string> {
  const path = await seededDatabase(options);
  const wrap = await wrapByPassphrase(benchSecret, benchPassphrase);
  if (!wrap.ok) throw new Error(wrap.error.message);
  writeKeyFile(path, { version: 1, wraps: [wrap.value] });
  return path;
}
