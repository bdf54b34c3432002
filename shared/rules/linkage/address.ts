/**
 * Postal addresses as one comparison: street, number, city, postal code and region go together, so that agreeing in all
 * is one piece of evidence and not five. What both say is weighed; a part that one of them leaves out counts for nothing,
 * and lines that stand in each other's place are compared crosswise.
 *
 * Example: `12 Mill Lane, Ely` and `12 Mill Ln., Ely CB7` are the same; with number 14 they are `alike`.
 */
import { latinLetters } from './latin.ts';
import { foldText } from '../normalise/fold.ts';
import { remembering } from './remembering.ts';
import { editDistance, jaroWinkler } from './similarity.ts';

export type AddressSource = {
  readonly street: string | null;
  readonly street2: string | null;
  readonly city: string | null;
  readonly region: string | null;
  readonly postalCode: string | null;
};

export type PreparedAddress = {
  readonly number: string;
  readonly street: string;
  readonly extra: string;
  readonly city: string;
  readonly region: string;
  readonly postal: string;
};

const words: Readonly<Record<string, string>> = {
  street: 'st',
  str: 'st',
  strasse: 'st',
  saint: 'st',
  avenue: 'ave',
  av: 'ave',
  boulevard: 'blvd',
  blv: 'blvd',
  road: 'rd',
  drive: 'dr',
  lane: 'ln',
  place: 'pl',
  court: 'ct',
  crt: 'ct',
  circuit: 'cct',
  crescent: 'cres',
  square: 'sq',
  highway: 'hwy',
  parkway: 'pkwy',
  terrace: 'tce',
  close: 'cl',
  north: 'n',
  south: 's',
  east: 'e',
  west: 'w',
  northeast: 'ne',
  northwest: 'nw',
  southeast: 'se',
  southwest: 'sw',
  platz: 'pl',
  plaza: 'plz',
  first: '1',
  second: '2',
  third: '3',
  fourth: '4',
  fifth: '5',
  sixth: '6',
  seventh: '7',
  eighth: '8',
  ninth: '9',
  tenth: '10',
  eleventh: '11',
  twelfth: '12',
  floor: 'fl',
  suite: 'ste',
  apartment: 'apt',
  apmnt: 'apt',
  unit: 'unit',
  unt: 'unit',
  building: 'bldg',
  mount: 'mt',
  fort: 'ft',
  upper: 'upr',
  lower: 'lwr',
  and: '',
};

