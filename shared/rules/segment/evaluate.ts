/**
 * Does a record satisfy a query? The segment language in memory, over a plain source of related records. It is one of
 * two independent implementations; the other is db/query/segment/compile.ts, and a property test holds them together.
 *
 * Everything is two-valued. A blank satisfies no operator but the negative ones (`isNot`, `notContains`, `notEquals`,
 * `hasNoData`), which are the exact opposites of their twins. For a field with many values a condition holds when it
 * holds for any of them, so its negation holds when it holds for none. "All" related records means that there is at
 * least one and that none fails: a contact without leads is not one whose leads are all hot. Deleted records do not
 * count; the source leaves them out.
 *
 * Queries are validated first; an unknown field here is a bug and throws.
 *
 * Example: `prepare(query, context)(contact)` is true for a decision maker with a lead on Contoso conference.
 */
import type { EntityName } from '../../model/entities.ts';
import { assertNever } from '../../result.ts';
import { type SegmentDefinition, type SegmentLookup, zoneOf } from './definition.ts';
import { type Registry, registry as builtIn, type SegmentRelation } from './registry.ts';
import { daysToInstants, relativeInstants } from './relative-dates.ts';
import { rowPredicate } from './row-predicate.ts';
import type { BehaviourNode, GroupNode, Quantifier, Query, RowNode, SegmentNode } from './schema.ts';
import { activeNodes } from './tree.ts';

/** A record as on the wire: fields by name, references as ids. */
export type SegmentRecord = { readonly id: string } & Readonly<Record<string, unknown>>;
export type Predicate = (record: SegmentRecord) => boolean;

export type SegmentData = {
  /** The related records that are not deleted. */
  readonly related: (relation: SegmentRelation, record: SegmentRecord) => readonly SegmentRecord[];
  /** A record by its id, if it is there and not deleted. */
  readonly record: (entity: EntityName, id: string) => SegmentRecord | null;
  readonly segment: SegmentLookup;
  readonly isStaticMember: (segmentId: string, contactId: string) => boolean;
};

export type EvaluationContext = {
  readonly data: SegmentData;
  readonly nowMs: number;
  /** Of the segment, where the query names none. */
  readonly timeZone?: string | null;
  readonly root?: EntityName;
  readonly registry?: Registry;
};

/** What predicates are made with, for one query; a used segment has its own time zone. */
export type Frame = {
  readonly data: SegmentData;
  readonly nowMs: number;
  readonly zone: string;
  readonly registry: Registry;
};

export const frameOf = (query: Query, context: EvaluationContext): Frame => ({
  data: context.data,
  nowMs: context.nowMs,
  zone: zoneOf(query, context.timeZone),
  registry: context.registry ?? builtIn,
});

/** The query as a function of a record; made once, asked many times. */
export function prepare(query: Query, context: EvaluationContext): Predicate {
  return groupPredicate(query.where, context.root ?? 'contact', frameOf(query, context));
}

export const evaluate = (query: Query, record: SegmentRecord, context: EvaluationContext): boolean =>
  prepare(query, context)(record);

export function nodePredicate(node: SegmentNode, entity: EntityName, frame: Frame): Predicate {
  switch (node.kind) {
    case 'row':
      return fieldPredicate(node, entity, frame);
    case 'group':
      return groupPredicate(node, entity, frame);
    case 'related': {
      const relation = relationFor(entity, node.relation, frame);
      const holds = groupPredicate(node.where, relation.to, frame);
      return quantified(node.quantifier, (record) => frame.data.related(relation, record), holds);
    }
    case 'behaviour': {
      const relation = relationFor(entity, 'interactions', frame);
      const isMeant = behaviourScope(node, frame);
      const holds = groupPredicate(node.where, relation.to, frame);
      const related = (record: SegmentRecord) => frame.data.related(relation, record).filter(isMeant);
      return quantified(node.quantifier, related, holds);
    }
    case 'segment': {
      const isIn = segmentPredicate(definitionOf(node.segmentId, frame), frame);
      return node.not ? (record) => !isIn(record) : isIn;
    }
    default:
      return assertNever(node);
  }
}

