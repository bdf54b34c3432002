/**
 * What a segment reads, and by which ways from a contact: from this follows whose membership a changed record may
 * change. Also whether the answer moves with time alone.
 *
 * Example: "leads whose account's industry is …" reads contact, lead and account; a change of an account is followed
 * back through lead.accountId and lead.contactId.
 */
import type { EntityName } from '../../model/entities.ts';
import { assertNever } from '../../result.ts';
import type { SegmentDefinition, SegmentLookup } from './definition.ts';
import { isRelative } from './operators.ts';
import { type Registry, registry as builtIn, type SegmentRelation } from './registry.ts';
import type { GroupNode, SegmentNode } from './schema.ts';
import { activeNodes } from './tree.ts';

/** One step: records of `to` whose `theirs` equals the `own` of a record of `from`. */
type Hop = { readonly from: EntityName; readonly own: string; readonly to: EntityName; readonly theirs: string };

/** The way from a contact to the records read; empty for the contact itself. */
export type Way = readonly Hop[];

export type Reach = {
  readonly ways: readonly Way[];
  /** Names relative dates, so that membership changes without anybody changing data. */
  readonly isTimeDependent: boolean;
  /** Segments used, directly or through others. */
  readonly uses: ReadonlySet<string>;
};

export const endOf = (way: Way): EntityName => way.at(-1)?.to ?? 'contact';

export function reachOf(segment: SegmentDefinition, lookup: SegmentLookup, registry: Registry = builtIn): Reach {
  const ways = new Map<string, Way>();
  const uses = new Set<string>();
  let isTimeDependent = false;

  const add = (way: Way): Way => {
    ways.set(JSON.stringify(way), way);
    return way;
  };
  const visitSegment = (each: SegmentDefinition, way: Way): void => {
    add(way);
    switch (each.kind) {
      case 'static':
        add([...way, { from: 'contact', own: 'id', to: 'segmentMember', theirs: 'contactId' }]);
        return;
      case 'dynamic':
        if (each.query) visitGroup(each.query.where, 'contact', way);
        return;
      case 'compound':
        for (const { segmentId } of each.operations) visitReference(segmentId, way);
        return;
      default:
        assertNever(each.kind);
    }
  };
  const visitReference = (id: string, way: Way): void => {
    uses.add(id);
    const found = lookup(id);
    if (found) visitSegment(found, way);
  };
  const visitGroup = (group: GroupNode, entity: EntityName, way: Way): void => {
    for (const { node } of activeNodes(group, '')) visitNode(node, entity, way);
  };
  const visitNode = (node: SegmentNode, entity: EntityName, way: Way): void => {
    switch (node.kind) {
      case 'row':
        if (isRelative(node.operator)) isTimeDependent = true;
        if (node.operator === 'inSegment') {
          const there: Way = add([...way, { from: entity, own: node.field, to: 'contact', theirs: 'id' }]);
          for (const id of node.values) visitReference(String(id), there);
        }
        return;
      case 'group':
        return visitGroup(node, entity, way);
      case 'related': {
        const relation = registry.relation(entity, node.relation);
        if (relation) visitGroup(node.where, relation.to, add([...way, ...hopsOf(relation, add, way)]));
        return;
      }
      case 'behaviour': {
        if (node.window && 'lastDays' in node.window) isTimeDependent = true;
        const relation = registry.relation(entity, 'interactions');
        if (relation) visitGroup(node.where, relation.to, add([...way, ...hopsOf(relation, add, way)]));
        return;
      }
      case 'segment':
        return visitReference(node.segmentId, way);
      default:
        assertNever(node);
    }
  };
  visitSegment(segment, []);
  return { ways: [...ways.values()], isTimeDependent, uses };
}

/** The table between counts as a stop of its own: its rows come and go too. */
function hopsOf({ from, to, join }: SegmentRelation, add: (way: Way) => Way, way: Way): Hop[] {
  if (join.kind === 'columns') return [{ from, own: join.own, to, theirs: join.theirs }];
  const toLink: Hop = { from, own: 'id', to: join.entity, theirs: join.own };
  add([...way, toLink]);
  return [toLink, { from: join.entity, own: join.theirs, to, theirs: 'id' }];
}
