/**
 * A phone number as people of its country write it: what was typed with a country code internationally, everything else
 * nationally. What is no possible number stays as it came. Only what is shown follows: the record keeps what was typed.
 *
 * Example: `+48545549396` shows as `+48 54 554 93 96`, `01613769549` of a British number as `0161 376 9549`.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { PhonePart } from '../../model/parts.ts';

const known = new Map<string, string>();
/** A list shows some dozens at a time. */
const mostKnown = 5000;

export function phoneText({ number, e164 }: Pick<PhonePart, 'number' | 'e164'>): string {
  if (e164 === null) return number;
  const isAbroad = /^\s*(tel:)?\s*(\+|00)/.test(number);
  const key = `${isAbroad ? '+' : ''}${e164}`;
  const text = known.get(key);
  if (text !== undefined) return text;
  const parsed = parsePhoneNumberFromString(e164);
  const made = parsed === undefined ? number : isAbroad ? parsed.formatInternational() : parsed.formatNational();
  if (known.size >= mostKnown) known.clear();
  known.set(key, made);
  return made;
}
