/**
 * The text by which a record is found: its folded words, each once, each with two spaces before it. Through a trigram
 * index this finds any part of a word of three letters or more, and the beginning of a word of one or two: "  a" and
 * " an" are trigrams. Names written without spaces (Chinese, Japanese, Korean) get a word for every ending of a run, so that
 * 芳 finds 王芳.
 *
 * Example: `searchTextOf(['José Ruiz', null])` is `'  jose  ruiz'`.
 */
import { foldText } from '../../shared/rules/normalise/fold.ts';

const joined = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const onlyAscii = /^[\x20-\x7e]*$/;
const longestRun = 12;
const longestText = 2000;

export function searchTextOf(parts: readonly (string | null)[], longest = longestText): string {
  const words = new Set<string>();
  for (const part of parts) {
    if (part === null || part === '') continue;
    const folded = foldText(part);
    const isSpaced = onlyAscii.test(folded);
    for (const word of folded.split(' ')) {
      if (word === '') continue;
      words.add(word);
      if (!isSpaced && joined.test(word)) {
        const letters = [...word].slice(0, longestRun);
        for (let from = 1; from < letters.length; from += 1) words.add(letters.slice(from).join(''));
      }
    }
  }
  let text = '';
  for (const word of words) {
    if (text.length + word.length > longest) break;
    text += `  ${word}`;
  }
  return text;
}
