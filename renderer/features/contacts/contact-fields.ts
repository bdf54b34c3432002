/** The fields of the contact form, by section, in the order in which they are filled. */
export const identityFields = ['salutation', 'givenName', 'middleName', 'familyName', 'nickname', 'birthDate'] as const;
export const reachFields = ['emails', 'phones', 'addresses', 'website'] as const;
export const workFields = ['company', 'accountId', 'jobTitle', 'role', 'tags', 'ownerId', 'marketingOnly'] as const;
export const sourceFields = ['sourceEventId', 'sourceCampaignId', 'sourceFormId', 'sourceDetail'] as const;
export const preferenceFlags = [
  'allowBulkEmail',
  'allowEmail',
  'allowPhone',
  'allowPost',
  'allowPrefill',
  'followEmail',
] as const;
export const preferenceFields = [
  ...preferenceFlags,
  'preferredMethod',
  'preferredLanguage',
  'preferredFrom',
  'preferredTo',
  'timeZone',
] as const;
export const protectionFields = ['child', 'guardianId'] as const;

export const contactFormFields: readonly string[] = [
  ...identityFields,
  ...reachFields,
  ...workFields,
  ...sourceFields,
  ...preferenceFields,
  ...protectionFields,
  'description',
  'externalId',
  'externalSource',
];

export const newContactFields = [
  'givenName',
  'familyName',
  'company',
  'accountId',
  'jobTitle',
  'role',
  'emails',
  'phones',
  'tags',
  'description',
] as const;
