/**
 * Punycode encoding of one domain label (RFC 3492), so that an address typed as `bücher.example` and one typed as
 * `xn--bcher-kva.example` match (domain.md section 2: the domain is compared in its IDNA form).
 *
 * Example: `labelToAscii('bücher')` is `'xn--bcher-kva'`.
 *
 * Written here because `shared` has neither Node's `url` nor the browser's `URL`; only encoding is needed.
 */
const base = 36;
const tMin = 1;
const tMax = 26;
const skew = 38;
const damp = 700;

function adapt(delta: number, points: number, first: boolean): number {
  let left = first ? Math.floor(delta / damp) : delta >> 1;
  left += Math.floor(left / points);
  let k = 0;
  while (left > ((base - tMin) * tMax) >> 1) {
    left = Math.floor(left / (base - tMin));
    k += base;
  }
  return k + Math.floor(((base - tMin + 1) * left) / (left + skew));
}

const digit = (value: number): string => String.fromCharCode(value < 26 ? value + 97 : value - 26 + 48);

export function labelToAscii(label: string): string {
  const points = [...label].map((char) => char.codePointAt(0) ?? 0);
  const basic = points.filter((point) => point < 128);
  if (basic.length === points.length) return label;
  let output = String.fromCodePoint(...basic);
  if (basic.length > 0) output += '-';
  let n = 128;
  let delta = 0;
  let bias = 72;
  let handled = basic.length;
  while (handled < points.length) {
    const next = Math.min(...points.filter((point) => point >= n));
    delta += (next - n) * (handled + 1);
    n = next;
    for (const point of points) {
      if (point < n) delta += 1;
      if (point !== n) continue;
      let q = delta;
      for (let k = base; ; k += base) {
        const t = k <= bias ? tMin : k >= bias + tMax ? tMax : k - bias;
        if (q < t) break;
        output += digit(t + ((q - t) % (base - t)));
        q = Math.floor((q - t) / (base - t));
      }
      output += digit(q);
      bias = adapt(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled += 1;
    }
    delta += 1;
    n += 1;
  }
  return `xn--${output}`;
}
