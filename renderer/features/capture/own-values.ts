/**
 * Fields of the workspace on a capture form: what stands in an input becomes the value that the record keeps.
 *
 * Example: '1 250' in a number's input is 1250; 'soon' is none, and is said at the field.
 */
import type { Field } from '../../../shared/model/field.ts';
import { customNames, fieldsNow } from '../../app/workspace-fields.ts';
import type { AskedOwn, CaptureDraft } from './capture-draft.ts';

export type OwnInput = CaptureDraft['own'][string];
type Kept = string | number | boolean | string[];

const isBlank = (typed: OwnInput): boolean => (typeof typed === 'string' ? typed.trim() === '' : typed.length === 0);

/** Of contacts and of leads; a name is nobody else's. */
export function ownField(name: string): Field | undefined {
  const field = fieldsNow('contact')[name] ?? fieldsNow('lead')[name];
  return field?.custom === undefined ? undefined : field;
}

/** All that a form may ask for. */
export const askableNames = () => [...customNames(fieldsNow('contact')), ...customNames(fieldsNow('lead'))];

/** `undefined` for what is no value of the field; null for nothing. */
export function keptOf(field: Field, typed: OwnInput): Kept | null | undefined {
  if (isBlank(typed)) return null;
  const text = typeof typed === 'string' ? typed.trim() : '';
  const parsed = field.schema.safeParse(
    field.custom === 'number' ? numberOf(text) : field.custom === 'yesNo' ? text === 'yes' : typed,
  );
  return parsed.success ? (parsed.data as Kept | null) : undefined;
}

/** Spaces and apostrophes between thousands, a comma or a point before decimals. */
function numberOf(text: string): number {
  const digits = text.replace(/[\s\u00a0\u202f'’]/g, '').replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(digits) ? Number(digits) : Number.NaN;
}

/** Names of the fields in which something stands that they cannot hold. */
export const refusedOwn = (draft: CaptureDraft, asked: AskedOwn): readonly string[] =>
  asked.flatMap(({ field: name }) => {
    const field = ownField(name);
    return field !== undefined && keptOf(field, draft.own[name] ?? '') === undefined ? [name] : [];
  });

/** As the contract takes them: only those given. */
export const ownOfDraft = (draft: CaptureDraft, asked: AskedOwn): Record<string, Kept> =>
  Object.fromEntries(
    asked.flatMap(({ field: name }) => {
      const field = ownField(name);
      const kept = field === undefined ? null : keptOf(field, draft.own[name] ?? '');
      return kept === null || kept === undefined ? [] : [[name, kept]];
    }),
  );
