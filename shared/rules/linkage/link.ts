/**
 * Being one is transitive: who is the same as B, and B the same as C, is C, also where A and C alone say too little (one
 * has no email, the other no birth date). The probability is that of both links, and a little less, so that nothing is
 * merged unseen on the word of a third; where A and C contradict each other nothing is linked.
 *
 * Example: A–B 0.99 and B–C 0.98, A–C 0.2 for want of values: A–C becomes 0.95, through B.
 */
import type { KeptPairs } from './pairs.ts';

export type FoundPair = {
  readonly a: number;
  readonly b: number;
  readonly probability: number;
  /** The record that links the two; null where they are alike enough by themselves. */
  readonly through: number | null;
};

const linksFrom = 0.8;
const trust = 0.98;
const rounds = 3;
/** A record like very many others is a mailbox or a test entry rather than a person. */
const mostLinks = 24;

/** `mayLink`: whether the two do not contradict each other. */
export function linkThroughOthers(
  pairs: KeptPairs,
  probabilities: Float64Array,
  mayLink: (a: number, b: number) => boolean,
): FoundPair[] {
  const linked = new Map<number, Map<number, FoundPair>>();
  const found: FoundPair[] = [];
  const link = (pair: FoundPair): void => {
    for (const [from, to] of [
      [pair.a, pair.b],
      [pair.b, pair.a],
    ] as const) {
      let others = linked.get(from);
      if (!others) linked.set(from, (others = new Map<number, FoundPair>()));
      others.set(to, pair);
    }
  };
  for (let at = 0; at < pairs.count; at += 1) {
    const pair = { a: pairs.a[at] ?? 0, b: pairs.b[at] ?? 0, probability: probabilities[at] ?? 0, through: null };
    if (pair.probability >= linksFrom) link(pair);
    else found.push(pair);
  }
  const refused = new Set<string>();
  for (let round = 0; round < rounds; round += 1) {
    const more: FoundPair[] = [];
    for (const [middle, others] of linked) {
      if (others.size > mostLinks) continue;
      const links = [...others];
      for (const [index, [a, one]] of links.entries()) {
        for (const [c, other] of links.slice(index + 1)) {
          const probability = one.probability * other.probability * trust;
          if (probability < 0.5 || (linked.get(a)?.has(c) ?? false)) continue;
          const key = a < c ? `${a} ${c}` : `${c} ${a}`;
          if (refused.has(key)) continue;
          if (mayLink(a, c)) more.push({ a: Math.min(a, c), b: Math.max(a, c), probability, through: middle });
          else refused.add(key);
        }
      }
    }
    if (more.length === 0) break;
    for (const pair of more) {
      const before = linked.get(pair.a)?.get(pair.b);
      if (before === undefined || before.probability < pair.probability) link(pair);
    }
  }
  const byKey = new Map<number, Map<number, FoundPair>>();
  for (const [from, others] of linked) {
    byKey.set(from, new Map([...others].filter(([to]) => to > from)));
  }
  const strong = [...byKey.values()].flatMap((others) => [...others.values()]);
  const weak = found.filter(({ a, b }) => !(linked.get(a)?.has(b) ?? false));
  return [...strong, ...weak];
}
