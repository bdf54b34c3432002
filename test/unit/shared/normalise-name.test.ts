import { describe, expect, it } from 'vitest';
import { companyKey } from '../../../shared/rules/normalise/company.ts';
import { countryCode } from '../../../shared/rules/normalise/country.ts';
import { nameKey, splitFullName } from '../../../shared/rules/normalise/name.ts';

describe('names', () => {
  it.each([
    ["O'Brien-Álvarez", 'obrien alvarez'],
    ['  VAN DER  Berg ', 'van der berg'],
    ['José', 'jose'],
    ['王芳', '王芳'],
  ])('compares %s as %s', (name, key) => {
    expect(nameKey(name)).toBe(key);
  });

  it('has no key for a name of punctuation alone', () => {
    expect(nameKey(' - ')).toBeNull();
  });

  it.each([
    ['Ada Lovelace', null, 'Ada', null, 'Lovelace'],
    ['Dr. Jan van der Berg', 'Dr.', 'Jan', null, 'van der Berg'],
    ['van der Berg, Dr. Jan', 'Dr.', 'Jan', null, 'van der Berg'],
    ['Mr. John Richter James Doe Sr.', 'Mr.', 'John', 'Richter James', 'Doe Sr.'],
    ['Martin Luther King, Jr.', null, 'Martin', 'Luther', 'King Jr.'],
    ['Juan Pedro', null, 'Juan', null, 'Pedro'],
    ['Cher', null, 'Cher', null, null],
    ['Mrs. Moore', 'Mrs.', null, null, 'Moore'],
    ['王芳', null, '芳', null, '王'],
    ['欧阳修', null, '修', null, '欧阳'],
    ['홍길동', null, '길동', null, '홍'],
    ['', null, null, null, null],
  ])('takes %j apart', (full, salutation, givenName, middleName, familyName) => {
    expect(splitFullName(full)).toEqual({ salutation, givenName, middleName, familyName });
  });

  it.each([
    ['Müller & Söhne GmbH', 'muller and sohne'],
    ['MULLER AND SOHNE', 'muller and sohne'],
    ['Barilla S.p.A.', 'barilla'],
    ['I.B.M. Corp.', 'ibm'],
    ['The Coffee Company', 'coffee'],
    ['Grimes, Madden and Huff', 'grimes madden and huff'],
    ['GmbH', 'gmbh'],
  ])('compares the company %s as %s', (name, key) => {
    expect(companyKey(name)).toBe(key);
  });

  it.each([
    ['USA', 'US'],
    ['gb', 'GB'],
    ['United states', 'US'],
    ['Verenigd Koninkrijk', 'GB'],
    ['Côte d’Ivoire', 'CI'],
    ['Deutschland', 'DE'],
    ['Atlantis', null],
    ['', null],
  ])('takes the country %j for %s', (name, code) => {
    expect(countryCode(name)).toBe(code);
  });
});
