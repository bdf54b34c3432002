/** A second search of the store: what changed in between, and nothing else, is compared again. */
import { describe, expect, it } from 'vitest';
import { undoWrite } from '../../db/change-log/undo.ts';
import { type SearchedRecords, type SearchState, searchRecords } from '../../db/duplicates/search.ts';
import { keptLearned } from '../../db/duplicates/learned.ts';
import { readStored, uuidOf } from '../../db/records/read.ts';
import { createRecord, setDeleted, updateRecord, write } from '../../db/records/write.ts';
import { duplicatesHandlers } from '../../electron/features/duplicates/duplicates.handlers.ts';
import { readableStore } from '../../db/store.ts';
import { workspaceWith } from '../helpers/calls.ts';
import { contextOf } from '../helpers/context.ts';

const emails = (address: string) => [
  { address, kind: 'work', primary: true, optedOut: false, bounced: false, valid: true } as const,
];

/** Two hundred people, no two of them one. */
function filled() {
  const made = workspaceWith(duplicatesHandlers);
  const { store } = made.test;
  const rows = write(store, { cause: 'edit' }, (w) =>
    Array.from({ length: 200 }, (_, at) => {
      const name = `Person${String.fromCharCode(97 + (at % 26), 97 + (Math.floor(at / 26) % 26))}`;
      return createRecord(w, 'contact', {
        givenName: `Given${at}`,
        familyName: name,
        birthDate: `19${10 + (at % 80)}-0${1 + (at % 9)}-11`,
        emails: emails(`given${at}.${name}@x.example`.toLowerCase()),
      }).id;
    }),
  ).value;
  const names = (searched: SearchedRecords): (readonly [number, number])[] =>
    searched.pairs.map(({ a, b }) => {
      const [first = 0, second = 0] = [searched.rows[a], searched.rows[b]].toSorted((x = 0, y = 0) => x - y);
      return [first, second] as const;
    });
  const search = (before: SearchState | null = null): SearchedRecords => {
    const steps = searchRecords(store, 'contact', 0.9, { before });
    for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
  };
  return { ...made, store, rows, names, search };
}

describe('a second search', () => {
  it('compares what was added, changed, removed and put back, and finds what a first one would', () => {
    const { store, rows, names, search } = filled();
    const first = search();
    expect(first.pairs).toEqual([]);
    const [one = 0, other = 0] = rows;
    const edit = write(store, { cause: 'edit' }, (w) => {
      updateRecord(w, 'contact', other, {
        givenName: 'Given0',
        familyName: 'Personaa',
        birthDate: '1910-01-11',
        emails: emails('given0.personaa@x.example'),
      });
    });
    const second = search(first.state);
    expect(names(second)).toEqual([[one, other]]);
    expect(second.compared).toBeLessThan(first.compared / 4);
    expect(second.state).toBe(first.state);
    expect(names(search())).toEqual([[one, other]]);

    write(store, { cause: 'edit' }, (w) => setDeleted(w, 'contact', one, true));
    expect(search(second.state)).toMatchObject({ pairs: [], records: 199 });
    write(store, { cause: 'edit' }, (w) => setDeleted(w, 'contact', one, false));
    expect(names(search(second.state))).toEqual([[one, other]]);
    undoWrite(store, edit.writeId ?? 0);
    expect(search(second.state)).toMatchObject({ pairs: [], records: 200 });
    expect(search(second.state).compared).toBe(0);
  });

  it('that is stopped anywhere loses nothing', () => {
    const { store, names, search } = filled();
    const { state } = search();
    const added = write(store, { cause: 'edit' }, (w) =>
      ['Given5', 'Given7'].map(
        (givenName, at) =>
          createRecord(w, 'contact', {
            givenName,
            familyName: `Persona${at === 0 ? 'f' : 'h'}`,
            birthDate: at === 0 ? '1915-06-11' : '1917-08-11',
            emails: emails(at === 0 ? 'given5.personaf@x.example' : 'given7.personah@x.example'),
          }).id,
      ),
    ).value;
    for (const steps of [1, 3, 20, 60]) {
      const stopped = searchRecords(store, 'contact', 0.9, { before: state });
      for (let step = 0; step < steps; step += 1) stopped.next();
      stopped.return({} as SearchedRecords);
    }
    const found = search(state);
    expect(names(found).map(([, later]) => later)).toEqual(added);
    expect(names(search())).toEqual(names(found));
  });

  it('reads everything again where much has changed', () => {
    const { store, rows, search } = filled();
    const first = search();
    write(store, { cause: 'edit' }, (w) => {
      for (const row of rows.slice(0, 60)) updateRecord(w, 'contact', row, { company: 'Acme' });
    });
    expect(search(first.state).state).not.toBe(first.state);
  });

  it('by a window starts from what the one before left', async () => {
    const { get, store, rows } = filled();
    const first = await get('duplicates.search', { of: 'contact' });
    const [, other = 0] = rows;
    write(store, { cause: 'edit' }, (w) => updateRecord(w, 'contact', other, { company: 'Acme' }));
    const second = await get('duplicates.search', { of: 'contact' });
    expect(second.records).toBe(200);
    expect(second.compared).toBeLessThan(first.compared / 4);
  });
});

describe('what a search learned', () => {
  it('is kept for explanations after a restart, and the next search begins from it', async () => {
    const { test, get, store, rows } = filled();
    const ids = write(store, { cause: 'edit' }, (w) =>
      Array.from({ length: 40 }, (_, at) => {
        const { familyName = null, birthDate = null } = readStored(store, 'contact', rows[at] ?? 0)?.values ?? {};
        return createRecord(w, 'contact', { givenName: `Given${at}n`, familyName, birthDate });
      }),
    ).value;
    const pair = { of: 'contact', a: uuidOf(store, 'contact', rows[0] ?? 0), b: ids[0]?.uuid ?? '' } as const;
    const found = await get('duplicates.search', { of: 'contact' });
    const told = await get('duplicates.explain', pair);
    await get('duplicates.keepLearned', { of: 'contact', learned: found.learned });
    // a store that was opened anew remembers nothing by itself
    const reopened = { ...contextOf(test), store: readableStore(test.store.connection) };
    expect(await duplicatesHandlers['duplicates.explain'](pair, reopened)).toMatchObject({
      value: { probability: told.probability, priorBits: told.priorBits },
    });
    const again = await duplicatesHandlers['duplicates.search']({ of: 'contact' }, reopened);
    expect(again).toMatchObject({ value: { pairs: found.pairs, compared: found.compared } });
    expect(again.ok && again.value.learned.lambda / found.learned.lambda).toBeCloseTo(1, 1);
  });

  it('is left alone where it is not of the fields that are compared now', async () => {
    const { test, get } = filled();
    const { learned } = await get('duplicates.search', { of: 'contact' });
    const ofNobody = await get('duplicates.search', { of: 'account' });
    await get('duplicates.keepLearned', { of: 'account', learned });
    await get('duplicates.keepLearned', { of: 'account', learned: ofNobody.learned });
    await get('duplicates.keepLearned', { of: 'contact', learned: { ...learned, m: learned.m.slice(1) } });
    expect([keptLearned(test.store, 'account'), keptLearned(test.store, 'contact')]).toEqual([null, null]);
    await get('duplicates.keepLearned', { of: 'contact', learned });
    expect(keptLearned(test.store, 'contact')).toEqual(learned);
  });
});
