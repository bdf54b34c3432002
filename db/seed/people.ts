/** One made-up person: name, company, how to reach them. The same chance gives the same person. */
import type { EmailPart, PhonePart } from '../../shared/model/parts.ts';
import { contactRoles } from '../../shared/model/picklists.ts';
import { foldText } from '../../shared/rules/normalise/fold.ts';
import type { Chance } from './random.ts';
import { companyName, type Culture, cultures, departments, jobTitles } from './cultures.ts';

const weightSum = cultures.reduce((sum, each) => sum + each.weight, 0);

function cultureOf(chance: Chance): Culture {
  let at = chance.next() * weightSum;
  for (const culture of cultures) {
    at -= culture.weight;
    if (at < 0) return culture;
  }
  return cultures[0] as Culture;
}

/** `Наталья/natalya` → both; a Latin name is its own Latin form. */
const split = (name: string): readonly [own: string, latin: string] => {
  const [own = '', latin = own] = name.split('/');
  return [own, latin];
};

/** What fits in an address: letters and digits of the folded form. */
const slug = (text: string): string => foldText(text).replace(/[^a-z0-9]+/g, '');

const digits = (pattern: string, chance: Chance): string =>
  // never 0 or 1: neither a trunk prefix nor a service number
  pattern.replace(/#/g, () => String(2 + chance.below(8)));

/** E.164 of a national number written with a trunk prefix, as the countries here do (Italy and Spain have none). */
function e164Of(culture: Culture, national: string): string {
  const plain = national.replace(/\D/g, '');
  const isTrunked = plain.startsWith('0') && culture.country !== 'IT';
  const significant = isTrunked ? plain.slice(1) : culture.country === 'RU' ? plain.replace(/^8/, '') : plain;
  return `+${culture.callingCode}${significant}`;
}

function phoneOf(culture: Culture, chance: Chance, kind: PhonePart['kind'], primary: boolean): PhonePart {
  const national = digits(chance.pick(culture.phones), chance);
  const e164 = e164Of(culture, national);
  return {
    // as people type it: some nationally, some internationally
    number: chance.is(0.5) ? national : e164,
    e164,
    extension: null,
    kind,
    primary,
    doNotCall: false,
    valid: true,
  };
}

export type Person = {
  readonly culture: Culture;
  readonly givenName: string;
  readonly middleName: string | null;
  readonly familyName: string;
  readonly company: string | null;
  readonly jobTitle: string | null;
  readonly role: (typeof contactRoles)[number] | null;
  readonly emails: EmailPart[];
  readonly phones: PhonePart[];
  readonly city: string;
};

/** `companyIndex`: which company they work for; null for none. `number`: makes the address theirs alone. */
export function person(chance: Chance, number: number, companyIndex: number | null): Person {
  const culture = cultureOf(chance);
  const [given, givenLatin] = split(chance.pickCommon(culture.given));
  const [family, familyLatin] = split(chance.pickCommon(culture.family));
  // double-barrelled names make rare ones
  const isDouble = !culture.joined && chance.is(0.08);
  const [second, secondLatin] = isDouble ? split(chance.pick(culture.family)) : ['', ''];
  const company = companyIndex === null ? null : companyName(companyIndex);
  const domain = company === null ? 'mailbox' : slug(company);
  const local = `${slug(givenLatin) || 'contact'}.${slug(familyLatin) || 'person'}${slug(secondLatin)}`;
  const emails: EmailPart[] = [];
  if (chance.is(0.94)) {
    emails.push({
      address: `${local}${number}@${domain}.example`,
      kind: 'work',
      primary: true,
      optedOut: chance.is(0.03),
      bounced: chance.is(0.02),
      valid: true,
    });
  }
  const phones: PhonePart[] = [];
  if (chance.is(0.8)) phones.push(phoneOf(culture, chance, 'mobile', true));
  if (chance.is(0.2)) phones.push(phoneOf(culture, chance, 'work', phones.length === 0));
  return {
    culture,
    givenName: given,
    middleName: !culture.joined && chance.is(0.05) ? split(chance.pick(culture.given))[0] : null,
    familyName: isDouble ? `${family}-${second}` : family,
    company,
    jobTitle: chance.is(0.85) ? `${chance.pick(departments)} ${chance.pick(jobTitles)}` : null,
    role: chance.is(0.6) ? chance.pick(contactRoles) : null,
    emails,
    phones,
    city: chance.pick(culture.cities),
  };
}
