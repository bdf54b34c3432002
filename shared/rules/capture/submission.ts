/**
 * What a capture means before anything is looked up: whether it is complete, which context it belongs to, what the
 * consent comes to (domain.md sections 1 and 2).
 *
 * Example: a form that belongs to an event gives its leads the capture source `event:<id>`, so that the same person at
 * two forms of one event is one lead.
 */
import { type ConsentLevel, consentRank } from '../../model/picklists.ts';
import type { Answer } from '../../model/parts.ts';
import { effectiveLevel } from '../permission.ts';
import type { MappedRow } from '../formats/row.ts';
import { foldText } from '../normalise/fold.ts';
import type { CaptureField, CaptureFormDefinition } from './definition.ts';

export type CaptureValues = Readonly<Partial<Record<CaptureField, string>>>;

const isAnswered = (answers: readonly Answer[], questionId: string): boolean =>
  answers.some(({ questionId: id, value }) => {
    if (id !== questionId) return false;
    return typeof value === 'number' || (typeof value === 'string' ? value.trim() !== '' : value.length > 0);
  });

/** The first field or question that must be filled in and is not; null where all are. */
export function missingIn(
  definition: CaptureFormDefinition,
  values: CaptureValues,
  answers: readonly Answer[],
): string | null {
  const field = definition.fields.find((each) => each.required && (values[each.field] ?? '').trim() === '');
  if (field) return field.field;
  return definition.questions.find((each) => each.required && !isAnswered(answers, each.id))?.id ?? null;
}

/** What was given in fields that the workspace added. */
export type OwnValues = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export const isGiven = (value: OwnValues[string] | undefined): boolean =>
  value !== undefined && (typeof value === 'string' ? value.trim() !== '' : !Array.isArray(value) || value.length > 0);

/** The same form without what it asks in fields that are no longer there. */
export const ownOf = (
  { own = [] }: CaptureFormDefinition,
  isField: (name: string) => boolean,
): NonNullable<CaptureFormDefinition['own']> => own.filter(({ field }) => isField(field));

export const captureSourceOf = (formId: string, eventId: string | null): string =>
  eventId === null ? `form:${formId}` : `event:${eventId}`;

/** Capture fields have the names of import fields: one reader serves both. */
export function rowOfCapture(values: CaptureValues): MappedRow {
  const row: MappedRow = {};
  for (const [field, value] of Object.entries(values)) {
    const text = value.trim();
    if (text !== '') row[field as CaptureField] = text;
  }
  return row;
}

/** Agreeing at a form adds to what somebody agreed to before and takes nothing back; a child stays below profiling. */
export function consentAfter(before: ConsentLevel, agreed: ConsentLevel, child: boolean): ConsentLevel {
  const higher = consentRank(agreed) > consentRank(before) ? agreed : before;
  return effectiveLevel({ consentLevel: higher, child });
}

type Kept = Readonly<Record<string, unknown>> | null;

const saidAs: Partial<Readonly<Record<CaptureField, string>>> = {
  topic: 'Interest',
  description: 'Note',
  company: 'Company',
  jobTitle: 'Job title',
  role: 'Role',
};

/**
 * What was said this time and stands on none of the records, since a match fills what is empty and overwrites nothing:
 * it is kept with the visit, so that nothing said at a booth is lost. Example: a second interest of somebody who has an
 * open lead of this event is `Interest: Drones`.
 */
export function saidBesides(
  values: CaptureValues,
  answers: readonly Answer[],
  records: readonly Kept[],
): readonly string[] {
  const stands = (field: string, said: string): boolean =>
    records.some((record) => {
      const kept = record?.[field];
      return typeof kept === 'string' && foldText(kept) === foldText(said);
    });
  const fields = Object.entries(saidAs).flatMap(([field, word]) => {
    const said = (values[field as CaptureField] ?? '').trim();
    return said === '' || stands(field, said) ? [] : [`${word}: ${field === 'role' ? inWords(said) : said}`];
  });
  const kept = records.flatMap((record) => (Array.isArray(record?.['answers']) ? (record['answers'] as Answer[]) : []));
  const given = answers
    .filter(
      ({ questionId, value }) => !kept.some((each) => each.questionId === questionId && isEqual(each.value, value)),
    )
    .map(({ question, value }) => `${question} ${Array.isArray(value) ? value.join(', ') : value}`);
  return [...fields, ...given];
}

const isEqual = (one: Answer['value'], other: Answer['value']): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** `decisionMaker` → `decision maker`. */
const inWords = (option: string): string => option.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
