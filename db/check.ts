/**
 * `check`: the file is whole, references hold, and everything that follows from records equals its rebuild: labels,
 * search text and key columns, child rows, the search index (every trigram of every record), counters, and what
 * db/derived/checks.ts lists. Reads only. Long: it hands over between batches.
 */
import { type EntityName, entityNames, entityOf } from '../shared/model/entities.ts';
import { foldText } from '../shared/rules/normalise/fold.ts';
import { derivedData } from './derived/checks.ts';
import { binCounter } from './records/counters.ts';
import { tableOf } from './records/entity-storage.ts';
import { wrongContents } from './records/file-content.ts';
import { modelOf } from './records/model.ts';
import { readStoredWhere, type StoredRecord } from './records/read.ts';
import { searchTextOf } from './records/search-text.ts';
import type { ReadableStore } from './store.ts';

export type CheckResult = { readonly name: string; readonly ok: boolean; readonly detail: string | null };

const batch = 500;

/** Yields now and then, with how many records it has looked at since; returns what it found. */
export function* checkStore(store: ReadableStore): Generator<number, CheckResult[]> {
  const results: CheckResult[] = [];
  const add = (name: string, detail: string | null): void => {
    results.push({ name, ok: detail === null, detail });
  };
  const { connection } = store;
  // a reader's full-text index notices what others wrote only when it is asked something
  for (const entity of entityNames) {
    if (entityOf(entity).searchable) {
      store.sql(`SELECT count(*) FROM ${tableOf(entity)}_search WHERE ${tableOf(entity)}_search MATCH '"---"'`).get();
    }
  }
  const integrity = connection.pragma('integrity_check(20)') as { integrity_check: string }[];
  const isWhole = integrity.length === 1 && integrity[0]?.integrity_check === 'ok';
  add('integrity', isWhole ? null : integrity.map((row) => row.integrity_check).join('; '));
  yield 0;
  const broken = connection.pragma('foreign_key_check') as { table: string }[];
  add('foreign keys', broken.length === 0 ? null : `${broken.length} references point at nothing.`);
  yield 0;
  add('attached files', wrongContents(store));
  yield 0;
  const counters = new Map<string, number>();
  for (const entity of entityNames) add(`records: ${entity}`, yield* checkRecords(store, entity, counters));
  add('counters', wrongCounters(store, counters));
  for (const entity of entityNames) {
    if (entityOf(entity).searchable) add(`search index: ${entity}`, yield* checkSearch(store, entity));
  }
  for (const each of derivedData) {
    add(each.name, each.check(store));
    yield 0;
  }
  return results;
}

/** Labels, search text, key columns and child rows of one entity; adds up the counters. */
function* checkRecords(
  store: ReadableStore,
  entity: EntityName,
  counters: Map<string, number>,
): Generator<number, string | null> {
  const storage = modelOf(store).storageOf(entity);
  const count = (name: string) => counters.set(name, (counters.get(name) ?? 0) + 1);
  let wrong = 0;
  let example = '';
  let last = 0;
  for (;;) {
    const records = readStoredWhere(store, entity, 'id > ? ORDER BY id LIMIT ?', last, batch);
    const end = records.at(-1);
    if (!end) break;
    const columns = derivedColumnsOf(store, entity, last, end.id);
    for (const record of records) {
      const difference = differenceOf(store, entity, record, columns.get(record.id) ?? []);
      if (difference !== null) {
        wrong += 1;
        example ||= `${difference} of row ${record.id}`;
      }
      if (record.deletedAtMs !== null) count(binCounter(entity));
      else for (const name of storage.counters(record.values)) count(name);
    }
    last = end.id;
    yield records.length;
  }
  return wrong === 0 ? null : `${wrong} records differ from what their fields say: ${example}.`;
}

function derivedColumnsOf(store: ReadableStore, entity: EntityName, after: number, upTo: number) {
  const { derivedColumns } = modelOf(store).storageOf(entity);
  const found = new Map<number, readonly unknown[]>();
  const names = ['id', 'labelKey', ...derivedColumns].join(', ');
  const rows = store
    .sql(`SELECT ${names} FROM ${tableOf(entity)} WHERE id > ? AND id <= ?`)
    .raw()
    .all(after, upTo) as [number, ...unknown[]][];
  for (const [id, ...values] of rows) found.set(id, values);
  return found;
}

