/** A fresh database for each test: encrypted, on disk, gone afterwards. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

type Template = { readonly bytes: Buffer; readonly key: Buffer };
let template: Template | null = null;

/** The file that the migrations make; they take many times as long as a copy of it. */
function migrated(): Template {
  const folder = mkdtempSync(join(tmpdir(), 'outpost-template-'));
  const path = join(folder, 'template.outpost');
  const key = databaseKeyOf(newSecret());
  try {
    const opened = openConnection({ path, key, access: 'write', create: true });
    if (!opened.ok) throw new Error(opened.error.message);
    const done = migrate(opened.value, () => {});
    opened.value.close();
    if (!done.ok) throw new Error(done.error.message);
    return { bytes: readFileSync(path), key };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** 1 January 2026, noon UTC; move `clock.nowMs` to let time pass. */
export function freshStore(): TestStore {
  template ??= migrated();
  const { bytes, key } = template;
  const path = join(temporaryFolder(), 'test.outpost');
  writeFileSync(path, bytes);
  const opened = openConnection({ path, key, access: 'write' });
  if (!opened.ok) throw new Error(opened.error.message);
  // it need not survive a power cut
  opened.value.pragma('synchronous = OFF');
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
