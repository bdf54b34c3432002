/**
 * People as the finder compares them: contacts, and leads by their identity as captured.
 *
 * Two people who share a mailbox, a switchboard, an employer or an address are not one person. What says who somebody is
 * (names, birth date) therefore comes first: where names disagree and no birth date speaks for it, nothing that is
 * shared makes two people one; and what hangs together (phone, address, company) is not counted as if it did not.
 *
 * Example: Ann Lee and Bob Ray, both info@acme.example, both +32 2 555 00 00, both Acme: no duplicate. Ann Lee and
 * Anne Lee, both jane.lee@acme.example: one.
 */
import { splitFullName } from '../normalise/name.ts';
import { addressLevels, type AddressSource, placeLevels, prepareAddress, type PreparedAddress } from './address.ts';
import { birthLevels } from './birth-date.ts';
import { commonFamilyNames, commonGivenNames } from './common-names.ts';
import { plainCompany } from './company.ts';
import type { Kind } from './kind.ts';
import { toLatin } from './latin.ts';
import { emailLevels, type Mailbox, mailboxOf } from './mailbox.ts';
import { type LinkageField, missing } from './model.ts';
import { alike, different, nameLevels, typo } from './names.ts';
import { calledAfter, commonName, generationApart, otherScripts, personField } from './person-fields.ts';
import { createPeople } from './person-table.ts';
import { remembering } from './remembering.ts';
import { phoneDigits } from './phone.ts';

/** In the names of the model; blank is null. */
export type PersonSource = {
  readonly givenName: string | null;
  readonly middleName: string | null;
  readonly familyName: string | null;
  readonly nickname: string | null;
  readonly birthDate: string | null;
  readonly company: string | null;
  readonly emails: readonly { readonly address: string }[];
  readonly phones: readonly { readonly number: string; readonly e164: string | null; readonly kind: string }[];
  readonly addresses: readonly AddressSource[];
  /** Of a lead: what it is interested in. Null for contacts. */
  readonly interest: string | null;
};

export type PreparedPerson = {
  readonly given: string;
  readonly family: string;
  readonly nickname: string;
  readonly suffix: string;
  /** `YYYYMMDD` or ''. */
  readonly birth: string;
  readonly mailboxes: readonly Mailbox[];
  readonly phones: readonly string[];
  readonly addresses: readonly PreparedAddress[];
  readonly company: string;
  readonly interest: string;
};

const suffixes: Readonly<Record<string, string>> = {
  jr: 'jr',
  junior: 'jr',
  sr: 'sr',
  senior: 'sr',
  ii: 'ii',
  iii: 'iii',
};

function withoutSuffix(family: string): { family: string; suffix: string } {
  const at = family.lastIndexOf(' ');
  const suffix = at > 0 ? suffixes[family.slice(at + 1)] : undefined;
  return suffix === undefined ? { family, suffix: '' } : { family: family.slice(0, at), suffix };
}

const nameInLatin = remembering(toLatin);
const companyInLatin = remembering((name) => plainCompany(name ?? null));

const wholeName = /^[\p{Script=Han}\p{Script=Hangul}]{2,4}$/u;

/** 王小明 in one field is 王 and 小明: in these scripts the family name stands first, without a blank. */
function takenApart(source: PersonSource): PersonSource {
  const [given, family] = [source.givenName?.trim() ?? '', source.familyName?.trim() ?? ''];
  const only = given === '' ? family : family === '' ? given : '';
  if (!wholeName.test(only) || (source.middleName ?? '') !== '') return source;
  const { givenName, familyName } = splitFullName(only);
  return { ...source, givenName, familyName };
}

export function preparePerson(written: PersonSource): PreparedPerson {
  const source = takenApart(written);
  const { family, suffix } = withoutSuffix(nameInLatin(source.familyName));
  const middle = nameInLatin(source.middleName);
  const given = nameInLatin(source.givenName);
  return {
    given: given === '' ? middle : given,
    family,
    nickname: nameInLatin(source.nickname),
    suffix,
    birth: source.birthDate?.replaceAll('-', '') ?? '',
    mailboxes: source.emails.flatMap(({ address }) => mailboxOf(address) ?? []),
    phones: source.phones.flatMap((phone) => (phone.kind === 'fax' ? [] : phoneDigits(phone) || [])),
    addresses: source.addresses.flatMap((address) => prepareAddress(address) ?? []),
    company: companyInLatin(source.company),
    interest: source.interest ?? '',
  };
}

