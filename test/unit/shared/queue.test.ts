import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { callOutcomes } from '../../../shared/model/picklists.ts';
import { hoursKeyOf, openingsAt, zonesOf } from '../../../shared/rules/queue/hours.ts';
import { attemptLimit, callStateOf, priorityOf, whyNow } from '../../../shared/rules/queue/order.ts';

const hour = 3_600_000;
const at = (text: string): number => Date.parse(text);
const anywhere = { timeZone: null, countries: [], preferredFrom: null, preferredTo: null };

describe('calling hours', () => {
  it.each([
    [{ timeZone: 'Asia/Tokyo', countries: ['BE'] }, 'Asia/Tokyo|09:00|18:00'],
    [{ countries: [null, 'BE'] }, 'Europe/Brussels|09:00|18:00'],
    [{ countries: ['US'] }, 'America/New_York,America/Los_Angeles|09:00|18:00'],
    [{ timeZone: 'Mars/Olympus', countries: ['GB'] }, 'Europe/London|09:00|18:00'],
    [{}, 'UTC|09:00|18:00'],
    [{ countries: ['GB'], preferredFrom: '18:00', preferredTo: '20:30' }, 'Europe/London|18:00|20:30'],
    [{ countries: ['GB'], preferredFrom: '14:00' }, 'Europe/London|14:00|18:00'],
    [{ countries: ['GB'], preferredFrom: '19:00' }, 'Europe/London|09:00|18:00'],
    [{ countries: ['GB'], preferredFrom: 'late', preferredTo: '25:00' }, 'Europe/London|09:00|18:00'],
  ])('of %o are %s', (given, key) => {
    expect(hoursKeyOf({ ...anywhere, ...given })).toBe(key);
  });

  it.each([
    ['Europe/Brussels|09:00|18:00', '2026-01-05T08:00Z', true],
    ['Europe/Brussels|09:00|18:00', '2026-01-05T07:59Z', false],
    ['Europe/Brussels|09:00|18:00', '2026-01-05T16:59Z', true],
    ['Europe/Brussels|09:00|18:00', '2026-01-05T17:00Z', false],
    ['Europe/Brussels|09:00|18:00', '2026-07-06T07:00Z', true],
    ['Europe/Brussels|09:00|18:00', '2026-01-03T10:00Z', false],
    ['America/New_York,America/Los_Angeles|09:00|18:00', '2026-01-05T16:59Z', false],
    ['America/New_York,America/Los_Angeles|09:00|18:00', '2026-01-05T17:00Z', true],
    // already Monday in Tokyo, still Sunday in London
    ['Asia/Tokyo|09:00|18:00', '2026-01-05T00:30Z', true],
  ])('%s at %s: %s', (key, moment, open) => {
    expect(openingsAt(at(moment))(key)).toBe(open);
  });

  it('finds the outermost zones of a country, and none for what is no country', () => {
    expect(zonesOf('DE')).toEqual(['Europe/Berlin']);
    expect(zonesOf('Utopia')).toEqual([]);
  });
});

describe('what past calls mean', () => {
  const call = (outcome: (typeof callOutcomes)[number], startedAtMs: number, callbackAtMs: number | null = null) => ({
    outcome,
    startedAtMs,
    callbackAtMs,
  });

  it.each([
    ['noAnswer', 4],
    ['busy', 0.5],
    ['voicemail', 24],
  ] as const)('after %s it waits %s hours', (outcome, hours) => {
    expect(callStateOf(0, [call(outcome, 1000)])).toMatchObject({ attempts: 1, dueAtMs: 1000 + hours * hour });
  });

  it('keeps to an agreed callback, also beyond the limit of attempts', () => {
    const calls = Array.from({ length: attemptLimit }, (_, index) => call('noAnswer', index));
    expect(callStateOf(0, calls).isAtLimit).toBe(true);
    expect(callStateOf(0, calls.slice(1)).isAtLimit).toBe(false);
    const agreed = callStateOf(0, [...calls, call('callbackAt', 100, 5000)]);
    expect(agreed).toMatchObject({ callbackAtMs: 5000, dueAtMs: 5000, isAtLimit: false });
    expect(callStateOf(0, [call('callbackAt', 100, 5000), call('noAnswer', 5000)]).callbackAtMs).toBeNull();
  });
});

describe('the order of the queue', () => {
  it('does not change by waiting', () => {
    const item = fc.record({
      score: fc.integer({ min: -50, max: 200 }),
      entered: fc.integer({ min: 0, max: 1000 }),
      after: fc.integer({ min: 0, max: 500 }),
    });
    // priority as it grows: points, a quarter point an hour in the queue, an eighth an hour since the last attempt
    const growing = (each: { score: number; entered: number; after: number }, nowHours: number) =>
      each.score + (nowHours - each.entered) / 4 + (nowHours - each.entered - each.after) / 8;
    fc.assert(
      fc.property(item, item, fc.integer({ min: 2000, max: 9000 }), (a, b, nowHours) => {
        const kept = (each: typeof a) =>
          priorityOf(each.score, each.entered * hour, (each.entered + each.after) * hour);
        expect(Math.sign(kept(a) - kept(b))).toBe(Math.sign(growing(a, nowHours) - growing(b, nowHours)));
      }),
    );
  });

  it('says why now', () => {
    expect(whyNow({ callbackAtMs: 50, attempts: 2, score: 40, enteredAtMs: 0 }, 100)).toEqual([
      { code: 'callbackDue', value: 50 },
      { code: 'score', value: 40 },
      { code: 'retry', value: 2 },
      { code: 'waiting', value: 100 },
    ]);
    expect(whyNow({ callbackAtMs: null, attempts: 0, score: null, enteredAtMs: 0 }, 1)[0]?.code).toBe('neverCalled');
  });
});
