/**
 * What a hit does to the record that it hit (domain.md section 2): incoming values that are not blank fill empty fields
 * and never overwrite, unless the strategy says so. Lists gain what they lack and lose nothing.
 *
 * Example: `{ jobTitle: 'Buyer', company: null }` hit by `{ jobTitle: 'Head of Buying', company: 'Acme' }` gains the
 * company and keeps its job title.
 */
import type { AddressPart, Answer, EmailPart, FlaggedValue, PhonePart } from '../../model/parts.ts';
import { isCustomFieldName, longestText as longestCustomText } from '../../model/custom-field.ts';
import { longestText } from '../../model/field.ts';
import { emailKey } from '../normalise/email.ts';
import { foldText } from '../normalise/fold.ts';
import { changedTags, tagKey } from '../tags.ts';
import type { FieldHitAction, HitAction } from './definition.ts';

type Values = Readonly<Record<string, unknown>>;

const emailId = (email: EmailPart): string => emailKey(email.address) ?? foldText(email.address);
const phoneId = (phone: PhonePart): string =>
  `${phone.e164 ?? phone.number.replace(/\s+/g, '')}x${phone.extension ?? ''}`;
const addressId = (address: AddressPart): string =>
  foldText([address.street, address.street2, address.city, address.postalCode, address.country].join('|'));
const flagId = (flag: FlaggedValue): string => `${flag.field}|${flag.value}`;

/** The parts of `incoming` that `existing` lacks, put behind it; the same list where none is missing. */
function withMissing<T>(existing: readonly T[], incoming: readonly T[], idOf: (part: T) => string): readonly T[] {
  const known = new Set(existing.map(idOf));
  const missing = incoming.filter((part) => !known.has(idOf(part)) && known.add(idOf(part)));
  return missing.length === 0 ? existing : [...existing, ...missing];
}

/** Exactly one primary: the incoming one where it overwrites, else the one there was. */
function withOnePrimary<T extends { primary: boolean }>(parts: readonly T[], primary: T | undefined): readonly T[] {
  const chosen = primary ?? parts[0];
  if (parts.every((part) => part.primary === (part === chosen))) return parts;
  return parts.map((part) => (part.primary === (part === chosen) ? part : { ...part, primary: part === chosen }));
}

/** An impossible address or number does not join good ones: it stays among the flagged values. */
function mergeParts<T extends { primary: boolean; valid: boolean }>(
  existing: readonly T[],
  incoming: readonly T[],
  idOf: (part: T) => string,
  action: FieldHitAction,
): readonly T[] {
  if (existing.length === 0) return incoming;
  if (action === 'fillEmpty') return existing;
  const all = withMissing(
    existing,
    incoming.filter((part) => part.valid).map((part) => (part.primary ? { ...part, primary: false } : part)),
    idOf,
  );
  if (action !== 'overwrite') return all;
  const wanted = incoming.find((part) => part.primary && part.valid);
  return wanted === undefined
    ? all
    : withOnePrimary(
        all,
        all.find((part) => idOf(part) === idOf(wanted)),
      );
}

const isBlank = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

const asList = <T>(value: unknown): readonly T[] => (Array.isArray(value) ? (value as readonly T[]) : []);

/** What a hit does to a field that nothing is said of: lists gain what they lack. */
export function usualHit(field: string, onHit: HitAction): FieldHitAction {
  if (onHit === 'keep') return 'keep';
  switch (field) {
    case 'tags':
    case 'productIds':
      return 'append';
    case 'emails':
    case 'phones':
      return onHit === 'overwrite' ? 'overwrite' : 'append';
    case 'addresses':
      return onHit === 'overwrite' ? 'append' : 'fillEmpty';
    default:
      return onHit;
  }
}

/** A text with another one below it, unless it holds those lines already; null where it would be longer than it may be. */
function withText(field: string, before: string, added: string): string | null {
  if (`\n${before}\n`.includes(`\n${added}\n`)) return before;
  const all = `${before}\n${added}`;
  return all.length > (isCustomFieldName(field) ? longestCustomText : longestText) ? null : all;
}

/** What there is no room for below a text is flagged and kept: nothing of a file is dropped without a word. */
function withoutRoom(
  existing: Values,
  incoming: Values,
  actionOf: (field: string) => FieldHitAction,
): readonly FlaggedValue[] {
  return Object.entries(incoming).flatMap(([field, value]) => {
    const before = existing[field];
    if (actionOf(field) !== 'append' || typeof before !== 'string' || typeof value !== 'string') return [];
    const isFull = before !== '' && value !== '' && withText(field, before, value) === null;
    return isFull ? [{ field, value, reason: 'noRoom' }] : [];
  });
}

/** The spelling that a record got first stays. */
const spelledAs = (before: readonly string[], tags: readonly string[]): readonly string[] =>
  tags.map((tag) => before.find((each) => tagKey(each) === tagKey(tag)) ?? tag);

