/**
 * Days and moments as segments mean them (domain.md section 3: "relative dates are evaluated in the segment's stored
 * time zone with an injected clock").
 *
 * - Everything but hours counts in whole days of the time zone: "last 7 days" begins when the day a week ago began and
 *   ends now; "next 7 days" begins now and ends when the day in a week ends. Weeks are 7 days, months and years end on
 *   the same day of the month or on its last. Hours are 3,600 seconds, whatever the clocks do.
 * - A day is as long as it is: 23 or 25 hours when clocks change, beginning at 01:00 where midnight is skipped.
 * - Calendar weeks begin on Monday; quarters in January, April, July and October.
 *
 * Example: at 2026-11-21T10:00Z in Europe/Berlin, `today` is 2026-11-20T23:00Z up to 2026-11-21T23:00Z.
 */
import { tzOffset } from '@date-fns/tz/tzOffset';
import { assertNever } from '../../result.ts';
import { type CalendarOperator, type CountedOperator, isCalendar, type RelativeOperator } from './operators.ts';

/** A calendar day, 'YYYY-MM-DD'. */
export type Day = string;
/** Both included; null for open. */
export type DaySpan = { readonly from: Day; readonly to: Day };
/** `fromMs` included, `toMs` not. UTC epoch ms. */
export type InstantSpan = { readonly fromMs: number; readonly toMs: number };

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const validZones = new Set<string>(['UTC']);

/** Is it a time zone that this program's data knows? IANA names; `+02:00` is none, since it has no rules. */
export function isTimeZone(zone: string): boolean {
  if (validZones.has(zone)) return true;
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    validZones.add(zone);
    // throws on a zone that is none
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    validZones.delete(zone);
    return false;
  }
}

const utcMs = (day: Day): number => Date.parse(`${day}T00:00:00Z`);
const dayOfUtc = (ms: number): Day => new Date(ms).toISOString().replace(/T.*$/, '');
const localMs = (ms: number, zone: string): number => ms + tzOffset(zone, new Date(ms)) * 60_000;

/** The day that the zone's calendars show at this moment. */
export const dayOf = (ms: number, zone: string): Day => dayOfUtc(localMs(ms, zone));

/** The first moment of a day in the zone. A day that the zone skipped begins when the next one does. */
export function dayStartMs(day: Day, zone: string): number {
  const midnight = utcMs(day);
  // offsets of the day before and after bracket any change at this midnight
  const candidates = [midnight - dayMs, midnight + dayMs]
    .map((near) => midnight - tzOffset(zone, new Date(near)) * 60_000)
    .filter((start) => localMs(start, zone) === midnight);
  if (candidates.length > 0) return Math.min(...candidates);
  // midnight does not exist: the first moment that is on the day or after it
  let before = midnight - 2 * dayMs;
  let after = midnight + 2 * dayMs;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (localMs(middle, zone) < midnight) before = middle;
    else after = middle;
  }
  return after;
}

const addDays = (day: Day, days: number): Day => dayOfUtc(utcMs(day) + days * dayMs);

/** The same day of another month, or that month's last: 31 January + 1 month is 28 or 29 February. */
export function addMonths(day: Day, months: number): Day {
  const date = new Date(utcMs(day));
  const count = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  const year = Math.floor(count / 12);
  const month = count - year * 12;
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return dayOfUtc(Date.UTC(year, month, Math.min(date.getUTCDate(), last)));
}

const firstOfMonth = (day: Day): Day => `${day.slice(0, -2)}01`;
const firstOfQuarter = (day: Day): Day => addMonths(firstOfMonth(day), -(new Date(utcMs(day)).getUTCMonth() % 3));
const firstOfYear = (day: Day): Day => `${day.slice(0, -5)}01-01`;
const monday = (day: Day): Day => addDays(day, -((new Date(utcMs(day)).getUTCDay() + 6) % 7));

const through = (from: Day, next: Day): DaySpan => ({ from, to: addDays(next, -1) });

