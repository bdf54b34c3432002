/**
 * The two implementations of the segment language find the same records. OUTPOST_SEGMENT_QUERIES sets how many random
 * queries are asked (10,000 by default; 100,000 in the nightly run), OUTPOST_SEGMENT_SEED where they begin.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../db/query/segment/compile.ts';
import { registryOf } from '../../db/records/model.ts';
import { createRecord, setDeleted, updateRecord, write } from '../../db/records/write.ts';
import type { WritableStore } from '../../db/store.ts';
import {
  customFieldEntities,
  type CustomFieldKind,
  customFieldKinds,
  customFieldName,
} from '../../shared/model/custom-field.ts';
import { type EntityName } from '../../shared/model/entities.ts';
import type { SegmentDefinition } from '../../shared/rules/segment/definition.ts';
import { evaluate, prepare, type SegmentRecord } from '../../shared/rules/segment/evaluate.ts';
import { memoryData } from '../../shared/rules/segment/memory-data.ts';
import { segmentEntities } from '../../shared/rules/segment/registry.ts';
import type { Query } from '../../shared/rules/segment/schema.ts';
import { simplify } from '../../shared/rules/segment/tree.ts';
import { errorsOf, validate } from '../../shared/rules/segment/validate.ts';
import { uuidToUid } from '../../db/uuid.ts';
import { fillRandomly, nowMs, randomFrom, readRecords, uuidsOf, words } from '../helpers/segment-data.ts';
import { randomOf, randomQuery } from '../helpers/segment-queries.ts';
import { freshStore } from '../helpers/store.ts';

const queryCount = Number(process.env['OUTPOST_SEGMENT_QUERIES'] ?? 10_000);
const firstSeed = Number(process.env['OUTPOST_SEGMENT_SEED'] ?? Date.now() % 1_000_000_000);
const perBatch = 1000;

const group = (...nodes: Query['where']['nodes']): Query['where'] => ({ kind: 'group', match: 'all', nodes });

/** As one text: comparing two thousand lists a batch takes longer than asking the questions. */
function expectSame(found: readonly string[], wanted: readonly string[]): void {
  expect(found.join('\n')).toBe(wanted.join('\n'));
}

/** Saved segments of each kind, one using the other. */
function savedSegments(store: WritableStore, contactIds: readonly string[], seed: number) {
  const random = randomFrom(seed);
  const uuid = (n: number) => `0192b000-0000-7000-8000-00000000000${n}`;
  const rows: SegmentDefinition[] = [
    { id: uuid(1), name: 'Picked', kind: 'static', query: null, operations: [], timeZone: null },
    {
      id: uuid(2),
      name: 'Has a lead of today, by the Line Islands',
      kind: 'dynamic',
      operations: [],
      timeZone: 'Pacific/Kiritimati',
      query: {
        version: 1,
        where: group({
          kind: 'related',
          relation: 'leads',
          quantifier: { kind: 'atLeast', count: 1 },
          where: {
            kind: 'group',
            match: 'any',
            nodes: [
              { kind: 'row', field: 'stageEnteredAtMs', operator: 'today', values: [] },
              { kind: 'row', field: 'createdAtMs', operator: 'today', values: [] },
            ],
          },
        }),
      },
    },
    {
      id: uuid(3),
      name: 'Both, without the followed',
      kind: 'compound',
      query: null,
      timeZone: null,
      operations: [
        { operation: 'intersect', segmentId: uuid(1) },
        { operation: random.oneOf(['union', 'intersect', 'except']), segmentId: uuid(2) },
        { operation: 'except', segmentId: uuid(4) },
      ],
    },
    {
      id: uuid(4),
      name: 'Not picked and followed',
      kind: 'dynamic',
      operations: [],
      timeZone: null,
      query: {
        version: 1,
        where: group(
          { kind: 'segment', segmentId: uuid(1), not: true },
          { kind: 'row', field: 'followEmail', operator: 'isTrue', values: [] },
        ),
      },
    },
  ];
  const picked = contactIds.filter(() => random.chance(0.4));
  write(store, { cause: 'edit' }, (w) => {
    for (const segment of rows) {
      const { id } = createRecord(w, 'segment', { name: segment.name, kind: segment.kind }, uuidToUid(segment.id));
      if (segment.kind !== 'static') continue;
      for (const contact of contactIds) {
        if (!picked.includes(contact) && random.chance(0.5)) continue;
        const row = store.sql('SELECT id FROM contact WHERE uid = ?').get(uuidToUid(contact)) as { id: number };
        const member = createRecord(w, 'segmentMember', { segmentId: id, contactId: row.id });
        // picked once, and taken out again
        if (!picked.includes(contact)) setDeleted(w, 'segmentMember', member.id, true);
      }
    }
  });
  const byId = new Map(rows.map((segment) => [segment.id, segment]));
  return {
    ids: rows.map((segment) => segment.id),
    segment: (id: string) => byId.get(id) ?? null,
    staticMembers: new Map([[uuid(1), new Set(picked)]]),
  };
}

