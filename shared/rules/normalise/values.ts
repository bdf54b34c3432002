/**
 * Values of a cell: dates, moments, yes or no, numbers, choices (formats.md; domain.md section 2 on invalid values).
 * Each reader answers `null` for a text that it cannot read; the caller then keeps the text and flags it.
 *
 * Example: in a column that holds `13/02/2024` the order is day first, so that `01/02/2024` is 1 February.
 */
import { TZDate } from '@date-fns/tz';
import { foldText } from './fold.ts';

export type DateOrder = 'dmy' | 'mdy' | 'ymd';

const dateNumbers = /^\D{0,4}(\d{1,4})[/.\-\s]+(\d{1,2})[/.\-\s]+(\d{1,4})\b/;

/** Regions that write the month first where a column does not tell. */
const monthFirstRegions = new Set(['US', 'PH', 'FM', 'MH', 'PW', 'GU', 'PR', 'VI', 'AS']);

/** Day or month first, decided by the column's own values; where they leave it open, by the region. */
export function detectDateOrder(values: Iterable<string>, region: string): DateOrder {
  let dayFirst = 0;
  let monthFirst = 0;
  let yearFirst = 0;
  let dotted = 0;
  for (const value of values) {
    const match = dateNumbers.exec(value.trim());
    if (!match) continue;
    const first = Number(match[1]);
    const second = Number(match[2]);
    if ((match[1] ?? '').length === 4) yearFirst += 1;
    else if (first > 12 && second <= 12) dayFirst += 1;
    else if (second > 12 && first <= 12) monthFirst += 1;
    if (/^\d+\.\s?\d+\./.test(value.trim())) dotted += 1;
  }
  if (yearFirst > dayFirst + monthFirst) return 'ymd';
  if (dayFirst !== monthFirst) return dayFirst > monthFirst ? 'dmy' : 'mdy';
  if (dotted > 0) return 'dmy';
  return monthFirstRegions.has(region) ? 'mdy' : 'dmy';
}

/** First three letters, folded, of month names in the languages of the interface and its neighbours. */
const monthNumbers: Readonly<Record<string, number>> = Object.fromEntries(
  [
    'jan ene gen',
    'feb fev fév',
    'mar mrt mär mars maa',
    'apr avr abr',
    'may mai mei mag',
    'jun jui giu',
    'jul lug',
    'aug aou ago',
    'sep set',
    'oct okt ott out',
    'nov',
    'dec dez des dic dès déc',
  ].flatMap((names, index) => names.split(' ').map((name) => [foldText(name).slice(0, 3), index + 1] as const)),
);

type Day = { year: number; month: number; day: number };

function monthOf(name: string): number | undefined {
  const folded = foldText(name);
  if (folded.startsWith('juil')) return 7;
  if (folded.startsWith('juin')) return 6;
  return monthNumbers[folded.slice(0, 3)];
}

function real(year: number, month: number, day: number): Day | null {
  if (month < 1 || month > 12 || day < 1 || year < 1 || year > 9999) return null;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= last ? { year, month, day } : null;
}

/** 'yy' → the year that is not after `latestYear` by more than ten. */
const fullYear = (text: string, latestYear: number): number => {
  const year = Number(text);
  if (text.length > 2) return year;
  const century = Math.floor(latestYear / 100) * 100;
  return century + year > latestYear + 10 ? century + year - 100 : century + year;
};

