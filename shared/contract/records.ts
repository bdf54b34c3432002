/** The calls that every kind of record has: list, get, create, update, remove, restore. */
import { z } from 'zod';
import {
  type EntityDefinition,
  type Fields,
  recordSchema,
  type RecordMeta,
  type Values,
  writableSchema,
} from '../model/field.ts';
import { uuidSchema } from '../model/ids.ts';
import { rowSchema } from '../rules/segment/schema.ts';
import { type Call, call, type ErrorCode } from './call.ts';
import { jobIdSchema } from './parts.ts';

/** Named selections of a list, beside its filters; which role starts with which: `shared/model/views.ts`. */
export const listViewIds = [
  'all',
  'mine',
  'sales',
  'teleprospecting',
  'salesReady',
  'unlinked',
  'marketingOnly',
  'withoutContact',
  'open',
  'bin',
] as const;
export type ListViewId = (typeof listViewIds)[number];

export const listInputSchema = z.strictObject({
  /** Rows wanted, 1 to 500. */
  limit: z.int().min(1).max(500).default(50),
  /** Where the page starts in the whole list (a scrollbar's position); served through anchors, not by walking. */
  offset: z.int().min(0).optional(),
  /** The `next` of the page before; wins over `offset`. */
  after: z.string().max(2000).optional(),
  /** `label`, `createdAtMs`, `updatedAtMs` or a sortable field of the entity. */
  sort: z.strictObject({ field: z.string().max(80), direction: z.enum(['asc', 'desc']) }).optional(),
  /** Part of any word of names, company, email; phone digits in any notation. Several words must all be found. */
  search: z.string().max(400).optional(),
  view: z.enum(listViewIds).optional(),
  /** Rows of the segment language on the record's own fields; all must hold. */
  filters: z.array(rowSchema).max(50).optional(),
});
export type ListInput = z.input<typeof listInputSchema>;
export type ParsedListInput = z.output<typeof listInputSchema>;

/** What a bulk call is for: these records, or all that a list holds, but for some. */
export const bulkSelectionSchema = z.union([
  z.strictObject({ ids: z.array(uuidSchema).min(1).max(10_000) }),
  z.strictObject({
    list: listInputSchema.pick({ search: true, view: true, filters: true }),
    except: z.array(uuidSchema).max(10_000).default([]),
  }),
]);
export type BulkSelection = z.input<typeof bulkSelectionSchema>;
export type ParsedBulkSelection = z.output<typeof bulkSelectionSchema>;