const { given, family, order, birth, email, phone, address, place, company, interest, flags } = personField;

const fields: readonly LinkageField[] = [
  {
    key: 'givenName',
    levels: nameLevels,
    m: [0.72, 0.08, 0.03, 0.09, 0.03, 0.05],
    u: [0.01, 0.005, 0.02, 0.004, 0.01, 0.951],
    rarest: 0.002,
    common: commonGivenNames,
  },
  {
    key: 'familyName',
    levels: nameLevels,
    m: [0.8, 0.04, 0.01, 0.09, 0.02, 0.04],
    u: [0.002, 0.001, 0.004, 0.002, 0.005, 0.986],
    rarest: 0.0003,
    common: commonFamilyNames,
  },
  { key: 'nameOrder', levels: ['straight', 'swapped'], m: [0.96, 0.04], u: [0.5, 0.5], rarest: null, isFixed: true },
  {
    key: 'birthDate',
    levels: birthLevels,
    m: [0.82, 0.09, 0.04, 0.01, 0.04],
    u: [0.00005, 0.0008, 0.01, 0.015, 0.97415],
    rarest: 0.00005,
  },
  {
    key: 'email',
    levels: emailLevels,
    m: [0.55, 0.05, 0.05, 0.02, 0.08, 0.25],
    u: [0.00001, 0.00001, 0.0002, 0.0002, 0.02, 0.97958],
    rarest: 0.00001,
  },
  {
    key: 'phone',
    levels: ['same', 'typo', 'different'],
    m: [0.6, 0.05, 0.35],
    u: [0.00001, 0.0001, 0.99989],
    rarest: 0.00001,
  },
  {
    key: 'address',
    levels: addressLevels,
    m: [0.6, 0.12, 0.08, 0.05, 0.15],
    u: [0.00002, 0.0001, 0.0005, 0.01, 0.98938],
    rarest: 0.00002,
  },
  { key: 'place', levels: placeLevels, m: [0.7, 0.1, 0.2], u: [0.01, 0.01, 0.98], rarest: 0.002 },
  {
    key: 'company',
    levels: ['same', 'alike', 'different'],
    m: [0.65, 0.1, 0.25],
    u: [0.001, 0.001, 0.998],
    rarest: 0.0005,
  },
  { key: 'interest', levels: ['same', 'different'], m: [0.97, 0.03], u: [0.2, 0.8], rarest: null },
];

/** The same year, or the same domain, is no more than that. */
const identifying = [
  { field: birth, apartFrom: 3 },
  { field: email, apartFrom: 4 },
  { field: phone, apartFrom: 2 },
];

const speaking = [...identifying, { field: address, apartFrom: 3 }];

/** What hangs together: the first counts in full, each further one half as much as the one before. */
const gathered = new Float64Array(5);

function discounted(count: number): number {
  // five at most, in order by insertion: gains from the greatest, losses from the least
  for (let at = 1; at < count; at += 1) {
    const value = gathered[at] ?? 0;
    let to = at;
    for (; to > 0 && (gathered[to - 1] ?? 0) < value; to -= 1) gathered[to] = gathered[to - 1] ?? 0;
    gathered[to] = value;
  }
  let sum = 0;
  let share = 1;
  for (let at = 0; at < count && (gathered[at] ?? 0) > 0; at += 1, share /= 2) sum += (gathered[at] ?? 0) * share;
  share = 1;
  for (let at = count - 1; at >= 0 && (gathered[at] ?? 0) < 0; at -= 1, share /= 2) sum += (gathered[at] ?? 0) * share;
  return sum;
}

const surelyNot = -4;
const notKnown = -1;
/** Likely, but not to be merged unseen: 0.95. */
const worthALook = 4.25;

/**
 * Nothing but the names, and where they live or work, speaks for the pair, and something that they say of themselves
 * speaks against it. How many things are said.
 */
