/**
 * A bound before a comparison: which letters occur in a text, a bit each. Letters that only one of two texts has must
 * each be replaced, added or left out, so that most pairs of words need no closer look.
 *
 * Example: of `smith` and `jones` four letters each are the other's not: no two slips make one of the other.
 */

export function lettersIn(text: string): number {
  let letters = 0;
  for (let at = 0; at < text.length; at += 1) letters |= 1 << (text.charCodeAt(at) & 31);
  return letters >>> 0;
}

function bitsIn(letters: number): number {
  let bits = letters - ((letters >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Of the letters of the first those that the second does not have. */
export const lettersMissing = (of: number, other: number): number => bitsIn(of & ~other);

/** At least so many slips lie between two texts with these letters. */
export const leastEdits = (a: number, b: number): number => Math.max(lettersMissing(a, b), lettersMissing(b, a));
