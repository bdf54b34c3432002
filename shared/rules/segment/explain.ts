/**
 * Why a record is in a query's answer or not: for every node that says something, whether it holds by itself and what
 * was found. Nodes inside a block speak of the related records: such a node holds when at least one record reached
 * through the blocks above it satisfies it, and what was found is how many of how many.
 *
 * The root's `holds` is membership, since it is asked with the same predicates as `evaluate`.
 *
 * Example: `{ path: '1.0', text: 'topic is “Contoso conference”', holds: true, found: '1 of 3' }`.
 */
import type { EntityName } from '../../model/entities.ts';
import { describe, describeNode, describeOwnValue, type DescribeContext } from './describe.ts';
import {
  behaviourScope,
  type EvaluationContext,
  frameOf,
  groupPredicate,
  type Frame,
  nodePredicate,
  relationFor,
  type SegmentRecord,
} from './evaluate.ts';
import type { Query, RowNode, SegmentNode } from './schema.ts';
import { nodesBelow, type Path } from './tree.ts';
import { english } from './words.ts';

export type Explanation = {
  readonly path: Path;
  readonly text: string;
  readonly holds: boolean;
  /** The record's own value, or how many related records matched; null where there is nothing to show. */
  readonly found: string | null;
};

type Place = {
  readonly entity: EntityName;
  /** The records that this place is about: the one asked about, or those reached through blocks. */
  readonly records: readonly SegmentRecord[];
  readonly isRoot: boolean;
};

export function explain(
  query: Query,
  record: SegmentRecord,
  context: EvaluationContext,
  describing: DescribeContext = {},
): { isMember: boolean; nodes: Explanation[] } {
  const root = context.root ?? 'contact';
  const frame = frameOf(query, context);
  const naming: DescribeContext = { ...describing, root, registry: frame.registry, segment: context.data.segment };
  const isMember = groupPredicate(query.where, root, frame)(record);
  const nodes: Explanation[] = [{ path: '', text: describe(query, naming), holds: isMember, found: null }];
  const place: Place = { entity: root, records: [record], isRoot: true };
  for (const { node, path } of nodesBelow(query.where, '')) explainNode(node, path, place, frame, naming, nodes);
  return { isMember, nodes };
}

function explainNode(
  node: SegmentNode,
  path: Path,
  place: Place,
  frame: Frame,
  naming: DescribeContext,
  nodes: Explanation[],
): void {
  const holds = nodePredicate(node, place.entity, frame);
  const matching = place.records.filter(holds).length;
  nodes.push({
    path,
    text: describeNode(node, place.entity, naming),
    holds: matching > 0,
    found: foundAt(node, place, matching, frame, naming),
  });
  const inner = placeBelow(node, place, frame);
  for (const below of nodesBelow(node, path)) explainNode(below.node, below.path, inner, frame, naming, nodes);
}

function foundAt(node: SegmentNode, place: Place, matching: number, frame: Frame, naming: DescribeContext) {
  const words = naming.words ?? english;
  if (!place.isRoot) return words.someOf(matching, place.records.length);
  const [record] = place.records;
  if (node.kind === 'row') return record ? ownValue(node, place.entity, record, frame, naming) : null;
  if (node.kind !== 'related' && node.kind !== 'behaviour') return null;
  const reached = placeBelow(node, place, frame);
  const holds = groupPredicate(node.where, reached.entity, frame);
  return words.someOf(reached.records.filter(holds).length, reached.records.length);
}

function ownValue(row: RowNode, entity: EntityName, record: SegmentRecord, frame: Frame, naming: DescribeContext) {
  const field = frame.registry.field(entity, row.field);
  if (!field) return null;
  const isInParts = field.storage.kind === 'parts' || field.storage.kind === 'list';
  const name = isInParts && 'column' in field.storage ? field.storage.column : field.name;
  return describeOwnValue(field, record[name], naming);
}

function placeBelow(node: SegmentNode, place: Place, frame: Frame): Place {
  if (node.kind !== 'related' && node.kind !== 'behaviour') return place;
  const relation = relationFor(place.entity, node.kind === 'related' ? node.relation : 'interactions', frame);
  const isMeant = node.kind === 'behaviour' ? behaviourScope(node, frame) : () => true;
  const reached = new Map<string, SegmentRecord>();
  for (const record of place.records) {
    for (const related of frame.data.related(relation, record)) if (isMeant(related)) reached.set(related.id, related);
  }
  return { entity: relation.to, records: [...reached.values()], isRoot: false };
}
