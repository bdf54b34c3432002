/**
 * How alike two words are: Jaro–Winkler (Winkler 1990) for names, and the edit distance with neighbouring letters
 * exchanged (optimal string alignment, Damerau 1964) for slips of the keyboard, given up beyond a bound.
 *
 * Example: `jaroWinkler('martha', 'marhta')` is 0.961; `editDistance('smith', 'smiht', 2)` is 1.
 */

// made once: the finder compares millions of words
const longestWord = 512;
const taken = new Uint8Array(longestWord);
const matched = new Uint16Array(longestWord);

/** 0 (nothing in common) to 1 (equal); of very long texts what they begin with. */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length === 0) return 0;
  const reach = Math.max(0, Math.floor(long.length / 2) - 1);
  if (long.length > longestWord) return jaroWinkler(short.slice(0, longestWord), long.slice(0, longestWord));
  taken.fill(0, 0, long.length);
  let count = 0;
  for (let at = 0; at < short.length; at += 1) {
    const letter = short.charCodeAt(at);
    const end = Math.min(long.length - 1, at + reach);
    for (let other = Math.max(0, at - reach); other <= end; other += 1) {
      if (taken[other] === 1 || long.charCodeAt(other) !== letter) continue;
      taken[other] = 1;
      matched[count] = letter;
      count += 1;
      break;
    }
  }
  if (count === 0) return 0;
  let at = 0;
  let outOfOrder = 0;
  for (let other = 0; other < long.length; other += 1) {
    if (taken[other] !== 1) continue;
    if (long.charCodeAt(other) !== matched[at]) outOfOrder += 1;
    at += 1;
  }
  const jaro = (count / short.length + count / long.length + (count - outOfOrder / 2) / count) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < short.length && short[prefix] === long[prefix]) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
}

// rows of the table
let before = new Uint16Array(longestWord + 1);
let row = new Uint16Array(longestWord + 1);
let next = new Uint16Array(longestWord + 1);

/** Insertions, deletions, replacements and exchanges of neighbours; `most + 1` where it is more than `most`. */
export function editDistance(a: string, b: string, most: number): number {
  if (a === b) return 0;
  const tooMany = most + 1;
  if (Math.abs(a.length - b.length) > most) return tooMany;
  // what both begin and end with needs no slip
  let begin = 0;
  let endA = Math.min(a.length, longestWord);
  let endB = Math.min(b.length, longestWord);
  while (begin < endA && begin < endB && a.charCodeAt(begin) === b.charCodeAt(begin)) begin += 1;
  while (endA > begin && endB > begin && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA -= 1;
    endB -= 1;
  }
  const lengthA = endA - begin;
  const lengthB = endB - begin;
  if (lengthA === 0 || lengthB === 0) return Math.min(lengthA + lengthB, tooMany);
  // one slip is one letter, or two neighbours exchanged
  if (most === 1 && (lengthA > 2 || lengthB > 2)) return tooMany;
  for (let j = 0; j <= lengthB; j += 1) row[j] = j;
  for (let i = 1; i <= lengthA; i += 1) {
    // further from the diagonal it is more than `most` anyway
    const from = Math.max(1, i - most);
    const to = Math.min(lengthB, i + most);
    next[from - 1] = from === 1 ? i : tooMany;
    let least = next[from - 1] ?? 0;
    const letter = a.charCodeAt(begin + i - 1);
    for (let j = from; j <= to; j += 1) {
      const other = b.charCodeAt(begin + j - 1);
      const above = j === i + most ? tooMany : (row[j] ?? 0);
      let cost = Math.min(above + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (letter === other ? 0 : 1));
      const isExchange =
        i > 1 && j > 1 && letter === b.charCodeAt(begin + j - 2) && a.charCodeAt(begin + i - 2) === other;
      if (isExchange) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return tooMany;
    [before, row, next] = [row, next, before];
  }
  return Math.min(row[lengthB] ?? 0, tooMany);
}
