/** Duplicates that are already inside: which pairs, how probable, and why (domain.md section 2). */
import { z } from 'zod';
import { uuidSchema } from '../model/ids.ts';
import { call } from './call.ts';
import { jobIdSchema } from './parts.ts';

export const duplicateEntities = ['contact', 'account', 'lead'] as const;

/** From here on pairs may be merged in bulk unless the user sets another level. */
export const bulkMergeProbability = 0.99;

/** One field's say. `bits` above 0 speak for one record, below for two; `words` is an English sentence. */
export const evidenceSchema = z.object({
  field: z.string(),
  level: z.string(),
  a: z.string().nullable(),
  b: z.string().nullable(),
  bits: z.number(),
  words: z.string(),
});

const pair = z.object({
  ids: z.tuple([uuidSchema, uuidSchema]),
  /** The ids that the files they came from give them. */
  externalIds: z.tuple([z.string().nullable(), z.string().nullable()]),
  labels: z.tuple([z.string(), z.string()]),
  probability: z.number(),
  evidence: z.array(evidenceSchema),
});

export const duplicatesContract = {
  'duplicates.find': call(
    'read',
    'Pairs of records that are probably one, most probable first, with what speaks for and against it',
    z.strictObject({
      of: z.enum(duplicateEntities),
      minProbability: z.number().min(0).max(1).default(0.5),
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
    }),
    ['cancelled'],
  ),
  'duplicates.explain': call(
    'read',
    'How probable it is that two records are one, and why, field by field',
    z.strictObject({ of: z.enum(duplicateEntities), a: uuidSchema, b: uuidSchema, jobId: jobIdSchema.optional() }),
    pair.extend({
      /** Odds of any two records of this database; with the bits of the evidence they add up to the pair's. */
      priorBits: z.number(),
    }),
    ['notFound', 'badInput', 'cancelled'],
  ),
};
