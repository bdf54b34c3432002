/** What the columns of a file can fill: fields of records, parts of their lists, and fields that the workspace added. */
import { z } from 'zod';
import { customFieldKinds } from '../model/custom-field.ts';
import { fieldHitActions } from '../rules/matching/definition.ts';

/** Fields of what somebody did, by kind of file: written once and never changed. */
export const happeningFields = {
  checkins: ['session', 'checkedInAt', 'checkedOutAt'],
  interactions: ['interactionKind', 'occurredAt', 'subject', 'detail'],
  members: ['subscriptionStatus', 'subscribedAt', 'unsubscribedAt'],
} as const;

/**
 * What a column can fill, as named in MAP.json. Those that are not fields of the record fill parts of its lists
 * (`email2`, `mobilePhone`, `street`, …). `ignore` leaves a column out.
 */
export const importFields = [
  'ignore',
  'externalId',
  'salutation',
  'givenName',
  'middleName',
  'familyName',
  'fullName',
  'nickname',
  'company',
  'jobTitle',
  'role',
  'email',
  'email2',
  'phone',
  'phone2',
  'mobilePhone',
  'homePhone',
  'otherPhone',
  'fax',
  'website',
  'birthDate',
  'streetNumber',
  'street',
  'street2',
  'city',
  'region',
  'postalCode',
  'country',
  'description',
  'tags',
  'topic',
  'source',
  'rating',
  'industry',
  'employees',
  'annualRevenue',
  'accountName',
  'budgetAmount',
  'budgetStatus',
  'purchaseNeed',
  'purchaseTimeFrame',
  'purchaseProcess',
  'decisionMaker',
  'qualificationComments',
  'allowEmail',
  'allowBulkEmail',
  'allowPhone',
  'allowPost',
  'allowPrefill',
  'followEmail',
  'preferredMethod',
  'preferredLanguage',
  'preferredFrom',
  'preferredTo',
  'timeZone',
  'marketingOnly',
  'consentLevel',
  'child',
  'guardian',
  'owner',
  'event',
  'campaign',
  'form',
  'products',
  'sourceDetail',
  'minimumCriteriaMet',
  'contact',
  'accountKind',
  'parentAccount',
  'currency',
  'registrationStatus',
  'ticketType',
  'registeredAt',
  ...happeningFields.checkins,
  ...happeningFields.interactions,
  ...happeningFields.members,
] as const;
export type ImportField = (typeof importFields)[number];

/** A custom field by the name of its values. */
const customTargetSchema = z
  .string()
  .regex(/^x_[0-9a-f]{12}$/)
  .transform((name) => name as `x_${string}`);

/** What a column can fill: a field of the program or one of the workspace. */
export const importTargetSchema = z.union([z.enum(importFields), customTargetSchema]);
export type ImportTarget = z.output<typeof importTargetSchema>;

/** What is said of a column beside the field that it fills. */
export const columnRuleSchema = z.strictObject({
  field: importTargetSchema,
  /** What a hit does to the field; as for the whole import where it is not said. */
  onHit: z.enum(fieldHitActions).optional(),
  /**
   * Of a choice: what its values become, by option or its label; of a yes or no: what they mean for the field, `yes` or
   * `no`, whichever way round the column asks. Null leaves a value out. Others are guessed.
   */
  values: z.record(z.string().max(1000), z.string().max(200).nullable()).optional(),
});
export type ColumnRule = z.output<typeof columnRuleSchema>;

/**
 * Column header → field, or a rule about it. Headers are matched by name, ignoring case, spaces and punctuation.
 *
 * Example: `{"E-mail": "email", "Function": {"field": "role", "onHit": "overwrite", "values": {"CEO": "decisionMaker"}}}`.
 */
export const columnMapSchema = z.record(z.string().max(1000), z.union([importTargetSchema, columnRuleSchema]));
export type ColumnMap = z.output<typeof columnMapSchema>;

export const ruleOf = (told: ImportTarget | ColumnRule): ColumnRule =>
  typeof told === 'string' ? { field: told } : told;

/** A custom field that an import makes for one of its columns; what is not said is guessed from the column's values. */
export const newFieldSchema = z.strictObject({
  column: z.string().max(1000),
  name: z.string().trim().min(1).max(100),
  kind: z.enum(customFieldKinds).optional(),
  options: z.array(z.string().trim().min(1).max(200)).max(500).optional(),
});
export type NewImportField = z.output<typeof newFieldSchema>;
