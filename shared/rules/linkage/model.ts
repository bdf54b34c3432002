/**
 * The model of Fellegi and Sunter (1969): how much an agreement says is the ratio of how often records of one person
 * agree so (m) to how often two records at random do (u), in bits; the bits of the fields add up to the odds that two
 * records are one. For a value that both have, u is how often that very value occurs (term frequency, Winkler 1989): a
 * rare surname says more than a common one.
 *
 * Nothing is labelled. u comes from random pairs of the user's own records; m and the share of duplicates λ by
 * expectation and maximisation over the pairs that look alike, all other pairs counting as different. What ships as m
 * and u counts as so many pairs seen before (Dirichlet), so that ten records, or records without a duplicate, do not
 * lead the estimate astray.
 *
 * Example: m = 0.8 for "same surname" and one record in 2000 with the surname give log2(0.8 × 2000) = 10.6 bits.
 */

export type LinkageField = {
  readonly key: string;
  readonly levels: readonly string[];
  /** Of records of one: how often each level is seen, where both have a value. */
  readonly m: readonly number[];
  /** Of two records at random. */
  readonly u: readonly number[];
  /** Share of a value nobody else has; null where all values of a level say the same. */
  readonly rarest: number | null;
  /** By hash, the shares of values that are common wherever records are from; few records do not show it. */
  readonly common?: ReadonlyMap<number, number>;
  /** Not estimated: it is only looked at where names agree, which random pairs never do. */
  readonly isFixed?: boolean;
};

/** The level of a field that one of the two does not have. */
export const missing = 255;

export type Parameters = {
  readonly m: readonly (readonly number[])[];
  readonly u: readonly (readonly number[])[];
  /** Share of duplicates among all pairs. */
  readonly lambda: number;
  /** Bits by which agreeing in names, and in what goes with them, says less (namesakes.ts). */
  readonly together: readonly number[];
};

/** Whether parameters are of these fields, so that somebody can go on from them: a share of 0 would never be left again. */
export const fitsFields = (fields: readonly LinkageField[], { m, u, lambda }: Parameters): boolean =>
  [m, u].every(
    (shares) =>
      shares.length === fields.length &&
      fields.every(({ levels }, at) => shares[at]?.length === levels.length && shares[at].every((each) => each > 0)),
  ) &&
  lambda > 0 &&
  lambda < 1;

const priorMatches = 25;
const priorRandomPairs = 2000;
/** At least so many records in a hundred are taken to have a duplicate. */
const leastDuplicates = 0.005;

export const pairCount = (records: number): number => Math.max(1, (records * (records - 1)) / 2);
const leastMatches = (records: number): number => Math.max(0.02, leastDuplicates * records);

/** What ships, before anything is learned from these records. */
export function shippedParameters(fields: readonly LinkageField[], records: number): Parameters {
  return {
    together: [],
    m: fields.map(({ m }) => m),
    u: fields.map(({ u }) => u),
    lambda: Math.min(0.2, leastMatches(records) / pairCount(records)),
  };
}

/** u from the levels of random pairs: `levels` holds `fields.length` of them a pair. */
export function estimateU(fields: readonly LinkageField[], shipped: Parameters, levels: Uint8Array): Parameters {
  const width = fields.length;
  const u = fields.map(({ u: prior, isFixed }, field) => {
    if (isFixed === true) return prior;
    const seen = prior.map((share) => share * priorRandomPairs);
    let total = priorRandomPairs;
    for (let at = field; at < levels.length; at += width) {
      const level = levels[at] ?? missing;
      if (level === missing) continue;
      seen[level] = (seen[level] ?? 0) + 1;
      total += 1;
    }
    return seen.map((count) => count / total);
  });
  return { ...shipped, u };
}

/** So many duplicates a record has at most, on average. */
const duplicatesARecord = 2;

/** Which field alone speaks for a pair beside its names, where it is one; or how many. */
export const noField = -1;
export const severalFields = -2;

export type ComparedPairs = {
  readonly count: number;
  /** `width` a pair. */
  readonly levels: Uint8Array;
  /** log2 of the frequency of the value both have, `width` a pair; 0 where there is none. */
  readonly frequencies: Float32Array;
  readonly width: number;
};

/** Parameters as they are added up: of each field and level, `most` levels apart. */
export type Weights = {
  readonly parameters: Parameters;
  readonly prior: number;
  /** log2 m. */
  readonly logM: Float64Array;
  /** log2 (m / u). */
  readonly bits: Float64Array;
};

const most = 8;

export function weightsOf(fields: readonly LinkageField[], parameters: Parameters): Weights {
  const { m, u } = parameters;
  const logM = new Float64Array(fields.length * most);
  const bits = new Float64Array(fields.length * most);
  fields.forEach(({ levels }, field) => {
    levels.forEach((_, level) => {
      const at = field * most + level;
      logM[at] = Math.log2(m[field]?.[level] ?? 1);
      bits[at] = (logM[at] ?? 0) - Math.log2(u[field]?.[level] ?? 1);
    });
  });
  return { parameters, prior: priorBits(parameters), logM, bits };
}

