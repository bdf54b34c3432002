/** Segments: count, members, life, and why a contact is in or not. */
import { z } from 'zod';
import { uuidSchema } from '../model/ids.ts';
import { querySchema } from '../rules/segment/schema.ts';
import { call } from './call.ts';

const memberSchema = z.object({
  id: uuidSchema,
  label: z.string(),
  company: z.string().nullable(),
  email: z.string().nullable(),
});

/** Why in / why not, along the tree: one entry per node, by path ('' is the root, '0.1' the second node of the first). */
export const explanationSchema = z.object({
  path: z.string(),
  text: z.string(),
  holds: z.boolean(),
  /** The contact's own value, or how many related records matched. */
  found: z.string().nullable(),
});

export const segmentsContract = {
  'segments.count': call(
    'read',
    'How many contacts a question finds, in all and for every node of its tree',
    z.strictObject({ query: querySchema, nodes: z.boolean().default(true) }),
    z.object({
      count: z.int(),
      byPath: z.record(z.string(), z.int()),
      /** Leads that the question finds but that no contact stands behind. */
      leadsWithoutContact: z.int(),
      description: z.string(),
    }),
    ['queryInvalid'],
  ),
  'segments.members': call(
    'read',
    'Members of a segment or of a question, in order of name',
    z.strictObject({
      segmentId: uuidSchema.optional(),
      query: querySchema.optional(),
      limit: z.int().min(1).max(500).default(50),
      offset: z.int().min(0).default(0),
    }),
    z.object({ rows: z.array(memberSchema), total: z.int() }),
    ['queryInvalid', 'notFound'],
  ),
  'segments.ids': call(
    'read',
    'All member ids of a question or segment',
    z.strictObject({ segmentId: uuidSchema.optional(), query: querySchema.optional() }),
    z.object({ ids: z.array(uuidSchema), count: z.int() }),
    ['queryInvalid', 'notFound'],
  ),
  'segments.explain': call(
    'read',
    'Why a contact is in or not',
    z.strictObject({ query: querySchema, contactId: uuidSchema }),
    z.object({ isMember: z.boolean(), nodes: z.array(explanationSchema) }),
    ['queryInvalid', 'notFound'],
  ),
  'segments.suggestValues': call(
    'read',
    'Values of a field that occur in the data, with their counts',
    z.strictObject({
      entity: z.string().max(40),
      field: z.string().max(80),
      search: z.string().max(200).default(''),
      limit: z.int().min(1).max(50).default(20),
    }),
    z.object({ values: z.array(z.object({ value: z.string(), count: z.int() })) }),
  ),
  'segments.goLive': call(
    'write',
    'Validates a segment and sets it live; name and kind lock',
    z.strictObject({ id: uuidSchema }),
    z.object({ memberCount: z.int(), writeId: z.int() }),
    ['notFound', 'queryInvalid', 'segmentLive'],
  ),
  'segments.stop': call(
    'write',
    'Stops a live segment',
    z.strictObject({ id: uuidSchema }),
    z.object({ writeId: z.int() }),
    ['notFound', 'segmentNotLive'],
  ),
  'segments.setStaticMembers': call(
    'write',
    'Adds or removes picked contacts of a static segment',
    z.strictObject({
      id: uuidSchema,
      add: z.array(uuidSchema).max(100_000).default([]),
      remove: z.array(uuidSchema).max(100_000).default([]),
    }),
    z.object({ memberCount: z.int(), writeId: z.int().nullable() }),
    ['notFound'],
  ),
};
