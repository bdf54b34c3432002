/**
 * What a campaign cost with its events, so that results have a price (domain.md section 1). Costs in another currency
 * than the first are not added up, as no rate is known here.
 *
 * Example: 48,000 EUR and an event of 9,000 EUR cost 57,000 EUR together.
 */
type Costed = { readonly cost: number | null; readonly currency: string | null };
export type Cost = { readonly amount: number; readonly currency: string | null };

/** Null where nothing is known to have been spent; 'mixed' where currencies differ. */
export function costOf(campaign: Costed, events: readonly Costed[]): Cost | 'mixed' | null {
  const known = [campaign, ...events].filter(({ cost }) => cost !== null && cost !== 0);
  const [first] = known;
  if (first === undefined) return null;
  if (known.some(({ currency }) => currency !== first.currency)) return 'mixed';
  return { amount: known.reduce((sum, { cost }) => sum + (cost ?? 0), 0), currency: first.currency };
}

/** The price of one result, to the cent; null without results. */
export const costPer = ({ amount, currency }: Cost, results: number): Cost | null =>
  results === 0 ? null : { amount: Math.round((amount / results) * 100) / 100, currency };
