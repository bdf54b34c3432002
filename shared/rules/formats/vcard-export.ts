/**
 * Writes contacts as vCard 3.0 (RFC 2426) or 4.0 (RFC 6350): lines of at most 75 octets, folded between characters,
 * CRLF, text escaped.
 *
 * Example: `TEL;TYPE=CELL:+32475123456` (3.0) is `TEL;TYPE=cell;VALUE=uri:tel:+32475123456` (4.0).
 */
import type { ContactRecord } from '../../model/entities.ts';
import type { EmailPart, PhonePart } from '../../model/parts.ts';

export type VCardVersion = '3.0' | '4.0';

const escaped = (text: string): string =>
  text
    .replace(/\\/g, '\\\\')
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/[,;]/g, (mark) => `\\${mark}`);

const octetsOf = (character: string): number => {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
};

/** A property in lines of at most 75 octets; a continued line begins with a space. */
export function folded(line: string): string {
  let out = '';
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character);
    if (octets + size > 75) {
      out += '\r\n ';
      octets = 1;
    }
    out += character;
    octets += size;
  }
  return `${out}\r\n`;
}

const phoneTypes: Readonly<Record<PhonePart['kind'], string>> = {
  work: 'WORK',
  mobile: 'CELL',
  home: 'HOME',
  fax: 'FAX',
  other: 'VOICE',
};

function typeOf(version: VCardVersion, types: readonly string[], primary: boolean): string {
  const named = types.map((type) => `;TYPE=${version === '3.0' ? type : type.toLowerCase()}`).join('');
  if (!primary) return named;
  return version === '3.0' ? `${named};TYPE=PREF` : `${named};PREF=1`;
}

function emailLine(version: VCardVersion, email: EmailPart): string {
  const kind = email.kind === 'other' ? [] : [email.kind.toUpperCase()];
  const types = version === '3.0' ? ['INTERNET', ...kind] : kind;
  return `EMAIL${typeOf(version, types, email.primary)}:${version === '3.0' ? email.address : escaped(email.address)}`;
}

function phoneLine(version: VCardVersion, phone: PhonePart): string {
  const types = typeOf(version, [phoneTypes[phone.kind]], phone.primary);
  if (version === '4.0' && phone.e164 !== null) {
    const extension = phone.extension === null ? '' : `;ext=${phone.extension.replace(/[^\d]/g, '')}`;
    // a semicolon in the value of a parameterised property is part of the URI here
    return `TEL${types};VALUE=uri:tel:${phone.e164}${extension}`;
  }
  const number = phone.e164 ?? phone.number;
  return `TEL${types}:${escaped(phone.extension === null ? number : `${number} ext. ${phone.extension}`)}`;
}

export function vcardOf(contact: ContactRecord, version: VCardVersion): string {
  const { givenName, middleName, familyName, salutation } = contact;
  const name = [familyName, givenName, middleName, salutation, null].map((part) => escaped(part ?? '')).join(';');
  const company = contact.labels['accountId'] ?? contact.company;
  const lines: (string | null)[] = [
    'BEGIN:VCARD',
    `VERSION:${version}`,
    `UID:urn:uuid:${contact.id}`,
    `FN:${escaped(contact.label)}`,
    `N:${name}`,
    contact.nickname && `NICKNAME:${escaped(contact.nickname)}`,
    company && `ORG:${escaped(company)}`,
    contact.jobTitle && `TITLE:${escaped(contact.jobTitle)}`,
    ...contact.emails.map((email) => emailLine(version, email)),
    ...contact.phones.map((phone) => phoneLine(version, phone)),
    ...contact.addresses.map((address) => {
      const { street, street2, city, region, postalCode, country } = address;
      const parts = ['', street2, street, city, region, postalCode, country].map((part) => escaped(part ?? ''));
      const types = typeOf(version, address.kind === 'other' ? [] : [address.kind.toUpperCase()], false);
      return `ADR${types}:${parts.join(';')}`;
    }),
    contact.website && `URL:${contact.website.replace(/[\r\n]/g, '')}`,
    contact.birthDate &&
      (version === '3.0' ? `BDAY:${contact.birthDate}` : `BDAY:${contact.birthDate.replaceAll('-', '')}`),
    contact.preferredLanguage && version === '4.0' ? `LANG:${escaped(contact.preferredLanguage)}` : null,
    contact.description && `NOTE:${escaped(contact.description)}`,
    `REV:${new Date(contact.updatedAtMs).toISOString().replace(/\.\d+/, '')}`,
    'END:VCARD',
  ];
  return lines.flatMap((line) => (line ? [folded(line)] : [])).join('');
}
