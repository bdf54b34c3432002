/**
 * Names, employers and towns come again and again: what was made of a text is remembered, up to so many texts.
 *
 * Example: `const latin = remembering(toLatin)`; `latin('Наталья')` is worked out once.
 */

const mostTexts = 20_000;
const longestText = 200;

export function remembering(make: (text: string) => string): (text: string | null) => string {
  let made = new Map<string, string>();
  return (text) => {
    if (text === null || text === '') return '';
    let result = made.get(text);
    if (result === undefined) {
      result = make(text);
      if (made.size >= mostTexts) made = new Map();
      if (text.length <= longestText) made.set(text, result);
    }
    return result;
  };
}
