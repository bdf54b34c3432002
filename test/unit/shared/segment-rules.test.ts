import { describe, expect, it } from 'vitest';
import { entityNames, entityOf } from '../../../shared/model/entities.ts';
import type { SegmentDefinition } from '../../../shared/rules/segment/definition.ts';
import { describe as sentence } from '../../../shared/rules/segment/describe.ts';
import { evaluate, type SegmentRecord } from '../../../shared/rules/segment/evaluate.ts';
import { explain } from '../../../shared/rules/segment/explain.ts';
import { memoryData, type MemoryRecords } from '../../../shared/rules/segment/memory-data.ts';
import { arityOf, operatorFor, operatorsOf, positiveOf } from '../../../shared/rules/segment/operators.ts';
import { reachOf } from '../../../shared/rules/segment/reach.ts';
import { fieldOf, fieldsOf, relationOf, relationsOf, segmentEntities } from '../../../shared/rules/segment/registry.ts';
import {
  type GroupNode,
  type Operator,
  operators,
  type Query,
  querySchema,
  type RelatedNode,
  relations,
  type RowNode,
  type SegmentNode,
  type SegmentValue,
} from '../../../shared/rules/segment/schema.ts';
import { simplify } from '../../../shared/rules/segment/tree.ts';
import { mostNodes, validate, validateRow, validateSegment } from '../../../shared/rules/segment/validate.ts';

const nowMs = Date.UTC(2026, 10, 21, 10);
const group = (match: 'all' | 'any', ...nodes: SegmentNode[]): GroupNode => ({ kind: 'group', match, nodes });
const not = (...nodes: SegmentNode[]): GroupNode => ({ ...group('all', ...nodes), not: true });
const row = (field: string, operator: Operator, ...values: SegmentValue[]): RowNode => ({
  kind: 'row',
  field,
  operator,
  values,
});
const ask = (...nodes: SegmentNode[]): Query => ({ version: 1, where: group('all', ...nodes) });
const related = (
  relation: RelatedNode['relation'],
  kind: RelatedNode['quantifier']['kind'],
  count: number,
  ...nodes: SegmentNode[]
): RelatedNode => ({ kind: 'related', relation, quantifier: { kind, count }, where: group('all', ...nodes) });

const contact = (values: Readonly<Record<string, unknown>>): SegmentRecord => ({ id: 'c', ...values });
const holds = (node: SegmentNode, values: Readonly<Record<string, unknown>>, records: MemoryRecords = {}) =>
  evaluate(ask(node), contact(values), { data: memoryData(records), nowMs });

describe('the registry', () => {
  it('has every field of every entity that may be in a segment', () => {
    for (const entity of entityNames) {
      const names = fieldsOf(entity).map((field) => field.name);
      expect(new Set(names).size).toBe(names.length);
      for (const [name, field] of Object.entries(entityOf(entity).fields)) {
        if (field.use.segment) expect(names, `${entity}.${name}`).toContain(name);
      }
    }
  });

  it('reaches every entity of the language from the contact, and only by columns that are references', () => {
    const reached = new Set(['contact', 'lead'].flatMap((from) => relationsOf(from as 'lead').map((each) => each.to)));
    for (const entity of segmentEntities) expect(reached).toContain(entity);
    for (const entity of entityNames) {
      for (const { join, from, to, name } of relationsOf(entity)) {
        expect(relations).toContain(name);
        if (join.kind === 'through') continue;
        const isColumn = (owner: typeof from, column: string) =>
          column === 'id' || entityOf(owner).fields[column]?.kind === 'ref';
        expect(isColumn(from, join.own) && isColumn(to, join.theirs), `${from} → ${name}`).toBe(true);
      }
    }
    expect(relationOf('event', 'calls')).toBeNull();
  });

  it('knows what it does not know', () => {
    expect(fieldOf('contact', 'shoeSize')).toBeNull();
    expect(fieldOf('contact', '__proto__')).toBeNull();
    expect(fieldOf('contact', 'flaggedValues')).toBeNull();
  });
});

