import { describe, expect, it } from 'vitest';
import {
  allFieldsOf,
  formValuesSchema,
  moved,
  newFormValues,
} from '../../../../renderer/features/capture/form-values.ts';
import { captureFormDefinitionSchema } from '../../../../shared/rules/capture/definition.ts';

const pathsOf = (values: unknown) =>
  (formValuesSchema.safeParse(values).error?.issues ?? []).map(({ path }) => path.join('.'));

describe('the form designer', () => {
  it('starts with a form that only wants a name', () => {
    const fresh = newFormValues();
    expect(captureFormDefinitionSchema.safeParse(fresh.definition).success).toBe(true);
    expect(fresh.definition.questions).toHaveLength(2);
    expect(pathsOf(fresh)).toEqual(['name']);
    expect(pathsOf({ ...fresh, name: 'Booth' })).toEqual([]);
  });
  it('marks each thing that is missing in its place', () => {
    const fresh = newFormValues();
    const [first] = fresh.definition.questions;
    const broken = {
      ...fresh,
      name: 'Booth',
      definition: {
        ...fresh.definition,
        fields: [],
        questions: [{ ...first, label: '', options: ['one'] }],
        consent: { wording: ' ', language: 'en', level: 'consent' },
      },
    };
    expect(pathsOf(broken).toSorted()).toEqual([
      'definition.consent.wording',
      'definition.fields',
      'definition.questions.0.label',
      'definition.questions.0.options',
    ]);
  });
  it('lists asked fields first, in their order, and the others after them', () => {
    const all = allFieldsOf([
      { field: 'email', required: true },
      { field: 'company', required: false },
    ]);
    expect(all.slice(0, 3).map(({ field, asked }) => [field, asked])).toEqual([
      ['email', true],
      ['company', true],
      ['givenName', false],
    ]);
    expect(new Set(all.map(({ field }) => field)).size).toBe(9);
  });
  it('moves one of a list up and down, and not over its ends', () => {
    expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  });
});
