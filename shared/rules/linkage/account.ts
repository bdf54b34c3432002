/**
 * Companies as the finder compares them: name, address, city, phone, website, industry. Two companies in one building,
 * behind one switchboard or of one industry are two; a name that differs in nothing but its legal form is the same.
 *
 * Example: `Müller & Söhne GmbH` and `Mueller and Soehne` in one city are one; `Café Ritz` and `Bar Ritz`, both of the
 * hotel's number, are two.
 */
import {
  addressLevels,
  type AddressSource,
  buildingKey,
  placeKey,
  placeLevels,
  prepareAddress,
  type PreparedAddress,
} from './address.ts';
import { createAddressColumns } from './address-columns.ts';
import { createColumn, push } from './columns.ts';
import { createCounts, type FieldCount, hashOf } from './counts.ts';
import type { Kind, Table } from './kind.ts';
import { plainCompany } from './company.ts';
import { soundOf } from './latin.ts';
import { type LinkageField, missing } from './model.ts';
import { phoneDigits } from './phone.ts';
import { createPhoneColumns, isOneSlip } from './phone-columns.ts';
import { editDistance, jaroWinkler } from './similarity.ts';

export type AccountSource = {
  readonly name: string | null;
  readonly website: string | null;
  readonly industry: string | null;
  readonly phones: readonly { readonly number: string; readonly e164: string | null; readonly kind: string }[];
  readonly addresses: readonly AddressSource[];
};

export type PreparedAccount = {
  readonly name: string;
  readonly words: readonly string[];
  readonly host: string;
  readonly industry: string;
  readonly phones: readonly string[];
  readonly addresses: readonly PreparedAddress[];
};

/** Words that stand in the names of many companies and tell none from another. */
const fillers = new Set('the and of de la le les el los das der die a an at in on for und et y'.split(' '));

const hostOf = (website: string): string =>
  website
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/?#:].*$/, '');

export function prepareAccount(source: AccountSource): PreparedAccount {
  const name = plainCompany(source.name);
  const words = name.split(' ').filter((word) => word !== '' && !fillers.has(word));
  return {
    name: words.join(' ') || name,
    words: words.length > 0 ? words : [name],
    host: source.website === null ? '' : hostOf(source.website),
    industry: plainCompany(source.industry),
    phones: source.phones.flatMap((phone) => (phone.kind === 'fax' ? [] : phoneDigits(phone) || [])),
    addresses: source.addresses.flatMap((address) => prepareAddress(address) ?? []),
  };
}

/** Levels of the name. */
const alike = 4;
const different = 5;

const name = 0;
const phone = 1;
const address = 2;
const place = 3;
const website = 4;
const industry = 5;

const fields: readonly LinkageField[] = [
  {
    key: 'name',
    levels: ['same', 'variant', 'contained', 'typo', 'alike', 'different'],
    m: [0.66, 0.07, 0.1, 0.07, 0.04, 0.06],
    u: [0.0003, 0.0002, 0.001, 0.0003, 0.002, 0.9962],
    rarest: 0.00005,
  },
  {
    key: 'phone',
    levels: ['same', 'typo', 'different'],
    m: [0.75, 0.05, 0.2],
    u: [0.00002, 0.0001, 0.99988],
    rarest: 0.00002,
  },
  {
    key: 'address',
    levels: addressLevels,
    m: [0.65, 0.13, 0.07, 0.05, 0.1],
    u: [0.00005, 0.0002, 0.002, 0.03, 0.96775],
    rarest: 0.0001,
  },
  { key: 'place', levels: placeLevels, m: [0.8, 0.08, 0.12], u: [0.02, 0.01, 0.97], rarest: 0.002 },
  { key: 'website', levels: ['same', 'different'], m: [0.85, 0.15], u: [0.0001, 0.9999], rarest: 0.0001 },
  { key: 'industry', levels: ['same', 'alike', 'different'], m: [0.6, 0.1, 0.3], u: [0.05, 0.02, 0.93], rarest: 0.01 },
];

