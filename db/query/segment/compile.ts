/**
 * A query as one parameterised SQL statement: the segment language's second implementation (the first, and the place
 * where the meaning is written down, is shared/rules/segment/evaluate.ts). Pure: it reads no database. Names come from
 * the field registry only, values are always bound.
 *
 * How it stays fast: a block over related records is asked the way that finds fewer rows first. Where the block or a
 * row in it can use an index, or nothing else narrows the question, all related records that match are found once
 * (`id IN (SELECT contactId FROM lead WHERE topicKey = ?)`); where something beside it has narrowed the question
 * already, each remaining record is looked up (`EXISTS`). Conditions are three-valued as SQL has them while they are
 * only asked whether they hold, so that indexes serve them, and made two-valued under NOT.
 *
 * Example: `compile(query, { nowMs })` is `{ sql: 'SELECT root.id FROM contact AS root WHERE …', parameters: […] }`.
 */
import type { EntityName } from '../../../shared/model/entities.ts';
import { assertNever } from '../../../shared/result.ts';
import {
  noSegments,
  type SegmentDefinition,
  type SegmentLookup,
  zoneOf,
} from '../../../shared/rules/segment/definition.ts';
import { type Registry, registry as builtIn, type SegmentRelation } from '../../../shared/rules/segment/registry.ts';
import { daysToInstants, relativeInstants } from '../../../shared/rules/segment/relative-dates.ts';
import type {
  BehaviourNode,
  GroupNode,
  Quantifier,
  Query,
  RowNode,
  SegmentNode,
} from '../../../shared/rules/segment/schema.ts';
import { activeNodes } from '../../../shared/rules/segment/tree.ts';
import { tableOf } from '../../records/entity-storage.ts';
import { uuidToUid } from '../../uuid.ts';
import { compileRow, isIndexedRow, isSelectiveRow, type RowOptions } from './compile-row.ts';
import { always, bound, type Fragment, isOneOf, joined, never, sql, twoValued } from './fragment.ts';

export type CompileContext = {
  readonly nowMs: number;
  /** Of the segment, where the query names none. */
  readonly timeZone?: string | null;
  readonly root?: EntityName;
  readonly registry?: Registry;
  readonly segment?: SegmentLookup;
};

type Frame = {
  readonly registry: Registry;
  readonly nowMs: number;
  readonly zone: string;
  readonly segment: SegmentLookup;
  readonly alias: () => string;
};

function frameOf(query: Query, context: CompileContext): Frame {
  let last = 0;
  return {
    registry: context.registry ?? builtIn,
    nowMs: context.nowMs,
    zone: zoneOf(query, context.timeZone),
    segment: context.segment ?? noSegments,
    alias: () => `s${(last += 1)}`,
  };
}

/** The row ids of the records that the query finds. */
export function compile(query: Query, context: CompileContext): Fragment {
  const root = context.root ?? 'contact';
  const where = compileWhere(query, 'root', context);
  return sql`SELECT root.id FROM ${tableOf(root)} AS root WHERE ${where}`;
}

/** The whole condition on a record under the given alias, deletion included. */
export function compileWhere(query: Query, alias: string, context: CompileContext): Fragment {
  const condition = compileCondition(query, alias, context);
  const isThere = isLive(alias, isIndexed(query.where, context.root ?? 'contact', frameOf(query, context)));
  return sql`${isThere} AND ${condition}`;
}

/** The condition alone. `strict` for a value of 0 or 1, never NULL, as sums need it. */
export function compileCondition(query: Query, alias: string, context: CompileContext, strict = false): Fragment {
  const options = { strict, narrowed: false };
  return group(query.where, context.root ?? 'contact', alias, frameOf(query, context), options);
}

/**
 * The filters of a list: a condition on the entity's own table, under its own name or another alias. All rows must
 * hold. Validate each with `validateRow` first.
 */
export function compileFilters(
  entity: EntityName,
  rows: readonly RowNode[],
  context: CompileContext & { readonly alias?: string },
): Fragment {
  const query: Query = { version: 1, where: { kind: 'group', match: 'all', nodes: [...rows] } };
  return compileCondition(query, context.alias ?? tableOf(entity), { ...context, root: entity });
}

/**
 * Not deleted. Indexes leave deleted records out, so that SQLite would walk any of them in place of the table, row by
 * row, where none serves the question: the plus keeps it from that.
 */
