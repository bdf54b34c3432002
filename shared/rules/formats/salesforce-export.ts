/** The Salesforce lead (formats.md): Last Name and Company required, 50,000 rows a file, Email Opt Out as 1 or 0. */
import type { EntityRecord } from '../../model/entities.ts';
import { addressOf, emailAt, type ExportTarget, labelOf, personOfLead, phoneOf } from './export-target.ts';
import { optionLabel } from './option-labels.ts';

function leadStatus({ status, stage }: EntityRecord<'lead'>): string {
  if (status === 'qualified') return 'Closed - Converted';
  if (status === 'disqualified') return 'Closed - Not Converted';
  return stage === 'teleprospectQualification' || stage === 'salesAcceptance'
    ? 'Working - Contacted'
    : 'Open - Not Contacted';
}

export const salesforceLead: ExportTarget<'lead'> = {
  entity: 'lead',
  maxRows: 50_000,
  forSpreadsheet: false,
  columns: [
    { header: 'Salutation', value: (lead, c) => personOfLead(lead, c).salutation },
    { header: 'First Name', value: (lead, c) => personOfLead(lead, c).givenName, max: 40, field: 'givenName' },
    {
      header: 'Last Name',
      value: (lead, c) => personOfLead(lead, c).familyName,
      required: true,
      max: 80,
      field: 'familyName',
    },
    {
      header: 'Company',
      value: (lead, c) => personOfLead(lead, c).company ?? labelOf(lead, 'accountId'),
      required: true,
      max: 255,
      field: 'company',
    },
    { header: 'Title', value: (lead, c) => personOfLead(lead, c).jobTitle, max: 128, field: 'jobTitle' },
    { header: 'Email', value: (lead, c) => emailAt(personOfLead(lead, c), 0), max: 80, field: 'emails' },
    {
      header: 'Email Opt Out',
      value: (_lead, { contact }) =>
        contact === null ? null : contact.allowEmail && contact.allowBulkEmail ? '0' : '1',
    },
    { header: 'Phone', value: (lead, c) => phoneOf(personOfLead(lead, c), 'work'), max: 40, field: 'phones' },
    { header: 'Mobile Phone', value: (lead, c) => phoneOf(personOfLead(lead, c), 'mobile'), max: 40, field: 'phones' },
    { header: 'Fax', value: (lead, c) => phoneOf(personOfLead(lead, c), 'fax'), max: 40, field: 'phones' },
    {
      header: 'Street',
      value: (lead, c) => {
        const address = addressOf(personOfLead(lead, c));
        return [address?.street, address?.street2].filter((line) => line != null).join('\n') || null;
      },
      max: 255,
      field: 'addresses',
    },
    { header: 'City', value: (lead, c) => addressOf(personOfLead(lead, c))?.city ?? null, max: 40, field: 'addresses' },
    {
      header: 'State',
      value: (lead, c) => addressOf(personOfLead(lead, c))?.region ?? null,
      max: 80,
      field: 'addresses',
    },
    {
      header: 'Postal Code',
      value: (lead, c) => addressOf(personOfLead(lead, c))?.postalCode ?? null,
      max: 20,
      field: 'addresses',
    },
    {
      header: 'Country',
      value: (lead, c) => addressOf(personOfLead(lead, c))?.country ?? null,
      max: 80,
      field: 'addresses',
    },
    { header: 'Website', value: (lead, c) => personOfLead(lead, c).website, max: 255, field: 'website' },
    { header: 'Industry', value: (lead) => lead.industry },
    { header: 'Annual Revenue', value: () => null },
    { header: 'No. of Employees', value: () => null },
    { header: 'Lead Source', value: (lead) => (lead.source === null ? null : optionLabel('leadSource', lead.source)) },
    { header: 'Lead Status', value: leadStatus },
    { header: 'Rating', value: (lead) => (lead.rating === null ? null : optionLabel('rating', lead.rating)) },
    { header: 'Description', value: (lead) => lead.description, max: 32_000, field: 'description' },
  ],
};
