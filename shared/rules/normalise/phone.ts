/**
 * Phone numbers (domain.md section 2): E.164 with a default region, the extension apart. A number that is not possible
 * is kept as it came, flagged, and never matches. "Possible" (the length fits the country's plan) is the bar, not
 * "assigned": numbering plans change while a laptop is offline.
 *
 * Example: `parsePhone('001-672-799-2170x5610', 'GB')` is `{ e164: '+16727992170', extension: '5610', valid: true, … }`.
 *
 * libphonenumber takes 30 to 60 µs a number, which is more than writing the record takes. Numbers of digits and
 * ordinary separators in countries without rewriting rules (all but a dozen) go through `quickE164`, the same rules
 * on the same metadata; a property test holds it to the library's answer. All else goes to the library.
 */
import { type CountryCode, getCountries, Metadata, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { PhonePart } from '../../model/parts.ts';

export type ParsedPhone = {
  /** As it came, without surrounding blanks. */
  readonly number: string;
  readonly e164: string | null;
  readonly extension: string | null;
  readonly valid: boolean;
};

type Plan = {
  readonly callingCode: string;
  readonly prefix: RegExp | null;
  readonly pattern: RegExp;
  readonly lengths: ReadonlySet<number>;
  /** What callers dial before a foreign number: 00, 011, 0 … */
  readonly dialOut: RegExp | null;
  /** Rewrites numbers while reading them (Argentina, Mexico, Brazil …): left to the library. */
  readonly rewrites: boolean;
};

// What libphonenumber's metadata object has beyond its published types.
type NumberingPlan = {
  nationalNumberPattern(): string;
  possibleLengths(): readonly number[] | undefined;
  nationalPrefixForParsing(): string | undefined;
  IDDPrefix(): string | undefined;
  callingCode(): string;
};
type OpenMetadata = {
  selectNumberingPlan(code: string): { numberingPlan: NumberingPlan | undefined };
  metadata: { country_calling_codes: Readonly<Record<string, readonly string[]>> };
};

const metadata = new Metadata() as unknown as OpenMetadata;
const plans = new Map<string, Plan | null>();
let regions: ReadonlySet<string> | undefined;

export function isRegion(code: string): code is CountryCode {
  regions ??= new Set<string>(getCountries());
  return regions.has(code);
}

function planOf(region: string): Plan | null {
  const known = plans.get(region);
  if (known !== undefined) return known;
  let plan: Plan | null = null;
  if (isRegion(region)) {
    const found = metadata.selectNumberingPlan(region).numberingPlan;
    if (found) {
      const forParsing = found.nationalPrefixForParsing();
      plan = {
        callingCode: String(found.callingCode()),
        prefix: forParsing ? new RegExp(`^(?:${forParsing})`) : null,
        pattern: new RegExp(`^(?:${found.nationalNumberPattern()})$`),
        lengths: new Set(found.callingCode() === '1' ? [10] : (found.possibleLengths() ?? [])),
        dialOut: found.IDDPrefix() ? new RegExp(`^(?:${found.IDDPrefix()})`) : null,
        // (a rewrite needs a capturing group)
        rewrites: /\((?!\?)/.test(forParsing ?? ''),
      };
    }
  }
  plans.set(region, plan);
  return plan;
}

/** The main region of the calling code that the digits begin with, and that code. */
function callingCodeOf(digits: string): { code: string; region: string } | null {
  for (let length = 1; length <= 3; length += 1) {
    const code = digits.slice(0, length);
    const region = metadata.metadata.country_calling_codes[code]?.[0];
    if (region !== undefined) return { code, region };
  }
  return null;
}

/** Codes shared by several countries are judged by all their plans, but for those whose plans have one shape. */
const oneShape = new Set(['1', '7', '39', '44', '47']);

function isPlainCode(code: string, region: string): boolean {
  const sharing = metadata.metadata.country_calling_codes[code] ?? [];
  return sharing.length === 1 || (oneShape.has(code) && (code === '1' || sharing[0] === region));
}

const fits = (lengths: ReadonlySet<number>, length: number): boolean => lengths.has(length);

/** E.164 has at most 15 digits, whatever a plan would allow. */
const inE164 = (code: string, national: string): string | undefined =>
  code.length + national.length <= 15 ? `+${code}${national}` : undefined;

/** libphonenumber's rule for taking off a national prefix: only where it makes the number no worse. */
function withoutPrefix(national: string, plan: Plan): string {
  if (plan.prefix === null) return national;
  const match = plan.prefix.exec(national);
  if (match === null || match[0] === '') return national;
  const rest = national.slice(match[0].length);
  if (plan.pattern.test(national) && !plan.pattern.test(rest)) return national;
  return fits(plan.lengths, rest.length) ? rest : national;
}

/** E.164 of plain digits, `null` where not possible, `undefined` where only the library can tell. */
function quickE164(digits: string, international: boolean, region: string): string | null | undefined {
  if (digits.length < 4 || digits.length > 15 || (international && digits.startsWith('0'))) return undefined;
  if (international) {
    const found = callingCodeOf(digits);
    if (found === null || !isPlainCode(found.code, found.region)) return undefined;
    const plan = planOf(found.region);
    if (plan === null || plan.rewrites || plan.lengths.size === 0) return undefined;
    const national = withoutPrefix(digits.slice(found.code.length), plan);
    return fits(plan.lengths, national.length) ? inE164(found.code, national) : undefined;
  }
  const plan = planOf(region);
  if (plan === null || plan.rewrites || plan.lengths.size === 0) return undefined;
  if (!isPlainCode(plan.callingCode, region)) return undefined;
  if (digits.startsWith(plan.callingCode) || plan.dialOut?.test(digits)) return undefined;
  const national = withoutPrefix(digits, plan);
  return fits(plan.lengths, national.length) ? inE164(plan.callingCode, national) : undefined;
}

const plain = /^\+?[\d\s().\-/\u00a0]+$/;
const extensionPattern =
  /[\s,;]*(?:;ext=|\bextension|\bext|\bextn|\bdoorkies|\btoestel|\bdurchwahl|\bposte|\bintern|(?<=[\d\s)])x|#)[\s.:]*(\d{1,7})$/i;

/** What the library makes of it: E.164 where possible. */
function libraryE164(text: string, region: string): { e164: string; extension: string | null } | null {
  const parsed = parsePhoneNumberFromString(text, isRegion(region) ? region : undefined);
  if (parsed === undefined || !parsed.isPossible()) return null;
  if (!/^\+[1-9]\d{3,14}$/.test(parsed.number)) return null;
  return { e164: parsed.number, extension: parsed.ext ?? null };
}

/** `region`: ISO 3166-1 alpha-2, for numbers without a country code. Blank → `null`. */
export function parsePhone(raw: string, region: string): ParsedPhone | null {
  const number = raw.trim();
  if (number === '') return null;
  let text = number.startsWith('tel:') ? number.slice(4).replace(/;phone-context=.*$/, '') : number;
  if (/[^\u0020-\u007e]/.test(text)) text = text.normalize('NFKC').trim();
  let extension: string | null = null;
  const match = extensionPattern.exec(text);
  if (match?.[1] !== undefined) {
    extension = match[1];
    text = text.slice(0, match.index);
  }
  if (plain.test(text)) {
    // "+44 (0)20 …": the zero in brackets is for callers at home
    const body = text.startsWith('+') ? text.replace(/\(0\)/g, '') : text;
    const digits = body.replace(/\D+/g, '');
    const quick = quickE164(digits, body.startsWith('+'), region);
    if (quick !== undefined) return { number, e164: quick, extension, valid: quick !== null };
    const found =
      libraryE164(body, region) ?? (digits.startsWith('00') ? libraryE164(`+${digits.slice(2)}`, region) : null);
    return { number, e164: found?.e164 ?? null, extension, valid: found !== null };
  }
  const found = /\d/.test(text) ? libraryE164(text, region) : null;
  return { number, e164: found?.e164 ?? null, extension: extension ?? found?.extension ?? null, valid: found !== null };
}

export const phoneE164 = (raw: string, region: string): string | null => parsePhone(raw, region)?.e164 ?? null;

/** A number as typed or imported → the part of a record. Blank → `null`. */
export function toPhonePart(
  raw: string,
  region: string,
  options: Partial<Pick<PhonePart, 'kind' | 'primary'>> = {},
): PhonePart | null {
  const parsed = parsePhone(raw.slice(0, 200), region);
  if (parsed === null) return null;
  return {
    number: parsed.number.slice(0, 80),
    e164: parsed.e164,
    extension: parsed.extension,
    kind: options.kind ?? 'work',
    primary: options.primary ?? false,
    doNotCall: false,
    valid: parsed.valid,
  };
}

/** Several numbers in one cell: `66870851776, 89053579666`. A comma may also belong to a number; a semicolon not. */
export function splitPhones(raw: string): readonly string[] {
  const text = raw.trim();
  if (!/[,;|\n]|:::|\s\/\s/.test(text) || text.startsWith('tel:')) return text === '' ? [] : [text];
  return text
    .split(/\s*(?:;(?!\s*(?:ext|x)\b)|\n|:::)\s*/i)
    .flatMap((part) => {
      const pieces = part.split(/\s*(?:[,|]|\s\/\s)\s*/).filter((piece) => piece !== '');
      const numbers = pieces.every((piece) => piece.replace(/\D/g, '').length >= 5 && !/^(?:ext|x)/i.test(piece));
      return pieces.length > 1 && numbers ? pieces : [part.trim()];
    })
    .filter((part) => part !== '');
}
