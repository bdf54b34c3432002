/** A fresh database for each test: encrypted, on disk, gone afterwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openConnection } from '../../db/connection.ts';
import { databaseKeyOf, newSecret } from '../../db/keys.ts';
import { migrate } from '../../db/migrate.ts';
import { readableStore, type WritableStore, writableStore } from '../../db/store.ts';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'outpost-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export type TestStore = { store: WritableStore; path: string; key: Buffer; clock: { nowMs: number } };

/** 1 January 2026, noon UTC; move `clock.nowMs` to let time pass. */
export function freshStore(): TestStore {
  const path = join(temporaryFolder(), 'test.outpost');
  const key = databaseKeyOf(newSecret());
  const opened = openConnection({ path, key, access: 'write', create: true });
  if (!opened.ok) throw new Error(opened.error.message);
  const migrated = migrate(opened.value, () => {});
  if (!migrated.ok) throw new Error(migrated.error.message);
  const clock = { nowMs: Date.UTC(2026, 0, 1, 12) };
  const store = writableStore(opened.value, () => clock.nowMs);
  onTestFinished(() => {
    if (opened.value.open) opened.value.close();
  });
  return { store, path, key, clock };
}

/** A second, read-only connection to the same file. */
export function readerOf(test: TestStore) {
  const opened = openConnection({ path: test.path, key: test.key, access: 'read' });
  if (!opened.ok) throw new Error(opened.error.message);
  onTestFinished(() => {
    opened.value.close();
  });
  return readableStore(opened.value);
}