const plain = (text: string | null): string =>
  text === null
    ? ''
    : latinLetters(foldText(text))
        .replace(/(\p{L})strasse\b|(\p{L})str\b\.?/gu, '$1$2 st')
        .replace(/['.]/g, '')
        .replace(/[^\p{L}\p{M}\p{N}/]+/gu, ' ')
        .trim();

const short = (text: string): string =>
  text
    .split(' ')
    .map((word) => (/^\d+(?:st|nd|rd|th)$/.test(word) ? word.replace(/\D+$/, '') : (words[word] ?? word)))
    .filter((word) => word !== '')
    .join(' ');

const numberFirst = /^(\d+[a-z]?(?:\s?[/-]\s?\d+[a-z]?)?)\s+(.*)$/;
const numberLast = /^(.*?\D)\s+(\d+[a-z]?(?:\s?[/-]\s?\d+[a-z]?)?)$/;

function splitStreet(line: string): { number: string; street: string } {
  // "150 Wooster St. between Houston and Prince Sts.": what follows says where, not which
  const bare = line.replace(/\s(?:between|btwn|bet|off|near|corner of|cnr|opposite|opp|at)\s.*$/, '');
  const first = numberFirst.exec(bare);
  if (first) return { number: first[1] ?? '', street: short(first[2] ?? '') };
  const last = numberLast.exec(bare);
  if (last) return { number: last[2] ?? '', street: short(last[1] ?? '') };
  return /^\d+[a-z]?$/.test(bare) ? { number: bare, street: '' } : { number: '', street: short(bare) };
}

/** Null where it says nothing but a country. */
export function prepareAddress(source: AddressSource): PreparedAddress | null {
  const { number, street } = source.street ? splitStreet(plain(source.street)) : noStreet;
  const extra = source.street2 ? short(plain(source.street2)) : '';
  const city = cityOf(source.city);
  const region = regionOf(source.region);
  const postal = source.postalCode ? plain(source.postalCode).replaceAll(' ', '') : '';
  const isBlank = number === '' && street === '' && extra === '' && city === '' && region === '' && postal === '';
  return isBlank ? null : { number, street, extra, city, region, postal };
}

const noStreet = { number: '', street: '' };
const cityOf = remembering((city) => short(plain(city)));
const regionOf = remembering((region) => plain(region));

/** 1 the same, 0.5 to 0.9 alike, 0 different. */
function likeness(a: string, b: string): number {
  if (a === b) return 1;
  const closeA = a.replaceAll(' ', '');
  const closeB = b.replaceAll(' ', '');
  if (closeA === closeB) return 1;
  const shorter = Math.min(closeA.length, closeB.length);
  if (shorter >= 4 && editDistance(closeA, closeB, 2) <= (shorter >= 8 ? 2 : 1)) return 0.9;
  const wordsA = a.split(' ');
  const wordsB = new Set(b.split(' '));
  const shared = wordsA.filter((word) => wordsB.has(word) && word.length > 2).length;
  if (shared > 0 && shared >= Math.min(wordsA.length, wordsB.size) - 1) return 0.8;
  const similarity = jaroWinkler(closeA, closeB);
  return similarity >= 0.86 && shorter >= 5 ? 0.6 : 0;
}

function codeLikeness(a: string, b: string): number {
  if (a === b) return 1;
  if (Math.min(a.length, b.length) >= 4 && editDistance(a, b, 1) <= 1) return 0.7;
  return Math.min(a.length, b.length) >= 3 && (a.startsWith(b) || b.startsWith(a)) ? 0.6 : 0;
}

export const addressLevels = ['same', 'nearlySame', 'alike', 'partly', 'different'] as const;
export const placeLevels = ['same', 'alike', 'different'] as const;

/** How likely two parts are one: of words, and of codes and house numbers. */
export type Likeness<T> = { readonly blank: T; words(a: T, b: T): number; codes(a: T, b: T): number };
export type AddressParts<T> = { readonly [K in keyof PreparedAddress]: T };

export const asWritten: Likeness<string> = { blank: '', words: likeness, codes: codeLikeness };

/** Both with a street: an index of `addressLevels`. */
export function compareStreets<T>(a: AddressParts<T>, b: AddressParts<T>, like: Likeness<T>): 0 | 1 | 2 | 3 | 4 {
  const { blank } = like;
  let points = 0;
  let most = 0;
  const weigh = (weight: number, alike: number): void => {
    points += weight * alike;
    most += weight;
  };
  const words = (x: T, y: T): number => (x === blank || y === blank ? unknown : like.words(x, y));
  let street = words(a.street, b.street);
  let extra = words(a.extra, b.extra);
  const crossed = words(a.street, b.extra);
  const crossedBack = words(a.extra, b.street);
  const sum = (main: number, rest: number): number => Math.max(0, main) * 3 + Math.max(0, rest) * 2;
  if (sum(crossed, crossedBack) > sum(street, extra)) [street, extra] = [crossed, crossedBack];
  if (street !== unknown) weigh(3, street);
  if (extra !== unknown) weigh(2, extra);
  if (street === unknown && extra === unknown) weigh(3, 0);
  if (a.number !== blank && b.number !== blank) {
    weigh(1.5, a.number === b.number ? 1 : like.codes(a.number, b.number) / 2);
  }
  if (a.city !== blank && b.city !== blank) weigh(1.5, like.words(a.city, b.city));
  if (a.postal !== blank && b.postal !== blank) weigh(1.5, like.codes(a.postal, b.postal));
  if (a.region !== blank && b.region !== blank) weigh(0.5, like.words(a.region, b.region));
  const share = points / most;
  if (share >= 0.9 && points >= 4) return 0;
  if (share >= 0.7 && points >= 3.5) return 1;
  if (share >= 0.5) return 2;
  return share >= 0.25 ? 3 : 4;
}

const unknown = -1;

/** Where one has no street: by city, else by postal code; null where they have neither in common. */
export function comparePlaces<T>(a: AddressParts<T>, b: AddressParts<T>, like: Likeness<T>): 0 | 1 | 2 | null {
  const { blank } = like;
  const city = a.city === blank || b.city === blank ? unknown : like.words(a.city, b.city);
  const postal = a.postal === blank || b.postal === blank ? unknown : like.codes(a.postal, b.postal);
  const best = Math.max(city, postal);
  if (best === unknown) return null;
  if (best === 1) return 0;
  return best >= 0.6 ? 1 : 2;
}

/** One string for the same building, by which it is counted who else is there. */
export const buildingKey = (address: PreparedAddress): string =>
  address.street === ''
    ? ''
    : `${address.number} ${address.street} ${address.city === '' ? address.postal : address.city}`;

export const placeKey = (address: PreparedAddress): string => address.city || address.postal;
