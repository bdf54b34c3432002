/** What the record calls of custom fields do not say: who uses one, and what it holds. */
import { z } from 'zod';
import { entityNames } from '../model/entities.ts';
import { uuidSchema } from '../model/ids.ts';
import { call } from './call.ts';

/** A record that names a custom field: a segment, a scoring model, a capture form, a saved view, a process. */
export const customFieldUseSchema = z.object({
  entity: z.enum(entityNames as [string, ...string[]]),
  id: uuidSchema,
  label: z.string(),
});

export const customFieldsContract = {
  'customFields.usage': call(
    'read',
    'Who uses a custom field, and how many records have a value of it',
    z.strictObject({ id: uuidSchema }),
    z.object({
      uses: z.array(customFieldUseSchema),
      /** Records with a value, those in the bin included. */
      records: z.int(),
      /** How many of them have each option; also ones that are no longer offered. */
      options: z.array(z.object({ option: z.string(), records: z.int() })),
    }),
    ['notFound'],
  ),
};
