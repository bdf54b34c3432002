/**
 * Words of any script → Latin letters for comparison (Cyrillic after BGN/PCGN, Greek after ELOT 743, both without
 * marks), and the sound of a name: a form in which the usual spellings of one name meet.
 *
 * Example: `toLatin('Наталья')` is `'natalya'`; `soundOf('muller')` and `soundOf('mueller')` are both `'muler'`, and
 * `soundOf('natalya')` and `soundOf('natalia')` both `'natalia'`.
 *
 * Scripts that are not alphabets (Han, kana, Hangul) stay as they are: they are compared letter by letter.
 */
import { nameKey } from '../normalise/name.ts';

const cyrillic: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ґ: 'g',
  д: 'd',
  е: 'e',
  є: 'ye',
  ж: 'zh',
  з: 'z',
  и: 'i',
  і: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
  ђ: 'dj',
  ј: 'j',
  љ: 'lj',
  њ: 'nj',
  ћ: 'c',
  џ: 'dz',
  ѕ: 'dz',
  ў: 'u',
  ї: 'yi',
  ё: 'e',
};
const greek: Readonly<Record<string, string>> = {
  α: 'a',
  β: 'v',
  γ: 'g',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: 'i',
  θ: 'th',
  ι: 'i',
  κ: 'k',
  λ: 'l',
  μ: 'm',
  ν: 'n',
  ξ: 'x',
  ο: 'o',
  π: 'p',
  ρ: 'r',
  σ: 's',
  ς: 's',
  τ: 't',
  υ: 'y',
  φ: 'f',
  χ: 'ch',
  ψ: 'ps',
  ω: 'o',
};
const greekPairs: readonly (readonly [RegExp, string])[] = [
  [/ου/g, 'ou'],
  [/[αε]υ(?=[θκξπστφχψ]|$)/g, 'ef'],
  [/μπ/g, 'b'],
  [/ντ/g, 'nt'],
  [/γγ/g, 'ng'],
];
const otherAlphabet = /[\u0370-\u03ff\u0400-\u04ff]/;

/** Folded text with Cyrillic and Greek letters in Latin ones. */
export function latinLetters(folded: string): string {
  if (!otherAlphabet.test(folded)) return folded;
  let text = folded;
  for (const [pair, latin] of greekPairs) text = text.replace(pair, latin);
  return text.replace(/[\u0370-\u03ff\u0400-\u04ff]/g, (letter) => cyrillic[letter] ?? greek[letter] ?? letter);
}

/** A name as it is compared: folded, in Latin letters, words apart by one blank; '' for none. */
export const toLatin = (name: string | null | undefined): string => latinLetters(nameKey(name) ?? '');

const sounds: readonly (readonly [RegExp, string])[] = [
  [/sch|sh|sz/g, 's'],
  [/tsch|tch|cz|ch/g, 'c'],
  [/ph/g, 'f'],
  [/th|dt/g, 't'],
  [/kh|gh/g, 'h'],
  [/ck|q/g, 'k'],
  [/ts|tz/g, 'c'],
  [/ae|ai|ay|ei|ey/g, 'e'],
  [/oe/g, 'o'],
  [/ue/g, 'u'],
  [/ee|ie|y|j/g, 'i'],
  [/ou|oo/g, 'u'],
  [/w/g, 'v'],
  [/[ck](?=[aou]|$)/g, 'k'],
];

/**
 * A word in the one of its spellings that has fewest letters: Mueller and Müller, Natalya and Natalia, Aleksey and
 * Alexei differ in nothing but who wrote them in our letters.
 */
export const plainSpelling = (word: string): string =>
  word
    .replace(/([aou])e/g, '$1')
    .replace(/ks/g, 'x')
    .replace(/kh/g, 'h')
    .replace(/[yji]+/g, 'i')
    .replace(/ph/g, 'f')
    .replace(/(.)\1+/g, '$1');

const soundByWord = new Map<string, string>();
const mostWords = 100_000;

/** The sound of a word in Latin letters. */
export function soundOf(word: string): string {
  let sound = soundByWord.get(word);
  if (sound === undefined) {
    sound = word;
    for (const [spelling, plain] of sounds) sound = sound.replace(spelling, plain);
    sound = sound.replace(/(.)\1+/g, '$1');
    if (soundByWord.size >= mostWords) soundByWord.clear();
    soundByWord.set(word, sound);
  }
  return sound;
}
