/**
 * Postal addresses as one comparison: street, number, city, postal code and region go together, so that agreeing in all
 * is one piece of evidence and not five. What both say is weighed; a part that one of them leaves out counts for nothing,
 * and lines that stand in each other's place are compared crosswise.
 *
 * Example: `12 Mill Lane, Ely` and `12 Mill Ln., Ely CB7` are the same; with number 14 they are `alike`.
 */
import { latinLetters } from './latin.ts';
import { foldText } from '../normalise/fold.ts';
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
  const { number, street } = splitStreet(plain(source.street));
  const address = {
    number,
    street,
    extra: short(plain(source.street2)),
    city: short(plain(source.city)),
    region: plain(source.region),
    postal: plain(source.postalCode).replaceAll(' ', ''),
  };
  return Object.values(address).some((part) => part !== '') ? address : null;
}

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

export const hasStreet = (address: PreparedAddress): boolean => address.street !== '' || address.extra !== '';

/** Both with a street: an index of `addressLevels`. */
export function compareStreets(a: PreparedAddress, b: PreparedAddress): 0 | 1 | 2 | 3 | 4 {
  let points = 0;
  let most = 0;
  const weigh = (weight: number, alike: number): void => {
    points += weight * alike;
    most += weight;
  };
  const straight = [pairLikeness(a.street, b.street), pairLikeness(a.extra, b.extra)] as const;
  const crossed = [pairLikeness(a.street, b.extra), pairLikeness(a.extra, b.street)] as const;
  const sum = (pair: readonly (number | null)[]): number => (pair[0] ?? 0) * 3 + (pair[1] ?? 0) * 2;
  const [street, extra] = sum(crossed) > sum(straight) ? crossed : straight;
  if (street !== null) weigh(3, street);
  if (extra !== null) weigh(2, extra);
  if (street === null && extra === null) weigh(3, 0);
  if (a.number !== '' && b.number !== '') weigh(1.5, a.number === b.number ? 1 : codeLikeness(a.number, b.number) / 2);
  if (a.city !== '' && b.city !== '') weigh(1.5, likeness(a.city, b.city));
  if (a.postal !== '' && b.postal !== '') weigh(1.5, codeLikeness(a.postal, b.postal));
  if (a.region !== '' && b.region !== '') weigh(0.5, likeness(a.region, b.region));
  const share = points / most;
  if (share >= 0.9 && points >= 4) return 0;
  if (share >= 0.7 && points >= 3.5) return 1;
  if (share >= 0.5) return 2;
  return share >= 0.25 ? 3 : 4;
}

const pairLikeness = (a: string, b: string): number | null => (a === '' || b === '' ? null : likeness(a, b));

/** Where one has no street: by city, else by postal code; null where they have neither in common. */
export function comparePlaces(a: PreparedAddress, b: PreparedAddress): 0 | 1 | 2 | null {
  const city = pairLikeness(a.city, b.city);
  const postal = a.postal !== '' && b.postal !== '' ? codeLikeness(a.postal, b.postal) : null;
  if (city === null && postal === null) return null;
  const best = Math.max(city ?? 0, postal ?? 0);
  if (best === 1) return 0;
  return best >= 0.6 ? 1 : 2;
}

/** One string for the same building, by which it is counted who else is there. */
export const buildingKey = (address: PreparedAddress): string =>
  address.street === ''
    ? ''
    : `${address.number} ${address.street} ${address.city === '' ? address.postal : address.city}`;

export const placeKey = (address: PreparedAddress): string => address.city || address.postal;
