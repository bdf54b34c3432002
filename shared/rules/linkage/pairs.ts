/**
 * The pairs that were worth keeping, in flat arrays that grow: a million of them take some 70 MB, as objects ten times
 * that.
 *
 * Example: after `add(3, 7, …)` twice, `distinct().count` is 1.
 */
import type { ComparedPairs } from './model.ts';

export type KeptPairs = ComparedPairs & { readonly a: Uint32Array; readonly b: Uint32Array };

export function createPairs(width: number) {
  let room = 1024;
  let count = 0;
  let a = new Uint32Array(room);
  let b = new Uint32Array(room);
  let levels = new Uint8Array(room * width);
  let frequencies = new Float32Array(room * width);

  const grow = (): void => {
    room *= 2;
    const [olderA, olderB, olderLevels, olderFrequencies] = [a, b, levels, frequencies];
    (a = new Uint32Array(room)).set(olderA);
    (b = new Uint32Array(room)).set(olderB);
    (levels = new Uint8Array(room * width)).set(olderLevels);
    (frequencies = new Float32Array(room * width)).set(olderFrequencies);
  };

  return {
    add(first: number, second: number, pairLevels: Uint8Array, pairFrequencies: Float32Array): void {
      if (count === room) grow();
      a[count] = first;
      b[count] = second;
      levels.set(pairLevels, count * width);
      frequencies.set(pairFrequencies, count * width);
      count += 1;
    },
    /** Each pair once: several passes bring the same two together. In the order of the first record. */
    distinct(): KeptPairs {
      const order = Uint32Array.from({ length: count }, (_, at) => at).sort(
        (x, y) => (a[x] ?? 0) - (a[y] ?? 0) || (b[x] ?? 0) - (b[y] ?? 0),
      );
      const unique = order.filter((at, index) => {
        const before = order[index - 1];
        return before === undefined || a[before] !== a[at] || b[before] !== b[at];
      });
      const kept = {
        count: unique.length,
        width,
        a: unique.map((at) => a[at] ?? 0),
        b: unique.map((at) => b[at] ?? 0),
        levels: new Uint8Array(unique.length * width),
        frequencies: new Float32Array(unique.length * width),
      };
      unique.forEach((at, index) => {
        kept.levels.set(levels.subarray(at * width, (at + 1) * width), index * width);
        kept.frequencies.set(frequencies.subarray(at * width, (at + 1) * width), index * width);
      });
      return kept;
    },
  };
}
