import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { undoWrite } from '../../../db/change-log/undo.ts';
import { checkStore } from '../../../db/check.ts';
import type { StoredPatch } from '../../../db/records/entity-storage.ts';
import { storageOf } from '../../../db/records/storages.ts';
import { binSet, isPlainField, updateSet } from '../../../db/records/update-set.ts';
import { createRecord, setDeleted, updateRecord, write } from '../../../db/records/write.ts';
import type { ReadableStore } from '../../../db/store.ts';
import { entityNames, entityOf } from '../../../shared/model/entities.ts';
import { consentLevels, ratings } from '../../../shared/model/picklists.ts';
import { freshStore } from '../../helpers/store.ts';

const people = 12;

function filled() {
  const test = freshStore();
  write(test.store, { cause: 'edit' }, (w) => {
    for (const name of ['Kim', 'Lee']) createRecord(w, 'user', { name });
    for (let index = 0; index < people; index += 1) {
      const contact = createRecord(w, 'contact', {
        givenName: `Name${index}`,
        marketingOnly: index % 3 === 0,
        ownerId: index % 4 === 0 ? 1 : null,
      });
      createRecord(w, 'lead', { topic: `Topic ${index % 2}`, contactId: index % 5 === 0 ? null : contact.id });
    }
  });
  write(test.store, { cause: 'edit' }, (w) => {
    setDeleted(w, 'contact', 2, true);
    setDeleted(w, 'lead', 3, true);
  });
  return test;
}

/** Everything but identities: those are made up anew in each database. */
function picture(store: ReadableStore) {
  const users = new Map(
    (store.sql('SELECT lower(hex(uid)) AS uid, id FROM user').all() as { uid: string; id: number }[]).map((row) => [
      row.uid,
      row.id,
    ]),
  );
  const withoutUids = (text: string) =>
    text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (uuid) =>
      String(users.get(uuid.replaceAll('-', '')) ?? 'other'),
    );
  const rows = (sql: string) => store.sql(sql).all() as Record<string, unknown>[];
  const strip = (row: Record<string, unknown>) => ({ ...row, uid: null, version: null });
  return {
    contacts: rows('SELECT * FROM contact ORDER BY id').map(strip),
    leads: rows('SELECT * FROM lead ORDER BY id').map(strip),
    counters: rows('SELECT * FROM counter WHERE value <> 0 ORDER BY name'),
    log: rows('SELECT writeId, entity, recordId, created, fields FROM change ORDER BY writeId, entity, recordId').map(
      (row) => ({ ...row, fields: JSON.parse(withoutUids(String(row.fields))) as unknown }),
    ),
    search: rows(`SELECT rowid FROM contact_search WHERE contact_search MATCH '"nam"'`),
  };
}

function unhealthy(store: ReadableStore) {
  const steps = checkStore(store);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value.filter((each) => !each.ok);
  }
}

const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const contactPatch: fc.Arbitrary<StoredPatch<'contact'>> = fc.record(
  {
    ownerId: orNull(fc.constantFrom(1, 2)),
    marketingOnly: fc.boolean(),
    consentLevel: fc.constantFrom(...consentLevels),
    preferredLanguage: orNull(fc.constantFrom('nl', 'th')),
    addresses: fc.constantFrom(
      [],
      [
        {
          kind: 'work' as const,
          street: 'A 1',
          street2: null,
          city: 'Gent',
          region: null,
          postalCode: null,
          country: 'BE',
        },
      ],
    ),
    jobTitle: orNull(fc.constantFrom('Buyer', 'Director')),
  },
  { requiredKeys: [] },
);
const leadPatch: fc.Arbitrary<StoredPatch<'lead'>> = fc.record(
  {
    ownerId: orNull(fc.constantFrom(1, 2)),
    rating: orNull(fc.constantFrom(...ratings)),
    budgetAmount: orNull(fc.constantFrom(0, 1, 12.5)),
    decisionMaker: orNull(fc.boolean()),
    contactId: orNull(fc.constantFrom(1, 4)),
    productIds: fc.constantFrom([], ['01900000-0000-7000-8000-000000000001']),
  },
  { requiredKeys: [] },
);
const picked = fc.uniqueArray(fc.integer({ min: 1, max: people }));

