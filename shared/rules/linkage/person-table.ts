/**
 * People in columns, compared and brought together under keys. A value that many have (a name, an employer, a town) is
 * kept once, and what two of them are like is remembered.
 *
 * Example: `const table = createPeople(); table.add(ann); table.add(anne); table.compare(0, 1, comparison)`.
 */
import { createAddressColumns } from './address-columns.ts';
import { areGenerationApart, compareBirthDates } from './birth-date.ts';
import { createColumn, push } from './columns.ts';
import { compareCompanies, type CompanyLook, mayBeAlike } from './company.ts';
import { createCounts, type FieldCount, hashOf, joinHashes } from './counts.ts';
import type { Comparison, Table } from './kind.ts';
import { lettersIn } from './letters.ts';
import { isCalledAfter } from './mailbox.ts';
import { createMailboxColumns } from './mailbox-columns.ts';
import { missing } from './model.ts';
import type { PreparedPerson } from './person.ts';
import { calledAfter, generationApart, personField } from './person-fields.ts';
import { createPersonNames, soundBy } from './person-names.ts';
import { createPhoneColumns, isSlipOrLocal } from './phone-columns.ts';
import { createRemembered, createValues } from './values.ts';

const f = personField;
const { g1, g4, g8, f1, f2, f3, f4, f8 } = soundBy;

/** Of `emailLevels`. */
const sameDomain = 4;

/** Of a list longer than that the rest is not counted. */
const mostSeen = 64;

const most = { mailboxes: 5, phones: 5, addresses: 3 };

