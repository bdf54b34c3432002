/** Segments through the use cases that the calls serve: counting, explaining, life, picks, suggestions, plans. */
import { describe, expect, it } from 'vitest';
import { compileFilters } from '../../db/query/segment/compile.ts';
import { segmentLookup } from '../../db/query/segment/definitions.ts';
import { storeData } from '../../db/query/segment/store-data.ts';
import { createRecord, setDeleted, updateRecord, write } from '../../db/records/write.ts';
import type { WritableStore } from '../../db/store.ts';
import { undoWrite } from '../../db/change-log/undo.ts';
import {
  count,
  explainContact,
  goLive,
  ids,
  members,
  setStaticMembers,
  stop,
  suggestions,
} from '../../electron/features/segments/segments.service.ts';
import { evaluate, type SegmentRecord } from '../../shared/rules/segment/evaluate.ts';
import type {
  GroupNode,
  Operator,
  Query,
  RowNode,
  SegmentNode,
  SegmentValue,
} from '../../shared/rules/segment/schema.ts';
import { fillRandomly, nowMs, randomFrom, uuidsOf } from '../helpers/segment-data.ts';
import { randomQuery } from '../helpers/segment-queries.ts';
import { freshStore } from '../helpers/store.ts';

const group = (match: 'all' | 'any', ...nodes: SegmentNode[]): GroupNode => ({ kind: 'group', match, nodes });
const row = (field: string, operator: Operator, ...values: SegmentValue[]): RowNode => ({
  kind: 'row',
  field,
  operator,
  values,
});
const leads = (...nodes: SegmentNode[]): SegmentNode => ({
  kind: 'related',
  relation: 'leads',
  quantifier: { kind: 'atLeast', count: 1 },
  where: group('all', ...nodes),
});
const ask = (...nodes: SegmentNode[]): Query => ({ version: 1, where: group('all', ...nodes) });

/** The seeds' first promise: leads of a conference, their contacts, narrowed to decision makers. */
const conference = ask(leads(row('topic', 'is', 'contoso CONFERENCE')), row('role', 'is', 'decisionMaker'));

function conferenceData(store: WritableStore) {
  return write(store, { cause: 'edit' }, (w) => {
    const contact = (givenName: string, role: 'decisionMaker' | 'employee' | null) =>
      createRecord(w, 'contact', { givenName, role, company: `${givenName} Inc.` });
    const people = {
      ann: contact('Ann', 'decisionMaker'),
      bob: contact('Bob', 'employee'),
      cy: contact('Cy', 'decisionMaker'),
    };
    const lead = (topic: string, contactId: number | null) => createRecord(w, 'lead', { topic, contactId });
    return {
      ...people,
      annLead: lead('Contoso conference', people.ann.id),
      bobLead: lead('Contoso Conférence', people.bob.id),
      other: lead('Fabrikam fair', people.cy.id),
      unlinked: lead('Contoso conference', null),
    };
  }).value;
}

