/**
 * Two birth dates compared: the same; a slip (day and month exchanged, one digit, two neighbouring digits exchanged);
 * two of year, month and day alike; the same year; different.
 *
 * Example: 1990-03-12 and 1990-12-03 are a `slip`, 1990-03-12 and 1990-07-12 too, 1990-03-12 and 1984-03-12 `near`.
 */
import { editDistance } from './similarity.ts';

export const birthLevels = ['same', 'slip', 'near', 'sameYear', 'different'] as const;

/** `YYYYMMDD`, both. */
export function compareBirthDates(a: string, b: string): 0 | 1 | 2 | 3 | 4 {
  if (a === b) return 0;
  const sameYear = a.slice(0, 4) === b.slice(0, 4);
  const sameMonth = a.slice(4, 6) === b.slice(4, 6);
  const sameDay = a.slice(6) === b.slice(6);
  if (sameYear && a.slice(4, 6) === b.slice(6) && a.slice(6) === b.slice(4, 6)) return 1;
  if (editDistance(a, b, 1) <= 1) return 1;
  if (Number(sameYear) + Number(sameMonth) + Number(sameDay) === 2) return 2;
  return sameYear ? 3 : 4;
}
