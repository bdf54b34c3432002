import { describe, expect, it } from 'vitest';
import { checkStore } from '../../db/check.ts';
import { searchRecords } from '../../db/duplicates/search.ts';
import { counterOf } from '../../db/query/remembered.ts';
import { createRecord, write } from '../../db/records/write.ts';
import { seedStore } from '../../db/seed/seed.ts';
import { type ReadableStore, writeSetting } from '../../db/store.ts';
import { countReviewItems } from '../../db/records/review-item.ts';
import { writeDemo } from '../../electron/features/maintenance/demo.ts';
import { writeShippedConfiguration } from '../../electron/features/setup/shipped.ts';
import { freshStore, readerOf } from '../helpers/store.ts';

function workspace() {
  const test = freshStore();
  const { value } = write(test.store, { cause: 'system' }, (w) => {
    writeShippedConfiguration(w);
    return createRecord(w, 'user', { name: 'Kim', role: 'marketer' });
  });
  writeSetting(test.store.connection, 'userId', value.uuid);
  test.store.userRow = value.id;
  return test;
}

function unhealthy(store: ReadableStore) {
  const steps = checkStore(store);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value.filter((each) => !each.ok);
  }
}

const seedAll = (test: ReturnType<typeof freshStore>, contacts: number, seed: number) => {
  const steps = seedStore(test.store, { contacts, seed });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
};

describe('made-up records', () => {
  it('come in the reference ratios, whole, and the same for the same seed', () => {
    const one = workspace();
    const other = workspace();
    expect(seedAll(one, 600, 5)).toMatchObject({ contacts: 600, leads: 600, accounts: 30 });
    seedAll(other, 600, 5);
    const labels = (store: ReadableStore) => store.sql('SELECT label FROM contact ORDER BY id').pluck().all();
    expect(labels(one.store)).toEqual(labels(other.store));
    expect(unhealthy(readerOf(one))).toEqual([]);
    const scripts = labels(one.store).join('');
    for (const script of [
      /\p{Script=Thai}/u,
      /\p{Script=Han}/u,
      /\p{Script=Arabic}/u,
      /\p{Script=Cyrillic}/u,
      /Ø|é/u,
    ]) {
      expect(scripts).toMatch(script);
    }
    // nobody twice when it goes on
    seedAll(one, 100, 5);
    const emails = one.store.sql('SELECT count(*) - count(DISTINCT addressKey) FROM contact_email').pluck().get();
    expect(emails).toBe(0);
  });
});

describe('the demo', () => {
  it('shows every screen something, by the real rules, and is whole', async () => {
    const test = workspace();
    const { store } = test;
    await writeDemo(store, Date.UTC(2026, 4, 12, 14, 30));
    const count = (name: string) => counterOf(store, name);
    expect(count('contact')).toBe(311);
    expect(count('account')).toBe(41);
    expect(count('event')).toBe(3);
    expect(count('lead')).toBe(241);
    expect(count('lead:unlinked')).toBe(8);
    const stages = store
      .sql("SELECT name FROM counter WHERE name LIKE 'lead:stage:%' AND value > 4 ORDER BY name")
      .pluck()
      .all();
    expect(stages).toEqual([
      'lead:stage:automatedMarketingQualification',
      'lead:stage:inquiry',
      'lead:stage:salesAcceptance',
      'lead:stage:teleprospectAcceptance',
      'lead:stage:teleprospectQualification',
    ]);
    const few = ['opportunity', 'task:open', 'lead:salesInbox', 'registration', 'checkIn', 'consentChange'].filter(
      (name) => count(name) < 4,
    );
    expect(few).toEqual([]);
    const kept = ['customField', 'note', 'attachment'].filter((name) => count(name) < 5);
    expect(kept).toEqual([]);
    expect(countReviewItems(store)).toBe(5);
    expect(store.sql('SELECT created, unchanged, pending FROM import_run').all()).toEqual([
      { created: 9, unchanged: 4, pending: 2 },
    ]);
    const twice = (['contact', 'account', 'lead'] as const).map((entity) => {
      const steps = searchRecords(store, entity, 0.9);
      let step = steps.next();
      while (step.done !== true) step = steps.next();
      return step.value.pairs.length;
    });
    expect(twice).toEqual([4, 1, 2]);
    const scored = store.sql('SELECT count(*) FROM lead WHERE score > 0').pluck().get();
    expect(scored).toBeGreaterThan(100);
    expect(store.sql('SELECT memberCount FROM segment').pluck().get()).toBeGreaterThan(2);
    expect(store.sql('SELECT count(*) FROM call_queue_item').pluck().get()).toBeGreaterThan(15);
    expect(unhealthy(readerOf(test))).toEqual([]);
  });
});
