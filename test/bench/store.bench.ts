/** The store itself: opening it, and what one save costs beside the same rows by hand. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { listRecords } from '../../db/query/list.ts';
import { chance } from '../../db/seed/random.ts';
import { person } from '../../db/seed/people.ts';
import { createRecord, updateRecord, write } from '../../db/records/write.ts';
import { readableStore } from '../../db/store.ts';
import { newUid } from '../../db/uuid.ts';
import { listInputSchema } from '../../shared/contract/records.ts';
import { benchFolder, emptyBenchStore, openBench, seededDatabase } from './database.ts';
import { type BenchOptions, type BenchResult, measure } from './harness.ts';

const runs = 105;

export async function bench(options: BenchOptions): Promise<BenchResult[]> {
  const seeded = await seededDatabase(options);
  const firstPage = measure(
    'open-and-first-page',
    Array.from({ length: 25 }, (_, index) => index),
    () => {
      const connection = openBench(seeded, 'read');
      listRecords(readableStore(connection), 'contact', listInputSchema.parse({ limit: 100 }), {
        userRow: 1,
        filters: [],
      });
      connection.close();
    },
    () => {
      const connection = openBench(seeded, 'read');
      connection.prepare('SELECT * FROM contact WHERE deletedAtMs IS NULL ORDER BY labelKey, id LIMIT 100').all();
      connection.close();
    },
    { interactive: false },
  );
  return [firstPage, ...(await saves())];
}

async function saves(): Promise<BenchResult[]> {
  const path = join(benchFolder, 'saves.outpost');
  const store = await emptyBenchStore(path);
  const drawn = chance(3);
  const people = Array.from({ length: runs }, (_, index) => person(drawn, index, index));
  // something to copy by hand
  write(store, { cause: 'edit' }, (w) => {
    const { givenName, familyName, company, emails, phones } = person(drawn, 999_999, 1);
    createRecord(w, 'contact', { givenName, familyName, company, emails, phones });
  });
  const { connection } = store;
  const columns = connection.prepare('SELECT name FROM pragma_table_info(?)').pluck().all('contact') as string[];
  const template = connection.prepare('SELECT * FROM contact WHERE id = 1').raw().get() as unknown[];
  const insert = connection.prepare(`INSERT INTO contact VALUES (${columns.map(() => '?').join(', ')})`);
  const index = connection.prepare('INSERT INTO contact_search (rowid, text) VALUES (?, ?)');
  const email = connection.prepare(
    'INSERT INTO contact_email (contactId, position, address, addressKey) VALUES (?, 0, ?, ?)',
  );
  const phone = connection.prepare('INSERT INTO contact_phone (contactId, position, number, e164) VALUES (?, 0, ?, ?)');
  const logWrite = connection.prepare(
    `INSERT INTO write (deviceId, originNumber, clock, atMs, cause, changes)
     SELECT 1, max(originNumber) + 1, max(clock) + 1, 1, 'edit', 1 FROM write`,
  );
  const logChange = connection.prepare(
    'INSERT INTO change (writeId, entity, recordId, created, fields) VALUES (?, 1, ?, ?, ?)',
  );
  const count = connection.prepare(
    "UPDATE counter SET value = value + 1 WHERE name IN ('contact', 'revision:contact')",
  );
  const update = connection.prepare(
    'UPDATE contact SET jobTitle = ?, jobTitleKey = ?, version = ?, updatedAtMs = ? WHERE id = ?',
  );
  const log = String(connection.prepare('SELECT fields FROM change WHERE entity = 1 ORDER BY id DESC').pluck().get());
  const inOneTransaction = (work: () => void): void => {
    connection.exec('BEGIN IMMEDIATE');
    work();
    count.run();
    connection.exec('COMMIT');
    // ours goes on from the clock that the copy used
    store.lastClock += 1;
  };
  const saveByHand = (text: string): void =>
    inOneTransaction(() => {
      const values = columns.map((name, at) => (name === 'id' ? null : name === 'uid' ? newUid() : template[at]));
      const id = insert.run(values).lastInsertRowid;
      index.run(id, `  ${text}`);
      email.run(id, text, text);
      phone.run(id, text, null);
      logChange.run(logWrite.run().lastInsertRowid, id, 1, log);
    });
  const editByHand = (id: number): void =>
    inOneTransaction(() => {
      update.run(`By hand ${id}`, `by hand ${id}`, store.lastClock + 1, 1, id);
      logChange.run(logWrite.run().lastInsertRowid, id, 0, '{"jobTitle":["a","b"]}');
    });
  const results = [
    measure(
      'save-contact',
      people,
      ({ givenName, familyName, company, emails, phones }) =>
        write(store, { cause: 'edit' }, (w) =>
          createRecord(w, 'contact', { givenName, familyName, company, emails, phones }),
        ),
      ({ familyName }) => saveByHand(familyName),
    ),
    measure(
      'edit-contact',
      people.map((_, index) => index + 1),
      (id) => write(store, { cause: 'edit' }, (w) => updateRecord(w, 'contact', id, { jobTitle: `Title ${id}` })),
      editByHand,
    ),
  ];
  connection.close();
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
  return results;
}
