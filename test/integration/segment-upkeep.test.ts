/** Live membership that is kept up change by change is what a rebuild finds. */
import { describe, expect, it } from 'vitest';
import { rebuildSegmentMembers, refreshNextSegment, wrongSegmentMembers } from '../../db/derived/segment-members.ts';
import { undoWrite } from '../../db/change-log/undo.ts';
import type { StoredPatch } from '../../db/records/entity-storage.ts';
import { createRecord, setDeleted, setDerived, updateRecord, write } from '../../db/records/write.ts';
import type { WritableStore } from '../../db/store.ts';
import { goLive, members, stop } from '../../electron/features/segments/segments.service.ts';
import { type EntityName, entityOf } from '../../shared/model/entities.ts';
import { reachOf } from '../../shared/rules/segment/reach.ts';
import type { Query } from '../../shared/rules/segment/schema.ts';
import { errorsOf, validate } from '../../shared/rules/segment/validate.ts';
import { fillRandomly, moments, randomFrom, uuidsOf, valueFor } from '../helpers/segment-data.ts';
import { randomQuery } from '../helpers/segment-queries.ts';
import { freshStore } from '../helpers/store.ts';

const edited: readonly EntityName[] = [
  'contact',
  'contact',
  'lead',
  'lead',
  'account',
  'opportunity',
  'registration',
  'checkIn',
  'listMember',
  'event',
  'campaign',
  'call',
  'interaction',
];

const all = (...nodes: Query['where']['nodes']): Query['where'] => ({ kind: 'group', match: 'all', nodes });
const asks = (query: Query['where']['nodes'][number]): Query => ({ version: 1, where: all(query) });

function newSegment(store: WritableStore, query: Query): { rowId: number; uuid: string } {
  const made = write(store, { cause: 'edit' }, (w) =>
    createRecord(w, 'segment', { name: 'S', kind: 'dynamic', query }),
  );
  return { rowId: made.value.id, uuid: made.value.uuid };
}