/** Bits of each field of a pair, into `bits`. */
export function weigh(
  fields: number,
  weights: Weights,
  levels: Uint8Array,
  frequencies: Float32Array,
  offset: number,
  bits: Float64Array,
): void {
  for (let field = 0; field < fields; field += 1) {
    const level = levels[offset + field] ?? missing;
    if (level === missing) {
      bits[field] = 0;
      continue;
    }
    const known = frequencies[offset + field] ?? 0;
    const at = field * most + level;
    bits[field] = known < 0 ? (weights.logM[at] ?? 0) - known : (weights.bits[at] ?? 0);
  }
}

export const toProbability = (bits: number): number => 1 / (1 + 2 ** -bits);
export const priorBits = ({ lambda }: Parameters): number => Math.log2(lambda / (1 - lambda));

/**
 * Expectation and maximisation. `score`: the bits of pair n by these weights, the prior included. Each pair stands for
 * `weight` like it, where not all are looked at. `known`: further pairs that are one beyond doubt, as field → level; each
 * counts as one pair seen, so that a handful of decisions moves little. Yields how many pairs it looked at.
 */
export function* estimateM(
  fields: readonly LinkageField[],
  start: Parameters,
  pairs: ComparedPairs,
  weight: number,
  records: number,
  score: (pair: number, weights: Weights) => number,
  known: readonly Readonly<Record<string, string>>[] = [],
  supportOf: (pair: number) => number = () => severalFields,
  apartFrom: (field: number) => number = () => 0,
): Generator<number, Parameters> {
  let parameters = start;
  let looked = 0;
  const rounds = 12;
  for (let round = 0; round < rounds; round += 1) {
    const weights = weightsOf(fields, parameters);
    const seen = fields.map(({ m }) => m.map((share) => share * priorMatches));
    const totals = fields.map(() => priorMatches);
    let matches = 0;
    for (const levels of known) {
      fields.forEach(({ key, levels: names }, field) => {
        const level = names.indexOf(levels[key] ?? '');
        const counts = seen[field];
        if (level === -1 || !counts) return;
        counts[level] = (counts[level] ?? 0) + 1;
        totals[field] = (totals[field] ?? 0) + 1;
      });
    }
    for (let pair = 0; pair < pairs.count; pair += 1) {
      looked += 1;
      if (looked % pairsAStep === 0) yield pairsAStep;
      const probability = toProbability(score(pair, weights)) * weight;
      if (probability < 1e-6) continue;
      const support = supportOf(pair);
      if (support === noField) continue;
      matches += probability;
      for (let field = 0; field < fields.length; field += 1) {
        const level = pairs.levels[pair * pairs.width + field] ?? missing;
        const counts = seen[field];
        if (level === missing || !counts) continue;
        counts[level] = (counts[level] ?? 0) + probability;
        totals[field] = (totals[field] ?? 0) + probability;
        if (field !== support) continue;
        // it is seen only because it agrees: as many that do not are taken to be there as ship
        const shipped = fields[field]?.m ?? [];
        const from = apartFrom(field);
        const more = probability / shipped.slice(0, from).reduce((sum, share) => sum + share, 0);
        for (let apart = from; apart < shipped.length; apart += 1) {
          counts[apart] = (counts[apart] ?? 0) + more * (shipped[apart] ?? 0);
          totals[field] = (totals[field] ?? 0) + more * (shipped[apart] ?? 0);
        }
      }
    }
    const duplicates = Math.min(matches + leastMatches(records), duplicatesARecord * records);
    const lambda = Math.min(0.2, duplicates / pairCount(records));
    const settled = Math.abs(Math.log2(lambda / parameters.lambda)) < 0.005;
    parameters = {
      ...parameters,
      lambda,
      m: seen.map((counts, field) =>
        bounded(
          counts.map((count) => count / (totals[field] ?? 1)),
          fields[field]?.m ?? [],
        ),
      ),
    };
    if (settled && round > 2) break;
  }
  return parameters;
}

const pairsAStep = 10_000;

/** Duplicates disagree in a field so many times as often as shipped, at most. */
const mostDisagreement = 2.5;

/**
 * Records that agree in little but what many have in common (namesakes of one town) look like a class of their own, and
 * estimation would take it for the duplicates: it is not to learn that duplicates disagree in whatever tells people apart.
 */
function bounded(learned: readonly number[], shipped: readonly number[]): number[] {
  const last = learned.length - 1;
  const most = Math.min(0.9, (shipped[last] ?? 1) * mostDisagreement);
  const share = learned[last] ?? 0;
  if (share <= most) return [...learned];
  return learned.map((each, level) => (level === last ? most : (each * (1 - most)) / (1 - share)));
}
