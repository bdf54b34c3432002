/**
 * How often each value of a field occurs, in little memory: a table of counters addressed by a hash. Two values that
 * fall on one counter look a little more common than they are, which only makes the finder more careful.
 *
 * Example: after `add('smith')` twice, `of('smith')` is 2.
 */

/** FNV-1a with a final mix: 32 bits. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash >>> 0;
}

export type Counts = { add(value: string): void; of(value: string): number };

export function createCounts(records: number): Counts {
  const bits = Math.min(24, Math.max(12, Math.ceil(Math.log2(records * 16 + 1))));
  const mask = 2 ** bits - 1;
  const counters = new Uint32Array(mask + 1);
  return {
    add(value) {
      const at = hashOf(value) & mask;
      counters[at] = (counters[at] ?? 0) + 1;
    },
    of: (value) => counters[hashOf(value) & mask] ?? 0,
  };
}
