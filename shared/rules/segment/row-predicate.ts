/** One row of a query in memory: a field of a record, an operator, values. Meaning of the operators: `operators.ts`. */
import type { EmailPart, PhonePart } from '../../model/parts.ts';
import { foldText } from '../normalise/fold.ts';
import { emailKey } from '../normalise/email.ts';
import type { SegmentRecord } from './evaluate.ts';
import { digitsOf, equalityKey, partKey } from './keys.ts';
import { isRelative, operatorFor, positiveOf } from './operators.ts';
import type { SegmentField } from './registry.ts';
import { instantSpanOf, relativeDays, relativeInstants } from './relative-dates.ts';
import type { Operator, RowNode, SegmentValue } from './schema.ts';

type Test = (value: unknown) => boolean;

export function rowPredicate(
  field: SegmentField,
  row: RowNode,
  nowMs: number,
  zone: string,
): (record: SegmentRecord) => boolean {
  const operator = operatorFor(field, row.operator);
  if (!operator) throw new Error(`${row.operator} does not fit ${field.name}: validate the query first`);
  const positive = positiveOf(operator);
  if (positive !== null) {
    const opposite = rowPredicate(field, { ...row, operator: positive }, nowMs, zone);
    return (record) => !opposite(record);
  }
  if (field.type === 'text' || field.type === 'manyText') return textPredicate(field, operator, row.values);
  const test = valueTest(field, operator, row.values, nowMs, zone);
  return (record) => {
    const value = record[field.name];
    return value !== null && value !== undefined && test(value);
  };
}

/** One text of a record: what `is` compares (none, one or, for phones, two forms) and what `contains` looks into. */
type TextForm = { readonly whole: readonly string[]; readonly within: readonly string[] };

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function textForms(field: SegmentField, record: SegmentRecord): TextForm[] {
  const { storage, compare } = field;
  if (compare === 'email') {
    const emails = (record['emails'] ?? []) as readonly EmailPart[];
    // the primary one, as db/records keeps it
    const meant =
      field.type === 'manyText' ? emails : [emails.find((part) => part.primary) ?? emails[0]].filter((part) => !!part);
    return meant.map((part) => {
      const key = part.valid ? emailKey(part.address) : null;
      return { whole: key === null ? [] : [key], within: [foldText(part.address)] };
    });
  }
  if (compare === 'phone' && field.type === 'manyText') {
    const phones = (record['phones'] ?? []) as readonly PhonePart[];
    return phones.map((part) => {
      const digits = [digitsOf(part.number), ...(part.e164 === null ? [] : [part.e164.slice(1)])];
      return { whole: digits, within: digits };
    });
  }
  const texts =
    storage.kind === 'parts'
      ? ((record[storage.column] ?? []) as readonly Readonly<Record<string, unknown>>[]).flatMap((part) =>
          textsOfPart(part[storage.property]),
        )
      : [record[field.name]];
  return texts.filter(isText).map((text) => {
    const form = [compare === 'phone' ? digitsOf(text) : compare === 'fold' ? foldText(text) : text];
    return { whole: form, within: form };
  });
}

/** The answer to a question is a text, a number, or several texts. */
function textsOfPart(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  return [typeof value === 'number' ? String(value) : value];
}

function textPredicate(
  field: SegmentField,
  operator: Operator,
  values: readonly SegmentValue[],
): (record: SegmentRecord) => boolean {
  if (operator === 'hasData') return (record) => textForms(field, record).length > 0;
  const isWhole = operator === 'is';
  const keys = values
    .map((value) => (isWhole ? equalityKey : partKey)(field.compare, String(value)))
    .filter((key) => key !== null);
  const holds = textTest(operator);
  return (record) =>
    textForms(field, record).some((form) =>
      (isWhole ? form.whole : form.within).some((text) => keys.some((key) => holds(text, key))),
    );
}

function textTest(operator: Operator): (text: string, key: string) => boolean {
  if (operator === 'is') return (text, key) => text === key;
  if (operator === 'contains') return (text, key) => text.includes(key);
  if (operator === 'beginsWith') return (text, key) => text.startsWith(key);
  if (operator === 'endsWith') return (text, key) => text.endsWith(key);
  throw new Error(`${operator} is no operator of texts`);
}

