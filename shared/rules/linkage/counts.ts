/**
 * How often each value of a field occurs, in little memory: a table of counters under the value's hash, which grows with
 * the number of different values. Two values of one hash look a little more common than they are, which only makes the
 * finder more careful.
 *
 * Example: after `add(hashOf('smith'), 1)` twice, `of(hashOf('smith'))` is 2.
 */

/** FNV-1a with a final mix: 32 bits, never 0, which stands for "no value". */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mixed(hash);
}

/** Of two hashes in this order one. */
export const joinHashes = (a: number, b: number): number => mixed(Math.imul(a, 0x9e3779b1) ^ (b + 0x7f4a7c15));

function mixed(bits: number): number {
  let hash = bits ^ (bits >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  hash ^= hash >>> 16;
  return hash === 0 ? 1 : hash >>> 0;
}

export type Counts = {
  /** `times`: 1, or -1 when a record goes. */
  add(hash: number, times: 1 | -1): void;
  of(hash: number): number;
};

export function createCounts(values = 16): Counts {
  let size = 2 ** Math.max(4, Math.ceil(Math.log2(values * 2)));
  let hashes = new Uint32Array(size);
  let counters = new Int32Array(size);
  let used = 0;

  const slotOf = (hash: number): number => {
    let slot = hash & (size - 1);
    for (;;) {
      const there = hashes[slot];
      if (there === hash || there === 0) return slot;
      slot = (slot + 1) & (size - 1);
    }
  };
  const grow = (): void => {
    const [olderHashes, olderCounters] = [hashes, counters];
    size *= 2;
    hashes = new Uint32Array(size);
    counters = new Int32Array(size);
    for (let at = 0; at < olderHashes.length; at += 1) {
      const hash = olderHashes[at] ?? 0;
      if (hash === 0) continue;
      const slot = slotOf(hash);
      hashes[slot] = hash;
      counters[slot] = olderCounters[at] ?? 0;
    }
  };

  return {
    add(hash, times) {
      if (hash === 0) return;
      if (used * 3 > size * 2) grow();
      const slot = slotOf(hash);
      if (hashes[slot] === 0) {
        hashes[slot] = hash;
        used += 1;
      }
      counters[slot] = (counters[slot] ?? 0) + times;
    },
    of: (hash) => (hash === 0 ? 0 : (counters[slotOf(hash)] ?? 0)),
  };
}

/** Of one field: how often each value occurs, and how many records have one. */
export type FieldCount = { readonly counts: Counts; records: number };
export type FieldCounts = readonly FieldCount[];