/** Why a bulk call left a record as it is; `field` names the field concerned. The renderer has the words. */
export const refusalCodes = [
  'invalid',
  'required',
  'inFuture',
  'notForChild',
  'notATime',
  'endsBeforeStart',
  'circular',
  'nameLocked',
  'holderRequired',
  // it must stay
  'yourself',
  'isDefault',
  'liveSegment',
  // lists and leads
  'leftBefore',
  'hasOpenLead',
  'inBin',
  'tooManyTags',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** What a bulk call did. It is one operation: `history.undoOperation` takes all of it back. */
export const bulkResult = z.object({
  operationId: uuidSchema,
  changed: z.int(),
  /** Were as wanted already. */
  unchanged: z.int(),
  /** Left as they are, since the rules of a record do not allow it; the first hundred by name. */
  refused: z.int(),
  refusals: z.array(
    z.object({ id: uuidSchema, label: z.string(), code: z.enum(refusalCodes), field: z.string().nullable() }),
  ),
  /** Stopped by a person: what was changed until then stays, and can be undone. */
  cancelled: z.boolean(),
});
export type BulkResult = z.output<typeof bulkResult>;

type RecordSchema<F extends Fields> = z.ZodType<RecordMeta & Values<F>>;
type ListPage<F extends Fields> = {
  rows: (RecordMeta & Values<F>)[];
  /** How many records the list holds in all. */
  total: number;
  /** Position of the first row in the whole list, where known. */
  offset: number | null;
  /** Pass as `after` for the next page; null at the end. */
  next: string | null;
};
type Writable<F extends Fields> = ReturnType<typeof writableSchema<F>>;

const idInput = z.strictObject({ id: uuidSchema });
type IdInput = typeof idInput;
const done = z.object({ writeId: z.int() });

type RecordCalls<A extends string, F extends Fields> = {
  [K in `${A}.list`]: Call<typeof listInputSchema, z.ZodType<ListPage<F>>, 'read'>;
} & { [K in `${A}.get`]: Call<IdInput, RecordSchema<F>, 'read'> } & {
  [K in `${A}.create`]: Call<
    z.ZodObject<{ values: Writable<F>; id: z.ZodOptional<typeof uuidSchema> }>,
    z.ZodType<{ id: string; writeId: number }>,
    'write'
  >;
} & {
  [K in `${A}.update`]: Call<
    z.ZodObject<{ id: typeof uuidSchema; values: Writable<F>; baseVersion: z.ZodOptional<z.ZodInt> }>,
    z.ZodType<{ writeId: number | null; version: number }>,
    'write'
  >;
} & {
  [K in `${A}.remove` | `${A}.restore`]: Call<
    z.ZodObject<{ ids: z.ZodArray<typeof uuidSchema> }>,
    typeof done,
    'write'
  >;
} & {
  [K in `${A}.updateMany`]: Call<
    z.ZodObject<{ of: typeof bulkSelectionSchema; values: Writable<F>; jobId: z.ZodOptional<typeof jobIdSchema> }>,
    typeof bulkResult,
    'write'
  >;
} & {
  [K in `${A}.removeMany` | `${A}.restoreMany`]: Call<
    z.ZodObject<{ of: typeof bulkSelectionSchema; jobId: z.ZodOptional<typeof jobIdSchema> }>,
    typeof bulkResult,
    'write'
  >;
};

/**
 * The record calls of one entity.
 * - `create`, `update`: `invalidValue` with one issue per refused field; references must exist (`notFound`).
 * - `update` with a `baseVersion` that is no longer the record's: `changedSince`, nothing written.
 *   `writeId` is null when nothing differed.
 * - `remove` moves to the bin; `restore` takes out of it.
 * - `refusals`: further reasons for which an `update` is refused.
 * - `updateMany`, `removeMany`, `restoreMany` are the same for any number, as a job that reports and can be cancelled.
 */
export function recordCalls<const A extends string, F extends Fields>(
  area: A,
  definition: EntityDefinition<string, F>,
  refusals: readonly ErrorCode[] = [],
): RecordCalls<A, F> {
  const record = recordSchema(definition) as unknown as RecordSchema<F>;
  const writable = writableSchema(definition);
  const page = z.object({
    rows: z.array(record),
    total: z.int(),
    offset: z.int().nullable(),
    next: z.string().nullable(),
  }) as unknown as z.ZodType<ListPage<F>>;
  const name = definition.name;
  const ids = z.strictObject({ ids: z.array(uuidSchema).min(1).max(10_000) });
  const many = z.strictObject({ of: bulkSelectionSchema, jobId: jobIdSchema.optional() });
  const calls = {
    [`${area}.list`]: call('read', `A page of ${area}, sorted, searched and filtered`, listInputSchema, page),
    [`${area}.get`]: call('read', `One ${name} by id`, idInput, record, ['notFound']),
    [`${area}.create`]: call(
      'write',
      `Makes a ${name}`,
      z.strictObject({ values: writable, id: uuidSchema.optional() }),
      z.object({ id: uuidSchema, writeId: z.int() }),
      ['invalidValue', 'notFound', 'circular'],
    ),
    [`${area}.update`]: call(
      'write',
      `Changes fields of a ${name}`,
      z.strictObject({ id: uuidSchema, values: writable, baseVersion: z.int().optional() }),
      z.object({ writeId: z.int().nullable(), version: z.int() }),
      ['invalidValue', 'notFound', 'changedSince', 'circular', ...refusals],
    ),
    [`${area}.remove`]: call('write', `Moves ${area} to the bin`, ids, done, ['notFound', 'inUse']),
    [`${area}.restore`]: call('write', `Takes ${area} out of the bin`, ids, done, ['notFound']),
    [`${area}.updateMany`]: call(
      'write',
      `Gives many ${area} the same values`,
      z.strictObject({ of: bulkSelectionSchema, values: writable, jobId: jobIdSchema.optional() }),
      bulkResult,
      ['invalidValue', 'notFound', 'queryInvalid', 'badInput'],
    ),
    [`${area}.removeMany`]: call('write', `Moves many ${area} to the bin`, many, bulkResult, [
      'queryInvalid',
      'badInput',
    ]),
    [`${area}.restoreMany`]: call('write', `Takes many ${area} out of the bin`, many, bulkResult, [
      'queryInvalid',
      'badInput',
    ]),
  };
  return calls as unknown as RecordCalls<A, F>;
}
