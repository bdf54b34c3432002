import { describe, expect, it } from 'vitest';
import { type RowParts, withField, withOperator } from '../../../../renderer/ui/row-change.ts';

const rowOf = (field: string, operator: RowParts['operator'], values: RowParts['values']): RowParts => ({
  field,
  operator,
  values,
});

describe('changing a row', () => {
  it('takes the first operator that fits the new field and drops values that mean nothing there', () => {
    const row = rowOf('company', 'contains', ['acme']);
    expect(withField(row, 'contact', 'role')).toMatchObject({ field: 'role', operator: 'is', values: [] });
    expect(withField(row, 'contact', 'jobTitle')).toMatchObject({ operator: 'contains', values: ['acme'] });
  });
  it('leaves a row alone whose new field is not there', () => {
    const row = rowOf('company', 'contains', ['acme']);
    expect(withField(row, 'contact', 'shoeSize')).toBe(row);
  });
  it('keeps as many values as the new operator takes', () => {
    expect(withOperator(rowOf('score', 'equals', [1, 2, 3]), 'between').values).toEqual([1, 2]);
    expect(withOperator(rowOf('score', 'between', [1, 2]), 'atLeast').values).toEqual([1]);
    expect(withOperator(rowOf('company', 'is', ['acme']), 'hasData').values).toEqual([]);
  });
  it('does not take a day for a number of days', () => {
    expect(withOperator(rowOf('birthDate', 'on', ['2026-11-21']), 'lastNDays').values).toEqual([]);
    expect(withOperator(rowOf('birthDate', 'lastNDays', [7]), 'nextNDays').values).toEqual([7]);
  });
});
