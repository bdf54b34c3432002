/**
 * The decision of a matching strategy (domain.md section 2): what becomes of an incoming record, given who it could
 * be. Several candidates wait for a person unless the strategy says that the most recently updated wins; a blank key
 * waits, creates or is skipped, as the strategy says.
 *
 * Example: a capture without an email under the default strategy is `{ action: 'review', because: 'blankKey' }`.
 */
import type { MatchingDefinition } from './definition.ts';

export type Candidate<Id> = { readonly id: Id; readonly updatedAtMs: number };

export type Decision<Id> =
  | { readonly action: 'create'; readonly because: 'noMatch' | 'blankKey' }
  | { readonly action: 'update'; readonly id: Id }
  | { readonly action: 'review'; readonly because: 'blankKey' }
  | { readonly action: 'review'; readonly because: 'severalMatches'; readonly candidates: readonly Id[] }
  | { readonly action: 'skip'; readonly because: 'blankKey' };

/** What looking up an item came to, whatever the strategy then makes of it. */
export const lookupResults = ['one', 'several', 'none', 'blankKey'] as const;
export type LookupResult = (typeof lookupResults)[number];

export function lookupResultOf(candidates: readonly unknown[] | null): LookupResult {
  if (candidates === null) return 'blankKey';
  return candidates.length === 0 ? 'none' : candidates.length === 1 ? 'one' : 'several';
}

/** `candidates`: null where the key is blank. */
export function decide<Id>(strategy: MatchingDefinition, candidates: readonly Candidate<Id>[] | null): Decision<Id> {
  if (candidates === null) return { action: strategy.onBlankKey, because: 'blankKey' };
  const [first] = candidates;
  if (first === undefined) return { action: 'create', because: 'noMatch' };
  if (candidates.length === 1) return { action: 'update', id: first.id };
  const ranked = candidates.toSorted((a, b) => b.updatedAtMs - a.updatedAtMs);
  if (strategy.onSeveralMatches === 'mostRecentlyUpdated') return { action: 'update', id: (ranked[0] ?? first).id };
  return { action: 'review', because: 'severalMatches', candidates: ranked.map((each) => each.id) };
}