const tellsApart = (levels: Uint8Array, offset: number): number => {
  for (const { field, apartFrom } of speaking) if ((levels[offset + field] ?? missing) < apartFrom) return 0;
  const isApart = ({ field, apartFrom }: (typeof identifying)[number]): boolean => {
    const level = levels[offset + field] ?? missing;
    return level >= apartFrom && level !== missing;
  };
  return identifying.filter(isApart).length + Number(levels[offset + company] === 2);
};

function combine(bits: Float64Array, levels: Uint8Array, offset: number, prior: number): number {
  const level = (field: number): number => levels[offset + field] ?? missing;
  const sum = combined(bits, levels, offset, prior);
  // two interests of one person are two leads
  if (level(interest) === 1) return Math.min(sum, notKnown);
  const isOwn = level(email) <= 1 && (level(flags) & calledAfter) !== 0;
  // two of a name that many have, of whom the rest says that they are two, if anything
  if ((level(flags) & commonName) !== 0 && level(birth) > 2) {
    // (jane.doe@ of another firm is her name once more)
    const mailboxes = level(email) >= 2 ? Math.min(0, bits[email] ?? 0) : (bits[email] ?? 0);
    const elsewhere = Math.min(0, bits[place] ?? 0);
    const rest = [birth, phone, address, company].reduce((total, field) => total + (bits[field] ?? 0), elsewhere);
    if (rest + mailboxes < 0) return Math.min(sum, notKnown);
  }
  // father and son: of one name, at one place
  if ((level(flags) & generationApart) !== 0 && !isOwn) return Math.min(sum, worthALook);
  if ((level(flags) & otherScripts) !== 0) return Math.min(sum, isOwn || level(birth) <= 2 ? worthALook : notKnown);
  return tellsApart(levels, offset) > 0 ? Math.min(sum, worthALook) : sum;
}

function combined(bits: Float64Array, levels: Uint8Array, offset: number, prior: number): number {
  const at = (field: number): number => bits[field] ?? 0;
  const level = (field: number): number => levels[offset + field] ?? missing;
  const who = at(given) + at(family) + at(order) + at(birth) + at(interest);
  // a mailbox that bears nobody's name is a place like others
  const isOwn = (level(flags) & calledAfter) !== 0;
  gathered[0] = at(phone);
  gathered[1] = at(address);
  gathered[2] = at(place);
  gathered[3] = at(company);
  gathered[4] = isOwn ? 0 : at(email);
  const places = discounted(gathered.length);
  // jane.doe@ of one firm and jane.doe@ of another say no more than the names do
  const mailbox = level(email) >= 2 ? Math.min(at(email), 1) : at(email);
  const shared = places + (isOwn ? mailbox : 0);
  const off = Number(level(given) === different) + Number(level(family) === different);
  const born = level(birth);
  if (off > 0) {
    // married since: the mailbox still bears the given name
    const owns = level(email) <= 1 && isOwn && level(given) < different && level(order) !== 1;
    if (owns && (born === missing || born <= 2)) return prior + who + shared;
    // twins aside, who was born on the same day and lives here is that person under another name
    if (born === 0) return prior + who + Math.min(shared, off === 1 ? 12 : 10);
    return Math.min(prior + who + Math.min(shared, 0), surelyNot);
  }
  const isNamed = level(given) < different || level(family) < different;
  if (!isNamed && born > 2 && level(email) > 1) return Math.min(prior + who + shared, notKnown);
  if (level(given) === missing || level(family) === missing) {
    if (born > 2 && level(email) > 1) return prior + who + Math.min(shared, 10);
  }
  return prior + who + shared;
}

const whenBothCommon = (field: number, level: number): number => {
  if (level !== typo && level !== alike) return level;
  if (field === given) return different;
  return field === family ? alike : level;
};

/** Names that disagree are not brought together by a third record either, unless the birth date is the same. */
function contradicts(levels: Uint8Array): boolean {
  const isOff = levels[given] === different || levels[family] === different;
  return isOff && (levels[birth] ?? missing) > 1;
}

export const personKind: Kind<PreparedPerson> = {
  fields,
  namesakes: {
    names: [given, family],
    identifying,
    speaking,
    others: [place, company],
  },
  createTable: createPeople,
  combine,
  whenBothCommon,
  contradicts,
};
