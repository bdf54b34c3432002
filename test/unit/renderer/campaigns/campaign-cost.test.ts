/** What a campaign and its results cost. */
import { describe, expect, it } from 'vitest';
import { costOf, costPer } from '../../../../renderer/features/campaigns/campaign-cost.ts';

const spent = (cost: number | null, currency: string | null = 'EUR') => ({ cost, currency });

describe('the cost of a campaign', () => {
  it('adds up the campaign and its events', () => {
    expect(costOf(spent(48_000), [spent(9000), spent(500)])).toEqual({ amount: 57_500, currency: 'EUR' });
  });

  it('is not known where nothing was entered, and that of the events where only they have one', () => {
    expect(costOf(spent(null, null), [spent(null), spent(0, 'USD')])).toBeNull();
    expect(costOf(spent(null, null), [spent(9000)])).toEqual({ amount: 9000, currency: 'EUR' });
  });

  it('is not added up over currencies', () => {
    expect(costOf(spent(48_000), [spent(9000, 'USD')])).toBe('mixed');
  });
});

describe('the price of a result', () => {
  it('is told to the cent', () => {
    expect(costPer({ amount: 6500, currency: 'EUR' }, 73)).toEqual({ amount: 89.04, currency: 'EUR' });
  });

  it('is not told without results', () => {
    expect(costPer({ amount: 6500, currency: 'EUR' }, 0)).toBeNull();
  });
});
