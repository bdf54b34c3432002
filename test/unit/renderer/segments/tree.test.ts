import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { nodeSchema, querySchema, type Query } from '../../../../shared/rules/segment/schema.ts';
import * as tree from '../../../../renderer/features/segments/tree.ts';
import { createBuilderStore } from '../../../../renderer/features/segments/builder-store.ts';

const conference: Query = {
  version: 1,
  where: {
    kind: 'group',
    match: 'all',
    nodes: [
      {
        kind: 'related',
        relation: 'leads',
        quantifier: { kind: 'atLeast', count: 1 },
        where: {
          kind: 'group',
          match: 'all',
          nodes: [{ kind: 'row', field: 'topic', operator: 'is', values: ['Contoso conference'] }],
        },
      },
      { kind: 'row', field: 'role', operator: 'is', values: ['decisionMaker'], disabled: true },
      {
        kind: 'group',
        match: 'any',
        not: true,
        nodes: [
          { kind: 'row', field: 'company', operator: 'contains', values: ['acme'] },
          { kind: 'segment', segmentId: '01900000-0000-7000-8000-000000000001', not: true },
        ],
      },
    ],
  },
};

const fields = (root: tree.EditorNode): string[] => {
  if (root.kind === 'row') return [root.field];
  return tree.isContainer(root) ? root.children.flatMap(fields) : [];
};
const keyOf = (root: tree.EditorGroup, field: string): string => {
  const find = (node: tree.EditorNode): string | null => {
    if (node.kind === 'row') return node.field === field ? node.key : null;
    if (!tree.isContainer(node)) return null;
    for (const child of node.children) {
      const key = find(child);
      if (key) return key;
    }
    return null;
  };
  const key = find(root);
  if (key === null) throw new Error(`no row ${field}`);
  return key;
};