describe('counting a question', () => {
  it('counts every node by itself, says what it asks, and how many leads it finds without a contact', () => {
    const { store } = freshStore();
    conferenceData(store);
    const answer = count(store, conference, true, nowMs);
    expect(answer).toEqual({
      ok: true,
      value: {
        count: 1,
        byPath: { '': 1, '0': 2, '0.0': 2, '1': 2 },
        leadsWithoutContact: 1,
        description:
          'Contacts where there is at least 1 lead where topic is “contoso CONFERENCE” and role is decision maker',
      },
    });
  });

  it('keeps the paths of nodes when others are disabled', () => {
    const { store } = freshStore();
    conferenceData(store);
    const [block, role] = conference.where.nodes as [SegmentNode, SegmentNode];
    const answer = count(store, ask({ ...block, disabled: true }, role), true, nowMs);
    expect(answer.ok && answer.value.byPath).toEqual({ '': 2, '1': 2 });
  });

  it('refuses a question that names a field which is gone, with the path, and answers nothing', () => {
    const { store } = freshStore();
    const answer = count(store, ask(row('role', 'hasData'), row('shoeSize', 'is', '44')), true, nowMs);
    expect(answer).toMatchObject({ ok: false, error: { code: 'queryInvalid', issues: [{ path: '1' }] } });
  });

  it('takes % and _ as the letters they are', () => {
    const { store } = freshStore();
    write(store, { cause: 'edit' }, (w) => {
      for (const company of ['100% Cotton', '100 Cottons', 'a_b', 'axb']) createRecord(w, 'contact', { company });
    });
    const total = (node: RowNode) => {
      const answer = count(store, ask(node), false, nowMs);
      return answer.ok ? answer.value.count : null;
    };
    expect(total(row('company', 'contains', '0%'))).toBe(1);
    expect(total(row('company', 'contains', '_'))).toBe(1);
    expect(total(row('company', 'beginsWith', 'a_'))).toBe(1);
    expect(total(row('company', 'endsWith', 'ton'))).toBe(1);
    expect(total(row('company', 'notContains', '%'))).toBe(3);
  });

  it('asks two thousand rows and refuses blocks nested deeper than the engine can', () => {
    const { store } = freshStore();
    conferenceData(store);
    const many = group('any', ...Array.from({ length: 2000 }, (_, n) => row('company', 'contains', `x${n}`)));
    expect(count(store, { version: 1, where: many }, false, nowMs)).toMatchObject({ ok: true, value: { count: 0 } });
    let deep: SegmentNode = row('topic', 'hasData');
    for (let level = 0; level < 6; level += 1) {
      deep = {
        kind: 'related',
        relation: 'contact',
        quantifier: { kind: 'all', count: 1 },
        where: group('all', leads(deep)),
      };
    }
    expect(count(store, ask(leads(deep)), true, nowMs)).toMatchObject({ ok: false, error: { code: 'queryInvalid' } });
  });
});

describe('why in, why not', () => {
  it('marks every node for one contact, with what was found', () => {
    const { store } = freshStore();
    const { bob } = conferenceData(store);
    const answer = explainContact(store, conference, bob.uuid, nowMs);
    expect(answer.ok && answer.value).toMatchObject({
      isMember: false,
      nodes: [
        { path: '', holds: false },
        { path: '0', holds: true, found: '1 of 1' },
        { path: '0.0', text: 'topic is “contoso CONFERENCE”', holds: true, found: '1 of 1' },
        { path: '1', text: 'role is decision maker', holds: false, found: 'employee' },
      ],
    });
    expect(explainContact(store, conference, '0192a000-0000-7000-8000-00000000dead', nowMs)).toMatchObject({
      error: { code: 'notFound' },
    });
  });

  it('agrees with membership for every contact, whatever is asked', () => {
    const { store, clock } = freshStore();
    const { rowsByEntity, records } = fillRandomly(store, 7, clock);
    const random = randomFrom(7);
    const contacts = (records.contact ?? []).filter((record) => record['deletedAtMs'] === null);
    const data = storeData(store, segmentLookup(store));
    for (let index = 0; index < 40; index += 1) {
      const query = randomQuery('contact', {
        random,
        ids: (entity) => uuidsOf(store, entity, (rowsByEntity.get(entity) ?? []).slice(0, 3)),
        segmentIds: [],
      });
      const found = ids(store, { query }, nowMs);
      const memberIds = new Set(found.ok ? found.value.ids : []);
      for (const contact of contacts.filter(() => random.chance(0.3))) {
        const answer = explainContact(store, query, contact.id, nowMs);
        expect(answer.ok && answer.value.isMember).toBe(memberIds.has(contact.id));
        expect(evaluate(query, contact as SegmentRecord, { data, nowMs })).toBe(memberIds.has(contact.id));
      }
    }
  });
});

