/**
 * Is a query one that can be answered? A stored query may name a field that has since gone, a value that no longer
 * fits, a segment inside itself. Each is an issue with the path of its node; a query with errors is never run, so that
 * a broken row is never silently true (nor silently false).
 *
 * A warning says that a node finds nothing by construction: "role is employee" and "role is champion" in one all-of
 * group. Disabled nodes are not looked at: they do not take part.
 *
 * Example: a row on `shoeSize` gives `[{ path: '0', code: 'unknownField', severity: 'error', … }]`.
 */
import { isCustomFieldName } from '../../model/custom-field.ts';
import type { EntityName } from '../../model/entities.ts';
import { uuidSchema } from '../../model/ids.ts';
import { findContradictions } from './contradictions.ts';
import { noSegments, type SegmentDefinition, type SegmentLookup } from './definition.ts';
import { equalityKey, partKey } from './keys.ts';
import { arityOf, isCounted, operatorFor } from './operators.ts';
import { type Registry, registry as builtIn, type SegmentField } from './registry.ts';
import { instantSpanOf, isDay, isTimeZone, largestCount } from './relative-dates.ts';
import type { GroupNode, Operator, Query, RowNode, SegmentNode, SegmentValue } from './schema.ts';
import { activeNodes, isNeutral, type Path } from './tree.ts';

type SegmentIssueCode =
  | 'unknownField'
  | 'unknownRelation'
  | 'wrongOperator'
  | 'missingValue'
  | 'tooManyValues'
  | 'wrongValue'
  | 'unknownOption'
  | 'unknownTimeZone'
  | 'tooDeep'
  | 'tooLarge'
  | 'unknownSegment'
  | 'segmentRing'
  | 'segmentBroken'
  | 'segmentNotHere'
  | 'empty'
  | 'findsNothing';

export type SegmentIssue = {
  readonly path: Path;
  readonly code: SegmentIssueCode;
  /** An English sentence that says what to do. */
  readonly message: string;
  readonly severity: 'error' | 'warning';
};

/** Groups and blocks inside one another. */
const deepestNesting = 50;
/** Blocks over related records inside one another: SQLite's limit on expressions allows hardly more. */
const deepestBlocks = 10;
/** Nodes of a query, those of the segments it uses included. */
export const mostNodes = 5000;

export type ValidationContext = {
  readonly root?: EntityName;
  readonly registry?: Registry;
  readonly segment?: SegmentLookup;
  /** The segment that the query belongs to: it may not be used inside itself. */
  readonly segmentId?: string;
};

type Walk = {
  readonly registry: Registry;
  readonly segment: SegmentLookup;
  readonly issues: SegmentIssue[];
  /** Segments being looked into, outermost first. */
  readonly within: readonly string[];
  readonly budget: { left: number };
  /** How deep the place is at which the query in hand is used: a segment inside groups goes on from there. */
  readonly depth: number;
  /** How many blocks stand around that place. */
  readonly blocks: number;
};

export function validate(query: Query, context: ValidationContext = {}): SegmentIssue[] {
  const walk: Walk = {
    registry: context.registry ?? builtIn,
    segment: context.segment ?? noSegments,
    issues: [],
    within: context.segmentId === undefined ? [] : [context.segmentId],
    budget: { left: mostNodes },
    depth: 0,
    blocks: 0,
  };
  checkQuery(query, context.root ?? 'contact', walk);
  return walk.issues;
}

/** The same for a whole saved segment, a compound one too. Also says when it asks nothing. */
export function validateSegment(segment: SegmentDefinition, context: ValidationContext = {}): SegmentIssue[] {
  const walk: Walk = {
    registry: context.registry ?? builtIn,
    segment: context.segment ?? noSegments,
    issues: [],
    within: [],
    budget: { left: mostNodes },
    depth: 0,
    blocks: 0,
  };
  checkSegment(segment, '', walk);
  return walk.issues;
}

export const errorsOf = (issues: readonly SegmentIssue[]): SegmentIssue[] =>
  issues.filter((issue) => issue.severity === 'error');

const report = (walk: Walk, path: Path, code: SegmentIssue['code'], message: string) => {
  walk.issues.push({ path, code, message, severity: code === 'findsNothing' ? 'warning' : 'error' });
};

function checkQuery(query: Query, root: EntityName, walk: Walk): void {
  if (query.timeZone !== undefined && !isTimeZone(query.timeZone)) {
    report(walk, '', 'unknownTimeZone', `“${query.timeZone}” is no time zone. Choose one such as Europe/Berlin.`);
  }
  checkGroup(query.where, '', root, walk.depth + 1, walk);
}

