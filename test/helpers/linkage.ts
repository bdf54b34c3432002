/** Records of which nothing is known: tests and benches of the duplicate finder fill in what they are about. */
import type { AccountSource } from '../../shared/rules/linkage/account.ts';
import type { PersonSource } from '../../shared/rules/linkage/person.ts';

export const blankPerson: PersonSource = {
  givenName: null,
  middleName: null,
  familyName: null,
  nickname: null,
  birthDate: null,
  company: null,
  emails: [],
  phones: [],
  addresses: [],
  interest: null,
};

export const blankAccount: AccountSource = { name: null, website: null, industry: null, phones: [], addresses: [] };