const isLive = (alias: string, usesIndex: boolean): string => `${usesIndex ? '' : '+'}${alias}.deletedAtMs IS NULL`;

/** Does an index serve some condition that all records must satisfy? */
function isIndexed(node: GroupNode, entity: EntityName, frame: Frame): boolean {
  if (node.not) return false;
  const nodes = activeNodes(node, '').map((placed) => placed.node);
  const serves = (each: SegmentNode): boolean => {
    if (each.kind === 'group') return isIndexed(each, entity, frame);
    if (each.kind !== 'row') return isSelective(each, entity, frame);
    const field = frame.registry.field(entity, each.field);
    return field !== null && isIndexedRow(field, each);
  };
  return node.match === 'all' ? nodes.some(serves) : nodes.length > 0 && nodes.every(serves);
}

/** Can an index find the few records for which it holds? */
function isSelective(node: SegmentNode, entity: EntityName, frame: Frame): boolean {
  switch (node.kind) {
    case 'row': {
      const field = frame.registry.field(entity, node.field);
      return field !== null && isSelectiveRow(field, node);
    }
    case 'group': {
      if (node.not) return false;
      const nodes = activeNodes(node, '');
      const each = ({ node: inner }: { node: SegmentNode }) => isSelective(inner, entity, frame);
      return node.match === 'all' ? nodes.some(each) : nodes.length > 0 && nodes.every(each);
    }
    case 'related': {
      const relation = frame.registry.relation(entity, node.relation);
      return relation !== null && findsFew(node.quantifier) && isSelective(node.where, relation.to, frame);
    }
    case 'behaviour':
      return findsFew(node.quantifier) && isSelective(node.where, 'interaction', frame);
    case 'segment': {
      const segment = node.not ? null : frame.segment(node.segmentId);
      if (segment?.kind === 'static') return true;
      return segment?.query ? isSelective(segment.query.where, 'contact', frame) : false;
    }
    default:
      return assertNever(node);
  }
}

const findsFew = (quantifier: Quantifier): boolean =>
  (quantifier.kind === 'atLeast' || quantifier.kind === 'exactly') && quantifier.count > 0;

function group(node: GroupNode, entity: EntityName, alias: string, frame: Frame, options: RowOptions): Fragment {
  const nodes = activeNodes(node, '').map((placed) => placed.node);
  if (nodes.length === 0) return always;
  const strict = options.strict || node.not === true;
  if (node.match === 'any' && nodes.length > 1 && !node.not && !options.narrowed && isSelective(node, entity, frame)) {
    return union(nodes, entity, alias, frame);
  }
  const selective =
    node.match === 'all' && !options.narrowed ? nodes.map((each) => isSelective(each, entity, frame)) : [];
  const selectiveCount = selective.filter(Boolean).length;
  const conditions = nodes.map((each, index) => {
    const others = selectiveCount - (selective[index] === true ? 1 : 0);
    return condition(each, entity, alias, frame, { strict, narrowed: options.narrowed || others > 0 });
  });
  const holds = joined(conditions, node.match === 'all' ? 'AND' : 'OR');
  return node.not ? sql`NOT ${holds}` : holds;
}

/** Any of several conditions that each find few: SQLite does not take an index for each side of an OR by itself. */
function union(nodes: readonly SegmentNode[], entity: EntityName, alias: string, frame: Frame): Fragment {
  const each = nodes.map((node) => {
    const inner = frame.alias();
    const holds = condition(node, entity, inner, frame, { strict: false, narrowed: false });
    return sql`SELECT ${inner}.id FROM ${tableOf(entity)} AS ${inner} WHERE ${inner}.deletedAtMs IS NULL AND ${holds}`;
  });
  return sql`${alias}.id IN (${each.reduce((left, right) => sql`${left} UNION ALL ${right}`)})`;
}

function condition(node: SegmentNode, entity: EntityName, alias: string, frame: Frame, options: RowOptions): Fragment {
  switch (node.kind) {
    case 'row':
      return row(node, entity, alias, frame, options);
    case 'group':
      return group(node, entity, alias, frame, options);
    case 'related': {
      const relation = relationFor(entity, node.relation, frame);
      return block({ ...node, relation, scope: null }, alias, frame, options);
    }
    case 'behaviour': {
      const relation = relationFor(entity, 'interactions', frame);
      return block({ ...node, relation, scope: (x) => behaviourScope(node, x, frame) }, alias, frame, options);
    }
    case 'segment': {
      const segment = definitionOf(node.segmentId, frame);
      if (!node.not) return members(segment, alias, frame, options);
      return sql`NOT ${members(segment, alias, frame, { ...options, strict: true })}`;
    }
    default:
      return assertNever(node);
  }
}

