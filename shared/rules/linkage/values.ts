/**
 * Values that come again and again (names, employers, parts of addresses) kept once, under a number: records hold the
 * number, two values are equal when their numbers are, and what two values are like is worked out once and remembered.
 *
 * Example: `idOf('smith')` is 1 the first time and ever after; '' is 0.
 */
import { createColumn, push } from './columns.ts';
import { hashOf } from './counts.ts';

export type Values = {
  idOf(text: string): number;
  text(id: number): string;
  /** Of its text; 0 for ''. */
  hash(id: number): number;
};

/** `onNew`: called with each value that comes for the first time. */
export function createValues(onNew: (id: number, text: string) => void = () => {}): Values {
  const texts: string[] = [''];
  const hashes = createColumn('u32');
  push(hashes, 0);
  // numbers under the hashes of their texts: a Map of a million texts takes three times the room, and long to grow
  let slots = new Uint32Array(64);
  const slotOf = (text: string, hash: number): number => {
    let slot = hash & (slots.length - 1);
    for (let id = slots[slot] ?? 0; id !== 0; id = slots[slot] ?? 0) {
      if (hashes.data[id] === hash && texts[id] === text) return slot;
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  };
  const grow = (): void => {
    slots = new Uint32Array(slots.length * 2);
    for (let id = 1; id < texts.length; id += 1) {
      let slot = (hashes.data[id] ?? 0) & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = id;
    }
  };
  return {
    idOf(text) {
      if (text === '') return 0;
      const hash = hashOf(text);
      const known = slots[slotOf(text, hash)] ?? 0;
      if (known !== 0) return known;
      if (texts.length * 3 > slots.length * 2) grow();
      const id = texts.length;
      slots[slotOf(text, hash)] = id;
      texts.push(text);
      push(hashes, hash);
      onNew(id, text);
      return id;
    },
    text: (id) => texts[id] ?? '',
    hash: (id) => hashes.data[id] ?? 0,
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
