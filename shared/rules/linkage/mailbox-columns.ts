/** The mailboxes of all records of a table. */
import { createColumn, push } from './columns.ts';
import { hashOf } from './counts.ts';
import { leastEdits, lettersIn } from './letters.ts';
import { areNear, compareMailboxLooks, type Mailbox, numbersHash } from './mailbox.ts';
import { createRemembered, createValues } from './values.ts';

export function createMailboxColumns() {
  const lettersOfDomain: number[] = [0];
  const domains = createValues((_id, domain) => lettersOfDomain.push(lettersIn(domain)));
  const near = createRemembered((a, b) => Number(areNear(domains.text(a), domains.text(b))), 16);
  const keys: string[] = [];
  const hashes = createColumn('u32');
  const locals = createColumn('u16');
  const domainIds = createColumn('u32');
  const letters = createColumn('u32');
  const numbers = createColumn('u32');
  const roles = createColumn('u8');
  const begins = createColumn('u32');
  push(begins, 0);
  const look = (at: number) => ({
    key: keys[at] ?? '',
    local: locals.data[at] ?? 0,
    localLetters: letters.data[at] ?? 0,
    localNumbers: numbers.data[at] ?? 0,
  });
  return {
    add(mailboxes: readonly Mailbox[]): void {
      for (const { key, local, domain, isRole } of mailboxes) {
        keys.push(key);
        push(hashes, hashOf(key));
        push(locals, local.length);
        push(domainIds, domains.idOf(domain));
        push(letters, lettersIn(local));
        push(numbers, numbersHash(local));
        push(roles, isRole ? 1 : 0);
      }
      push(begins, keys.length);
    },
    clear(): void {
      keys.length = 0;
      for (const column of [hashes, locals, domainIds, letters, numbers, roles]) column.length = 0;
      begins.length = 1;
    },
    begin: (record: number): number => begins.data[record] ?? 0,
    isRole: (at: number): boolean => roles.data[at] === 1,
    hash: (at: number): number => hashes.data[at] ?? 0,
    local: (at: number): string => (keys[at] ?? '').slice(0, locals.data[at]),
    compare(x: number, y: number): 0 | 1 | 2 | 3 | 4 | 5 {
      if (hashes.data[x] === hashes.data[y] && keys[x] === keys[y]) return 0;
      const [one, other] = [domainIds.data[x] ?? 0, domainIds.data[y] ?? 0];
      return compareMailboxLooks(look(x), look(y), one === other, () => {
        const least = leastEdits(lettersOfDomain[one] ?? 0, lettersOfDomain[other] ?? 0);
        return least <= 2 && near(one, other) === 1;
      });
    },
  };
}
