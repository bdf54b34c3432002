/**
 * A number of a spreadsheet → the text that stands for it in an import: dates as ISO dates, numbers of a fixed shape
 * (postal codes, phone numbers) as the sheet shows them, every other number plain. From the number formats of ECMA-376
 * part 1, 18.8.30 and 18.8.31.
 *
 * Example: 4020 under the format `00000` is `04020`; 45000 under `dd/mm/yyyy` is `2023-03-15`.
 */
export type NumberStyle =
  | { readonly kind: 'plain' }
  | { readonly kind: 'percent' }
  /** `isElapsed`: hours that count on beyond a day, as `[h]:mm` shows them. */
  | { readonly kind: 'moment'; readonly hasDay: boolean; readonly hasTime: boolean; readonly isElapsed?: boolean }
  /** Literal characters and places of digits, by condition on the number. */
  | { readonly kind: 'shape'; readonly sections: readonly Section[] };

type Section = {
  readonly from: number | null;
  readonly to: number | null;
  readonly parts: readonly ({ readonly digit: '0' | '#' } | { readonly text: string })[];
};

export const plainStyle: NumberStyle = { kind: 'plain' };

const day: NumberStyle = { kind: 'moment', hasDay: true, hasTime: false };
const time: NumberStyle = { kind: 'moment', hasDay: false, hasTime: true };
const dayAndTime: NumberStyle = { kind: 'moment', hasDay: true, hasTime: true };

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);
const builtIn: ReadonlyMap<number, NumberStyle> = new Map<number, NumberStyle>([
  ...range(14, 17).map((id) => [id, day] as const),
  ...range(18, 21).map((id) => [id, time] as const),
  [22, dayAndTime],
  // the same in Chinese, Japanese, Korean and Thai settings
  ...[...range(27, 31), 36, ...range(50, 58)].map((id) => [id, day] as const),
  ...range(32, 35).map((id) => [id, time] as const),
  ...[45, 47].map((id) => [id, time] as const),
  [46, { ...time, isElapsed: true }],
  [9, { kind: 'percent' }],
  [10, { kind: 'percent' }],
]);

/** The style of a format: one of the built-in numbers, or the code that the workbook gives it. */
export function numberStyle(id: number, code: string | undefined): NumberStyle {
  if (code === undefined) return builtIn.get(id) ?? plainStyle;
  if (/^general$/i.test(code.trim()) || code.trim() === '@') return plainStyle;
  const bare = code.replace(/"[^"]*"|\\.|_.|\*./g, '').replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  if (!/general/i.test(bare) && /[ymdhs]/i.test(bare)) {
    const hasTime = /h|s|\[m+\]/i.test(bare);
    const isElapsed = /\[h+\]/i.test(bare);
    return { kind: 'moment', hasDay: /[yd]/i.test(bare) || !hasTime, hasTime, ...(isElapsed ? { isElapsed } : {}) };
  }
  if (bare.includes('%')) return { kind: 'percent' };
  const sections = code.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/).map(sectionOf);
  const [first] = sections;
  if (!first || sections.slice(0, 2).some((section) => section === null)) return plainStyle;
  const usable = sections.filter((section) => section !== null);
  // at least two fixed digits, or digits that something stands between
  return usable.some(({ parts }) => isShape(parts)) ? { kind: 'shape', sections: usable } : plainStyle;
}

function isShape(parts: Section['parts']): boolean {
  const digits = parts.flatMap((part, at) => ('digit' in part ? [at] : []));
  const first = digits[0];
  const last = digits.at(-1);
  if (first === undefined || last === undefined || digits.length < 2) return false;
  const between = parts.slice(first, last).some((part) => 'text' in part);
  return between || digits.every((at) => (parts[at] as { digit?: string }).digit === '0');
}

