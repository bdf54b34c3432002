/**
 * How many of the pairs above a level are right, judged by a sample that somebody labelled: the share, and the interval
 * in which it lies with 95 % confidence (Wilson 1927), which stays honest for small samples and for all right.
 *
 * Example: 30 of 30 right is 100 %, with confidence 89 % or more.
 */
export type Estimate = { readonly share: number; readonly low: number; readonly high: number };

/** Null where nothing is labelled. */
export function precisionOf(right: number, labelled: number): Estimate | null {
  if (labelled === 0) return null;
  const z = 1.96;
  const share = right / labelled;
  const middle = (share + (z * z) / (2 * labelled)) / (1 + (z * z) / labelled);
  const half =
    (z * Math.sqrt((share * (1 - share)) / labelled + (z * z) / (4 * labelled * labelled))) / (1 + (z * z) / labelled);
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