export function groupPredicate(group: GroupNode, entity: EntityName, frame: Frame): Predicate {
  const predicates = activeNodes(group, '').map(({ node }) => nodePredicate(node, entity, frame));
  if (predicates.length === 0) return () => true;
  const holds: Predicate =
    group.match === 'all'
      ? (record) => predicates.every((each) => each(record))
      : (record) => predicates.some((each) => each(record));
  return group.not ? (record) => !holds(record) : holds;
}

export function relationFor(entity: EntityName, name: string, frame: Frame): SegmentRelation {
  const relation = frame.registry.relation(entity, name);
  if (!relation) throw new Error(`No relation ${name} from ${entity}: validate the query first`);
  return relation;
}

function fieldPredicate(row: RowNode, entity: EntityName, frame: Frame): Predicate {
  const field = frame.registry.field(entity, row.field);
  if (!field) throw new Error(`No field ${entity}.${row.field}: validate the query first`);
  if (row.operator === 'inSegment') {
    const members = row.values.map((id) => segmentPredicate(definitionOf(String(id), frame), frame));
    return (record) => {
      const id = record[field.name];
      const contact = typeof id === 'string' ? frame.data.record('contact', id) : null;
      return contact !== null && members.some((isIn) => isIn(contact));
    };
  }
  return rowPredicate(field, row, frame.nowMs, frame.zone);
}

function quantified(
  quantifier: Quantifier,
  related: (record: SegmentRecord) => readonly SegmentRecord[],
  holds: Predicate,
): Predicate {
  const { kind, count } = quantifier;
  const matching = (record: SegmentRecord) => related(record).filter(holds).length;
  switch (kind) {
    case 'atLeast':
      return (record) => matching(record) >= count;
    case 'atMost':
      return (record) => matching(record) <= count;
    case 'exactly':
      return (record) => matching(record) === count;
    case 'none':
      return (record) => matching(record) === 0;
    case 'all':
      return (record) => {
        const records = related(record);
        return records.length > 0 && records.every(holds);
      };
    default:
      return assertNever(kind);
  }
}

/** The interactions that a behaviour block is about: of its kinds, in its window. */
export function behaviourScope(node: BehaviourNode, frame: Frame): Predicate {
  const kinds = new Set<unknown>(node.interactionKinds);
  if (node.window === null) return (record) => kinds.has(record['kind']);
  const { fromMs, toMs } =
    'lastDays' in node.window
      ? relativeInstants('lastNDays', node.window.lastDays, frame.nowMs, frame.zone)
      : daysToInstants(node.window, frame.zone);
  return (record) => {
    const at = record['occurredAtMs'];
    return kinds.has(record['kind']) && typeof at === 'number' && at >= fromMs && at < toMs;
  };
}

function definitionOf(id: string, frame: Frame): SegmentDefinition {
  const segment = frame.data.segment(id);
  if (!segment) throw new Error('Unknown segment: validate the query first');
  return segment;
}

/** Membership of a saved segment, by what it asks now (not by members kept when it last changed). */
function segmentPredicate(segment: SegmentDefinition, frame: Frame): Predicate {
  switch (segment.kind) {
    case 'static':
      return (record) => frame.data.isStaticMember(segment.id, record.id);
    case 'dynamic': {
      if (!segment.query) return () => false;
      const inner: Frame = { ...frame, zone: zoneOf(segment.query, segment.timeZone) };
      return groupPredicate(segment.query.where, 'contact', inner);
    }
    case 'compound': {
      let isIn: Predicate = () => false;
      segment.operations.forEach(({ operation, segmentId }, index) => {
        const before = isIn;
        const other = segmentPredicate(definitionOf(segmentId, frame), frame);
        if (index === 0) isIn = other;
        else if (operation === 'union') isIn = (record) => before(record) || other(record);
        else if (operation === 'intersect') isIn = (record) => before(record) && other(record);
        else isIn = (record) => before(record) && !other(record);
      });
      return isIn;
    }
    default:
      return assertNever(segment.kind);
  }
}
