/**
 * Who an item could be, those that agree with it most first, with what agrees: two people share an address, and only
 * one of them also the name. Of equals the order of the match stays, the last touched first.
 */
import type { ReviewItem } from '../../../shared/contract/imports.ts';
import { emailKey } from '../../../shared/rules/normalise/email.ts';
import { foldText } from '../../../shared/rules/normalise/fold.ts';
import { readStored, uuidOf } from '../../../db/records/read.ts';
import type { ReadableStore } from '../../../db/store.ts';

type Target = 'contact' | 'lead' | 'account';
type Values = Readonly<Record<string, string | undefined>>;

/** More than this is no choice any more. */
const mostOffered = 20;
const mostCompared = 100;

export function candidatesOf(
  store: ReadableStore,
  entity: Target,
  ids: readonly number[],
  values: Values,
): ReviewItem['candidates'] {
  const found = ids.slice(0, mostCompared).flatMap((id) => {
    const record = readStored(store, entity, id);
    if (record === null) return [];
    const theirs: Readonly<Record<string, unknown>> = record.values;
    const same = agreeing(entity, values, record.label, theirs);
    const why = same.length > 0 ? `Same ${same.join(', ')}` : distinguishing(record.label, theirs);
    return [{ row: id, label: record.label, why, agreement: same.length }];
  });
  return found
    .toSorted((a, b) => b.agreement - a.agreement)
    .slice(0, mostOffered)
    .map(({ row, label, why }) => ({ id: uuidOf(store, entity, row), label, why }));
}

const words = {
  givenName: 'given name',
  familyName: 'family name',
  company: 'company',
  jobTitle: 'job title',
  website: 'website',
  topic: 'topic',
} as const;

function agreeing(
  entity: Target,
  values: Values,
  label: string,
  theirs: Readonly<Record<string, unknown>>,
): readonly string[] {
  const same: string[] = [];
  const emails = [values['email'], values['email2']].flatMap((each) => emailKey(each ?? '') ?? []);
  if (partsOf(theirs['emails'], 'address').some((each) => emails.includes(emailKey(each) ?? ''))) same.push('email');
  const phones = Object.entries(values).flatMap(([field, value]) => (/phone/i.test(field) ? [lastDigits(value)] : []));
  if (partsOf(theirs['phones'], 'number').some((each) => lastDigits(each) !== '' && phones.includes(lastDigits(each))))
    same.push('phone');
  const name = entity === 'account' ? values['accountName'] : values['fullName'];
  if (isSame(name, label)) same.push('name');
  for (const [field, word] of Object.entries(words)) if (isSame(values[field], theirs[field])) same.push(word);
  return same;
}

const isSame = (mine: string | undefined, theirs: unknown): boolean =>
  typeof theirs === 'string' && (mine ?? '').trim() !== '' && foldText(mine ?? '') === foldText(theirs);

/** Written with or without its country code, it is the same number. */
function lastDigits(phone: string | undefined): string {
  const digits = (phone ?? '').replace(/\D/g, '');
  return digits.length < 7 ? '' : digits.slice(-8);
}

const partsOf = (list: unknown, key: string): readonly string[] =>
  Array.isArray(list)
    ? list.flatMap((part: unknown) => {
        const value =
          typeof part === 'object' && part !== null ? (part as Readonly<Record<string, unknown>>)[key] : null;
        return typeof value === 'string' ? [value] : [];
      })
    : [];

const distinguishing = (label: string, theirs: Readonly<Record<string, unknown>>): string =>
  [theirs['company'] ?? theirs['website'], partsOf(theirs['emails'], 'address')[0]]
    .filter((each) => typeof each === 'string' && each !== '' && each !== label)
    .join(' · ');
