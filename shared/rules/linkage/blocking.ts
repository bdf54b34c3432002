/**
 * Which records are worth comparing: those that meet under a key (same sound of the name, same birth date, same mailbox
 * …), pass by pass (Newcombe 1959). A key that many share says little: such a block is walked in the order of what its
 * records say, each compared with its next few, so that equal records meet and the work stays small.
 *
 * Example: three records under one key give three pairs; a thousand give a thousand times twelve.
 */
import { hashOf } from './counts.ts';

const largestBlock = 80;
const neighbours = 12;
/** An entry is hash × 2^21 + record, exact in a double: more records than this need another layout. */
export const mostRecords = 2 ** 21;

export type Meetings = { meet(pass: number, key: string, record: number): void; passes(): readonly Float64Array[] };

/** Entries of each pass, growing as they come. */
export function createMeetings(records: number): Meetings {
  const entries: Float64Array[] = [];
  const lengths: number[] = [];
  return {
    meet(pass, key, record) {
      const length = lengths[pass] ?? 0;
      let list = entries[pass] ?? new Float64Array(Math.max(16, records));
      if (length === list.length) {
        const longer = new Float64Array(length * 2);
        longer.set(list);
        list = longer;
      }
      list[length] = hashOf(key) * mostRecords + record;
      entries[pass] = list;
      lengths[pass] = length + 1;
    },
    passes: () => entries.flatMap((list, pass) => [list.subarray(0, lengths[pass])]),
  };
}

/** Every pair of a pass, in the order of the keys; the same pair may come again in another pass. */
export function* pairsOf(
  entries: Float64Array,
  order: Uint32Array,
  visit: (a: number, b: number) => void,
): Generator<number> {
  entries.sort();
  let begin = 0;
  let saidAt = 0;
  while (begin < entries.length) {
    const key = Math.floor((entries[begin] ?? 0) / mostRecords);
    let end = begin + 1;
    while (end < entries.length && Math.floor((entries[end] ?? 0) / mostRecords) === key) end += 1;
    if (end - begin > 1) visitBlock(entries.subarray(begin, end), key, order, visit);
    begin = end;
    if (begin - saidAt >= 200) {
      yield begin - saidAt;
      saidAt = begin;
    }
  }
  yield begin - saidAt;
}

function visitBlock(block: Float64Array, key: number, order: Uint32Array, visit: (a: number, b: number) => void): void {
  let members = block.map((entry) => entry - key * mostRecords);
  const isLarge = members.length > largestBlock;
  if (isLarge) members = members.toSorted((a, b) => (order[a] ?? 0) - (order[b] ?? 0) || a - b);
  for (let i = 0; i < members.length; i += 1) {
    const end = isLarge ? Math.min(members.length, i + 1 + neighbours) : members.length;
    for (let j = i + 1; j < end; j += 1) {
      const a = members[i] ?? 0;
      const b = members[j] ?? 0;
      if (a !== b) visit(Math.min(a, b), Math.max(a, b));
    }
  }
}
