/** What the readers of a row share: texts within their length, and the lists of a person's addresses (draft.ts). */
import type { ImportField } from '../../contract/import-fields.ts';
import type { AddressPart, EmailPart, FlaggedValue, PhonePart } from '../../model/parts.ts';
import { longestText } from '../../model/field.ts';
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
  to.flagged.push({ field, value: cut(value, longestText), reason });
};

/** Never in the middle of a character: what is stored must be what comes again. */
export const cut = (value: string, limit: number): string =>
  value.length <= limit ? value : value.slice(0, /[\ud800-\udbff]/.test(value[limit - 1] ?? '') ? limit - 1 : limit);

/** What of a text its field has room for; of one that is longer, the flag keeps a short one whole, and a long one's rest. */
export function fitted(field: string, value: string, limit: number): { text: string; flag: FlaggedValue | null } {
  if (value.length <= limit) return { text: value, flag: null };
  const text = cut(value, limit);
  const lost = limit < 1000 ? value : value.slice(text.length);
  return { text: text.trim(), flag: { field, value: cut(lost, longestText), reason: 'tooLong' } };
}

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
  description: longestText,
  qualificationComments: longestText,
};

/** Text within the field's length; of what is longer, nothing is lost without a flag. */
export function text(to: Collector, field: string, value: string | null | undefined, as = field): void {
  if (value === null || value === undefined || value === '') return;
  const { text: kept, flag: lost } = fitted(as, value, limits[as] ?? 300);
  if (lost !== null) to.flagged.push(lost);
  to.values[as] = kept;
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
  const within = (field: string, value: string | undefined, limit: number): string | null => {
    if (value === undefined || value === '') return null;
    const { text: kept, flag: lost } = fitted(field, value, limit);
    if (lost !== null) to.flagged.push(lost);
    return kept.trim();
  };
  const part: AddressPart = {
    kind: 'work',
    street: within('street', street, 250),
    street2: within('street2', row.street2, 250),
    city: within('city', row.city, 120),
    region: within('region', row.region, 120),
    postalCode: within('postalCode', row.postalCode, 40),
    country: country ?? within('country', row.country, 120),
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
