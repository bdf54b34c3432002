/**
 * One description of each field drives form, list, filter, segment, import mapping, export, storage and change log.
 * Adding a field is one line in the entity's file and one column in a migration.
 *
 * Example: `jobTitle: text({ max: 200, import: ['Job Title', 'Title'] })`.
 *
 * Values at rest and on the wire: text → string; integer, number → number; boolean → boolean; date → 'YYYY-MM-DD';
 * instant → UTC epoch milliseconds; choice → one of its options; ref → the id of another record; list and json →
 * structured JSON. Blank is always `null`, never '' (an empty list is []).
 */
import { z } from 'zod';
import { cleanTags, mostTags } from '../rules/tags.ts';
import { type RecordId, uuidSchema } from './ids.ts';

export type FieldKind =
  | 'text'
  | 'longText'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'date'
  | 'instant'
  | 'choice'
  | 'multiChoice'
  | 'ref'
  | 'json';

/** Where a field may be used, beside its record's own page. All default to true except `import`. */
export type FieldUse = {
  /** May be a row of a segment or a list filter. */
  readonly segment: boolean;
  /** May be edited in a form. */
  readonly form: boolean;
  /** May be a column of a list. */
  readonly list: boolean;
  /** Leaves with exports of all columns. */
  readonly export: boolean;
};

export type Field<S extends z.ZodType = z.ZodType> = {
  readonly kind: FieldKind;
  readonly schema: S;
  /** Header names that an import takes for this field, in any case, spacing and punctuation. */
  readonly importNames: readonly string[];
  readonly use: FieldUse;
  /** `choice` and `multiChoice`. */
  readonly options?: readonly string[];
  /** `ref`: the entity it points at. */
  readonly target?: string;
  /** What a new record gets when nothing is said. `null` where absent. */
  readonly initial?: unknown;
  /** A record cannot be made without it. */
  readonly required?: boolean;
  /** Kept up by rules, not by people: refused in `create` and `update` calls. */
  readonly computed?: boolean;
  /** Follows from other data on this device: computed, and neither logged nor synced. A rebuild gives the same. */
  readonly derived?: boolean;
  /** What people call it, where they made it: built-in fields are called by the interface's own words. */
  readonly label?: string;
  /** A field of the workspace, and of which kind (custom-field.ts). */
  readonly custom?: 'text' | 'number' | 'date' | 'choice' | 'multiChoice' | 'yesNo' | 'link';
};

/** A field whose value is another record: an id on the wire, a row number at rest. */
export type RefField<S extends z.ZodType = z.ZodType> = Field<S> & { readonly kind: 'ref'; readonly target: string };

type Options = {
  readonly import?: readonly string[];
  readonly use?: Partial<FieldUse>;
  readonly computed?: boolean;
  readonly derived?: boolean;
};

const allUses: FieldUse = { segment: true, form: true, list: true, export: true };

function field<S extends z.ZodType>(
  kind: FieldKind,
  schema: S,
  options: Options,
  more: Partial<Field<S>> = {},
): Field<S> {
  return {
    kind,
    schema,
    importNames: options.import ?? [],
    use: { ...allUses, ...options.use },
    ...(options.computed || options.derived ? { computed: true } : {}),
    ...(options.derived ? { derived: true } : {}),
    ...more,
  };
}

/** Text without control characters other than tab and newline. `max` counts UTF-16 units. */
const cleanText = (max: number) =>
  z
    .string()
    .max(max)
    // eslint-style control ranges: everything below space but \t \n \r, and DEL
    .transform((value) => value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '').trim())
    .transform((value) => (value === '' ? null : value))
    .nullable();

export const text = (options: Options & { max?: number } = {}) => field('text', cleanText(options.max ?? 400), options);

/** Of a text of several lines. */
export const longestText = 100_000;

export const longText = (options: Options & { max?: number } = {}) =>
  field('longText', cleanText(options.max ?? longestText), options);

export const requiredText = (options: Options & { max?: number } = {}) =>
  field(
    'text',
    z
      .string()
      .max(options.max ?? 400)
      .transform((value) => value.replace(/[\u0000-\u001f\u007f]/g, ' ').trim())
      .refine((value) => value !== '', 'must not be blank'),
    options,
    { required: true },
  );

export const integer = (options: Options & { min?: number; max?: number; initial?: number } = {}) =>
  field(
    'integer',
    z
      .int()
      .min(options.min ?? Number.MIN_SAFE_INTEGER)
      .max(options.max ?? Number.MAX_SAFE_INTEGER)
      .nullable(),
    options,
    options.initial === undefined ? {} : { initial: options.initial },
  );

export const number = (options: Options = {}) => field('number', z.number().nullable(), options);

/** Two-valued: never null. */
export const flag = (initial: boolean, options: Options = {}) => field('boolean', z.boolean(), options, { initial });

/** Yes, no or not known. */
export const yesNo = (options: Options = {}) => field('boolean', z.boolean().nullable(), options);

/** A calendar day without a time zone: 'YYYY-MM-DD'. */
export const date = (options: Options = {}) => field('date', z.iso.date().nullable(), options);

/** UTC epoch milliseconds. */
export const instant = (options: Options = {}) => field('instant', z.int().nullable(), options);

export const choice = <const O extends readonly [string, ...string[]]>(values: O, options: Options = {}) =>
  field('choice', z.enum(values).nullable(), options, { options: values });

