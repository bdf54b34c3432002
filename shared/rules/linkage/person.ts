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
import { companyKey } from '../normalise/company.ts';
import {
  type AddressSource,
  addressLevels,
  buildingKey,
  comparePlaces,
  compareStreets,
  hasStreet,
  placeKey,
} from './address.ts';
import { placeLevels, prepareAddress, type PreparedAddress } from './address.ts';
import { birthLevels, compareBirthDates } from './birth-date.ts';
import { type Kind, rivals } from './kind.ts';
import { latinLetters, soundOf, toLatin } from './latin.ts';
import { compareMailboxes, emailLevels, isCalledAfter, type Mailbox, mailboxOf } from './mailbox.ts';
import { compareCompanies } from './company.ts';
import { phoneDigits } from './phone.ts';
import { type LinkageField, missing } from './model.ts';
import { alike, compareNames, different, nameLevels, same, typo, variant } from './names.ts';
import { editDistance } from './similarity.ts';

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

export function preparePerson(source: PersonSource): PreparedPerson {
  const { family, suffix } = withoutSuffix(toLatin(source.familyName));
  const middle = toLatin(source.middleName);
  const given = toLatin(source.givenName);
  return {
    given: given === '' ? middle : given,
    family,
    nickname: toLatin(source.nickname),
    suffix,
    birth: source.birthDate?.replaceAll('-', '') ?? '',
    mailboxes: source.emails.flatMap(({ address }) => mailboxOf(address) ?? []),
    phones: source.phones.flatMap((phone) => (phone.kind === 'fax' ? [] : phoneDigits(phone) || [])),
    addresses: source.addresses.flatMap((address) => prepareAddress(address) ?? []),
    company: latinLetters(companyKey(source.company) ?? ''),
    interest: source.interest ?? '',
  };
}

const given = 0;
const family = 1;
const order = 2;
const birth = 3;
const email = 4;
const phone = 5;
const address = 6;
const place = 7;
const company = 8;
const interest = 9;
const flags = 10;