function differenceOf(
  store: ReadableStore,
  entity: EntityName,
  record: StoredRecord<EntityName>,
  columns: readonly unknown[],
): string | null {
  const storage = modelOf(store).storageOf(entity);
  const projection = storage.project(record.values);
  if (record.label !== projection.label) return 'label';
  if (columns[0] !== foldText(projection.label)) return 'labelKey';
  if (record.searchText !== searchTextOf(projection.words, projection.longestText)) return 'searchText';
  for (const [index, name] of storage.derivedColumns.entries()) {
    if ((columns[index + 1] ?? null) !== (projection.columns[index] ?? null)) return name;
  }
  for (const child of storage.children ?? []) {
    const rows = store.sql(child.select).raw().all(record.id);
    if (JSON.stringify(rows) !== JSON.stringify(child.rows(record.values))) return child.from;
  }
  return null;
}

function wrongCounters(store: ReadableStore, expected: ReadonlyMap<string, number>): string | null {
  const rows = store.sql('SELECT name, value FROM counter').all() as { name: string; value: number }[];
  const kept = new Map(rows.filter((row) => !row.name.startsWith('revision:')).map((row) => [row.name, row.value]));
  const names = new Set([...kept.keys(), ...expected.keys()]);
  const wrong = [...names].filter((name) => (kept.get(name) ?? 0) !== (expected.get(name) ?? 0));
  return wrong.length === 0 ? null : `Counters are wrong: ${wrong.slice(0, 10).join(', ')}.`;
}

const hashOf = (term: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < term.length; at += 1) hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
};

/** The sum of its trigrams' hashes, each trigram once. */
function trigramSum(text: string): number {
  // the index reads these two, which are no letters, as the one for what cannot be read
  const letters = [...text.replace(/[\ufffe\uffff]/g, '\ufffd')];
  const seen = new Set<string>();
  for (let at = 0; at + 3 <= letters.length; at += 1) seen.add(letters.slice(at, at + 3).join(''));
  let sum = 0;
  for (const trigram of seen) sum = (sum + hashOf(trigram)) | 0;
  return sum;
}

/** Every record that is not in the bin, and no other, is in the index with exactly the trigrams of its text. */
function* checkSearch(store: ReadableStore, entity: EntityName): Generator<number, string | null> {
  const table = tableOf(entity);
  const { connection } = store;
  const unequal = store
    .sql(
      `SELECT (SELECT count(*) FROM ${table} WHERE id NOT IN (SELECT id FROM ${table}_search_docsize)) AS missing,
        (SELECT count(*) FROM ${table}_search_docsize WHERE id NOT IN (SELECT id FROM ${table})) AS surplus`,
    )
    .get() as { missing: number; surplus: number };
  if (unequal.missing > 0 || unequal.surplus > 0) {
    return `${unequal.missing} records are missing and ${unequal.surplus} are there that should not be.`;
  }
  const { last } = connection.prepare(`SELECT coalesce(max(id), 0) AS last FROM ${table}`).get() as { last: number };
  const sums = new Int32Array(last + 1);
  connection.exec(
    `CREATE VIRTUAL TABLE IF NOT EXISTS temp.${table}_terms USING fts5vocab('main', '${table}_search', 'instance')`,
  );
  let term = '';
  let hash = 0;
  let seen = 0;
  const instances = connection.prepare(`SELECT term, doc FROM temp.${table}_terms`).raw().iterate();
  for (const row of instances) {
    const [word, doc] = row as [string, number];
    if (word !== term) {
      term = word;
      hash = hashOf(word);
    }
    sums[doc] = ((sums[doc] ?? 0) + hash) | 0;
    seen += 1;
  }
  yield seen > 0 ? 1 : 0;
  let wrong = 0;
  let after = 0;
  const texts = connection.prepare(`SELECT id, searchText FROM ${table} WHERE id > ? ORDER BY id LIMIT 2000`);
  for (;;) {
    const rows = texts.all(after) as { id: number; searchText: string }[];
    const end = rows.at(-1);
    if (!end) break;
    for (const { id, searchText } of rows) if (trigramSum(searchText) !== sums[id]) wrong += 1;
    after = end.id;
    yield rows.length;
  }
  return wrong === 0 ? null : `${wrong} records are indexed with other words than they have.`;
}
