/**
 * What a record is recognised by: the values of a matching strategy's attributes after normalisation (domain.md
 * section 2). Blank values never match anything.
 *
 * Example: two contacts with `J.Doe@example.com` and `j.doe@EXAMPLE.com` share the email `j.doe@example.com`.
 */
import type { AddressPart, EmailPart, PhonePart } from '../../model/parts.ts';
import { companyKey } from '../normalise/company.ts';
import { emailKey } from '../normalise/email.ts';
import { foldText } from '../normalise/fold.ts';
import { nameKey } from '../normalise/name.ts';
import { jaroWinkler } from '../linkage/similarity.ts';
import { defaultLevel, type MatchingAttribute, type MatchingDefinition } from './definition.ts';

/** Of a contact or lead, in the names of the model; what is absent is blank. */
export type IdentityValues = {
  readonly emails?: readonly EmailPart[] | undefined;
  readonly phones?: readonly PhonePart[] | undefined;
  readonly addresses?: readonly AddressPart[] | undefined;
  readonly givenName?: string | null | undefined;
  readonly familyName?: string | null | undefined;
  readonly company?: string | null | undefined;
  readonly birthDate?: string | null | undefined;
  readonly captureSource?: string | null | undefined;
  readonly externalId?: string | null | undefined;
  readonly externalSource?: string | null | undefined;
};

const one = (value: string | null): readonly string[] => (value === null ? [] : [value]);

const readers: Readonly<Record<MatchingAttribute, (values: IdentityValues) => readonly string[]>> = {
  email: ({ emails = [] }) => emails.flatMap((email) => (email.valid ? one(emailKey(email.address)) : [])),
  phone: ({ phones = [] }) => phones.flatMap((phone) => (phone.kind === 'fax' ? [] : one(phone.e164))),
  givenName: ({ givenName }) => one(nameKey(givenName)),
  familyName: ({ familyName }) => one(nameKey(familyName)),
  company: ({ company }) => one(companyKey(company)),
  captureSource: ({ captureSource }) => (captureSource ? [captureSource] : []),
  // an id means something only together with the file or system that gave it
  externalId: ({ externalId, externalSource }) =>
    externalId ? [`${externalSource ?? ''}\u001f${externalId.trim()}`] : [],
  birthDate: ({ birthDate }) => (birthDate ? [birthDate] : []),
  postalCode: ({ addresses = [] }) =>
    addresses.flatMap(({ postalCode }) => one(postalCode ? foldText(postalCode).replace(/[^\p{L}\p{N}]/gu, '') : null)),
};

/** The values of one attribute. */
export const attributeValues = (attribute: MatchingAttribute, values: IdentityValues): readonly string[] =>
  readers[attribute](values).filter((value) => value !== '');

/**
 * What an incoming record is looked up by: of several emails or phones the primary alone, so that an office's shared
 * second address does not make two people one. `null` where any attribute is blank.
 */
export function lookupKey(
  strategy: MatchingDefinition,
  values: IdentityValues,
): ReadonlyMap<MatchingAttribute, string> | null {
  const key = new Map<MatchingAttribute, string>();
  for (const { attribute } of strategy.attributes) {
    const value = attributeValues(attribute, primaryFirst(attribute, values))[0];
    if (value === undefined) return null;
    key.set(attribute, value);
  }
  return key;
}

function primaryFirst(attribute: MatchingAttribute, values: IdentityValues): IdentityValues {
  const sort = <T extends { primary: boolean }>(parts: readonly T[]): T[] =>
    parts.toSorted((a, b) => Number(b.primary) - Number(a.primary));
  if (attribute === 'email' && values.emails && values.emails.length > 1)
    return { ...values, emails: sort(values.emails) };
  if (attribute === 'phone' && values.phones && values.phones.length > 1)
    return { ...values, phones: sort(values.phones) };
  return values;
}

/** The attributes that the strategy compares by similarity, with the least that counts as a match. */
export const levelsOf = (strategy: MatchingDefinition): ReadonlyMap<MatchingAttribute, number> =>
  new Map(
    strategy.attributes.flatMap(({ attribute, compare, level }) =>
      compare === 'similar' ? [[attribute, level ?? defaultLevel] as const] : [],
    ),
  );

/** A record matches when it has the looked-up value of every attribute, or one as similar as `levels` asks. */
export function matchesKey(
  key: ReadonlyMap<MatchingAttribute, string>,
  candidate: IdentityValues,
  levels: ReadonlyMap<MatchingAttribute, number> = new Map(),
): boolean {
  for (const [attribute, value] of key) {
    const theirs = attributeValues(attribute, candidate);
    if (theirs.includes(value)) continue;
    const level = levels.get(attribute);
    if (level === undefined || !theirs.some((each) => jaroWinkler(each, value) >= level)) return false;
  }
  return key.size > 0;
}
