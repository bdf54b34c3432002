/**
 * Which operators fit which type of field, and how many values each takes (domain.md section 3).
 *
 * Several values mean any of them. A negative operator (`isNot`, `notContains`, `notEquals`, `hasNoData`) is the exact
 * opposite of its positive twin and therefore matches blanks too; every other operator never matches a blank.
 *
 * Example: `operatorsOf(fieldOf('contact', 'role'))` is `['is', 'isNot', 'hasData', 'hasNoData']`.
 */
import type { SegmentField, SegmentFieldType } from './registry.ts';
import type { Operator } from './schema.ts';

/** `none`: no values. `one`, `two`: exactly so many. `many`: one or more, any of them. */
export type Arity = 'none' | 'one' | 'two' | 'many';

const relativeToNow = [
  'lastNDays',
  'nextNDays',
  'lastNWeeks',
  'nextNWeeks',
  'lastNMonths',
  'nextNMonths',
  'lastNYears',
  'nextNYears',
] as const satisfies readonly Operator[];

const hours = ['lastNHours', 'nextNHours'] as const satisfies readonly Operator[];

const calendar = [
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
] as const satisfies readonly Operator[];

export type CountedOperator = (typeof relativeToNow)[number] | (typeof hours)[number];
export type CalendarOperator = (typeof calendar)[number];
export type RelativeOperator = CountedOperator | CalendarOperator;

const blanks = ['hasData', 'hasNoData'] as const satisfies readonly Operator[];
const texts = ['is', 'isNot', 'contains', 'notContains', 'beginsWith', 'endsWith', ...blanks] as const;
const days = ['on', 'notEquals', 'lessThan', 'onOrBefore', 'greaterThan', 'onOrAfter', 'between'] as const;

/** In the order in which a picker offers them. */
const offered: Readonly<Record<SegmentFieldType, readonly Operator[]>> = {
  text: texts,
  manyText: texts,
  number: ['equals', 'notEquals', 'lessThan', 'atMost', 'greaterThan', 'atLeast', 'between', ...blanks],
  date: [...days, ...calendar, ...relativeToNow, ...blanks],
  instant: [...days, ...calendar, ...hours, ...relativeToNow, ...blanks],
  boolean: ['isTrue', 'isFalse', ...blanks],
  choice: ['is', 'isNot', ...blanks],
  multiChoice: ['containsAnyOf', 'containsAllOf', ...blanks],
  lookup: ['is', 'isNot', ...blanks],
};

/** Another word for an operator of dates; understood, not offered. */
const synonyms: Partial<Record<Operator, Operator>> = { equals: 'on', atMost: 'onOrBefore', atLeast: 'onOrAfter' };

export function operatorsOf(field: SegmentField): readonly Operator[] {
  const operators = offered[field.type];
  if (field.type === 'choice' && field.ordered) return [...operators, 'atLeast', 'atMost'];
  if (field.type === 'lookup' && field.target === 'contact') return [...operators, 'inSegment'];
  return operators;
}

/** The operator as the field's type calls it; null where it does not fit. */
export function operatorFor(field: SegmentField, operator: Operator): Operator | null {
  const named = field.type === 'date' || field.type === 'instant' ? (synonyms[operator] ?? operator) : operator;
  return operatorsOf(field).includes(named) ? named : null;
}

export const isCounted = (operator: Operator): operator is CountedOperator =>
  (relativeToNow as readonly Operator[]).includes(operator) || (hours as readonly Operator[]).includes(operator);

export const isCalendar = (operator: Operator): operator is CalendarOperator =>
  (calendar as readonly Operator[]).includes(operator);

/** Its answer changes as time passes, without anybody changing data. */
export const isRelative = (operator: Operator): operator is RelativeOperator =>
  isCounted(operator) || isCalendar(operator);

const negatives: Partial<Record<Operator, Operator>> = {
  isNot: 'is',
  notContains: 'contains',
  notEquals: 'equals',
  hasNoData: 'hasData',
};

/** The operator whose exact opposite this is; null for a positive one. */
export const positiveOf = (operator: Operator): Operator | null => negatives[operator] ?? null;

export function arityOf(operator: Operator): Arity {
  if (isCalendar(operator)) return 'none';
  if (isCounted(operator)) return 'one';
  switch (operator) {
    case 'hasData':
    case 'hasNoData':
    case 'isTrue':
    case 'isFalse':
      return 'none';
    case 'between':
      return 'two';
    case 'lessThan':
    case 'atMost':
    case 'greaterThan':
    case 'atLeast':
    case 'onOrBefore':
    case 'onOrAfter':
      return 'one';
    case 'is':
    case 'isNot':
    case 'contains':
    case 'notContains':
    case 'beginsWith':
    case 'endsWith':
    case 'equals':
    case 'notEquals':
    case 'on':
    case 'containsAnyOf':
    case 'containsAllOf':
    case 'inSegment':
      return 'many';
    default:
      return unknownOperator(operator);
  }
}

function unknownOperator(operator: never): never {
  throw new Error(`Unknown operator ${String(operator)}`);
}
