import { describe, expect, it } from 'vitest';
import { leadSources, purchaseTimeFrames } from '../../../shared/model/picklists.ts';
import {
  detectDateOrder,
  detectDecimalSign,
  parseChoice,
  parseDate,
  parseInstant,
  parseNumber,
  parseYesNo,
} from '../../../shared/rules/normalise/values.ts';

const dmy = { order: 'dmy', latestYear: 2026 } as const;
const mdy = { order: 'mdy', latestYear: 2026 } as const;

describe('dates', () => {
  it('decides day or month first from the whole column', () => {
    expect(detectDateOrder(['01/02/2024', '13/02/2024'], 'US')).toBe('dmy');
    expect(detectDateOrder(['01/02/2024', '11/29/24 22:28'], 'BE')).toBe('mdy');
    expect(detectDateOrder(['01/02/2024'], 'BE')).toBe('dmy');
    expect(detectDateOrder(['01/02/2024'], 'US')).toBe('mdy');
    expect(detectDateOrder(['01.02.2024'], 'US')).toBe('dmy');
    expect(detectDateOrder(['2024-01-02'], 'US')).toBe('ymd');
  });

  it.each([
    ['2024-02-29', dmy, '2024-02-29'],
    ['2023-02-29', dmy, null],
    ['1/2/2024', dmy, '2024-02-01'],
    ['1/2/2024', mdy, '2024-01-02'],
    ['20210809', dmy, '2021-08-09'],
    ['5 March 1980', dmy, '1980-03-05'],
    ['March 5, 1980', dmy, '1980-03-05'],
    ['05-Mär-80', dmy, '1980-03-05'],
    ['1er juillet 2020', dmy, null],
    ['1 juillet 2020', dmy, '2020-07-01'],
    ['31.12.99', dmy, '1999-12-31'],
    ['2020-10-13T20:00:38.000+0000', dmy, '2020-10-13'],
    ['2023-02-30', dmy, null],
    ['circa 1800', dmy, null],
    ['', dmy, null],
  ] as const)('reads the day %j', (text, options, expected) => {
    expect(parseDate(text, options)).toBe(expected);
  });

  it.each([
    ['11/29/24 22:28', { ...mdy, timeZone: 'UTC' }, '2024-11-29T22:28:00.000Z'],
    ['11/29/24 22:28', { ...mdy, timeZone: 'Europe/Brussels' }, '2024-11-29T21:28:00.000Z'],
    ['2015-03-16 14:40:47', { ...dmy, timeZone: 'UTC' }, '2015-03-16T14:40:47.000Z'],
    ['2020-10-13T20:00:38.000+0200', { ...dmy, timeZone: 'UTC' }, '2020-10-13T18:00:38.000Z'],
    ['Nov 3, 2024 at 9:05 PM', { ...dmy, timeZone: 'UTC' }, '2024-11-03T21:05:00.000Z'],
  ] as const)('reads the moment %j', (text, options, expected) => {
    expect(new Date(parseInstant(text, options) ?? 0).toISOString()).toBe(expected);
  });
});

describe('numbers, yes or no, choices', () => {
  it.each([
    ['1,234.56', 'point', 1234.56],
    ['1.234,56', 'point', 1234.56],
    ['1234,5', 'comma', 1234.5],
    ['1.234', 'comma', 1234],
    ['1.234', 'point', 1.234],
    ['€ 1 200', 'point', 1200],
    ['(12)', 'point', -12],
    ['1.5m', 'point', 1_500_000],
    ['1,23,456', 'point', 123456],
    ['12 apples', 'point', null],
    ['1,2,3', 'point', null],
    ['', 'point', null],
  ] as const)('reads the number %j with a decimal %s', (text, sign, value) => {
    expect(parseNumber(text, sign)).toBe(value);
  });

  it('decides the decimal sign from the whole column', () => {
    expect(detectDecimalSign(['1.234', '2,5'])).toBe('comma');
    expect(detectDecimalSign(['1,234', '2.5'])).toBe('point');
    expect(detectDecimalSign(['1.234.567'])).toBe('comma');
    expect(detectDecimalSign(['1,234'])).toBe('point');
  });

  it.each([
    ['Yes', true],
    ['x', true],
    ['0', false],
    ['Do Not Allow', false],
    ['Allow', true],
    ['nein', false],
    ['perhaps', null],
  ])('reads %s as %s', (text, value) => {
    expect(parseYesNo(text)).toBe(value);
  });

  it('reads choices by label, option or alias', () => {
    expect(parseChoice('Trade Show', leadSources)).toBe('tradeShow');
    expect(parseChoice('word-of-mouth', leadSources)).toBe('wordOfMouth');
    expect(parseChoice('nextQuarter', purchaseTimeFrames)).toBe('nextQuarter');
    expect(parseChoice('Fair', leadSources, { fair: 'tradeShow' })).toBe('tradeShow');
    expect(parseChoice('Astrology', leadSources)).toBeNull();
  });
});
