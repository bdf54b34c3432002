import { describe, expect, it } from 'vitest';
import { type AccountSource, accountKind, prepareAccount } from '../../../shared/rules/linkage/account.ts';
import { type PersonSource, personKind, preparePerson } from '../../../shared/rules/linkage/person.ts';
import { find, qualityAt } from '../../bench/linkage/score.ts';
import { blankPerson } from '../../helpers/linkage.ts';
import { sharedPlaces } from '../../helpers/shared-places.ts';

const phone = (number: string) => [{ number, e164: number, kind: 'work' }];
const email = (address: string) => [{ address }];
const street = (line: string, city: string) => [{ street: line, street2: null, city, region: null, postalCode: null }];
type Given = Partial<PersonSource>;

/** People who have nothing to do with the ones in question: the model learns what is common from them. */
const crowd = sharedPlaces({ seed: 3, companies: 20, families: 10, duplicates: 0.1, ownMailboxes: true }).people;

/** How probable it is that these two are one, in a crowd of others. */
function probabilityOf(a: Given, b: Given): number {
  const people = [{ ...blankPerson, ...a }, { ...blankPerson, ...b }, ...crowd].map(preparePerson);
  return find(personKind, people).pairs.find((pair) => pair.a === 0 && pair.b === 1)?.probability ?? 0;
}

describe('people', () => {
  const place = {
    company: 'Acme Ltd',
    phones: phone('+3225550000'),
    addresses: street('1 Square', 'Brussels'),
  };

  it('who share a mailbox, a switchboard, an employer and an address are not one', () => {
    for (const address of ['info@acme.example', 'brussels@acme.example', 'ann.lee@acme.example']) {
      const ann = { ...place, emails: email(address), givenName: 'Ann', familyName: 'Lee' };
      expect(probabilityOf(ann, { ...ann, givenName: 'Rob', familyName: 'Ray' })).toBeLessThan(0.1);
      expect(probabilityOf(ann, { ...ann, givenName: 'Rob' })).toBeLessThan(0.1);
    }
  });

  it('of one family are not one, father and son of one name neither', () => {
    const home = { phones: phone('+3225551111'), addresses: street('7 Elm Street', 'Ghent'), familyName: 'Peeters' };
    const paul = { ...home, givenName: 'Paul' };
    expect(probabilityOf(paul, { ...home, givenName: 'Paula' })).toBeLessThan(0.1);
    expect(probabilityOf({ ...paul, familyName: 'Peeters Sr' }, { ...paul, familyName: 'Peeters Jr.' })).toBeLessThan(
      0.1,
    );
  });

  it('without a name are not one by a switchboard or an info@ mailbox', () => {
    expect(probabilityOf({ phones: phone('+3225552222') }, { phones: phone('+3225552222') })).toBeLessThan(0.5);
    expect(probabilityOf({ emails: email('info@a.example') }, { emails: email('info@a.example') })).toBeLessThan(0.5);
  });

  it('are one under a nickname, in another script, swapped, misspelt or married', () => {
    const mail = { emails: email('robert.tanaka@home.example') };
    const robert = { ...mail, givenName: 'Robert', familyName: 'Tanaka', birthDate: '1980-05-17' };
    expect(probabilityOf(robert, { ...robert, givenName: 'Bob', birthDate: null })).toBeGreaterThan(0.9);
    expect(probabilityOf(robert, { ...robert, givenName: 'Tanaka', familyName: 'Robert' })).toBeGreaterThan(0.9);
    expect(probabilityOf(robert, { ...robert, familyName: 'Tanakka', emails: [] })).toBeGreaterThan(0.9);
    expect(probabilityOf(robert, { ...robert, familyName: 'Singh', birthDate: null })).toBeGreaterThan(0.5);
    const natalia = { givenName: 'Наталья', familyName: 'Кузнецова', birthDate: '1991-02-03' };
    expect(probabilityOf(natalia, { ...natalia, givenName: 'Natalia', familyName: 'Kuznetsova' })).toBeGreaterThan(0.9);
    const muller = { givenName: 'Jörg', familyName: 'Müllner', phones: phone('+4930123456') };
    expect(probabilityOf(muller, { ...muller, givenName: 'Joerg', familyName: 'Muellner' })).toBeGreaterThan(0.9);
  });

  it('of a rare name are one sooner than of a common one', () => {
    const common = { givenName: 'Anna', familyName: 'Smith', addresses: street('', 'Ghent') };
    const rare = { givenName: 'Theodwin', familyName: 'Quackenbush', addresses: street('', 'Ghent') };
    expect(probabilityOf(rare, rare)).toBeGreaterThan(probabilityOf(common, common));
  });
});

