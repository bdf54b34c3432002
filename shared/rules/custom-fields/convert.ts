/**
 * What a custom field's value becomes when the field changes its kind: the same thing said in another way, or nothing at
 * all. A change that would lose something of any value is refused as a whole (ours; the reference product allows none).
 *
 * Example: `convertValue('number', 'text', 42, [])` is '42', `convertValue('text', 'number', '007', [])` is `undefined`:
 * the zeros would be gone.
 */
import { z } from 'zod';
import { checkedLink, type CustomFieldKind, fitsCustomKind, longestText } from '../../model/custom-field.ts';
import { foldText } from '../normalise/fold.ts';

/** Between the values of a multi-choice in one text. */
const between = '; ';

/** `undefined` where it cannot be said in the other kind. Blank stays blank. */
export function convertValue(
  from: CustomFieldKind,
  to: CustomFieldKind,
  value: unknown,
  options: readonly string[],
): unknown {
  if (value === null) return null;
  if (!fitsCustomKind(from, value)) return undefined;
  if (from === to) return value;
  const text = textOf(from, value);
  return text === undefined ? undefined : valueOf(to, text, options);
}

function textOf(kind: CustomFieldKind, value: unknown): string | undefined {
  switch (kind) {
    case 'text':
    case 'choice':
    case 'link':
    case 'date':
      return value as string;
    case 'number':
      return String(value);
    case 'yesNo':
      return value === true ? 'yes' : 'no';
    case 'multiChoice': {
      const values = value as readonly string[];
      return values.some((each) => each.includes(';')) && values.length > 1 ? undefined : values.join(between);
    }
  }
}

function valueOf(kind: CustomFieldKind, text: string, options: readonly string[]): unknown {
  switch (kind) {
    case 'text':
      return text.length <= longestText ? text : undefined;
    case 'link':
      return checkedLink(text) ?? undefined;
    case 'number':
      return numberOf(text);
    case 'date':
      return z.iso.date().safeParse(text.trim()).success ? text.trim() : undefined;
    case 'yesNo':
      return yesNoOf(text);
    case 'choice':
      return optionOf(text, options);
    case 'multiChoice': {
      const whole = optionOf(text, options);
      if (whole !== undefined) return [whole];
      const chosen = text.split(';').map((each) => optionOf(each, options));
      return chosen.includes(undefined) ? undefined : options.filter((option) => chosen.includes(option));
    }
  }
}

/** Digits that a number holds as they are: no leading zeros, no more of them than it can tell apart. */
function numberOf(text: string): number | undefined {
  const digits = text.trim();
  if (!/^-?(0|[1-9]\d*)(\.\d+)?$/.test(digits) || digits.replace(/[-.]/g, '').length > 15) return undefined;
  return Number(digits) + 0;
}

const yes = new Set(['yes', 'true', '1']);
const no = new Set(['no', 'false', '0']);

function yesNoOf(text: string): boolean | undefined {
  const folded = foldText(text);
  if (yes.has(folded)) return true;
  return no.has(folded) ? false : undefined;
}

/** The option that a text means, whatever its case and accents. */
export function optionOf(text: string, options: readonly string[]): string | undefined {
  const folded = foldText(text);
  return options.find((option) => option === text.trim()) ?? options.find((option) => foldText(option) === folded);
}