describe('members', () => {
  it('come in pages in order of name, of a question or of a saved segment', () => {
    const { store } = freshStore();
    conferenceData(store);
    const query = ask(row('givenName', 'hasData'));
    const page = (limit: number, offset: number) => members(store, { query }, limit, offset, nowMs);
    expect(page(2, 0)).toMatchObject({
      value: { total: 3, rows: [{ label: 'Ann', company: 'Ann Inc.' }, { label: 'Bob' }] },
    });
    expect(page(2, 2)).toMatchObject({ value: { total: 3, rows: [{ label: 'Cy' }] } });
    const saved = write(store, { cause: 'edit' }, (w) => createRecord(w, 'segment', { name: 'All', query })).value;
    expect(members(store, { segmentId: saved.uuid }, 10, 0, nowMs)).toMatchObject({ value: { total: 3 } });
    expect(members(store, {}, 10, 0, nowMs)).toMatchObject({ error: { code: 'queryInvalid' } });
    expect(members(store, { segmentId: '0192a000-0000-7000-8000-00000000dead' }, 10, 0, nowMs)).toMatchObject({
      error: { code: 'notFound' },
    });
  });

  it('of a compound segment combine others in order', () => {
    const { store } = freshStore();
    conferenceData(store);
    const segment = (name: string, query: Query) =>
      write(store, { cause: 'edit' }, (w) => createRecord(w, 'segment', { name, query })).value.uuid;
    const all = segment('All', ask(row('givenName', 'hasData')));
    const bosses = segment('Bosses', ask(row('role', 'is', 'decisionMaker')));
    const named = (operations: { operation: 'union' | 'intersect' | 'except'; segmentId: string }[]) => {
      const uuid = write(store, { cause: 'edit' }, (w) =>
        createRecord(w, 'segment', { name: 'C', kind: 'compound', operations }),
      ).value.uuid;
      const page = members(store, { segmentId: uuid }, 10, 0, nowMs);
      return page.ok ? page.value.rows.map((each) => each.label) : page.error.code;
    };
    expect(
      named([
        { operation: 'union', segmentId: all },
        { operation: 'except', segmentId: bosses },
      ]),
    ).toEqual(['Bob']);
    expect(
      named([
        { operation: 'except', segmentId: bosses },
        { operation: 'intersect', segmentId: all },
      ]),
    ).toEqual(['Ann', 'Cy']);
  });
});

describe('the life of a segment', () => {
  const saved = (store: WritableStore, values: Parameters<typeof createRecord<'segment'>>[2]) =>
    write(store, { cause: 'edit' }, (w) => createRecord(w, 'segment', values)).value;

  it('is draft, live, stopped and live again, and undo takes a step back', () => {
    const { store } = freshStore();
    conferenceData(store);
    const segment = saved(store, { name: 'Bosses', query: conference });
    const state = () => store.sql('SELECT state FROM segment WHERE id = ?').pluck().get(segment.id);
    expect(stop(store, segment.uuid)).toMatchObject({ error: { code: 'segmentNotLive' } });
    const live = goLive(store, segment.uuid);
    expect(live).toMatchObject({ ok: true, value: { memberCount: 1 } });
    expect(goLive(store, segment.uuid)).toMatchObject({ error: { code: 'segmentLive' } });
    undoWrite(store, live.ok ? live.value.writeId : 0);
    expect(state()).toBe('draft');
    expect(goLive(store, segment.uuid).ok).toBe(true);
    expect(stop(store, segment.uuid).ok).toBe(true);
    expect(state()).toBe('stopped');
    expect(goLive(store, segment.uuid).ok).toBe(true);
    expect(goLive(store, '0192a000-0000-7000-8000-00000000dead')).toMatchObject({ error: { code: 'notFound' } });
  });

  it('does not begin while it asks nothing, something broken, or what nobody can satisfy; and says why', () => {
    const { store } = freshStore();
    const refusal = (query: Query | null) => {
      const answer = goLive(store, saved(store, { name: 'S', query }).uuid);
      return answer.ok ? null : [answer.error.code, answer.error.issues?.[0]?.path];
    };
    expect(refusal(null)).toEqual(['queryInvalid', '']);
    expect(refusal(ask())).toEqual(['queryInvalid', '']);
    expect(refusal(ask(row('shoeSize', 'hasData')))).toEqual(['queryInvalid', '0']);
    expect(refusal(ask(row('role', 'is', 'employee'), row('role', 'is', 'champion')))).toEqual(['queryInvalid', '1']);
  });

  it('does not begin with itself inside itself, directly or by a ring', () => {
    const { store } = freshStore();
    const one = saved(store, { name: 'One', query: null });
    const two = saved(store, { name: 'Two', query: ask({ kind: 'segment', segmentId: one.uuid }) });
    write(store, { cause: 'edit' }, (w) =>
      updateRecord(w, 'segment', one.id, { query: ask({ kind: 'segment', segmentId: two.uuid }) }),
    );
    for (const each of [one, two]) {
      expect(goLive(store, each.uuid)).toMatchObject({ error: { code: 'queryInvalid' } });
      expect(members(store, { segmentId: each.uuid }, 10, 0, nowMs)).toMatchObject({ error: { code: 'queryInvalid' } });
    }
  });
});

