/**
 * vCard 2.1 (RFC-less, versit), 3.0 (RFC 2426) and 4.0 (RFC 6350), and the mixtures that phones emit. Tolerant of all
 * that still has one meaning; a card that does not end is reported, with what it held.
 *
 * Example: `TEL;CELL;PREF:123` (2.1), `TEL;type=CELL;type=pref:123` (3.0) and `TEL;TYPE="cell";PREF=1:tel:123` (4.0)
 * are the same mobile number.
 *
 * The decoder reads bytes, one character each (Latin-1): a folded line may be cut inside a UTF-8 character, and each
 * property of a 2.1 card may be in a character set of its own. `decode` turns bytes into text.
 */
import { emailKey } from '../normalise/email.ts';
import type { MappedRow } from './row.ts';

/** Bytes (one character each) → text. `charset`: as named in the card, null for the file's own. */
export type DecodeBytes = (bytes: string, charset: string | null) => string;

type Property = {
  readonly name: string;
  /** Upper-case types and bare parameters: HOME, CELL, PREF. */
  readonly types: ReadonlySet<string>;
  readonly parameters: ReadonlyMap<string, string>;
  readonly value: string;
};

export type Card = {
  /** Where its BEGIN stands; 1 is the first line. */
  readonly line: number;
  readonly properties: readonly Property[];
  /** False where END:VCARD is missing: the file was cut, or another card begins inside. */
  readonly complete: boolean;
};

/** Pictures, sounds and keys: large, and of no use here. */
const skipped = new Set(['PHOTO', 'LOGO', 'SOUND', 'KEY', 'X-MS-CARDPICTURE']);
const bareEncodings = new Set(['QUOTED-PRINTABLE', 'BASE64', 'B', '8BIT', '7BIT']);

/** The colon that ends the parameters; one inside quotes does not. */
function colonAt(line: string): number {
  let quoted = false;
  for (let index = 0; index < line.length; index += 1) {
    const char = line[index];
    if (char === '"') quoted = !quoted;
    else if (char === ':' && !quoted) return index;
  }
  return line.indexOf(':');
}

