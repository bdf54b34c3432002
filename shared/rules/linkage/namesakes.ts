/**
 * Two people of one name. The model takes fields for independent, and names are not: given names go with family names of
 * the same language, and both with its towns, so that two Γιώργος Παπαδόπουλος of Athens are far less of a surprise than
 * each value by itself. How much less is seen in the records themselves: of pairs that have both names in common, those
 * that disagree in whatever tells people apart (birth date, mailbox, phone) are namesakes, and not duplicates.
 *
 * Example: of 100,000 people 25 times as many pairs have one name as would by chance, and nearly all of them other phones
 * and mailboxes: agreeing in both names then says 4.6 bits less.
 */
import type { Table } from './kind.ts';
import { type LinkageField, missing, noField, pairCount, type Parameters, severalFields } from './model.ts';
import { mostRecords } from './blocking.ts';
import { sortInSteps } from './sort.ts';

export type Namesakes = {
  readonly names: readonly number[];
  /** Fields that tell people apart, and the level from which two values are of two people. */
  readonly identifying: readonly { readonly field: number; readonly apartFrom: number }[];
  /** Fields of which one that agrees makes it likely that the two are one: these, and others that tell less. */
  readonly speaking: readonly { readonly field: number; readonly apartFrom: number }[];
  /** Fields that may go with names. */
  readonly others: readonly number[];
};

/** Bits where there are too few namesakes to see how many are: somewhat less than among people of one country. */
const fewNamesakes = [1, 2, 0];
const mostSampled = 20_000;
const leastSampled = 50;
/** So many in a hundred duplicates, at most, disagree in whatever tells people apart: who disagrees beyond that is two. */
const duplicatesApart = 0.4;
const pairsAStep = 1000;

/** The bits by which a pair's agreements say less. */
export function namesakeBits(
  fields: readonly LinkageField[],
  namesakes: Namesakes | null,
  { together }: Parameters,
  levels: Uint8Array,
  offset: number,
): number {
  if (namesakes === null || together.length === 0) return 0;
  const agree = (field: number): boolean =>
    (levels[offset + field] ?? missing) < (fields[field]?.levels.length ?? 0) - 1;
  for (const field of namesakes.names) if (!agree(field)) return 0;
  let bits = together[0] ?? 0;
  for (let at = 0; at < namesakes.others.length; at += 1) {
    if (agree(namesakes.others[at] ?? 0)) bits += together[at + 1] ?? 0;
  }
  return bits;
}

/**
 * What speaks for a pair beside its names: how duplicates differ is learned from pairs of which something else says that
 * they are one, else namesakes, who differ in everything, would teach that duplicates do.
 */
export function supportOf(namesakes: Namesakes | null, levels: Uint8Array, offset: number): number {
  if (namesakes === null) return severalFields;
  let found = noField;
  for (const { field, apartFrom } of namesakes.speaking) {
    if ((levels[offset + field] ?? missing) >= apartFrom) continue;
    if (found !== noField) return severalFields;
    found = field;
  }
  return found;
}

/** `compare`: into `levels`. Yields now and again. */
export function* estimateNamesakes<R>(
  namesakes: Namesakes,
  table: Table<R>,
  start: Parameters,
  random: () => number,
  compare: (a: number, b: number) => void,
  levels: Uint8Array,
): Generator<number, Parameters> {
  const entries = new Float64Array(table.length());
  let records = 0;
  let named = 0;
  for (let at = 0; at < table.length(); at += 1) {
    if (!table.has(at)) continue;
    records += 1;
    const name = table.fullName(at);
    if (name !== 0) entries[named++] = name * mostRecords + at;
    if (at % 20_000 === 0) yield 0;
  }
  const sorted = entries.subarray(0, named);
  yield* sortInSteps(sorted);
  const nameAt = (place: number): number => Math.floor((sorted[place] ?? 0) / mostRecords);
  // groups of one name: a pair of them is drawn as often as there are pairs
  const groups: number[] = [];
  const pairsUpTo: number[] = [];
  let pairs = 0;
  for (let begin = 0; begin < named;) {
    let end = begin + 1;
    while (end < named && nameAt(end) === nameAt(begin)) end += 1;
    if (end - begin > 1) {
      pairs += ((end - begin) * (end - begin - 1)) / 2;
      groups.push(begin, end);
      pairsUpTo.push(pairs);
    }
    begin = end;
    if (groups.length % 20_000 === 0) yield 0;
  }

  let told = 0;
  let apart = 0;
  const known = namesakes.others.map(() => 0);
  const agreeing = namesakes.others.map(() => 0);
  for (let sample = 0; sample < Math.min(mostSampled, pairs * 2); sample += 1) {
    const group = firstAbove(pairsUpTo, random() * pairs);
    const [begin = 0, end = 0] = [groups[group * 2], groups[group * 2 + 1]];
    const one = Math.floor(random() * (end - begin));
    const other = (one + 1 + Math.floor(random() * (end - begin - 1))) % (end - begin);
    compare((sorted[begin + one] ?? 0) % mostRecords, (sorted[begin + other] ?? 0) % mostRecords);
    if (sample % pairsAStep === pairsAStep - 1) yield pairsAStep;
    const said = namesakes.identifying.filter(({ field }) => levels[field] !== missing);
    if (said.length === 0) continue;
    told += 1;
    if (!said.every(({ field, apartFrom }) => (levels[field] ?? 0) >= apartFrom)) continue;
    apart += 1;
    namesakes.others.forEach((field, at) => {
      if (levels[field] === missing) return;
      known[at] = (known[at] ?? 0) + 1;
      if (levels[field] === 0) agreeing[at] = (agreeing[at] ?? 0) + 1;
    });
  }
  if (told < leastSampled) return { ...start, together: fewNamesakes };
  const share = Math.max(0, (apart / told - duplicatesApart) / (1 - duplicatesApart));
  const byChance = namesakes.names.reduce((sum, field) => sum * (start.u[field]?.[0] ?? 1), pairCount(records));
  const less = (seen: number, expected: number): number => (seen > 0 ? Math.max(0, Math.log2(seen / expected)) : 0);
  const others = namesakes.others.map((field, at) => {
    const count = known[at] ?? 0;
    return count < leastSampled ? 0 : share * less((agreeing[at] ?? 0) / count, start.u[field]?.[0] ?? 1);
  });
  return { ...start, together: [less(share * pairs, byChance), ...others] };
}

function firstAbove(sums: readonly number[], value: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
