/** What contacts and leads have in common at rest: primary email and phone, names, and the words that find them. */
import type { EmailPart, PhonePart } from '../../shared/model/parts.ts';
import { foldText } from '../../shared/rules/normalise/fold.ts';

/** The one marked primary, else the first; null for none. */
export const primaryOf = <T extends { primary: boolean }>(parts: readonly T[]): T | null =>
  parts.find((part) => part.primary) ?? parts[0] ?? null;

export const foldOrNull = (text: string | null): string | null => (text === null ? null : foldText(text));

const familyNameFirst = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}々ー]+$/u;

/** `Given Middle Family`, or 鈴木太郎 where the name is written so; without what is missing, '' when all is. */
export function personName(values: {
  givenName: string | null;
  middleName: string | null;
  familyName: string | null;
}): string {
  const { givenName, middleName, familyName } = values;
  if (givenName !== null && familyName !== null && familyNameFirst.test(familyName + givenName)) {
    return familyName + givenName;
  }
  return [givenName, middleName, familyName].filter((part) => part !== null).join(' ');
}

/** Digits by which a phone is found: the E.164 ones, and as typed (national notation) when that differs. */
export function phoneWords(phone: PhonePart): string[] {
  const typed = phone.number.replace(/\D/g, '');
  const international = phone.e164?.slice(1) ?? '';
  if (typed === '') return [];
  return international === '' || international === typed ? [typed] : [international, typed];
}

export const emailWords = (emails: readonly EmailPart[]): string[] => emails.map((email) => email.address);
