/** What the rows of one import have in common; kept with review items, so that a retry means the same as the import. */
import { z } from 'zod';
import { customFieldKinds } from '../../../shared/model/custom-field.ts';
import { importKinds, missActions } from '../../../shared/contract/imports.ts';
import { fieldHitActions, hitActions, matchingDefinitionSchema } from '../../../shared/rules/matching/definition.ts';
import { uuidSchema } from '../../../shared/model/ids.ts';

const dateOrder = z.enum(['dmy', 'mdy', 'ymd']);

export const runContextSchema = z.object({
  kind: z.enum(importKinds),
  format: z.string(),
  fileName: z.string(),
  /** Of leads: the event or campaign, else the format and file. */
  captureSource: z.string(),
  /** What the external ids of the file mean something within. */
  externalSource: z.string(),
  /** The user named the column that identifies a row: rows with different ids are different records. */
  keyByExternalId: z.boolean(),
  contactStrategy: matchingDefinitionSchema,
  leadStrategy: matchingDefinitionSchema,
  eventId: uuidSchema.nullable(),
  campaignId: uuidSchema.nullable(),
  topic: z.string(),
  createContacts: z.boolean(),
  /** What a hit does, where the import says it and not the strategy. */
  onHit: z.enum(hitActions).nullable().default(null),
  /** What a hit does to single fields, by import field. */
  hits: z.partialRecord(z.string(), z.enum(fieldHitActions)).default({}),
  onMiss: z.enum(missActions).default('create'),
  /** Of members: the subscription list. */
  listId: uuidSchema.nullable().default(null),
  /** Of a row that waits: what it is known by, in hex. */
  fingerprint: z.string().default(''),
  draft: z.object({
    kind: z.enum(importKinds),
    region: z.string(),
    dateOrders: z.record(z.string(), dateOrder),
    decimalSign: z.enum(['point', 'comma']),
    latestYear: z.int(),
    timeZone: z.string(),
    custom: z
      .array(z.object({ name: z.string(), kind: z.enum(customFieldKinds), options: z.array(z.string()) }))
      .default([]),
    choices: z.record(z.string(), z.record(z.string(), z.string().nullable())).default({}),
  }),
});
export type RunContext = Omit<z.output<typeof runContextSchema>, 'fingerprint'>;
