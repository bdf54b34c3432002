/** Dates, numbers and durations as this person's system writes them. */
import { t } from '../i18n/index.ts';

const dayFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const instantFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const timeFormat = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const instantDayFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const numberFormat = new Intl.NumberFormat();

/** 'YYYY-MM-DD' → the day, whatever zone we are in. */
export function formatDay(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? day : dayFormat.format(at);
}
export const formatInstant = (atMs: number): string => instantFormat.format(atMs);
/** For tables: today's time, else the day. */
export const formatInstantShort = (atMs: number, nowMs: number): string =>
  instantDayFormat.format(atMs) === instantDayFormat.format(nowMs)
    ? timeFormat.format(atMs)
    : instantDayFormat.format(atMs);
export const formatInstantDay = (atMs: number): string => instantDayFormat.format(atMs);
export const formatTime = (atMs: number): string => timeFormat.format(atMs);
/** What stands between thousands, so that a number is typed as it is shown. */
export const groupMark = numberFormat.formatToParts(1_000_000).find(({ type }) => type === 'group')?.value ?? '';
export const formatNumber = (value: number): string => numberFormat.format(value);
/** An amount with its currency's code; null for no amount. */
export const formatMoney = (amount: number | null, currency: string | null): string | null =>
  amount === null ? null : [formatNumber(amount), currency].filter(Boolean).join(' ');

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [size, unit] = bytes < 1e6 ? [bytes / 1e3, 'kB'] : bytes < 1e9 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB'];
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${unit}`;
}

/** Rough, for people: '4 min', '3 h', '2 d'. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 90) return t('common.seconds', { count: seconds });
  if (seconds < 5400) return t('common.minutes', { count: Math.round(seconds / 60) });
  if (seconds < 129_600) return t('common.hours', { count: Math.round(seconds / 3600) });
  return t('common.days', { count: Math.round(seconds / 86_400) });
}