/** Null for a section with anything but digits and literal text: decimals, thousands, exponents, currencies' accounting. */
function sectionOf(text: string): Section | null {
  const parts: Section['parts'][number][] = [];
  let from: number | null = null;
  let to: number | null = null;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === '[') {
      const end = text.indexOf(']', at);
      const inner = text.slice(at + 1, end);
      const condition = /^(<=|>=|<|>)(-?\d+(?:\.\d+)?)$/.exec(inner);
      if (condition) {
        const value = Number(condition[2]);
        if (condition[1] === '<=') to = value;
        else if (condition[1] === '<') to = value - 1;
        else if (condition[1] === '>=') from = value;
        else from = value + 1;
      } else if (inner.startsWith('$') && !inner.startsWith('$-')) return null;
      at = end < 0 ? text.length : end;
    } else if (char === '"') {
      const end = text.indexOf('"', at + 1);
      parts.push({ text: text.slice(at + 1, end < 0 ? undefined : end) });
      at = end < 0 ? text.length : end;
    } else if (char === '\\') {
      parts.push({ text: text[at + 1] ?? '' });
      at += 1;
    } else if (char === '0' || char === '#') parts.push({ digit: char });
    else if (/[-() /+:]/.test(char)) parts.push({ text: char });
    else return null;
  }
  return { from, to, parts };
}

function shaped(value: number, sections: readonly Section[]): string | null {
  const whole = Math.abs(Math.round(value));
  if (!Number.isInteger(value) || value < 0 || !Number.isSafeInteger(whole)) return null;
  const section = sections.find(({ from, to }) => (from === null || value >= from) && (to === null || value <= to));
  if (section === undefined || !isShape(section.parts)) return null;
  const digits = String(whole);
  const places = section.parts.filter((part) => 'digit' in part).length;
  const extra = Math.max(0, digits.length - places);
  let at = digits.length - places;
  let isFirst = true;
  let text = '';
  for (const part of section.parts) {
    if ('text' in part) {
      text += part.text;
      continue;
    }
    // digits beyond the places stand before the first one
    if (isFirst && extra > 0) text += digits.slice(0, extra);
    isFirst = false;
    if (at >= 0) text += digits[at];
    else if (part.digit === '0') text += '0';
    at += 1;
  }
  return text.trim();
}

const dayMs = 86_400_000;
const latestSerial = 2_958_466;
const two = (value: number): string => String(value).padStart(2, '0');

/** Days since the workbook's own beginning → ISO. The system of 1900 counts a 29 February 1900 that never was. */
function momentText(serial: number, style: Extract<NumberStyle, { kind: 'moment' }>, is1904: boolean): string | null {
  if (serial < 0 || serial >= latestSerial) return null;
  const seconds = Math.round(serial * 86_400);
  const days = Math.floor(seconds / 86_400);
  const rest = seconds - days * 86_400;
  const hours = Math.floor((style.isElapsed && !style.hasDay ? seconds : rest) / 3600);
  const clock = `${two(hours)}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
  if (!style.hasDay || (days === 0 && !is1904)) return style.hasTime ? clock : null;
  const epoch = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
  const at = new Date(epoch + days * dayMs);
  const iso = `${String(at.getUTCFullYear()).padStart(4, '0')}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
  return style.hasTime && rest > 0 ? `${iso} ${clock}` : iso;
}

/** Fifteen digits, as spreadsheets keep them, without an exponent where there is a way. */
function plainText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e40) return BigInt(value).toString();
  const short = Number(value.toPrecision(15));
  const text = String(short);
  return /e-/.test(text) ? short.toFixed(20).replace(/0+$/, '') : text;
}

/** `raw`: the number as the file writes it. What is no number stays as it is. */
export function cellText(raw: string, style: NumberStyle, is1904: boolean): string {
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return raw;
  switch (style.kind) {
    case 'plain':
      // a long number that some program wrote to its last digit is an id
      return /^-?[1-9]\d{15,39}$/.test(raw.trim()) ? raw.trim() : plainText(value);
    case 'percent':
      return `${plainText(Number((value * 100).toPrecision(15)))}%`;
    case 'moment':
      return momentText(value, style, is1904) ?? plainText(value);
    case 'shape':
      return shaped(value, style.sections) ?? plainText(value);
  }
}
