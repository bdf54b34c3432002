import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import { parsePhone, splitPhones, toPhonePart } from '../../../shared/rules/normalise/phone.ts';

describe('phone numbers', () => {
  it.each([
    ['01835-703597', 'GB', '+441835703597', null],
    ['001-672-799-2170x5610', 'GB', '+16727992170', '5610'],
    ['001-672-799-2170x5610', 'US', '+16727992170', '5610'],
    ['+1-887-577-1205x5686', 'BE', '+18875771205', '5686'],
    ['+44 (0)20 7946 0958 ext. 12', 'US', '+442079460958', '12'],
    ['tel:+1-418-656-9254;ext=102', 'BE', '+14186569254', '102'],
    ['0475 12 34 56', 'BE', '+32475123456', null],
    ['０３-１２３４-５６７８', 'JP', '+81312345678', null],
    ['011 15 2345-6789', 'AR', '+5491123456789', null],
  ])('reads %s in %s as %s', (raw, region, e164, extension) => {
    expect(parsePhone(raw, region)).toEqual({ number: raw, e164, extension, valid: true });
  });

  it.each(['pager', '12', 'n/a', '+0000', '999999999999999999'])('keeps %s as it came and flags it', (raw) => {
    expect(toPhonePart(raw, 'BE')).toMatchObject({ number: raw, e164: null, valid: false });
  });

  it('takes several numbers of one cell apart', () => {
    expect(splitPhones('66870851776, 89053579666')).toEqual(['66870851776', '89053579666']);
    expect(splitPhones('+1 555 0199, ext 12')).toEqual(['+1 555 0199, ext 12']);
  });

  it('gives what libphonenumber gives, for any digits in any country', () => {
    const countries = getCountries();
    fc.assert(
      fc.property(
        fc.constantFrom(...countries),
        fc.constantFrom('', '0', '+', '1', '8'),
        fc.stringMatching(/^[1-9]\d{3,11}$/),
        (country, prefix, digits) => {
          const raw = prefix + digits;
          const library = parsePhoneNumberFromString(raw, country);
          const expected = library?.isPossible() && library.number.length <= 16 ? library.number : null;
          expect(parsePhone(raw, country)?.e164).toBe(expected);
        },
      ),
      { numRuns: 3000 },
    );
  });

  const examples = new URL('../../../../shared/data/edge/phone/libphonenumber_examples_half0.csv', import.meta.url);
  it.skipIf(!existsSync(examples))('reads every example number of the shared set, at home and from abroad', () => {
    const wrong: string[] = [];
    for (const line of readFileSync(examples, 'utf8').trim().split(/\r?\n/).slice(1)) {
      const [region = '', , , , national = '', e164 = ''] = line.split(',');
      // (region 001 is of no country: its numbers have no national form)
      for (const raw of region === '001' ? [e164] : [national, e164])
        if (parsePhone(raw, region)?.e164 !== e164) wrong.push(`${region} ${raw}`);
    }
    expect(wrong).toEqual([]);
  });
});