describe('operators', () => {
  it('are each used by some type, take values, and come back from their opposites', () => {
    const used = new Set(entityNames.flatMap((entity) => fieldsOf(entity).flatMap((field) => operatorsOf(field))));
    for (const operator of operators) {
      if (operator !== 'equals') expect(used, operator).toContain(operator);
      expect(['none', 'one', 'two', 'many']).toContain(arityOf(operator));
      const positive = positiveOf(operator);
      if (positive) expect(operators).toContain(positive);
    }
  });

  it('read equals as on for dates and as itself for numbers', () => {
    const of = (entity: 'contact' | 'lead', field: string) => {
      const found = fieldOf(entity, field);
      if (!found) throw new Error(field);
      return operatorFor(found, 'equals');
    };
    expect(of('contact', 'birthDate')).toBe('on');
    expect(of('lead', 'score')).toBe('equals');
    expect(of('contact', 'company')).toBeNull();
  });
});

describe('what rows mean', () => {
  it('ignores case and accents', () => {
    expect(holds(row('company', 'is', 'ecole straße'), { company: 'École  STRASSE' })).toBe(true);
    expect(holds(row('company', 'contains', 'ØRST'), { company: 'Orsted A/S' })).toBe(true);
  });

  it.each<[Operator, SegmentValue[], boolean]>([
    ['is', ['x'], false],
    ['isNot', ['x'], true],
    ['contains', ['x'], false],
    ['notContains', ['x'], true],
    ['beginsWith', ['x'], false],
    ['endsWith', ['x'], false],
    ['hasData', [], false],
    ['hasNoData', [], true],
  ])('lets a blank satisfy negative operators only: %s', (operator, values, expected) => {
    for (const blank of [null, undefined, '']) {
      expect(holds(row('company', operator, ...values), { company: blank })).toBe(expected);
    }
    expect(holds(row('emails', operator, ...(values.length > 0 ? ['x@example.com'] : [])), { emails: [] })).toBe(
      expected,
    );
  });

  it('takes several values as any of them, and none of them for a negative operator', () => {
    expect(holds(row('role', 'is', 'champion', 'employee'), { role: 'employee' })).toBe(true);
    expect(holds(row('role', 'isNot', 'champion', 'employee'), { role: 'employee' })).toBe(false);
    expect(holds(row('role', 'isNot', 'champion', 'employee'), { role: null })).toBe(true);
  });

  it('asks many-valued fields whether any value fits, and their negatives whether none does', () => {
    const emails = ['a@x.example', 'B@y.example'].map((address) => ({ address, valid: true, primary: false }));
    expect(holds(row('emails', 'is', 'b@Y.example'), { emails })).toBe(true);
    expect(holds(row('emails', 'isNot', 'b@Y.example'), { emails })).toBe(false);
    expect(holds(row('emails', 'contains', 'x.ex'), { emails })).toBe(true);
    const addresses = [{ city: 'Köln' }, { city: null }];
    expect(holds(row('city', 'is', 'koln'), { addresses })).toBe(true);
    expect(holds(row('country', 'hasData'), { addresses })).toBe(false);
  });

  it('finds phones by their digits in any notation', () => {
    const phones = [{ number: '(030) 12 34', e164: '+49301234' }];
    for (const typed of ['+49 30 1234', '49301234', '030-1234'])
      expect(holds(row('phones', 'is', typed), { phones })).toBe(true);
    expect(holds(row('phones', 'contains', '0 12'), { phones })).toBe(true);
    expect(holds(row('phones', 'is', '1234'), { phones })).toBe(false);
  });

  it('tells no, yes and not known apart', () => {
    const lead = (decisionMaker: boolean | null) => ({ lead: [{ id: 'l', contactId: 'c', decisionMaker }] });
    const asked = (operator: Operator) => related('leads', 'atLeast', 1, row('decisionMaker', operator));
    expect(holds(asked('isFalse'), {}, lead(false))).toBe(true);
    expect(holds(asked('isFalse'), {}, lead(null))).toBe(false);
    expect(holds(asked('hasNoData'), {}, lead(null))).toBe(true);
    expect(holds(not(asked('isTrue')), {}, lead(null))).toBe(true);
  });

  it('ranks consent', () => {
    expect(holds(row('consentLevel', 'atLeast', 'subscriptions'), { consentLevel: 'marketing' })).toBe(true);
    expect(holds(row('consentLevel', 'atLeast', 'subscriptions'), { consentLevel: 'consent' })).toBe(false);
    expect(holds(row('consentLevel', 'atMost', 'consent'), { consentLevel: 'none' })).toBe(true);
  });

  it('reads days in the time zone of the question', () => {
    const late = { createdAtMs: Date.parse('2026-11-20T23:30:00Z') };
    const on = (timeZone: string) =>
      evaluate({ ...ask(row('createdAtMs', 'on', '2026-11-21')), timeZone }, contact(late), {
        data: memoryData({}),
        nowMs,
      });
    expect(on('Europe/Berlin')).toBe(true);
    expect(on('UTC')).toBe(false);
    expect(holds(row('createdAtMs', 'on', '2026-11-20T23:30:00Z'), late)).toBe(true);
  });

  it('counts both ends of between, whole days', () => {
    expect(holds(row('birthDate', 'between', '1990-01-01', '1990-12-31'), { birthDate: '1990-12-31' })).toBe(true);
    const between = row('createdAtMs', 'between', '2026-11-20', '2026-11-21');
    expect(holds(between, { createdAtMs: Date.parse('2026-11-21T23:59:59.999Z') })).toBe(true);
    expect(holds(between, { createdAtMs: Date.parse('2026-11-22T00:00Z') })).toBe(false);
  });
});

