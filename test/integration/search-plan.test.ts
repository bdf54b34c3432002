import { expect, it } from 'vitest';
import { listRecords } from '../../db/query/list.ts';
import { orderOf, sortFieldsOf } from '../../db/query/orders.ts';
import { searchEverything } from '../../db/query/search-everything.ts';
import { createRecord, write } from '../../db/records/write.ts';
import type { ReadableStore } from '../../db/store.ts';
import { listInputSchema, type ListInput, listViewIds } from '../../shared/contract/records.ts';
import type { EntityName } from '../../shared/model/entities.ts';
import { freshStore } from '../helpers/store.ts';

/** The store, with the plan of every statement that is asked noted down. */
function watched(store: ReadableStore) {
  const plans = new Map<string, string[]>();
  const watching: ReadableStore = {
    connection: store.connection,
    sql(text) {
      if (!plans.has(text)) {
        const blanks = (text.match(/\?/g) ?? []).map(() => null);
        const rows = store.connection.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...blanks) as { detail: string }[];
        plans.set(
          text,
          rows.map((row) => row.detail),
        );
      }
      return store.sql(text);
    },
  };
  return { watching, plans };
}

/** Goes over a whole table, or sorts: what a hot query must not do. (`SCAN x USING INDEX` walks an order.) */
const isSlow = (detail: string): boolean =>
  /TEMP B-TREE/.test(detail) ||
  (detail.startsWith('SCAN ') && !/USING (COVERING )?INDEX|VIRTUAL TABLE|json_each/.test(detail));

function slowPlans(ask: (store: ReadableStore) => void): string[] {
  const { store } = freshStore();
  write(store, { cause: 'edit' }, (w) => {
    for (let index = 0; index < 1200; index += 1) {
      const contact = createRecord(w, 'contact', { givenName: `Ann${index}`, ownerId: null });
      createRecord(w, 'lead', { topic: `Robots ${index}`, contactId: contact.id });
    }
    createRecord(w, 'account', { name: 'Contoso' });
  });
  const { watching, plans } = watched(store);
  ask(watching);
  expect(plans.size).toBeGreaterThan(2);
  return [...plans].flatMap(([text, details]) => details.filter(isSlow).map((detail) => `${detail} in ${text}`));
}

const page = (store: ReadableStore, entity: EntityName, input: ListInput): void => {
  listRecords(store, entity, listInputSchema.parse(input), { userRow: 1, filters: [] });
};

const large = ['contact', 'account', 'lead'] as const;

it('pages of large lists walk an index from a cursor or an anchor, in every order that has one', () => {
  const slow = slowPlans((store) => {
    for (const entity of large) {
      for (const field of sortFieldsOf(store, entity)) {
        expect(orderOf(store, entity, { field, direction: 'asc' })?.index).not.toBeNull();
        for (const direction of ['asc', 'desc'] as const) {
          const sort = { field, direction };
          page(store, entity, { sort });
          page(store, entity, { sort, offset: 1100 });
        }
      }
    }
    page(store, 'interaction', {});
    page(store, 'task', { sort: { field: 'dueAtMs', direction: 'asc' } });
  });
  expect(slow).toEqual([]);
});

it('views of roles walk an index of their own', () => {
  const slow = slowPlans((store) => {
    for (const entity of large) {
      for (const view of listViewIds) {
        if (view === 'bin') continue;
        page(store, entity, { view });
        page(store, entity, { view, offset: 1100 });
      }
    }
  });
  expect(slow).toEqual([]);
});

it('search asks the trigram index, and sorts no more than the few it found', () => {
  const slow = slowPlans((store) => {
    for (const search of ['a', 'an', 'ann', 'ann11', '+32 475']) page(store, 'contact', { search });
    searchEverything(store, 'ann', 8);
  });
  // the few hits of a rare word are sorted: at most 2,000
  expect(slow.filter((plan) => !/json_each/.test(plan))).toEqual([]);
});
