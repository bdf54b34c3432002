/** The phone numbers of all records of a table. */
import { createColumn, push } from './columns.ts';
import { hashOf } from './counts.ts';
import type { Comparison } from './kind.ts';
import { missing } from './model.ts';
import { editDistance } from './similarity.ts';

/** `isTypo`: whether two numbers that are not the same may be one and a slip of it. */
export function createPhoneColumns(isTypo: (a: string, b: string) => boolean) {
  const numbers: string[] = [];
  const hashes = createColumn('u32');
  const begins = createColumn('u32');
  push(begins, 0);
  return {
    add(phones: readonly string[]): void {
      for (const phone of phones) {
        numbers.push(phone);
        push(hashes, hashOf(phone));
      }
      push(begins, numbers.length);
    },
    clear(): void {
      numbers.length = 0;
      hashes.length = 0;
      begins.length = 1;
    },
    begin: (record: number): number => begins.data[record] ?? 0,
    number: (at: number): string => numbers[at] ?? '',
    hash: (at: number): number => hashes.data[at] ?? 0,
    compare(a: number, b: number, field: number, { levels, agreed }: Comparison): void {
      let best = missing;
      const endA = begins.data[a + 1] ?? 0;
      const endB = begins.data[b + 1] ?? 0;
      for (let x = begins.data[a] ?? 0; x < endA; x += 1) {
        const hash = hashes.data[x] ?? 0;
        const number = numbers[x] ?? '';
        for (let y = begins.data[b] ?? 0; y < endB; y += 1) {
          if (hash === hashes.data[y] && number === numbers[y]) {
            agreed[field] = hash;
            levels[field] = 0;
            return;
          }
          if (best > 1) best = isTypo(number, numbers[y] ?? '') ? 1 : 2;
        }
      }
      levels[field] = best;
    },
  };
}

export const isOneSlip = (a: string, b: string): boolean => editDistance(a, b, 1) === 1;

/** Or the same but for the country. */
export function isSlipOrLocal(a: string, b: string): boolean {
  return isOneSlip(a, b) || endsAs(a, b, 8);
}

function endsAs(a: string, b: string, letters: number): boolean {
  if (Math.min(a.length, b.length) < letters) return false;
  for (let back = 1; back <= letters; back += 1) {
    if (a.charCodeAt(a.length - back) !== b.charCodeAt(b.length - back)) return false;
  }
  return true;
}
