/** Hot questions go through an index: a plan that walks all contacts is a second at a million of them. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../db/query/segment/compile.ts';
import type {
  GroupNode,
  Operator,
  Query,
  RowNode,
  SegmentNode,
  SegmentValue,
} from '../../shared/rules/segment/schema.ts';
import { nowMs } from '../helpers/segment-data.ts';
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

describe('the conference question', () => {
  it('goes through the index of topics and then straight to the contacts', () => {
    const { store } = freshStore();
    const statement = compile(conference, { nowMs });
    const plan = (
      store.connection.prepare(`EXPLAIN QUERY PLAN ${statement.sql}`).all(...statement.parameters) as {
        detail: string;
      }[]
    ).map((step) => step.detail);
    expect(plan).toEqual([
      'SEARCH root USING INTEGER PRIMARY KEY (rowid=?)',
      'LIST SUBQUERY 1',
      'SEARCH s1 USING INDEX lead_topic_key (topicKey=?)',
    ]);
    expect(statement.parameters).toEqual(['contoso conference', 'decisionMaker']);
  });

  it.each<[string, Query, string]>([
    ['a company', ask(row('company', 'is', 'Contoso')), 'contact_company_key'],
    ['the beginning of a company', ask(row('company', 'beginsWith', 'Con')), 'contact_company_key'],
    ['any of some tags', ask(row('tags', 'containsAnyOf', 'VIP', 'Nordics')), 'contact_tag_key'],
    ['all of some tags', ask(row('tags', 'containsAllOf', 'VIP', 'Nordics')), 'contact_tag_key'],
    ['an email address', ask(row('emails', 'is', 'ann@example.com')), 'contact_email_address'],
    [
      'an account of an industry',
      ask({
        kind: 'related',
        relation: 'account',
        quantifier: { kind: 'atLeast', count: 1 },
        where: group('all', row('industry', 'is', 'Retail')),
      }),
      'contact_account',
    ],
    ['when a contact came', ask(row('createdAtMs', 'lastNDays', 7)), 'contact_created_at_ms'],
    [
      'behaviour',
      ask({
        kind: 'behaviour',
        interactionKinds: ['badgeScanned'],
        quantifier: { kind: 'atLeast', count: 2 },
        window: { lastDays: 30 },
        where: group('all'),
      }),
      'interaction_kind',
    ],
    [
      'either of two that each have an index',
      { version: 1, where: group('any', row('company', 'is', 'Contoso'), leads(row('topic', 'is', 'Contoso'))) },
      'contact_company_key',
    ],
    [
      'interactions of the few that a block has left',
      ask(leads(row('topic', 'is', 'x')), {
        kind: 'related',
        relation: 'interactions',
        quantifier: { kind: 'none', count: 1 },
        where: group('all', row('subject', 'contains', 'x')),
      }),
      'interaction_contact',
    ],
  ])('asks by index for %s', (_name, query, index) => {
    const { store } = freshStore();
    const statement = compile(query, { nowMs });
    const plan = (
      store.connection.prepare(`EXPLAIN QUERY PLAN ${statement.sql}`).all(...statement.parameters) as {
        detail: string;
      }[]
    ).map((step) => step.detail);
    expect(plan.join('\n')).toContain(index);
    expect(plan.join('\n')).not.toContain('SCAN root');
  });
});
