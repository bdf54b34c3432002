/**
 * The shape of a query's tree, apart from what it asks.
 *
 * A node that is disabled says nothing, and so does a group without a node that says something: it is left out as if
 * it were not there, whatever its match and not. A block over related records always says something: without rows it
 * asks for any related record. A query that says nothing finds every record; going live refuses it.
 *
 * Paths name nodes by position, disabled ones included: '' is the root group, '0.1' the second node of the first. The
 * group inside a block shares its block's path.
 */
import type { GroupNode, Query, SegmentNode } from './schema.ts';

export type Path = string;
export type Placed = { readonly node: SegmentNode; readonly path: Path };

const childPath = (path: Path, index: number): Path => (path === '' ? String(index) : `${path}.${index}`);

/** Does it say nothing? */
export const isNeutral = (node: SegmentNode): boolean =>
  node.disabled === true || (node.kind === 'group' && node.nodes.every(isNeutral));

/** The nodes of a group that say something; of a disabled group (the root, or a block's) none does. */
export const activeNodes = (group: GroupNode, path: Path): Placed[] =>
  group.disabled === true
    ? []
    : group.nodes.flatMap((node, index) => (isNeutral(node) ? [] : [{ node, path: childPath(path, index) }]));

/** The nodes right below a node: of a group, or of the group in a block. */
export function nodesBelow(node: SegmentNode, path: Path): Placed[] {
  switch (node.kind) {
    case 'group':
      return activeNodes(node, path);
    case 'related':
    case 'behaviour':
      return activeNodes(node.where, path);
    default:
      return [];
  }
}

/** The same question without what says nothing; groups of one node that add nothing are opened. */
export function simplify(query: Query): Query {
  return { ...query, where: { ...simplifyGroup(query.where), kind: 'group' } };
}

function simplifyGroup(group: GroupNode): GroupNode {
  if (isNeutral(group)) return { kind: 'group', match: 'all', nodes: [] };
  const nodes = group.nodes.flatMap((node): SegmentNode[] => {
    if (isNeutral(node)) return [];
    const simple = simplifyNode(node);
    const inner = simple.kind === 'group' && !simple.not ? simple : null;
    const opens = inner !== null && (inner.match === group.match || inner.nodes.length === 1);
    return opens ? inner.nodes : [simple];
  });
  return { kind: 'group', match: group.match, nodes, ...(group.not ? { not: true } : {}) };
}

function simplifyNode(node: SegmentNode): SegmentNode {
  const { disabled: _disabled, ...rest } = node;
  switch (rest.kind) {
    case 'group':
      return simplifyGroup(rest);
    case 'related':
    case 'behaviour':
      return { ...rest, where: simplifyGroup(rest.where) };
    default:
      return rest;
  }
}
