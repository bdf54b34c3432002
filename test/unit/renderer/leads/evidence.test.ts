import { describe, expect, it } from 'vitest';
import { evidenceText } from '../../../../renderer/features/leads/evidence.ts';

describe('what a score rests on, in words', () => {
  it('names fields, options and kinds of interaction', () => {
    expect(evidenceText('purchaseNeed: mustHave')).toBe('Purchase need: Must have');
    expect(evidenceText('formSubmitted')).toBe('Form submitted');
  });
  it('leaves alone what people typed', () => {
    expect(evidenceText('company: ACME Corp')).toBe('Company: ACME Corp');
    expect(evidenceText('Came twice')).toBe('Came twice');
  });
});
