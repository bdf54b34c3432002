/**
 * Which number to dial for a lead, and whether one may (domain.md section 7): the contact's numbers before those
 * captured with the lead, the primary first; never a fax, one that is no number, or one that asked not to be called.
 *
 * Example: a primary that asked not to be called and a mobile that did not: the mobile is dialled.
 */
import type { PhonePart } from '../../model/parts.ts';
import { permissionFor, type Permissions } from '../permission.ts';

export type Dial =
  | { readonly blocked: null; readonly number: string; readonly e164: string | null }
  | { readonly blocked: 'mayNotPhone' | 'noNumber'; readonly number: null; readonly e164: null };

export type DialFacts = {
  /** Null where the lead belongs to a company or to nobody. */
  readonly person: Permissions | null;
  /** A company may be called; a lead that belongs to nobody has no consent to rest on. */
  readonly hasAccount: boolean;
  /** In order of preference. */
  readonly phones: readonly (readonly PhonePart[])[];
  /** Did anybody at this number ask not to be called? */
  readonly isRefused: (number: string) => boolean;
};

const nobody = (blocked: 'mayNotPhone' | 'noNumber'): Dial => ({ blocked, number: null, e164: null });

export function dialOf({ person, hasAccount, phones, isRefused }: DialFacts): Dial {
  const mayCall = person ? permissionFor(person, 'enquiry').allowed : hasAccount;
  if (!mayCall) return nobody('mayNotPhone');
  const numbers = phones
    .flatMap((list) => list.toSorted((a, b) => Number(b.primary) - Number(a.primary)))
    .filter((phone) => phone.valid && phone.kind !== 'fax');
  const open = numbers.find((phone) => !phone.doNotCall && !isRefused(phone.e164 ?? phone.number));
  if (open) return { blocked: null, number: open.number, e164: open.e164 };
  return nobody(numbers.length > 0 ? 'mayNotPhone' : 'noNumber');
}