describe('picks of a static segment', () => {
  it('are added and removed once, counted, and undone', () => {
    const { store } = freshStore();
    const { ann, bob, cy } = conferenceData(store);
    const segment = write(store, { cause: 'edit' }, (w) =>
      createRecord(w, 'segment', { name: 'VIP', kind: 'static' }),
    ).value;
    const pick = (add: string[], remove: string[] = []) => setStaticMembers(store, segment.uuid, add, remove);
    expect(pick([ann.uuid, bob.uuid, ann.uuid])).toMatchObject({ value: { memberCount: 2 } });
    expect(pick([ann.uuid])).toEqual({ ok: true, value: { memberCount: 2, writeId: null } });
    const removed = pick([cy.uuid], [ann.uuid]);
    expect(removed).toMatchObject({ value: { memberCount: 2 } });
    undoWrite(store, removed.ok ? (removed.value.writeId ?? 0) : 0);
    const labels = () => {
      const page = members(store, { segmentId: segment.uuid }, 10, 0, nowMs);
      return page.ok ? page.value.rows.map((each) => each.label) : [];
    };
    expect(labels()).toEqual(['Ann', 'Bob']);
    write(store, { cause: 'edit' }, (w) => setDeleted(w, 'contact', ann.id, true));
    expect(labels()).toEqual(['Bob']);
    expect(pick(['0192a000-0000-7000-8000-00000000dead'])).toMatchObject({ error: { code: 'notFound' } });
    expect(goLive(store, segment.uuid)).toMatchObject({ value: { memberCount: 1 } });
  });
});

describe('suggested values', () => {
  it('are those in the data, most frequent first, one spelling of each', () => {
    const { store } = freshStore();
    write(store, { cause: 'edit' }, (w) => {
      for (const topic of ['Contoso conference', 'CONTOSO Conference', 'Fabrikam', '100% cotton']) {
        createRecord(w, 'lead', { topic, addresses: [] });
      }
      const deleted = createRecord(w, 'lead', { topic: 'Fabrikam' });
      setDeleted(w, 'lead', deleted.id, true);
      createRecord(w, 'contact', {
        role: 'champion',
        addresses: [
          { kind: 'work', street: null, street2: null, city: 'Köln', region: null, postalCode: null, country: 'DE' },
        ],
        phones: [
          {
            number: '+49 30 1',
            e164: null,
            extension: null,
            kind: 'work',
            primary: true,
            doNotCall: false,
            valid: false,
          },
        ],
      });
    });
    const values = (entity: string, field: string, search = '') => {
      const answer = suggestions(store, entity, field, search, 10);
      return answer.ok ? answer.value.values : null;
    };
    expect(values('lead', 'topic')).toEqual([
      { value: 'Contoso conference', count: 2 },
      { value: '100% cotton', count: 1 },
      { value: 'Fabrikam', count: 1 },
    ]);
    expect(values('lead', 'topic', 'CÓNTO')).toEqual([{ value: 'Contoso conference', count: 2 }]);
    expect(values('lead', 'topic', '%')).toEqual([{ value: '100% cotton', count: 1 }]);
    expect(values('contact', 'role')).toEqual([{ value: 'champion', count: 1 }]);
    expect(values('contact', 'city', 'kol')).toEqual([{ value: 'Köln', count: 1 }]);
    expect(values('contact', 'phones', '4930')).toEqual([{ value: '+49 30 1', count: 1 }]);
    expect(values('contact', 'shoeSize')).toEqual([]);
    expect(values('shoe', 'size')).toEqual([]);
  });
});

describe('filters of lists', () => {
  it('are a condition on the entity’s own table', () => {
    const { store } = freshStore();
    conferenceData(store);
    const filter = compileFilters('lead', [row('topic', 'beginsWith', 'contoso'), row('contactId', 'hasNoData')], {
      nowMs,
    });
    const found = store.connection
      .prepare(`SELECT count(*) FROM lead WHERE deletedAtMs IS NULL AND ${filter.sql}`)
      .pluck()
      .get(...filter.parameters);
    expect(found).toBe(1);
  });
});
