/** One row of a query as a SQL condition on a record's table. Names come from the registry, values are bound. */
import type { EntityName } from '../../../shared/model/entities.ts';
import { assertNever } from '../../../shared/result.ts';
import { foldText } from '../../../shared/rules/normalise/fold.ts';
import { equalityKey, partKey } from '../../../shared/rules/segment/keys.ts';
import { isRelative, operatorFor, positiveOf } from '../../../shared/rules/segment/operators.ts';
import type { SegmentField } from '../../../shared/rules/segment/registry.ts';
import { instantSpanOf, relativeDays, relativeInstants } from '../../../shared/rules/segment/relative-dates.ts';
import type { Operator, RowNode, SegmentValue } from '../../../shared/rules/segment/schema.ts';
import { tableOf } from '../../records/entity-storage.ts';
import { uuidToUid } from '../../uuid.ts';
import { anyOf, bound, type Fragment, idsOf, isOneOf, joined, sql, twoValued } from './fragment.ts';

export type RowFrame = {
  readonly nowMs: number;
  readonly zone: string;
  /** A unique alias for a table of a subquery. */
  readonly alias: () => string;
};

export type RowOptions = {
  /** The answer may not be NULL. */
  readonly strict: boolean;
  /** Few records are left when this is asked: look at each instead of finding all. */
  readonly narrowed: boolean;
};

const text = (plain: string): Fragment => ({ sql: plain, parameters: [] });

export function compileRow(
  field: SegmentField,
  row: RowNode,
  alias: string,
  frame: RowFrame,
  options: RowOptions,
): Fragment {
  const operator = operatorFor(field, row.operator);
  if (!operator) throw new Error(`${row.operator} does not fit ${field.name}: validate the query first`);
  if (operator === 'hasNoData' && field.type !== 'text' && field.type !== 'manyText' && field.type !== 'multiChoice') {
    return sql`${alias}.${columnOf(field)} IS NULL`;
  }
  const positive = positiveOf(operator);
  if (positive !== null) {
    const opposite = compileRow(field, { ...row, operator: positive }, alias, frame, { ...options, strict: true });
    return sql`NOT ${opposite}`;
  }
  const condition = positiveCondition(field, operator, row.values, alias, frame, options.narrowed);
  return options.strict ? twoValued(condition) : sql`(${condition})`;
}

/** Is there an index that finds the few records which satisfy it? */
export function isSelectiveRow(field: SegmentField, row: RowNode): boolean {
  const { storage } = field;
  if (storage.kind === 'rows') return storage.table === 'contact_email' && row.operator === 'is';
  if (storage.kind === 'list')
    return storage.keys !== undefined && positiveOf(row.operator) === null && row.operator !== 'hasData';
  if (storage.kind !== 'column') return false;
  if (field.type === 'text') {
    return storage.keyColumn !== null && (row.operator === 'is' || row.operator === 'beginsWith');
  }
  return field.type === 'lookup' && row.operator === 'is' && field.name !== 'ownerId';
}

/** Indexed columns whose conditions may leave many rows, but fewer than a walk over the table reads. */
const ranged: Partial<Record<EntityName, readonly string[]>> = {
  contact: ['createdAtMs', 'updatedAtMs'],
  account: ['createdAtMs', 'updatedAtMs', 'employees'],
  lead: ['createdAtMs', 'updatedAtMs', 'score', 'stage'],
  interaction: ['occurredAtMs', 'kind'],
  call: ['startedAtMs'],
  event: ['startsOn'],
};

/** Is there an index that serves it at all? */
export const isIndexedRow = (field: SegmentField, row: RowNode): boolean =>
  isSelectiveRow(field, row) ||
  (positiveOf(row.operator) === null &&
    row.operator !== 'hasData' &&
    ranged[field.entity]?.includes(field.name) === true);

function columnOf(field: SegmentField): string {
  if (field.storage.kind === 'rows') throw new Error(`${field.name} has no column`);
  return field.storage.column;
}

