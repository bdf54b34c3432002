/**
 * Finds the duplicates among the records of a table: compares random pairs for u, compares what blocking keys bring
 * together, estimates m and λ, and gives every pair its probability. Where an earlier search is given, only what is
 * fresh since is brought together with all others; everything is weighed anew.
 *
 * Yields how far it is, in records looked at, so that other work runs meanwhile; `random` makes it the same every time.
 *
 * Example: of two records that agree in name, birth date and city, `findDuplicates` gives one pair near 1.
 */
import { type Fresh, mostRecords, pairsOf } from './blocking.ts';
import { createTableComparer, scoreOf } from './comparer.ts';
import type { FieldCounts } from './counts.ts';
import type { Kind, Table } from './kind.ts';
import { type FoundPair, linksFrom, linkThroughOthers } from './link.ts';
import {
  type ComparedPairs,
  estimateM,
  estimateU,
  type Parameters,
  shippedParameters,
  toProbability,
  weigh,
  weightsOf,
} from './model.ts';
import { estimateNamesakes, supportOf } from './namesakes.ts';
import { createPairs, createScored, firstOf, secondOf } from './pairs.ts';

export type Learned = { readonly parameters: Parameters; readonly counts: FieldCounts };

export type FindProgress = { readonly done: number; readonly total: number };

export type FindOptions = {
  readonly minProbability: number;
  /** 0 ≤ x < 1, the same sequence each time. */
  readonly random: () => number;
  /** What people decided about pairs before. */
  readonly decided?: Decided;
  /** What an earlier search learned: estimation begins from it. */
  readonly learned?: Parameters | null;
  /** What an earlier search of this table brought together, and the records that came or changed since. */
  readonly since?: { readonly candidates: Float64Array; readonly fresh: Fresh };
};

export type Found = {
  readonly pairs: readonly FoundPair[];
  readonly learned: Learned;
  /** Records that were searched, and pairs of them that were compared. */
  readonly records: number;
  readonly compared: number;
  /** For the next search: every pair worth a look, by places in the table. */
  readonly candidates: Float64Array;
};

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

const mostRandomPairs = 60_000;
/** From so many pairs m is estimated: further ones of the same kind say no more. */
const mostLearnedFrom = 200_000;
/** What falls below under the shipped parameters is not kept: learning does not lift it so far. */
const keptFromBits = -9;
/** A third record does not outweigh what speaks against two by themselves. */
const leastLinked = -8;
const pairsAStep = 1000;
/** Nothing is remembered of their values yet, and no code is warm. */
const randomAStep = 200;

