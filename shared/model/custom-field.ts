/**
 * Fields that a workspace adds to contacts, accounts, leads and events (`customField` records). A definition becomes a
 * `Field`, so that whatever is driven by field descriptions serves it like a built-in one. Its values lie flat in the
 * record: on the wire, in the change log and as a column of its own.
 *
 * The name in all these places is `x_` and the last twelve hex digits of the definition's id: two laptops that each add a
 * field never mean the same one, and a new title renames nothing.
 *
 * Example: the definition `0190…-8f3a5b7c9d1e` titled "Badge colour" is `contact.x_8f3a5b7c9d1e`.
 */
import { z } from 'zod';
import type { Field, FieldKind, Fields, FieldUse } from './field.ts';

export const customFieldKinds = ['text', 'number', 'date', 'choice', 'multiChoice', 'yesNo', 'link'] as const;
export type CustomFieldKind = (typeof customFieldKinds)[number];

export const customFieldEntities = ['contact', 'account', 'lead', 'event'] as const;
export type CustomFieldEntity = (typeof customFieldEntities)[number];

export const hasCustomFields = (entity: string): entity is CustomFieldEntity =>
  (customFieldEntities as readonly string[]).includes(entity);

/** What there is to know of a custom field; a `customField` record has all of it. */
export type CustomFieldDefinition = {
  readonly id: string;
  /** What people see. */
  readonly name: string;
  readonly entity: CustomFieldEntity;
  readonly kind: CustomFieldKind;
  /** `choice` and `multiChoice`, in the order in which they are offered. */
  readonly options: readonly string[];
  readonly help: string | null;
  readonly position: number | null;
};

export type CustomFieldName = `x_${string}`;

/** The name under which its values are kept and sent. */
export const customFieldName = (id: string): CustomFieldName => `x_${id.slice(-12)}`;

const namePattern = /^x_[0-9a-f]{12}$/;
export const isCustomFieldName = (name: string): name is CustomFieldName => namePattern.test(name);

export const longestText = 4000;
const longestLink = 2000;

const withoutControls = (value: string): string =>
  // eslint-style control ranges: everything below space but \t \n \r, and DEL
  value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '').trim();

/**
 * The address as it is kept, null where it is none that may be opened: http, https or mailto only. What looks like a
 * site without a scheme gets https.
 */
export function checkedLink(typed: string): string | null {
  const text = withoutControls(typed);
  if (text === '' || text.length > longestLink || /[\s<>"`{}|\\^]/.test(text)) return null;
  if (/^mailto:[^@?]+@[^@?]+(\?.*)?$/i.test(text)) return text;
  if (/^https?:\/\/[^/?#@:]+(:\d{1,5})?([/?#].*)?$/i.test(text)) return text;
  return /^([\p{L}\p{N}-]+\.)+\p{L}{2,}(:\d{1,5})?([/?#].*)?$/u.test(text) ? `https://${text}` : null;
}

const textSchema = z
  .string()
  .max(longestText)
  .transform(withoutControls)
  .transform((value) => (value === '' ? null : value))
  .nullable();

const linkSchema = z
  .string()
  .max(longestLink)
  .transform((value, context) => {
    if (value.trim() === '') return null;
    const link = checkedLink(value);
    if (link !== null) return link;
    context.addIssue({ code: 'custom', message: 'must be an address that begins with https://, http:// or mailto:' });
    return z.NEVER;
  })
  .nullable();

/** A number that JSON, SQLite and a spreadsheet hold alike. */
const numberSchema = z.number().nullable();

function choiceSchema(options: readonly string[]) {
  return z
    .string()
    .transform((value, context) => {
      if (value === '') return null;
      if (options.includes(value)) return value;
      context.addIssue({ code: 'custom', message: `must be one of: ${options.join(', ')}` });
      return z.NEVER;
    })
    .nullable();
}

function multiChoiceSchema(options: readonly string[]) {
  return z
    .array(z.string())
    .transform((values, context) => {
      const unknown = values.filter((value) => !options.includes(value));
      if (unknown.length > 0) {
        context.addIssue({ code: 'custom', message: `does not know: ${unknown.slice(0, 5).join(', ')}` });
        return z.NEVER;
      }
      // in the order of the options, each once: the same choice is the same value
      const chosen = options.filter((option) => values.includes(option));
      return chosen.length === 0 ? null : chosen;
    })
    .nullable();
}

const shapes: Readonly<
  Record<CustomFieldKind, { readonly kind: FieldKind; readonly schema: (options: readonly string[]) => z.ZodType }>
> = {
  text: { kind: 'text', schema: () => textSchema },
  number: { kind: 'number', schema: () => numberSchema },
  date: { kind: 'date', schema: () => z.iso.date().nullable() },
  choice: { kind: 'choice', schema: choiceSchema },
  multiChoice: { kind: 'multiChoice', schema: multiChoiceSchema },
  yesNo: { kind: 'boolean', schema: () => z.boolean().nullable() },
  link: { kind: 'text', schema: () => linkSchema },
};

const everywhere: FieldUse = { segment: true, form: true, list: true, export: true };

/** The description that forms, lists, filters, segments, import, export and the store go by. */
export function customFieldOf({
  name,
  kind,
  options,
}: Pick<CustomFieldDefinition, 'name' | 'kind' | 'options'>): Field {
  const shape = shapes[kind];
  const isChoice = kind === 'choice' || kind === 'multiChoice';
  return {
    kind: shape.kind,
    schema: shape.schema(options),
    importNames: [name],
    use: everywhere,
    label: name,
    custom: kind,
    ...(isChoice ? { options } : {}),
  };
}

/** By their names, in the order in which people see them. */
export function customFieldsOf(definitions: readonly CustomFieldDefinition[], entity: string): Fields {
  return Object.fromEntries(
    definitions
      .filter((each) => each.entity === entity)
      .toSorted(byPosition)
      .map((each) => [customFieldName(each.id), customFieldOf(each)]),
  );
}

/** As they are shown: by position, then in the order in which they were made. */
export function byPosition(a: CustomFieldDefinition, b: CustomFieldDefinition): number {
  const place = (a.position ?? Number.MAX_SAFE_INTEGER) - (b.position ?? Number.MAX_SAFE_INTEGER);
  return place !== 0 ? place : a.id < b.id ? -1 : 1;
}

/**
 * Does a value that came from elsewhere (the change log, another laptop, a column) fit the kind? Options are not looked
 * at: one that was taken away since is kept and shown as it is.
 */
export function fitsCustomKind(kind: CustomFieldKind, value: unknown): boolean {
  if (value === null) return true;
  switch (kind) {
    case 'text':
    case 'choice':
    case 'link':
      return typeof value === 'string' && value !== '';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'date':
      return typeof value === 'string' && z.iso.date().safeParse(value).success;
    case 'yesNo':
      return typeof value === 'boolean';
    case 'multiChoice':
      return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string');
  }
}