describe('evaluate and compile', () => {
  const batches = Math.ceil(queryCount / perBatch);
  it.each(Array.from({ length: batches }, (_, index) => firstSeed + index))(
    'find the same records for random queries over random data (seed %i)',
    (seed) => {
      const { store, clock } = freshStore();
      const { rowsByEntity } = fillRandomly(store, seed, clock);
      const saved = savedSegments(store, uuidsOf(store, 'contact', rowsByEntity.get('contact') ?? []), seed);
      const records = readRecords(store);
      const data = memoryData(records, saved);
      const idsByEntity = new Map<EntityName, readonly string[]>();
      const ids = (entity: EntityName) => {
        const known = idsByEntity.get(entity) ?? (records[entity] ?? []).slice(0, 4).map((record) => record.id);
        idsByEntity.set(entity, known);
        return known;
      };
      const uuids = new Map<string, string>();
      const uuidOf = (entity: EntityName, row: number): string => {
        const known = uuids.get(`${entity} ${row}`) ?? uuidsOf(store, entity, [row])[0] ?? '';
        uuids.set(`${entity} ${row}`, known);
        return known;
      };
      let found = 0;
      let queries = 0;
      fc.assert(
        fc.property(fc.gen(), (g) => {
          const random = randomOf(g, fc.integer);
          const root = random.chance(0.3) ? random.oneOf(segmentEntities) : 'contact';
          const query = randomQuery(root, { random, ids, segmentIds: saved.ids });
          expect(errorsOf(validate(query, { root, segment: saved.segment }))).toEqual([]);

          const statement = compile(query, { nowMs, root, segment: saved.segment, timeZone: 'Europe/Berlin' });
          const rows = store.connection
            .prepare(statement.sql)
            .pluck()
            .all(...statement.parameters) as number[];
          const bySql = rows.map((row) => uuidOf(root, row)).toSorted();

          const context = { data, nowMs, root, timeZone: 'Europe/Berlin' };
          const holds = prepare(query, context);
          const live = (records[root] ?? []).filter((record: SegmentRecord) => record['deletedAtMs'] === null);
          const inMemory = live.filter(holds).map((record) => record.id);
          expectSame(bySql, inMemory.toSorted());

          const simpler = prepare(simplify(query), context);
          expectSame(
            live.filter(simpler).map((record) => record.id),
            inMemory,
          );
          queries += 1;
          if (inMemory.length > 0 && inMemory.length < live.length) found += 1;
        }),
        { numRuns: Math.min(perBatch, queryCount), seed },
      );
      // random queries that mostly find all or nothing would prove little
      expect(found / queries).toBeGreaterThan(0.25);
    },
    120_000,
  );

  it('find the same records by custom fields of every kind, of contacts, leads, accounts and events', () => {
    const { store, clock } = freshStore();
    const { rowsByEntity } = fillRandomly(store, firstSeed, clock);
    const random = randomFrom(firstSeed);
    const options = ['Pumps', 'Valves', 'Großes'];
    const values: Readonly<Record<CustomFieldKind, readonly unknown[]>> = {
      text: [...words, null],
      number: [0, 1, 2.5, -1, 100, null],
      date: ['2026-01-01', '2025-12-31', '2024-02-29', null],
      choice: [...options, null],
      multiChoice: [['Pumps'], ['Pumps', 'Valves'], ['Großes'], null],
      yesNo: [true, false, null],
      link: ['https://example.org', 'mailto:a@example.org', null],
    };
    for (const entity of customFieldEntities) {
      const names = customFieldKinds.map((kind) => {
        const made = write(store, { cause: 'edit' }, (w) =>
          createRecord(w, 'customField', { name: `Own ${kind}`, entity, kind, options }),
        ).value;
        return [customFieldName(made.uuid), kind] as const;
      });
      write(store, { cause: 'edit' }, (w) => {
        for (const row of rowsByEntity.get(entity) ?? []) {
          const patch = Object.fromEntries(names.map(([name, kind]) => [name, random.oneOf(values[kind])]));
          updateRecord(w, entity, row, patch);
        }
      });
    }
    const registry = registryOf(store);
    const records = readRecords(store);
    const data = memoryData(records);
    let found = 0;
    let queries = 0;
    fc.assert(
      fc.property(fc.gen(), (g) => {
        const own = randomOf(g, fc.integer);
        const root = own.oneOf(customFieldEntities);
        const ids = (entity: EntityName) => (records[entity] ?? []).slice(0, 4).map((record) => record.id);
        const query = randomQuery(root, { random: own, ids, segmentIds: [], registry });
        expect(errorsOf(validate(query, { root, registry }))).toEqual([]);
        const statement = compile(query, { nowMs, root, registry });
        const rows = store.connection
          .prepare(statement.sql)
          .pluck()
          .all(...statement.parameters) as number[];
        const holds = prepare(query, { data, nowMs, root, registry });
        const live = (records[root] ?? []).filter((record: SegmentRecord) => record['deletedAtMs'] === null);
        const inMemory = live.filter(holds).map((record) => record.id);
        expectSame(uuidsOf(store, root, rows).toSorted(), inMemory.toSorted());
        queries += 1;
        if (inMemory.length > 0 && inMemory.length < live.length) found += 1;
      }),
      { numRuns: 1000, seed: firstSeed },
    );
    expect(found / queries).toBeGreaterThan(0.25);
  }, 120_000);

  it('throws on a query that was not validated', () => {
    const query: Query = {
      version: 1,
      where: group({ kind: 'row', field: 'shoeSize', operator: 'is', values: ['44'] }),
    };
    expect(() => compile(query, { nowMs })).toThrow('validate');
    expect(() => evaluate(query, { id: 'x' }, { data: memoryData({}), nowMs })).toThrow('validate');
  });
});
