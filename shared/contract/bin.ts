/** What leaves the bin for good, and what hangs on records before they are put into it (shared/rules/bin.ts). */
import { z } from 'zod';
import { entityNames } from '../model/entities.ts';
import { leavesTheBin } from '../rules/bin.ts';
import { call } from './call.ts';
import { jobIdSchema } from './parts.ts';
import { bulkSelectionSchema } from './records.ts';

const entityName = z.enum(entityNames as [string, ...string[]]);
const kinds = z.array(z.object({ entity: entityName, count: z.int() }));

export const binContract = {
  'bin.hanging': call(
    'read',
    'What hangs on records, and what becomes of it when they go for good',
    z.strictObject({ entity: entityName, of: bulkSelectionSchema }),
    z.object({
      records: z.int(),
      hanging: z.array(
        z.object({
          entity: entityName,
          count: z.int(),
          /** It goes with them, or stays and loses the reference. */ fate: z.enum(['goes', 'stays']),
        }),
      ),
    }),
    ['notFound', 'queryInvalid', 'badInput'],
  ),
  'bin.purge': call(
    'write',
    'Takes records out of the bin for good; nothing undoes it',
    z.strictObject({ entity: z.enum(leavesTheBin), of: bulkSelectionSchema, jobId: jobIdSchema.optional() }),
    z.object({
      /** How many of each kind are gone, the records themselves first. */
      gone: kinds,
      /** Were not in the bin, and stay. */
      skipped: z.int(),
      cancelled: z.boolean(),
    }),
    ['notFound', 'queryInvalid', 'badInput'],
  ),
};