describe('the tree of the builder', () => {
  it('gives the same question back that it was made from', () => {
    expect(tree.toQuery(tree.fromQuery(conference), null)).toEqual(conference);
    expect(querySchema.safeParse(tree.toQuery(tree.fromQuery(null), 'Europe/Brussels')).success).toBe(true);
  });

  it('gives back any tree that the language allows', () => {
    const row = fc.record({
      kind: fc.constant('row' as const),
      field: fc.constantFrom('role', 'company'),
      operator: fc.constantFrom('is' as const, 'contains' as const),
      values: fc.array(fc.string({ minLength: 1, maxLength: 5 }), { maxLength: 3 }),
    });
    const { node } = fc.letrec((tie) => ({
      node: fc.oneof({ maxDepth: 4 }, row, tie('group'), tie('related')),
      group: fc.record({
        kind: fc.constant('group'),
        match: fc.constantFrom('all', 'any'),
        nodes: fc.array(tie('node'), { maxLength: 3 }),
      }),
      related: fc.record({
        kind: fc.constant('related'),
        relation: fc.constantFrom('leads', 'account'),
        quantifier: fc.constant({ kind: 'atLeast', count: 2 }),
        where: tie('group'),
      }),
    }));
    fc.assert(
      fc.property(node, (made) => {
        const parsed = nodeSchema.parse(made);
        expect(tree.toNode(tree.fromNode(parsed))).toEqual(parsed);
      }),
      { numRuns: 300 },
    );
  });

  it('names places as counts and explanations do', () => {
    const root = tree.fromQuery(conference);
    const paths = tree.pathsByKey(root);
    expect(paths.get(root.key)).toBe('');
    expect(paths.get(keyOf(root, 'topic'))).toBe('0.0');
    expect(paths.get(keyOf(root, 'company'))).toBe('2.0');
  });

  it('leaves rows that are still being filled in out of a count, but not out of what is saved', () => {
    const root = tree.newGroup([tree.newRow('role', 'is'), tree.newRow('company', 'contains', ['a'])]);
    const isReady = (node: tree.EditorNode) => node.kind !== 'row' || node.values.length > 0;
    expect(tree.toQuery(root, null, { isReady }).where.nodes.map((node) => node.disabled ?? false)).toEqual([
      true,
      false,
    ]);
    expect(tree.toQuery(root, null).where.nodes.map((node) => node.disabled ?? false)).toEqual([false, false]);
  });

  it('saves no condition that says nothing yet', () => {
    const root = tree.newGroup([tree.newRow('', 'is'), tree.newRow('company', 'contains', ['a'])]);
    expect(tree.toQuery(root, null, { isSaved: true }).where.nodes).toHaveLength(1);
  });

  it('moves a row past its neighbour, into the next group, and out of it again', () => {
    let root = tree.fromQuery(conference);
    const role = keyOf(root, 'role');
    root = tree.move(root, role, 1);
    expect(fields(root)).toEqual(['topic', 'role', 'company']);
    expect(tree.parentOf(root, role)?.parent.kind).toBe('group');
    expect(tree.parentOf(root, role)?.parent.key).not.toBe(root.key);
    root = tree.move(root, role, -1);
    expect(tree.parentOf(root, role)?.parent.key).toBe(root.key);
    root = tree.move(root, role, -1);
    expect(fields(root)).toEqual(['role', 'topic', 'company']);
    expect(tree.move(root, role, -1)).toBe(root);
  });

  it('never moves a row out of a block, where it would speak of another record', () => {
    const root = tree.fromQuery(conference);
    const topic = keyOf(root, 'topic');
    expect(tree.move(root, topic, 1)).toBe(root);
    expect(tree.move(root, topic, -1)).toBe(root);
  });

  it('copies a block with keys of its own', () => {
    const root = tree.fromQuery(conference);
    const block = root.children[0];
    if (!block) throw new Error('no block');
    const copied = tree.duplicate(root, block.key);
    expect(fields(copied.root)).toEqual(['topic', 'topic', 'role', 'company']);
    const keys = [...tree.pathsByKey(copied.root).keys()];
    expect(new Set(keys).size).toBe(keys.length);
    expect(copied.root.children[1]?.key).toBe(copied.key);
  });

  it('groups a row and ungroups it again', () => {
    const root = tree.fromQuery(conference);
    const wrapped = tree.wrap(root, keyOf(root, 'role'));
    expect(tree.findNode(wrapped.root, wrapped.key)?.kind).toBe('group');
    expect(tree.toQuery(tree.unwrap(wrapped.root, wrapped.key), null)).toEqual(conference);
  });

  it('puts the keyboard on the neighbour of what was removed', () => {
    const root = tree.fromQuery(conference);
    expect(tree.focusAfterRemoval(root, keyOf(root, 'role'))).toBe(root.children[2]?.key);
    expect(tree.focusAfterRemoval(root, keyOf(root, 'topic'))).toBe(root.children[0]?.key);
  });
});

describe('undo in the builder', () => {
  it('takes back one change at a time and puts it forward again', () => {
    const store = createBuilderStore(conference);
    const before = store.getState().root;
    store.getState().remove(keyOf(before, 'role'));
    store.getState().add(store.getState().root.key, tree.newRow('city', 'is', ['Ghent']));
    expect(fields(store.getState().root)).toEqual(['topic', 'company', 'city']);
    store.getState().undo();
    store.getState().undo();
    expect(store.getState().root).toBe(before);
    store.getState().undo();
    expect(store.getState().root).toBe(before);
    store.getState().redo();
    store.getState().redo();
    expect(fields(store.getState().root)).toEqual(['topic', 'company', 'city']);
  });

  it('takes keystrokes in one place back together, and apart where another change came between', () => {
    const store = createBuilderStore(conference);
    const key = keyOf(store.getState().root, 'company');
    const type = (text: string) =>
      store.getState().update(key, (node) => (node.kind === 'row' ? { ...node, values: [text] } : node), 'values');
    type('a');
    type('ac');
    store.getState().toggleDisabled(key);
    type('acm');
    expect(store.getState().past).toHaveLength(3);
    store.getState().undo();
    store.getState().undo();
    const node = tree.findNode(store.getState().root, key);
    expect(node?.kind === 'row' && node.values).toEqual(['ac']);
  });

  it('forgets what was undone once something else is changed', () => {
    const store = createBuilderStore(conference);
    store.getState().remove(keyOf(store.getState().root, 'role'));
    store.getState().undo();
    store.getState().toggleDisabled(keyOf(store.getState().root, 'role'));
    expect(store.getState().future).toEqual([]);
  });
});