function checkGroup(group: GroupNode, path: Path, entity: EntityName, depth: number, walk: Walk): void {
  if (group.disabled === true) return;
  if (depth > deepestNesting) {
    report(walk, path, 'tooDeep', `Groups may be nested ${deepestNesting} deep. Take this one apart.`);
    return;
  }
  for (const { node, path: nodePath } of activeNodes(group, path)) {
    walk.budget.left -= 1;
    if (walk.budget.left < 0) {
      if (walk.budget.left === -1) report(walk, nodePath, 'tooLarge', `A question may have ${mostNodes} conditions.`);
      return;
    }
    checkNode(node, nodePath, entity, depth, walk);
  }
  for (const { path: nodePath, message } of findContradictions(group, path, entity, walk.registry)) {
    report(walk, nodePath, 'findsNothing', message);
  }
}

function checkNode(node: SegmentNode, path: Path, entity: EntityName, depth: number, walk: Walk): void {
  switch (node.kind) {
    case 'row':
      return checkRow(node, path, entity, { ...walk, depth });
    case 'group':
      return checkGroup(node, path, entity, depth + 1, walk);
    case 'related': {
      const relation = walk.registry.relation(entity, node.relation);
      if (!relation) {
        return report(walk, path, 'unknownRelation', `From ${entity} there is no way to ${node.relation}.`);
      }
      const { kind, count } = node.quantifier;
      if (relation.single && count > 1 && (kind === 'atLeast' || kind === 'exactly')) {
        report(walk, path, 'findsNothing', `There is at most one ${relation.to}, never ${count}.`);
      }
      return checkBlock(node.where, path, relation.to, depth, walk);
    }
    case 'behaviour': {
      const relation = walk.registry.relation(entity, 'interactions');
      if (!relation) return report(walk, path, 'unknownRelation', `A ${entity} has no interactions.`);
      if (node.window && 'from' in node.window) {
        if (!isDay(node.window.from) || !isDay(node.window.to)) {
          report(walk, path, 'wrongValue', 'The window needs two days, such as 2026-11-21.');
        } else if (node.window.from > node.window.to) {
          report(walk, path, 'findsNothing', 'The window ends before it begins.');
        }
      }
      return checkBlock(node.where, path, relation.to, depth, walk);
    }
    case 'segment':
      if (entity !== 'contact') {
        return report(walk, path, 'segmentNotHere', `Segments hold contacts; ask a ${entity} for its contact first.`);
      }
      return checkReference(node.segmentId, path, { ...walk, depth });
    default:
      throw new Error(`Unknown node ${JSON.stringify(node satisfies never)}`);
  }
}

function checkBlock(where: GroupNode, path: Path, entity: EntityName, depth: number, walk: Walk): void {
  if (walk.blocks >= deepestBlocks) {
    return report(walk, path, 'tooDeep', `Related records may be nested ${deepestBlocks} deep. Take this one apart.`);
  }
  checkGroup(where, path, entity, depth + 1, { ...walk, blocks: walk.blocks + 1 });
}

/** Issues inside a used segment are that segment's; here they are one issue at the place of use. */
function checkReference(segmentId: string, path: Path, walk: Walk): void {
  if (walk.within.includes(segmentId)) {
    return report(walk, path, 'segmentRing', 'This segment is part of the question itself. Choose another.');
  }
  const segment = walk.segment(segmentId);
  if (!segment) return report(walk, path, 'unknownSegment', 'This segment is no longer there. Choose another.');
  const inner: SegmentIssue[] = [];
  checkSegment(segment, path, { ...walk, issues: inner });
  if (inner.some((issue) => issue.code === 'segmentRing')) {
    report(walk, path, 'segmentRing', `“${segment.name}” uses a segment that uses it in turn. Break the ring.`);
  } else if (inner.some((issue) => issue.code === 'tooLarge')) {
    report(walk, path, 'tooLarge', `With “${segment.name}” the question has more than ${mostNodes} conditions.`);
  } else if (inner.some((issue) => issue.code === 'empty')) {
    report(walk, path, 'segmentBroken', `“${segment.name}” asks nothing yet. Give it a condition first.`);
  } else if (errorsOf(inner).length > 0) {
    report(walk, path, 'segmentBroken', `“${segment.name}” has a condition that no longer works. Repair it first.`);
  }
}

function checkSegment(segment: SegmentDefinition, path: Path, walk: Walk): void {
  const inside: Walk = { ...walk, within: [...walk.within, segment.id], depth: walk.depth + 1 };
  if (inside.depth > deepestNesting) {
    return report(walk, path, 'tooDeep', `Segments may be used inside one another ${deepestNesting} deep.`);
  }
  if (segment.timeZone !== null && !isTimeZone(segment.timeZone)) {
    report(walk, path, 'unknownTimeZone', `“${segment.timeZone}” is no time zone. Choose one such as Europe/Berlin.`);
  }
  switch (segment.kind) {
    case 'static':
      return;
    case 'compound':
      if (segment.operations.length === 0) {
        report(walk, path, 'empty', 'Choose at least one segment to combine.');
      }
      for (const operation of segment.operations) {
        inside.budget.left -= 1;
        checkReference(operation.segmentId, path, inside);
      }
      if (inside.budget.left < 0) report(walk, path, 'tooLarge', `A question may have ${mostNodes} conditions.`);
      return;
    case 'dynamic':
      if (segment.query === null || isNeutral(segment.query.where)) {
        report(walk, path, 'empty', 'The segment asks nothing, so it would hold every contact. Add a condition.');
      }
      if (segment.query) checkQuery(segment.query, 'contact', inside);
      return;
    default:
      throw new Error(`Unknown kind of segment ${String(segment.kind satisfies never)}`);
  }
}