/** A choice that always has a value. */
export const setChoice = <const O extends readonly [string, ...string[]]>(
  values: O,
  initial: O[number],
  options: Options = {},
) => field('choice', z.enum(values), options, { options: values, initial });

/** Short words that people choose freely: `shared/rules/tags.ts`. */
export const tags = (options: Options = {}) =>
  field(
    'multiChoice',
    z
      .array(z.string().max(1000))
      .max(mostTags)
      .transform((values) => cleanTags(values)),
    options,
    { initial: [] },
  );

/** A reference to another record by id. */
export const ref = <const E extends string>(target: E, options: Options = {}) =>
  field('ref', uuidSchema.transform((id) => id as RecordId<E>).nullable(), options, { target }) as RefField<
    z.ZodType<RecordId<E> | null, string | null>
  >;

export const requiredRef = <const E extends string>(target: E, options: Options = {}) =>
  field(
    'ref',
    uuidSchema.transform((id) => id as RecordId<E>),
    options,
    { target, required: true },
  ) as RefField<z.ZodType<RecordId<E>, string>>;

/** Structured data that is stored, compared and merged as one value. */
export const json = <S extends z.ZodType>(schema: S, initial: z.output<S>, options: Options = {}) =>
  field('json', schema, { ...options, use: { segment: false, list: false, ...options.use } }, { initial });

export type Fields = Readonly<Record<string, Field>>;

/** The values of a record, as stored and as sent. */
export type Values<F extends Fields> = { [K in keyof F]: z.output<F[K]['schema']> };

export type EntityDefinition<N extends string = string, F extends Fields = Fields> = {
  /** Singular, camelCase: the name in domain.md, also the table's name (in snake_case). */
  readonly name: N;
  /** Plural, camelCase: the area of its calls (`contacts.list`). */
  readonly area: string;
  readonly fields: F;
  /** Finds by part of any word. */
  readonly searchable: boolean;
  /** Fields a list may be sorted by; each has an index (test/unit asserts the plan). `label`, `createdAtMs` and `updatedAtMs` always are. */
  readonly sortable: readonly (keyof F & string)[];
  /** Appears in the change bundle for HQ and other laptops. */
  readonly synced: boolean;
  /** Grow-only sets: rows are added and withdrawn, never edited. */
  readonly appendOnly?: boolean;
  /** A workspace may add fields to it (custom-field.ts): its records carry values under `x_…` beside its own. */
  readonly extensible?: boolean;
};

export function entity<const N extends string, F extends Fields>(
  definition: Omit<EntityDefinition<N, F>, 'synced'> & { synced?: boolean },
): EntityDefinition<N, F> {
  return { synced: true, ...definition };
}

/** What every record carries beside its fields. */
export const recordMetaShape = {
  id: uuidSchema,
  /** How the record is called on screens. */
  label: z.string(),
  /** Clock of its last change; send it back as `baseVersion` to be told of a change in between. */
  version: z.int(),
  createdAtMs: z.int(),
  updatedAtMs: z.int(),
  /** Set while the record waits in the bin. */
  deletedAtMs: z.int().nullable(),
  /** Labels of the records that `ref` fields point at, by field name. */
  labels: z.record(z.string(), z.string()),
};
export type RecordMeta = z.output<z.ZodObject<typeof recordMetaShape>>;

export type RecordOf<F extends Fields> = RecordMeta & Values<F>;

type Shape<F extends Fields> = { [K in keyof F]: F[K]['schema'] };
type WritableShape<F extends Fields> = { [K in keyof F]: z.ZodOptional<F[K]['schema']> };

/** The name of a field that a workspace added (custom-field.ts says what it is made of). */
const customName = /^x_[0-9a-f]{12}$/;
/** A value of such a field; what it must be, the definition says, and the handler checks. */
const customValue = z.union([
  z.string().max(100_000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(400)).max(1000),
  z.null(),
]);

/**
 * Lets values of custom fields through beside the object's own; every other unknown name is refused. The static type
 * stays the object's: which names a workspace has, no type knows.
 */
function extended<S extends z.ZodObject>(object: S): S {
  return object.catchall(customValue).check(({ value, issues }) => {
    const keys = Object.keys(value).filter((name) => !(name in object.shape) && !customName.test(name));
    if (keys.length > 0) issues.push({ code: 'unrecognized_keys', keys, input: value });
  }) as unknown as S;
}

/** The record as `get` and `list` answer it. */
export function recordSchema<F extends Fields>(definition: EntityDefinition<string, F>) {
  const shape = Object.fromEntries(
    Object.entries(definition.fields).map(([name, each]) => [name, each.schema]),
  ) as Shape<F>;
  const record = z.object({ ...recordMetaShape, ...shape } as typeof recordMetaShape & Shape<F>);
  return definition.extensible ? extended(record) : record;
}

/** The values that `create` and `update` take: each field optional, computed ones refused, unknown ones refused. */
export function writableSchema<F extends Fields>(definition: EntityDefinition<string, F>) {
  const shape = Object.fromEntries(
    Object.entries(definition.fields)
      .filter(([, each]) => !each.computed)
      .map(([name, each]) => [name, each.schema.optional()]),
  ) as WritableShape<F>;
  const writable = z.strictObject(shape);
  return definition.extensible ? extended(writable) : writable;
}
