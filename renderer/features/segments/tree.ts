/**
 * The builder's own form of a question: the same tree as the segment language, but every node has a key that stays
 * when the tree changes around it (for focus, counts and React), and every container holds its children in one place.
 *
 * Example: `toQuery(insert(root, root.key, 0, newRow('role', 'is')))`.
 */
import type {
  GroupNode,
  Operator,
  Quantifier,
  Query,
  Relation,
  RowNode,
  SegmentNode,
  SegmentValue,
  BehaviourNode,
} from '../../../shared/rules/segment/schema.ts';

type Container = {
  readonly match: 'all' | 'any';
  readonly not: boolean;
  readonly children: readonly EditorNode[];
};
type Common = { readonly key: string; readonly disabled: boolean };

export type EditorRow = Common & {
  readonly kind: 'row';
  readonly field: string;
  readonly operator: Operator;
  readonly values: readonly SegmentValue[];
};
export type EditorGroup = Common & Container & { readonly kind: 'group' };
export type EditorRelated = Common &
  Container & { readonly kind: 'related'; readonly relation: Relation; readonly quantifier: Quantifier };
export type EditorBehaviour = Common &
  Container & {
    readonly kind: 'behaviour';
    readonly interactionKinds: BehaviourNode['interactionKinds'];
    readonly quantifier: Quantifier;
    readonly window: BehaviourNode['window'];
  };
export type EditorSegment = Common & { readonly kind: 'segment'; readonly segmentId: string; readonly not: boolean };

export type EditorContainer = EditorGroup | EditorRelated | EditorBehaviour;
export type EditorNode = EditorRow | EditorContainer | EditorSegment;

export const isContainer = (node: EditorNode): node is EditorContainer =>
  node.kind === 'group' || node.kind === 'related' || node.kind === 'behaviour';

let lastKey = 0;
/** Keys only have to differ within one window. */
const newKey = (): string => `n${(lastKey += 1)}`;

const plain = () => ({ key: newKey(), disabled: false });
const empty = () => ({ match: 'all' as const, not: false, children: [] });

export const newRow = (field: string, operator: Operator, values: readonly SegmentValue[] = []): EditorRow => ({
  ...plain(),
  kind: 'row',
  field,
  operator,
  values,
});
export const newGroup = (children: readonly EditorNode[] = []): EditorGroup => ({
  ...plain(),
  ...empty(),
  kind: 'group',
  children,
});
export const newRelated = (relation: Relation, children: readonly EditorNode[] = []): EditorRelated => ({
  ...plain(),
  ...empty(),
  kind: 'related',
  relation,
  quantifier: { kind: 'atLeast', count: 1 },
  children,
});
export const newBehaviour = (interactionKinds: BehaviourNode['interactionKinds']): EditorBehaviour => ({
  ...plain(),
  ...empty(),
  kind: 'behaviour',
  interactionKinds,
  quantifier: { kind: 'atLeast', count: 1 },
  window: { lastDays: 90 },
});
export const newSegmentReference = (segmentId: string): EditorSegment => ({
  ...plain(),
  kind: 'segment',
  segmentId,
  not: false,
});

/** From the stored tree. */
export function fromNode(node: SegmentNode): EditorNode {
  const common = { key: newKey(), disabled: node.disabled ?? false };
  switch (node.kind) {
    case 'row':
      return { ...common, kind: 'row', field: node.field, operator: node.operator, values: node.values };
    case 'group':
      return { ...common, kind: 'group', ...fromGroup(node) };
    case 'related':
      return {
        ...common,
        kind: 'related',
        relation: node.relation,
        quantifier: node.quantifier,
        ...fromGroup(node.where),
      };
    case 'behaviour':
      return {
        ...common,
        kind: 'behaviour',
        interactionKinds: node.interactionKinds,
        quantifier: node.quantifier,
        window: node.window,
        ...fromGroup(node.where),
      };
    case 'segment':
      return { ...common, kind: 'segment', segmentId: node.segmentId, not: node.not ?? false };
  }
}
const fromGroup = (group: GroupNode): Container => ({
  match: group.match,
  not: group.not ?? false,
  children: group.nodes.map(fromNode),
});

