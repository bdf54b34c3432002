import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openConnection, storeError } from '../../db/connection.ts';
import { databaseKeyOf, newSecret } from '../../db/keys.ts';
import { currentVersion, migrate, versionOf } from '../../db/migrate.ts';
import { takeOwnership } from '../../db/owner-lock.ts';
import { createRecord, write } from '../../db/records/write.ts';
import { freshStore, temporaryFolder } from '../helpers/store.ts';

const codeOf = (result: { ok: boolean; error?: { code: string } }): string | null =>
  result.ok ? null : (result.error?.code ?? '');

describe('a database that is not in order', () => {
  it('says that there is none', () => {
    const path = join(temporaryFolder(), 'none.outpost');
    expect(codeOf(openConnection({ path, key: null, access: 'write' }))).toBe('databaseMissing');
  });

  it('refuses a file that is something else, and leaves it as it is', () => {
    const path = join(temporaryFolder(), 'letter.outpost');
    writeFileSync(path, 'Dear Sir or Madam, '.repeat(1000));
    expect(codeOf(openConnection({ path, key: null, access: 'write' }))).toBe('databaseDamaged');
    expect(codeOf(openConnection({ path, key: databaseKeyOf(newSecret()), access: 'write' }))).toBe('wrongPassphrase');
    expect(readFileSync(path, 'utf8')).toBe('Dear Sir or Madam, '.repeat(1000));
  });

  it('notices that a file was cut', () => {
    const { store, path, key } = freshStore();
    write(store, { cause: 'edit' }, (w) => {
      for (let i = 0; i < 500; i += 1) createRecord(w, 'contact', { givenName: `Ann ${i}` });
    });
    store.connection.pragma('wal_checkpoint(TRUNCATE)');
    store.connection.close();
    truncateSync(path, 40_000);
    const opened = openConnection({ path, key, access: 'write' });
    if (!opened.ok) {
      expect(['databaseDamaged', 'wrongPassphrase']).toContain(opened.error.code);
      return;
    }
    let thrown: unknown = null;
    try {
      opened.value.prepare('SELECT count(*) FROM contact').get();
      expect(opened.value.pragma('quick_check', { simple: true })).not.toBe('ok');
    } catch (error) {
      thrown = error;
    } finally {
      opened.value.close();
    }
    if (thrown) expect(storeError(thrown)?.code).toBe('databaseDamaged');
  });

  it('refuses a file from a newer version without touching it', () => {
    const { store } = freshStore();
    store.connection.pragma(`user_version = ${currentVersion + 10}`);
    const result = migrate(store.connection, () => {
      throw new Error('no backup is wanted');
    });
    expect(codeOf(result)).toBe('databaseTooNew');
    expect(versionOf(store.connection)).toBe(currentVersion + 10);
  });

  it('backs up before it migrates, and does not migrate when that fails', () => {
    const { store } = freshStore();
    store.connection.pragma('user_version = 1');
    expect(() =>
      migrate(store.connection, () => {
        throw new Error('no room');
      }),
    ).toThrow('no room');
    expect(versionOf(store.connection)).toBe(1);
  });

  it('has one owner at a time, until that one lets go', () => {
    const path = join(temporaryFolder(), 'one.outpost');
    const first = takeOwnership(path);
    expect(first.ok).toBe(true);
    expect(codeOf(takeOwnership(path))).toBe('databaseInUse');
    if (first.ok) first.value.release();
    const second = takeOwnership(path);
    expect(second.ok).toBe(true);
    if (second.ok) second.value.release();
  });

  it('says that the disk is full, keeps what was saved, and goes on when there is room', () => {
    const { store } = freshStore();
    write(store, { cause: 'edit' }, (w) => createRecord(w, 'contact', { givenName: 'Saved' }));
    const pages = store.connection.pragma('page_count', { simple: true }) as number;
    store.connection.pragma(`max_page_count = ${pages + 4}`);
    let thrown: unknown = null;
    try {
      write(store, { cause: 'edit' }, (w) => {
        for (let i = 0; i < 2000; i += 1) createRecord(w, 'contact', { givenName: `Lost ${i}` });
      });
    } catch (error) {
      thrown = error;
    }
    expect(storeError(thrown)?.code).toBe('diskFull');
    store.connection.pragma('max_page_count = 1073741823');
    write(store, { cause: 'edit' }, (w) => createRecord(w, 'contact', { givenName: 'Later' }));
    expect(store.sql('SELECT label FROM contact ORDER BY id').all()).toEqual([{ label: 'Saved' }, { label: 'Later' }]);
    expect(store.connection.pragma('integrity_check', { simple: true })).toBe('ok');
  });
});
