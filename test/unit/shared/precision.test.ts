import { expect, it } from 'vitest';
import { precisionOf } from '../../../shared/rules/linkage/precision.ts';

it('says how little a small sample says, also where all of it is right', () => {
  expect(precisionOf(0, 0)).toBeNull();
  expect(precisionOf(30, 30)).toMatchObject({ share: 1, high: 1 });
  expect(precisionOf(30, 30)?.low).toBeCloseTo(0.886, 3);
  expect(precisionOf(27, 30)?.low).toBeCloseTo(0.744, 3);
  expect(precisionOf(27, 30)?.high).toBeCloseTo(0.965, 3);
  expect(precisionOf(0, 3)?.low).toBe(0);
});
