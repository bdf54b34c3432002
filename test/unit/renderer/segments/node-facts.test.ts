import { describe, expect, it } from 'vitest';
import { entityInside, withField, withOperator } from '../../../../renderer/features/segments/node-facts.ts';
import { newBehaviour, newGroup, newRelated, newRow } from '../../../../renderer/features/segments/tree.ts';

describe('changing a row', () => {
  it('takes the first operator that fits the new field and drops values that mean nothing there', () => {
    const row = newRow('company', 'contains', ['acme']);
    expect(withField(row, 'contact', 'role')).toMatchObject({ field: 'role', operator: 'is', values: [] });
    expect(withField(row, 'contact', 'jobTitle')).toMatchObject({ operator: 'contains', values: ['acme'] });
  });
  it('leaves a row alone whose new field is not there', () => {
    const row = newRow('company', 'contains', ['acme']);
    expect(withField(row, 'contact', 'shoeSize')).toBe(row);
  });
  it('keeps as many values as the new operator takes', () => {
    expect(withOperator(newRow('score', 'equals', [1, 2, 3]), 'between').values).toEqual([1, 2]);
    expect(withOperator(newRow('score', 'between', [1, 2]), 'atLeast').values).toEqual([1]);
    expect(withOperator(newRow('company', 'is', ['acme']), 'hasData').values).toEqual([]);
  });
  it('does not take a day for a number of days', () => {
    expect(withOperator(newRow('birthDate', 'on', ['2026-11-21']), 'lastNDays').values).toEqual([]);
    expect(withOperator(newRow('birthDate', 'lastNDays', [7]), 'nextNDays').values).toEqual([7]);
  });
});

describe('the record that rows speak of', () => {
  it('is the related one inside a block and stays the same inside a group', () => {
    expect(entityInside(newRelated('leads'), 'contact')).toBe('lead');
    expect(entityInside(newGroup(), 'lead')).toBe('lead');
    expect(entityInside(newBehaviour([]), 'contact')).toBe('interaction');
    expect(entityInside(newRelated('leads'), 'interaction')).toBeNull();
  });
});
