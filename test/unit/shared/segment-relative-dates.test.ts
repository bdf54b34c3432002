import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMonths,
  dayOf,
  dayStartMs,
  instantSpanOf,
  isDay,
  isTimeZone,
  relativeDays,
  relativeInstants,
} from '../../../shared/rules/segment/relative-dates.ts';
import type { RelativeOperator } from '../../../shared/rules/segment/operators.ts';

const at = (iso: string) => Date.parse(iso);
const iso = (ms: number) => new Date(ms).toISOString();
const span = (operator: RelativeOperator, n: number, now: string, zone: string) => {
  const found = relativeInstants(operator, n, at(now), zone);
  return [iso(found.fromMs), iso(found.toMs)];
};

describe('days of a time zone', () => {
  it('knows which day it is on both sides of midnight', () => {
    expect(dayOf(at('2026-11-20T22:59:59.999Z'), 'Europe/Berlin')).toBe('2026-11-20');
    expect(dayOf(at('2026-11-20T23:00:00Z'), 'Europe/Berlin')).toBe('2026-11-21');
    expect(dayOf(at('2026-11-20T23:00:00Z'), 'America/Los_Angeles')).toBe('2026-11-20');
    expect(dayOf(at('2026-11-20T10:00:00Z'), 'Pacific/Kiritimati')).toBe('2026-11-21');
  });

  it.each([
    ['2026-03-29', 'Europe/Berlin', 23],
    ['2026-10-25', 'Europe/Berlin', 25],
    ['2026-11-01', 'America/New_York', 25],
    ['2026-10-04', 'Australia/Lord_Howe', 23.5],
    ['2026-11-21', 'Asia/Kolkata', 24],
  ])('counts the hours of %s in %s', (day, zone, hours) => {
    const next = new Date(at(`${day}T00:00Z`) + 86_400_000).toISOString().slice(0, 10);
    expect((dayStartMs(next, zone) - dayStartMs(day, zone)) / 3_600_000).toBe(hours);
  });

  it('begins a day at one o’clock where midnight is skipped', () => {
    expect(iso(dayStartMs('2018-11-04', 'America/Sao_Paulo'))).toBe('2018-11-04T03:00:00.000Z');
    expect(dayOf(dayStartMs('2018-11-04', 'America/Sao_Paulo') - 1, 'America/Sao_Paulo')).toBe('2018-11-03');
  });

  it('begins a day at the first of two midnights', () => {
    // Cuba turns 01:00 into 00:00
    expect(iso(dayStartMs('2026-11-01', 'America/Havana'))).toBe('2026-11-01T04:00:00.000Z');
  });

  it('begins a day that was skipped when the next one does', () => {
    expect(dayStartMs('2011-12-30', 'Pacific/Apia')).toBe(dayStartMs('2011-12-31', 'Pacific/Apia'));
  });

  it('puts the first moment of every day on that day, and the one before it on an earlier day', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Africa/Cairo', 'Pacific/Chatham', 'UTC'];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 36_000 }), fc.constantFrom(...zones), (days, zone) => {
        const day = iso(days * 86_400_000).slice(0, 10);
        const start = dayStartMs(day, zone);
        expect(dayOf(start, zone)).toBe(day);
        expect(dayOf(start - 1, zone) < day).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('tells zones and days from what only looks like them', () => {
    expect(['Europe/Berlin', 'UTC', 'Asia/Kolkata'].every(isTimeZone)).toBe(true);
    expect(['', '+02:00', 'Mars/Olympus', 'X+05:00'].some(isTimeZone)).toBe(false);
    expect(['2026-02-28', '2024-02-29'].every(isDay)).toBe(true);
    expect(['2026-02-30', '2026-2-1', '', '2026-02-28T00:00Z'].some(isDay)).toBe(false);
  });
});

describe('relative operators', () => {
  const berlin = 'Europe/Berlin';

  it.each<[RelativeOperator, number, string, string]>([
    ['today', 0, '2026-11-20T23:00:00.000Z', '2026-11-21T23:00:00.000Z'],
    ['thisWeek', 0, '2026-11-15T23:00:00.000Z', '2026-11-22T23:00:00.000Z'],
    ['lastWeek', 0, '2026-11-08T23:00:00.000Z', '2026-11-15T23:00:00.000Z'],
    ['nextWeek', 0, '2026-11-22T23:00:00.000Z', '2026-11-29T23:00:00.000Z'],
    ['thisMonth', 0, '2026-10-31T23:00:00.000Z', '2026-11-30T23:00:00.000Z'],
    ['lastMonth', 0, '2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z'],
    ['nextMonth', 0, '2026-11-30T23:00:00.000Z', '2026-12-31T23:00:00.000Z'],
    ['thisQuarter', 0, '2026-09-30T22:00:00.000Z', '2026-12-31T23:00:00.000Z'],
    ['lastQuarter', 0, '2026-06-30T22:00:00.000Z', '2026-09-30T22:00:00.000Z'],
    ['nextQuarter', 0, '2026-12-31T23:00:00.000Z', '2027-03-31T22:00:00.000Z'],
    ['thisYear', 0, '2025-12-31T23:00:00.000Z', '2026-12-31T23:00:00.000Z'],
    ['lastYear', 0, '2024-12-31T23:00:00.000Z', '2025-12-31T23:00:00.000Z'],
    ['nextYear', 0, '2026-12-31T23:00:00.000Z', '2027-12-31T23:00:00.000Z'],
    ['lastNHours', 5, '2026-11-21T05:00:00.000Z', '2026-11-21T10:00:00.001Z'],
    ['nextNHours', 5, '2026-11-21T10:00:00.000Z', '2026-11-21T15:00:00.001Z'],
    ['lastNDays', 7, '2026-11-13T23:00:00.000Z', '2026-11-21T10:00:00.001Z'],
    ['nextNDays', 7, '2026-11-21T10:00:00.000Z', '2026-11-28T23:00:00.000Z'],
    ['lastNWeeks', 4, '2026-10-23T22:00:00.000Z', '2026-11-21T10:00:00.001Z'],
    ['lastNMonths', 1, '2026-10-20T22:00:00.000Z', '2026-11-21T10:00:00.001Z'],
    ['nextNMonths', 3, '2026-11-21T10:00:00.000Z', '2027-02-21T23:00:00.000Z'],
    ['lastNYears', 2, '2024-11-20T23:00:00.000Z', '2026-11-21T10:00:00.001Z'],
    ['nextNYears', 1, '2026-11-21T10:00:00.000Z', '2027-11-21T23:00:00.000Z'],
    ['nextNWeeks', 1, '2026-11-21T10:00:00.000Z', '2026-11-28T23:00:00.000Z'],
  ])('%s %i in Berlin on 21 November 2026, 11:00', (operator, n, from, to) => {
    expect(span(operator, n, '2026-11-21T10:00:00Z', berlin)).toEqual([from, to]);
  });

  it('counts hours by the stopwatch over a clock change', () => {
    // 2026-10-25 03:00 becomes 02:00 in Berlin
    expect(span('lastNHours', 24, '2026-10-25T12:00:00Z', berlin)[0]).toBe('2026-10-24T12:00:00.000Z');
    expect(span('lastNDays', 1, '2026-10-25T12:00:00Z', berlin)[0]).toBe('2026-10-23T22:00:00.000Z');
  });

  it('begins the week on Monday, on a Sunday too', () => {
    expect(relativeDays('thisWeek', 0, at('2026-11-22T12:00Z'), 'UTC')).toEqual({
      from: '2026-11-16',
      to: '2026-11-22',
    });
    expect(relativeDays('thisWeek', 0, at('2026-11-23T00:00Z'), 'UTC')).toEqual({
      from: '2026-11-23',
      to: '2026-11-29',
    });
  });

  it('takes the last day of a shorter month', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
    expect(addMonths('2026-01-31', -2)).toBe('2025-11-30');
    expect(relativeDays('lastNMonths', 1, at('2026-03-31T12:00Z'), 'UTC').from).toBe('2026-02-28');
  });

  it('has today on both sides for fields that hold days', () => {
    expect(relativeDays('lastNDays', 1, at('2026-11-21T10:00Z'), 'UTC')).toEqual({
      from: '2026-11-20',
      to: '2026-11-21',
    });
    expect(relativeDays('nextNDays', 1, at('2026-11-21T10:00Z'), 'UTC')).toEqual({
      from: '2026-11-21',
      to: '2026-11-22',
    });
  });
});

describe('values of moments', () => {
  it('takes a day as the whole day and a moment as one millisecond', () => {
    expect(instantSpanOf('2026-03-29', 'Europe/Berlin')).toEqual({
      fromMs: at('2026-03-28T23:00Z'),
      toMs: at('2026-03-29T22:00Z'),
    });
    const moment = at('2026-11-21T09:00Z');
    expect(instantSpanOf('2026-11-21T10:00:00+01:00', 'UTC')).toEqual({ fromMs: moment, toMs: moment + 1 });
    expect(instantSpanOf('2026-11-21 10:00', 'UTC')).toBeNull();
    expect(instantSpanOf('2026-02-30T10:00Z', 'UTC')).toBeNull();
  });
});
