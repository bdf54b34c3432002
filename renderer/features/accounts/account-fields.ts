/** The fields of the account's form, by section, in the order in which they are filled. */
export const companyFields = [
  'name',
  'kind',
  'industry',
  'employees',
  'annualRevenue',
  'currency',
  'website',
  'parentAccountId',
  'tags',
  'ownerId',
] as const;

export const accountFormFields: readonly string[] = [
  ...companyFields,
  'phones',
  'addresses',
  'description',
  'externalId',
  'externalSource',
];

export const newAccountFields = ['name', 'kind', 'industry', 'website', 'phones', 'description'] as const;