/** The step yielded is in records; the total is not known beforehand. */
export function* findDuplicates<R>(
  kind: Kind<R>,
  table: Table<R>,
  options: FindOptions,
): Generator<FindProgress, Found> {
  const { fields } = kind;
  const { counts } = table;
  const { decided, since, learned = null } = options;
  const width = fields.length + 1;
  const length = table.length();
  if (length > mostRecords) throw new RangeError(`More than ${mostRecords} records`);
  let records = 0;
  for (let at = 0; at < length; at += 1) if (table.has(at)) records += 1;
  // each pass looks at each record twice, and the rest counts for two passes
  const total = length * (table.passes + 1) * 2;
  let done = 0;
  const progress = (step: number): FindProgress => ({ done: Math.round(Math.min(total, (done += step))), total });

  const comparer = createTableComparer(kind, table, counts);
  const start = yield* estimateRandom();
  const startWeights = weightsOf(fields, start);

  const kept = createPairs();
  if (since) {
    for (const pair of since.candidates) {
      const [a, b] = [firstOf(pair), secondOf(pair)];
      if (table.has(a) && table.has(b)) kept.add(a, b);
    }
  }
  let compared = 0;
  const visit = (a: number, b: number): void => {
    compared += 1;
    if (!table.mayBeOne(a, b)) return;
    comparer.compare(a, b);
    if (comparer.score(startWeights) >= keptFromBits) kept.add(a, b);
  };
  for (let pass = 0; pass < table.passes; pass += 1) {
    for (const step of pairsOf(table, pass, since?.fresh ?? null, visit)) yield progress(step);
    if (kept.isFull()) for (const _ of kept.distinct()) yield progress(0);
  }
  const candidates = (yield* silently(kept.distinct())).slice();

  const sample = yield* sampleOf(candidates);
  const bits = new Float64Array(width);
  const parameters = yield* silently(
    estimateM(
      fields,
      learned === null ? start : { ...start, m: learned.m, lambda: learned.lambda },
      sample,
      candidates.length / Math.max(1, sample.count),
      records,
      (pair, at) => {
        const sure = sample.sure[pair] ?? 0;
        if (sure !== 0) return sure * certainBits;
        const offset = pair * width;
        weigh(fields.length, at, sample.levels, sample.frequencies, offset, bits);
        return scoreOf(kind, at, bits, sample.levels, offset);
      },
      decided?.same ?? [],
      (pair) => supportOf(kind.namesakes, sample.levels, pair * width),
      (field) => kind.namesakes?.speaking.find((each) => each.field === field)?.apartFrom ?? 0,
    ),
  );
  const weights = weightsOf(fields, parameters);
  const isDifferent = (a: number, b: number): boolean => decided?.isDifferent(a, b) ?? false;

  const scored = createScored();
  const keptFrom = Math.min(options.minProbability, linksFrom);
  for (let at = 0; at < candidates.length; at += 1) {
    if (at % pairsAStep === pairsAStep - 1) yield progress(0);
    const pair = candidates[at] ?? 0;
    const [a, b] = [firstOf(pair), secondOf(pair)];
    if (isDifferent(a, b)) continue;
    comparer.compare(a, b);
    const probability = toProbability(comparer.score(weights));
    if (probability >= keptFrom) scored.add(pair, probability);
  }
  const further = yield* silently(
    linkThroughOthers(scored, length, (a, b) => {
      if (isDifferent(a, b)) return false;
      comparer.compare(a, b);
      return !kind.contradicts(comparer.levels) && comparer.score(weights) > leastLinked;
    }),
  );
  const pairs = yield* inOrder(scored, further);
  yield progress(total);
  return { pairs, learned: { parameters, counts }, records, compared, candidates };

  function* silently<T>(work: Generator<number, T>): Generator<FindProgress, T> {
    let step = work.next();
    for (; step.done !== true; step = work.next()) yield progress(0);
    return step.value;
  }

  function* estimateRandom(): Generator<FindProgress, Parameters> {
    const shipped = shippedParameters(fields, records);
    const randomPairs = records < 3 ? 0 : Math.min(mostRandomPairs, records * 50);
    const levels = new Uint8Array(randomPairs * fields.length).fill(255);
    const drawn = (): number => {
      let at = Math.floor(options.random() * length);
      while (!table.has(at)) at = (at + 1) % length;
      return at;
    };
    for (let pair = 0; pair < randomPairs; pair += 1) {
      const a = drawn();
      const b = drawn();
      if (a === b) continue;
      comparer.compare(a, b);
      levels.set(comparer.levels.subarray(0, fields.length), pair * fields.length);
      if (pair % randomAStep === randomAStep - 1) yield progress(0);
    }
    const estimated = estimateU(fields, shipped, levels);
    if (kind.namesakes === null || records < 3) return estimated;
    return yield* silently(
      estimateNamesakes(kind.namesakes, table, estimated, options.random, comparer.compare, comparer.levels),
    );
  }

  function* sampleOf(all: Float64Array): Generator<FindProgress, ComparedPairs & { readonly sure: Int8Array }> {
    const every = Math.max(1, Math.ceil(all.length / mostLearnedFrom));
    const count = Math.ceil(all.length / every);
    const levels = new Uint8Array(count * width);
    const frequencies = new Float32Array(count * width);
    const sure = new Int8Array(count);
    for (let at = 0; at < count; at += 1) {
      const pair = all[at * every] ?? 0;
      const [a, b] = [firstOf(pair), secondOf(pair)];
      comparer.compare(a, b);
      levels.set(comparer.levels, at * width);
      frequencies.set(comparer.frequencies, at * width);
      if (decided) sure[at] = decided.isDifferent(a, b) ? -1 : decided.isSame(a, b) ? 1 : 0;
      if (at % pairsAStep === pairsAStep - 1) yield progress(0);
    }
    return { count, levels, frequencies, width, sure };
  }

  function* inOrder(own: ReturnType<typeof createScored>, linked: readonly FoundPair[]) {
    const found: FoundPair[] = [];
    for (let at = 0; at < own.count; at += 1) {
      const probability = own.probabilities[at] ?? 0;
      if (probability < options.minProbability) continue;
      found.push({ a: own.a[at] ?? 0, b: own.b[at] ?? 0, probability, through: null });
      if (at % (pairsAStep * 10) === 0) yield progress(0);
    }
    const known = new Map(linked.map((pair) => [pair.a * mostRecords + pair.b, pair]));
    const others = found.filter(({ a, b }) => !known.has(a * mostRecords + b));
    for (const pair of linked) if (pair.probability >= options.minProbability) others.push(pair);
    return others.sort((x, y) => y.probability - x.probability || x.a - y.a || x.b - y.b);
  }
}
