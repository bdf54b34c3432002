/**
 * Import of CSV rows with matching, against its floor: the rows that it must leave behind (records, emails, phones,
 * change log, search index), inserted by hand on the bare engine with the same encryption, prepared statements, one
 * transaction. The floor's values are ready before its clock starts; the import reads, maps, normalises and matches.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type WritableStore } from '../../db/store.ts';
import { newUid } from '../../db/uuid.ts';
import type { WriteContext } from '../../electron/features/handler.ts';
import { runImport } from '../../electron/features/imports/imports.service.ts';
import { emptyBenchStore } from './database.ts';
import { type BenchOptions, type BenchResult, resultOf } from './harness.ts';

type Opened = { readonly store: WritableStore; readonly path: string; close(): void };

async function openFresh(): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'outpost-bench-'));
  const path = join(folder, 'bench.outpost');
  const store = await emptyBenchStore(path);
  return {
    store,
    path,
    close() {
      store.connection.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Made-up people with an email and a phone each; the same for the same count. */
function csvOf(rows: number): string {
  let seed = 7;
  const pick = (limit: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    return seed % limit;
  };
  const given = ['Ada', 'Bruno', 'Chloé', 'Dmitri', 'Elif', 'Farah', 'Søren', 'Zoë', 'Nadia', 'Omar'];
  const family = ['Smith', 'Müller', 'García', 'Nguyen', 'Østergaard', 'Okafor', 'Tanaka', 'Kowalski'];
  const lines = ['First Name,Last Name,Company,Job Title,Street,City,Postal Code,Phone,Email'];
  for (let row = 0; row < rows; row += 1) {
    const phone = `0${1200 + pick(700)} ${100_000 + pick(899_999)}`;
    lines.push(
      `${given[pick(10)]},${family[pick(8)]}${pick(2000)},"Company ${pick(5000)}, Ltd",Buyer,${pick(300)} High Street,Town ${pick(900)},AB${pick(99)} 1XY,${phone},person${row}@firm${pick(3000)}.example`,
    );
  }
  return lines.join('\r\n');
}

const contextOf = (opened: Opened): WriteContext => ({
  store: opened.store,
  now: Date.now,
  databasePath: opened.path,
  startJob: (_kind, _label, jobId) => ({
    jobId: jobId ?? 'bench',
    report: () => {},
    isCancelled: () => false,
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
  }),
});

async function timeImport(opened: Opened, file: string): Promise<{ ms: number; created: number; unchanged: number }> {
  const started = performance.now();
  const result = await runImport(contextOf(opened), { file, format: 'auto', createContacts: false });
  if (!result.ok) throw new Error(result.error.message);
  return { ms: performance.now() - started, created: result.value.created, unchanged: result.value.unchanged };
}

/** Copies what the import left into a fresh database by hand. */
async function timeFloor(from: Opened): Promise<number> {
  const target = await openFresh();
  try {
    const source = from.store.connection;
    const jobs = ['contact', 'contact_email', 'contact_phone', 'change'].map((table) => {
      const rows = source.prepare(`SELECT * FROM "${table}"`).raw().all() as unknown[][];
      return { table, rows };
    });
    const search = source.prepare('SELECT id, searchText FROM contact').raw().all() as unknown[][];
    const db = target.store.connection;
    db.exec('DELETE FROM change');
    for (const { table, rows } of jobs) if (table === 'contact') for (const row of rows) row[1] = newUid();
    const insertOf = (table: string, width: number) =>
      db.prepare(`INSERT INTO "${table}" VALUES (${Array.from({ length: width }, () => '?').join(', ')})`);
    const statements = jobs.map(({ table, rows }) => ({ insert: insertOf(table, rows[0]?.length ?? 1), rows, at: 0 }));
    const [contacts, emails, phones, changes] = statements;
    const insertSearch = db.prepare('INSERT INTO contact_search (rowid, text) VALUES (?, ?)');
    // rows of the setting-up write belong to a write that is here too
    const writeId = (db.prepare('SELECT max(id) AS id FROM write').get() as { id: number }).id;
    for (const row of changes?.rows ?? []) row[1] = writeId;
    const started = performance.now();
    db.exec('BEGIN IMMEDIATE');
    for (let at = 0; at < search.length; at += 1) {
      contacts?.insert.run(...(contacts.rows[at] ?? []));
      emails?.insert.run(...(emails.rows[at] ?? []));
      phones?.insert.run(...(phones.rows[at] ?? []));
      insertSearch.run(...(search[at] ?? []));
      changes?.insert.run(...(changes.rows[at] ?? []));
    }
    db.exec('COMMIT');
    return performance.now() - started;
  } finally {
    target.close();
  }
}

/** The second import by hand: each row's contact is looked up by its email and read. */
function timeLookups(of: Opened): number {
  const keys = of.store.connection.prepare('SELECT addressKey FROM contact_email').pluck().all() as string[];
  const find = of.store.connection.prepare('SELECT contactId FROM contact_email WHERE addressKey = ?').pluck();
  const read = of.store.connection.prepare('SELECT * FROM contact WHERE id = ?');
  const started = performance.now();
  for (const key of keys) read.get(find.get(key));
  return performance.now() - started;
}

type Round = { readonly first: number; readonly floor: number; readonly again: number; readonly lookups: number };

async function runRound(file: string, rows: number): Promise<Round> {
  const opened = await openFresh();
  try {
    const first = await timeImport(opened, file);
    if (first.created !== rows) throw new Error(`made ${first.created} of ${rows} contacts`);
    const floor = await timeFloor(opened);
    const again = await timeImport(opened, file);
    if (again.unchanged !== rows) throw new Error(`the second import left ${again.unchanged} of ${rows} unchanged`);
    return { first: first.ms, floor, again: again.ms, lookups: timeLookups(opened) };
  } finally {
    opened.close();
  }
}

/** Rounds of import and floor in turn, since a busy machine slows now the one and now the other. */
const roundsOf = (rows: number): number => (rows > 200_000 ? 1 : 3);

/** `import-csv`: into an empty database; `import-csv-again`: the same file once more, when every row is matched. */
export async function bench({ contacts: rows, log }: BenchOptions): Promise<BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'outpost-bench-'));
  try {
    const file = join(folder, 'people.csv');
    writeFileSync(file, csvOf(rows));
    const rounds: Round[] = [];
    while (rounds.length < roundsOf(rows)) {
      const round = await runRound(file, rows);
      rounds.push(round);
      log(`imported ${rows} rows in ${Math.round(round.first)} ms, floor ${Math.round(round.floor)} ms`);
    }
    const result = (name: string, time: (round: Round) => number, floor: (round: Round) => number): BenchResult => {
      const measured = resultOf(name, rounds.map(time), rounds.map(floor), false);
      const speed = Math.round((rows / measured.p50Ms) * 1000);
      const share = Math.round((measured.floorMs / measured.p50Ms) * 100);
      return { ...measured, note: `${speed} rows/s, ${share} % of the floor's speed` };
    };
    return [
      result(
        'import-csv',
        (round) => round.first,
        (round) => round.floor,
      ),
      result(
        'import-csv-again',
        (round) => round.again,
        (round) => round.lookups,
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
