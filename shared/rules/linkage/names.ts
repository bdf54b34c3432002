/**
 * Two names of people compared word by word in Latin letters, into levels (Fellegi and Sunter's comparison vectors;
 * levels after Winkler): same, another form of it, an initial, a typing error, alike, different.
 *
 * Example: Müller and Mueller are the same by sound (`variant`), Robert and Bob are forms of one name (`variant`), Smith
 * and Smiht a typing error (`typo`), Paul and Paula two people of one family (`different`).
 */
import { plainSpelling, soundOf } from './latin.ts';
import { lettersIn, lettersMissing } from './letters.ts';
import { areTwoNames, hasOtherForms, isSameName } from './nicknames.ts';
import { editDistance, jaroWinkler } from './similarity.ts';

export const nameLevels = ['same', 'variant', 'initial', 'typo', 'alike', 'different'] as const;
export type NameLevel = 0 | 1 | 2 | 3 | 4 | 5;
export const same = 0;
export const variant = 1;
export const initial = 2;
export const typo = 3;
export const alike = 4;
export const different = 5;

/** Names of men that are names of women with one letter more. */
const men = new Set(
  'adrian alex alexandr aleksandr andre anton antonin august bernard carl christian clement daniel denis emil emmanuel eric erik ernest fabian felix ferdinand florian francis frederic frederik gabriel georg gerard henri henrik ivan jan jean joan joel josef joseph juan julian karl karol laurent leon louis lucian luis manuel marcel marian martin maximilian michel mikael nicol nikol noel pascal patric paul philipp raphael rafael raymond rene robert roman samuel sebastian simon stefan stephan theodor tristan valentin valerian victor viktor vivian'.split(
    ' ',
  ),
);

/** Paul and Paula, Simon and Simone, Mario and Maria: one letter, two people. */
function isOtherGender(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (long.length - short.length === 1) return men.has(short) && long.startsWith(short) && /[ae]$/.test(long);
  return a.length === b.length && a.slice(0, -1) === b.slice(0, -1) && /[oa]$/.test(a) && /[oa]$/.test(b);
}

const lettersOf = (word: string): string => [...word].sort().join('');

/** The same letters in another order, or but for one. */
function isJumbled(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  const [few, many] = a.length <= b.length ? [lettersOf(a), lettersOf(b)] : [lettersOf(b), lettersOf(a)];
  if (few === many) return few.length >= 3;
  if (few.length < 5 || few.length === many.length) return false;
  let at = 0;
  for (const letter of many) if (letter === few[at]) at += 1;
  return at === few.length;
}

const digits = /\d/;
const digitsOf = (word: string): string => (digits.test(word) ? word.replace(/\D+/g, '') : '');

function compareWords(a: string, b: string, isGiven: boolean): NameLevel {
  if (a === b) return same;
  if (a.length === 1 || b.length === 1) return a[0] === b[0] ? initial : different;
  // Guest 12 and Guest 13: numbers are not misspelt
  if (digitsOf(a) !== digitsOf(b)) return different;
  if (isGiven && isSameName(a, b)) return variant;
  if (isGiven && isOtherGender(a, b)) return different;
  if (plainSpelling(a) === plainSpelling(b)) return variant;
  // Schmidt and Smith, Jeffrey and Geoffry: as likely a slip of the ear as another name
  if (soundOf(a) === soundOf(b)) return typo;
  if (isGiven && areTwoNames(a, b)) return different;
  const shorter = Math.min(a.length, b.length);
  const edits = editDistance(a, b, 2);
  if (edits === 1 && shorter >= 3) return typo;
  const likeness = jaroWinkler(a, b);
  if (edits === 2 && shorter >= 5 && likeness >= 0.84) return typo;
  if (isGiven && shorter >= 3 && (a.startsWith(b) || b.startsWith(a))) return variant;
  if (likeness >= 0.88 && shorter >= 4) return alike;
  if (edits === 2 && shorter >= 5 && a[0] === b[0]) return alike;
  if (isJumbled(a, b)) return alike;
  return different;
}

/** Names of several words: Anna Maria and Anna, Smith-Jones and Smith. */
function compareParts(a: string, b: string, isGiven: boolean): NameLevel {
  const whole = compareWords(a.replaceAll(' ', ''), b.replaceAll(' ', ''), isGiven);
  if (whole < typo) return whole === same ? same : variant;
  const words = a.split(' ');
  const others = b.split(' ');
  const [few, many] = words.length <= others.length ? [words, others] : [others, words];
  const free = [...many];
  let worst: NameLevel = same;
  for (const word of few) {
    let best: NameLevel = different;
    let at = -1;
    free.forEach((other, index) => {
      const level = compareWords(word, other, isGiven);
      if (level < best) [best, at] = [level, index];
    });
    if (best > worst) worst = best;
    if (at >= 0) free.splice(at, 1);
  }
  // of "van der Berg" and "van der Veen" the particles say nothing: every word must be found
  const byWord: NameLevel = worst === same ? variant : worst;
  return byWord < whole || words.length === others.length ? byWord : whole;
}

const scripts: readonly RegExp[] = [
  /[a-z]/,
  /\p{Script=Han}/u,
  /[\p{Script=Hiragana}\p{Script=Katakana}]/u,
  /\p{Script=Hangul}/u,
  /\p{Script=Thai}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Devanagari}/u,
];

/** The scripts of a name, a bit each; 0 where none of them is known. */
const scriptsIn = (name: string): number =>
  scripts.reduce((found, script, at) => (script.test(name) ? found | (1 << at) : found), 0);

/** 王伟 and Wang Wei may be one or two: only their letters differ, and nothing here reads one in those of the other. */
export const areOfOtherScripts = (a: NameLook, b: NameLook): boolean =>
  a.scripts !== 0 && b.scripts !== 0 && (a.scripts & b.scripts) === 0;

/** What letters and nicknames alone say of a name. */
export type NameLook = {
  readonly scripts: number;
  readonly letters: number;
  readonly length: number;
  readonly isOneWord: boolean;
  readonly hasForms: boolean;
};

export const lookOfName = (name: string): NameLook => ({
  scripts: scriptsIn(name),
  letters: lettersIn(name),
  length: name.length,
  isOneWord: !name.includes(' '),
  hasForms: hasOtherForms(name),
});

/** True where two names that are not the same are `different` for the letters that only one of them has. */
export function areFarApart(a: NameLook, b: NameLook, isGiven: boolean): boolean {
  if (!a.isOneWord || !b.isOneWord || (isGiven && a.hasForms && b.hasForms)) return false;
  const missingA = lettersMissing(a.letters, b.letters);
  const missingB = lettersMissing(b.letters, a.letters);
  // (none are missing where one is the beginning of the other)
  const longer = Math.max(a.length, b.length);
  const most = longer <= 5 ? 2 : Math.max(3, 0.3 * longer);
  return missingA > 0 && missingB > 0 && Math.max(missingA, missingB) > most;
}

/** Both in Latin letters and not blank. */
export function compareNames(a: string, b: string, isGiven: boolean): NameLevel {
  if (a === b) return same;
  // (the order of the two is not to matter)
  const [first, second] = a < b ? [a, b] : [b, a];
  return first.includes(' ') || second.includes(' ')
    ? compareParts(first, second, isGiven)
    : compareWords(first, second, isGiven);
}
