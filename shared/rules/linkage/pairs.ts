/**
 * Pairs worth keeping, as one number each that grows into the millions: eight bytes a pair. What two records are like is
 * not kept but compared again, which costs less than remembering it.
 *
 * Example: after `add(3, 7)` twice, `distinct()` holds one pair.
 */
import { mostRecords } from './blocking.ts';
import { sortInSteps } from './sort.ts';

export type ScoredPairs = {
  count: number;
  a: Uint32Array;
  b: Uint32Array;
  probabilities: Float64Array;
};

export const firstOf = (pair: number): number => Math.floor(pair / mostRecords);
export const secondOf = (pair: number): number => pair % mostRecords;

/** `most`: when so many have come, those that came twice go, which `isFull` asks for. */
export function createPairs() {
  let pairs = new Float64Array(1 << 12);
  let count = 0;
  let sortedUpTo = 0;
  return {
    add(a: number, b: number): void {
      if (count === pairs.length) {
        const longer = new Float64Array(count * 2);
        longer.set(pairs);
        pairs = longer;
      }
      pairs[count] = a * mostRecords + b;
      count += 1;
    },
    addAll(others: Float64Array): void {
      for (const pair of others) this.add(firstOf(pair), secondOf(pair));
    },
    /** Time to let those that came twice go. */
    isFull: (): boolean => count > 1_000_000 && count > sortedUpTo * 2,
    /** Each pair once: several passes bring the same two together. In the order of the first record. Yields now and again. */
    *distinct(): Generator<number, Float64Array> {
      const all = pairs.subarray(0, count);
      yield* sortInSteps(all);
      let kept = 0;
      for (let at = 0; at < count; at += 1) {
        if (at > 0 && pairs[at] === pairs[kept - 1]) continue;
        pairs[kept] = pairs[at] ?? 0;
        kept += 1;
      }
      count = kept;
      sortedUpTo = kept;
      return pairs.subarray(0, kept);
    },
  };
}

/** Grows as they come. */
export function createScored(): ScoredPairs & { add(pair: number, probability: number): void } {
  return {
    count: 0,
    a: new Uint32Array(1024),
    b: new Uint32Array(1024),
    probabilities: new Float64Array(1024),
    add(pair, probability) {
      if (this.count === this.a.length) {
        const [a, b, probabilities] = [this.a, this.b, this.probabilities];
        (this.a = new Uint32Array(this.count * 2)).set(a);
        (this.b = new Uint32Array(this.count * 2)).set(b);
        (this.probabilities = new Float64Array(this.count * 2)).set(probabilities);
      }
      this.a[this.count] = firstOf(pair);
      this.b[this.count] = secondOf(pair);
      this.probabilities[this.count] = probability;
      this.count += 1;
    },
  };
}