describe('what blocks mean', () => {
  const leads = (...scores: number[]): MemoryRecords => ({
    lead: scores.map((score, index) => ({ id: `l${index}`, contactId: 'c', score, deletedAtMs: null })),
  });
  const hot = row('score', 'atLeast', 60);

  it.each<[RelatedNode['quantifier']['kind'], number, number[], boolean]>([
    ['atLeast', 1, [70, 10], true],
    ['atLeast', 2, [70, 10], false],
    ['atLeast', 0, [], true],
    ['atMost', 1, [70, 10], true],
    ['atMost', 0, [70, 10], false],
    ['atMost', 1, [], true],
    ['exactly', 1, [70, 10], true],
    ['exactly', 0, [10], true],
    ['none', 1, [10], true],
    ['none', 1, [], true],
    ['none', 1, [70], false],
    ['all', 1, [70, 80], true],
    ['all', 1, [70, 10], false],
    ['all', 1, [], false],
  ])('%s %i of leads with scores %j: %s', (kind, count, scores, expected) => {
    expect(holds(related('leads', kind, count, hot), {}, leads(...scores))).toBe(expected);
  });

  it('leaves deleted records out and takes a block without rows as any record', () => {
    const deleted = { lead: [{ id: 'l', contactId: 'c', deletedAtMs: 5 }] };
    expect(holds(related('leads', 'atLeast', 1), {}, deleted)).toBe(false);
    expect(holds(related('leads', 'atLeast', 1), {}, leads(1))).toBe(true);
  });

  it('goes on from a related record to its own', () => {
    const records = {
      ...leads(70),
      event: [{ id: 'e', name: 'Contoso conference', deletedAtMs: null }],
      lead: [{ id: 'l', contactId: 'c', eventId: 'e', deletedAtMs: null }],
    };
    const atEvent = related('event', 'atLeast', 1, row('name', 'contains', 'contoso'));
    expect(holds(related('leads', 'atLeast', 1, atEvent), {}, records)).toBe(true);
  });

  it('counts behaviour of its kinds in its window', () => {
    const at = (iso: string, kind = 'badgeScanned') => ({
      id: iso,
      contactId: 'c',
      kind,
      occurredAtMs: Date.parse(iso),
      deletedAtMs: null,
    });
    const records = {
      interaction: [at('2026-11-20T09:00Z'), at('2026-11-01T09:00Z'), at('2026-11-20T10:00Z', 'emailOpened')],
    };
    const scanned = (count: number, lastDays: number | null): SegmentNode => ({
      kind: 'behaviour',
      interactionKinds: ['badgeScanned'],
      quantifier: { kind: 'exactly', count },
      where: group('all'),
      window: lastDays === null ? null : { lastDays },
    });
    expect(holds(scanned(1, 7), {}, records)).toBe(true);
    expect(holds(scanned(2, null), {}, records)).toBe(true);
  });
});

