/**
 * Sorts numbers in steps, so that other work runs meanwhile: spread over buckets by size until one is small enough for
 * the engine's own sort. Yields how many numbers it moved.
 *
 * Example: `for (const moved of sortInSteps(numbers)) rest(moved)`.
 */

const small = 1 << 14;
const buckets = 256;
const step = 1 << 18;

export function* sortInSteps(values: Float64Array): Generator<number, void> {
  if (values.length <= small) {
    values.sort();
    return;
  }
  const spare = new Float64Array(values.length);
  const open: (readonly [from: number, to: number])[] = [[0, values.length]];
  for (let range = open.pop(); range; range = open.pop()) {
    const [from, to] = range;
    if (to - from <= small) {
      values.subarray(from, to).sort();
      yield to - from;
      continue;
    }
    let least = Infinity;
    let most = -Infinity;
    for (let at = from; at < to; at += 1) {
      const value = values[at] ?? 0;
      if (value < least) least = value;
      if (value > most) most = value;
      if ((at - from) % step === step - 1) yield 0;
    }
    if (least === most) continue;
    const scale = (buckets - 0.5) / (most - least);
    const ends = new Uint32Array(buckets);
    for (let at = from; at < to; at += 1) {
      const bucket = Math.floor(((values[at] ?? 0) - least) * scale);
      ends[bucket] = (ends[bucket] ?? 0) + 1;
      if ((at - from) % step === step - 1) yield 0;
    }
    let sum = from;
    const begins = ends.map((count) => (sum += count) - count);
    const next = begins.slice();
    for (let at = from; at < to; at += 1) {
      const value = values[at] ?? 0;
      const bucket = Math.floor((value - least) * scale);
      const place = next[bucket] ?? 0;
      spare[place] = value;
      next[bucket] = place + 1;
      if ((at - from) % step === step - 1) yield 0;
    }
    values.set(spare.subarray(from, to), from);
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      const begin = begins[bucket] ?? 0;
      const end = next[bucket] ?? 0;
      if (end - begin > 1) open.push([begin, end]);
    }
    yield to - from;
  }
}
