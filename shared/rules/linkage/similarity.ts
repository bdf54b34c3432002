/**
 * How alike two words are: Jaro–Winkler (Winkler 1990) for names, and the edit distance with neighbouring letters
 * exchanged (optimal string alignment, Damerau 1964) for slips of the keyboard, given up beyond a bound.
 *
 * Example: `jaroWinkler('martha', 'marhta')` is 0.961; `editDistance('smith', 'smiht', 2)` is 1.
 */

/** 0 (nothing in common) to 1 (equal). */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length === 0) return 0;
  const reach = Math.max(0, Math.floor(long.length / 2) - 1);
  const taken = new Uint8Array(long.length);
  const matched: number[] = [];
  for (let at = 0; at < short.length; at += 1) {
    const letter = short.charCodeAt(at);
    const end = Math.min(long.length - 1, at + reach);
    for (let other = Math.max(0, at - reach); other <= end; other += 1) {
      if (taken[other] === 1 || long.charCodeAt(other) !== letter) continue;
      taken[other] = 1;
      matched.push(letter);
      break;
    }
  }
  if (matched.length === 0) return 0;
  let at = 0;
  let outOfOrder = 0;
  for (let other = 0; other < long.length; other += 1) {
    if (taken[other] !== 1) continue;
    if (long.charCodeAt(other) !== matched[at]) outOfOrder += 1;
    at += 1;
  }
  const count = matched.length;
  const jaro = (count / short.length + count / long.length + (count - outOfOrder / 2) / count) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < short.length && short[prefix] === long[prefix]) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
}

/** Insertions, deletions, replacements and exchanges of neighbours; `most + 1` where it is more than `most`. */
export function editDistance(a: string, b: string, most: number): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1;
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      const isExchange =
        i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (isExchange) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    before = row;
    row = next;
  }
  return Math.min(row[b.length] ?? 0, most + 1);
}