export function fromQuery(query: Query | null): EditorGroup {
  if (query === null) return newGroup();
  return { key: newKey(), disabled: query.where.disabled ?? false, kind: 'group', ...fromGroup(query.where) };
}

/**
 * `isReady` false: still being filled in, or wrong. A count keeps the place of such a node and leaves out what it says,
 * which the language may not even know yet. What is saved keeps them, but for those that say nothing at all.
 */
type ToNodeOptions = { readonly isReady?: (node: EditorNode) => boolean; readonly isSaved?: boolean };

/** A condition without a field, behaviour of no kind, or a segment not chosen yet: the language has no words for it. */
export function isBlank(node: EditorNode): boolean {
  switch (node.kind) {
    case 'row':
      return node.field === '';
    case 'behaviour':
      return node.interactionKinds.length === 0;
    case 'segment':
      return node.segmentId === '';
    case 'group':
    case 'related':
      return false;
  }
}

export function toNode(node: EditorNode, options: ToNodeOptions = {}): SegmentNode {
  if (options.isReady !== undefined && (isBlank(node) || !options.isReady(node))) {
    const nodes = isContainer(node) ? node.children.map((child) => toNode(child, options)) : [];
    return { kind: 'group', match: 'all', nodes, disabled: true };
  }
  const disabled = node.disabled ? { disabled: true } : {};
  switch (node.kind) {
    case 'row':
      return {
        kind: 'row',
        field: node.field,
        operator: node.operator,
        values: [...node.values],
        ...disabled,
      } satisfies RowNode;
    case 'group':
      return { ...toGroup(node, options), ...disabled };
    case 'related':
      return {
        kind: 'related',
        relation: node.relation,
        quantifier: node.quantifier,
        where: toGroup(node, options),
        ...disabled,
      };
    case 'behaviour':
      return {
        kind: 'behaviour',
        interactionKinds: [...node.interactionKinds],
        where: toGroup(node, options),
        quantifier: node.quantifier,
        window: node.window,
        ...disabled,
      };
    case 'segment':
      return { kind: 'segment', segmentId: node.segmentId, ...(node.not ? { not: true } : {}), ...disabled };
  }
}
const toGroup = (node: EditorContainer, options: ToNodeOptions): GroupNode => ({
  kind: 'group',
  match: node.match,
  ...(node.not ? { not: true } : {}),
  nodes: node.children
    .filter((child) => !(options.isSaved && isBlank(child) && !(isContainer(child) && child.children.length > 0)))
    .map((child) => toNode(child, options)),
});

export function toQuery(root: EditorGroup, timeZone: string | null, options: ToNodeOptions = {}): Query {
  const off = root.disabled ? { disabled: true } : {};
  return { version: 1, where: { ...toGroup(root, options), ...off }, ...(timeZone ? { timeZone } : {}) };
}

/** Where each node stands, as counts and explanations name it: '' the root, '0.1' the second node of the first. */
export function pathsByKey(root: EditorNode): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  const walk = (node: EditorNode, path: string) => {
    paths.set(node.key, path);
    if (isContainer(node))
      node.children.forEach((child, index) => walk(child, path === '' ? `${index}` : `${path}.${index}`));
  };
  walk(root, '');
  return paths;
}

export function findNode(root: EditorNode, key: string): EditorNode | null {
  if (root.key === key) return root;
  if (!isContainer(root)) return null;
  for (const child of root.children) {
    const found = findNode(child, key);
    if (found) return found;
  }
  return null;
}

export function parentOf(root: EditorNode, key: string): { parent: EditorContainer; index: number } | null {
  if (!isContainer(root)) return null;
  const index = root.children.findIndex((child) => child.key === key);
  if (index >= 0) return { parent: root, index };
  for (const child of root.children) {
    const found = parentOf(child, key);
    if (found) return found;
  }
  return null;
}

