/** What is done with many records at once, beside what every kind of record has. */
import type { bulkContract } from '../../../shared/contract/bulk.ts';
import type { HandlersOf } from '../handler.ts';
import { createLeadsForMany } from './bulk-leads.service.ts';
import { setMembershipOfMany } from './bulk-lists.service.ts';
import { tagMany } from './bulk-tags.service.ts';

export const bulkHandlers = {
  'bulk.tag': (input, context) => tagMany(context, input.entity, input),
  'bulk.setMembership': (input, context) => setMembershipOfMany(context, input),
  'bulk.createLeads': (input, context) => createLeadsForMany(context, input),
} satisfies HandlersOf<keyof typeof bulkContract>;
