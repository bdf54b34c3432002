/**
 * Values that come again and again (names, employers, parts of addresses) kept once, under a number: records hold the
 * number, two values are equal when their numbers are, and what two values are like is worked out once and remembered.
 *
 * Example: `idOf('smith')` is 1 the first time and ever after; '' is 0.
 */
import { hashOf } from './counts.ts';

export type Values = {
  idOf(text: string): number;
  text(id: number): string;
  /** Of its text; 0 for ''. */
  hash(id: number): number;
};

/** `onNew`: called with each value that comes for the first time. */
export function createValues(onNew: (id: number, text: string) => void = () => {}): Values {
  const ids = new Map<string, number>();
  const texts: string[] = [''];
  const hashes: number[] = [0];
  return {
    idOf(text) {
      if (text === '') return 0;
      let id = ids.get(text);
      if (id === undefined) {
        id = texts.length;
        ids.set(text, id);
        texts.push(text);
        hashes.push(hashOf(text));
        onNew(id, text);
      }
      return id;
    },
    text: (id) => texts[id] ?? '',
    hash: (id) => hashes[id] ?? 0,
  };
}

const memoryFrom = 1000;

/**
 * Remembers what two values are like, in a table of fixed size in which a later pair takes the place of an earlier one.
 * `compare` is symmetric and its result a byte.
 */
export function createRemembered(
  compare: (a: number, b: number) => number,
  bits: number,
): (a: number, b: number) => number {
  const size = 2 ** bits;
  let keys = new Float64Array(0);
  let results = new Uint8Array(0);
  let asked = 0;
  return (a, b) => {
    const low = a < b ? a : b;
    const high = a < b ? b : a;
    if (asked < memoryFrom) {
      // who explains two records asks little, and needs no memory
      asked += 1;
      if (asked < memoryFrom) return compare(low, high);
      keys = new Float64Array(size);
      results = new Uint8Array(size);
    }
    const key = low * 2 ** 26 + high;
    const slot = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> (32 - bits);
    if (keys[slot] === key) return results[slot] ?? 0;
    const result = compare(low, high);
    keys[slot] = key;
    results[slot] = result;
    return result;
  };
}
