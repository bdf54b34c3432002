/** Merges of laptops that had not heard of each other: all come to the same, whatever the order. */
import { describe, expect, it } from 'vitest';
import { undoWrite } from '../../db/change-log/undo.ts';
import { checkStore } from '../../db/check.ts';
import { derivedData } from '../../db/derived/checks.ts';
import { mergeRecords } from '../../db/merge/merge-records.ts';
import { standingId } from '../../db/merge/redirects.ts';
import { readWire, rowIdOf } from '../../db/records/read.ts';
import { createRecord, updateRecord, write } from '../../db/records/write.ts';
import { everything, type Laptop, lastWriteOf, linesOf, takeLines, team, waiting } from '../helpers/laptops.ts';

const sendAll = (from: Laptop, into: Laptop) => takeLines(into, from, linesOf(from, 0, lastWriteOf(from)));

/** Everybody hears of everything, and of what that made them do. */
function meet(laptops: readonly Laptop[]): void {
  for (let round = 0; round < 4; round += 1) {
    for (const from of laptops) for (const into of laptops) if (from !== into) sendAll(from, into);
  }
}

const email = (address: string) => [
  { address, kind: 'work' as const, primary: true, optedOut: false, bounced: false, valid: true },
];

async function shared(size = 2) {
  const { laptops } = await team(size);
  const [ann, bo, cem = laptops[1]] = laptops;
  if (!ann || !bo || !cem) throw new Error('laptops');
  const made = write(ann.store, { cause: 'edit' }, (w) => {
    const a = createRecord(w, 'contact', { givenName: 'Eva', jobTitle: 'Buyer', emails: email('eva@x.example') });
    const b = createRecord(w, 'contact', { givenName: 'Eva', company: 'Contoso', emails: email('eva@home.example') });
    const list = createRecord(w, 'subscriptionList', { name: 'News' });
    for (const { id } of [a, b]) {
      createRecord(w, 'listMember', { listId: list.id, contactId: id });
      createRecord(w, 'interaction', {
        kind: 'badgeScanned',
        occurredAtMs: w.atMs,
        eventKey: `scan ${id}`,
        contactId: id,
      });
    }
    return { a: a.uuid, b: b.uuid };
  }).value;
  meet(laptops);
  const row = (laptop: Laptop, uuid: string) => rowIdOf(laptop.store, 'contact', uuid) ?? 0;
  const merge = (laptop: Laptop, keep: string, other: string) => {
    laptop.clock.nowMs += 1000;
    return write(laptop.store, { cause: 'merge' }, (w) =>
      mergeRecords(w, { entity: 'contact', keep: row(laptop, keep), others: [row(laptop, other)], choices: {} }),
    ).writeId;
  };
  const record = (laptop: Laptop, contact: string, key: string) => {
    laptop.clock.nowMs += 1000;
    return write(laptop.store, { cause: 'edit' }, (w) =>
      createRecord(w, 'interaction', {
        kind: 'meetingHeld',
        occurredAtMs: w.atMs,
        eventKey: key,
        contactId: row(laptop, contact),
      }),
    ).value.uuid;
  };
  const edit = (laptop: Laptop, contact: string, patch: Parameters<typeof updateRecord<'contact'>>[3]) => {
    laptop.clock.nowMs += 1000;
    write(laptop.store, { cause: 'edit' }, (w) => updateRecord(w, 'contact', row(laptop, contact), patch));
  };
  return { ...made, laptops, ann, bo, cem, merge, record, edit };
}

function agree(laptops: readonly Laptop[]): void {
  const [first, ...others] = laptops;
  if (!first) throw new Error('laptops');
  for (const each of others) expect(everything(each)).toEqual(everything(first));
  for (const { store } of laptops) {
    expect(derivedData.flatMap((each) => each.check(store) ?? [])).toEqual([]);
    const steps = checkStore(store);
    let step = steps.next();
    while (!step.done) step = steps.next();
    expect(step.value.filter((each) => !each.ok)).toEqual([]);
  }
}

