/**
 * How hard a passphrase is to guess, roughly: length counted in distinct characters and words, less for repeats and
 * runs. 0 too short … 4 very strong. The shortest length is the store's own rule.
 *
 * Example: `strengthOf('aaaaaaaaaaaa')` is 1, `strengthOf('copper lantern drift violin')` is 4.
 */
import { isLongEnough } from '../../../shared/rules/passphrase.ts';

export function strengthOf(passphrase: string): 0 | 1 | 2 | 3 | 4 {
  if (!isLongEnough(passphrase)) return 0;
  const letters = [...passphrase];
  const distinct = new Set(letters.map((letter) => letter.toLowerCase())).size;
  const runs = letters.filter((letter, at) => {
    const before = letters[at - 1];
    return before !== undefined && Math.abs(letter.codePointAt(0)! - before.codePointAt(0)!) <= 1;
  }).length;
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(passphrase)).length;
  const words = new Set(
    passphrase
      .toLowerCase()
      .split(/[\s._-]+/)
      .filter((word) => word.length > 2),
  ).size;
  const points = Math.min(distinct, letters.length - runs) + kinds * 2 + Math.max(0, words - 1) * 3;
  if (distinct < 5 || points < 12) return 1;
  if (points < 17) return 2;
  if (points < 23) return 3;
  return 4;
}
