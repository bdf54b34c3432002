/**
 * The words and the grammar of a described query, apart from its structure: another language is another
 * `SegmentWords`. English is the only one shipped.
 */
import type { EntityName } from '../../model/entities.ts';
import { isCounted } from './operators.ts';
import type { SegmentFieldType } from './registry.ts';
import type { Operator, Quantifier } from './schema.ts';

export type SegmentWords = {
  /** "job title" */
  readonly field: (entity: EntityName, name: string) => string;
  /** "decision maker" */
  readonly option: (option: string) => string;
  readonly record: (entity: EntityName, count: number) => string;
  /** A text as a person typed it. */
  readonly quoted: (text: string) => string;
  readonly yesOrNo: (value: boolean) => string;
  readonly everything: (entity: EntityName) => string;
  readonly whole: (entity: EntityName, conditions: string) => string;
  /** `values`: already joined; '' for operators without. */
  readonly row: (field: string, operator: Operator, type: SegmentFieldType, values: string) => string;
  /** Any of the values; `left` more are not named. */
  readonly anyOf: (values: readonly string[], left: number) => string;
  readonly between: (from: string, to: string) => string;
  readonly joined: (conditions: readonly string[], match: 'all' | 'any') => string;
  readonly inBrackets: (condition: string) => string;
  readonly not: (condition: string) => string;
  /** `where`: '' for none. `single`: there is at most one such record. */
  readonly block: (quantifier: Quantifier, entity: EntityName, single: boolean, where: string) => string;
  readonly behaviour: (quantifier: Quantifier, kinds: string, window: string, where: string) => string;
  readonly lastDays: (days: number) => string;
  readonly fromTo: (from: string, to: string) => string;
  readonly segment: (name: string, not: boolean) => string;
  readonly gone: string;
  /** "2 of 3" related records. */
  readonly someOf: (count: number, total: number) => string;
  readonly blank: string;
};

const spaced = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const fieldNames: Readonly<Record<string, string>> = {
  label: 'name',
  createdAtMs: 'created',
  updatedAtMs: 'changed',
  ownerId: 'owner',
  accountId: 'account',
  guardianId: 'parent or guardian',
  formId: 'capture form',
  sourceFormId: 'source form',
  productIds: 'products',
  emails: 'any email',
  phones: 'any phone',
  marketingOnly: 'marketing-only',
  stageEnteredAtMs: 'in stage since',
  scoredAtMs: 'first scored',
  occurredAtMs: 'time',
  startedAtMs: 'start',
  callbackAtMs: 'callback',
  registeredAtMs: 'registered',
  inAtMs: 'time in',
  outAtMs: 'time out',
  dueAtMs: 'due',
  doneAtMs: 'done',
};

const plurals: Partial<Record<EntityName, string>> = { opportunity: 'opportunities', process: 'processes' };

const operatorWords: Readonly<Partial<Record<Operator, string>>> = {
  is: 'is',
  isNot: 'is not',
  contains: 'contains',
  notContains: 'does not contain',
  beginsWith: 'begins with',
  endsWith: 'ends with',
  hasData: 'has data',
  hasNoData: 'has no data',
  equals: 'is',
  notEquals: 'is not',
  lessThan: 'is less than',
  atMost: 'is at most',
  greaterThan: 'is greater than',
  atLeast: 'is at least',
  between: 'is between',
  today: 'is today',
  on: 'is on',
  onOrBefore: 'is on or before',
  onOrAfter: 'is on or after',
  isTrue: 'is yes',
  isFalse: 'is no',
  containsAnyOf: 'contains',
  containsAllOf: 'contains all of',
  inSegment: 'is in segment',
};

const dateWords: Readonly<Partial<Record<Operator, string>>> = {
  notEquals: 'is not on',
  lessThan: 'is before',
  greaterThan: 'is after',
};

function operatorText(operator: Operator, type: SegmentFieldType): string {
  const isDate = type === 'date' || type === 'instant';
  const known = (isDate ? dateWords[operator] : undefined) ?? operatorWords[operator];
  if (known !== undefined) return known;
  // thisWeek, lastNDays …
  return isCounted(operator) ? `is in the ${spaced(operator.replace('N', ''))}` : `is ${spaced(operator)}`;
}

function amount(quantifier: Quantifier, what: (count: number) => string): string {
  const { kind, count } = quantifier;
  if (kind === 'atLeast') return `there ${count === 1 ? 'is' : 'are'} at least ${count} ${what(count)}`;
  if (kind === 'atMost') return `there ${count === 1 ? 'is' : 'are'} at most ${count} ${what(count)}`;
  if (kind === 'exactly') return `there ${count === 1 ? 'is' : 'are'} exactly ${count} ${what(count)}`;
  if (kind === 'none') return `there is no ${what(1)}`;
  return `there are ${what(2)}, all of them`;
}

const where = (condition: string): string => (condition === '' ? '' : ` where ${condition}`);

export const english: SegmentWords = {
  field: (_entity, name) => fieldNames[name] ?? spaced(name.replace(/(Id|AtMs)$/, '')),
  option: (option) => spaced(option),
  record: (entity, count) => {
    const name = spaced(entity).replace('check in', 'check-in');
    return count === 1 ? name : (plurals[entity] ?? `${name}s`);
  },
  quoted: (text) => `“${text}”`,
  yesOrNo: (value) => (value ? 'yes' : 'no'),
  everything: (entity) => `All ${english.record(entity, 2)}`,
  whole: (entity, conditions) => {
    const name = english.record(entity, 2);
    return `${name.charAt(0).toUpperCase()}${name.slice(1)} where ${conditions}`;
  },
  row: (field, operator, type, values) => {
    const text = operatorText(operator, type);
    // "is in the last 7 days": the number stands before the unit
    const words = isCounted(operator) ? text.replace(/ (\w+)$/, ` ${values} $1`) : `${text} ${values}`;
    return `${field} ${words}`.trim();
  },
  anyOf: (values, left) => {
    if (left > 0) return `${values.join(', ')} or ${left} more`;
    return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
  },
  between: (from, to) => `${from} and ${to}`,
  joined: (conditions, match) => conditions.join(match === 'all' ? ' and ' : ' or '),
  inBrackets: (condition) => `(${condition})`,
  not: (condition) => `not (${condition})`,
  block: (quantifier, entity, single, condition) => {
    const name = english.record(entity, 1);
    if (single && quantifier.kind === 'atLeast' && quantifier.count === 1) {
      return `there is ${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}${where(condition)}`;
    }
    const all = quantifier.kind === 'all' && condition === '' ? { kind: 'atLeast' as const, count: 1 } : quantifier;
    return `${amount(all, (count) => english.record(entity, count))}${where(condition)}`;
  },
  behaviour: (quantifier, kinds, window, condition) =>
    `${amount(quantifier, (count) => english.record('interaction', count))} (${kinds})${window}${where(condition)}`,
  lastDays: (days) => ` in the last ${days === 1 ? 'day' : `${days} days`}`,
  fromTo: (from, to) => ` from ${from} to ${to}`,
  segment: (name, not) => `${not ? 'is not' : 'is'} in segment ${english.quoted(name)}`,
  gone: 'a record that is no longer there',
  someOf: (count, total) => `${count} of ${total}`,
  blank: 'blank',
};