describe('what says nothing', () => {
  it('is left out: disabled nodes, empty groups, groups of only those', () => {
    const off = { ...row('role', 'is', 'champion'), disabled: true };
    expect(holds(group('any', off), { role: null })).toBe(true);
    expect(holds(not(group('all', off)), { role: null })).toBe(true);
    expect(holds(group('any', off, row('role', 'is', 'employee')), { role: null })).toBe(false);
  });

  it('is simplified away with groups that add nothing', () => {
    const one = row('role', 'is', 'champion');
    const two = row('company', 'hasData');
    const query = ask(group('all', one, group('any')), group('any', two), { ...two, disabled: true }, not(one));
    expect(simplify(query).where.nodes).toEqual([one, two, not(one)]);
  });
});

describe('validation', () => {
  const codes = (node: SegmentNode) => validate(ask(node)).map((issue) => [issue.path, issue.code]);

  it.each<[string, RowNode, string]>([
    ['a field that is gone', row('shoeSize', 'is', '44'), 'unknownField'],
    ['a name of JavaScript', row('constructor', 'hasData'), 'unknownField'],
    ['an operator of another type', row('birthDate', 'contains', '1990'), 'wrongOperator'],
    ['no value', row('company', 'is'), 'missingValue'],
    ['one value of two', row('birthDate', 'between', '1990-01-01'), 'missingValue'],
    ['too many values', row('birthDate', 'lessThan', '1990-01-01', '1991-01-01'), 'tooManyValues'],
    ['a value where there is none', row('company', 'hasData', 'x'), 'tooManyValues'],
    ['a blank text', row('company', 'contains', ' \u200b'), 'wrongValue'],
    ['a number for a text', row('company', 'is', 5), 'wrongValue'],
    ['a day that is none', row('birthDate', 'on', '2026-02-30'), 'wrongValue'],
    ['an email that is none', row('emails', 'is', 'call me'), 'wrongValue'],
    ['a phone without digits', row('phones', 'contains', 'call me'), 'wrongValue'],
    ['an option that is gone', row('role', 'is', 'janitor'), 'unknownOption'],
    ['a record that is no id', row('ownerId', 'is', 'Ann'), 'wrongValue'],
    ['a fraction of a day', row('createdAtMs', 'lastNDays', 1.5), 'wrongValue'],
    ['ten million hours', row('createdAtMs', 'lastNHours', 10_000_000), 'wrongValue'],
    ['between the wrong way round', row('birthDate', 'between', '1991-01-01', '1990-01-01'), 'findsNothing'],
  ])('finds %s', (_name, node, code) => {
    expect(codes(node)).toEqual([['0', code]]);
  });

  it('names the place by its path, inside blocks too, and skips disabled nodes', () => {
    const node = group(
      'any',
      row('role', 'hasData'),
      related('leads', 'atLeast', 1, row('topic', 'hasData'), row('x', 'hasData')),
    );
    expect(codes(node)).toEqual([['0.1.1', 'unknownField']]);
    expect(codes({ ...node, disabled: true })).toEqual([]);
  });

  it('refuses relations that do not exist and segments where there is no contact', () => {
    expect(codes(related('event', 'atLeast', 1))).toEqual([['0', 'unknownRelation']]);
    const id = '0192a000-0000-7000-8000-000000000001';
    expect(codes(related('leads', 'atLeast', 1, { kind: 'segment', segmentId: id }))).toEqual([
      ['0.0', 'segmentNotHere'],
    ]);
    expect(codes({ kind: 'segment', segmentId: id })).toEqual([['0', 'unknownSegment']]);
    expect(validate({ ...ask(), timeZone: 'Mars/Olympus' })).toMatchObject([{ code: 'unknownTimeZone' }]);
  });

  it('warns of rows that exclude one another, in one all-of group only', () => {
    const both = [row('role', 'is', 'champion'), row('role', 'is', 'employee', 'other')];
    expect(validate(ask(...both))).toMatchObject([{ path: '1', code: 'findsNothing', severity: 'warning' }]);
    expect(validate({ version: 1, where: group('any', ...both) })).toEqual([]);
    expect(codes(group('all', row('company', 'hasNoData'), row('company', 'contains', 'x')))).toEqual([
      ['0.1', 'findsNothing'],
    ]);
    expect(codes(group('all', row('child', 'isTrue'), row('child', 'isFalse')))).toEqual([['0.1', 'findsNothing']]);
    expect(codes(related('account', 'atLeast', 2))).toEqual([['0', 'findsNothing']]);
    expect(validate(ask(row('emails', 'is', 'a@x.example'), row('emails', 'is', 'b@x.example')))).toEqual([]);
  });

  it('bounds depth and size', () => {
    let deep = group('all', row('role', 'hasData'));
    for (let level = 1; level < 50; level += 1) deep = group('any', deep, row('role', 'hasData'));
    expect(validate({ version: 1, where: deep })).toEqual([]);
    expect(validate({ version: 1, where: group('all', deep) })).toMatchObject([{ code: 'tooDeep' }]);
    const rows = Array.from({ length: 2000 }, () => row('role', 'hasData'));
    const wide = ask(group('all', ...rows), group('any', ...rows), group('any', ...rows));
    expect(validate(wide).map((issue) => issue.code)).toEqual(['tooLarge']);
    expect(mostNodes).toBeGreaterThan(4000);
  });

  it('reads a question from JSON and refuses one nested a thousand deep without running out of stack', () => {
    let deep: unknown = { kind: 'row', field: 'role', operator: 'hasData', values: [] };
    for (let level = 0; level < 5000; level += 1) deep = { kind: 'group', match: 'all', nodes: [deep] };
    expect(querySchema.safeParse({ version: 1, where: deep }).success).toBe(false);
    expect(querySchema.safeParse(ask(row('role', 'hasData'))).success).toBe(true);
    expect(querySchema.safeParse({ version: 1, where: { kind: 'row' } }).success).toBe(false);
  });

  it('checks a filter of any list', () => {
    expect(validateRow(row('dueAtMs', 'today'), 'task')).toEqual([]);
    expect(validateRow(row('topic', 'hasData'), 'task')).toMatchObject([{ code: 'unknownField' }]);
  });
});

