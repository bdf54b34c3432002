/**
 * Folding: the one form in which text is compared, searched, sorted and matched (domain.md sections 2 and 3, "text
 * comparisons ignore case and accents"). Unicode NFKC, lower case, accents off, letters such as ø and ß by the table
 * below, typographic quotes and dashes to plain ones, invisible characters away, whitespace collapsed and trimmed.
 * The result folds to itself, so a stored key and a freshly folded word meet. A change here needs a migration that folds
 * every stored `…Key` and `labelKey` again.
 *
 * Example: `foldText(' José  ØSTERGAARD ')` is `'jose ostergaard'`.
 *
 * Only marks that a reader takes for decoration go: accents of Latin, Greek and Cyrillic, Hebrew points, Arabic
 * harakat and hamza seats. Vowel signs of Devanagari, Thai and their kin, the voicing marks of kana and the parts of
 * Hangul spell different words and stay.
 */

const letters: Readonly<Record<string, string>> = {
  ø: 'o',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
  ȷ: 'j',
  ħ: 'h',
  ŋ: 'n',
  ŧ: 't',
  ĸ: 'k',
  ƀ: 'b',
  ɓ: 'b',
  ƈ: 'c',
  ɖ: 'd',
  ɗ: 'd',
  ə: 'e',
  ǝ: 'e',
  ɛ: 'e',
  ƒ: 'f',
  ɠ: 'g',
  ǥ: 'g',
  ɨ: 'i',
  ƙ: 'k',
  ƚ: 'l',
  ɫ: 'l',
  ɲ: 'n',
  ɔ: 'o',
  ɵ: 'o',
  ʉ: 'u',
  ʋ: 'v',
  ƴ: 'y',
  ƶ: 'z',
  ς: 'σ',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  ʻ: "'",
  ʼ: "'",
  '`': "'",
  '´': "'",
  '′': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '«': '"',
  '»': '"',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
};

const letterPattern = new RegExp(`[${Object.keys(letters).join('')}]`, 'gu');

/**
 * Accents (combining diacritics, Cyrillic titlo, Hebrew points, Arabic harakat, tatweel, half marks) and characters
 * that show nothing (soft hyphen, zero-width and direction marks, variation selectors).
 */
const decoration =
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\u{e0001}-\u{e007f}\u{e0100}-\u{e01ef}]/gu;

/** Line separators beyond `\s`, and control characters, which SQLite and terminals would trip over. */
const blanks = /[\s\u0000-\u001f\u007f-\u009f]+/gu;

const plainAscii = /^[\x20-\x5f\x61-\x7e]*$/;

export function foldText(text: string): string {
  if (plainAscii.test(text)) {
    const lower = text.toLowerCase();
    return lower.includes('  ') ? lower.replace(/ {2,}/g, ' ').trim() : lower.trim();
  }
  let folded = recent.get(text);
  if (folded === undefined) {
    folded = foldLetters(text);
    if (recent.size >= mostRecent) recent.clear();
    if (text.length <= longestRecent) recent.set(text, folded);
  }
  return folded;
}

/** A record folds its name for its label, its keys and its search text, and names come again: Zoë, Müller. */
const recent = new Map<string, string>();
const mostRecent = 2000;
const longestRecent = 100;

function foldLetters(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKD')
    .replace(decoration, '')
    .replace(letterPattern, (letter) => letters[letter] ?? letter)
    .normalize('NFC')
    .replace(blanks, ' ')
    .trim();
}

/** The folded form of a value that may be blank: blank stays `null`, and text that folds to nothing is blank. */
export function foldOrNull(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  const folded = foldText(text);
  return folded === '' ? null : folded;
}
