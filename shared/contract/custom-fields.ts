/** What the record calls of custom fields do not say: who uses one, what it holds, and options under other names. */
import { z } from 'zod';
import { customField } from '../model/configuration.ts';
import { entityNames } from '../model/entities.ts';
import { writableSchema } from '../model/field.ts';
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
  'customFields.renameOptions': call(
    'write',
    'Calls options of a choice otherwise, together with what else changes about the field: records keep their values under the new names, and segments, scoring models and saved views go on asking for them. One change, which undo takes back',
    z.strictObject({
      id: uuidSchema,
      /** All at once: two may change places. */
      renamed: z
        .array(z.strictObject({ from: z.string().max(200), to: z.string().max(200) }))
        .min(1)
        .max(1000),
      /** The other fields of the definition; its options are the renamed ones where none are given. */
      values: writableSchema(customField).default({}),
      baseVersion: z.int().optional(),
    }),
    z.object({ writeId: z.int().nullable(), version: z.int(), records: z.int() }),
    ['invalidValue', 'notFound', 'changedSince', 'inUse'],
  ),
};
