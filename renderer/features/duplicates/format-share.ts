/** Probabilities as people read them: never rounded up to certainty. Example: 0.99987 is '99.9 %'. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent >= 99) return `${(Math.floor(percent * 10) / 10).toFixed(1)} %`;
  return `${Math.floor(percent)} %`;
}
