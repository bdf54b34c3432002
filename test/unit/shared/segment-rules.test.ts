import { describe, expect, it } from 'vitest';
import { entityNames, entityOf } from '../../../shared/model/entities.ts';
import { describe as sentence } from '../../../shared/rules/segment/describe.ts';
import { evaluate, type SegmentRecord } from '../../../shared/rules/segment/evaluate.ts';
import { explain } from '../../../shared/rules/segment/explain.ts';
import { memoryData, type MemoryRecords } from '../../../shared/rules/segment/memory-data.ts';
import { arityOf, operatorFor, operatorsOf, positiveOf } from '../../../shared/rules/segment/operators.ts';
import { fieldOf, fieldsOf, relationOf, relationsOf, segmentEntities } from '../../../shared/rules/segment/registry.ts';
import {
  type GroupNode,
  type Operator,
  operators,
  type Query,
  type RelatedNode,
  relations,
  type RowNode,
  type SegmentNode,
  type SegmentValue,
} from '../../../shared/rules/segment/schema.ts';
import { simplify } from '../../../shared/rules/segment/tree.ts';

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
      const wanted = Object.entries(entityOf(entity).fields).filter(([, field]) => field.use.segment);
      expect(names).toEqual(expect.arrayContaining(wanted.map(([name]) => name)));
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
    expect(fieldOf('contact', 'constructor')).toBeNull();
  });
});

describe('operators', () => {
  it('are each used by some type, take values, and come back from their opposites', () => {
    const used = new Set(entityNames.flatMap((entity) => fieldsOf(entity).flatMap((field) => operatorsOf(field))));
    expect([...used].toSorted()).toEqual(operators.toSorted());
    for (const operator of operators) {
      expect(['none', 'one', 'two', 'many']).toContain(arityOf(operator));
      expect([...operators, null]).toContain(positiveOf(operator));
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
