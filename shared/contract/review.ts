/** Decisions of the review queue that are made for many items at once. */
import { z } from 'zod';
import { uuidSchema } from '../model/ids.ts';
import { call } from './call.ts';
import { jobIdSchema } from './parts.ts';

/** `useFirst`: of each item the candidate that agrees most. */
export const alikeActions = ['retry', 'useFirst', 'create', 'skip'] as const;

const decided = z.object({ id: uuidSchema, writeId: z.int().nullable() });

export const reviewContract = {
  'reviewQueue.alike': call(
    'read',
    'How many further items wait for the same reason, from the same file or form',
    z.strictObject({ id: uuidSchema }),
    z.object({ count: z.int() }),
    ['notFound'],
  ),
  'reviewQueue.resolveAlike': call(
    'write',
    'Decides all further items that wait for the same reason, from the same file or form, in one way',
    z.strictObject({ id: uuidSchema, action: z.enum(alikeActions), jobId: jobIdSchema.optional() }),
    z.object({
      /** Decided ones, for `reviewQueue.reopenMany`. */
      decided: z.array(decided),
      created: z.int(),
      updated: z.int(),
      unchanged: z.int(),
      skipped: z.int(),
      /** Items that still wait: they have no candidate, or need a person all the same. */
      waiting: z.int(),
      cancelled: z.boolean(),
    }),
    ['notFound'],
  ),
  'reviewQueue.reopenMany': call(
    'write',
    'Takes many decisions back, the last one first',
    z.strictObject({ decided: z.array(decided).min(1).max(200_000), jobId: jobIdSchema.optional() }),
    z.object({
      /** Items that wait again, and those that changed too much since. */
      reopened: z.int(),
      kept: z.int(),
      cancelled: z.boolean(),
    }),
  ),
};
