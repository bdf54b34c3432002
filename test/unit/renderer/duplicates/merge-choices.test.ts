import { describe, expect, it } from 'vitest';
import {
  afterMerge,
  type Shown,
  shownFields,
  typedValue,
  valuesToSend,
} from '../../../../renderer/features/duplicates/merge-choices.ts';
import { formatShare } from '../../../../renderer/features/duplicates/format-share.ts';
import { entities } from '../../../../shared/model/entities.ts';

const { fields } = entities.contact;
const initial = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.initial ?? null]));

const contact = (id: string, updatedAtMs: number, values: object): Shown => ({
  ...initial,
  id,
  label: id,
  version: 1,
  createdAtMs: 1,
  updatedAtMs,
  deletedAtMs: null,
  labels: {},
  ...values,
});

const a = contact('a', 10, { jobTitle: 'Buyer', company: 'Contoso Ltd', nickname: 'Evi' });
const b = contact('b', 30, { jobTitle: 'Head', company: 'Contoso', consentLevel: 'marketing' });
const c = contact('c', 20, { jobTitle: 'Head', birthDate: '1980-01-01' });
const records = [a, b, c];

describe('a way to choose', () => {
  it('survivor sends nothing: the merge fills blanks by itself, the newest first', () => {
    expect(valuesToSend('contact', fields, records, 'survivor', {})).toEqual({});
    expect(afterMerge('contact', records, {})).toMatchObject({
      jobTitle: 'Buyer',
      birthDate: '1980-01-01',
      consentLevel: 'none',
    });
  });

  it('takes the newest, the fullest or the most used value of each field that differs', () => {
    expect(valuesToSend('contact', fields, records, 'newest', {})).toMatchObject({
      jobTitle: { from: 'b' },
      company: { from: 'b' },
    });
    expect(valuesToSend('contact', fields, records, 'fullest', {})).not.toHaveProperty('company');
    const mostUsed = valuesToSend('contact', fields, records, 'mostUsed', {});
    expect(mostUsed).toMatchObject({ jobTitle: { from: 'b' } });
    expect(afterMerge('contact', records, mostUsed)).toMatchObject({ jobTitle: 'Head', company: 'Contoso Ltd' });
  });

  it('gives way to what was chosen for a single field, and never touches consent', () => {
    const sent = valuesToSend('contact', fields, records, 'newest', {
      jobTitle: { value: 'Chief' },
      company: { from: 'a' },
      consentLevel: { from: 'b' },
      nickname: { from: 'gone' },
    });
    expect(sent).toMatchObject({ jobTitle: { value: 'Chief' }, company: { from: 'a' } });
    expect(sent).not.toHaveProperty('consentLevel');
    expect(sent).not.toHaveProperty('nickname');
  });
});

it('shows fields in which somebody says something, and flags only where they differ', () => {
  expect(shownFields(fields, records)).toEqual(['nickname', 'company', 'jobTitle', 'birthDate', 'consentLevel']);
  expect(shownFields(fields, [a, contact('d', 1, { allowPhone: false })])).toContain('allowPhone');
});

it('reads what was typed as the field takes it', () => {
  expect(typedValue(fields, 'jobTitle', '  Head ')).toBe('Head');
  expect(typedValue(fields, 'jobTitle', ' ')).toBeNull();
  expect(typedValue(entities.account.fields, 'employees', '12')).toBe(12);
});

it('rounds no probability up to certainty', () => {
  expect([0.5, 0.955, 0.9899, 0.99, 0.995, 0.999999, 1].map(formatShare)).toEqual(
    '50 %,95 %,98 %,99 %,99.5 %,99.9 %,100 %'.split(','),
  );
});
