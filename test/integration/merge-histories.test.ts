/** Whatever laptops merge, edit, link and take back without hearing of each other: once they did, they agree, and fall silent. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { undoWrite } from '../../db/change-log/undo.ts';
import { checkStore } from '../../db/check.ts';
import { derivedData } from '../../db/derived/checks.ts';
import { mergeRecords } from '../../db/merge/merge-records.ts';
import { liveRowIdOf, standingId, standingRow } from '../../db/merge/redirects.ts';
import { readStored } from '../../db/records/read.ts';
import { createRecord, setDeleted, updateRecord, write } from '../../db/records/write.ts';
import {
  copiesOf,
  discard,
  everything,
  type Laptop,
  lastWriteOf,
  linesOf,
  takeLines,
  team,
} from '../helpers/laptops.ts';

const laptopCount = 3;
const contactCount = 4;

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('merge' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('edit' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('link' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('undo' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('send' as const) }) },
);
const steps = fc.array(
  fc.record({
    step,
    laptop: fc.nat(laptopCount - 1),
    a: fc.nat(contactCount - 1),
    b: fc.nat(contactCount - 1),
    at: fc.nat(50),
  }),
  { minLength: 3, maxLength: 22 },
);

const sendAll = (from: Laptop, into: Laptop) => takeLines(into, from, linesOf(from, 0, lastWriteOf(from)));

function meet(laptops: readonly Laptop[]): void {
  for (let round = 0; round < 6; round += 1) {
    const before = laptops.map(lastWriteOf).join();
    for (const from of laptops) for (const into of laptops) if (from !== into) sendAll(from, into);
    if (laptops.map(lastWriteOf).join() === before) return;
  }
}

function whatIsWrong({ store }: Laptop): unknown[] {
  const checking = checkStore(store);
  let next = checking.next();
  while (!next.done) next = checking.next();
  return [...next.value.filter((each) => !each.ok), ...derivedData.flatMap((each) => each.check(store) ?? [])];
}

it('laptops agree after any histories of merges, edits and undos', { timeout: 240_000 }, async () => {
  const { laptops } = await team(laptopCount);
  const [first] = laptops;
  if (!first) throw new Error('laptops');
  const contacts = write(first.store, { cause: 'edit' }, (w) => {
    const account = createRecord(w, 'account', { name: 'Contoso' });
    const list = createRecord(w, 'subscriptionList', { name: 'News' });
    return Array.from({ length: contactCount }, (_, n) => {
      const made = createRecord(w, 'contact', { givenName: `Eva ${n}`, accountId: n % 2 ? account.id : null });
      createRecord(w, 'lead', { topic: 'Pumps', contactId: made.id });
      createRecord(w, 'listMember', { listId: list.id, contactId: made.id });
      return made.uuid;
    });
  }).value;
  meet(laptops);

  fc.assert(
    fc.property(steps, (history) => {
      const copies = copiesOf(laptops);
      try {
        const writes: number[][] = copies.map(() => []);
        for (const [index, { step: taken, laptop: which, a, b, at }] of history.entries()) {
          const laptop = copies[which] as Laptop;
          const { store } = laptop;
          laptop.clock.nowMs += 1000 + at;
          const row = liveRowIdOf(store, 'contact', contacts[a] ?? '') ?? 0;
          const other = liveRowIdOf(store, 'contact', contacts[b] ?? '') ?? 0;
          const isAlive = (id: number) => readStored(store, 'contact', id)?.deletedAtMs === null;
          const own = writes[which] ?? [];
          switch (taken.kind) {
            case 'merge': {
              if (row === other || !isAlive(row) || !isAlive(other)) break;
              const done = write(store, { cause: 'merge' }, (w) =>
                mergeRecords(w, { entity: 'contact', keep: row, others: [other], choices: {} }),
              );
              if (done.writeId !== null) own.push(done.writeId);
              break;
            }
            case 'edit':
              write(store, { cause: 'edit' }, (w) =>
                updateRecord(w, 'contact', row, { jobTitle: `Job ${at}`, allowPhone: at % 2 === 0 }),
              );
              break;
            case 'link':
              write(store, { cause: 'edit' }, (w) =>
                createRecord(w, 'interaction', {
                  kind: 'meetingHeld',
                  occurredAtMs: w.atMs,
                  eventKey: `${index}`,
                  contactId: row,
                }),
              );
              break;
            case 'undo': {
              const writeId = own.splice(at % Math.max(1, own.length), 1)[0];
              if (writeId !== undefined) undoWrite(store, writeId);
              break;
            }
            case 'remove':
              write(store, { cause: 'edit' }, (w) => setDeleted(w, 'contact', row, at % 3 !== 0));
              break;
            case 'send':
              sendAll(laptop, copies[(which + 1 + (at % 2)) % laptopCount] as Laptop);
          }
        }
        meet(copies);
        const [one, ...others] = copies;
        for (const each of others) expect(everything(each)).toEqual(everything(one as Laptop));
        for (const each of copies) {
          expect(whatIsWrong(each)).toEqual([]);
          for (const uuid of contacts) {
            // whatever an id leads to stands for itself
            const standing = standingId(each.store, 'contact', uuid);
            expect(standingId(each.store, 'contact', standing)).toBe(standing);
          }
          const pointed = each.store.sql('SELECT DISTINCT contactId FROM interaction').pluck().all() as number[];
          const lost = pointed.filter((id) => standingRow(each.store, 'contact', id) !== id);
          expect(lost).toEqual([]);
        }
        const silent = copies.map(lastWriteOf);
        meet(copies);
        expect(copies.map(lastWriteOf)).toEqual(silent);
      } finally {
        discard(copies);
      }
    }),
    { numRuns: Number(process.env.MERGE_RUNS ?? 10) },
  );
});
