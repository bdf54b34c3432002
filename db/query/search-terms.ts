/**
 * What a search box says, as a question to the trigram index and to the stored search text (db/records/search-text.ts).
 * Every word must be found: three letters or more anywhere in a word, one or two at the beginning of one. The index
 * answers with candidates; `instr` on the stored text decides.
 *
 * Example: `searchTermsOf('José +32 475')` looks for the words `jose`, `+32` and `475`; `searchTermsOf('0475/12.34.56')`
 * looks for the digits `475123456`, which a number stored as +32 475 12 34 56 has too.
 */
import { foldText } from '../../shared/rules/normalise/fold.ts';

export type SearchTerm = {
  /** What the stored text must hold. */
  readonly needle: string;
  /** Trigrams of it, each in the index of every text that holds it. */
  readonly trigrams: readonly string[];
};

/** A number as people write numbers, from three digits up. */
const numberLike = /^[+\d\s().\-/]+$/;
const mostWords = 12;
/** Of a word as long as a sentence no more are looked at. */
const mostTrigrams = 60;
/** Where nothing tells which are rare, so many of the first. */
const enoughTrigrams = 8;

export function searchTermsOf(search: string): readonly SearchTerm[] {
  const text = foldText(search);
  if (text === '') return [];
  const digits = digitsOf(text);
  if (digits !== null) return [termOf(digits)];
  const words = [...new Set(text.split(' '))].slice(0, mostWords);
  // a word inside another asks for nothing more, unless it must begin a word
  const needed = words.filter(
    (word) => [...word].length < 3 || !words.some((other) => other !== word && other.includes(word)),
  );
  return needed.map(termOf);
}

/** The digits that any notation of the same number has: no signs, no `00` or `0` in front, no `(0)`. */
function digitsOf(text: string): string | null {
  if (!numberLike.test(text)) return null;
  const all = text.replace(/\(0\)/g, '').replace(/\D/g, '');
  if (all.length < 3) return null;
  const significant = all.replace(/^0+/, '');
  return significant.length >= 3 ? significant : all;
}

function termOf(word: string): SearchTerm {
  const letters = [...word];
  if (letters.length === 1) return { needle: `  ${word}`, trigrams: [`  ${word}`] };
  if (letters.length === 2) return { needle: `  ${word}`, trigrams: [` ${word}`] };
  const trigrams = new Set<string>();
  for (let at = 0; at + 3 <= letters.length; at += 1) trigrams.add(letters.slice(at, at + 3).join(''));
  return { needle: word, trigrams: [...trigrams].slice(0, mostTrigrams) };
}

/** Trigrams to ask the index for where it is not known how rare each is. */
export const firstTrigrams = (terms: readonly SearchTerm[]): readonly string[] =>
  terms.flatMap((term) => term.trigrams.slice(0, enoughTrigrams));

/** Records with all these trigrams, as a query of the full-text index. */
export const matchOf = (trigrams: readonly string[]): string =>
  [...new Set(trigrams)].map((each) => `"${each.replaceAll('"', '""')}"`).join(' AND ');

/** Whether each candidate of the index is a hit, so that nothing needs verifying. */
export const isExact = (terms: readonly SearchTerm[]): boolean => terms.every((term) => term.trigrams.length === 1);
