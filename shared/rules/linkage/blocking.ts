/**
 * Which records are worth comparing: those that meet under a key (same sound of the name, same birth date, same mailbox
 * …), pass by pass (Newcombe 1959), one pass in memory at a time. A key that many share says little: such a block is
 * divided by what else its records say (employer, town), and each part is compared if it is small enough; of records
 * that say the same in everything each meets its next few. No list of pairs is kept: who met under a key that says more
 * is known from the keys.
 *
 * Example: three records under one key give three pairs; a thousand Smiths give those of one employer or one town.
 */
import type { Table } from './kind.ts';
import { sortInSteps } from './sort.ts';

const largestBlock = 80;
const neighbours = 12;
/** An entry is hash × 2^21 + record, exact in a double: more records than this need another layout. */
export const mostRecords = 2 ** 21;
const pairsAStep = 1000;
const recordsAStep = 2000;

const hashIn = (entry: number): number => Math.floor(entry / mostRecords);

type Visit = (a: number, b: number) => void;

/** Records to be compared with all; the others only with those. */
export type Fresh = ReadonlySet<number>;

/** Keys of one pass; where some are fresh, those alone that one of these has. */
function* entriesOf<R>(table: Table<R>, pass: number, fresh: Fresh | null): Generator<number, Float64Array> {
  let entries = new Float64Array(1024);
  let length = 0;
  const length0 = table.length();
  const wanted = fresh === null ? null : new Set<number>();
  if (fresh !== null && wanted !== null) {
    for (const record of fresh) if (table.has(record)) table.meet(pass, record, (key) => wanted.add(key));
  }
  if (wanted?.size === 0) return entries.subarray(0, 0);
  let record = 0;
  const meet = (key: number): void => {
    if (wanted !== null && !wanted.has(key)) return;
    if (length === entries.length) {
      const longer = new Float64Array(length * 2);
      longer.set(entries);
      entries = longer;
    }
    entries[length] = key * mostRecords + record;
    length += 1;
  };
  for (; record < length0; record += 1) {
    if (table.has(record)) table.meet(pass, record, meet);
    if (record % recordsAStep === recordsAStep - 1) yield recordsAStep;
  }
  yield length0 % recordsAStep;
  return entries.subarray(0, length);
}

/**
 * Every pair of a pass, in the order of the keys; the same pair may come again in another pass. Yields how many records
 * it looked at: each once for its keys, and once for its pairs.
 */
export function* pairsOf<R>(table: Table<R>, pass: number, fresh: Fresh | null, visit: Visit): Generator<number> {
  const entries = yield* entriesOf(table, pass, fresh);
  for (const _ of sortInSteps(entries)) yield 0;
  let visited = 0;
  const visitPair = (one: number, other: number): void => {
    visited += 1;
    if (one === other || (fresh !== null && !fresh.has(one) && !fresh.has(other))) return;
    if (table.metBefore(pass, one, other)) return;
    visit(Math.min(one, other), Math.max(one, other));
  };
  const share = table.length() / Math.max(1, entries.length);
  let said = 0;
  for (let begin = 0; begin < entries.length;) {
    const key = hashIn(entries[begin] ?? 0);
    let end = begin + 1;
    while (end < entries.length && hashIn(entries[end] ?? 0) === key) end += 1;
    if (end - begin > 1) {
      const members = entries.subarray(begin, end);
      for (let at = 0; at < members.length; at += 1) members[at] = (members[at] ?? 0) - key * mostRecords;
      if (members.length <= largestBlock) visitAll(members, visitPair);
      else yield* visitLarge(table, members, visitPair, () => (visited > pairsAStep ? ((visited = 0), true) : false));
    }
    begin = end;
    if (visited > pairsAStep || begin - said > recordsAStep) {
      yield (begin - said) * share;
      said = begin;
      visited = 0;
    }
  }
  yield (entries.length - said) * share;
}

function visitAll(members: Float64Array, visit: Visit): void {
  for (let i = 0; i < members.length; i += 1) {
    for (let j = i + 1; j < members.length; j += 1) visit(members[i] ?? 0, members[j] ?? 0);
  }
}

function* visitLarge<R>(
  table: Table<R>,
  members: Float64Array,
  visit: Visit,
  isTime: () => boolean,
): Generator<number> {
  const sorted = new Float64Array(members.length);
  // the last facet is everything a record says
  for (let facet = 0; facet <= table.facets; facet += 1) {
    let said = 0;
    for (let at = 0; at < members.length; at += 1) {
      const member = members[at] ?? 0;
      const value = facet < table.facets ? table.facet(facet, member) : table.signature(member);
      if (value !== 0) {
        sorted[said] = value * mostRecords + member;
        said += 1;
      }
      if (at % recordsAStep === recordsAStep - 1) yield 0;
    }
    const parts = sorted.subarray(0, said);
    for (const _ of sortInSteps(parts)) yield 0;
    for (let begin = 0; begin < parts.length;) {
      const value = hashIn(parts[begin] ?? 0);
      let end = begin + 1;
      while (end < parts.length && hashIn(parts[end] ?? 0) === value) end += 1;
      const isSmall = end - begin <= largestBlock;
      const reach = isSmall ? largestBlock : facet < table.facets ? 0 : neighbours;
      for (let i = reach > 0 ? begin : end; i < end; i += 1) {
        const a = (parts[i] ?? 0) % mostRecords;
        for (let j = i + 1; j < Math.min(end, i + 1 + reach); j += 1) visit(a, (parts[j] ?? 0) % mostRecords);
        if (isTime()) yield 0;
      }
      begin = end;
    }
  }
}