function isSameWord(a: string, b: string): boolean {
  if (a === b) return true;
  const shorter = Math.min(a.length, b.length);
  if (shorter < 4) return false;
  return (
    soundOf(a) === soundOf(b) || editDistance(a, b, 1) <= 1 || (shorter >= 5 && (a.startsWith(b) || b.startsWith(a)))
  );
}

/** Words by which sister companies are told apart, however alike they are. */
const sisters = new Set(
  'import export north south east west nord sud ost norte sur este oeste noord zuid oost upper lower men women retail wholesale'.split(
    ' ',
  ),
);

function areSisters(a: PreparedAccount, b: PreparedAccount): boolean {
  const [own, others] = [a, b].map(({ words }) => words.filter((word) => sisters.has(word)));
  return own !== undefined && others !== undefined && own.length > 0 && others.length > 0 && `${own}` !== `${others}`;
}

/** IBM and International Business Machines. */
const isShortFor = (short: PreparedAccount, { words }: PreparedAccount): boolean =>
  words.length >= 3 && short.name === words.map((word) => word[0]).join('');

/** An index of the levels of the name. */
function compareNames(a: PreparedAccount, b: PreparedAccount): number {
  if (a.name === b.name) return 0;
  const closeA = a.words.join('');
  const closeB = b.words.join('');
  // Store 12 and Store 13
  if (
    a.name.replace(/\D+/g, ' ').trim() !== b.name.replace(/\D+/g, ' ').trim() &&
    /\d/.test(a.name) &&
    /\d/.test(b.name)
  ) {
    return different;
  }
  if (areSisters(a, b)) return different;
  if (isShortFor(a, b) || isShortFor(b, a)) return 2;
  if (closeA === closeB || soundOf(closeA) === soundOf(closeB)) return 1;
  const [few, many] = a.words.length <= b.words.length ? [a.words, b.words] : [b.words, a.words];
  const free = [...many];
  let shared = 0;
  let sharedLetters = 0;
  for (const word of few) {
    const at = free.findIndex((other) => isSameWord(word, other));
    if (at < 0) continue;
    free.splice(at, 1);
    shared += 1;
    sharedLetters += word.length;
  }
  if (shared === few.length && sharedLetters >= 3) return few.length === many.length ? 1 : 2;
  const shorter = Math.min(closeA.length, closeB.length);
  const likeness = jaroWinkler(closeA, closeB);
  if (shorter >= 5 && (editDistance(closeA, closeB, 2) <= (shorter >= 8 ? 2 : 1) || likeness >= 0.94)) return 3;
  const letters = Math.max(closeA.length, closeB.length);
  if (sharedLetters * 2 >= letters || (shorter >= 5 && likeness >= 0.87)) return 4;
  return 5;
}

function compareWordsOf(a: string, b: string): number {
  if (a === b) return 0;
  const others = new Set(b.split(' '));
  return a.split(' ').some((word) => others.has(word)) ? 1 : 2;
}

const surelyNot = -4;
const notKnown = -1;
/** Likely, but not to be merged unseen: 0.95. */
const worthALook = 4.25;

function combine(bits: Float64Array, levels: Uint8Array, offset: number, prior: number): number {
  const at = (field: number): number => bits[field] ?? 0;
  const where = at(phone) + at(address) + at(place);
  const named = prior + at(name) + at(website) + at(industry);
  const level = levels[offset + name] ?? missing;
  // one building, one switchboard, two companies: the shop and the restaurant of a hotel
  if (level === different) return Math.min(named + Math.min(where, 0), surelyNot);
  if (level === alike) return named + Math.min(where, 8);
  // a branch: the same name elsewhere, the same website or not
  const isElsewhere = levels[offset + place] === placeLevels.length - 1 && (levels[offset + phone] ?? missing) > 1;
  if (!isElsewhere) return named + where;
  return Math.min(named + where, levels[offset + website] === 0 ? worthALook : notKnown);
}

const whenBothCommon = (_field: number, level: number): number => level;

const contradicts = (levels: Uint8Array): boolean => (levels[name] ?? missing) >= alike;

