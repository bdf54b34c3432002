/**
 * Being one is transitive: who is the same as B, and B the same as C, is C, also where A and C alone say too little (one
 * has no email, the other no birth date). The probability is that of both links, and a little less, so that nothing is
 * merged unseen on the word of a third; where A and C contradict each other nothing is linked.
 *
 * Example: A–B 0.99 and B–C 0.98, A–C 0.2 for want of values: A–C becomes 0.95, through B.
 */
import type { ScoredPairs } from './pairs.ts';

export type FoundPair = {
  readonly a: number;
  readonly b: number;
  readonly probability: number;
  /** The record that links the two; null where they are alike enough by themselves. */
  readonly through: number | null;
};

export const linksFrom = 0.8;
const trust = 0.98;
const rounds = 3;
/** A record like very many others is a mailbox or a test entry rather than a person. */
const mostLinks = 24;

/** What hangs together is looked at by itself: most of it is two records and needs no look. */
function groupsOf(pairs: ScoredPairs, records: number): Map<number, number[]> {
  const parent = new Uint32Array(records).map((_, at) => at);
  const rootOf = (record: number): number => {
    let at = record;
    for (let up = parent[at] ?? at; up !== at; up = parent[at] ?? at) {
      parent[at] = parent[up] ?? up;
      at = parent[at] ?? up;
    }
    return at;
  };
  const isStrong = (at: number): boolean => (pairs.probabilities[at] ?? 0) >= linksFrom;
  for (let at = 0; at < pairs.count; at += 1) {
    if (!isStrong(at)) continue;
    const [first, second] = [rootOf(pairs.a[at] ?? 0), rootOf(pairs.b[at] ?? 0)];
    if (first !== second) parent[Math.max(first, second)] = Math.min(first, second);
  }
  const sizes = new Uint32Array(records);
  for (let at = 0; at < pairs.count; at += 1) {
    if (isStrong(at)) sizes[rootOf(pairs.a[at] ?? 0)] = (sizes[rootOf(pairs.a[at] ?? 0)] ?? 0) + 1;
  }
  const groups = new Map<number, number[]>();
  for (let at = 0; at < pairs.count; at += 1) {
    const root = rootOf(pairs.a[at] ?? 0);
    if (!isStrong(at) || (sizes[root] ?? 0) < 2) continue;
    const group = groups.get(root);
    if (group) group.push(at);
    else groups.set(root, [at]);
  }
  return groups;
}

/**
 * Pairs that follow from others, beside the ones given; none of them twice. `mayLink`: whether the two do not contradict
 * each other. Yields now and again.
 */
export function* linkThroughOthers(
  pairs: ScoredPairs,
  records: number,
  mayLink: (a: number, b: number) => boolean,
): Generator<number, FoundPair[]> {
  const further: FoundPair[] = [];
  let looked = 0;
  for (const group of groupsOf(pairs, records).values()) {
    const linked = new Map<number, Map<number, FoundPair>>();
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
    for (const at of group) {
      link({ a: pairs.a[at] ?? 0, b: pairs.b[at] ?? 0, probability: pairs.probabilities[at] ?? 0, through: null });
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
        looked += links.length * links.length;
        if (looked > 4000) {
          yield looked;
          looked = 0;
        }
      }
      if (more.length === 0) break;
      for (const pair of more) {
        const before = linked.get(pair.a)?.get(pair.b);
        if (before === undefined || before.probability < pair.probability) link(pair);
      }
    }
    for (const [from, others] of linked) {
      for (const [to, pair] of others) if (to > from && pair.through !== null) further.push(pair);
    }
  }
  return further;
}
