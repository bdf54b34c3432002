/**
 * Why two records are held to be one, or not: what each field says, in bits and in words. The bits of all fields, with
 * `sharedPlaces` and `before`, add up to the odds; 0 bits are even odds.
 *
 * Example: `familyName`, `same`, Müller and Mueller, 9.2 bits: "Family name: the same (Müller, Mueller)".
 */
import type { createComparer } from './comparer.ts';
import type { Kind } from './kind.ts';
import { missing, type Parameters, priorBits, toProbability } from './model.ts';

export type Evidence = {
  /** A field of the kind; `sharedPlaces`: what names that disagree, or one place behind several fields, take off again. */
  readonly field: string;
  readonly level: string;
  readonly a: string | null;
  readonly b: string | null;
  readonly bits: number;
  readonly words: string;
};

const fieldWords: Readonly<Record<string, string>> = {
  givenName: 'Given name',
  familyName: 'Family name',
  nameOrder: 'Order of the names',
  birthDate: 'Birth date',
  email: 'Email',
  phone: 'Phone',
  address: 'Address',
  place: 'City',
  company: 'Company',
  interest: 'Topic',
  name: 'Name',
  website: 'Website',
  industry: 'Industry',
};

const levelWords: Readonly<Record<string, string>> = {
  same: 'the same',
  variant: 'another form of the same',
  initial: 'an initial of it',
  typo: 'a typing error apart',
  alike: 'alike',
  different: 'different',
  straight: 'as usual',
  swapped: 'given and family name swapped',
  slip: 'a slip apart',
  near: 'two of day, month and year the same, or all digits but two',
  sameYear: 'the same year',
  sameLocalPart: 'the same before the @',
  sameDomain: 'different, of one domain',
  nearlySame: 'nearly the same',
  partly: 'the same in part',
  contained: 'one contains the other',
};

const rounded = (bits: number): number => Math.round(bits * 100) / 100;

export type Explanation = {
  readonly probability: number;
  /** Odds of any two records here, before anything of them is known. */
  readonly priorBits: number;
  readonly evidence: Evidence[];
};

/** `shown`: a field's value as people wrote it. */
export function explainPair<R>(
  kind: Kind<R>,
  comparer: ReturnType<typeof createComparer<R>>,
  parameters: Parameters,
  pair: { readonly a: R; readonly b: R; shown(side: 'a' | 'b', field: string): string | null },
): Explanation {
  comparer.compare(pair.a, pair.b);
  const score = comparer.score(parameters);
  const evidence: Evidence[] = [];
  let sum = priorBits(parameters);
  kind.fields.forEach(({ key, levels }, at) => {
    const level = levels[comparer.levels[at] ?? missing];
    if (level === undefined) return;
    const bits = comparer.bits[at] ?? 0;
    sum += bits;
    const [a, b] = [pair.shown('a', key), pair.shown('b', key)];
    const values = a === null && b === null ? '' : a === b ? ` (${a})` : ` (${a ?? 'none'}; ${b ?? 'none'})`;
    const words = `${fieldWords[key] ?? key}: ${levelWords[level] ?? level}${values}`;
    evidence.push({ field: key, level, a, b, bits: rounded(bits), words });
  });
  if (Math.abs(score - sum) >= 0.01) {
    const words =
      'What is shared says less: one place behind several fields, names that disagree or that many have, or what tells two people apart';
    evidence.push({ field: 'sharedPlaces', level: 'discounted', a: null, b: null, bits: rounded(score - sum), words });
  }
  return { probability: toProbability(score), priorBits: rounded(priorBits(parameters)), evidence };
}

/** A pair that a third record links. */
export const throughEvidence = (label: string): Evidence => ({
  field: 'through',
  level: 'linked',
  a: label,
  b: label,
  bits: 0,
  words: `Both are the same as ${label}`,
});