function positiveCondition(
  field: SegmentField,
  operator: Operator,
  values: readonly SegmentValue[],
  alias: string,
  frame: RowFrame,
  narrowed: boolean,
): Fragment {
  if (field.type === 'text') return textCondition(field, operator, values, alias);
  if (field.type === 'manyText') return manyTextCondition(field, operator, values, alias, frame, narrowed);
  const column = text(`${alias}.${columnOf(field)}`);
  if (operator === 'hasData') {
    return field.type === 'multiChoice' ? sql`json_array_length(${column}) > 0` : sql`${column} IS NOT NULL`;
  }
  switch (field.type) {
    case 'boolean':
      return sql`${column} = ${operator === 'isTrue' ? '1' : '0'}`;
    case 'number':
      return ordered(column, operator, values as readonly number[]);
    case 'date': {
      if (!isRelative(operator)) return ordered(column, operator, values as readonly string[]);
      const { from, to } = relativeDays(operator, Number(values[0] ?? 0), frame.nowMs, frame.zone);
      return sql`${column} BETWEEN ${bound(from)} AND ${bound(to)}`;
    }
    case 'instant':
      return instantCondition(column, operator, values, frame);
    case 'choice':
      return isOneOf(column, operator === 'is' ? values.map(String) : onScale(field, operator, String(values[0])));
    case 'lookup': {
      const uids = values.map((id) => uuidToUid(String(id)));
      const rows = idsOf(tableOf(field.target as Exclude<typeof field.target, null>), uids);
      return uids.length === 1 ? sql`${column} = ${rows}` : sql`${column} IN ${rows}`;
    }
    case 'multiChoice': {
      if (field.storage.kind === 'list' && field.storage.keys) {
        return tagCondition(field.storage.keys, operator, values, alias, frame);
      }
      const wanted = [...new Set(values.map(String))];
      const item = frame.alias();
      const among = isOneOf(text(`${item}.value`), wanted);
      if (operator === 'containsAnyOf')
        return sql`EXISTS (SELECT 1 FROM json_each(${column}) AS ${item} WHERE ${among})`;
      return sql`(SELECT count(DISTINCT ${item}.value) FROM json_each(${column}) AS ${item} WHERE ${among}) = ${String(wanted.length)}`;
    }
    default:
      return assertNever(field.type);
  }
}

/** Through the table of folded tags, which knows who has one without looking at everybody. */
function tagCondition(
  { table, owner }: { readonly table: string; readonly owner: string },
  operator: Operator,
  values: readonly SegmentValue[],
  alias: string,
  frame: RowFrame,
): Fragment {
  const item = frame.alias();
  const having = (keys: readonly string[]): Fragment =>
    sql`${alias}.id IN (SELECT ${item}.${owner} FROM ${table} AS ${item} WHERE ${isOneOf(text(`${item}.tagKey`), keys)})`;
  const keys = [...new Set(values.map((value) => foldText(String(value))))];
  if (operator === 'containsAnyOf') return having(keys);
  return joined(
    keys.map((key) => having([key])),
    'AND',
  );
}

function onScale(field: SegmentField, operator: Operator, value: string): readonly string[] {
  const options = field.options ?? [];
  const rank = options.indexOf(value);
  return options.filter((_option, index) => (operator === 'atLeast' ? index >= rank : index <= rank));
}

function ordered(column: Fragment, operator: Operator, values: readonly (string | number)[]): Fragment {
  const [first, second] = values;
  if (first === undefined) throw new Error(`${operator} needs a value`);
  switch (operator) {
    case 'equals':
    case 'on':
      return isOneOf(column, values);
    case 'lessThan':
      return sql`${column} < ${bound(first)}`;
    case 'atMost':
    case 'onOrBefore':
      return sql`${column} <= ${bound(first)}`;
    case 'greaterThan':
      return sql`${column} > ${bound(first)}`;
    case 'atLeast':
    case 'onOrAfter':
      return sql`${column} >= ${bound(first)}`;
    case 'between':
      return sql`${column} BETWEEN ${bound(first)} AND ${bound(second ?? first)}`;
    default:
      throw new Error(`${operator} is no operator of numbers and days`);
  }
}