function quotedPrintable(value: string): string {
  return value
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function propertyOf(line: string, decode: DecodeBytes): Property | null {
  const colon = colonAt(line);
  if (colon < 1) return null;
  const [head = '', ...rest] = line.slice(0, colon).split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  const name = head
    .slice(head.lastIndexOf('.') + 1)
    .trim()
    .toUpperCase();
  if (skipped.has(name)) return null;
  const types = new Set<string>();
  const parameters = new Map<string, string>();
  for (const part of rest) {
    const equals = part.indexOf('=');
    if (equals < 0) {
      const bare = part.trim().toUpperCase();
      if (bareEncodings.has(bare)) parameters.set('ENCODING', bare);
      else types.add(bare);
      continue;
    }
    const key = part.slice(0, equals).trim().toUpperCase();
    const value = part
      .slice(equals + 1)
      .replace(/"/g, '')
      .trim();
    if (key === 'TYPE') for (const type of value.split(',')) types.add(type.trim().toUpperCase());
    else parameters.set(key, value);
  }
  if (parameters.get('PREF') !== undefined) types.add('PREF');
  let bytes = line.slice(colon + 1);
  if (parameters.get('ENCODING')?.toUpperCase() === 'QUOTED-PRINTABLE') bytes = quotedPrintable(bytes);
  else if (/^(?:base64|b)$/i.test(parameters.get('ENCODING') ?? '')) return null;
  return { name, types, parameters, value: decode(bytes, parameters.get('CHARSET') ?? null) };
}

const isQuotedPrintable = (line: string): boolean => /^[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE[;:]/i.test(line);
/** A single property longer than this is a picture or damage. */
const longestProperty = 4_000_000;

/** Cards of a file, one at a time, from its lines (as bytes, without their ends). */
export async function* readCards(
  lines: AsyncIterable<string> | Iterable<string>,
  decode: DecodeBytes,
): AsyncGenerator<Card> {
  let card: { line: number; properties: Property[] } | null = null;
  let pending: string | null = null;
  let soft = false;
  let lineNumber = 0;
  const finish = (): void => {
    if (pending !== null && card !== null && pending !== '') {
      const property = propertyOf(pending, decode);
      if (property !== null) card.properties.push(property);
    }
    pending = null;
    soft = false;
  };
  for await (const raw of lines) {
    lineNumber += 1;
    const line = lineNumber === 1 ? raw.replace(/^\u00ef\u00bb\u00bf/, '') : raw;
    if (pending !== null && soft) {
      // a soft line break of quoted-printable: the next line goes on as it stands
      if (pending.length < longestProperty) pending += line.replace(/=$/, '');
      soft = line.endsWith('=');
      continue;
    }
    if (pending !== null && (line.startsWith(' ') || line.startsWith('\t'))) {
      if (pending.length < longestProperty) pending += line.slice(1);
      continue;
    }
    finish();
    const trimmed = line.trim();
    if (/^(?:[\w-]+\.)?BEGIN:\s*VCARD$/i.test(trimmed)) {
      if (card !== null) yield { ...card, complete: false };
      card = { line: lineNumber, properties: [] };
      continue;
    }
    if (/^(?:[\w-]+\.)?END:\s*VCARD$/i.test(trimmed)) {
      if (card !== null) yield { ...card, complete: true };
      card = null;
      continue;
    }
    if (card === null || trimmed === '') continue;
    soft = isQuotedPrintable(line) && line.endsWith('=');
    pending = soft ? line.slice(0, -1) : line;
  }
  finish();
  if (card !== null) yield { ...card, complete: false };
}

const unescape = (value: string): string =>
  value.replace(/\\([\\,;:nN])/g, (_, char: string) => (char === 'n' || char === 'N' ? '\n' : char)).trim();

/** Parts of a structured value: a `;` after a backslash does not divide. */
const structured = (value: string): string[] => value.split(/(?<!\\);/).map(unescape);

/** Phones as typed, without the `tel:` of version 4. */
const plainPhone = (value: string): string =>
  /^tel:/i.test(value)
    ? value
        .slice(4)
        .replace(/;phone-context=[^;]*/i, '')
        .replace(/;ext=(\d+)/i, ' ext. $1')
    : value;

function phoneField(types: ReadonlySet<string>): 'fax' | 'mobilePhone' | 'homePhone' | 'phone' | null {
  if (types.has('FAX') || types.has('HOMEFAX') || types.has('WORKFAX')) return 'fax';
  if (types.has('PAGER')) return null;
  if (types.has('CELL') || types.has('MOBILE')) return 'mobilePhone';
  if (types.has('HOME') && !types.has('WORK')) return 'homePhone';
  return 'phone';
}

const preferredFirst = (properties: readonly Property[]): readonly Property[] =>
  properties.toSorted((a, b) => Number(b.types.has('PREF')) - Number(a.types.has('PREF')));

function put(row: MappedRow, field: keyof MappedRow, value: string | undefined): void {
  const text = (value ?? '').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '').trim();
  if (text !== '' && row[field] === undefined) row[field] = text;
}

function putName(row: MappedRow, card: Card): void {
  const of = (name: string): Property | undefined => card.properties.find((property) => property.name === name);
  const [family, given, middle, prefix, suffix] = structured(of('N')?.value ?? '');
  put(row, 'salutation', prefix);
  put(row, 'givenName', given);
  put(row, 'middleName', middle?.replaceAll(',', ' '));
  put(row, 'familyName', [family, suffix].filter((part) => part !== undefined && part !== '').join(' '));
  const company = row.company ?? '';
  const full = unescape(of('FN')?.value ?? '');
  const isCompany =
    /^(?:org|group)$/i.test(of('KIND')?.value.trim() ?? '') ||
    of('X-ABSHOWAS')?.value.trim().toUpperCase() === 'COMPANY' ||
    (full !== '' && full === company);
  if (row.givenName !== undefined || row.familyName !== undefined) return;
  if (isCompany) put(row, 'company', full);
  else if (emailKey(full) === null) put(row, 'fullName', full);
}

function putAddress(row: MappedRow, card: Card): void {
  const addresses = card.properties.filter((property) => property.name === 'ADR');
  const best = addresses.find((each) => each.types.has('WORK')) ?? preferredFirst(addresses)[0];
  if (best === undefined) return;
  const [box, extended, street, city, region, postalCode, country] = structured(best.value);
  put(row, 'street', street?.replace(/\n+/g, ', '));
  put(row, 'street2', [box, extended].filter((part) => part !== undefined && part !== '').join(', '));
  put(row, 'city', city);
  put(row, 'region', region);
  put(row, 'postalCode', postalCode);
  put(row, 'country', country);
}

/** Values of a card by import field. */
export function rowOfCard(card: Card): MappedRow {
  const row: MappedRow = {};
  const all = (name: string): readonly Property[] =>
    preferredFirst(card.properties.filter((property) => property.name === name));
  put(row, 'company', structured(all('ORG')[0]?.value ?? '')[0]);
  putName(row, card);
  const emails = all('EMAIL')
    .map((property) => unescape(property.value).replace(/^mailto:/i, ''))
    .filter((address) => address !== '');
  put(row, 'email', emails[0]);
  put(row, 'email2', emails.slice(1).join('; '));
  for (const property of all('TEL')) {
    const field = phoneField(property.types);
    const number = plainPhone(unescape(property.value)).trim();
    if (field === null || number === '') continue;
    const slot = field === 'phone' && row.phone !== undefined ? 'phone2' : field;
    row[slot] = row[slot] === undefined ? number : `${row[slot]}; ${number}`;
  }
  putAddress(row, card);
  put(row, 'jobTitle', unescape(all('TITLE')[0]?.value ?? ''));
  put(row, 'nickname', unescape(all('NICKNAME')[0]?.value ?? ''));
  put(row, 'website', unescape(all('URL')[0]?.value ?? ''));
  put(row, 'birthDate', unescape(all('BDAY')[0]?.value ?? '').replace(/^(\d{4}-?\d{2}-?\d{2})T.*$/, '$1'));
  put(
    row,
    'description',
    all('NOTE')
      .map((property) => unescape(property.value))
      .join('\n'),
  );
  put(row, 'preferredLanguage', unescape(all('LANG')[0]?.value ?? ''));
  put(row, 'externalId', unescape(all('UID')[0]?.value ?? '').replace(/^urn:uuid:/i, ''));
  return row;
}
