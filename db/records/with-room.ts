/**
 * Room for a job of many large writes: its batches touch the same index pages again and again. These are kept in memory,
 * and folded into the file once for many commits, not after each. Every commit is on disk all the same, in the log. What
 * is left is folded in at the end, so that no click has to.
 */
import type { WritableStore } from '../store.ts';

/** Pages of 4 KB: the log may grow to 160 MB. */
const rareCheckpointPages = 40_000;
/** In KiB: holds the upper pages of all indexes; given back when the job ends. */
const roomyCache = -98_304;

export async function withRoom<T>({ connection }: WritableStore, work: () => Promise<T>): Promise<T> {
  const checkpoint = Number(connection.pragma('wal_autocheckpoint', { simple: true }));
  const cache = Number(connection.pragma('cache_size', { simple: true }));
  connection.pragma(`wal_autocheckpoint = ${rareCheckpointPages}`);
  connection.pragma(`cache_size = ${roomyCache}`);
  try {
    return await work();
  } finally {
    connection.pragma(`wal_autocheckpoint = ${checkpoint}`);
    connection.pragma(`cache_size = ${cache}`);
    connection.pragma('wal_checkpoint(PASSIVE)');
  }
}
