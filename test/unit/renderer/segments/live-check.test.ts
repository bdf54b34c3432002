import { describe, expect, it } from 'vitest';
import { templateIds, templateQuery } from '../../../../renderer/features/segments/templates.ts';
import { check } from '../../../../renderer/features/segments/check.ts';
import {
  fromQuery,
  newBehaviour,
  newGroup,
  newRelated,
  newRow,
  newSegmentReference,
} from '../../../../renderer/features/segments/tree.ts';
import { querySchema } from '../../../../shared/rules/segment/schema.ts';

describe('a question while it is being edited', () => {
  it('is counted without the conditions that are not filled in, and says which they are', () => {
    const unfinished = newRow('topic', 'is');
    const root = newGroup([newRelated('leads', [unfinished]), newRow('role', 'is', ['decisionMaker'])]);
    const { query, issueByKey, errors } = check(root, 'Europe/Brussels', null);
    expect(errors).toBe(1);
    expect(issueByKey.get(unfinished.key)?.code).toBe('missingValue');
    expect(query.where.nodes[0]).toMatchObject({ where: { nodes: [{ disabled: true }] } });
    expect(query.where.nodes[1]).not.toHaveProperty('disabled');
  });
  it('asks nothing that the language does not know for conditions just added', () => {
    const root = newGroup([
      newRow('', 'is'),
      newSegmentReference(''),
      newBehaviour([]),
      newRelated('leads', [newRow('', 'is')]),
    ]);
    const { query, errors } = check(root, 'Europe/Brussels', null);
    expect(errors).toBe(4);
    expect(querySchema.safeParse(query).success).toBe(true);
    expect(query.where.nodes.map(({ disabled }) => disabled ?? false)).toEqual([true, true, true, false]);
  });
  it('shows a field that has gone in its place and leaves the rest working', () => {
    const gone = newRow('shoeSize', 'is', ['43']);
    const root = newGroup([gone, newRow('role', 'is', ['decisionMaker'])]);
    expect(check(root, null, null).issueByKey.get(gone.key)?.code).toBe('unknownField');
    expect(check(root, null, null).query.where.nodes[0]?.disabled).toBe(true);
  });
  it('does not let a segment be used inside itself', () => {
    const self = '01900000-0000-7000-8000-000000000001';
    const reference = newSegmentReference(self);
    expect(check(newGroup([reference]), null, self).issueByKey.get(reference.key)?.code).toBe('segmentRing');
    expect(check(newGroup([reference]), null, null).errors).toBe(0);
  });
});

describe('the questions to start from', () => {
  it('are all of the language, and wrong in nothing but values to fill in', () => {
    for (const template of templateIds) {
      const query = templateQuery(template, 'Europe/Brussels');
      expect(querySchema.safeParse(query).success, template).toBe(true);
      const codes = [...check(fromQuery(query), 'Europe/Brussels', null).issueByKey.values()].map(({ code }) => code);
      expect(
        codes.every((code) => code === 'missingValue'),
        template,
      ).toBe(true);
    }
  });
});