/** Companies are few beside people: what is not an address or a phone number stays as it was prepared. */
function createAccounts(): Table<PreparedAccount> {
  const accounts: PreparedAccount[] = [];
  const there = createColumn('u8');
  const phones = createPhoneColumns(isOneSlip);
  const addresses = createAddressColumns();
  const nothing: PreparedAccount = { name: '', words: [], host: '', industry: '', phones: [], addresses: [] };
  const at = (record: number): PreparedAccount => accounts[record] ?? nothing;
  const hashed = (text: string): number => (text === '' ? 0 : hashOf(text));

  const counts: FieldCount[] = fields.map(() => ({ counts: createCounts(), records: 0 }));
  const see = (field: number, values: readonly string[], times: 1 | -1): void => {
    const counted = counts[field];
    const said = new Set(values.filter((value) => value !== ''));
    if (!counted || said.size === 0) return;
    for (const value of said) counted.counts.add(hashOf(value), times);
    counted.records += times;
  };
  const count = (account: PreparedAccount, times: 1 | -1): void => {
    see(name, [account.name], times);
    see(phone, account.phones, times);
    see(address, account.addresses.map(buildingKey), times);
    see(place, account.addresses.map(placeKey), times);
    see(website, [account.host], times);
    see(industry, [account.industry], times);
  };

  return {
    length: () => accounts.length,
    counts,
    fullName: () => 0,
    add(account) {
      phones.add(account.phones);
      addresses.add(account.addresses);
      count(account, 1);
      push(there, 1);
      return accounts.push(account) - 1;
    },
    remove(record) {
      if (there.data[record] !== 1) return;
      there.data[record] = 0;
      count(at(record), -1);
    },
    has: (record) => there.data[record] === 1,
    clear() {
      accounts.length = 0;
      there.length = 0;
      phones.clear();
      addresses.clear();
    },
    compare(first, second, into) {
      const [a, b] = [at(first), at(second)];
      const { levels, agreed } = into;
      levels.fill(missing, 0, fields.length);
      levels[fields.length] = 0;
      agreed.fill(0);
      into.rivals.fill(0);
      if (a.name !== '' && b.name !== '') levels[name] = compareNames(a, b);
      if (levels[name] === 0) agreed[name] = hashOf(a.name);
      phones.compare(first, second, phone, into);
      addresses.compare(first, second, address, place, into);
      if (a.host !== '' && b.host !== '') levels[website] = a.host === b.host ? 0 : 1;
      if (levels[website] === 0) agreed[website] = hashOf(a.host);
      if (a.industry !== '' && b.industry !== '') levels[industry] = compareWordsOf(a.industry, b.industry);
      if (levels[industry] === 0) agreed[industry] = hashOf(a.industry);
    },
    mayBeOne: () => true,
    signature: (record) => hashOf([at(record).name, at(record).phones[0], at(record).host].join('|')),
    passes: 6,
    meet(pass, record, meet) {
      const { words, phones: numbers, addresses: places, host } = at(record);
      const close = words.join('');
      if (pass === 0 && close !== '') meet(hashOf(soundOf(close).slice(0, 8)));
      if (pass === 1) for (const word of words) if (word.length >= 3) meet(hashOf(soundOf(word).slice(0, 6)));
      if (pass === 2) for (const number of numbers.slice(0, 5)) meet(hashOf(number.slice(-8)));
      for (const { street, number, city, postal } of pass === 3 || pass === 4 ? places.slice(0, 3) : []) {
        if (pass === 3 && street !== '') meet(hashOf(`${number}|${street.slice(0, 5)}`));
        if (pass === 4 && city + postal !== '' && close !== '') meet(hashOf(`${city || postal}|${close.slice(0, 3)}`));
      }
      if (pass === 5 && host !== '') meet(hashOf(host));
    },
    metBefore: () => false,
    facets: 3,
    facet(which, record) {
      const { words, addresses: places } = at(record);
      if (which === 0) return hashed(places[0] === undefined ? '' : placeKey(places[0]));
      return hashed(soundOf(words[which - 1] ?? '').slice(0, 6));
    },
  };
}

export const accountKind: Kind<PreparedAccount> = {
  fields,
  namesakes: null,
  createTable: createAccounts,
  combine,
  whenBothCommon,
  contradicts,
};
