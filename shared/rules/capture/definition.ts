/** What a capture form asks, shows and does: the offline counterpart of a landing page (domain.md section 1). */
import { z } from 'zod';
import { type CustomFieldName, isCustomFieldName } from '../../model/custom-field.ts';
import { uuidSchema } from '../../model/ids.ts';
import { consentLevels } from '../../model/picklists.ts';

export const captureFields = [
  'givenName',
  'familyName',
  'company',
  'jobTitle',
  'role',
  'email',
  'phone',
  'topic',
  'description',
] as const;
export type CaptureField = (typeof captureFields)[number];

export const captureModes = [
  'contactsAndLeads',
  'leadsOnly',
  'contactsOnly',
  'interactionOnly',
  'alwaysNewLead',
] as const;

export const questionSchema = z.object({
  id: z.string().min(1).max(80),
  label: z.string().min(1).max(400),
  kind: z.enum(['text', 'oneOf', 'manyOf', 'rating']),
  options: z.array(z.string().max(400)).max(50).default([]),
  required: z.boolean().default(false),
});
export type Question = z.output<typeof questionSchema>;

const ownFieldSchema = z.object({
  /** A field that the workspace added to contacts or leads. */
  field: z.custom<CustomFieldName>((name) => typeof name === 'string' && isCustomFieldName(name)),
  required: z.boolean().default(false),
});

export const captureFormDefinitionSchema = z.object({
  version: z.literal(1).default(1),
  fields: z.array(z.object({ field: z.enum(captureFields), required: z.boolean().default(false) })).default([
    { field: 'givenName', required: true },
    { field: 'familyName', required: true },
    { field: 'company', required: false },
    { field: 'email', required: false },
    { field: 'phone', required: false },
    { field: 'topic', required: false },
  ]),
  /** Asked behind these, in this order; those that have been removed since are left out. */
  own: z.array(ownFieldSchema).max(50).optional(),
  /** Offered for `topic`; free text stays possible. */
  interests: z.array(z.string().max(300)).max(50).default([]),
  /** The topic where none is chosen. */
  defaultTopic: z.string().max(300).default('Enquiry'),
  questions: z.array(questionSchema).max(50).default([]),
  /** The text a visitor agrees to, stored word for word with each consent. */
  consent: z
    .object({ wording: z.string().max(10_000), language: z.string().max(35), level: z.enum(consentLevels) })
    .nullable()
    .default(null),
  mode: z.enum(captureModes).default('contactsAndLeads'),
  /** Default strategies of the workspace where null. */
  contactStrategyId: uuidSchema.nullable().default(null),
  leadStrategyId: uuidSchema.nullable().default(null),
});
export type CaptureFormDefinition = z.output<typeof captureFormDefinitionSchema>;