export function createPeople(): Table<PreparedPerson> {
  const companyLooks: CompanyLook[] = [{ letters: 0, length: 0 }];
  const companies = createValues((_id, text) => {
    companyLooks.push({ letters: lettersIn(text), length: text.length });
  });
  const interests = createValues();
  const names = createPersonNames();
  const { given, family } = names;
  const birth = createColumn('u32');
  const company = createColumn('u32');
  const interest = createColumn('u32');
  const there = createColumn('u8');
  const columns = [birth, company, interest, there];
  const mailboxes = createMailboxColumns();
  const phones = createPhoneColumns(isSlipOrLocal);
  const addresses = createAddressColumns();

  const companyLevels = createRemembered((a, b) => compareCompanies(companies.text(a), companies.text(b)), 17);

  const asCompany = (a: number, b: number): number => {
    if (a === b) return 0;
    const [one, other] = [companyLooks[a], companyLooks[b]];
    return one && other && mayBeAlike(one, other) ? companyLevels(a, b) : 2;
  };
  const at = (column: { readonly data: Uint32Array | Uint8Array }, record: number): number => column.data[record] ?? 0;

  // a name is as common as it is on either side: where the two were swapped it stands on the other
  const namesSeen: FieldCount = { counts: createCounts(), records: 0 };
  const counts: FieldCount[] = Array.from({ length: personField.count }, (_, field) =>
    field === f.given || field === f.family ? namesSeen : { counts: createCounts(), records: 0 },
  );
  /** Each value once, and the record once where it has one. */
  const see = (field: number, values: Uint32Array, count: number, times: 1 | -1): void => {
    const counted = counts[field];
    if (!counted) return;
    let isAny = false;
    for (let index = 0; index < count; index += 1) {
      const value = values[index] ?? 0;
      if (value === 0 || values.indexOf(value) !== index) continue;
      counted.counts.add(value, times);
      isAny = true;
    }
    if (isAny) counted.records += times;
  };
  const seen = new Uint32Array(mostSeen);
  const one = (field: number, value: number, times: 1 | -1): void => {
    seen[0] = value;
    see(field, seen, 1, times);
  };
  const several = (
    field: number,
    list: { begin(record: number): number },
    record: number,
    value: (at: number) => number,
    times: 1 | -1,
  ): void => {
    const begin = list.begin(record);
    const length = Math.min(mostSeen, list.begin(record + 1) - begin);
    for (let index = 0; index < length; index += 1) seen[index] = value(begin + index);
    see(field, seen, length, times);
  };
  const count = (record: number, times: 1 | -1): void => {
    seen[0] = names.hash(at(given, record));
    seen[1] = names.hash(at(family, record));
    see(f.given, seen, 2, times);
    one(f.birth, birthHash(at(birth, record)), times);
    one(f.company, companies.hash(at(company, record)), times);
    several(f.email, mailboxes, record, mailboxes.hash, times);
    several(f.phone, phones, record, phones.hash, times);
    several(f.address, addresses, record, addresses.building, times);
    several(f.place, addresses, record, addresses.place, times);
  };
  const range = (list: { begin(record: number): number }, record: number): number[] => {
    const begin = list.begin(record);
    return Array.from({ length: list.begin(record + 1) - begin }, (_, index) => begin + index);
  };

  const isNamedAfter = (mailbox: number, record: number): boolean =>
    isCalledAfter(mailboxes.local(mailbox), names.text(at(given, record)), names.text(at(family, record)));

  const compareEmails = (a: number, b: number, { levels, agreed }: Comparison): void => {
    let best = missing;
    const endA = mailboxes.begin(a + 1);
    const endB = mailboxes.begin(b + 1);
    for (let x = mailboxes.begin(a); x < endA; x += 1) {
      // a role mailbox is a place; that somebody has one beside their own says nothing either
      if (mailboxes.isRole(x)) continue;
      for (let y = mailboxes.begin(b); y < endB; y += 1) {
        if (mailboxes.isRole(y)) continue;
        const level = mailboxes.compare(x, y);
        if (level >= best) continue;
        best = level;
        if (level > 2) continue;
        agreed[f.email] = level === 0 ? mailboxes.hash(x) : 0;
        const isOwn = isNamedAfter(x, a) || isNamedAfter(y, b);
        const others = (levels[f.flags] ?? 0) & ~calledAfter;
        levels[f.flags] = isOwn ? others | calledAfter : others;
      }
    }
    levels[f.email] = best;
  };

  /** The same mailbox, or one a slip apart. */
  const shareMailbox = (a: number, b: number): boolean => {
    for (let x = mailboxes.begin(a); x < mailboxes.begin(a + 1); x += 1) {
      if (mailboxes.isRole(x)) continue;
      for (let y = mailboxes.begin(b); y < mailboxes.begin(b + 1); y += 1) {
        if (!mailboxes.isRole(y) && mailboxes.compare(x, y) <= 1) return true;
      }
    }
    return false;
  };

  const where = (address: number): number => {
    const postal = addresses.postal(address);
    return postal === 0 ? addresses.city(address) : postal + 2 ** 26;
  };

  return {
    length: () => given.length,
    counts,
    fullName(record) {
      const [first, last] = [at(given, record), at(family, record)];
      return first === 0 || last === 0 ? 0 : joinHashes(names.hash(first), names.hash(last));
    },
    add(person) {
      names.add(person);
      push(birth, Number(person.birth));
      push(company, companies.idOf(person.company));
      push(interest, interests.idOf(person.interest));
      push(there, 1);
      mailboxes.add(person.mailboxes);
      phones.add(person.phones);
      addresses.add(person.addresses);
      const record = given.length - 1;
      count(record, 1);
      return record;
    },
    remove(record) {
      if (there.data[record] !== 1) return;
      there.data[record] = 0;
      count(record, -1);
    },
    has: (record) => there.data[record] === 1,
    clear() {
      for (const column of columns) column.length = 0;
      for (const lists of [names, mailboxes, phones, addresses]) lists.clear();
    },
    compare(a, b, into) {
      const { levels, agreed, rivals } = into;
      levels.fill(missing, 0, f.count);
      agreed.fill(0);
      rivals.fill(0);
      names.compare(a, b, into);
      const [birthA, birthB] = [at(birth, a), at(birth, b)];
      if (birthA !== 0 && birthB !== 0) levels[f.birth] = compareBirthDates(birthA, birthB);
      if (levels[f.birth] === 0) agreed[f.birth] = birthHash(birthA);
      if ((levels[f.birth] ?? missing) === 4 && areGenerationApart(birthA, birthB)) {
        levels[f.flags] = (levels[f.flags] ?? 0) | generationApart;
      }
      compareEmails(a, b, into);
      phones.compare(a, b, f.phone, into);
      addresses.compare(a, b, f.address, f.place, into);
      const [companyA, companyB] = [at(company, a), at(company, b)];
      if (companyA !== 0 && companyB !== 0) {
        levels[f.company] = asCompany(companyA, companyB);
      }
      if (levels[f.company] === 0) agreed[f.company] = companies.hash(companyA);
      // who works in one company has its domain; another mailbox there is a colleague's
      if (levels[f.email] === sameDomain && (levels[f.company] ?? missing) <= 1) levels[f.email] = sameDomain + 1;
      const [interestA, interestB] = [at(interest, a), at(interest, b)];
      if (interestA !== 0 && interestB !== 0) levels[f.interest] = interestA === interestB ? 0 : 1;
    },
    // names that differ, and not because they were swapped, need at least the birth date or the mailbox
    mayBeOne(a, b) {
      if (at(birth, a) !== 0 && at(birth, a) === at(birth, b)) return true;
      const look = names.glance(a, b);
      return look === 'alike' || (look === 'givenAlike' && shareMailbox(a, b));
    },
    signature(record) {
      const who = joinHashes(names.hash(at(family, record)), names.hash(at(given, record)));
      const mailbox = mailboxes.begin(record) < mailboxes.begin(record + 1) ? mailboxes.begin(record) : -1;
      const phone = phones.begin(record) < phones.begin(record + 1) ? phones.begin(record) : -1;
      const reach = joinHashes(mailbox < 0 ? 0 : mailboxes.hash(mailbox), phone < 0 ? 0 : phones.hash(phone));
      return joinHashes(joinHashes(who, at(birth, record)), reach);
    },
    passes: passes.length,
    meet(pass, record, meet) {
      const [name, lastName, date] = [at(given, record), at(family, record), at(birth, record)];
      const soundG = names.sound(name, g4);
      const soundF = names.sound(lastName, f4);
      const keyed = (key: number, ...more: readonly number[]): void => meet(more.reduce(joinHashes, key));
      switch (passes[pass]) {
        case 'bothNames':
          // (in either order: a swapped name meets its straight form)
          if (soundG !== 0 && soundF !== 0) keyed(Math.min(soundG, soundF), Math.max(soundG, soundF));
          return;
        case 'familyName':
          if (soundG !== 0 && soundF !== 0) keyed(names.sound(lastName, f8), names.sound(name, g1));
          return;
        case 'givenName':
          if (soundG !== 0 && soundF !== 0) {
            keyed(names.sound(name, g8), names.sound(lastName, f2), Math.floor(date / 10_000));
          }
          return;
        case 'birthDate':
          if (date !== 0) keyed(1, date);
          return;
        case 'birthDateAndLetter':
          if (date === 0) return;
          if (soundG !== 0) keyed(2, date, names.sound(name, g1));
          if (soundF !== 0 && names.sound(lastName, f1) !== names.sound(name, g1))
            keyed(2, date, names.sound(lastName, f1));
          return;
        case 'yearAndMonth':
        case 'monthAndDay':
        case 'yearAndDay': {
          if (date === 0) return;
          const parts = {
            yearAndMonth: Math.floor(date / 100),
            monthAndDay: date % 10_000,
            yearAndDay: Math.floor(date / 10_000) * 100 + (date % 100),
          };
          const part = parts[passes[pass]];
          if (soundG !== 0) keyed(3, part, names.sound(name, g1), names.sound(lastName, f3));
          if (soundF !== 0 && names.sound(lastName, f1) !== names.sound(name, g1)) {
            keyed(3, part, names.sound(lastName, f1), names.sound(lastName, f3));
          }
          return;
        }
        case 'mailbox':
        case 'localPart':
          for (const mailbox of range(mailboxes, record).slice(0, most.mailboxes)) {
            if (mailboxes.isRole(mailbox)) continue;
            if (passes[pass] === 'mailbox') meet(mailboxes.hash(mailbox));
            else if (mailboxes.local(mailbox).length >= 4) meet(hashOf(mailboxes.local(mailbox)));
          }
          return;
        case 'phone':
          for (const phone of range(phones, record).slice(0, most.phones)) meet(hashOf(phones.number(phone).slice(-8)));
          return;
        case 'placeAndFamilyName':
        case 'placeAndGivenName':
          for (const address of range(addresses, record).slice(0, most.addresses)) {
            const place = where(address);
            if (place === 0) continue;
            if (passes[pass] === 'placeAndGivenName') {
              if (soundG !== 0) keyed(place, soundG);
            } else if (soundF !== 0) keyed(place, names.sound(lastName, f3));
          }
          return;
        case 'street':
          for (const address of range(addresses, record).slice(0, most.addresses)) {
            for (const line of [addresses.street(address), addresses.extra(address)]) {
              if (line !== '') keyed(hashOf(line.slice(0, 6)), addresses.number(address));
            }
          }
          return;
        case 'companyAndFamilyName':
          if (at(company, record) !== 0 && soundF !== 0) {
            keyed(hashOf(companies.text(at(company, record)).slice(0, 10)), soundF);
          }
          return;
        case 'oneName':
          if ((name === 0) !== (lastName === 0)) {
            keyed(names.sound(name, g8), names.sound(lastName, f8), Math.floor(date / 10_000));
          }
          return;
        default:
      }
    },
    metBefore(pass, a, b) {
      if (!byNames.has(passes[pass] ?? 'mailbox')) return false;
      const [givenA, familyA] = [names.sound(at(given, a), g4), names.sound(at(family, a), f4)];
      const [givenB, familyB] = [names.sound(at(given, b), g4), names.sound(at(family, b), f4)];
      if (givenA === 0 || familyA === 0) return false;
      return (givenA === givenB && familyA === familyB) || (givenA === familyB && familyA === givenB);
    },
    facets: facets.length,
    facet(which, record) {
      switch (facets[which]) {
        case 'company':
          return companies.hash(at(company, record));
        case 'place':
          return addresses.begin(record) < addresses.begin(record + 1) ? where(addresses.begin(record)) : 0;
        case 'birthYear':
          return Math.floor(at(birth, record) / 10_000);
        case 'names': {
          const [soundG, soundF] = [names.sound(at(given, record), g4), names.sound(at(family, record), f4)];
          return soundG === 0 || soundF === 0 ? 0 : joinHashes(Math.min(soundG, soundF), Math.max(soundG, soundF));
        }
        default:
          return 0;
      }
    },
  };
}

const birthHash = (date: number): number => (date === 0 ? 0 : joinHashes(7, date));

const passes = [
  'bothNames',
  'familyName',
  'givenName',
  'birthDate',
  'birthDateAndLetter',
  'yearAndMonth',
  'monthAndDay',
  'yearAndDay',
  'mailbox',
  'localPart',
  'phone',
  'placeAndFamilyName',
  'placeAndGivenName',
  'street',
  'companyAndFamilyName',
  'oneName',
] as const;

/** Who meets there by both names has met under both names. */
const byNames: ReadonlySet<string> = new Set<(typeof passes)[number]>([
  'familyName',
  'givenName',
  'placeAndFamilyName',
  'placeAndGivenName',
  'companyAndFamilyName',
]);

const facets = ['company', 'place', 'birthYear', 'names'] as const;
