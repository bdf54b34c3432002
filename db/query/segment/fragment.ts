/**
 * Pieces of SQL with their parameters, in the order in which both appear. Text in a piece comes from this program and
 * the registry; whatever a person wrote is a parameter.
 */
export type Parameter = string | number | Buffer;

export type Fragment = { readonly sql: string; readonly parameters: readonly Parameter[] };

/**
 * `raw(['x.a = ', ' AND x.b = '], …)` as a template: fragments are spliced in, values bound.
 *
 * Example: sql`${column} = ${bound('acme')}`; plain strings are SQL text and must come from code.
 */
export function sql(texts: TemplateStringsArray, ...parts: readonly (Fragment | string)[]): Fragment {
  let text = texts[0] ?? '';
  const parameters: Parameter[] = [];
  parts.forEach((part, index) => {
    if (typeof part === 'string') text += part;
    else {
      text += part.sql;
      for (const parameter of part.parameters) parameters.push(parameter);
    }
    text += texts[index + 1] ?? '';
  });
  return { sql: text, parameters };
}

export const bound = (value: Parameter): Fragment => ({ sql: '?', parameters: [value] });

export const always: Fragment = { sql: '1', parameters: [] };
export const never: Fragment = { sql: '0', parameters: [] };

/**
 * Conditions joined as a balanced tree: SQLite parses a flat chain of a thousand as an expression a thousand deep,
 * which is its limit.
 */
export function joined(conditions: readonly Fragment[], operator: 'AND' | 'OR'): Fragment {
  const [first] = conditions;
  if (first === undefined) return operator === 'AND' ? always : never;
  if (conditions.length === 1) return first;
  const middle = Math.ceil(conditions.length / 2);
  const left = joined(conditions.slice(0, middle), operator);
  const right = joined(conditions.slice(middle), operator);
  return sql`(${left} ${operator} ${right})`;
}

/** More values than this travel as one JSON parameter: statements have a limit of parameters and of length. */
const mostInline = 12;

const listed = (values: readonly Parameter[]): Fragment => ({
  sql: values.map(() => '?').join(', '),
  parameters: values,
});

/** `expression` is one of the values; NULL when it is NULL. */
export function isOneOf(expression: Fragment, values: readonly (string | number)[]): Fragment {
  const [first] = values;
  if (first === undefined) return never;
  if (values.length === 1) return sql`${expression} = ${bound(first)}`;
  if (values.length <= mostInline) return sql`${expression} IN (${listed(values)})`;
  return sql`${expression} IN (SELECT value FROM json_each(${bound(JSON.stringify(values))}))`;
}

/** Some value satisfies the test; NULL or 0 when none does. */
export function anyOf(values: readonly string[], test: (value: Fragment) => Fragment): Fragment {
  if (values.length <= mostInline) {
    return joined(
      values.map((value) => test(bound(value))),
      'OR',
    );
  }
  const source = bound(JSON.stringify(values));
  return sql`EXISTS (SELECT 1 FROM json_each(${source}) AS wanted WHERE ${test({ sql: 'wanted.value', parameters: [] })})`;
}

/** The rows of a table with these record ids (UUIDs as bytes). */
export function idsOf(table: string, uids: readonly Buffer[]): Fragment {
  const [first] = uids;
  if (first !== undefined && uids.length === 1) return sql`(SELECT id FROM ${table} WHERE uid = ${bound(first)})`;
  if (uids.length <= mostInline) return sql`(SELECT id FROM ${table} WHERE uid IN (${listed(uids)}))`;
  const source = bound(JSON.stringify(uids.map((uid) => uid.toString('hex'))));
  return sql`(SELECT id FROM ${table} WHERE uid IN (SELECT unhex(value) FROM json_each(${source})))`;
}

/** The condition with NULL as false: needed under NOT and in sums, harmful to indexes elsewhere. */
export const twoValued = (condition: Fragment): Fragment => sql`ifnull(${condition}, 0)`;
