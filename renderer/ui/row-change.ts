/** What becomes of a row of the segment language when a person gives it another field or operator. */
import type { EntityName } from '../../shared/model/entities.ts';
import { arityOf, isCounted, operatorsOf } from '../../shared/rules/segment/operators.ts';
import type { SegmentField } from '../../shared/rules/segment/registry.ts';
import type { Operator, SegmentValue } from '../../shared/rules/segment/schema.ts';
import { registryNow } from '../app/workspace-fields.ts';

/** A row of a segment's question or of a list's filters. */
export type RowParts = {
  readonly field: string;
  readonly operator: Operator;
  readonly values: readonly SegmentValue[];
};

/** The operator to keep when the field changes: the same where it fits, else the field's first. */
function operatorAfterField(field: SegmentField, operator: Operator): Operator {
  const offered = operatorsOf(field);
  return offered.includes(operator) ? operator : (offered[0] ?? 'hasData');
}

/** Values of these types are picked from a list that belongs to the field, so another field's mean nothing. */
const isPicked = (field: SegmentField): boolean =>
  field.type === 'choice' || field.type === 'multiChoice' || field.type === 'lookup';

/** A row with another field keeps its values only where they can still mean something. */
export function withField<R extends RowParts>(row: R, entity: EntityName, name: string): R {
  const registry = registryNow();
  const field = registry.field(entity, name);
  const before = registry.field(entity, row.field);
  if (field === null || field.name === row.field) return row;
  const operator = operatorAfterField(field, row.operator);
  const keeps = before !== null && before.type === field.type && !isPicked(field) && operator === row.operator;
  return { ...row, field: name, operator, values: keeps ? row.values : [] };
}

/** A row with another operator keeps as many values as it can take, unless they would mean something else. */
export function withOperator<R extends RowParts>(row: R, operator: Operator): R {
  const changesMeaning =
    isCounted(operator) !== isCounted(row.operator) || (operator === 'inSegment') !== (row.operator === 'inSegment');
  return { ...row, operator, values: changesMeaning ? [] : fitValues(operator, row.values) };
}

function fitValues(operator: Operator, values: readonly SegmentValue[]): readonly SegmentValue[] {
  switch (arityOf(operator)) {
    case 'none':
      return [];
    case 'one':
      return values.slice(0, 1);
    case 'two':
      return values.slice(0, 2);
    case 'many':
      return values;
  }
}
