/**
 * What the last search of each kind found, kept by the thread that searched as long as the program runs: a page that is
 * left and opened again finds it. Pairs rest as rows; what became of them since (merged, decided, removed) is looked up.
 */
import { differentPairs } from '../../../db/duplicates/decisions.ts';
import type { RowPair, Searched, SearchResult } from '../../../db/duplicates/duplicates.ts';
import { type DuplicateEntity, standingIn } from '../../../db/duplicates/records.ts';
import { rowIdOf } from '../../../db/records/read.ts';
import type { ReadableStore } from '../../../db/store.ts';

type Kept = SearchResult & { readonly atMs: number };

type OpenPairs = { readonly version: string; readonly pairs: readonly RowPair[] };
type Entry = { kept: Kept | null; learned: Searched | null; open: OpenPairs | null };

const entries = new WeakMap<ReadableStore, Map<DuplicateEntity, Entry>>();

export function entryOf(store: ReadableStore, of: DuplicateEntity): Entry {
  let byKind = entries.get(store);
  if (!byKind) entries.set(store, (byKind = new Map()));
  let entry = byKind.get(of);
  if (!entry) byKind.set(of, (entry = { kept: null, learned: null, open: null }));
  return entry;
}

/**
 * `different`: pairs decided to be two when the search began (`differentRows`). It left them out; they are kept from the
 * search before, so that they come back when the decision is taken back.
 */
export function keep(
  store: ReadableStore,
  of: DuplicateEntity,
  result: SearchResult,
  atMs: number,
  different: ReadonlySet<string>,
): void {
  const entry = entryOf(store, of);
  const leftOut = entry.kept?.pairs.filter(({ a, b }) => different.has(rowKey(a, b))) ?? [];
  const pairs = leftOut.length === 0 ? result.pairs : [...result.pairs, ...leftOut];
  entry.kept = { ...result, pairs: pairs.toSorted((x, y) => y.probability - x.probability), atMs };
  entry.learned = result.searched;
  entry.open = null;
}

/** Did records of the kind change since the search, other than by merges? What these did is looked up anyway. */
export function isStale(store: ReadableStore, of: DuplicateEntity, { atMs }: Kept): boolean {
  const found = store
    .sql(
      `SELECT 1 FROM ${of} WHERE updatedAtMs > @atMs AND deletedAtMs IS NULL
       AND updatedAtMs NOT IN (SELECT updatedAtMs FROM redirect WHERE updatedAtMs > @atMs) LIMIT 1`,
    )
    .get({ atMs });
  return found !== undefined;
}

function versionOf({ connection, sql }: ReadableStore): string {
  const others = String(connection.pragma('data_version', { simple: true }));
  const { own } = sql('SELECT total_changes() AS own').get() as { own: number };
  return `${others} ${own}`;
}

/** Found pairs that nobody has decided about: both records are there, and nobody said that they are two. */
export function openPairs(store: ReadableStore, of: DuplicateEntity): readonly RowPair[] {
  const entry = entryOf(store, of);
  if (!entry.kept) return [];
  const version = versionOf(store);
  if (entry.open?.version === version) return entry.open.pairs;
  const standing = standingIn(
    store,
    of,
    entry.kept.pairs.flatMap(({ a, b }) => [a, b]),
  );
  const different = differentRows(store, of);
  const pairs = entry.kept.pairs.filter(
    ({ a, b }) => standing.has(a) && standing.has(b) && !different.has(rowKey(a, b)),
  );
  entry.open = { version, pairs };
  return pairs;
}

const rowKey = (a: number, b: number): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** Pairs decided to be two, by their rows. */
export function differentRows(store: ReadableStore, of: DuplicateEntity): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const pair of differentPairs(store, of)) {
    const [a = -1, b = -1] = pair.split(' ').map((uuid) => rowIdOf(store, of, uuid) ?? -1);
    if (a !== -1 && b !== -1) keys.add(rowKey(a, b));
  }
  return keys;
}

export type Group = {
  readonly rows: readonly number[];
  readonly pairs: readonly RowPair[];
  readonly probability: number;
};

/** Pairs that hang together, the group with the most probable pair first. `pairs`: most probable first. */
export function groupsOf(pairs: readonly RowPair[]): Group[] {
  const parent = new Map<number, number>();
  const root = (row: number): number => {
    let at = row;
    for (let up = parent.get(at) ?? at; up !== at; up = parent.get(at) ?? at) {
      parent.set(at, parent.get(up) ?? up);
      at = up;
    }
    return at;
  };
  for (const { a, b } of pairs) {
    const [first, second] = [root(a), root(b)];
    if (first !== second) parent.set(Math.max(first, second), Math.min(first, second));
  }
  const groups = new Map<number, { rows: Set<number>; pairs: RowPair[] }>();
  for (const pair of pairs) {
    const key = root(pair.a);
    const group = groups.get(key) ?? { rows: new Set(), pairs: [] };
    group.rows.add(pair.a).add(pair.b);
    group.pairs.push(pair);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ rows, pairs: own }) => ({
    rows: [...rows].toSorted((a, b) => a - b),
    pairs: own,
    probability: own[0]?.probability ?? 0,
  }));
}