const whose = (laptop: Laptop): Record<string, number> => {
  const rows = laptop.store
    .sql(
      `SELECT lower(hex(contact.uid)) AS id, count(*) AS n FROM interaction JOIN contact ON contact.id = interaction.contactId
       WHERE interaction.kind IN ('badgeScanned', 'meetingHeld')
       GROUP BY contact.id`,
    )
    .all() as { id: string; n: number }[];
  return Object.fromEntries(rows.map(({ id, n }) => [id.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'), n]));
};

describe('a merge of another laptop', () => {
  it('arrives whole, and what this one recorded meanwhile follows to the survivor', async () => {
    const { a, b, laptops, ann, bo, merge, record, edit } = await shared();
    merge(ann, a, b);
    record(bo, b, 'call with b');
    edit(bo, b, { company: 'Contoso Ltd', consentLevel: 'none', allowPhone: false, nickname: 'Evi' });
    meet(laptops);
    agree(laptops);
    expect(whose(bo)).toEqual({ [a]: 3 });
    // Contoso was taken over from the merged record, and goes on changing with it
    expect(readWire(ann.store, 'contact', a)).toMatchObject({
      jobTitle: 'Buyer',
      company: 'Contoso Ltd',
      nickname: 'Evi',
      allowPhone: false,
    });
    expect(standingId(bo.store, 'contact', b)).toBe(a);
    expect(bo.store.sql('SELECT count(*) AS n FROM list_member WHERE deletedAtMs IS NULL').get()).toEqual({ n: 1 });
  });

  it('is taken back with what followed because of it', async () => {
    const { a, b, laptops, ann, bo, merge, record } = await shared();
    const before = everything(ann, ['contact', 'interaction', 'listMember']);
    const writeId = merge(ann, a, b) ?? 0;
    record(bo, b, 'call with b');
    meet(laptops);
    expect(whose(ann)).toEqual({ [a]: 3 });
    ann.clock.nowMs += 60_000;
    expect(undoWrite(ann.store, writeId)).toMatchObject({ ok: true });
    expect(whose(ann)).toEqual({ [a]: 1, [b]: 2 });
    meet(laptops);
    agree(laptops);
    expect(whose(bo)).toEqual({ [a]: 1, [b]: 2 });
    expect(standingId(bo.store, 'contact', b)).toBe(b);
    const strip = (all: Record<string, unknown>) =>
      Object.fromEntries(
        Object.entries(all).map(([key, value]) => [key, { ...(value as object), updatedAtMs: 0, version: 0 }]),
      );
    const after = everything(bo, ['contact', 'interaction', 'listMember']);
    expect(strip(after)).toMatchObject(strip(before));
  });

  it('takes in what a third laptop linked to the merged record before it heard of it', async () => {
    const { a, b, laptops, ann, bo, cem, merge, record } = await shared(3);
    merge(ann, a, b);
    const call = record(cem, b, 'call with b');
    sendAll(cem, bo);
    sendAll(ann, bo);
    expect(readWire(bo.store, 'interaction', call)?.contactId).toBe(a);
    meet(laptops);
    agree(laptops);
    for (const laptop of laptops) expect(waiting(laptop)).toEqual({ changes: 0, references: 0 });
  });
});

describe('two laptops that merge the same pair', () => {
  it('in opposite directions end with the record made first, with everything of both', async () => {
    const { a, b, laptops, ann, bo, merge, record, edit } = await shared();
    edit(ann, a, { jobTitle: 'Head of Buying' });
    const annWrite = merge(ann, b, a) ?? 0;
    bo.clock.nowMs += 30_000;
    const boWrite = merge(bo, a, b) ?? 0;
    record(ann, b, 'at Ann');
    record(bo, a, 'at Bo');
    meet(laptops);
    agree(laptops);
    for (const laptop of laptops) {
      expect(whose(laptop)).toEqual({ [a]: 4 });
      expect(standingId(laptop.store, 'contact', b)).toBe(a);
      expect(standingId(laptop.store, 'contact', a)).toBe(a);
      const survivor = readWire(laptop.store, 'contact', a);
      expect(survivor).toMatchObject({ deletedAtMs: null, jobTitle: 'Head of Buying', company: 'Contoso' });
      expect(survivor?.emails.map(({ address }) => address).toSorted()).toEqual(['eva@home.example', 'eva@x.example']);
      expect(readWire(laptop.store, 'contact', b)?.deletedAtMs).not.toBeNull();
    }
    // nothing more to say
    const writes = laptops.map(lastWriteOf);
    meet(laptops);
    expect(laptops.map(lastWriteOf)).toEqual(writes);
    // the one that stands can be taken back
    bo.clock.nowMs += 60_000;
    expect(undoWrite(bo.store, boWrite)).toMatchObject({ ok: true });
    meet(laptops);
    agree(laptops);
    expect(whose(ann)).toEqual({ [a]: 2, [b]: 2 });
    ann.clock.nowMs += 60_000;
    undoWrite(ann.store, annWrite);
    meet(laptops);
    agree(laptops);
  });

  it('in the same direction end with one merge', async () => {
    const { a, b, laptops, ann, bo, merge } = await shared();
    merge(ann, a, b);
    merge(bo, a, b);
    meet(laptops);
    agree(laptops);
    expect(whose(ann)).toEqual({ [a]: 2 });
  });
});

it('lets the later of two merges of one record stand, and leaves the two survivors two', async () => {
  const { a, b, laptops, ann, bo, merge } = await shared();
  const c = write(ann.store, { cause: 'edit' }, (w) => createRecord(w, 'contact', { givenName: 'Eve' })).value.uuid;
  meet(laptops);
  merge(ann, a, b);
  bo.clock.nowMs += 60_000;
  merge(bo, c, b);
  meet(laptops);
  agree(laptops);
  for (const laptop of laptops) {
    expect(standingId(laptop.store, 'contact', b)).toBe(c);
    expect(readWire(laptop.store, 'contact', a)?.deletedAtMs).toBeNull();
    expect(readWire(laptop.store, 'contact', c)?.deletedAtMs).toBeNull();
  }
});

it('breaks a ring of three laptops that each merged another pair', async () => {
  const { a, b, laptops, ann, bo, cem, merge } = await shared(3);
  const c = write(ann.store, { cause: 'edit' }, (w) => createRecord(w, 'contact', { givenName: 'Eve' })).value.uuid;
  meet(laptops);
  merge(ann, b, a);
  merge(bo, c, b);
  merge(cem, a, c);
  meet(laptops);
  agree(laptops);
  for (const laptop of laptops) {
    for (const id of [a, b, c]) expect(standingId(laptop.store, 'contact', id)).toBe(a);
    expect(whose(laptop)).toEqual({ [a]: 2 });
  }
});