describe('members of live segments', () => {
  it.each([1, 2])(
    'are what a rebuild finds after any edits (seed %i)',
    (seed) => {
      const { store, clock } = freshStore();
      const random = randomFrom(seed);
      const { rowsByEntity } = fillRandomly(store, seed, clock);
      const rows = new Map([...rowsByEntity].map(([entity, ids]) => [entity, [...ids]]));
      const picked = write(store, { cause: 'edit' }, (w) =>
        createRecord(w, 'segment', { name: 'Picked', kind: 'static' }),
      ).value;
      const ids = (entity: EntityName) => uuidsOf(store, entity, (rows.get(entity) ?? []).slice(0, 4));
      let live = 0;
      let kept = 0;
      for (let attempt = 0; live < 12; attempt += 1) {
        const query = randomQuery('contact', { random, ids, segmentIds: [picked.uuid] });
        if (errorsOf(validate(query, { segment: () => null })).length > 0 && attempt > 200) break;
        const segment = newSegment(store, query);
        if (!goLive(store, segment.uuid).ok) continue;
        live += 1;
        const definition = {
          id: segment.uuid,
          name: '',
          kind: 'dynamic' as const,
          query,
          operations: [],
          timeZone: null,
        };
        if (!reachOf(definition, () => null).isTimeDependent) kept += 1;
      }
      expect(kept).toBeGreaterThan(3);
      expect(wrongSegmentMembers(store)).toBeNull();

      const writes: number[] = [];
      for (let step = 0; step < 120; step += 1) {
        clock.nowMs = moments(random);
        const entity = random.oneOf(edited);
        const own = rows.get(entity) ?? [];
        const done = write(store, { cause: 'edit' }, (w) => {
          const fields = Object.entries(entityOf(entity).fields).filter(([, field]) => !field.derived);
          const one = (): Record<string, unknown> =>
            Object.fromEntries(fields.map(([name, field]) => [name, valueFor(field, name, random, rows)]));
          const action = random.upTo(9);
          if (action === 0) own.push(createRecord(w, entity, one() as StoredPatch<EntityName>).id);
          else if (action <= 2) setDeleted(w, entity, random.oneOf(own), action === 1);
          else if (action === 3) {
            const contactId = random.oneOf(rows.get('contact') ?? []);
            createRecord(w, 'segmentMember', { segmentId: picked.id, contactId });
          } else if (action === 4)
            setDerived(w, 'lead', random.oneOf(rows.get('lead') ?? []), { score: random.upTo(4) });
          else {
            const values = Object.entries(one()).filter(() => random.chance(0.3));
            updateRecord(w, entity, random.oneOf(own), Object.fromEntries(values) as StoredPatch<EntityName>);
          }
        });
        if (done.writeId !== null) writes.push(done.writeId);
        const last = writes.at(-1);
        if (random.chance(0.1) && last !== undefined) undoWrite(store, last);
        expect(wrongSegmentMembers(store), `step ${step}: ${entity}`).toBeNull();
      }
      const before = store.sql('SELECT * FROM segment_live_member').all();
      const dependent = store.sql('SELECT count(*) FROM segment_upkeep WHERE dirty = 1').pluck().get();
      expect(dependent).toBe(0);
      write(store, { cause: 'system' }, rebuildSegmentMembers);
      expect(wrongSegmentMembers(store)).toBeNull();
      expect(before.length).toBeGreaterThan(0);
    },
    120_000,
  );

  it('come and go with the record that a question reads, its owner and the bin', () => {
    const { store } = freshStore();
    const { value } = write(store, { cause: 'edit' }, (w) => {
      const ann = createRecord(w, 'contact', { givenName: 'Ann' });
      const bob = createRecord(w, 'contact', { givenName: 'Bob' });
      return { ann, bob, lead: createRecord(w, 'lead', { topic: 'Contoso', contactId: ann.id }) };
    });
    const segment = newSegment(
      store,
      asks({
        kind: 'related',
        relation: 'leads',
        quantifier: { kind: 'atLeast', count: 1 },
        where: all({ kind: 'row', field: 'topic', operator: 'is', values: ['CONTOSO'] }),
      }),
    );
    expect(goLive(store, segment.uuid)).toMatchObject({ ok: true, value: { memberCount: 1 } });
    const names = () => {
      const page = members(store, { segmentId: segment.uuid }, 10, 0, store.now());
      return page.ok ? page.value.rows.map((row) => row.label) : [];
    };
    const edit = (work: Parameters<typeof write<unknown>>[2]) => write(store, { cause: 'edit' }, work);
    expect(names()).toEqual(['Ann']);
    edit((w) => updateRecord(w, 'lead', value.lead.id, { contactId: value.bob.id }));
    expect(names()).toEqual(['Bob']);
    edit((w) => updateRecord(w, 'lead', value.lead.id, { topic: 'Fabrikam' }));
    expect(names()).toEqual([]);
    const back = edit((w) => updateRecord(w, 'lead', value.lead.id, { topic: 'Contoso' }));
    expect(names()).toEqual(['Bob']);
    undoWrite(store, back.writeId ?? 0);
    expect(names()).toEqual([]);
    edit((w) => updateRecord(w, 'lead', value.lead.id, { topic: 'Contoso' }));
    edit((w) => setDeleted(w, 'contact', value.bob.id, true));
    expect(names()).toEqual([]);
    edit((w) => setDeleted(w, 'contact', value.bob.id, false));
    expect(names()).toEqual(['Bob']);
    expect(wrongSegmentMembers(store)).toBeNull();
    expect(stop(store, segment.uuid).ok).toBe(true);
    expect(store.sql('SELECT count(*) FROM segment_live_member').pluck().get()).toBe(0);
    expect(names()).toEqual(['Bob']);
  });

  it('come and go with scores, which no log holds, and with list membership, which lies between', () => {
    const { store } = freshStore();
    const { value } = write(store, { cause: 'edit' }, (w) => {
      const ann = createRecord(w, 'contact', { givenName: 'Ann' });
      const list = createRecord(w, 'subscriptionList', { name: 'News' });
      return { ann, list, lead: createRecord(w, 'lead', { topic: 'Contoso', contactId: ann.id }) };
    });
    const some = { kind: 'atLeast' as const, count: 1 };
    const hot = newSegment(
      store,
      asks({
        kind: 'related',
        relation: 'leads',
        quantifier: some,
        where: all({ kind: 'row', field: 'score', operator: 'atLeast', values: [60] }),
      }),
    );
    const subscribed = newSegment(
      store,
      asks({
        kind: 'related',
        relation: 'subscriptionLists',
        quantifier: some,
        where: all({ kind: 'row', field: 'name', operator: 'is', values: ['news'] }),
      }),
    );
    expect(goLive(store, hot.uuid)).toMatchObject({ value: { memberCount: 0 } });
    expect(goLive(store, subscribed.uuid)).toMatchObject({ value: { memberCount: 0 } });
    const kept = (segment: { rowId: number }) =>
      store.sql('SELECT count(*) FROM segment_live_member WHERE segmentId = ?').pluck().get(segment.rowId);
    write(store, { cause: 'system' }, (w) => setDerived(w, 'lead', value.lead.id, { score: 60 }));
    expect(kept(hot)).toBe(1);
    write(store, { cause: 'system' }, (w) => setDerived(w, 'lead', value.lead.id, { score: 59 }));
    expect(kept(hot)).toBe(0);
    const { value: member } = write(store, { cause: 'edit' }, (w) =>
      createRecord(w, 'listMember', { listId: value.list.id, contactId: value.ann.id }),
    );
    expect(kept(subscribed)).toBe(1);
    write(store, { cause: 'edit' }, (w) => setDeleted(w, 'listMember', member.id, true));
    expect(kept(subscribed)).toBe(0);
    write(store, { cause: 'edit' }, (w) => {
      setDeleted(w, 'listMember', member.id, false);
      updateRecord(w, 'subscriptionList', value.list.id, { name: 'Offers' });
    });
    expect(kept(subscribed)).toBe(0);
    expect(wrongSegmentMembers(store)).toBeNull();
  });

  it('follow the time where the question does, and their count does when they are refreshed', () => {
    const { store, clock } = freshStore();
    write(store, { cause: 'edit' }, (w) => createRecord(w, 'contact', { givenName: 'Ann' }));
    const segment = newSegment(store, asks({ kind: 'row', field: 'createdAtMs', operator: 'today', values: [] }));
    expect(goLive(store, segment.uuid)).toMatchObject({ value: { memberCount: 1 } });
    const total = () => {
      const page = members(store, { segmentId: segment.uuid }, 10, 0, store.now());
      return page.ok ? page.value.total : null;
    };
    expect(total()).toBe(1);
    clock.nowMs += 86_400_000;
    expect(total()).toBe(0);
    const count = () => store.sql('SELECT memberCount FROM segment WHERE id = ?').pluck().get(segment.rowId);
    expect(count()).toBe(1);
    expect(refreshNextSegment(store, 3_600_000)).toBe(true);
    expect(refreshNextSegment(store, 3_600_000)).toBe(false);
    expect(count()).toBe(0);
  });

  it('are never shown old where too many changed at once to follow, and are brought up to date later', () => {
    const { store } = freshStore();
    const segment = newSegment(store, asks({ kind: 'row', field: 'company', operator: 'is', values: ['Contoso'] }));
    expect(goLive(store, segment.uuid)).toMatchObject({ value: { memberCount: 0 } });
    // as if it were large: a small database finds the members anew inside the write
    store.sql("INSERT INTO counter (name, value) VALUES ('contact', 50000)").run();
    write(store, { cause: 'import' }, (w) => {
      for (let index = 0; index < 400; index += 1) createRecord(w, 'contact', { givenName: 'A', company: 'Contoso' });
    });
    const kept = () => store.sql('SELECT count(*) FROM segment_live_member').pluck().get();
    const page = members(store, { segmentId: segment.uuid }, 1, 0, store.now());
    expect(page).toMatchObject({ value: { total: 400 } });
    expect(kept()).toBe(0);
    expect(wrongSegmentMembers(store)).toBeNull();
    expect(refreshNextSegment(store, 3_600_000)).toBe(true);
    expect(kept()).toBe(400);
    expect(refreshNextSegment(store, 3_600_000)).toBe(false);
    expect(wrongSegmentMembers(store)).toBeNull();
  });

  it('of a segment inside another follow the inner one', () => {
    const { store } = freshStore();
    write(store, { cause: 'edit' }, (w) => {
      createRecord(w, 'contact', { givenName: 'Ann', role: 'decisionMaker' });
      createRecord(w, 'contact', { givenName: 'Bob', role: 'employee' });
    });
    const isRole = (role: string) => asks({ kind: 'row', field: 'role', operator: 'is', values: [role] });
    const inner = newSegment(store, isRole('decisionMaker'));
    const outer = newSegment(store, asks({ kind: 'segment', segmentId: inner.uuid, not: true }));
    expect(goLive(store, outer.uuid)).toMatchObject({ value: { memberCount: 1 } });
    write(store, { cause: 'edit' }, (w) =>
      updateRecord(w, 'segment', inner.rowId, {
        query: { version: 1, where: { ...isRole('employee').where, match: 'any' } },
      }),
    );
    expect(wrongSegmentMembers(store)).toBeNull();
    const page = members(store, { segmentId: outer.uuid }, 10, 0, store.now());
    expect(page.ok && page.value.rows.map((row) => row.label)).toEqual(['Ann']);
  });
});