const fields: readonly LinkageField[] = [
  {
    key: 'givenName',
    levels: nameLevels,
    m: [0.72, 0.08, 0.03, 0.09, 0.03, 0.05],
    u: [0.01, 0.005, 0.02, 0.004, 0.01, 0.951],
    rarest: 0.002,
  },
  {
    key: 'familyName',
    levels: nameLevels,
    m: [0.8, 0.04, 0.01, 0.09, 0.02, 0.04],
    u: [0.002, 0.001, 0.004, 0.002, 0.005, 0.986],
    rarest: 0.0003,
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

/** The mailbox that both have is called after one of them. */
const calledAfter = 1;

function comparePhones(a: readonly string[], b: readonly string[], agreed: string[]): number {
  let best = missing;
  for (const mine of a) {
    for (const other of b) {
      if (mine === other) {
        agreed[phone] = mine;
        return 0;
      }
      const isTypo = mine.slice(-8) === other.slice(-8) || editDistance(mine, other, 1) === 1;
      best = Math.min(best, isTypo ? 1 : 2);
    }
  }
  return best;
}

function compareEmails(a: PreparedPerson, b: PreparedPerson, levels: Uint8Array, agreed: string[]): void {
  let best = missing;
  for (const mine of a.mailboxes) {
    for (const other of b.mailboxes) {
      // a role mailbox is a place; that somebody has one beside their own says nothing either
      if (mine.isRole || other.isRole) continue;
      const level = compareMailboxes(mine, other);
      if (level >= best) continue;
      best = level;
      if (level > 2) continue;
      agreed[email] = level === 0 ? mine.key : '';
      const isNamed = isCalledAfter(mine, a.given, a.family) || isCalledAfter(other, b.given, b.family);
      levels[flags] = isNamed ? calledAfter : 0;
    }
  }
  levels[email] = best;
}

function compareAddresses(a: PreparedPerson, b: PreparedPerson, levels: Uint8Array, agreed: string[]): void {
  for (const mine of a.addresses) {
    for (const other of b.addresses) {
      if (hasStreet(mine) && hasStreet(other)) {
        const level = compareStreets(mine, other);
        if (level >= (levels[address] ?? missing)) continue;
        levels[address] = level;
        agreed[address] = level === 0 && buildingKey(mine) === buildingKey(other) ? buildingKey(mine) : '';
      } else {
        const level = comparePlaces(mine, other) ?? missing;
        if (level >= (levels[place] ?? missing)) continue;
        levels[place] = level;
        agreed[place] = level === 0 ? placeKey(mine) : '';
      }
    }
  }
  if (levels[address] !== missing) levels[place] = missing;
}

function compareGiven(a: PreparedPerson, b: PreparedPerson): number {
  const level = compareNames(a.given, b.given, true);
  if (level <= variant || (a.nickname === '' && b.nickname === '')) return level;
  const byNickname = (one: PreparedPerson, other: PreparedPerson): boolean =>
    one.nickname !== '' && compareNames(one.nickname, other.given, true) <= variant;
  return byNickname(a, b) || byNickname(b, a) ? variant : level;
}

const agreedName = (level: number, a: string, b: string): string => {
  if (level === same) return a;
  return level === typo || level === alike ? `${a}${rivals}${b}` : '';
};

function comparePersonNames(a: PreparedPerson, b: PreparedPerson, levels: Uint8Array, agreed: string[]): void {
  const level = (one: string, other: string, isGiven: boolean): number =>
    one === '' || other === '' ? missing : compareNames(one, other, isGiven);
  let byGiven = a.given === '' || b.given === '' ? missing : compareGiven(a, b);
  let byFamily = level(a.family, b.family, false);
  let isSwapped = false;
  const straight = Math.min(byGiven, different) + Math.min(byFamily, different);
  if (byGiven !== same && byFamily !== same && straight > 4) {
    const first = level(a.given, b.family, true);
    const second = level(a.family, b.given, true);
    const isKnown = first !== missing || second !== missing;
    const worst = Math.max(first === missing ? 0 : first, second === missing ? 0 : second);
    const isStraight = byGiven < different || byFamily < different;
    // of a name that was swapped and then changed, one half is still found
    const isClear =
      first !== missing && second !== missing
        ? worst < different || (!isStraight && Math.min(first, second) <= variant)
        : worst <= variant;
    if (isKnown && isClear && (!isStraight || Math.min(first, 5) + Math.min(second, 5) < straight)) {
      [byGiven, byFamily, isSwapped] = [first, second, true];
    }
  }
  if (a.suffix !== '' && b.suffix !== '' && a.suffix !== b.suffix) byGiven = different;
  levels[given] = byGiven;
  levels[family] = byFamily;
  const [otherGiven, otherFamily] = isSwapped ? [b.family, b.given] : [b.given, b.family];
  agreed[given] = agreedName(byGiven, a.given, otherGiven);
  agreed[family] = agreedName(byFamily, a.family, otherFamily);
  if (byGiven < different || byFamily < different) levels[order] = isSwapped ? 1 : 0;
}

function compare(a: PreparedPerson, b: PreparedPerson, levels: Uint8Array, agreed: string[]): void {
  levels.fill(missing, 0, fields.length);
  levels[flags] = 0;
  agreed.fill('');
  comparePersonNames(a, b, levels, agreed);
  if (a.birth !== '' && b.birth !== '') levels[birth] = compareBirthDates(a.birth, b.birth);
  if (levels[birth] === 0) agreed[birth] = a.birth;
  compareEmails(a, b, levels, agreed);
  levels[phone] = comparePhones(a.phones, b.phones, agreed);
  compareAddresses(a, b, levels, agreed);
  if (a.company !== '' && b.company !== '') levels[company] = compareCompanies(a.company, b.company);
  if (levels[company] === 0) agreed[company] = a.company;
  if (a.interest !== '' && b.interest !== '') levels[interest] = a.interest === b.interest ? 0 : 1;
}

/** What hangs together: the first counts in full, each further one half as much as the one before. */
function discounted(values: readonly number[]): number {
  const gains = values.filter((bits) => bits > 0).sort((a, b) => b - a);
  const losses = values.filter((bits) => bits < 0).sort((a, b) => a - b);
  const sum = (sorted: readonly number[]): number => sorted.reduce((total, bits, at) => total + bits / 2 ** at, 0);
  return sum(gains) + sum(losses);
}

const surelyNot = -4;
const notKnown = -1;

function combine(bits: Float64Array, levels: Uint8Array, offset: number, prior: number): number {
  const at = (field: number): number => bits[field] ?? 0;
  const level = (field: number): number => levels[offset + field] ?? missing;
  const who = at(given) + at(family) + at(order) + at(birth) + at(interest);
  // a mailbox that bears nobody's name is a place like others
  const isOwn = level(flags) === calledAfter;
  const places = discounted([at(phone), at(address), at(place), at(company), isOwn ? 0 : at(email)]);
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

/** Given names that differ, and not because they were swapped, need at least the birth date. */
function mayBeOne(a: PreparedPerson, b: PreparedPerson): boolean {
  if (a.given === '' || b.given === '' || a.family === '' || b.family === '') return true;
  if (a.birth !== '' && a.birth === b.birth) return true;
  const isAlike = (one: string, other: string): boolean => compareNames(one, other, true) < different;
  return compareGiven(a, b) < different || isAlike(a.given, b.family) || isAlike(a.family, b.given);
}

/** Names that disagree are not brought together by a third record either, unless the birth date is the same. */
function contradicts(levels: Uint8Array): boolean {
  const isOff = levels[given] === different || levels[family] === different;
  return isOff && (levels[birth] ?? missing) > 1;
}

function blockingKeys(person: PreparedPerson, meet: (pass: number, key: string) => void): void {
  const { given: givenName, family: familyName, birth: date } = person;
  const soundG = soundOf(givenName.split(' ')[0] ?? '');
  const soundF = soundOf(familyName.replaceAll(' ', ''));
  if (soundG !== '' && soundF !== '') {
    const [first, second] = soundG < soundF ? [soundG, soundF] : [soundF, soundG];
    // (in either order: a swapped name meets its straight form)
    meet(0, `${first.slice(0, 4)}|${second.slice(0, 4)}`);
    meet(1, `${soundF.slice(0, 8)}|${soundG.slice(0, 1)}`);
    meet(2, `${soundG.slice(0, 8)}|${soundF.slice(0, 2)}|${date.slice(0, 4)}`);
  }
  if (date !== '') {
    meet(3, date);
    const initials = [soundG.slice(0, 1), soundF.slice(0, 1)].filter((letter) => letter !== '');
    for (const letter of initials) {
      meet(4, `${date}|${letter}`);
      meet(5, `${date.slice(0, 6)}|${letter}${soundF.slice(0, 3)}`);
      meet(5, `${date.slice(4)}|${letter}${soundF.slice(0, 3)}`);
      meet(5, `${date.slice(0, 4)}${date.slice(6)}|${letter}${soundF.slice(0, 3)}`);
    }
  }
  for (const mailbox of person.mailboxes.slice(0, 5)) {
    if (mailbox.isRole) continue;
    meet(6, mailbox.key);
    if (mailbox.local.length >= 4) meet(7, mailbox.local);
  }
  for (const number of person.phones.slice(0, 5)) meet(8, number.slice(-8));
  for (const { postal, street, number, city, extra } of person.addresses.slice(0, 3)) {
    const where = postal === '' ? city : postal;
    if (where !== '' && soundF !== '') meet(9, `${where}|${soundF.slice(0, 3)}`);
    if (where !== '' && soundG !== '') meet(10, `${where}|${soundG.slice(0, 4)}`);
    if (street !== '') meet(11, `${number}|${street.slice(0, 6)}`);
    if (extra !== '') meet(11, `${number}|${extra.slice(0, 6)}`);
  }
  if (person.company !== '' && soundF !== '') meet(12, `${person.company.slice(0, 10)}|${soundF.slice(0, 4)}`);
  if ((familyName === '') !== (givenName === '')) meet(13, `${soundG}${soundF}|${date.slice(0, 4)}`);
}

function valuesOf(person: PreparedPerson, field: number): readonly string[] {
  const one = (value: string): readonly string[] => (value === '' ? [] : [value]);
  // a name is as common as it is on either side: where the two were swapped it stands on the other
  if (field === given || field === family) return [...new Set([...one(person.given), ...one(person.family)])];
  if (field === birth) return one(person.birth);
  if (field === email) return [...new Set(person.mailboxes.map(({ key }) => key))];
  if (field === phone) return [...new Set(person.phones)];
  if (field === address) return [...new Set(person.addresses.map(buildingKey).filter((key) => key !== ''))];
  if (field === place) return [...new Set(person.addresses.map(placeKey).filter((key) => key !== ''))];
  if (field === company) return one(person.company);
  return [];
}

export const personKind: Kind<PreparedPerson> = {
  fields,
  valuesOf,
  compare,
  combine,
  mayBeOne,
  whenBothCommon,
  contradicts,
  blockingKeys,
  signature: (person) =>
    [person.family, person.given, person.birth, person.mailboxes[0]?.key, person.phones[0]].join('|'),
};