/** Lists that a person chose to replace take what comes; others keep what they have and gain what they lack. */
function mergeList<T>(before: readonly T[], value: readonly T[], action: FieldHitAction, idOf: (part: T) => string) {
  if (before.length === 0 || action === 'overwrite') return value;
  return action === 'append' ? withMissing(before, value, idOf) : before;
}

function mergeField(field: string, existing: Values, value: unknown, action: FieldHitAction): unknown {
  const before = existing[field];
  switch (field) {
    case 'emails':
      return mergeParts<EmailPart>(asList(before), asList(value), emailId, action);
    case 'phones':
      return mergeParts<PhonePart>(asList(before), asList(value), phoneId, action);
    case 'addresses':
      if (isBlank(before) || action === 'fillEmpty') return isBlank(before) ? value : before;
      // the first of the list is the one that is shown
      return action === 'overwrite'
        ? withMissing<AddressPart>(asList(value), asList(before), addressId)
        : withMissing<AddressPart>(asList(before), asList(value), addressId);
    case 'answers': {
      const answers = asList<Answer>(value);
      const kept = asList<Answer>(before);
      if (action !== 'overwrite') return withMissing<Answer>(kept, answers, (each) => each.questionId);
      const replaced = new Map(answers.map((each) => [each.questionId, each]));
      const after = new Map(kept.map((each) => [each.questionId, each]));
      for (const [questionId, answer] of replaced) after.set(questionId, answer);
      return [...after.values()];
    }
    case 'tags':
      if (action === 'append') return changedTags(asList(before), asList(value), []);
      return mergeList<string>(asList(before), spelledAs(asList(before), asList(value)), action, tagKey);
    case 'productIds':
      return mergeList<string>(asList(before), asList(value), action, (each) => each);
    default:
      if (!isAllowance(field)) return mergePlain(field, before, value, action);
      // "allow" is what nobody ever said: a no is taken from anywhere, a yes does not take a no back
      return value === false || action === 'overwrite' ? value : before;
  }
}

const allowances = new Set(['allowEmail', 'allowBulkEmail', 'allowPhone', 'allowPost']);
const isAllowance = (field: string): boolean => allowances.has(field);

function mergePlain(field: string, before: unknown, value: unknown, action: FieldHitAction): unknown {
  if (isBlank(before) || action === 'overwrite') return value;
  if (action !== 'append') return before;
  if (Array.isArray(before)) return withMissing<unknown>(before, asList(value), String);
  return typeof before === 'string' && typeof value === 'string' ? (withText(field, before, value) ?? before) : before;
}

/** Import fields whose values rest in a list. */
export const partLists: Readonly<Partial<Record<string, string>>> = {
  email: 'emails',
  email2: 'emails',
  phone: 'phones',
  phone2: 'phones',
  mobilePhone: 'phones',
  homePhone: 'phones',
  otherPhone: 'phones',
  fax: 'phones',
};

/** Whether a record might take a value for the field. */
function wouldTake(existing: Values, field: string, action: FieldHitAction): boolean {
  if (action === 'keep') return false;
  // a no is taken from anywhere, and what nobody can read may be one
  return partLists[field] !== undefined || isBlank(existing[field]) || action === 'overwrite' || isAllowance(field);
}

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/**
 * The fields that change, with their new values; empty where none does. `hits`: what was chosen for single fields, by
 * field; the others do as `onHit` says.
 */
export function mergeValues(
  existing: Values,
  incoming: Values,
  onHit: HitAction,
  hits: Readonly<Partial<Record<string, FieldHitAction>>> = {},
): Record<string, unknown> {
  const patch: Record<string, unknown> = {};
  const actionOf = (field: string): FieldHitAction => hits[field] ?? usualHit(field, onHit);
  for (const [field, value] of Object.entries(incoming)) {
    if (isBlank(value) || field === 'flaggedValues') continue;
    const action = actionOf(field);
    if (action === 'keep') continue;
    const after = mergeField(field, existing, value, action);
    if (!same(existing[field] ?? null, after ?? null)) patch[field] = after;
  }
  const full = withoutRoom(existing, incoming, actionOf);
  // what the record would not have taken, had it been readable, is no loss: a value that was put right since is not
  // flagged again; one that was cut is, where the record takes the cut one
  const isTaken = (field: string): boolean => field in patch || full.some((each) => each.field === field);
  const open = asList<FlaggedValue>(incoming.flaggedValues).filter(({ field, reason }) =>
    reason === 'tooLong' && !isBlank(existing[field]) ? isTaken(field) : wouldTake(existing, field, actionOf(field)),
  );
  if (open.length + full.length === 0) return patch;
  const before = asList<FlaggedValue>(existing.flaggedValues);
  const flags = withMissing<FlaggedValue>(before, [...open, ...full], flagId);
  if (flags !== before) patch.flaggedValues = flags;
  return patch;
}
