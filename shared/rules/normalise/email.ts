/**
 * Email addresses (domain.md section 2): compared with the domain in lower case and IDNA form and the local part
 * regardless of case. An address that is not one is kept as it came, flagged, and never matches.
 *
 * Example: `emailKey('J.Doe@Bücher.Example')` is `'j.doe@xn--bcher-kva.example'`; `emailKey('call me')` is `null`.
 *
 * What counts as valid is what a mail program will send to, not all that RFC 5322 allows: a plain local part (letters
 * of any script), and a domain of at least two labels. Comments, quoted local parts and bare IP addresses are refused
 * by most CRMs and are nearly always typing errors in a list of people.
 */
import type { EmailPart } from '../../model/parts.ts';
import { labelToAscii } from './punycode.ts';

const plainAddress =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

// The same for all scripts: letters, digits and marks beyond ASCII are fine in both halves (RFC 6531).
const anyScriptLocal = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const anyScriptLabel = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}\u00b7\u200c\u200d-]*[\p{L}\p{M}\p{N}])?$/u;

/** The dots that IDNA takes for a full stop. */
const ideographicDots = /[\u3002\uff0e\uff61]/g;

/**
 * Takes off what surrounds addresses in exports and clipboards: blanks, `mailto:`, angle brackets with a display
 * name, a trailing comma or semicolon.
 */
export function cleanEmail(raw: string): string {
  let text = raw.trim();
  if (text === '' || plainAddress.test(text)) return text;
  // (invisible characters come with copying from web pages)
  text = text.replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '').trim();
  const inBrackets = /<\s*(?:mailto:)?([^<>\s]+@[^<>\s]+)\s*>/i.exec(text);
  if (inBrackets?.[1] !== undefined) return inBrackets[1];
  return text
    .replace(/^mailto:/i, '')
    .replace(/\?.*$/, (rest) => (rest.includes('=') ? '' : rest))
    .replace(/[,;\s]+$/, '')
    .trim();
}

let lastRaw = '';
let lastKey: string | null = null;

/** The form that matches, or `null` where the text is not a usable address. */
export function emailKey(raw: string): string | null {
  // a record being written asks for the key of its one address three times in a row
  if (raw !== lastRaw) {
    lastKey = readEmailKey(raw);
    lastRaw = raw;
  }
  return lastKey;
}

function readEmailKey(raw: string): string | null {
  const lower = cleanEmail(raw).toLowerCase();
  if (lower.length > 320 || lower === '') return null;
  const at = lower.lastIndexOf('@');
  if (at < 1 || at > 64) return null;
  if (plainAddress.test(lower)) return lower.length - at - 1 > 253 ? null : lower;
  const local = lower.slice(0, at).normalize('NFKC').toLowerCase();
  if (!anyScriptLocal.test(local)) return null;
  const labels = lower
    .slice(at + 1)
    .normalize('NFKC')
    .toLowerCase()
    .replace(ideographicDots, '.')
    .split('.');
  if (labels.length < 2) return null;
  if (!labels.every((label) => anyScriptLabel.test(label))) return null;
  const ascii = labels.map(labelToAscii);
  if (ascii.some((label) => label.length > 63)) return null;
  const domain = ascii.join('.');
  const last = ascii[ascii.length - 1] ?? '';
  if (domain.length > 253 || last.length < 2 || /^\d/.test(last)) return null;
  return `${local}@${domain}`;
}

/** An address as typed or imported → the part of a record. Blank → `null`. */
export function toEmailPart(raw: string, options: Partial<Pick<EmailPart, 'kind' | 'primary'>> = {}): EmailPart | null {
  const address = cleanEmail(raw).slice(0, 320);
  if (address === '') return null;
  return {
    address,
    kind: options.kind ?? 'work',
    primary: options.primary ?? false,
    optedOut: false,
    bounced: false,
    valid: emailKey(address) !== null,
  };
}

/** Several addresses in one cell: `a@x.example; b@y.example`. A lone odd value stays one. */
export function splitEmails(raw: string): readonly string[] {
  const text = raw.trim();
  if (text === '') return [];
  if (!/[,;|\n]|:::|\s\S+@/.test(text) || text.indexOf('@') === text.lastIndexOf('@')) return [text];
  const parts = text
    .split(/\s*(?::::|[,;|\n])\s*|\s+(?=[^\s<>]+@)(?![^<]*>)/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.length > 1 && parts.every((part) => part.includes('@')) ? parts : [text];
}
