import { describe, expect, it } from 'vitest';
import { cellText, numberStyle } from '../../../shared/rules/formats/cell-text.ts';

/** Number, built-in format or code, what a person means by it. */
const table: readonly (readonly [string, number | string, string])[] = [
  // numbers that are names of something, as the sheet shows them
  ['4020', '00000', '04020'],
  ['123456789', '00000\\-0000', '12345-6789'],
  ['4751234', '[<=9999999]###\\-####;\\(###\\)\\ ###\\-####', '475-1234'],
  ['2125551234', '[<=9999999]###\\-####;\\(###\\)\\ ###\\-####', '(212) 555-1234'],
  ['78051120', '000\\-00\\-0000', '078-05-1120'],
  ['32475123456', '"+"00\\ 000\\ 00\\ 00\\ 00', '+32 475 12 34 56'],
  ['475123456', '0###" "##" "##" "##', '0475 12 34 56'],
  // every other number plain
  ['32475123456', 0, '32475123456'],
  ['3.2475123456E10', 0, '32475123456'],
  ['1234567.5', '#,##0.00', '1234567.5'],
  ['0.1', 0, '0.1'],
  ['0.30000000000000004', 0, '0.3'],
  ['12345678901234567', 0, '12345678901234567'],
  ['1E+21', 0, '1000000000000000000000'],
  ['1E-7', 0, '0.0000001'],
  ['1500', '[$€-2] #,##0', '1500'],
  ['1500', '0', '1500'],
  ['0.25', 9, '25%'],
  ['0.125', '0.0%', '12.5%'],
  ['-3', '00000', '-3'],
  ['12', '@', '12'],
  ['not a number', 14, 'not a number'],
  // dates and times
  ['45000', 14, '2023-03-15'],
  ['45000', 'dd/mm/yyyy', '2023-03-15'],
  ['45000', '[$-409]d\\-mmm\\-yy;@', '2023-03-15'],
  ['45000.5', 22, '2023-03-15 12:00:00'],
  ['45000.999999', 'yyyy-mm-dd hh:mm', '2023-03-16'],
  ['45000', 'yyyy-mm-dd hh:mm', '2023-03-15'],
  ['0.75', 'h:mm AM/PM', '18:00:00'],
  ['1.25', '[h]:mm:ss', '30:00:00'],
  ['1.25', 46, '30:00:00'],
  ['1', 14, '1900-01-01'],
  ['59', 14, '1900-02-28'],
  ['61', 14, '1900-03-01'],
  ['-1', 14, '-1'],
  ['99999999', 14, '99999999'],
  // colours and words are no dates
  ['7', '[Red]0', '7'],
  ['7', '"days" 0', '7'],
  ['7', 'General" hours"', '7'],
];

describe('a number of a sheet', () => {
  it.each(table)('%s in the format %s is %s', (raw, format, expected) => {
    const style = typeof format === 'number' ? numberStyle(format, undefined) : numberStyle(164, format);
    expect(cellText(raw, style, false)).toBe(expected);
  });

  it('counts days from 1904 where the workbook does', () => {
    expect(cellText('43538', numberStyle(14, undefined), true)).toBe('2023-03-15');
    expect(cellText('0', numberStyle(14, undefined), true)).toBe('1904-01-01');
  });
});