describe('segments inside segments', () => {
  const uuid = (n: number) => `0192a000-0000-7000-8000-00000000000${n}`;
  const segment = (n: number, more: Partial<SegmentDefinition>): SegmentDefinition => ({
    id: uuid(n),
    name: `Segment ${n}`,
    kind: 'dynamic',
    query: null,
    operations: [],
    timeZone: null,
    ...more,
  });
  const uses = (n: number): SegmentNode => ({ kind: 'segment', segmentId: uuid(n) });
  const lookup =
    (...all: SegmentDefinition[]) =>
    (id: string) =>
      all.find((each) => each.id === id) ?? null;

  it('may not form a ring, direct or not, compound or not', () => {
    const itself = segment(1, { query: ask(uses(1)) });
    expect(validateSegment(itself, { segment: lookup(itself) })).toMatchObject([{ code: 'segmentRing' }]);
    const a = segment(2, { query: ask(uses(3)) });
    const b = segment(3, { kind: 'compound', operations: [{ operation: 'union', segmentId: uuid(2) }] });
    expect(validateSegment(a, { segment: lookup(a, b) })).toMatchObject([{ code: 'segmentRing' }]);
    expect(validateSegment(b, { segment: lookup(a, b) })).toMatchObject([{ code: 'segmentRing' }]);
    expect(validate(ask(uses(3)), { segment: lookup(a, b), segmentId: uuid(2) })).toMatchObject([
      { code: 'segmentRing' },
    ]);
  });

  it('carry their own issues as one at the place of use', () => {
    const broken = segment(1, { query: ask(row('shoeSize', 'hasData')) });
    const empty = segment(2, {});
    expect(validate(ask(uses(1)), { segment: lookup(broken) })).toMatchObject([{ path: '0', code: 'segmentBroken' }]);
    expect(validate(ask(uses(2)), { segment: lookup(empty) })).toMatchObject([{ path: '0', code: 'segmentBroken' }]);
    expect(validateSegment(empty)).toMatchObject([{ code: 'empty' }]);
  });

  it('do not grow without bound when they use one another twice', () => {
    const all = Array.from({ length: 30 }, (_, n) =>
      segment(0, {
        id: `0192a000-0000-7000-8000-0000000000${10 + n}`,
        query: ask(
          { kind: 'segment', segmentId: `0192a000-0000-7000-8000-0000000000${11 + n}` },
          { kind: 'segment', segmentId: `0192a000-0000-7000-8000-0000000000${11 + n}`, not: true },
        ),
      }),
    );
    const last = segment(0, { id: '0192a000-0000-7000-8000-000000000040', query: ask(row('role', 'hasData')) });
    const first = all[0];
    if (!first) throw new Error('no segment');
    const codes = validateSegment(first, { segment: lookup(...all, last) }).map((issue) => issue.code);
    expect(codes).toContain('tooLarge');
  });

  it('know what they read and whether time alone changes them', () => {
    const inner = segment(1, { query: ask(related('leads', 'atLeast', 1, row('createdAtMs', 'today'))) });
    const reach = reachOf(segment(2, { query: ask(uses(1), row('role', 'hasData')) }), lookup(inner));
    expect(reach.isTimeDependent).toBe(true);
    expect([...reach.uses]).toEqual([uuid(1)]);
    expect(reach.ways.map((way) => way.at(-1)?.to ?? 'contact')).toEqual(['contact', 'lead']);
  });
});

