/** Duplicates that are already inside: which pairs, how probable, and why; what people decide about them (domain.md section 2). */
import { z } from 'zod';
import { uuidSchema } from '../model/ids.ts';
import { call } from './call.ts';
import { jobIdSchema } from './parts.ts';

export const duplicateEntities = ['contact', 'account', 'lead'] as const;
const of = z.enum(duplicateEntities);

/** From here on pairs may be merged in bulk unless the user sets another level. */
export const bulkMergeProbability = 0.99;

/** So many records become one at a time: a merge is one write, and nobody should wait for it. */
export const mostMergedAtOnce = 200;

/** Of a group that is larger than anybody looks through: its most probable pairs. */
export const mostPairsShown = 500;

/** One field's say. `bits` above 0 speak for one record, below for two; `words` is an English sentence. */
export const evidenceSchema = z.object({
  field: z.string(),
  level: z.string(),
  a: z.string().nullable(),
  b: z.string().nullable(),
  bits: z.number(),
  words: z.string(),
});

const ids = z.tuple([uuidSchema, uuidSchema]);

const pair = z.object({
  ids,
  /** The ids that the files they came from give them. */
  externalIds: z.tuple([z.string().nullable(), z.string().nullable()]),
  labels: z.tuple([z.string(), z.string()]),
  probability: z.number(),
  evidence: z.array(evidenceSchema),
});

const member = z.object({ id: uuidSchema, label: z.string(), externalId: z.string().nullable() });

const probability = z.number().min(0).max(1);

/** What a search learned of the records: opaque to callers, who hand it to `duplicates.keepLearned`. */
const shares = z.array(z.array(probability).max(20)).max(40);
export const learnedSchema = z.object({
  m: shares,
  u: shares,
  lambda: probability,
  together: z.array(z.number()).max(40),
});

/** Whose value stands, or a value by hand. */
const fieldChoice = z.union([z.strictObject({ from: uuidSchema }), z.strictObject({ value: z.unknown() })]);

export const duplicatesContract = {
  'duplicates.find': call(
    'read',
    'Pairs of records that are probably one, most probable first, with what speaks for and against it',
    z.strictObject({
      of,
      minProbability: probability.default(0.5),
      limit: z.int().min(1).max(1_000_000).default(1000),
      jobId: jobIdSchema.optional(),
    }),
    z.object({
      pairs: z.array(pair),
      /** Of all pairs from `minProbability` up, also beyond `limit`. */
      total: z.int(),
      /** Records that were searched, and pairs of them that were compared. */
      records: z.int(),
      compared: z.int(),
      bulkMergeProbability: z.number(),
      learned: learnedSchema,
    }),
    ['cancelled'],
  ),
  'duplicates.search': call(
    'read',
    'Searches for duplicates and keeps what it found for `duplicates.results`, as long as the program runs',
    z.strictObject({ of, jobId: jobIdSchema.optional() }),
    z.object({ pairs: z.int(), records: z.int(), compared: z.int(), learned: learnedSchema }),
    ['cancelled'],
  ),
  'duplicates.keepLearned': call(
    'write',
    'Keeps what a search learned, so that explanations and the next search begin from it after a restart',
    z.strictObject({ of, learned: learnedSchema }),
    z.object({}),
  ),
  'duplicates.results': call(
    'read',
    'What the last search found and nobody has decided yet: records that belong together, most probable first',
    z.strictObject({
      of,
      minProbability: probability.default(0.5),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    z.object({
      /** Null where nothing was searched since the program started. */
      search: z
        .object({
          atMs: z.int(),
          records: z.int(),
          compared: z.int(),
          /** Records of the kind changed since, other than by what was decided here. */
          stale: z.boolean(),
        })
        .nullable(),
      /** Groups from `minProbability` up, and pairs in them. */
      total: z.int(),
      pairs: z.int(),
      rows: z.array(
        z.object({
          members: z.array(member),
          /** The most probable ones first; of very many the first `mostPairsShown`. */
          pairs: z.array(z.object({ ids, probability: z.number() })),
          /** Of its most probable pair. */
          probability: z.number(),
        }),
      ),
    }),
  ),
  'duplicates.explain': call(
    'read',
    'How probable it is that two records are one, and why, field by field',
    z.strictObject({ of, a: uuidSchema, b: uuidSchema, jobId: jobIdSchema.optional() }),
    pair.extend({
      /** Odds of any two records of this database; with the bits of the evidence they add up to the pair's. */
      priorBits: z.number(),
    }),
    ['notFound', 'badInput', 'cancelled'],
  ),
  'duplicates.ofRecord': call(
    'read',
    'Records that may be the same as this one, most probable first; looks only where they would be',
    z.strictObject({ of, id: uuidSchema, minProbability: probability.default(0.5) }),
    z.object({ pairs: z.array(pair) }),
    ['notFound'],
  ),
  'duplicates.sample': call(
    'read',
    'Pairs just above a level, drawn at random, for a person to say which are one',
    z.strictObject({ of, level: probability, size: z.int().min(1).max(200).default(30) }),
    z.object({
      pairs: z.array(
        z.object({
          ids,
          labels: z.tuple([z.string(), z.string()]),
          probability: z.number(),
          decision: z.enum(['same', 'different']).nullable(),
        }),
      ),
    }),
  ),
  'duplicates.groups': call(
    'read',
    'What a merge in bulk from a level up would merge',
    z.strictObject({ of, level: probability }),
    z.object({
      /** Ids of the records that would become one each. */
      groups: z.array(z.array(uuidSchema)),
      pairs: z.int(),
      records: z.int(),
      /** Groups that wait for a person: not everybody in them is like everybody else. */
      leftOut: z.int(),
      /** How many of 1 the model itself expects to be right; null where there are none. */
      expected: z.number().nullable(),
    }),
  ),
  'duplicates.merge': call(
    'write',
    'Makes one record of several: the others go into the bin and their ids lead to it',
    z.strictObject({
      of,
      keep: uuidSchema,
      others: z.array(uuidSchema).min(1).max(mostMergedAtOnce),
      /** Field → whose value stands. What is not said: the survivor's, else the newest that says something. */
      values: z.record(z.string().max(80), fieldChoice).default({}),
    }),
    z.object({
      writeId: z.int(),
      id: uuidSchema,
      /** Records that pointed at the others and now point at the survivor, by kind. */
      moved: z.record(z.string(), z.int()),
    }),
    ['notFound', 'badInput', 'invalidValue'],
  ),
  'duplicates.mergeMany': call(
    'write',
    'Merges many groups as one operation, each into the record that says the most',
    z.strictObject({
      of,
      groups: z.array(z.array(uuidSchema).min(2).max(mostMergedAtOnce)).min(1).max(200_000),
      jobId: jobIdSchema.optional(),
    }),
    z.object({
      operationId: uuidSchema,
      /** Groups that became one record, and records that were merged away. */
      groups: z.int(),
      merged: z.int(),
      /** Groups of which nothing was left to merge. */
      skipped: z.int(),
      cancelled: z.boolean(),
    }),
  ),
  'duplicates.decide': call(
    'write',
    'Notes that pairs are two different records, never to be proposed again, or that they are one',
    z.strictObject({ of, pairs: z.array(ids).min(1).max(1000), decision: z.enum(['same', 'different']) }),
    z.object({ writeId: z.int().nullable() }),
    ['notFound', 'badInput'],
  ),
};
