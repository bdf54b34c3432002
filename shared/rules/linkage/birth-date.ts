/**
 * Two birth dates compared: the same; a slip (day and month exchanged, one digit, two neighbouring digits exchanged);
 * two of year, month and day alike, or all digits but two; the same year; different.
 *
 * Example: 1990-03-12 and 1990-12-03 are a `slip`, 1990-03-12 and 1990-07-12 too, 1990-03-12 and 1984-03-12 `near`, and
 * 1977-09-13 and 1976-09-15.
 */
export const birthLevels = ['same', 'slip', 'near', 'sameYear', 'different'] as const;

/** As numbers, `YYYYMMDD`, both. */
export function compareBirthDates(a: number, b: number): 0 | 1 | 2 | 3 | 4 {
  if (a === b) return 0;
  const monthA = Math.floor(a / 100) % 100;
  const monthB = Math.floor(b / 100) % 100;
  const dayA = a % 100;
  const dayB = b % 100;
  const isSameYear = Math.floor(a / 10_000) === Math.floor(b / 10_000);
  if (isSameYear && monthA === dayB && dayA === monthB) return 1;
  if (isSlip(a, b)) return 1;
  if (Number(isSameYear) + Number(monthA === monthB) + Number(dayA === dayB) === 2) return 2;
  if (digitsApart(a, b) <= 2) return 2;
  return isSameYear ? 3 : 4;
}

const generationYears = 13;

/** Who was born so long after the other may be a child of the same name. */
export const areGenerationApart = (a: number, b: number): boolean =>
  Math.abs(Math.floor(a / 10_000) - Math.floor(b / 10_000)) >= generationYears;

/** One digit is another, or two neighbours are exchanged. */
function isSlip(a: number, b: number): boolean {
  let [x, y] = [a, b];
  while (x % 10 === y % 10) [x, y] = [Math.floor(x / 10), Math.floor(y / 10)];
  if (Math.floor(x / 10) === Math.floor(y / 10)) return true;
  const isExchange = x % 10 === Math.floor(y / 10) % 10 && y % 10 === Math.floor(x / 10) % 10;
  return isExchange && Math.floor(x / 100) === Math.floor(y / 100);
}

/** Of eight. */
function digitsApart(a: number, b: number): number {
  let apart = 0;
  for (let [x, y] = [a, b]; x > 0 || y > 0; [x, y] = [Math.floor(x / 10), Math.floor(y / 10)]) {
    if (x % 10 !== y % 10) apart += 1;
  }
  return apart;
}
