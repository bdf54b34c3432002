/**
 * Import of CSV rows with matching, against its floor: the rows that it must leave behind (records, emails, phones,
 * change log, search index), inserted by hand on the bare engine with the same encryption, prepared statements, one
 * transaction. The floor's values are ready before its clock starts; the import reads, maps, normalises and matches.
 */
import { appendFileSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type WritableStore, writableStore } from '../../db/store.ts';
import type { WriteContext } from '../../electron/features/handler.ts';
import { runImport } from '../../electron/features/imports/imports.service.ts';
import { emptyBenchStore, openBench, seededDatabase } from './database.ts';
import { type BenchOptions, type BenchResult, resultOf } from './harness.ts';

/** Rows written to the file, or read for the floor off its clock, at once. */
const perPart = 20_000;

type Opened = { readonly store: WritableStore; readonly path: string; close(): void };

const inFolder = async (open: (path: string) => WritableStore | Promise<WritableStore>): Promise<Opened> => {
  const folder = mkdtempSync(join(tmpdir(), 'outpost-bench-'));
  const path = join(folder, 'bench.outpost');
  const store = await open(path);
  return {
    store,
    path,
    close() {
      store.connection.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const openFresh = (): Promise<Opened> => inFolder(emptyBenchStore);

/** A copy of the seeded database. */
const openSeeded = (options: BenchOptions): Promise<Opened> =>
  inFolder(async (path) => {
    copyFileSync(await seededDatabase(options), path);
    return writableStore(openBench(path, 'write'));
  });

/** Made-up people with an email and a phone each; the same for the same count. */
function writeCsv(file: string, rows: number): void {
  let seed = 7;
  const pick = (limit: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    return seed % limit;
  };
  const given = ['Ada', 'Bruno', 'Chloé', 'Dmitri', 'Elif', 'Farah', 'Søren', 'Zoë', 'Nadia', 'Omar'];
  const family = ['Smith', 'Müller', 'García', 'Nguyen', 'Østergaard', 'Okafor', 'Tanaka', 'Kowalski'];
  let lines = ['First Name,Last Name,Company,Job Title,Street,City,Postal Code,Phone,Email'];
  for (let row = 0; row < rows; row += 1) {
    const phone = `0${1200 + pick(700)} ${100_000 + pick(899_999)}`;
    lines.push(
      `${given[pick(10)]},${family[pick(8)]}${pick(2000)},"Company ${pick(5000)}, Ltd",Buyer,${pick(300)} High Street,Town ${pick(900)},AB${pick(99)} 1XY,${phone},person${row}@firm${pick(3000)}.example`,
    );
    if (lines.length < perPart && row < rows - 1) continue;
    appendFileSync(file, `${lines.join('\r\n')}\r\n`);
    lines = [];
  }
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

/** What an import leaves behind, each in the order of this column. */
const orderColumns = { contact: 'id', contact_email: 'contactId', contact_phone: 'contactId', change: 'id' } as const;
type LastIds = { readonly contact: number; readonly change: number };

const lastIds = ({ store }: Opened): LastIds => {
  const lastOf = (table: string) =>
    store.connection.prepare(`SELECT coalesce(max(id), 0) FROM "${table}"`).pluck().get() as number;
  return { contact: lastOf('contact'), change: lastOf('change') };
};

/** Copies by hand what the import left after these ids into the database as it was before. */
function timeFloor(from: Opened, after: LastIds, target: Opened): number {
  const source = from.store.connection;
  const db = target.store.connection;
  // rows of the import's own write belong to a write that is here too
  const writeId = (db.prepare('SELECT max(id) AS id FROM write').get() as { id: number }).id;
  const tables = Object.entries(orderColumns).map(([table, column]) => {
    const { length } = db.pragma(`table_xinfo("${table}")`) as unknown[];
    return {
      table,
      from: table === 'change' ? after.change : after.contact,
      read: source.prepare(`SELECT * FROM "${table}" WHERE ${column} > ? AND ${column} <= ? ORDER BY ${column}`).raw(),
      insert: db.prepare(`INSERT INTO "${table}" VALUES (${Array.from({ length }, () => '?').join(', ')})`),
    };
  });
  const readSearch = source.prepare('SELECT id, searchText FROM contact WHERE id > ? AND id <= ? ORDER BY id').raw();
  const insertSearch = db.prepare('INSERT INTO contact_search (rowid, text) VALUES (?, ?)');
  const last = lastIds(from);
  const most = Math.max(last.contact - after.contact, last.change - after.change);
  let ms = 0;
  db.exec('BEGIN IMMEDIATE');
  if (after.contact === 0) db.exec('DELETE FROM change');
  for (let done = 0; done < most; done += perPart) {
    const search = readSearch.all(after.contact + done, after.contact + done + perPart) as unknown[][];
    const parts = tables.map((each) => {
      const rows = each.read.all(each.from + done, each.from + done + perPart) as unknown[][];
      if (each.table === 'change') for (const row of rows) row[1] = writeId;
      return { insert: each.insert, rows };
    });
    parts.push({ insert: insertSearch, rows: search });
    const longest = Math.max(...parts.map(({ rows }) => rows.length));
    const started = performance.now();
    for (let at = 0; at < longest; at += 1) {
      for (const { insert, rows } of parts) {
        const row = rows[at];
        if (row) insert.run(...row);
      }
    }
    ms += performance.now() - started;
  }
  const started = performance.now();
  db.exec('COMMIT');
  return ms + performance.now() - started;
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
    const before = lastIds(opened);
    const first = await timeImport(opened, file);
    if (first.created !== rows) throw new Error(`made ${first.created} of ${rows} contacts`);
    const floor = await floorOf(opened, before, openFresh);
    const again = await timeImport(opened, file);
    if (again.unchanged !== rows) throw new Error(`the second import left ${again.unchanged} of ${rows} unchanged`);
    return { first: first.ms, floor, again: again.ms, lookups: timeLookups(opened) };
  } finally {
    opened.close();
  }
}

async function floorOf(from: Opened, after: LastIds, open: () => Promise<Opened>): Promise<number> {
  const target = await open();
  try {
    return timeFloor(from, after, target);
  } finally {
    target.close();
  }
}

/** As many new people into a database that has as many already; each is looked for among them by email. */
async function runAgainst(file: string, options: BenchOptions): Promise<{ ms: number; floor: number }> {
  const opened = await openSeeded(options);
  try {
    const before = lastIds(opened);
    const { ms, created } = await timeImport(opened, file);
    if (created !== options.contacts) throw new Error(`made ${created} of ${options.contacts} contacts`);
    // what this process has taken at most since its start
    const mb = Math.round(process.resourceUsage().maxRSS / 1024);
    options.log(`imported ${created} rows beside ${options.contacts} contacts in ${Math.round(ms)} ms and ${mb} MB`);
    return { ms, floor: await floorOf(opened, before, () => openSeeded(options)) };
  } finally {
    opened.close();
  }
}

/**
 * Rounds of import and floor in turn, since a busy machine slows now the one and now the other. Of very many rows only
 * the import beside as many is measured, which takes long enough.
 */
const roundsOf = (rows: number): number => (rows > 200_000 ? 0 : 3);

/**
 * `import-csv`: into an empty database; `import-csv-again`: the same file once more, when every row is matched;
 * `import-csv-against`: beside as many contacts as it has rows.
 */
export async function bench(options: BenchOptions): Promise<BenchResult[]> {
  const { contacts: rows, log } = options;
  const folder = mkdtempSync(join(tmpdir(), 'outpost-bench-'));
  try {
    const file = join(folder, 'people.csv');
    writeCsv(file, rows);
    const rounds: Round[] = [];
    while (rounds.length < roundsOf(rows)) {
      const round = await runRound(file, rows);
      rounds.push(round);
      log(`imported ${rows} rows in ${Math.round(round.first)} ms, floor ${Math.round(round.floor)} ms`);
    }
    const result = (name: string, times: readonly number[], floors: readonly number[]): BenchResult => {
      const measured = resultOf(name, times, floors, false);
      const speed = Math.round((rows / measured.p50Ms) * 1000);
      const share = Math.round((measured.floorMs / measured.p50Ms) * 100);
      return { ...measured, note: `${speed} rows/s, ${share} % of the floor's speed` };
    };
    const against = await runAgainst(file, options);
    const results = [result('import-csv-against', [against.ms], [against.floor])];
    if (rounds.length === 0) return results;
    return [
      result(
        'import-csv',
        rounds.map(({ first }) => first),
        rounds.map(({ floor }) => floor),
      ),
      result(
        'import-csv-again',
        rounds.map(({ again }) => again),
        rounds.map(({ lookups }) => lookups),
      ),
      ...results,
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