describe('the set form of the write path', () => {
  it('leaves the same records, log, counters and search as one record after another, and undo takes it back', () => {
    fc.assert(
      fc.property(picked, contactPatch, picked, leadPatch, (contacts, ofContacts, leads, ofLeads) => {
        const one = filled();
        const set = filled();
        write(one.store, { cause: 'edit' }, (w) => {
          for (const id of contacts) updateRecord(w, 'contact', id, ofContacts);
          for (const id of leads) updateRecord(w, 'lead', id, ofLeads);
        });
        const before = picture(set.store);
        const { writeId } = write(set.store, { cause: 'edit' }, (w) => {
          updateSet(w, 'contact', contacts, ofContacts);
          updateSet(w, 'lead', leads, ofLeads);
        });
        expect(picture(set.store)).toEqual(picture(one.store));
        expect(unhealthy(set.store)).toEqual([]);
        if (writeId === null) return;
        expect(undoWrite(set.store, writeId).ok).toBe(true);
        const after = picture(set.store);
        expect(after.contacts.map((row) => ({ ...row, updatedAtMs: null }))).toEqual(
          before.contacts.map((row) => ({ ...row, updatedAtMs: null })),
        );
        expect(after.search).toEqual(before.search);
      }),
      { numRuns: 12 },
    );
  });

  it('moves records to the bin as one after another would, with counters, search and account counts', () => {
    fc.assert(
      fc.property(picked, picked, (contacts, leads) => {
        const one = filled();
        const set = filled();
        for (const { store } of [one, set]) {
          write(store, { cause: 'edit' }, (w) => {
            const account = createRecord(w, 'account', { name: 'Engines' });
            for (const id of [1, 4, 5]) updateRecord(w, 'contact', id, { accountId: account.id });
          });
        }
        let moved = 0;
        write(one.store, { cause: 'edit' }, (w) => {
          for (const id of contacts) if (setDeleted(w, 'contact', id, true)) moved += 1;
          for (const id of leads) if (setDeleted(w, 'lead', id, true)) moved += 1;
        });
        const before = picture(set.store);
        const { writeId, value } = write(
          set.store,
          { cause: 'edit' },
          (w) => binSet(w, 'contact', contacts) + binSet(w, 'lead', leads),
        );
        expect(value).toBe(moved);
        const timeless = (store: ReadableStore) => {
          const { contacts: people, leads: topics, log, ...rest } = picture(store);
          const still = (row: Record<string, unknown>) => ({
            ...row,
            createdAtMs: null,
            updatedAtMs: null,
            deletedAtMs: row.deletedAtMs === null,
          });
          const changed = log.map((row) => ({ ...row, fields: Object.keys(row.fields as object) }));
          return { ...rest, people: people.map(still), topics: topics.map(still), changed };
        };
        expect(timeless(set.store)).toEqual(timeless(one.store));
        expect(unhealthy(set.store)).toEqual([]);
        if (writeId === null) return;
        expect(undoWrite(set.store, writeId).ok).toBe(true);
        expect(picture(set.store).search).toEqual(before.search);
        expect(unhealthy(set.store)).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  it('knows which fields nothing else follows from', () => {
    for (const entity of entityNames) {
      const { fields } = entityOf(entity);
      const initial = Object.fromEntries(
        Object.entries(fields).map(([name, field]) => [name, field.initial ?? (field.required ? '' : null)]),
      );
      const full = {
        ...initial,
        ...Object.fromEntries(
          Object.entries(fields)
            .filter(([, field]) => field.kind === 'text' || field.kind === 'longText')
            .map(([name]) => [name, `a ${name}`]),
        ),
      };
      const storage = storageOf(entity);
      for (const [name, field] of Object.entries(fields)) {
        if (!isPlainField(entity, name) || field.derived) continue;
        for (const values of [initial, full]) {
          const other = { ...values, [name]: field.kind === 'json' ? ['x'] : 'x' };
          expect([entity, name, storage.project(other as never)]).toEqual([
            entity,
            name,
            storage.project(values as never),
          ]);
        }
        expect(storage.children?.some((child) => child.from === name) ?? false).toBe(false);
      }
    }
  });
});
