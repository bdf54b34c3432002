/**
 * Two records compared and weighed: levels by their kind, log2 frequencies of the values they agree in by the counts.
 */
import { createCounts, type FieldCount, type FieldCounts } from './counts.ts';
import { type Comparison, createComparison, type Kind, type Table } from './kind.ts';
import { type LinkageField, missing, type Parameters, type Weights, weigh, weightsOf } from './model.ts';
import { namesakeBits } from './namesakes.ts';

/** So many records say as much of how common a value is as what ships. */
const knownFrom = 1000;

/** log2 of how often a value is met beside these two. */
function frequencyOf({ rarest, common }: LinkageField, counted: FieldCount | undefined): (value: number) => number {
  if (rarest === null || counted === undefined) return () => 0;
  const { counts, records } = counted;
  const remembered = new Float32Array(256);
  const least = Math.min(rarest, 2 / Math.max(2, records));
  const logOf = (others: number, atLeast = least): number =>
    Math.log2(atLeast + others / (Math.max(0, records - 2) + 50));
  const shipped = knownFrom / (knownFrom + records);
  return (value) => {
    const others = Math.max(0, counts.of(value) - 2);
    const share = common?.get(value);
    if (share !== undefined) return logOf(others, Math.max(least, share * shipped));
    if (others >= remembered.length) return logOf(others);
    // (0 stands for not yet worked out: no frequency is 1)
    const known = remembered[others] ?? 0;
    return known === 0 ? (remembered[others] = logOf(others)) : known;
  };
}

/** So many records have a value that is no slip of another. */
function areBothCommon(one: number, other: number, counted: FieldCount | undefined): boolean {
  if (counted === undefined) return false;
  const common = Math.max(4, counted.records / 2000);
  return counted.counts.of(one) >= common && counted.counts.of(other) >= common;
}

/** Of the bits of a pair's fields, in one sum. */
export const scoreOf = <R>(
  kind: Kind<R>,
  weights: Weights,
  bits: Float64Array,
  levels: Uint8Array,
  offset: number,
): number =>
  kind.combine(
    bits,
    levels,
    offset,
    weights.prior - namesakeBits(kind.fields, kind.namesakes, weights.parameters, levels, offset),
  );

/** Compares two records of a table; the result stays until the next two. */
export function createTableComparer<R>(kind: Kind<R>, table: Table<R>, counts: FieldCounts) {
  const width = kind.fields.length + 1;
  const comparison: Comparison = createComparison(kind.fields.length);
  const { levels, agreed, rivals } = comparison;
  const frequencies = new Float32Array(width);
  const bits = new Float64Array(width);
  const frequency = kind.fields.map((field, at) => frequencyOf(field, counts[at]));
  return {
    levels,
    frequencies,
    bits,
    compare(a: number, b: number): void {
      table.compare(a, b, comparison);
      for (let field = 0; field < kind.fields.length; field += 1) {
        const value = agreed[field] ?? 0;
        if (value === 0) {
          frequencies[field] = 0;
          continue;
        }
        const rival = rivals[field] ?? 0;
        if (rival === 0) {
          frequencies[field] = frequency[field]?.(value) ?? 0;
          continue;
        }
        frequencies[field] = 0;
        if (areBothCommon(value, rival, counts[field])) {
          levels[field] = kind.whenBothCommon(field, levels[field] ?? missing);
        }
      }
    },
    /** Bits of the pair compared last, prior included. */
    score(weights: Weights): number {
      weigh(kind.fields.length, weights, levels, frequencies, 0, bits);
      return scoreOf(kind, weights, bits, levels, 0);
    },
  };
}

/** Compares any two records; the result stays until the next two. */
export function createComparer<R>(kind: Kind<R>, counts: FieldCounts) {
  const table = kind.createTable();
  const comparer = createTableComparer(kind, table, counts);
  return {
    levels: comparer.levels,
    bits: comparer.bits,
    compare(a: R, b: R): void {
      table.clear();
      comparer.compare(table.add(a), table.add(b));
    },
    /** Bits of the pair compared last, prior included. */
    score: (parameters: Parameters): number => comparer.score(weightsOf(kind.fields, parameters)),
  };
}

/** Of records of which nothing is known. */
export const noCounts = (fields: number): FieldCounts =>
  Array.from({ length: fields }, () => ({ counts: createCounts(), records: 0 }));
