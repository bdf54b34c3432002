/** What can be done with many records at once beside editing and removing them, each as one operation. */
import { z } from 'zod';
import { lead } from '../model/people.ts';
import { uuidSchema } from '../model/ids.ts';
import { cleanTags, mostTags } from '../rules/tags.ts';
import { call } from './call.ts';
import { jobIdSchema } from './parts.ts';
import { bulkResult, bulkSelectionSchema } from './records.ts';

export const taggedEntities = ['contact', 'account', 'lead'] as const;

const many = { of: bulkSelectionSchema, jobId: jobIdSchema.optional() };
const tagList = z
  .array(z.string().max(1000))
  .max(mostTags)
  .transform((tags) => cleanTags(tags))
  .default([]);

/** What the leads are about (domain.md section 1). */
export const leadContextSchema = z.strictObject({
  topic: lead.fields.topic.schema,
  source: lead.fields.source.schema.optional(),
  sourceDetail: lead.fields.sourceDetail.schema.optional(),
  campaignId: lead.fields.campaignId.schema.optional(),
  eventId: lead.fields.eventId.schema.optional(),
  productIds: lead.fields.productIds.schema.optional(),
  ownerId: lead.fields.ownerId.schema.optional(),
});

export const bulkContract = {
  'bulk.tag': call(
    'write',
    'Puts tags on many records and takes others off',
    z.strictObject({ entity: z.enum(taggedEntities), ...many, add: tagList, remove: tagList }),
    bulkResult,
    ['notFound', 'queryInvalid', 'badInput'],
  ),
  'bulk.setMembership': call(
    'write',
    'Puts many contacts on a subscription list, or takes them off; who left it before is not put on it again',
    z.strictObject({ ...many, listId: uuidSchema, isOn: z.boolean() }),
    bulkResult,
    ['notFound', 'queryInvalid', 'badInput'],
  ),
  'bulk.createLeads': call(
    'write',
    'Makes one lead for each of many contacts or accounts; who has an open one of the same topic and campaign is left out',
    z.strictObject({ entity: z.enum(['contact', 'account']), ...many, context: leadContextSchema }),
    bulkResult,
    ['notFound', 'invalidValue', 'queryInvalid', 'badInput'],
  ),
};