function relationFor(entity: EntityName, name: string, frame: Frame): SegmentRelation {
  const relation = frame.registry.relation(entity, name);
  if (!relation) throw new Error(`No relation ${name} from ${entity}: validate the query first`);
  return relation;
}

function row(node: RowNode, entity: EntityName, alias: string, frame: Frame, options: RowOptions): Fragment {
  const field = frame.registry.field(entity, node.field);
  if (!field) throw new Error(`No field ${entity}.${node.field}: validate the query first`);
  if (node.operator !== 'inSegment') return compileRow(field, node, alias, frame, options);
  const inner = frame.alias();
  const isIn = joined(
    node.values.map((id) =>
      members(definitionOf(String(id), frame), inner, frame, { strict: false, narrowed: options.narrowed }),
    ),
    'OR',
  );
  const found = sql`${alias}.${field.name} IN (SELECT ${inner}.id FROM contact AS ${inner} WHERE ${inner}.deletedAtMs IS NULL AND ${isIn})`;
  return options.strict ? twoValued(found) : found;
}

type Block = {
  readonly relation: SegmentRelation;
  readonly quantifier: Quantifier;
  readonly where: GroupNode;
  /** What narrows the related records before they are judged (a behaviour's kinds and window). */
  readonly scope: ((alias: string) => Fragment) | null;
};

/**
 * The related records: where they are, by what column they belong to their owner, how one of them is told apart.
 * `usesIndex`: of a condition on them, not the one of their owners.
 */
function sourceOf(relation: SegmentRelation, alias: string, frame: Frame, usesIndex: boolean) {
  const table = tableOf(relation.to);
  const isThere = isLive(alias, usesIndex);
  const { join } = relation;
  if (join.kind === 'columns') {
    const owner = `${alias}.${join.theirs}`;
    return {
      from: `${table} AS ${alias}`,
      owner,
      ownColumn: join.own,
      // the plus: that it is not NULL is no reason to walk the index
      live: join.theirs === 'id' ? isThere : `+${owner} IS NOT NULL AND ${isThere}`,
      count: 'count(*)',
    };
  }
  const link = frame.alias();
  return {
    from: `${tableOf(join.entity)} AS ${link} JOIN ${table} AS ${alias} ON ${alias}.id = ${link}.${join.theirs}`,
    owner: `${link}.${join.own}`,
    ownColumn: 'id',
    live: `${link}.deletedAtMs IS NULL AND ${isThere}`,
    count: `count(DISTINCT ${alias}.id)`,
  };
}

function block(node: Block, alias: string, frame: Frame, options: RowOptions): Fragment {
  const { relation, quantifier } = node;
  const { kind, count } = quantifier;
  switch (kind) {
    case 'none':
      return sql`NOT ${matching(node, 'atLeast', 1, alias, frame, { ...options, strict: true })}`;
    case 'atMost':
      return sql`NOT ${matching(node, 'atLeast', count + 1, alias, frame, { ...options, strict: true })}`;
    case 'atLeast':
      return count === 0 ? always : matching(node, 'atLeast', count, alias, frame, options);
    case 'exactly':
      return count === 0
        ? sql`NOT ${matching(node, 'atLeast', 1, alias, frame, { ...options, strict: true })}`
        : matching(node, 'exactly', count, alias, frame, options);
    case 'all': {
      const inner = frame.alias();
      const source = sourceOf(relation, inner, frame, node.scope !== null);
      const scope = node.scope ? sql` AND ${node.scope(inner)}` : sql``;
      const holds = group(node.where, relation.to, inner, frame, { strict: true, narrowed: true });
      if (options.narrowed) {
        const each = sql`SELECT min(${holds}) FROM ${source.from} WHERE ${source.owner} = ${alias}.${source.ownColumn} AND ${source.live}${scope}`;
        return options.strict ? twoValued(sql`(${each})`) : sql`(${each})`;
      }
      const all = sql`${alias}.${source.ownColumn} IN (SELECT ${source.owner} FROM ${source.from} WHERE ${source.live}${scope} GROUP BY ${node.scope ? '' : '+'}${source.owner} HAVING min(${holds}))`;
      return options.strict ? twoValued(all) : all;
    }
    default:
      return assertNever(kind);
  }
}

