/** A contact is on a subscription list once, and joining and leaving are things it did. */
import { describe, expect, it } from 'vitest';
import { derivedData } from '../../db/derived/checks.ts';
import { undoWrite } from '../../db/change-log/undo.ts';
import { readStoredWhere } from '../../db/records/read.ts';
import { createRecord, setDeleted, updateRecord, write } from '../../db/records/write.ts';
import type { WritableStore } from '../../db/store.ts';
import { everything, type Laptop, lastWriteOf, linesOf, takeLines, team } from '../helpers/laptops.ts';
import { freshStore } from '../helpers/store.ts';

const interactions = (store: WritableStore) =>
  (
    store
      .sql(
        "SELECT kind FROM interaction WHERE kind IN ('subscribed', 'unsubscribed') AND deletedAtMs IS NULL ORDER BY id",
      )
      .pluck()
      .all() as string[]
  ).join(' ');
const members = (store: WritableStore) => readStoredWhere(store, 'listMember', 'deletedAtMs IS NULL').length;

function alone() {
  const { store, clock } = freshStore();
  const made = write(store, { cause: 'edit' }, (w) => ({
    list: createRecord(w, 'subscriptionList', { name: 'News' }),
    ann: createRecord(w, 'contact', { givenName: 'Ann' }),
    bo: createRecord(w, 'contact', { givenName: 'Bo' }),
  })).value;
  const join = (contactId: number) => {
    clock.nowMs += 1000;
    const listId = made.list.id;
    return write(store, { cause: 'edit' }, (w) => createRecord(w, 'listMember', { listId, contactId }));
  };
  const leave = (memberId: number, deleted = true) => {
    clock.nowMs += 1000;
    return write(store, { cause: 'edit' }, (w) => setDeleted(w, 'listMember', memberId, deleted));
  };
  return { store, clock, ...made, join, leave };
}

describe('membership of a list', () => {
  it('is had once, however often a contact is put on it, and joining is one interaction', () => {
    const { store, ann, join } = alone();
    join(ann.id);
    join(ann.id);
    expect(members(store)).toBe(1);
    expect(interactions(store)).toBe('subscribed');
    for (const each of derivedData) expect([each.name, each.check(store)]).toEqual([each.name, null]);
  });

  it('that is left and taken up again is an interaction each time', () => {
    const { store, ann, join, leave } = alone();
    const member = join(ann.id).value.id;
    leave(member);
    leave(member, false);
    expect(interactions(store)).toBe('subscribed unsubscribed subscribed');
    expect(store.sql('SELECT DISTINCT subject FROM interaction').pluck().all()).toEqual(['News']);
  });

  it('that is put back by undo takes its interaction back, and does not count as leaving', () => {
    const { store, ann, join } = alone();
    const { writeId } = join(ann.id);
    undoWrite(store, writeId ?? 0);
    expect(members(store)).toBe(0);
    expect(interactions(store)).toBe('');
    join(ann.id);
    expect(interactions(store)).toBe('subscribed');
  });

  it('of two contacts that become one is one', () => {
    const { store, ann, bo, join } = alone();
    join(ann.id);
    const second = join(bo.id).value.id;
    write(store, { cause: 'merge' }, (w) => updateRecord(w, 'listMember', second, { contactId: ann.id }));
    expect(members(store)).toBe(1);
    expect(interactions(store)).toBe('subscribed subscribed');
  });

  it('given by two laptops that did not know of each other is one on both, with one interaction', async () => {
    const { laptops } = await team(2);
    const [ann, bo] = laptops as [Laptop, Laptop];
    const send = (from: Laptop, into: Laptop) => takeLines(into, from, linesOf(from, 0, lastWriteOf(from)));
    write(ann.store, { cause: 'edit' }, (w) => {
      createRecord(w, 'subscriptionList', { name: 'News' });
      createRecord(w, 'contact', { familyName: 'Maes' });
    });
    send(ann, bo);
    for (const { store, clock } of [ann, bo]) {
      clock.nowMs += 5000;
      const row = (table: string) => store.sql(`SELECT max(id) FROM ${table}`).pluck().get() as number;
      write(store, { cause: 'edit' }, (w) =>
        createRecord(w, 'listMember', { listId: row('subscription_list'), contactId: row('contact') }),
      );
    }
    let conflicts = 0;
    for (let round = 0; round < 2; round += 1) {
      conflicts += send(ann, bo).conflicts + send(bo, ann).conflicts;
    }
    expect(conflicts).toBe(0);
    for (const { store } of [ann, bo]) {
      expect(members(store)).toBe(1);
      expect(interactions(store)).toBe('subscribed');
    }
    expect(everything(ann)).toEqual(everything(bo));
    // leaving on one is leaving on both
    const [member] = readStoredWhere(bo.store, 'listMember', 'deletedAtMs IS NULL');
    bo.clock.nowMs += 5000;
    write(bo.store, { cause: 'edit' }, (w) => setDeleted(w, 'listMember', member?.id ?? 0, true));
    send(bo, ann);
    expect(members(ann.store)).toBe(0);
    expect(interactions(ann.store)).toBe('subscribed unsubscribed');
  });
});
