/** What a matching strategy would do, and what it did. */
import { z } from 'zod';
import { uuidSchema } from '../model/ids.ts';
import { matchingDefinitionSchema } from '../rules/matching/definition.ts';
import { call } from './call.ts';
import { jobIdSchema } from './parts.ts';

export const strategiesContract = {
  'strategies.rehearse': call(
    'read',
    'Tries a strategy on every record that there is: who could not be told from whom, and who has no key',
    z.strictObject({
      target: z.enum(['contact', 'lead']),
      definition: matchingDefinitionSchema,
      jobId: jobIdSchema.optional(),
    }),
    z.object({
      records: z.int(),
      /** Found by their own values, and nobody else is. */
      alone: z.int(),
      ambiguous: z.int(),
      blankKey: z.int(),
      cancelled: z.boolean(),
      samples: z.array(z.object({ id: uuidSchema, label: z.string(), others: z.array(z.string()), count: z.int() })),
    }),
  ),
  'strategies.usedBy': call(
    'read',
    'The capture forms and the last imports that a strategy decides about, named or as the default, and what it came to',
    z.strictObject({ id: uuidSchema }),
    z.object({
      forms: z.array(z.object({ id: uuidSchema, label: z.string() })),
      imports: z.array(
        z.object({
          importId: uuidSchema,
          fileName: z.string(),
          startedAtMs: z.int(),
          created: z.int(),
          updated: z.int(),
          unchanged: z.int(),
          pending: z.int(),
        }),
      ),
      /** How often it found one record, several or none, or had no key: by form and day, the newest first. */
      captures: z.array(
        z.object({
          /** Null for the rule that finds or makes a contact for each unlinked lead. */
          formId: uuidSchema.nullable(),
          /** Null where the form has left the bin for good. */
          label: z.string().nullable(),
          day: z.string(),
          one: z.int(),
          several: z.int(),
          none: z.int(),
          blankKey: z.int(),
        }),
      ),
    }),
  ),
};
