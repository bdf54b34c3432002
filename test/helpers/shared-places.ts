/**
 * Made-up people who share what is no proof: a switchboard, an info@ mailbox, an employer, an address. With or without
 * real duplicates among them; who is who is known.
 */
import type { PersonSource } from '../../shared/rules/linkage/person.ts';
import { chance } from '../../db/seed/random.ts';
import { blankPerson } from './linkage.ts';

export type SharedPlaces = { readonly people: PersonSource[]; readonly entities: string[] };

const givenNames =
  'Anna Ben Clara David Emma Felix Grace Henrik Ida Jonas Katrin Lukas Maria Noah Olga Paul Petra Quentin Rosa Stefan Tanja Uwe Vera Walter Yusuf Zoe Amir Beatriz Chen Dmitri Elena Farid Giulia Hanna Igor Jana'.split(
    ' ',
  );
const familyNames =
  'Adler Becker Costa Dupont Eriksen Fischer Garcia Hansen Ivanov Jensen Keller Lehmann Moreau Novak Olsen Peeters Quist Rossi Schmidt Tanaka Urban Vogel Weber Yilmaz Zimmer Smith Jones Brown Taylor Walker Müller Meyer Nguyen Kim Singh Okafor'.split(
    ' ',
  );

export type SharedPlacesOptions = {
  readonly seed: number;
  readonly companies: number;
  readonly families: number;
  /** Share of people who are there twice, the second time written differently. */
  readonly duplicates: number;
  /** People of a company give its mailbox, or beside it one of their own. */
  readonly ownMailboxes: boolean;
};

export function sharedPlaces(options: SharedPlacesOptions): SharedPlaces {
  const { pick, below, is } = chance(options.seed);
  const people: PersonSource[] = [];
  const entities: string[] = [];
  const digits = (count: number): string => Array.from({ length: count }, () => below(10)).join('');
  const landline = (): string => `+322${digits(7)}`;
  const line = (number: string) => ({ number, e164: number, kind: 'work' });
  const street = () => ({
    street: `${1 + below(200)} ${pick(familyNames)} street`,
    street2: null,
    region: null,
    city: pick(['Brussels', 'Ghent', 'Antwerp', 'Namur', 'Liège', 'Mons']),
    postalCode: `${1000 + below(8000)}`,
  });
  const slip = (name: string): string => {
    const at = 1 + below(name.length - 2);
    return is(0.5)
      ? name.slice(0, at) + name.slice(at + 1)
      : name.slice(0, at) + (name[at + 1] ?? '') + (name[at] ?? '') + name.slice(at + 2);
  };
  const again = (person: PersonSource): PersonSource => ({
    ...person,
    ...(is(0.4) && person.familyName ? { familyName: slip(person.familyName) } : {}),
    ...(is(0.15) ? { givenName: person.familyName, familyName: person.givenName } : {}),
    ...(is(0.3) ? { phones: [] } : {}),
    ...(is(0.3) ? { addresses: [] } : {}),
  });
  const add = (person: PersonSource): void => {
    const entity = `p${entities.length}`;
    people.push(person);
    entities.push(entity);
    if (!is(options.duplicates)) return;
    people.push(again(person));
    entities.push(entity);
  };

  for (let company = 0; company < options.companies; company += 1) {
    const name = `${pick(familyNames)} ${pick(['Logistics', 'Foods', 'Systems', 'Partners'])} ${company}`;
    const domain = `firm${company}.example`;
    // not every mailbox that is shared is called info
    const mailbox = `${pick(['info', 'sales', 'contact', 'brussels', 'hq', 'team'])}@${domain}`;
    const shared = { company: name, phones: [line(landline())], addresses: [street()] };
    const taken = new Set<string>();
    for (let person = 0; person < 4 + below(12); person += 1) {
      const [givenName, familyName] = [pick(givenNames), pick(familyNames)];
      if (taken.has(givenName + familyName)) continue;
      taken.add(givenName + familyName);
      const own = `${givenName}.${familyName}@${domain}`.toLowerCase();
      const emails = options.ownMailboxes && is(0.5) ? [{ address: own }] : [{ address: mailbox }];
      add({ ...blankPerson, ...shared, givenName, familyName, emails });
    }
  }
  for (let family = 0; family < options.families; family += 1) {
    const familyName = pick(familyNames);
    const shared = { phones: [line(landline())], addresses: [street()] };
    const mailbox = { address: `${is(0.5) ? 'family' : 'the'}.${familyName}${family}@mail.example`.toLowerCase() };
    const names = new Set(Array.from({ length: 2 + below(4) }, () => pick(givenNames)));
    for (const givenName of names) {
      const birthDate = `${1940 + below(70)}-0${1 + below(9)}-${10 + below(18)}`;
      add({
        ...blankPerson,
        ...shared,
        givenName,
        familyName,
        birthDate: is(0.6) ? birthDate : null,
        emails: [mailbox],
      });
    }
  }
  return { people, entities };
}
