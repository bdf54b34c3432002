import { describe, expect, it } from 'vitest';
import {
  type AddressParts,
  asWritten,
  compareStreets as byParts,
  comparePlaces as byPlace,
  prepareAddress,
} from '../../../shared/rules/linkage/address.ts';
import { birthLevels, compareBirthDates } from '../../../shared/rules/linkage/birth-date.ts';
import { toLatin } from '../../../shared/rules/linkage/latin.ts';
import { compareMailboxes, emailLevels, mailboxOf } from '../../../shared/rules/linkage/mailbox.ts';
import { compareNames, nameLevels } from '../../../shared/rules/linkage/names.ts';
import { editDistance, jaroWinkler } from '../../../shared/rules/linkage/similarity.ts';

describe('two words', () => {
  it('are as alike as Winkler says', () => {
    expect(jaroWinkler('martha', 'marhta')).toBeCloseTo(0.961, 3);
    expect(jaroWinkler('dwayne', 'duane')).toBeCloseTo(0.84, 2);
    expect([jaroWinkler('', 'a'), jaroWinkler('', ''), jaroWinkler('abc', 'xyz')]).toEqual([0, 1, 0]);
  });

  it('are as many slips apart as it takes, given up beyond the bound', () => {
    expect([editDistance('smith', 'smiht', 2), editDistance('smith', 'smth', 2)]).toEqual([1, 1]);
    expect([editDistance('kitten', 'sitting', 2), editDistance('', 'abc', 5)]).toEqual([3, 3]);
  });
});

const nameLevel = (a: string, b: string, isGiven = true) => nameLevels[compareNames(toLatin(a), toLatin(b), isGiven)];

describe('two names', () => {
  it.each([
    ['Müller', 'Mueller', 'variant'],
    ['Müller', 'MULLER', 'same'],
    ['Наталья', 'Natalia', 'variant'],
    ['Иванов', 'Ivanov', 'same'],
    ['Γιώργος', 'Giorgos', 'same'],
    ['Smith-Jones', 'Smith', 'variant'],
    ['Smith', 'Smiht', 'typo'],
    ['Schmidt', 'Smith', 'typo'],
    ['van der Berg', 'van der Veen', 'different'],
    ['王', '李', 'different'],
  ])('of the family %s and %s are %s', (a, b, level) => {
    expect(nameLevel(a, b, false)).toBe(level);
    expect(nameLevel(b, a, false)).toBe(level);
  });

  it.each([
    ['Robert', 'Bob', 'variant'],
    ['William', 'Will', 'variant'],
    ['Bob', 'Bill', 'different'],
    ['R.', 'Robert', 'initial'],
    ['Anna Maria', 'Anna', 'variant'],
    ['Paul', 'Paula', 'different'],
    ['Mario', 'Maria', 'different'],
    ['Benjamin', 'Benjaimn', 'typo'],
  ])('given as %s and %s are %s', (a, b, level) => {
    expect(nameLevel(a, b)).toBe(level);
    expect(nameLevel(b, a)).toBe(level);
  });
});

it.each([
  ['19900312', '19900312', 'same'],
  ['19900312', '19901203', 'slip'],
  ['19900312', '19900313', 'slip'],
  ['19900312', '19840312', 'near'],
  ['19900312', '19901124', 'sameYear'],
  ['19900312', '19711124', 'different'],
])('takes birth dates %s and %s for %s', (a, b, level) => {
  expect(birthLevels[compareBirthDates(Number(a), Number(b))]).toBe(level);
});

describe('mailboxes', () => {
  it('are of a role when they are called after one', () => {
    const roles = ['info@x.example', 'Sales-EMEA@x.example', 'office2@x.example', 'no-reply@x.example'];
    expect(roles.map((address) => mailboxOf(address)?.isRole)).toEqual([true, true, true, true]);
    expect(mailboxOf('ingrid.office@x.example')?.isRole).toBe(false);
    expect(mailboxOf('not an address')).toBeNull();
  });

  it.each([
    ['jane.doe@x.example', 'Jane.Doe+fair@X.example', 'same'],
    ['jane.doe@x.example', 'jane.deo@x.example', 'typo'],
    ['jane.doe@x.example', 'jane.doe@other.test', 'sameLocalPart'],
    ['jane.doe@x.example', 'bob@x.example', 'sameDomain'],
    ['jane.doe@x.example', 'bob@y.test', 'different'],
  ])('%s and %s are %s', (a, b, level) => {
    const [first, second] = [mailboxOf(a), mailboxOf(b)];
    if (!first || !second) throw new Error('both are addresses');
    expect(emailLevels[compareMailboxes(first, second)]).toBe(level);
  });
});

const compareStreets = (a: AddressParts<string>, b: AddressParts<string>) => byParts(a, b, asWritten);
const comparePlaces = (a: AddressParts<string>, b: AddressParts<string>) => byPlace(a, b, asWritten);
const nowhere = { street: null, street2: null, city: null, region: null, postalCode: null };
const at = (parts: Partial<typeof nowhere> | Record<string, string>) => {
  const prepared = prepareAddress({ ...nowhere, ...parts });
  if (!prepared) throw new Error('it says something');
  return prepared;
};

describe('addresses', () => {
  it('are one piece of evidence, whatever way they are written', () => {
    const mill = at({ street: '12 Mill Lane', city: 'Ely', postalCode: 'CB7 4AA' });
    expect(compareStreets(mill, at({ street: 'Mill Ln. 12', city: 'Ely' }))).toBe(0);
    expect(compareStreets(mill, at({ street: '14 Mill Lane', city: 'Ely', postalCode: 'CB7 4AA' }))).toBeGreaterThan(0);
    expect(compareStreets(mill, at({ street: '3 High Street', city: 'Leeds' }))).toBe(4);
    expect(
      compareStreets(at({ street: 'Hauptstraße 5', city: 'Ulm' }), at({ street: 'Hauptstr. 5', city: 'Ulm' })),
    ).toBe(0);
  });

  it('meet crosswise where lines stand in each other’s place', () => {
    const straight = at({ street: '8 Sion Road', street2: 'Rose Park', city: 'Perth' });
    expect(compareStreets(straight, at({ street: '8 Rose Park', street2: 'Sion Road', city: 'Perth' }))).toBe(0);
  });

  it('without a street are compared by city, and without anything not at all', () => {
    expect(comparePlaces(at({ city: 'London' }), at({ city: 'Lonon' }))).toBe(1);
    expect(comparePlaces(at({ city: 'London' }), at({ region: 'Kent' }))).toBeNull();
    expect(prepareAddress(nowhere)).toBeNull();
  });
});
