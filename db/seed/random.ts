/** Chance that comes out the same every time: a seed is an argument (mulberry32). */
export type Chance = {
  /** 0 ≤ x < 1. */
  next(): number;
  /** A whole number, 0 ≤ x < below. */
  below(below: number): number;
  /** True with probability p. */
  is(p: number): boolean;
  /** One of them, all as likely. */
  pick<T>(values: readonly T[]): T;
  /** One of them, early ones far more often, as names and companies are in life. */
  pickCommon<T>(values: readonly T[]): T;
};

export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const at = <T>(values: readonly T[], index: number): T => {
    const value = values[index];
    if (value === undefined) throw new Error('nothing to pick from');
    return value;
  };
  return {
    next,
    below,
    is: (p) => next() < p,
    pick: (values) => at(values, below(values.length)),
    pickCommon: (values) => at(values, Math.floor(values.length * next() ** 2)),
  };
}