/** A list filter is a row by itself. */
export function validateRow(row: RowNode, entity: EntityName, context: ValidationContext = {}): SegmentIssue[] {
  return validate({ version: 1, where: { kind: 'group', match: 'all', nodes: [row] } }, { ...context, root: entity });
}

function checkRow(row: RowNode, path: Path, entity: EntityName, walk: Walk): void {
  const field = walk.registry.field(entity, row.field);
  if (!field) {
    const message = isCustomFieldName(row.field)
      ? `This custom field is no longer there. Choose another field, or take it out of the bin.`
      : `A ${entity} has no field “${row.field}”. Choose another field.`;
    return report(walk, path, 'unknownField', message);
  }
  const operator = operatorFor(field, row.operator);
  if (!operator) {
    return report(
      walk,
      path,
      'wrongOperator',
      `“${row.operator}” does not fit ${field.label ?? field.name}. Choose another operator.`,
    );
  }
  const { length } = row.values;
  const arity = arityOf(operator);
  const least = { none: 0, one: 1, two: 2, many: 1 }[arity];
  const most = { none: 0, one: 1, two: 2, many: Infinity }[arity];
  if (length < least) return report(walk, path, 'missingValue', `Enter ${least === 2 ? 'two values' : 'a value'}.`);
  if (length > most) return report(walk, path, 'tooManyValues', `“${operator}” takes fewer values.`);
  for (const value of row.values) {
    const wrong = wrongValue(field, operator, value);
    if (wrong) return report(walk, path, wrong.code, wrong.message);
  }
  if (operator === 'inSegment') {
    for (const value of row.values) checkReference(String(value), path, { ...walk, blocks: walk.blocks + 1 });
  }
  const [from, to] = row.values;
  if (operator === 'between' && from !== undefined && to !== undefined && isReversed(field, from, to)) {
    report(walk, path, 'findsNothing', 'The second value is before the first. Swap them.');
  }
}

function isReversed(field: SegmentField, from: SegmentValue, to: SegmentValue): boolean {
  if (field.type !== 'instant') return from > to;
  const first = instantSpanOf(String(from), 'UTC');
  const last = instantSpanOf(String(to), 'UTC');
  return first !== null && last !== null && first.fromMs >= last.toMs;
}

type WrongValue = Pick<SegmentIssue, 'code' | 'message'>;

function wrongValue(field: SegmentField, operator: Operator, value: SegmentValue): WrongValue | null {
  const wrong = (message: string): WrongValue => ({ code: 'wrongValue', message });
  if (isCounted(operator)) {
    const most = largestCount(operator);
    const fits = typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most;
    return fits ? null : wrong(`Enter a whole number from 1 to ${most}.`);
  }
  switch (field.type) {
    case 'text':
    case 'manyText': {
      if (typeof value !== 'string') return wrong('Enter a text.');
      const isWhole = operator === 'is' || operator === 'isNot';
      if ((isWhole ? equalityKey : partKey)(field.compare, value) !== null) return null;
      if (field.compare === 'phone') return wrong('Enter at least one digit.');
      return wrong(
        field.compare === 'email' && isWhole ? 'Enter a whole email address.' : 'Enter a text that is not blank.',
      );
    }
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? null : wrong('Enter a number.');
    case 'date':
      return typeof value === 'string' && isDay(value) ? null : wrong('Enter a day, such as 2026-11-21.');
    case 'instant':
      return typeof value === 'string' && instantSpanOf(value, 'UTC') !== null
        ? null
        : wrong('Enter a day, such as 2026-11-21, or a moment with its offset.');
    case 'boolean':
      return wrong('Yes and no take no value.');
    case 'lookup':
      return isRecordId(value) ? null : wrong('Choose a record.');
    case 'choice':
    case 'multiChoice':
      if (field.target !== null) return isRecordId(value) ? null : wrong('Choose a record.');
      if (typeof value !== 'string' || value === '') return wrong('Choose an option.');
      return field.options === null || field.options.includes(value)
        ? null
        : {
            code: 'unknownOption',
            message: `“${value}” is no longer an option of ${field.label ?? field.name}. Choose another.`,
          };
    default:
      throw new Error(`Unknown type ${String(field.type satisfies never)}`);
  }
}

const isRecordId = (value: SegmentValue): boolean => uuidSchema.safeParse(value).success;
