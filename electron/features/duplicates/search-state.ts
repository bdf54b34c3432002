/**
 * What the next search of a kind starts from, kept while somebody works on duplicates: it then compares only what
 * changed. It is large, and goes when it was not asked for in a while; the next search reads everything again.
 */
import type { SearchState } from '../../../db/duplicates/search.ts';
import type { DuplicateEntity } from '../../../db/duplicates/records.ts';
import type { ReadableStore } from '../../../db/store.ts';

const keptMs = 10 * 60_000;

type Kept = { readonly state: SearchState; readonly timer: NodeJS.Timeout };

const kept = new WeakMap<ReadableStore, Map<DuplicateEntity, Kept>>();

/** Taken out: of two searches at once the second one starts anew. */
export function takeState(store: ReadableStore, of: DuplicateEntity): SearchState | null {
  const found = kept.get(store)?.get(of);
  if (!found) return null;
  clearTimeout(found.timer);
  kept.get(store)?.delete(of);
  return found.state;
}

export function putState(store: ReadableStore, of: DuplicateEntity, state: SearchState): void {
  takeState(store, of);
  let byKind = kept.get(store);
  if (!byKind) kept.set(store, (byKind = new Map()));
  const timer = setTimeout(() => byKind.delete(of), keptMs).unref();
  byKind.set(of, { state, timer });
}
