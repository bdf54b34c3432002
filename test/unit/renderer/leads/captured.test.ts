import { describe, expect, it } from 'vitest';
import { differs } from '../../../../renderer/features/leads/captured.ts';

describe('what was captured beside what is known', () => {
  it('does not mind case, spacing, or how a number is written', () => {
    expect(differs('ANN  Smith', 'Ann Smith')).toBe(false);
    expect(differs('0471 23 45 67', '+32 471 234567')).toBe(false);
  });
  it('sees another value, also where nothing is known', () => {
    expect(differs('Contoso', 'Fabrikam')).toBe(true);
    expect(differs('Contoso', null)).toBe(true);
    expect(differs('+32 471 234567', '+32 471 999999')).toBe(true);
  });
  it('has nothing to say where nothing was captured', () => {
    expect(differs(null, 'Contoso')).toBe(false);
    expect(differs('', 'Contoso')).toBe(false);
  });
});