describe('sentences', () => {
  it.each<[Query, string]>([
    [ask(), 'All contacts'],
    [
      ask(row('role', 'is', 'decisionMaker'), related('leads', 'atLeast', 1, row('topic', 'is', 'Contoso conference'))),
      'Contacts where role is decision maker and there is at least 1 lead where topic is “Contoso conference”',
    ],
    [
      ask(row('createdAtMs', 'lastNDays', 7), row('birthDate', 'between', '1990-01-01', '1990-12-31')),
      'Contacts where created is in the last 7 days and birth date is between 1990-01-01 and 1990-12-31',
    ],
    [
      ask(related('account', 'atLeast', 1, row('industry', 'contains', 'a', 'b')), related('checkIns', 'none', 1)),
      'Contacts where there is an account where industry contains “a” or “b” and there is no check-in',
    ],
    [
      ask(not(row('city', 'is', 'Köln'), row('marketingOnly', 'isFalse'))),
      'Contacts where not (city is “Köln” and marketing-only is no)',
    ],
    [
      ask(row('company', 'is', 'a', 'b', 'c', 'd', 'e', 'f')),
      'Contacts where company is “a”, “b”, “c”, “d”, “e” or 1 more',
    ],
    [ask(row('shoeSize', 'is', '44')), 'Contacts where shoe size is “44”'],
    [ask(row('ownerId', 'is', 'gone')), 'Contacts where owner is a record that is no longer there'],
  ])('%#', (query, text) => {
    expect(sentence(query)).toBe(text);
  });
});

describe('explanations', () => {
  it('count the records that inner nodes are about', () => {
    const data = memoryData({
      lead: [1, 2, 3].map((n) => ({
        id: `l${n}`,
        contactId: 'c',
        topic: n === 1 ? 'A' : 'B',
        score: n,
        deletedAtMs: null,
      })),
    });
    const query = ask(
      related('leads', 'exactly', 1, row('topic', 'is', 'b'), row('score', 'equals', 3)),
      row('company', 'hasData'),
    );
    const { isMember, nodes } = explain(query, contact({ company: null }), { data, nowMs });
    expect(isMember).toBe(false);
    expect(nodes.map(({ path, holds: isTrue, found }) => [path, isTrue, found])).toEqual([
      ['', false, null],
      ['0', true, '1 of 3'],
      ['0.0', true, '2 of 3'],
      ['0.1', true, '1 of 3'],
      ['1', false, 'blank'],
    ]);
  });
});
