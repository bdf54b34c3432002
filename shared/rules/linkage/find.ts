/**
 * Finds the duplicates among prepared records: counts values, compares random pairs for u, compares what blocking keys
 * bring together, estimates m and λ, and gives every pair its probability.
 *
 * Yields how far it is, in records looked at, so that other work runs meanwhile; `random` makes it the same every time.
 *
 * Example: of two records that agree in name, birth date and city, `findDuplicates` gives one pair near 1.
 */
import { createMeetings, mostRecords, pairsOf } from './blocking.ts';
import { createCounts, hashOf } from './counts.ts';
import { type FieldCounts, type Kind, rivals } from './kind.ts';

import {
  estimateM,
  estimateU,
  missing,
  type Parameters,
  priorBits,
  shippedParameters,
  toProbability,
  weigh,
} from './model.ts';
import { type FoundPair, linkThroughOthers } from './link.ts';
import { createPairs } from './pairs.ts';

export type Learned = { readonly parameters: Parameters; readonly counts: FieldCounts };

export type FindProgress = { readonly done: number; readonly total: number };

export type FindOptions = {
  readonly minProbability: number;
  /** 0 ≤ x < 1, the same sequence each time. */
  readonly random: () => number;
  /** What people decided about pairs before. */
  readonly decided?: Decided;
};

export type Found = { readonly pairs: readonly FoundPair[]; readonly learned: Learned; readonly compared: number };

/**
 * Labels refine what is learned: a pair known to be one, or two, is no longer guessed when m is estimated. `same`: pairs
 * of which one record was merged away since, by how they compared then (field → level).
 */
export type Decided = {
  readonly same: readonly Readonly<Record<string, string>>[];
  /** By places in `records`. */
  isSame(a: number, b: number): boolean;
  isDifferent(a: number, b: number): boolean;
};

/** As good as certain, either way. */
const certainBits = 40;

/** 1 for known to be one, -1 for known to be two, 0 for not known. */
const surePairs = ({ isSame, isDifferent }: Decided, a: Uint32Array, b: Uint32Array): Int8Array =>
  Int8Array.from(a, (first, pair) => {
    const second = b[pair] ?? 0;
    return isDifferent(first, second) ? -1 : isSame(first, second) ? 1 : 0;
  });

const mostRandomPairs = 60_000;
/** What falls below under the shipped parameters is not kept: learning does not lift it so far. */
const keptFromBits = -9;
/** A third record does not outweigh what speaks against two by themselves. */
const leastLinked = -8;
const recordsAStep = 2000;

function* countValues<R>(kind: Kind<R>, records: readonly R[]): Generator<number, FieldCounts> {
  const counted = kind.fields.map(({ rarest }) => ({
    counts: createCounts(rarest === null ? 1 : records.length),
    records: 0,
  }));
  for (let at = 0; at < records.length; at += 1) {
    const record = records[at];
    if (record === undefined) continue;
    counted.forEach((each, field) => {
      if (kind.fields[field]?.rarest === null) return;
      const values = kind.valuesOf(record, field);
      if (values.length > 0) each.records += 1;
      for (const value of values) each.counts.add(value);
    });
    if (at % recordsAStep === recordsAStep - 1) yield recordsAStep;
  }
  return counted;
}

/** log2 of how often the value is met beside these two; 0 where no value is agreed on. */
function logFrequency(rarest: number | null, value: string, counted: FieldCounts[number] | undefined): number {
  if (rarest === null || value === '' || counted === undefined) return 0;
  const { counts, records } = counted;
  const others = Math.max(0, counts.of(value) - 2);
  return Math.log2(Math.min(rarest, 2 / Math.max(2, records)) + others / (Math.max(0, records - 2) + 50));
}

/** So many records have a value that is no slip of another. */
function areBothCommon(values: string, counted: FieldCounts[number] | undefined): boolean {
  if (counted === undefined) return false;
  const common = Math.max(4, counted.records / 2000);
  return values.split(rivals).every((value) => counted.counts.of(value) >= common);
}

/** Compares two records; the result stays until the next one. */
export function createComparer<R>(kind: Kind<R>, counts: FieldCounts) {
  const width = kind.fields.length + 1;
  const levels = new Uint8Array(width);
  const frequencies = new Float32Array(width);
  const agreed: string[] = Array.from({ length: width }, () => '');
  const bits = new Float64Array(width);
  return {
    levels,
    frequencies,
    bits,
    compare(a: R, b: R): void {
      kind.compare(a, b, levels, agreed);
      for (let field = 0; field < kind.fields.length; field += 1) {
        if (agreed[field]?.includes(rivals) === true) {
          if (areBothCommon(agreed[field] ?? '', counts[field])) {
            levels[field] = kind.whenBothCommon(field, levels[field] ?? missing);
          }
          agreed[field] = '';
        }
        frequencies[field] = logFrequency(kind.fields[field]?.rarest ?? null, agreed[field] ?? '', counts[field]);
      }
    },
    /** Bits of the pair compared last, prior included. */
    score(parameters: Parameters): number {
      weigh(kind.fields, parameters, levels, frequencies, 0, bits);
      return kind.combine(bits, levels, 0, priorBits(parameters));
    },
  };
}

