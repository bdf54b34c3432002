/**
 * The segment language: a tree of rows, groups, related-entity blocks, behaviour and other segments, whose answer is
 * a set of contacts (domain.md section 3). Also used for list filters and, from another root, scoring conditions.
 *
 * Example, "leads whose topic is Contoso conference, whose contact is a decision maker":
 * `{ version: 1, where: { kind: 'group', match: 'all', nodes: [
 *    { kind: 'related', relation: 'leads', quantifier: { kind: 'atLeast', count: 1 }, where: { kind: 'group', match: 'all',
 *      nodes: [{ kind: 'row', field: 'topic', operator: 'is', values: ['Contoso conference'] }] } },
 *    { kind: 'row', field: 'role', operator: 'is', values: ['decisionMaker'] } ] } }`
 */
import { z } from 'zod';
import { uuidSchema } from '../../model/ids.ts';
import { interactionKinds } from '../../model/picklists.ts';

/** Every operator; which fit which type of field: `operators.ts`. A negative one matches blanks too. */
export const operators = [
  // text
  'is',
  'isNot',
  'contains',
  'notContains',
  'beginsWith',
  'endsWith',
  // any type
  'hasData',
  'hasNoData',
  // number and date
  'equals',
  'notEquals',
  'lessThan',
  'atMost',
  'greaterThan',
  'atLeast',
  'between',
  // relative date; `values` is [n] where it says N
  'lastNHours',
  'nextNHours',
  'lastNDays',
  'nextNDays',
  'lastNWeeks',
  'nextNWeeks',
  'lastNMonths',
  'nextNMonths',
  'lastNYears',
  'nextNYears',
  'today',
  'thisWeek',
  'lastWeek',
  'nextWeek',
  'thisMonth',
  'lastMonth',
  'nextMonth',
  'thisQuarter',
  'lastQuarter',
  'nextQuarter',
  'thisYear',
  'lastYear',
  'nextYear',
  'on',
  'onOrBefore',
  'onOrAfter',
  // boolean
  'isTrue',
  'isFalse',
  // multi-choice
  'containsAnyOf',
  'containsAllOf',
  // lookup
  'inSegment',
] as const;
export type Operator = (typeof operators)[number];

/** From a record to its related ones: which go from where is in `registry.ts`. */
export const relations = [
  'leads',
  'account',
  'opportunities',
  'registrations',
  'checkIns',
  'interactions',
  'calls',
  'subscriptionLists',
  'contact',
  'contacts',
  'lead',
  'event',
  'campaign',
] as const;
export type Relation = (typeof relations)[number];

const quantifierSchema = z.object({
  kind: z.enum(['atLeast', 'atMost', 'exactly', 'none', 'all']),
  count: z.int().min(0).max(1_000_000).default(1),
});
export type Quantifier = z.output<typeof quantifierSchema>;

export type SegmentValue = string | number | boolean;
export type RowNode = {
  kind: 'row';
  field: string;
  operator: Operator;
  /** Several values in one row mean any of them. */
  values: SegmentValue[];
  disabled?: boolean | undefined;
};
export type GroupNode = {
  kind: 'group';
  match: 'all' | 'any';
  not?: boolean | undefined;
  nodes: SegmentNode[];
  disabled?: boolean | undefined;
};
export type RelatedNode = {
  kind: 'related';
  relation: Relation;
  quantifier: Quantifier;
  where: GroupNode;
  disabled?: boolean | undefined;
};
/** Behaviour: a kind of interaction, clauses on it, a count, a moving window or dates. */
export type BehaviourNode = {
  kind: 'behaviour';
  interactionKinds: (typeof interactionKinds)[number][];
  where: GroupNode;
  quantifier: Quantifier;
  window: { lastDays: number } | { from: string; to: string } | null;
  disabled?: boolean | undefined;
};
type SegmentReferenceNode = {
  kind: 'segment';
  segmentId: string;
  not?: boolean | undefined;
  disabled?: boolean | undefined;
};
export type SegmentNode = RowNode | GroupNode | RelatedNode | BehaviourNode | SegmentReferenceNode;

const disabled = z.boolean().optional();

export const rowSchema = z.strictObject({
  kind: z.literal('row'),
  field: z.string().min(1).max(120),
  operator: z.enum(operators),
  values: z.array(z.union([z.string().max(4000), z.number(), z.boolean()])).max(1000),
  disabled,
});

const groupShape: z.ZodType<GroupNode> = z.strictObject({
  kind: z.literal('group'),
  match: z.enum(['all', 'any']),
  not: z.boolean().optional(),
  nodes: z.array(z.lazy(() => nodeSchema)).max(2000),
  disabled,
});

/** Objects and lists inside one another, far beyond what validation allows groups: it says where, this only protects. */
const deepestJson = 400;

/** Without recursion: it stands before a parser that would run out of stack. */
function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepestJson) return true;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return false;
}

/** A group with all that it holds. */
export const groupSchema: z.ZodType<GroupNode> = z.preprocess((value, context) => {
  if (!isTooDeep(value)) return value;
  context.addIssue({ code: 'custom', message: 'Groups are nested too deep' });
  return z.NEVER;
}, groupShape);

export const nodeSchema: z.ZodType<SegmentNode> = z.lazy(() =>
  z.union([
    rowSchema,
    groupShape,
    z.strictObject({
      kind: z.literal('related'),
      relation: z.enum(relations),
      quantifier: quantifierSchema,
      where: groupShape,
      disabled,
    }),
    z.strictObject({
      kind: z.literal('behaviour'),
      interactionKinds: z.array(z.enum(interactionKinds)).min(1).max(20),
      where: groupShape,
      quantifier: quantifierSchema,
      window: z
        .union([
          z.strictObject({ lastDays: z.int().min(1).max(36_500) }),
          z.strictObject({ from: z.iso.date(), to: z.iso.date() }),
        ])
        .nullable(),
      disabled,
    }),
    z.strictObject({ kind: z.literal('segment'), segmentId: uuidSchema, not: z.boolean().optional(), disabled }),
  ]),
);

/** A whole question. `timeZone`: IANA zone for relative dates; the segment's own where absent, else UTC. */
export const querySchema = z.strictObject({
  version: z.literal(1),
  where: groupSchema,
  timeZone: z.string().max(60).optional(),
});
export type Query = z.output<typeof querySchema>;

/** `compound` segments: the first combines with nothing. */
export const setOperationSchema = z.strictObject({
  operation: z.enum(['union', 'intersect', 'except']),
  segmentId: uuidSchema,
});
export type SetOperation = z.output<typeof setOperationSchema>;