function instantCondition(
  column: Fragment,
  operator: Operator,
  values: readonly SegmentValue[],
  frame: RowFrame,
): Fragment {
  const during = (fromMs: number, toMs: number) => sql`(${column} >= ${bound(fromMs)} AND ${column} < ${bound(toMs)})`;
  if (isRelative(operator)) {
    const span = relativeInstants(operator, Number(values[0] ?? 0), frame.nowMs, frame.zone);
    return during(span.fromMs, span.toMs);
  }
  const spans = values.map((value) => {
    const span = instantSpanOf(String(value), frame.zone);
    if (!span) throw new Error('Not a day or moment: validate the query first');
    return span;
  });
  const [first, second] = spans;
  if (!first) throw new Error(`${operator} needs a value`);
  switch (operator) {
    case 'on':
      return joined(
        spans.map((span) => during(span.fromMs, span.toMs)),
        'OR',
      );
    case 'lessThan':
      return sql`${column} < ${bound(first.fromMs)}`;
    case 'onOrBefore':
      return sql`${column} < ${bound(first.toMs)}`;
    case 'greaterThan':
      return sql`${column} >= ${bound(first.toMs)}`;
    case 'onOrAfter':
      return sql`${column} >= ${bound(first.fromMs)}`;
    case 'between':
      return during(first.fromMs, (second ?? first).toMs);
    default:
      throw new Error(`${operator} is no operator of moments`);
  }
}

const keysOf = (field: SegmentField, operator: Operator, values: readonly SegmentValue[]): string[] =>
  values
    .map((value) => (operator === 'is' ? equalityKey : partKey)(field.compare, String(value)))
    .filter((key) => key !== null);

/** What comes right after every text that begins with this one, in the order of code points (SQLite's BINARY). */
function afterPrefix(prefix: string): string | null {
  const letters = [...prefix];
  while (letters.length > 0) {
    const point = letters.pop()?.codePointAt(0) ?? 0;
    if (point < 0x10ffff) {
      const next = point + 1 >= 0xd800 && point + 1 <= 0xdfff ? 0xe000 : point + 1;
      return letters.join('') + String.fromCodePoint(next);
    }
  }
  return null;
}

/** `key` is a cheap expression (a stored column); `false` keeps it from being read twice. */
function textTest(key: Fragment, operator: Operator, keys: readonly string[], isStored: boolean): Fragment {
  switch (operator) {
    case 'is':
      return isOneOf(key, keys);
    case 'contains':
      return anyOf(keys, (wanted) => sql`instr(${key}, ${wanted}) > 0`);
    case 'beginsWith': {
      const after = keys.map(afterPrefix);
      if (isStored && keys.length <= 12 && after.every((each) => each !== null)) {
        return joined(
          keys.map((each, index) => sql`(${key} >= ${bound(each)} AND ${key} < ${bound(after[index] ?? '')})`),
          'OR',
        );
      }
      return anyOf(keys, (wanted) => sql`substr(${key}, 1, length(${wanted})) = ${wanted}`);
    }
    case 'endsWith':
      return anyOf(keys, (wanted) => sql`substr(${key}, -length(${wanted})) = ${wanted}`);
    default:
      throw new Error(`${operator} is no operator of texts`);
  }
}

function textCondition(
  field: SegmentField,
  operator: Operator,
  values: readonly SegmentValue[],
  alias: string,
): Fragment {
  const { storage, compare } = field;
  if (storage.kind !== 'column') throw new Error(`${field.name} is no text of one value`);
  const column = `${alias}.${storage.column}`;
  if (operator === 'hasData') return sql`${column} IS NOT NULL AND ${column} <> ''`;
  const keys = keysOf(field, operator, values);
  if (compare === 'phone') return textTest(text(`digits(${column})`), operator, keys, false);
  if (storage.keyColumn !== null && (compare === 'fold' || operator === 'is')) {
    return textTest(text(`${alias}.${storage.keyColumn}`), operator, keys, true);
  }
  return textTest(text(foldedColumn(column)), operator, keys, false);
}

