/** What becomes of a value before it is compared, by an example that the very rule normalises. */
import { attributeValues, type IdentityValues } from '../../../shared/rules/matching/identity.ts';
import type { MatchingAttribute, MatchingDefinition } from '../../../shared/rules/matching/definition.ts';
import { t } from '../../i18n/index.ts';

const examples: Readonly<Record<MatchingAttribute, readonly [string, IdentityValues]>> = {
  email: [
    'J.Doe@EXAMPLE.com',
    {
      emails: [
        { kind: 'work', address: 'J.Doe@EXAMPLE.com', primary: true, optedOut: false, bounced: false, valid: true },
      ],
    },
  ],
  phone: [
    '0475 12 34 56',
    {
      phones: [
        {
          kind: 'work',
          number: '0475 12 34 56',
          e164: '+32475123456',
          extension: null,
          primary: true,
          doNotCall: false,
          valid: true,
        },
      ],
    },
  ],
  givenName: ['José-María', { givenName: 'José-María' }],
  familyName: ["O'Brien", { familyName: "O'Brien" }],
  company: ['ACME Ltd.', { company: 'ACME Ltd.' }],
  captureSource: ['Contoso fair', { captureSource: 'Contoso fair' }],
  externalId: ['A-17', { externalId: ' A-17 ', externalSource: 'salesforce' }],
  birthDate: ['1990-12-10', { birthDate: '1990-12-10' }],
  postalCode: [
    '1000 AB',
    {
      addresses: [
        { kind: 'work', street: null, street2: null, city: null, region: null, postalCode: '1000 AB', country: null },
      ],
    },
  ],
};

export function normalisedExample({ attribute }: MatchingDefinition['attributes'][number]): string {
  const [from, values] = examples[attribute];
  const to = (attributeValues(attribute, values)[0] ?? '').replace('\u001f', ' ');
  return t('strategies.example', { from, to });
}
