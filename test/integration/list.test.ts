import { describe, expect, it } from 'vitest';
import { listRecords } from '../../db/query/list.ts';
import { orderOf, sortFieldsOf } from '../../db/query/orders.ts';
import { listInputSchema, type ListInput, listViewIds } from '../../shared/contract/records.ts';
import { entityNames, type EntityName } from '../../shared/model/entities.ts';
import { createRecord, setDeleted, updateRecord, write } from '../../db/records/write.ts';
import type { ReadableStore } from '../../db/store.ts';
import { freshStore, readerOf } from '../helpers/store.ts';

const email = (address: string) => ({
  address,
  kind: 'work' as const,
  primary: true,
  optedOut: false,
  bounced: false,
  valid: true,
});
const phone = (number: string, e164: string | null) => ({
  number,
  e164,
  extension: null,
  kind: 'work' as const,
  primary: true,
  doNotCall: false,
  valid: e164 !== null,
});

function list<E extends EntityName>(store: ReadableStore, entity: E, input: ListInput, userRow: number | null = null) {
  const result = listRecords(store, entity, listInputSchema.parse(input), { userRow, filters: [] });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const labels = (store: ReadableStore, input: ListInput, entity: EntityName = 'contact') =>
  list(store, entity, input).rows.map((row) => row.label);

/** Deterministic, so that a failure can be seen again. */
function numbers(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

const names = ['Ann', 'Åse', 'Émile', 'Olga', 'Zoë', 'Никита', '芳', 'สมชาย', 'Łukasz', 'bob'];
const companies = ['Contoso', 'Fabrikam', 'ÅF', null, 'contoso', null, 'Tailspin'];

function fill(test: ReturnType<typeof freshStore>, count: number): void {
  const next = numbers(7);
  for (let batch = 0; batch < count; batch += 250) {
    test.clock.nowMs += 60_000;
    write(test.store, { cause: 'seed' }, (w) => {
      for (let index = batch; index < Math.min(count, batch + 250); index += 1) {
        createRecord(w, 'contact', {
          givenName: names[next(names.length)] ?? null,
          familyName: next(9) === 0 ? null : `Name${next(count)}`,
          company: companies[next(companies.length)] ?? null,
          marketingOnly: next(3) === 0,
        });
      }
    });
  }
}

describe('lists', () => {
  it('give every record once, in order, by pages from a cursor and by offset from anywhere, up and down', () => {
    const test = freshStore();
    fill(test, 1700);
    const reader = readerOf(test);
    for (const field of sortFieldsOf(reader, 'contact')) {
      const order = orderOf(reader, 'contact', { field, direction: 'asc' });
      for (const direction of ['asc', 'desc'] as const) {
        for (const view of ['all', 'sales', 'marketingOnly'] as const) {
          const sort = { field, direction };
          const expected = test.store
            .sql(
              `SELECT lower(hex(uid)) FROM contact WHERE deletedAtMs IS NULL
               ${view === 'all' ? '' : `AND marketingOnly = ${view === 'sales' ? 0 : 1}`}
               ORDER BY ${order?.column} IS NULL, ${order?.column} ${direction}, id ${direction}`,
            )
            .pluck()
            .all();
          const walked: string[] = [];
          let after: string | undefined;
          do {
            const page = list(reader, 'contact', { limit: 400, sort, view, ...(after ? { after } : {}) });
            expect(page.total).toBe(expected.length);
            expect(page.offset).toBe(walked.length);
            walked.push(...page.rows.map((row) => row.id.replaceAll('-', '')));
            after = page.next ?? undefined;
          } while (after);
          expect(walked).toEqual(expected);
          for (const offset of [0, 1, 255, 256, 257, 999, 1001, 1200, 1500, 1690, 5000]) {
            const page = list(reader, 'contact', { limit: 30, offset, sort, view });
            expect(
              page.rows.map((row) => row.id.replaceAll('-', '')),
              `${field} ${direction} ${view} ${offset}`,
            ).toEqual(expected.slice(offset, offset + 30));
          }
        }
      }
    }
  });

  it('stay right while records come, change and go', () => {
    const test = freshStore();
    fill(test, 1400);
    const reader = readerOf(test);
    const middle = () => labels(reader, { limit: 20, offset: 1100 });
    const truth = () =>
      test.store
        .sql('SELECT label FROM contact WHERE deletedAtMs IS NULL ORDER BY labelKey, id LIMIT 20 OFFSET 1100')
        .pluck()
        .all();
    expect(middle()).toEqual(truth());
    write(test.store, { cause: 'edit' }, (w) => {
      for (let id = 1; id < 60; id += 1) setDeleted(w, 'contact', id, true);
      for (let id = 60; id < 90; id += 1) updateRecord(w, 'contact', id, { givenName: 'Aaron' });
    });
    expect(middle()).toEqual(truth());
    expect(list(reader, 'contact', { limit: 1 }).total).toBe(1341);
    expect(list(reader, 'contact', { limit: 1, view: 'bin' }).total).toBe(59);
  });

  it('refuse an order, a view and a cursor that they do not have, in a sentence', () => {
    const { store } = freshStore();
    const ask = (input: ListInput) =>
      listRecords(store, 'contact', listInputSchema.parse(input), { userRow: null, filters: [] });
    expect(ask({ sort: { field: 'birthDate; DROP TABLE contact', direction: 'asc' } })).toMatchObject({
      ok: false,
      error: { code: 'badInput' },
    });
    expect(ask({ view: 'unlinked' })).toMatchObject({ ok: false, error: { code: 'badInput' } });
    expect(ask({ after: 'nonsense' })).toMatchObject({ ok: false, error: { code: 'badInput' } });
  });

  it('exist for every kind of record, in every order and view', () => {
    const { store } = freshStore();
    for (const entity of entityNames) {
      for (const field of sortFieldsOf(store, entity)) {
        for (const direction of ['asc', 'desc'] as const) {
          expect(list(store, entity, { sort: { field, direction } })).toMatchObject({ rows: [], total: 0, next: null });
          expect(list(store, entity, { sort: { field, direction }, offset: 3000 }).rows).toEqual([]);
        }
      }
      for (const view of listViewIds) {
        const result = listRecords(store, entity, listInputSchema.parse({ view }), { userRow: 1, filters: [] });
        expect(result.ok ? result.value.total : result.error.code).toBe(result.ok ? 0 : 'badInput');
      }
    }
  });

  it('show each role its own', () => {
    const { store } = freshStore();
    write(store, { cause: 'edit' }, (w) => {
      const user = createRecord(w, 'user', { name: 'Sam' });
      const full = createRecord(w, 'account', { name: 'Contoso', ownerId: user.id });
      createRecord(w, 'account', { name: 'Empty' });
      const ann = createRecord(w, 'contact', { givenName: 'Ann', accountId: full.id });
      createRecord(w, 'contact', { givenName: 'Bo', marketingOnly: true });
      const lead = (topic: string, more: object) => createRecord(w, 'lead', { topic, ...more });
      lead('unlinked', { stage: 'inquiry' });
      lead('phone me', { stage: 'teleprospectAcceptance', contactId: ann.id });
      lead('ready', { stage: 'salesAcceptance', salesReady: true, contactId: ann.id, ownerId: user.id });
      lead('closed', { stage: 'salesAcceptance', salesReady: true, contactId: ann.id, status: 'disqualified' });
    });
    const view = (entity: EntityName, id: (typeof listViewIds)[number]) => {
      const page = list(store, entity, { view: id }, 1);
      expect(page.total).toBe(page.rows.length);
      return page.rows.map((row) => row.label).toSorted();
    };
    expect(view('contact', 'sales')).toEqual(['Ann']);
    expect(view('contact', 'marketingOnly')).toEqual(['Bo']);
    expect(view('account', 'withoutContact')).toEqual(['Empty']);
    expect(view('account', 'mine')).toEqual(['Contoso']);
    expect(view('lead', 'unlinked')).toEqual(['unlinked']);
    expect(view('lead', 'teleprospecting')).toEqual(['phone me']);
    expect(view('lead', 'sales')).toEqual(['ready']);
    expect(view('lead', 'mine')).toEqual(['ready']);
    expect(view('lead', 'open')).toEqual(['phone me', 'ready', 'unlinked']);
  });

  it('mark an account whose last contact left', () => {
    const { store } = freshStore();
    const { value } = write(store, { cause: 'edit' }, (w) => {
      const account = createRecord(w, 'account', { name: 'Contoso' });
      return createRecord(w, 'contact', { givenName: 'Ann', accountId: account.id });
    });
    const without = () => list(store, 'account', { view: 'withoutContact' }).total;
    expect(without()).toBe(0);
    write(store, { cause: 'edit' }, (w) => setDeleted(w, 'contact', value.id, true));
    expect(without()).toBe(1);
    write(store, { cause: 'edit' }, (w) => setDeleted(w, 'contact', value.id, false));
    expect(without()).toBe(0);
    write(store, { cause: 'edit' }, (w) => updateRecord(w, 'contact', value.id, { accountId: null }));
    expect(without()).toBe(1);
  });
});

describe('search in a list', () => {
  const people = (test: ReturnType<typeof freshStore>) =>
    write(test.store, { cause: 'edit' }, (w) => {
      createRecord(w, 'contact', {
        givenName: 'José',
        familyName: 'Østergaard',
        emails: [email('jose@fjord.example')],
      });
      createRecord(w, 'contact', { givenName: '芳', familyName: '王', company: 'Łódź Works' });
      createRecord(w, 'contact', { givenName: 'สมชาย', familyName: 'ใจดี' });
      createRecord(w, 'contact', { givenName: '민준', familyName: '김' });
      createRecord(w, 'contact', { givenName: 'Ann', phones: [phone('0475/12.34.56', '+32475123456')] });
      createRecord(w, 'contact', { givenName: 'Anna "Annie"', familyName: "O'Neil%_" });
    });

  it.each([
    ['ost', ['José Østergaard']],
    ['ØSTER', ['José Østergaard']],
    ['jose fjord', ['José Østergaard']],
    ['fjord nowhere', []],
    ['芳', ['王芳']],
    ['王', ['王芳']],
    ['王芳', ['王芳']],
    ['민준', ['김민준']],
    ['สม', ['สมชาย ใจดี']],
    ['มชาย', ['สมชาย ใจดี']],
    ['a', ['Ann', 'Anna "Annie" O\'Neil%_']],
    ['an', ['Ann', 'Anna "Annie" O\'Neil%_']],
    ['nn', []],
    ['lodz', ['王芳']],
    ['+32 475 12 34 56', ['Ann']],
    ['0475 123', ['Ann']],
    ['0032 475', ['Ann']],
    ['(0475) 12-34-56', ['Ann']],
    ['%', []],
    ["'; DROP TABLE contact", []],
    ['"annie"', ['Anna "Annie" O\'Neil%_']],
    ['   ', ['Ann', 'Anna "Annie" O\'Neil%_', 'José Østergaard', 'สมชาย ใจดี', '王芳', '김민준']],
  ])('finds %s', (search, expected) => {
    const test = freshStore();
    people(test);
    expect(labels(test.store, { search })).toEqual(expected);
    expect(list(test.store, 'contact', { search }).total).toBe(expected.length);
  });

  it('gives many hits in the list’s order, with the exact number, page by page and at any depth', () => {
    const test = freshStore();
    fill(test, 6000);
    for (const search of ['name', 'na', 'contoso', 'name1', 'contoso name']) {
      for (const field of ['label', 'company', 'updatedAtMs']) {
        const sort = { field, direction: 'desc' as const };
        const order = orderOf(test.store, 'contact', sort);
        const needles = search.split(' ').map((word) => (word.length < 3 ? `  ${word}` : word));
        const expected = test.store
          .sql(
            `SELECT label FROM contact WHERE ${needles.map(() => 'instr(searchText, ?) > 0').join(' AND ')}
             ORDER BY ${order?.column} IS NULL, ${order?.column} DESC, id DESC`,
          )
          .pluck()
          .all(...needles);
        const first = list(test.store, 'contact', { search, sort, limit: 40 });
        expect(first.total).toBe(expected.length);
        expect(first.rows.map((row) => row.label)).toEqual(expected.slice(0, 40));
        const second = list(test.store, 'contact', { search, sort, limit: 40, after: first.next ?? '' });
        expect(second.rows.map((row) => row.label)).toEqual(expected.slice(40, 80));
        expect(labels(test.store, { search, sort, limit: 40, offset: 1500 })).toEqual(expected.slice(1500, 1540));
      }
    }
  });

  it('counts many hits anew after each change, also for a view', () => {
    const test = freshStore();
    fill(test, 6000);
    const truth = (more: string) =>
      test.store
        .sql(`SELECT count(*) FROM contact WHERE deletedAtMs IS NULL AND instr(searchText, 'contoso') > 0 ${more}`)
        .pluck()
        .get();
    const totals = () => [
      list(test.store, 'contact', { search: 'contoso' }).total,
      list(test.store, 'contact', { search: 'contoso', view: 'sales' }).total,
    ];
    const expected = () => [truth(''), truth('AND marketingOnly = 0')];
    expect(totals()).toEqual(expected());
    write(test.store, { cause: 'edit' }, (w) => {
      for (let id = 1; id <= 50; id += 1)
        updateRecord(w, 'contact', id, { company: id % 2 === 0 ? 'Contoso' : 'Con tos oso' });
      for (let id = 51; id <= 60; id += 1) setDeleted(w, 'contact', id, true);
      for (let id = 61; id <= 70; id += 1) updateRecord(w, 'contact', id, { marketingOnly: true });
      createRecord(w, 'contact', { givenName: 'Zed', company: 'Contoso' });
    });
    expect(totals()).toEqual(expected());
  });

  it('forgets what is gone and finds what is new at once', () => {
    const test = freshStore();
    people(test);
    expect(labels(test.store, { search: 'ann' })).toHaveLength(2);
    write(test.store, { cause: 'edit' }, (w) => setDeleted(w, 'contact', 5, true));
    expect(labels(test.store, { search: 'ann' })).toHaveLength(1);
    expect(labels(test.store, { search: 'ann', view: 'bin' })).toEqual(['Ann']);
    write(test.store, { cause: 'edit' }, (w) => updateRecord(w, 'contact', 1, { givenName: 'Hannah' }));
    expect(labels(test.store, { search: 'ann' })).toHaveLength(2);
  });
});
