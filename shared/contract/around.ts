/** What stands around a record: counts for its tabs, and what a company's people add up to. */
import { z } from 'zod';
import { recordSchema } from '../model/field.ts';
import { uuidSchema } from '../model/ids.ts';
import { holders } from '../model/notes.ts';
import { lead, opportunity } from '../model/people.ts';
import { call } from './call.ts';

/** Counting stops here: a tab says “999+”. */
export const mostCounted = 1000;

export const aroundContract = {
  'records.around': call(
    'read',
    `How many records of each kind stand around one: what its tabs say. Counting stops at ${mostCounted}`,
    z.strictObject({ of: z.enum(holders), id: uuidSchema }),
    z.object({ counts: z.record(z.string(), z.int()) }),
    ['notFound'],
  ),
  'accounts.interests': call(
    'read',
    'Leads and opportunities of a company and of its people, open ones first, then the newest',
    z.strictObject({ id: uuidSchema, limit: z.int().min(1).max(500).default(100) }),
    z.object({
      leads: z.array(recordSchema(lead)),
      leadTotal: z.int(),
      opportunities: z.array(recordSchema(opportunity)),
      opportunityTotal: z.int(),
    }),
    ['notFound'],
  ),
  'accounts.activity': call(
    'read',
    'The interactions of all contacts of an account, added up by kind, with the last of each',
    z.strictObject({ id: uuidSchema }),
    z.object({
      kinds: z.array(z.object({ kind: z.string(), count: z.int(), contacts: z.int(), lastAtMs: z.int() })),
      total: z.int(),
      lastSeenAtMs: z.int().nullable(),
      /** Who it was. */
      lastSeen: z.object({ id: uuidSchema, label: z.string() }).nullable(),
    }),
    ['notFound'],
  ),
};
