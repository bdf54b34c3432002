/** What the readers of a row share: texts within their length, and the lists of a person's addresses (draft.ts). */
import type { ImportField } from '../../contract/import-fields.ts';
import type { AddressPart, EmailPart, FlaggedValue, PhonePart } from '../../model/parts.ts';
import { emailKey, splitEmails, toEmailPart } from '../normalise/email.ts';
import { foldText } from '../normalise/fold.ts';
import { cleanTags } from '../tags.ts';
import { splitPhones, toPhonePart } from '../normalise/phone.ts';
import type { DraftValues } from './draft.ts';
import type { MappedRow } from './row.ts';

export type Collector = {
  readonly values: DraftValues;
  readonly flagged: FlaggedValue[];
  references: Record<string, string> | null;
};

export const flag = (to: Collector, field: string, value: string, reason: string): void => {
  to.flagged.push({ field, value: value.slice(0, 4000), reason });
};

const limits: Partial<Readonly<Record<string, number>>> = {
  salutation: 60,
  givenName: 200,
  middleName: 200,
  familyName: 200,
  nickname: 200,
  externalId: 200,
  website: 500,
  industry: 200,
  timeZone: 60,
  preferredLanguage: 35,
  currency: 3,
  ticketType: 200,
  description: 100_000,
  qualificationComments: 100_000,
};

/** Text within the field's length; what is longer is cut, and kept whole among the flagged values. */
export function text(to: Collector, field: string, value: string | null | undefined, as = field): void {
  if (value === null || value === undefined || value === '') return;
  const limit = limits[as] ?? 300;
  if (value.length > limit) flag(to, as, value, 'tooLong');
  to.values[as] = value.length > limit ? value.slice(0, limit).trim() : value;
}

export function emails(to: Collector, row: MappedRow): void {
  const parts: EmailPart[] = [];
  const keys = new Set<string>();
  for (const field of ['email', 'email2'] as const) {
    const raw = row[field];
    if (raw === undefined) continue;
    for (const address of splitEmails(raw)) {
      const part = toEmailPart(address);
      if (part === null) continue;
      const key = emailKey(part.address) ?? foldText(part.address);
      if (keys.has(key) || parts.length >= 50) continue;
      keys.add(key);
      parts.push(part);
      if (!part.valid) flag(to, field, address, 'notAnEmail');
    }
  }
  if (parts.length === 0) return;
  // the first usable one is primary, also where the file puts an impossible one before it
  const first = parts.find((part) => part.valid) ?? parts[0];
  to.values.emails = parts.map((part) => (part === first ? { ...part, primary: true } : part));
}

const phoneFields: readonly (readonly [ImportField, PhonePart['kind']])[] = [
  ['phone', 'work'],
  ['phone2', 'work'],
  ['mobilePhone', 'mobile'],
  ['homePhone', 'home'],
  ['otherPhone', 'other'],
  ['fax', 'fax'],
];

export function phones(to: Collector, row: MappedRow, region: string): void {
  const parts: PhonePart[] = [];
  const keys = new Set<string>();
  for (const [field, kind] of phoneFields) {
    const raw = row[field];
    if (raw === undefined) continue;
    for (const number of splitPhones(raw)) {
      const part = toPhonePart(number, region, { kind });
      if (part === null || parts.length >= 50) continue;
      const key = `${part.e164 ?? foldText(part.number)}x${part.extension ?? ''}`;
      if (keys.has(key)) continue;
      keys.add(key);
      parts.push(part);
      if (!part.valid) flag(to, field, number, 'notAPhone');
    }
  }
  if (parts.length === 0) return;
  const first = parts.find((part) => part.valid && part.kind !== 'fax') ?? parts[0];
  to.values.phones = parts.map((part) => (part === first ? { ...part, primary: true } : part));
}

export function address(to: Collector, row: MappedRow, country: string | null): void {
  const street =
    row.streetNumber === undefined
      ? row.street
      : [row.streetNumber, row.street].filter((part) => part !== undefined).join(' ');
  const given = [street, row.street2, row.city, row.region, row.postalCode, row.country];
  if (given.every((part) => part === undefined)) return;
  const cut = (field: string, value: string | undefined, limit: number): string | null => {
    if (value === undefined || value === '') return null;
    if (value.length > limit) flag(to, field, value, 'tooLong');
    return value.slice(0, limit).trim();
  };
  const part: AddressPart = {
    kind: 'work',
    street: cut('street', street, 250),
    street2: cut('street2', row.street2, 250),
    city: cut('city', row.city, 120),
    region: cut('region', row.region, 120),
    postalCode: cut('postalCode', row.postalCode, 40),
    country: country ?? cut('country', row.country, 120),
  };
  to.values.addresses = [part];
}

/** Google sets the labels of a cell apart by colons, with its own groups among them; Mailchimp puts tags in quotes. */
export function tags(to: Collector, raw: string): void {
  const texts = raw
    .split(/\s*:::\s*/)
    .filter((each) => !/^\* ?my ?contacts$/i.test(each.trim()))
    .map((each) => each.replace(/^\s*\* /, '').replaceAll('"', ''));
  const found = cleanTags(texts);
  if (found.length > 0) to.values.tags = found;
}
