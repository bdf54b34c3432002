/**
 * The person being captured, kept on this laptop as typed, one per form: a reload, a crash or an empty battery loses
 * nothing. The capture key is made once per person, so that saving twice is once.
 */
import { z } from 'zod';
import { entities } from '../../../shared/model/entities.ts';
import { type Answer, emailPartSchema, longestAnswer, phonePartSchema } from '../../../shared/model/parts.ts';
import {
  captureFields,
  type CaptureField,
  type CaptureFormDefinition,
  type Question,
} from '../../../shared/rules/capture/definition.ts';

const answerValueSchema = z.union([z.string(), z.number(), z.array(z.string())]);
export type AnswerValue = z.output<typeof answerValueSchema>;

const captureDraftSchema = z.object({
  captureKey: z.string().min(1),
  values: z.partialRecord(z.enum(captureFields), z.string()).default({}),
  answers: z.record(z.string(), answerValueSchema).default({}),
  /** What was typed or chosen in fields of the workspace: numbers and days as they stand in their inputs. */
  own: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
  consented: z.boolean().default(false),
  /** The known person chosen while typing. */
  known: z.object({ id: z.string(), label: z.string(), company: z.string().nullable() }).nullable().default(null),
  startedAtMs: z.int().nullable().default(null),
});
export type CaptureDraft = z.output<typeof captureDraftSchema>;

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
const keyOf = (formId: string) => `outpost.capture.${formId}`;

export const emptyDraft = (captureKey: string): CaptureDraft => captureDraftSchema.parse({ captureKey });

export function loadDraft(store: Store, formId: string, newKey: () => string): CaptureDraft {
  const text = store.getItem(keyOf(formId));
  if (text === null) return emptyDraft(newKey());
  try {
    const parsed = captureDraftSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : emptyDraft(newKey());
  } catch {
    return emptyDraft(newKey());
  }
}

/** False where the browser refuses (storage full or switched off): the screen then says that drafts are not kept. */
export function saveDraft(store: Store, formId: string, draft: CaptureDraft): boolean {
  try {
    if (isBlank(draft)) store.removeItem(keyOf(formId));
    else store.setItem(keyOf(formId), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

const isBlankValue = (value: AnswerValue | undefined): boolean =>
  value === undefined || (typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0);

export const isBlank = (draft: CaptureDraft): boolean =>
  Object.values(draft.values).every((value) => value.trim() === '') &&
  Object.values(draft.answers).every(isBlankValue) &&
  Object.values(draft.own).every(isBlankValue) &&
  !draft.consented &&
  draft.known === null;

/** Fields of the workspace that a form asks for, those that are gone left out. */
export type AskedOwn = NonNullable<CaptureFormDefinition['own']>;

/** What is still wanted before saving, in the order of the screen. */
export type Missing =
  | { readonly kind: 'field'; readonly field: CaptureField }
  | { readonly kind: 'own'; readonly field: string }
  | { readonly kind: 'question'; readonly id: string };

export function missingIn(
  draft: CaptureDraft,
  definition: CaptureFormDefinition,
  own: AskedOwn = [],
): readonly Missing[] {
  const fields = definition.fields
    .filter(({ field, required }) => required && (draft.values[field] ?? '').trim() === '')
    // A topic that is left out gets the form's default.
    .filter(({ field }) => !(field === 'topic' && definition.defaultTopic.trim() !== ''))
    .map(({ field }) => ({ kind: 'field' as const, field }));
  const questions = definition.questions
    .filter(({ id, required }) => required && isBlankValue(draft.answers[id]))
    .map(({ id }) => ({ kind: 'question' as const, id }));
  const ofWorkspace = own
    .filter(({ field, required }) => required && isBlankValue(draft.own[field]))
    .map(({ field }) => ({ kind: 'own' as const, field }));
  return [...fields, ...ofWorkspace, ...questions];
}

/** Far beyond what is said at a booth, and as much as a capture carries. */
const longestNote = 20_000;

const schemaOf = (field: CaptureField): z.ZodType => {
  switch (field) {
    case 'email':
      return emailPartSchema.shape.address;
    case 'phone':
      return phonePartSchema.shape.number;
    case 'description':
      return z.string().max(longestNote);
    case 'topic':
      return entities.lead.fields.topic.schema;
    default:
      return entities.contact.fields[field].schema;
  }
};

/** How many characters the record holds, where more were typed; null where it fits. */
export function mostOf(field: CaptureField, value: string): number | null {
  const issue = schemaOf(field)
    .safeParse(value.trim())
    .error?.issues.find(({ code }) => code === 'too_big');
  return issue?.code === 'too_big' ? Number(issue.maximum) : null;
}

export const mostOfAnswer = (value: AnswerValue | undefined): number | null =>
  typeof value === 'string' && value.length > longestAnswer ? longestAnswer : null;

/** Refused where it was typed, and nothing is cut: what is this long was pasted into the wrong place. */
export const isTooLong = (draft: CaptureDraft, definition: CaptureFormDefinition): boolean =>
  definition.fields.some(({ field }) => mostOf(field, draft.values[field] ?? '') !== null) ||
  definition.questions.some(({ id }) => mostOfAnswer(draft.answers[id]) !== null);

/** The answers as the contract takes them: only those given, with the question as it was shown. */
export function answersOf(draft: CaptureDraft, questions: readonly Question[]): Answer[] {
  return questions.flatMap(({ id, label }) => {
    const value = draft.answers[id];
    return value === undefined || isBlankValue(value) ? [] : [{ questionId: id, question: label, value }];
  });
}

export function valuesOf(
  draft: CaptureDraft,
  definition: CaptureFormDefinition,
): Partial<Record<CaptureField, string>> {
  const given: Partial<Record<CaptureField, string>> = {};
  for (const { field } of definition.fields) {
    const value = (draft.values[field] ?? '').trim();
    if (value !== '') given[field] = value;
  }
  return given;
}

/**
 * Which option a key press chooses: 1–9 by position, and 0 for the tenth. Example: `optionByKey(['Yes', 'No'], '2')`
 * is 'No'.
 */
export function optionByKey(options: readonly string[], key: string): string | null {
  if (!/^[0-9]$/.test(key)) return null;
  return options[key === '0' ? 9 : Number(key) - 1] ?? null;
}

export const keyOfOption = (index: number): string | null => (index < 9 ? String(index + 1) : index === 9 ? '0' : null);

export function toggled(values: readonly string[], value: string): string[] {
  return values.includes(value) ? values.filter((each) => each !== value) : [...values, value];
}
