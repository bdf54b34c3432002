import { describe, expect, it } from 'vitest';
import type { SegmentDefinition } from '../../../shared/rules/segment/definition.ts';
import { reachOf } from '../../../shared/rules/segment/reach.ts';
import {
  type GroupNode,
  type Operator,
  type Query,
  querySchema,
  type RelatedNode,
  type RowNode,
  type SegmentNode,
  type SegmentValue,
} from '../../../shared/rules/segment/schema.ts';
import { mostNodes, validate, validateRow, validateSegment } from '../../../shared/rules/segment/validate.ts';

const group = (match: 'all' | 'any', ...nodes: SegmentNode[]): GroupNode => ({ kind: 'group', match, nodes });
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