function calendarDays(operator: CalendarOperator, today: Day): DaySpan {
  const weeks = (from: number) => through(addDays(monday(today), 7 * from), addDays(monday(today), 7 * (from + 1)));
  const months = (first: Day, from: number, length: number) =>
    through(addMonths(first, from * length), addMonths(first, (from + 1) * length));
  switch (operator) {
    case 'today':
      return { from: today, to: today };
    case 'thisWeek':
      return weeks(0);
    case 'lastWeek':
      return weeks(-1);
    case 'nextWeek':
      return weeks(1);
    case 'thisMonth':
      return months(firstOfMonth(today), 0, 1);
    case 'lastMonth':
      return months(firstOfMonth(today), -1, 1);
    case 'nextMonth':
      return months(firstOfMonth(today), 1, 1);
    case 'thisQuarter':
      return months(firstOfQuarter(today), 0, 3);
    case 'lastQuarter':
      return months(firstOfQuarter(today), -1, 3);
    case 'nextQuarter':
      return months(firstOfQuarter(today), 1, 3);
    case 'thisYear':
      return months(firstOfYear(today), 0, 12);
    case 'lastYear':
      return months(firstOfYear(today), -1, 12);
    case 'nextYear':
      return months(firstOfYear(today), 1, 12);
    default:
      return assertNever(operator);
  }
}

/** The far end of a counted operator, in days; hours have none. */
function farDay(operator: Exclude<CountedOperator, 'lastNHours' | 'nextNHours'>, n: number, today: Day): Day {
  switch (operator) {
    case 'lastNDays':
      return addDays(today, -n);
    case 'nextNDays':
      return addDays(today, n);
    case 'lastNWeeks':
      return addDays(today, -7 * n);
    case 'nextNWeeks':
      return addDays(today, 7 * n);
    case 'lastNMonths':
      return addMonths(today, -n);
    case 'nextNMonths':
      return addMonths(today, n);
    case 'lastNYears':
      return addMonths(today, -12 * n);
    case 'nextNYears':
      return addMonths(today, 12 * n);
    default:
      return assertNever(operator);
  }
}

const looksBack = (operator: CountedOperator): boolean => operator.startsWith('last');

/** The largest n that makes sense: about a century. */
export function largestCount(operator: CountedOperator): number {
  if (operator.endsWith('Hours')) return 876_600;
  if (operator.endsWith('Days')) return 36_525;
  if (operator.endsWith('Weeks')) return 5_218;
  return operator.endsWith('Months') ? 1_200 : 100;
}

/** What a relative operator means for a field that holds days; today is on both sides. */
export function relativeDays(operator: RelativeOperator, n: number, nowMs: number, zone: string): DaySpan {
  const today = dayOf(nowMs, zone);
  if (isCalendar(operator)) return calendarDays(operator, today);
  if (operator === 'lastNHours') return { from: dayOf(nowMs - n * hourMs, zone), to: today };
  if (operator === 'nextNHours') return { from: today, to: dayOf(nowMs + n * hourMs, zone) };
  const far = farDay(operator, n, today);
  return looksBack(operator) ? { from: far, to: today } : { from: today, to: far };
}

/** What a relative operator means for a field that holds moments; this very moment is on both sides. */
export function relativeInstants(operator: RelativeOperator, n: number, nowMs: number, zone: string): InstantSpan {
  if (operator === 'lastNHours') return { fromMs: nowMs - n * hourMs, toMs: nowMs + 1 };
  if (operator === 'nextNHours') return { fromMs: nowMs, toMs: nowMs + n * hourMs + 1 };
  const days = relativeDays(operator, n, nowMs, zone);
  const span = daysToInstants(days, zone);
  if (isCalendar(operator)) return span;
  return looksBack(operator) ? { fromMs: span.fromMs, toMs: nowMs + 1 } : { fromMs: nowMs, toMs: span.toMs };
}

export const daysToInstants = (days: DaySpan, zone: string): InstantSpan => ({
  fromMs: dayStartMs(days.from, zone),
  toMs: dayStartMs(addDays(days.to, 1), zone),
});

const dayPattern = /^\d{4}-\d\d-\d\d$/;
const momentPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** Is it a day of the calendar? 2026-02-30 is none. */
export const isDay = (text: string): boolean => {
  if (!dayPattern.test(text)) return false;
  const ms = utcMs(text);
  return !Number.isNaN(ms) && dayOfUtc(ms) === text;
};

/**
 * The span that a value of a moment's field stands for: a whole day of the zone for 'YYYY-MM-DD', one millisecond for
 * a moment with its offset ('2026-11-21T10:00:00+01:00'). Null for anything else.
 */
export function instantSpanOf(value: string, zone: string): InstantSpan | null {
  if (isDay(value)) return daysToInstants({ from: value, to: value }, zone);
  if (!momentPattern.test(value) || !isDay(value.slice(0, 10))) return null;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? null : { fromMs: ms, toMs: ms + 1 };
}
