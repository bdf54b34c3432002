/**
 * Employers compared by their key (normalise/company.ts): the same, alike (one begins with the other, or nearly the
 * same letters), different: indexes of the levels.
 *
 * Example: `acme` and `acme belgium` are alike.
 */
import { jaroWinkler } from './similarity.ts';

export function compareCompanies(a: string, b: string): number {
  if (a === b) return 0;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const isAlike =
    (long.startsWith(`${short} `) && short.length >= 4) || (short.length >= 6 && jaroWinkler(a, b) >= 0.92);
  return isAlike ? 1 : 2;
}