/** At least or exactly `count` (one or more) related records match. */
function matching(
  node: Block,
  how: 'atLeast' | 'exactly',
  count: number,
  alias: string,
  frame: Frame,
  options: RowOptions,
): Fragment {
  const { relation } = node;
  const inner = frame.alias();
  const usesIndex = node.scope !== null || isIndexed(node.where, relation.to, frame);
  const source = sourceOf(relation, inner, frame, usesIndex);
  const looksUpEach = options.narrowed && !isSelective(node.where, relation.to, frame);
  const holds = group(node.where, relation.to, inner, frame, { strict: false, narrowed: looksUpEach });
  const scope = node.scope ? sql` AND ${node.scope(inner)}` : sql``;
  const where = sql`${source.live}${scope} AND ${holds}`;
  const isOne = how === 'atLeast' && count === 1;
  const compared = `${source.count} ${how === 'atLeast' ? '>=' : '='} ${count}`;
  if (looksUpEach) {
    const mine = sql`FROM ${source.from} WHERE ${source.owner} = ${alias}.${source.ownColumn} AND ${where}`;
    return isOne ? sql`EXISTS (SELECT 1 ${mine})` : sql`(SELECT ${compared} ${mine})`;
  }
  const having = isOne ? '' : ` GROUP BY ${usesIndex ? '' : '+'}${source.owner} HAVING ${compared}`;
  const found = sql`${alias}.${source.ownColumn} IN (SELECT ${source.owner} FROM ${source.from} WHERE ${where}${having})`;
  return options.strict && source.ownColumn !== 'id' ? twoValued(found) : found;
}

function behaviourScope(node: BehaviourNode, alias: string, frame: Frame): Fragment {
  const kinds = isOneOf({ sql: `${alias}.kind`, parameters: [] }, node.interactionKinds);
  if (node.window === null) return kinds;
  const { fromMs, toMs } =
    'lastDays' in node.window
      ? relativeInstants('lastNDays', node.window.lastDays, frame.nowMs, frame.zone)
      : daysToInstants(node.window, frame.zone);
  return sql`${kinds} AND ${alias}.occurredAtMs >= ${bound(fromMs)} AND ${alias}.occurredAtMs < ${bound(toMs)}`;
}

function definitionOf(id: string, frame: Frame): SegmentDefinition {
  const segment = frame.segment(id);
  if (!segment) throw new Error('Unknown segment: validate the query first');
  return segment;
}

/** Membership of a saved segment, as a condition on a contact. */
function members(segment: SegmentDefinition, alias: string, frame: Frame, options: RowOptions): Fragment {
  switch (segment.kind) {
    case 'static':
      return sql`${alias}.id IN (SELECT contactId FROM segment_member WHERE segmentId = (SELECT id FROM segment WHERE uid = ${bound(uuidToUid(segment.id))}) AND deletedAtMs IS NULL)`;
    case 'dynamic': {
      if (!segment.query) return never;
      const zone = zoneOf(segment.query, segment.timeZone);
      return group(segment.query.where, 'contact', alias, { ...frame, zone }, options);
    }
    case 'compound':
      return segment.operations.reduce((before, { operation, segmentId }, index) => {
        const strict = options.strict || (index > 0 && operation === 'except');
        const other = members(definitionOf(segmentId, frame), alias, frame, { ...options, strict });
        if (index === 0) return other;
        if (operation === 'union') return sql`(${before} OR ${other})`;
        return operation === 'intersect' ? sql`(${before} AND ${other})` : sql`(${before} AND NOT ${other})`;
      }, never);
    default:
      return assertNever(segment.kind);
  }
}

/**
 * Membership of a saved segment as it is now, as a condition on a contact. `narrowed`: the caller asks it of a few
 * contacts only.
 */
export function compileMembership(
  segment: SegmentDefinition,
  alias: string,
  context: CompileContext,
  narrowed = false,
): Fragment {
  const nothing: Query = { version: 1, where: { kind: 'group', match: 'all', nodes: [] } };
  return members(segment, alias, frameOf(nothing, context), { strict: false, narrowed });
}

/** Can an index find the few contacts that satisfy the node? */
export const isSelectiveNode = (node: SegmentNode, context: CompileContext): boolean =>
  isSelective(
    node,
    context.root ?? 'contact',
    frameOf({ version: 1, where: { kind: 'group', match: 'all', nodes: [] } }, context),
  );