/** Replaces one node; the same tree when nothing differs. */
export function replace<N extends EditorNode>(root: N, key: string, change: (node: EditorNode) => EditorNode): N {
  if (root.key === key) return change(root) as N;
  if (!isContainer(root)) return root;
  let changed = false;
  const children = root.children.map((child) => {
    const next = replace(child, key, change);
    if (next !== child) changed = true;
    return next;
  });
  return changed ? { ...root, children } : root;
}

const withChildren = (node: EditorNode, change: (children: readonly EditorNode[]) => readonly EditorNode[]) =>
  isContainer(node) ? { ...node, children: change(node.children) } : node;

export const insert = (root: EditorGroup, parentKey: string, index: number, node: EditorNode): EditorGroup =>
  replace(root, parentKey, (parent) => withChildren(parent, (children) => children.toSpliced(index, 0, node)));

export function remove(root: EditorGroup, key: string): EditorGroup {
  const at = parentOf(root, key);
  if (!at) return root;
  return replace(root, at.parent.key, (parent) => withChildren(parent, (children) => children.toSpliced(at.index, 1)));
}

function withNewKeys(node: EditorNode): EditorNode {
  return isContainer(node)
    ? { ...node, key: newKey(), children: node.children.map(withNewKeys) }
    : { ...node, key: newKey() };
}

/** The copy stands right after its original; `key` is the copy's. */
export function duplicate(root: EditorGroup, key: string): { root: EditorGroup; key: string } {
  const at = parentOf(root, key);
  const node = at?.parent.children[at.index];
  if (!at || !node) return { root, key };
  const copy = withNewKeys(node);
  return { root: insert(root, at.parent.key, at.index + 1, copy), key: copy.key };
}

/**
 * Moves a node one place up or down. At the edge of a plain group it steps out of it, and next to one it steps in; it
 * never leaves a related or behaviour block, whose rows speak of another record.
 */
export function move(root: EditorGroup, key: string, by: -1 | 1): EditorGroup {
  const at = parentOf(root, key);
  const node = at?.parent.children[at.index];
  if (!at || !node) return root;
  const neighbour = at.parent.children[at.index + by];
  if (neighbour === undefined) {
    if (at.parent.kind !== 'group' || at.parent.key === root.key) return root;
    const outer = parentOf(root, at.parent.key);
    if (!outer) return root;
    return insert(remove(root, key), outer.parent.key, by === 1 ? outer.index + 1 : outer.index, node);
  }
  if (neighbour.kind === 'group')
    return insert(remove(root, key), neighbour.key, by === 1 ? 0 : neighbour.children.length, node);
  return replace(root, at.parent.key, (parent) =>
    withChildren(parent, (children) => children.with(at.index, neighbour).with(at.index + by, node)),
  );
}

/** Puts a node into a group of its own. */
export function wrap(root: EditorGroup, key: string): { root: EditorGroup; key: string } {
  const at = parentOf(root, key);
  const node = at?.parent.children[at.index];
  if (!at || !node) return { root, key };
  const group = newGroup([node]);
  return { root: insert(remove(root, key), at.parent.key, at.index, group), key: group.key };
}

/** Puts the children of a group in its place. */
export function unwrap(root: EditorGroup, key: string): EditorGroup {
  const at = parentOf(root, key);
  const node = at?.parent.children[at.index];
  if (!at || node?.kind !== 'group') return root;
  return replace(root, at.parent.key, (parent) =>
    withChildren(parent, (children) => children.toSpliced(at.index, 1, ...node.children)),
  );
}

/** The node to focus when one is removed: the one after it, else before, else its parent. */
export function focusAfterRemoval(root: EditorGroup, key: string): string {
  const at = parentOf(root, key);
  if (!at) return root.key;
  const { children } = at.parent;
  return children[at.index + 1]?.key ?? children[at.index - 1]?.key ?? at.parent.key;
}
