/**
 * Makes everything that follows from records again: labels, search text, key columns, child rows, search index,
 * counters, and what db/derived/checks.ts lists. One transaction a kind of record, so that a stop in between leaves
 * what was there or what replaces it. Nothing is logged: no field changes.
 */
import { type EntityName, entityNames, entityOf } from '../shared/model/entities.ts';
import { foldText } from '../shared/rules/normalise/fold.ts';
import { derivedData } from './derived/checks.ts';
import { binCounter, countIn, revisionCounter } from './records/counters.ts';
import { type SqlValue, tableOf } from './records/entity-storage.ts';
import { modelOf } from './records/model.ts';
import { readStoredWhere } from './records/read.ts';
import { searchTextOf } from './records/search-text.ts';
import { type Write, write } from './records/write.ts';
import type { WritableStore } from './store.ts';

const batch = 500;

/** Yields after each table, with how many records it held; returns the names of what was made again. */
export function* rebuildStore(store: WritableStore): Generator<number, string[]> {
  const done: string[] = [];
  for (const entity of entityNames) {
    const { value } = write(store, { cause: 'system', label: 'rebuild' }, (w) => rebuildEntity(w, entity));
    done.push(tableOf(entity));
    yield value;
  }
  for (const each of derivedData) {
    write(store, { cause: 'system', label: 'rebuild' }, (w) => each.rebuild(w));
    done.push(each.name);
    yield 0;
  }
  return done;
}

function rebuildEntity(w: Write, entity: EntityName): number {
  const { store } = w;
  const table = tableOf(entity);
  const storage = modelOf(store).storageOf(entity);
  const { searchable } = entityOf(entity);
  clearCounters(w, entity);
  if (searchable) store.sql(`INSERT INTO ${table}_search (${table}_search) VALUES ('delete-all')`).run();
  const index = searchable ? store.sql(`INSERT INTO ${table}_search (rowid, text) VALUES (?, ?)`) : null;
  const columns = ['label', 'labelKey', 'searchText', ...storage.derivedColumns];
  const different = columns.map((column) => `${column} IS NOT ?`).join(' OR ');
  const update = store.sql(
    `UPDATE ${table} SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE id = ? AND (${different})`,
  );
  let last = 0;
  let seen = 0;
  for (;;) {
    const records = readStoredWhere(store, entity, 'id > ? ORDER BY id LIMIT ?', last, batch);
    const end = records.at(-1);
    if (!end) break;
    for (const record of records) {
      const projection = storage.project(record.values);
      const searchText = searchTextOf(projection.words, projection.longestText);
      const values: SqlValue[] = [projection.label, foldText(projection.label), searchText, ...projection.columns];
      update.run(...values, record.id, ...values);
      for (const child of storage.children ?? []) {
        store.sql(child.clear).run(record.id);
        const insert = store.sql(child.insert);
        for (const row of child.rows(record.values)) insert.run(record.id, ...row);
      }
      index?.run(record.id, searchText);
      countIn(w, record.deletedAtMs === null ? storage.counters(record.values) : [binCounter(entity)], 1);
    }
    last = end.id;
    seen += records.length;
  }
  // so far that whatever was remembered of its texts is read anew: the log does not tell
  countIn(w, [revisionCounter(entity)], 1_000_000);
  return seen;
}

/** To zero: the pass over the records counts them again. */
function clearCounters({ store }: Write, entity: EntityName): void {
  store.sql(`DELETE FROM counter WHERE name = ? OR name GLOB ?`).run(entity, `${entity}:*`);
}