/** The day at the beginning of the text, and what follows it. `latestYear` decides the century of two-digit years. */
function readDay(text: string, order: DateOrder, latestYear: number): { day: Day; rest: string } | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?=$|[T\s])/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})(?=$|[T\s])/.exec(text);
  if (iso) {
    const day = real(Number(iso[1]), Number(iso[2]), Number(iso[3]));
    return day && { day, rest: text.slice(iso[0].length) };
  }
  const numbers = /^(\d{1,4})\s?([/.\-\s])\s?(\d{1,2})\s?[/.\-\s]\s?(\d{1,4})(?=$|\D)/.exec(text);
  if (numbers) {
    const [whole, a = '', , b = '', c = ''] = numbers;
    const rest = text.slice(whole.length);
    const found =
      a.length > 2
        ? real(Number(a), Number(b), Number(c))
        : order === 'mdy'
          ? (real(fullYear(c, latestYear), Number(a), Number(b)) ?? real(fullYear(c, latestYear), Number(b), Number(a)))
          : order === 'ymd' && c.length <= 2
            ? real(fullYear(a, latestYear), Number(b), Number(c))
            : (real(fullYear(c, latestYear), Number(b), Number(a)) ??
              real(fullYear(c, latestYear), Number(a), Number(b)));
    return found && { day: found, rest };
  }
  const dayFirst =
    /^(?:\p{L}+,?\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?[\s\-/]*(?:de\s+)?(\p{L}{3,})\.?[\s\-/,]*(?:de\s+)?(\d{2,4})(?=$|\D)/u.exec(
      text,
    );
  if (dayFirst) {
    const month = monthOf(dayFirst[2] ?? '');
    const day = month === undefined ? null : real(fullYear(dayFirst[3] ?? '', latestYear), month, Number(dayFirst[1]));
    return day && { day, rest: text.slice(dayFirst[0].length) };
  }
  const monthFirst = /^(?:\p{L}+,\s+)?(\p{L}{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?=$|\D)/u.exec(text);
  if (monthFirst) {
    const month = monthOf(monthFirst[1] ?? '');
    const day = month === undefined ? null : real(Number(monthFirst[3]), month, Number(monthFirst[2]));
    return day && { day, rest: text.slice(monthFirst[0].length) };
  }
  return null;
}

const pad = (value: number, length = 2): string => String(value).padStart(length, '0');

export type DateOptions = {
  readonly order: DateOrder;
  /** The year in which the file is read; two-digit years are taken to be before or about it. */
  readonly latestYear: number;
};

/** A calendar day → 'YYYY-MM-DD'; a time behind it is left out. */
export function parseDate(text: string, options: DateOptions): string | null {
  const found = readDay(text.trim(), options.order, options.latestYear);
  if (!found || !/^$|^[T\s,]/.test(found.rest)) return null;
  const { year, month, day } = found.day;
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
}

/** A moment → epoch ms. `timeZone` (IANA) is where a time without a zone of its own is from. */
export function parseInstant(text: string, options: DateOptions & { readonly timeZone: string }): number | null {
  const trimmed = text.trim();
  const found = readDay(trimmed, options.order, options.latestYear);
  if (!found) return null;
  const { year, month, day } = found.day;
  const rest = found.rest
    .trim()
    .replace(/^[T,]\s*/, '')
    .replace(/^at\s+/i, '');
  if (rest === '') return new TZDate(year, month - 1, day, 0, 0, 0, 0, options.timeZone).getTime();
  const time =
    /^(\d{1,2})[:.h](\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap]\.?m\.?)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$/i.exec(
      rest,
    );
  if (!time) return null;
  let hour = Number(time[1]);
  const minute = Number(time[2]);
  const second = Number(time[3] ?? 0);
  const half = time[5]?.toLowerCase().startsWith('p') ? 'pm' : time[5] ? 'am' : null;
  if (half === 'pm' && hour < 12) hour += 12;
  if (half === 'am' && hour === 12) hour = 0;
  if (hour > 23 || minute > 59 || second > 60) return null;
  const ms = Math.floor(Number(`0.${time[4] ?? '0'}`) * 1000);
  const zone = time[6];
  if (zone === undefined) return new TZDate(year, month - 1, day, hour, minute, second, ms, options.timeZone).getTime();
  const sign = zone.startsWith('-') ? -1 : 1;
  const offset = /\d/.test(zone) ? sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) : 0;
  return Date.UTC(year, month - 1, day, hour, minute, second, ms) - offset * 60_000;
}

