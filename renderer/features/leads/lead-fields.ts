/** The fields of the lead's form apart from its stages, in the order in which they are filled. */
export const contextFields = [
  'topic',
  'source',
  'sourceDetail',
  'rating',
  'eventId',
  'campaignId',
  'formId',
  'productIds',
  'tags',
  'ownerId',
] as const;
export const identityFields = [
  'salutation',
  'givenName',
  'middleName',
  'familyName',
  'company',
  'jobTitle',
  'industry',
  'website',
] as const;
export const wideFields = ['emails', 'phones', 'addresses', 'description', 'qualificationComments'] as const;
export const sourceFields = ['externalId', 'externalSource'] as const;

export const leadFormFields = [...contextFields, ...identityFields, ...wideFields, ...sourceFields] as const;