/** The test of a value that is there. */
function valueTest(
  field: SegmentField,
  operator: Operator,
  values: readonly SegmentValue[],
  nowMs: number,
  zone: string,
): Test {
  if (operator === 'hasData')
    return field.type === 'multiChoice' ? (value) => (value as unknown[]).length > 0 : () => true;
  switch (field.type) {
    case 'boolean':
      return (value) => value === (operator === 'isTrue');
    case 'number':
      return orderTest(operator, values as readonly number[]);
    case 'date':
      if (!isRelative(operator)) return orderTest(operator, values as readonly string[]);
      return within(relativeDays(operator, Number(values[0] ?? 0), nowMs, zone));
    case 'instant':
      return instantTest(operator, values, nowMs, zone);
    case 'choice':
      if (operator === 'is') return (value) => values.includes(value as SegmentValue);
      return scaleTest(field, operator, String(values[0]));
    case 'lookup':
      return (value) => values.includes(value as SegmentValue);
    case 'multiChoice':
      if (field.compare === 'fold') return tagTest(operator, values);
      return operator === 'containsAllOf'
        ? (value) => values.every((each) => (value as unknown[]).includes(each))
        : (value) => values.some((each) => (value as unknown[]).includes(each));
    default:
      throw new Error(`${field.name} is not compared by value`);
  }
}

function tagTest(operator: Operator, values: readonly SegmentValue[]): Test {
  const wanted = values.map((value) => foldText(String(value)));
  return (value) => {
    const keys = new Set((value as readonly string[]).map(foldText));
    return operator === 'containsAllOf' ? wanted.every((key) => keys.has(key)) : wanted.some((key) => keys.has(key));
  };
}

const within =
  (span: { from: string; to: string }): Test =>
  (value) =>
    (value as string) >= span.from && (value as string) <= span.to;

function scaleTest(field: SegmentField, operator: Operator, bound: string): Test {
  const scale = field.options ?? [];
  const rank = scale.indexOf(bound);
  return operator === 'atLeast'
    ? (value) => scale.indexOf(value as string) >= rank
    : (value) => scale.includes(value as string) && scale.indexOf(value as string) <= rank;
}

function orderTest<T extends number | string>(operator: Operator, values: readonly T[]): Test {
  const [first, second] = values;
  if (first === undefined) throw new Error(`${operator} needs a value`);
  switch (operator) {
    case 'equals':
    case 'on':
      return (value) => values.includes(value as T);
    case 'lessThan':
      return (value) => (value as T) < first;
    case 'atMost':
    case 'onOrBefore':
      return (value) => (value as T) <= first;
    case 'greaterThan':
      return (value) => (value as T) > first;
    case 'atLeast':
    case 'onOrAfter':
      return (value) => (value as T) >= first;
    case 'between':
      if (second === undefined) throw new Error('between needs two values');
      return (value) => (value as T) >= first && (value as T) <= second;
    default:
      throw new Error(`${operator} is no operator of numbers and days`);
  }
}

function instantTest(operator: Operator, values: readonly SegmentValue[], nowMs: number, zone: string): Test {
  if (isRelative(operator)) {
    const span = relativeInstants(operator, Number(values[0] ?? 0), nowMs, zone);
    return (value) => (value as number) >= span.fromMs && (value as number) < span.toMs;
  }
  const spans = values.map((value) => {
    const span = instantSpanOf(String(value), zone);
    if (!span) throw new Error('Not a day or moment: validate the query first');
    return span;
  });
  const [first, second] = spans;
  if (!first) throw new Error(`${operator} needs a value`);
  const since =
    (ms: number): Test =>
    (value) =>
      (value as number) >= ms;
  const until =
    (ms: number): Test =>
    (value) =>
      (value as number) < ms;
  switch (operator) {
    case 'on':
      return (value) => spans.some((span) => (value as number) >= span.fromMs && (value as number) < span.toMs);
    case 'lessThan':
      return until(first.fromMs);
    case 'onOrBefore':
      return until(first.toMs);
    case 'greaterThan':
      return since(first.toMs);
    case 'onOrAfter':
      return since(first.fromMs);
    case 'between': {
      const end = (second ?? first).toMs;
      return (value) => (value as number) >= first.fromMs && (value as number) < end;
    }
    default:
      throw new Error(`${operator} is no operator of moments`);
  }
}