/** The step yielded is in records; the total is not known beforehand. */
export function* findDuplicates<R>(
  kind: Kind<R>,
  all: readonly R[],
  options: FindOptions,
): Generator<FindProgress, Found> {
  const records = all.length > mostRecords ? all.slice(0, mostRecords) : all;
  const total = records.length * 3;
  let done = 0;
  const progress = (step: number): FindProgress => ({ done: Math.min(total, (done += step)), total });

  const counting = countValues(kind, records);
  let counted = counting.next();
  for (; counted.done !== true; counted = counting.next()) yield progress(counted.value);
  const counts = counted.value;
  const { fields } = kind;
  const comparer = createComparer(kind, counts);
  const shipped = shippedParameters(fields, records.length);

  const randomPairs = records.length < 3 ? 0 : Math.min(mostRandomPairs, records.length * 50);
  const randomLevels = new Uint8Array(randomPairs * fields.length).fill(255);
  for (let pair = 0; pair < randomPairs; pair += 1) {
    const a = Math.floor(options.random() * records.length);
    const b = (a + 1 + Math.floor(options.random() * (records.length - 1))) % records.length;
    const [first, second] = [records[a], records[b]];
    if (first === undefined || second === undefined) continue;
    comparer.compare(first, second);
    randomLevels.set(comparer.levels.subarray(0, fields.length), pair * fields.length);
    if (pair % recordsAStep === recordsAStep - 1) yield progress(0);
  }
  const start = estimateU(fields, shipped, randomLevels);
  done = records.length;

  const meetings = createMeetings(records.length);
  const order = new Uint32Array(records.length);
  for (let at = 0; at < records.length; at += 1) {
    const record = records[at];
    if (record === undefined) continue;
    order[at] = hashOf(kind.signature(record));
    kind.blockingKeys(record, (pass, key) => meetings.meet(pass, key, at));
    if (at % recordsAStep === recordsAStep - 1) yield progress(recordsAStep);
  }
  done = records.length * 2;

  const pairs = createPairs(fields.length + 1);
  let compared = 0;
  const visit = (a: number, b: number): void => {
    const [first, second] = [records[a], records[b]];
    if (first === undefined || second === undefined) return;
    compared += 1;
    if (!kind.mayBeOne(first, second)) return;
    comparer.compare(first, second);
    if (comparer.score(start) >= keptFromBits) pairs.add(a, b, comparer.levels, comparer.frequencies);
  };
  const passes = meetings.passes();
  for (const entries of passes) {
    for (const step of pairsOf(entries, order, visit)) yield progress(Math.floor(step / passes.length));
  }

  const kept = pairs.distinct();
  const { decided } = options;
  const bits = new Float64Array(fields.length + 1);
  const sure = decided ? surePairs(decided, kept.a, kept.b) : null;
  const score = (pair: number, parameters: Parameters): number => {
    const certain = sure?.[pair] ?? 0;
    if (certain !== 0) return certain * certainBits;
    const offset = pair * kept.width;
    weigh(fields, parameters, kept.levels, kept.frequencies, offset, bits);
    return kind.combine(bits, kept.levels, offset, priorBits(parameters));
  };
  const parameters = estimateM(fields, start, kept, records.length, score, decided?.same ?? []);
  const probabilities = Float64Array.from({ length: kept.count }, (_, pair) => {
    // decided to be one: shown by what the two say all the same
    if (sure?.[pair] === 1) sure[pair] = 0;
    return toProbability(score(pair, parameters));
  });
  const isDifferent = (a: number, b: number): boolean => decided?.isDifferent(a, b) ?? false;
  const linked = linkThroughOthers(kept, probabilities, (a, b) => {
    const [first, second] = [records[a], records[b]];
    if (first === undefined || second === undefined || isDifferent(a, b)) return false;
    comparer.compare(first, second);
    return !kind.contradicts(comparer.levels) && comparer.score(parameters) > leastLinked;
  });
  const found = linked.filter(
    ({ a, b, probability }) => probability >= options.minProbability && !isDifferent(a, b),
  );
  found.sort((x, y) => y.probability - x.probability || x.a - y.a || x.b - y.b);
  yield progress(total);
  return { pairs: found, learned: { parameters, counts }, compared };
}
