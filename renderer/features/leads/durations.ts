/**
 * Durations as people say them: the two largest units that matter, as parts that a language words.
 * Example: 93,600,000 ms → `[{ unit: 'day', count: 1 }, { unit: 'hour', count: 2 }]`.
 */
type DurationUnit = 'day' | 'hour' | 'minute';
export type DurationPart = { readonly unit: DurationUnit; readonly count: number };

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Empty for less than a minute. From ten days on, hours no longer matter. */
export function durationParts(ms: number): readonly DurationPart[] {
  const days = Math.floor(ms / dayMs);
  const hours = Math.floor((ms % dayMs) / hourMs);
  const minutes = Math.floor((ms % hourMs) / minuteMs);
  const parts: DurationPart[] = [];
  if (days > 0) parts.push({ unit: 'day', count: days });
  if (hours > 0 && days < 10) parts.push({ unit: 'hour', count: hours });
  if (minutes > 0 && days === 0) parts.push({ unit: 'minute', count: minutes });
  return parts.slice(0, 2);
}

/** mm:ss, or h:mm:ss from an hour on, for a running timer. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
