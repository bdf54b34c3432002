/** What is kept in memory between questions follows every change as if it were made anew. */
import { expect, it } from 'vitest';
import { keptOrder } from '../../db/query/kept-order.ts';
import { listRecords } from '../../db/query/list.ts';
import { orderOf } from '../../db/query/orders.ts';
import { allHolding, holding, readTextsAhead, searchTexts } from '../../db/query/search-texts.ts';
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
        ...(drawn.below(3) === 0 ? {} : { company: drawn.pick(['Contoso', 'Fabrikam', 'Ångström']) }),
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
      const order = orderOf('contact', { field, direction: 'asc' });
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

it('the texts in memory find what is stored, after few changes, after thousands, and when read ahead', async () => {
  const test = freshStore();
  fill(test, 5200);
  const keeping = readerOf(test);
  searchTexts(keeping, 'contact');
  const ahead = readerOf(test);
  let parts = 0;
  await readTextsAhead(ahead, 'contact', async () => {
    parts += 1;
    changeAny(test, chance(parts), 5);
  });
  expect(parts).toBeGreaterThan(1);
  const check = (store: ReadableStore): void => {
    for (const needles of [['ann'], ['王芳'], ['สมช'], ['family1'], ['newcomer', 'ann'], ['  a'], ['nobody']]) {
      const stored = test.store
        .sql(
          'SELECT id FROM contact WHERE NOT EXISTS (SELECT 1 FROM json_each(?) WHERE instr(contact.searchText, value) = 0)',
        )
        .pluck()
        .all(JSON.stringify(needles)) as number[];
      const texts = searchTexts(store, 'contact');
      const marks = allHolding(texts, needles);
      expect([...marks.keys()].filter((id) => marks[id] === 1)).toEqual(stored);
      const every = [...texts.places.keys()];
      expect(holding(texts, every, needles)).toEqual(stored);
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
