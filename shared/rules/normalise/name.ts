/**
 * Names of people (domain.md section 2): compared with case, accents and punctuation folded, particles kept; and taken
 * apart where a file has them in one cell.
 *
 * Example: `nameKey("O'Brien-Álvarez")` is `'obrien alvarez'`; `splitFullName('van der Berg, Dr. Jan')` gives salutation
 * `Dr.`, given name `Jan`, family name `van der Berg`.
 *
 * Taking apart is a guess that a person can correct: family names come last except after a comma and in Chinese,
 * Japanese and Korean script, where they come first.
 */
import { foldText } from './fold.ts';

/** The form in which names are compared. Blank → `null`. */
export function nameKey(name: string | null | undefined): string | null {
  if (name === null || name === undefined) return null;
  const key = foldText(name)
    .replace(/['’.]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
  return key === '' ? null : key;
}

export type NameParts = {
  readonly salutation: string | null;
  readonly givenName: string | null;
  readonly middleName: string | null;
  readonly familyName: string | null;
};

const none: NameParts = { salutation: null, givenName: null, middleName: null, familyName: null };

const salutations = new Set(
  'mr mrs ms miss mx dr prof professor sir madam dame lord lady rev reverend fr father sr sra srta señor señora herr frau fraulein mme mlle m monsieur madame hr fru frk dhr mevr mw meneer mevrouw dott dottssa ing ir drs sig sigra capt captain col colonel gen general lt major maj sgt hon judge sen rep gov'.split(
    ' ',
  ),
);
/** Single letters and words that are also given names: a salutation only when written as one ("M." or "Fr."). */
const needsDot = new Set(['m', 'sr', 'fr', 'rev', 'gen', 'sen', 'rep', 'col', 'gov', 'ir', 'ing', 'hon']);
const suffixes = new Set(
  'jr sr junior senior i ii iii iv v esq esquire phd md dds dvm jd mba cpa msc bsc ma ba rn pe cfa'.split(' '),
);
const particles = new Set(
  'van von der den de del della di da dos das do du la le los las lo el al bin ibn ben abu ter ten te zu zum zur af av st saint san santa mac mc vande vander vom op'.split(
    ' ',
  ),
);

const word = (text: string): string => foldText(text).replace(/[.']/g, '');
const eastAsian = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}・]+$/u;
const compoundSurnames =
  /^(?:欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|东方|東方|皇甫|尉迟|公孙|令狐|남궁|황보|제갈|사공|선우|독고)/u;

const orNull = (words: readonly string[]): string | null => (words.length === 0 ? null : words.join(' '));

/** Takes leading salutations off. */
function takeSalutation(words: string[]): string | null {
  const taken: string[] = [];
  while (words.length > 1) {
    const first = words[0] ?? '';
    const key = word(first);
    if (!salutations.has(key) || (needsDot.has(key) && !first.endsWith('.'))) break;
    taken.push(first);
    words.shift();
  }
  return orNull(taken);
}

/** Takes trailing suffixes off and gives them back joined, to be kept with the family name. */
function takeSuffix(words: string[]): string {
  const taken: string[] = [];
  while (words.length > 2) {
    const key = word(words[words.length - 1] ?? '');
    // (a lone I or V is more often an initial)
    if (!suffixes.has(key) || key === 'i' || key === 'v') break;
    taken.unshift(words.pop() ?? '');
  }
  return taken.length === 0 ? '' : ` ${taken.join(' ')}`;
}

/** Where the family name begins: the last word, with the particles before it. */
function familyStart(words: readonly string[]): number {
  let start = words.length - 1;
  while (start > 1 && particles.has(word(words[start - 1] ?? ''))) start -= 1;
  return start;
}

export function splitFullName(fullName: string): NameParts {
  const text = fullName
    .replace(/["“(][^"”)]{1,60}["”)]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (text === '') {
    const bare = fullName.trim();
    return bare === '' ? none : { ...none, familyName: bare };
  }
  if (eastAsian.test(text)) {
    const length = compoundSurnames.test(text) && text.length > 2 ? 2 : 1;
    return text.length < 2 || text.length > 6
      ? { ...none, familyName: text }
      : { ...none, familyName: text.slice(0, length), givenName: text.slice(length) };
  }
  const comma = text.indexOf(',');
  if (comma > 0) {
    const before = text.slice(0, comma).trim().split(' ');
    const after = text
      .slice(comma + 1)
      .replace(/,/g, ' ')
      .trim()
      .split(/\s+/)
      .filter((each) => each !== '');
    if (after.length > 0 && !after.every((each) => suffixes.has(word(each)))) {
      const salutation = takeSalutation(after) ?? takeSalutation(before);
      const suffix = after.length > 1 ? takeSuffix(after) : '';
      return {
        salutation,
        givenName: after[0] ?? null,
        middleName: orNull(after.slice(1)),
        familyName: `${before.join(' ')}${suffix}`,
      };
    }
    return withSuffix(splitFullName(before.join(' ')), after.join(' '));
  }
  const words = text.split(' ');
  if (words.length > 1 && words.length < 4 && words.every((each) => eastAsian.test(each))) {
    return { ...none, familyName: words[0] ?? null, givenName: orNull(words.slice(1)) };
  }
  const salutation = takeSalutation(words);
  const suffix = takeSuffix(words);
  if (words.length === 1) {
    const only = `${words[0] ?? ''}${suffix}`;
    return salutation === null ? { ...none, givenName: only } : { ...none, salutation, familyName: only };
  }
  const start = familyStart(words);
  return {
    salutation,
    givenName: words[0] ?? null,
    middleName: orNull(words.slice(1, start)),
    familyName: `${words.slice(start).join(' ')}${suffix}`,
  };
}

const withSuffix = (parts: NameParts, suffix: string): NameParts =>
  suffix === ''
    ? parts
    : { ...parts, familyName: [parts.familyName, suffix].filter((each) => each !== null).join(' ') };