/**
 * A column that has no stored key, folded as it is read. Plain ASCII, which most is, is folded by SQLite itself in a
 * fraction of the time: `foldText` does the same to it.
 */
const foldedColumn = (column: string): string =>
  `iif(${column} GLOB '*[^ -_a-~]*' OR instr(${column}, '  '), fold(${column}), trim(lower(${column})))`;

/** The condition on one of a record's texts: a row of a child table or a part of a JSON list. */
function oneOfMany(field: SegmentField, operator: Operator, keys: readonly string[], item: string): Fragment {
  const { storage, compare } = field;
  const part = (property: string) =>
    storage.kind === 'rows' ? `${item}.${property}` : `${item}.value ->> '$.${property}'`;
  if (compare === 'phone') {
    const e164 = text(`substr(${part('e164')}, 2)`);
    const typed = text(`digits(${part('number')})`);
    return sql`(${textTest(e164, operator, keys, false)} OR ${textTest(typed, operator, keys, false)})`;
  }
  if (compare === 'email' && operator === 'is') {
    if (storage.kind === 'rows') return isOneOf(text(`${item}.addressKey`), keys);
    return sql`${part('valid')} = 1 AND ${isOneOf(text(`email_key(${part('address')})`), keys)}`;
  }
  const value = compare === 'email' ? part('address') : storage.kind === 'parts' ? partText(storage, item) : '';
  return textTest(text(`fold(${value})`), operator, keys, false);
}

type Parts = Extract<SegmentField['storage'], { kind: 'parts' }>;

/** The parts of a list, to be read by `partText`. */
export function partsSource({ column, property, mixed }: Parts, alias: string, item: string): string {
  const source = `json_each(${alias}.${column}) AS ${item}`;
  if (!mixed) return source;
  const value = `${item}.value -> '$.${property}'`;
  return `${source}, json_each(iif(json_type(${value}) = 'array', ${value}, json_array(json(${value})))) AS ${item}_text`;
}

/** One text of a part; NULL where it holds none. */
export const partText = ({ property, mixed }: Parts, item: string): string =>
  mixed ? `(${item}_text.value || '')` : `${item}.value ->> '$.${property}'`;

function manyTextCondition(
  field: SegmentField,
  operator: Operator,
  values: readonly SegmentValue[],
  alias: string,
  frame: RowFrame,
  narrowed: boolean,
): Fragment {
  const { storage } = field;
  const item = frame.alias();
  const keys = keysOf(field, operator, values);
  if (storage.kind === 'rows') {
    const own = `${item}.${storage.ownerColumn}`;
    if (operator === 'hasData')
      return sql`EXISTS (SELECT 1 FROM ${storage.table} AS ${item} WHERE ${own} = ${alias}.id)`;
    const holds = oneOfMany(field, operator, keys, item);
    const isIndexed = field.compare === 'email' && operator === 'is';
    return narrowed && !isIndexed
      ? sql`EXISTS (SELECT 1 FROM ${storage.table} AS ${item} WHERE ${own} = ${alias}.id AND ${holds})`
      : sql`${alias}.id IN (SELECT ${own} FROM ${storage.table} AS ${item} WHERE ${holds})`;
  }
  if (storage.kind !== 'parts') throw new Error(`${field.name} is no list of texts`);
  const source = partsSource(storage, alias, item);
  if (operator === 'hasData') return sql`EXISTS (SELECT 1 FROM ${source} WHERE ${partText(storage, item)} <> '')`;
  return sql`EXISTS (SELECT 1 FROM ${source} WHERE ${oneOfMany(field, operator, keys, item)})`;
}