const yesWords = new Set(
  'yes y true t 1 x on ja j oui o si s sim ano tak da allow allowed ใช่ 是 はい ✓ ✔ ☑ ✅'.split(' '),
);
const noWords = new Set('no n false f 0 off nee nein non nei nao ne nie disallow not ไม่ 否 いいえ ✗ ✘ ❌ ☐'.split(' '));

export function parseYesNo(text: string): boolean | null {
  const folded = foldText(text);
  if (yesWords.has(folded)) return true;
  if (noWords.has(folded)) return false;
  if (/^(?:do not|don't|dont|not) allow/.test(folded)) return false;
  return null;
}

export type DecimalSign = 'point' | 'comma';

/** Decimal point or comma, decided by the column's own values; point where they leave it open. */
export function detectDecimalSign(values: Iterable<string>): DecimalSign {
  let comma = 0;
  let point = 0;
  for (const value of values) {
    const text = value.replace(/[^\d.,]/g, '');
    const last = /([.,])(\d*)$/.exec(text);
    if (!last) continue;
    const digits = (last[2] ?? '').length;
    const other = last[1] === ',' ? '.' : ',';
    const twice = text.indexOf(last[1] ?? '') !== text.lastIndexOf(last[1] ?? '');
    // "1.234,5": the last of two signs; "1,5": not a group of three. "1.234.567": a sign twice is for thousands.
    if (twice) {
      if (last[1] === ',') point += 1;
      else comma += 1;
    } else if (text.includes(other) || digits !== 3) {
      if (last[1] === ',') comma += 1;
      else point += 1;
    }
  }
  return comma > point ? 'comma' : 'point';
}

export function parseNumber(text: string, decimal: DecimalSign = 'point'): number | null {
  let body = foldText(text).replace(/[\s'_]/g, '');
  const bracketed = /^\((.*)\)$/.exec(body);
  if (bracketed) body = `-${bracketed[1] ?? ''}`;
  body = body
    .replace(/^([+-]?)[\p{Sc}]|[\p{Sc}%]$/gu, '$1')
    .replace(/^(?:eur|usd|gbp|nok|sek|dkk|chf)|(?:eur|usd|gbp|nok|sek|dkk|chf)$/g, '');
  const scaled = /^(.*\d)(k|m|mio|mln|bn)$/.exec(body);
  const scale = scaled ? ({ k: 1e3, m: 1e6, mio: 1e6, mln: 1e6, bn: 1e9 }[scaled[2] ?? ''] ?? 1) : 1;
  if (scaled) body = scaled[1] ?? '';
  const lastComma = body.lastIndexOf(',');
  const lastPoint = body.lastIndexOf('.');
  let sign = decimal === 'comma' ? ',' : '.';
  // A value that can only be read one way is read that way, whatever the column says.
  if (lastComma >= 0 && lastPoint >= 0) sign = lastComma > lastPoint ? ',' : '.';
  const group = sign === ',' ? '.' : ',';
  const normal = body.split(group).join('').replace(sign, '.');
  if (!/^[+-]?\d+(?:\.\d*)?(?:e[+-]?\d+)?$|^[+-]?\.\d+$/.test(normal)) return null;
  const groups = body.split(sign)[0]?.split(group) ?? [];
  if (groups.length > 1 && groups.slice(1).some((each) => each.length !== 3 && each.length !== 2)) return null;
  const value = Number(normal) * scale;
  return Number.isFinite(value) ? value : null;
}

const squash = (text: string): string => foldText(text).replace(/[^\p{L}\p{N}]+/gu, '');

/**
 * A label → one of the options. Options are camelCase forms of their labels ('Trade Show' → `tradeShow`), so that the
 * label, the option itself and either in any case and spacing are taken; `aliases` (folded, without spaces) add other
 * programs' words.
 */
export function parseChoice<const O extends string>(
  text: string,
  options: readonly O[],
  aliases: Readonly<Record<string, O>> = {},
): O | null {
  const squashed = squash(text);
  if (squashed === '') return null;
  return options.find((option) => option.toLowerCase() === squashed) ?? aliases[squashed] ?? null;
}
