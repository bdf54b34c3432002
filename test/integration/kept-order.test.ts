/** What is kept in memory between questions follows every change as if it were made anew. */
import { expect, it } from 'vitest';
import { keepOrderAhead, keptOrder } from '../../db/query/kept-order.ts';
import { listRecords } from '../../db/query/list.ts';
import { orderOf } from '../../db/query/orders.ts';
import { makeAhead } from '../../db/query/ahead.ts';
import { hasWords, isWord, knownWords, markHolding, readWordsAhead } from '../../db/query/search-words.ts';
import { selectionOf } from '../../db/query/selection.ts';
import { viewOf } from '../../db/query/views.ts';
import { chance } from '../../db/seed/random.ts';
import { createRecord, setDeleted, updateRecord, write } from '../../db/records/write.ts';
import type { ReadableStore } from '../../db/store.ts';
import { freshStore, readerOf, type TestStore } from '../helpers/store.ts';

const names = ['Ann', 'Åsa', 'zoë', '王芳', 'สมชาย', 'Martin', 'Ømer', 'Ann-Marie'];

function fill({ store }: TestStore, count: number): void {
  const drawn = chance(1);
  write(store, { cause: 'import' }, (w) => {
    for (let number = 0; number < count; number += 1) {
      createRecord(w, 'contact', {
        givenName: drawn.pick(names),
        familyName: `Family${drawn.below(900)}`,
        ...(drawn.below(3) === 0
          ? {}
          : { company: drawn.pick(['Contoso', 'Fabrikam', 'Ångström', 'ann.corp@firm-7.example', 'A&B/Søn 3com']) }),
        marketingOnly: drawn.below(4) === 0,
      });
    }
  });
}

const orders = ['label', 'updatedAtMs', 'company'] as const;
const views = ['all', 'marketingOnly'] as const;

function everyOrder(store: ReadableStore): unknown {
  return orders.flatMap((field) =>
    views.map((view) => {
      const selection = viewOf('contact', view, null);
      const order = orderOf(store, 'contact', { field, direction: 'asc' });
      if (!selection || !order) throw new Error('no such order');
      const { keyed, blank } = keptOrder(store, selectionOf('contact', selection, [], []), order);
      return [field, view, [...keyed], [...blank]];
    }),
  );
}

function changeAny(test: TestStore, drawn: ReturnType<typeof chance>, count: number): void {
  const { nowMs } = test.clock;
  test.clock.nowMs = nowMs + 1000;
  write(test.store, { cause: 'edit' }, (w) => {
    for (let turn = 0; turn < 1 + drawn.below(count); turn += 1) {
      const id = 1 + drawn.below(1200);
      const kind = drawn.below(6);
      if (kind === 0) setDeleted(w, 'contact', id, drawn.below(2) === 0);
      else if (kind === 1) createRecord(w, 'contact', { givenName: drawn.pick(names), familyName: 'Newcomer' });
      else if (kind === 2) updateRecord(w, 'contact', id, { company: drawn.below(2) === 0 ? null : 'Northwind' });
      else if (kind === 3) updateRecord(w, 'contact', id, { marketingOnly: drawn.below(2) === 0 });
      else updateRecord(w, 'contact', id, { givenName: drawn.pick(names) });
    }
  });
}

it('an order that is kept equals one made anew after every change, in every view and also where keys are blank', () => {
  const test = freshStore();
  fill(test, 1200);
  const keeping = readerOf(test);
  const drawn = chance(7);
  everyOrder(keeping);
  for (let turn = 0; turn < 12; turn += 1) {
    changeAny(test, drawn, turn === 11 ? 400 : 20);
    expect(everyOrder(keeping)).toEqual(everyOrder(readerOf(test)));
  }
});

