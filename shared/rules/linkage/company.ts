/**
 * Employers compared by their key (normalise/company.ts): the same, alike (one begins with the other, or nearly the
 * same letters), different: indexes of the levels.
 *
 * Example: `acme` and `acme belgium` are alike.
 */
import { companyKey } from '../normalise/company.ts';
import { latinLetters } from './latin.ts';
import { lettersMissing } from './letters.ts';
import { jaroWinkler } from './similarity.ts';

/** Legal forms that stand first, or in one word with the name. */
const formsBefore = /^(?:ooo|oao|zao|pao|ao|tov|pt|cv|ud|fa|firma) (?=.)/;
const formsWithin = /株式会社|有限会社|合同会社|股份有限公司|有限责任公司|有限公司|주식회사|유한회사/g;

/** A name of a company as the finder compares it: in Latin letters, without its legal form; '' for none. */
export function plainCompany(name: string | null): string {
  const key = companyKey(name);
  if (key === null) return '';
  const latin = latinLetters(key);
  return latin.replace(formsWithin, ' ').replace(/ +/g, ' ').trim().replace(formsBefore, '') || latin;
}

export function compareCompanies(a: string, b: string): number {
  if (a === b) return 0;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= 4 && long[short.length] === ' ' && long.startsWith(short)) return 1;
  return short.length >= 6 && jaroWinkler(a, b) >= 0.92 ? 1 : 2;
}

/** False where letters and lengths alone say that they are different. */
export function mayBeAlike(a: CompanyLook, b: CompanyLook): boolean {
  const missingA = lettersMissing(a.letters, b.letters);
  const missingB = lettersMissing(b.letters, a.letters);
  // one begins with the other
  if (missingA === 0 || missingB === 0) return true;
  // 0.92 with the same four first letters is 0.867 without: letters in common over either length, at least 1.6
  const common = Math.min(a.length - missingA, b.length - missingB);
  return common / a.length + common / b.length >= 1.6;
}

/** Which letters occur (letters.ts), and how many there are. */
export type CompanyLook = { readonly letters: number; readonly length: number };
