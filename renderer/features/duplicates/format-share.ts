/** Probabilities as people read them: only certainty is 100 %. Example: 0.99987 is '99.9 %'. */
export function formatShare(share: number): string {
  const percent = share * 100;
  // a hair less than the number that was meant (0.995 * 100) is that number
  const cut = percent + 1e-9;
  return `${percent > 99 && percent < 100 ? Math.floor(cut * 10) / 10 : Math.floor(cut)} %`;
}
