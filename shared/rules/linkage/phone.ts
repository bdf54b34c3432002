/**
 * Phone numbers as evidence: E.164 where the number is a possible one, else its digits.
 *
 * Example: `02 555 00 00` without a known country is `025550000`.
 */

/** Digits of a number: the international ones where it is a possible number. Too short ones say nothing. */
export function phoneDigits(phone: { readonly number: string; readonly e164: string | null }): string {
  const digits = phone.e164 ?? phone.number.replace(/\D+/g, '');
  return digits.length >= 6 ? digits : '';
}
