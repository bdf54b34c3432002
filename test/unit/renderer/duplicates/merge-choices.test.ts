import { describe, expect, it } from 'vitest';
import {
  afterMerge,
  type Shown,
  shownFields,
  valuesToSend,
} from '../../../../renderer/features/duplicates/merge-choices.ts';
import { columnsIn, columnsOf, pageOf } from '../../../../renderer/features/duplicates/group-columns.ts';
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

describe('a value by hand', () => {
  it('stands for every kind of field, also where all would be kept', () => {
    const byHand = {
      role: { value: 'champion' },
      tags: { value: ['vip'] },
      ownerId: { value: null },
      timeZone: { value: 'Europe/Oslo' },
      description: { value: 'Met twice' },
    };
    const tagged = [
      contact('a', 1, { tags: ['x'], description: 'One' }),
      contact('b', 2, { tags: ['y'], role: 'other' }),
    ];
    const sent = valuesToSend('contact', fields, tagged, 'survivor', byHand);
    expect(sent).toEqual(byHand);
    expect(afterMerge('contact', tagged, sent)).toMatchObject({
      role: 'champion',
      tags: ['vip'],
      timeZone: 'Europe/Oslo',
      description: 'Met twice',
    });
  });

  it('may be what goes with another field, and never what the rule alone decides', () => {
    const account = (id: string, values: object) => ({ ...contact(id, 1, {}), ...values });
    const two = [
      account('a', { annualRevenue: 5, currency: 'EUR' }),
      account('b', { annualRevenue: 7, currency: 'USD' }),
    ];
    const choices = { annualRevenue: { from: 'b' }, currency: { value: 'GBP' }, flaggedValues: { value: [] } };
    const sent = valuesToSend('account', entities.account.fields, two, 'survivor', choices);
    expect(sent).toEqual({ annualRevenue: { from: 'b' }, currency: { value: 'GBP' } });
    expect(afterMerge('account', two, sent)).toMatchObject({ annualRevenue: 7, currency: 'GBP' });
    expect(valuesToSend('contact', fields, records, 'survivor', { child: { value: false } })).toEqual({});
  });
});

describe('columns of a group', () => {
  const group = ['a', 'b', 'c', 'd', 'e'];

  it('are all of its records where they fit', () => {
    expect(columnsOf(group, 'c', 5, 3)).toEqual({ shown: group, page: 0, pages: 1, from: 1 });
  });

  it('are the survivor and some of the others, page by page', () => {
    expect(columnsOf(group, 'c', 3, 0)).toEqual({ shown: ['c', 'a', 'b'], page: 0, pages: 2, from: 1 });
    expect(columnsOf(group, 'c', 3, 1)).toEqual({ shown: ['c', 'd', 'e'], page: 1, pages: 2, from: 3 });
    expect(columnsOf(group, 'c', 3, 9).page).toBe(1);
    expect(pageOf(group, 'c', 3, 'e')).toBe(1);
    expect(pageOf(group, 'c', 3, 'c')).toBe(0);
  });

  it('are never fewer than two nor more than there are keys for', () => {
    expect([0, 600, 1000, 9000].map(columnsIn)).toEqual([2, 2, 5, 9]);
  });
});

it('rounds no probability up to certainty', () => {
  expect([0.5, 0.955, 0.9899, 0.99, 0.995, 0.999999, 1].map(formatShare)).toEqual(
    '50 %,95 %,98 %,99 %,99.5 %,99.9 %,100 %'.split(','),
  );
});
