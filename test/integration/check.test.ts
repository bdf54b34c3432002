import { describe, expect, it } from 'vitest';
import { checkStore } from '../../db/check.ts';
import { createRecord, setDeleted, write } from '../../db/records/write.ts';
import { rebuildStore } from '../../db/rebuild.ts';
import { readableStore, type ReadableStore } from '../../db/store.ts';
import { openConnection } from '../../db/connection.ts';
import { backUp } from '../../db/backup.ts';
import { writeShippedConfiguration } from '../../electron/features/setup/shipped.ts';
import { freshStore, readerOf } from '../helpers/store.ts';

function toTheEnd<T>(steps: Generator<number, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const wrongIn = (store: ReadableStore): string[] =>
  toTheEnd(checkStore(store))
    .filter((each) => !each.ok)
    .map((each) => each.name);

function filled() {
  const test = freshStore();
  write(test.store, { cause: 'edit' }, (w) => {
    writeShippedConfiguration(w);
    const account = createRecord(w, 'account', { name: 'Contoso' });
    for (const givenName of ['Ann', 'José', '芳', 'สมชาย']) {
      const contact = createRecord(w, 'contact', {
        givenName,
        accountId: account.id,
        consentLevel: 'consent',
        emails: [{ address: 'a@b.example', kind: 'work', primary: true, optedOut: false, bounced: false, valid: true }],
      });
      createRecord(w, 'lead', { topic: 'Robots', givenName, contactId: contact.id });
    }
  });
  write(test.store, { cause: 'edit' }, (w) => setDeleted(w, 'contact', 3, true));
  return test;
}

describe('check and rebuild', () => {
  it('find nothing wrong with what the write path made', () => {
    const test = filled();
    expect(wrongIn(readerOf(test))).toEqual([]);
  });

  it.each([
    ['a label', "UPDATE contact SET label = 'x' WHERE id = 1", ['records: contact']],
    ['a key column', "UPDATE contact SET givenNameKey = 'x' WHERE id = 1", ['records: contact']],
    ['a child row', 'DELETE FROM contact_email WHERE contactId = 1', ['records: contact']],
    ['a counter', "UPDATE counter SET value = 99 WHERE name = 'contact'", ['counters']],
    ['a missing search entry', 'DELETE FROM contact_search WHERE rowid = 1', ['search index: contact']],
    [
      'a search entry for other words',
      "DELETE FROM contact_search WHERE rowid = 1; INSERT INTO contact_search (rowid, text) VALUES (1, '  zoe')",
      ['search index: contact'],
    ],
    [
      'a search entry of no record',
      "INSERT INTO contact_search (rowid, text) VALUES (999, '  x')",
      ['search index: contact'],
    ],
    ['an account’s number of contacts', 'UPDATE account SET contactCount = 7', ['contacts of accounts']],
    ['a score', 'DELETE FROM score', ['scores of leads']],
  ])('find and mend %s', (_what, damage, names) => {
    const test = filled();
    test.store.connection.exec(damage);
    expect(wrongIn(readerOf(test))).toEqual(names);
    toTheEnd(rebuildStore(test.store));
    expect(wrongIn(readerOf(test))).toEqual([]);
  });

  it('find a reference that points at nothing', () => {
    const test = filled();
    test.store.connection.exec('PRAGMA foreign_keys = OFF; UPDATE lead SET contactId = 4711 WHERE id = 1');
    expect(wrongIn(readerOf(test))).toContain('foreign keys');
  });

  it('a rebuild logs nothing', () => {
    const test = filled();
    const changes = () => test.store.sql('SELECT count(*) FROM change').pluck().get();
    const before = changes();
    toTheEnd(rebuildStore(test.store));
    expect(changes()).toBe(before);
  });
});

it('a backup is whole, opens with the same key and holds the same', () => {
  const test = filled();
  const path = backUp(test.store.connection, test.clock.nowMs);
  const opened = openConnection({ path, key: test.key, access: 'read' });
  if (!opened.ok) throw new Error(opened.error.message);
  const copy = readableStore(opened.value);
  expect(wrongIn(copy)).toEqual([]);
  expect(copy.sql('SELECT count(*) FROM contact').pluck().get()).toBe(4);
  opened.value.close();
  const plain = openConnection({ path, key: null, access: 'read' });
  expect(plain).toMatchObject({ ok: false });
});