describe('a whole list', () => {
  it('of people who share places has no duplicates where there are none', () => {
    const made = sharedPlaces({ seed: 21, companies: 40, families: 40, duplicates: 0, ownMailboxes: true });
    const { pairs } = find(personKind, made.people.map(preparePerson));
    expect(pairs.filter(({ probability }) => probability >= 0.5).length).toBeLessThanOrEqual(1);
  });

  it('of people who share places gives the real duplicates among them', () => {
    for (const seed of [5, 6]) {
      const made = sharedPlaces({ seed, companies: 50, families: 50, duplicates: 0.2, ownMailboxes: false });
      const { pairs } = find(personKind, made.people.map(preparePerson));
      expect(qualityAt(0.5, pairs, { ...made, tables: null }).f1).toBeGreaterThan(0.95);
      expect(qualityAt(0.99, pairs, { ...made, tables: null }).precision).toBeGreaterThan(0.98);
    }
  });

  it('may be empty, or of one, two or blank people', () => {
    const ann = preparePerson({
      ...blankPerson,
      givenName: 'Ann',
      familyName: 'Lee',
      emails: email('ann.lee@x.example'),
    });
    expect(find(personKind, []).pairs).toEqual([]);
    expect(find(personKind, [ann]).pairs).toEqual([]);
    expect(find(personKind, [ann, ann]).pairs).toMatchObject([{ a: 0, b: 1 }]);
    expect(find(personKind, [ann, ann]).pairs[0]?.probability).toBeGreaterThan(0.9);
    expect(
      find(
        personKind,
        Array.from({ length: 5 }, () => preparePerson(blankPerson)),
      ).pairs,
    ).toEqual([]);
  });

  it('may say the same of everybody: the work stays small and numbers stay numbers', () => {
    const ann = preparePerson({ ...blankPerson, givenName: 'Ann', familyName: 'Lee', birthDate: '1980-01-01' });
    const { compared, learned } = find(
      personKind,
      Array.from({ length: 2000 }, () => ann),
    );
    expect(compared).toBeLessThan(2000 * 12 * 16);
    expect(learned.parameters.m.flat().every((share) => share > 0 && share < 1)).toBe(true);
    expect(learned.parameters.lambda).toBeGreaterThan(0);
  });

  it('gives the same pairs every time', () => {
    const people = crowd.map(preparePerson);
    expect(find(personKind, people).pairs).toEqual(find(personKind, people).pairs);
  });
});

describe('accounts', () => {
  const nameless: AccountSource = { name: null, website: null, industry: null, phones: [], addresses: [] };
  const account = (given: Partial<AccountSource>) => prepareAccount({ ...nameless, ...given });

  it('are one but for legal form and spelling, and two in one building behind one switchboard', () => {
    const here = { phones: phone('+3225553333'), addresses: street('9 Dock Road', 'Antwerp') };
    const accounts = [
      account({ ...here, name: 'Müller & Söhne GmbH' }),
      account({ ...here, name: 'Mueller and Soehne' }),
      account({ ...here, name: 'Harbour Insurance NV' }),
      ...Array.from({ length: 200 }, (_, at) =>
        account({
          name: `${['North', 'Blue', 'Iron', 'Sun'][at % 4]} Works ${at}`,
          phones: phone(`+32250${10_000 + at}`),
        }),
      ),
    ];
    const { pairs } = find(accountKind, accounts);
    expect(pairs.filter(({ probability }) => probability >= 0.5)).toMatchObject([{ a: 0, b: 1 }]);
  });
});