it('the words in memory find what is stored, after few changes, after thousands, and when read ahead', async () => {
  const test = freshStore();
  fill(test, 5200);
  const keeping = readerOf(test);
  await readWordsAhead(keeping, 'contact', () => Promise.resolve());
  const ahead = readerOf(test);
  let parts = 0;
  await readWordsAhead(ahead, 'contact', async () => {
    parts += 1;
    changeAny(test, chance(parts), 5);
  });
  expect(parts).toBeGreaterThan(1);
  for (const field of ['label', 'company'] as const) {
    const view = viewOf('contact', 'all', null);
    const order = orderOf(ahead, 'contact', { field, direction: 'asc' });
    if (!view || !order) throw new Error('no such order');
    const selection = selectionOf('contact', view, [], []);
    parts = 0;
    await keepOrderAhead(ahead, selection, order, async () => {
      parts += 1;
      changeAny(test, chance(parts), 5);
    });
    expect(parts).toBeGreaterThan(1);
    const { keyed, blank } = keptOrder(ahead, selection, order);
    const anew = keptOrder(readerOf(test), selection, order);
    expect([[...keyed], [...blank]]).toEqual([[...anew.keyed], [...anew.blank]]);
  }
  const drawn = chance(11);
  /** Any part of what is stored, and what words cannot tell alone: numbers, signs, the end of one and the next. */
  const someNeedles = (): readonly (readonly string[])[] => {
    const texts = test.store.sql('SELECT searchText FROM contact').pluck().all() as string[];
    const part = (): string => {
      const word = drawn.pick(drawn.pick(texts).split('  ').slice(1));
      const letters = [...word];
      const from = drawn.below(letters.length);
      const length = 1 + drawn.below(letters.length - from);
      return length < 3 ? `  ${letters.slice(0, length).join('')}` : letters.slice(from, from + length).join('');
    };
    const drawnOnes = Array.from({ length: 25 }, () => Array.from({ length: 1 + drawn.below(3) }, part));
    return [
      ...drawnOnes,
      ['ann'],
      ['王芳'],
      ['สมช'],
      ['family1'],
      ['newcomer', 'ann'],
      Array.from({ length: 18 }, () => 'an'),
      ['  a'],
      ['nobody'],
      ['@'],
    ];
  };
  const check = (store: ReadableStore): void => {
    const words = knownWords(store, 'contact');
    if (!words) throw new Error('the words are gone');
    for (const needles of someNeedles()) {
      const stored = test.store
        .sql(
          'SELECT id FROM contact WHERE NOT EXISTS (SELECT 1 FROM json_each(?) WHERE instr(contact.searchText, value) = 0)',
        )
        .pluck()
        .all(JSON.stringify(needles)) as number[];
      const { isMarked, count } = markHolding(words, needles);
      const marked = [...isMarked.keys()].filter((id) => isMarked[id] === 1);
      expect(marked).toHaveLength(count);
      if (needles.every(isWord)) expect(marked).toEqual(stored);
      else if (needles.every(hasWords)) expect(marked).toEqual(expect.arrayContaining(stored));
    }
  };
  check(ahead);
  changeAny(test, chance(3), 30);
  check(keeping);
  write(test.store, { cause: 'edit' }, (w) => {
    for (let id = 2000; id < 4500; id += 1) updateRecord(w, 'contact', id, { givenName: '王芳' });
    for (let number = 0; number < 50; number += 1)
      createRecord(w, 'contact', { givenName: 'Newcomer', familyName: 'Ann' });
  });
  check(keeping);
  check(ahead);
});

it('a search answers the same with the words in memory and without them', async () => {
  const test = freshStore();
  fill(test, 3000);
  const without = readerOf(test);
  const having = readerOf(test);
  await makeAhead(having, () => Promise.resolve());
  const ask = (store: ReadableStore, search: string, view: 'all' | 'sales') => {
    const found = listRecords(store, 'contact', { limit: 40, search, view }, { userRow: null, filters: [] });
    if (!found.ok) throw new Error(found.error.message);
    return [found.value.total, found.value.rows.map((row) => row.id)];
  };
  const everything = [
    'a',
    'an',
    'ann',
    'ann family1',
    'y1',
    '王',
    '芳',
    'สม',
    '12',
    '@',
    'family12',
    'n@',
    'nobody',
    '0',
  ];
  for (let turn = 0; turn < 3; turn += 1) {
    for (const search of everything) {
      for (const view of ['all', 'sales'] as const)
        expect([search, ...ask(having, search, view)]).toEqual([search, ...ask(without, search, view)]);
    }
    changeAny(test, chance(turn + 20), 30);
  }
});

it('a deep page of a view and its cursor go on where they should after a change', () => {
  const test = freshStore();
  fill(test, 5200);
  const reader = readerOf(test);
  const page = (input: { offset?: number; after?: string }) => {
    const found = listRecords(
      reader,
      'contact',
      { limit: 20, view: 'sales', ...input },
      { userRow: null, filters: [] },
    );
    if (!found.ok) throw new Error(found.error.message);
    return found.value;
  };
  const all = () =>
    test.store
      .sql('SELECT label FROM contact WHERE deletedAtMs IS NULL AND marketingOnly = 0 ORDER BY labelKey, id')
      .pluck()
      .all() as string[];
  for (let turn = 0; turn < 4; turn += 1) {
    const first = page({ offset: 2000 });
    const second = page({ after: first.next ?? '' });
    expect([...first.rows, ...second.rows].map((row) => row.label)).toEqual(all().slice(2000, 2040));
    changeAny(test, chance(turn), 10);
  }
});
