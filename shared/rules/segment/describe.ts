/**
 * A query as a sentence. It reads any tree, broken ones too: what the registry does not know is called by its own name.
 *
 * Example: `Contacts where role is decision maker and there is at least 1 lead where topic is “Contoso conference”`.
 */
import { type EntityName } from '../../model/entities.ts';
import { assertNever } from '../../result.ts';
import { noSegments, type SegmentLookup } from './definition.ts';
import { arityOf, operatorFor } from './operators.ts';
import { type Registry, registry as builtIn, type SegmentField } from './registry.ts';
import type { BehaviourNode, GroupNode, Query, RowNode, SegmentNode, SegmentValue } from './schema.ts';
import { activeNodes } from './tree.ts';
import { english, type SegmentWords } from './words.ts';

export type DescribeContext = {
  readonly root?: EntityName;
  readonly registry?: Registry;
  readonly words?: SegmentWords;
  readonly segment?: SegmentLookup;
  /** What a looked-up record is called; null where it is no longer there. */
  readonly labelOf?: (entity: EntityName, id: string) => string | null;
};

/** More values than this are counted, not named. */
const mostValues = 5;

export function describe(query: Query, context: DescribeContext = {}): string {
  const words = context.words ?? english;
  const root = context.root ?? 'contact';
  const conditions = describeGroup(query.where, root, context, false);
  return conditions === '' ? words.everything(root) : words.whole(root, conditions);
}

/** One node, as explanations and the sentence view name it. */
export function describeNode(node: SegmentNode, entity: EntityName, context: DescribeContext): string {
  const words = context.words ?? english;
  const registry = context.registry ?? builtIn;
  switch (node.kind) {
    case 'row':
      return describeRow(node, entity, context);
    case 'group':
      return describeGroup(node, entity, context, true);
    case 'related': {
      const relation = registry.relation(entity, node.relation);
      const to = relation?.to ?? 'contact';
      return words.block(node.quantifier, to, relation?.single ?? false, describeGroup(node.where, to, context, true));
    }
    case 'behaviour': {
      const kinds = words.anyOf(node.interactionKinds.map(words.option), 0);
      const condition = describeGroup(node.where, 'interaction', context, true);
      return words.behaviour(node.quantifier, kinds, describeWindow(node, words), condition);
    }
    case 'segment':
      return words.segment(context.segment?.(node.segmentId)?.name ?? words.gone, node.not === true);
    default:
      return assertNever(node);
  }
}

function describeWindow(node: BehaviourNode, words: SegmentWords): string {
  if (node.window === null) return '';
  return 'lastDays' in node.window
    ? words.lastDays(node.window.lastDays)
    : words.fromTo(node.window.from, node.window.to);
}

/** '' when it says nothing. Inner groups of several conditions stand in brackets. */
function describeGroup(group: GroupNode, entity: EntityName, context: DescribeContext, isInner: boolean): string {
  const words = context.words ?? english;
  const conditions = activeNodes(group, '').map(({ node }) => describeNode(node, entity, context));
  if (conditions.length === 0) return '';
  const joined = words.joined(conditions, group.match);
  if (group.not) return words.not(joined);
  return isInner && conditions.length > 1 ? words.inBrackets(joined) : joined;
}

function describeRow(row: RowNode, entity: EntityName, context: DescribeContext): string {
  const words = context.words ?? english;
  const field = (context.registry ?? builtIn).field(entity, row.field);
  const name = field?.label ?? words.field(entity, row.field);
  const operator = (field && operatorFor(field, row.operator)) ?? row.operator;
  const values = row.values.slice(0, mostValues).map((value) => describeValue(field, row, value, context));
  const [first, second] = values;
  const text =
    arityOf(operator) === 'two' && first !== undefined && second !== undefined
      ? words.between(first, second)
      : words.anyOf(values, row.values.length - values.length);
  return words.row(name, operator, field?.type ?? 'text', text);
}

function describeValue(
  field: SegmentField | null,
  row: RowNode,
  value: SegmentValue,
  context: DescribeContext,
): string {
  const words = context.words ?? english;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return words.yesOrNo(value);
  if (row.operator === 'inSegment') {
    return words.quoted((context.segment ?? noSegments)(value)?.name ?? words.gone);
  }
  if (field === null) return words.quoted(value);
  if (field.target !== null) {
    const label = context.labelOf?.(field.target, value) ?? null;
    return label === null ? words.gone : words.quoted(label);
  }
  // the options of a custom field are words of the workspace already
  if (field.label !== undefined) return field.type === 'date' ? value : words.quoted(value);
  if (field.compare === 'exact' && (field.type === 'choice' || field.type === 'multiChoice'))
    return words.option(value);
  return field.type === 'date' || field.type === 'instant' ? value : words.quoted(value);
}

/** A record's own value of a field in words, for explanations. */
export function describeOwnValue(field: SegmentField, value: unknown, context: DescribeContext): string {
  const words = context.words ?? english;
  if (value === null || value === undefined || value === '') return words.blank;
  if (typeof value === 'boolean') return words.yesOrNo(value);
  if (field.type === 'instant' && typeof value === 'number') return new Date(value).toISOString();
  if (Array.isArray(value)) {
    const texts = value.flatMap((part: unknown): string[] => {
      if (typeof part === 'string') return [describeOwnValue(field, part, context)];
      const { storage, compare } = field;
      const name = storage.kind === 'parts' ? storage.property : compare === 'phone' ? 'number' : 'address';
      const inner = (part as Readonly<Record<string, unknown>>)[name];
      return typeof inner === 'string' && inner !== '' ? [inner] : [];
    });
    return texts.length === 0 ? words.blank : texts.join(', ');
  }
  const text = String(value as string | number);
  if (field.target !== null) return context.labelOf?.(field.target, text) ?? words.gone;
  return field.type === 'choice' && field.label === undefined ? words.option(text) : text;
}
