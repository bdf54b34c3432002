/**
 * The forms in which segment values are compared: texts folded, email addresses in their matching form, phones by
 * their digits (domain.md section 3, "text comparisons ignore case and accents").
 *
 * Example: the phone `+49 30 1234` has the keys `49301234`; typed as `(030) 1234` with a known country it has
 * `49301234` and `0301234`, and is found by either.
 */
import { emailKey } from '../normalise/email.ts';
import { foldText } from '../normalise/fold.ts';
import type { Comparison } from './registry.ts';

export const digitsOf = (text: string): string => foldText(text).replace(/\D/g, '');

/** What `is` and `isNot` compare; null where the value cannot equal anything (no digits, no address, blank). */
export function equalityKey(compare: Comparison, value: string): string | null {
  switch (compare) {
    case 'fold':
      return foldText(value) || null;
    case 'email':
      return emailKey(value);
    case 'phone':
      return digitsOf(value) || null;
    default:
      return value || null;
  }
}

/** What contains, begins with and ends with look for and look into; null where nothing is left. */
export const partKey = (compare: Comparison, value: string): string | null =>
  (compare === 'phone' ? digitsOf(value) : foldText(value)) || null;
