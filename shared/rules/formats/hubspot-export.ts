/** The HubSpot contact (formats.md). It has no column for consent: the export says how many would need one. */
import { addressOf, emailAt, type ExportTarget, labelOf, phoneOf } from './export-target.ts';

export const hubspotContact: ExportTarget<'contact'> = {
  entity: 'contact',
  forSpreadsheet: false,
  columns: [
    { header: 'First name', value: (contact) => contact.givenName },
    { header: 'Last name', value: (contact) => contact.familyName },
    { header: 'Email', value: (contact) => emailAt(contact, 0), field: 'emails' },
    { header: 'Phone number', value: (contact) => phoneOf(contact, 'work') ?? phoneOf(contact, 'home') },
    { header: 'Mobile phone number', value: (contact) => phoneOf(contact, 'mobile') },
    { header: 'Job title', value: (contact) => contact.jobTitle },
    { header: 'Company name', value: (contact) => labelOf(contact, 'accountId') ?? contact.company },
    { header: 'Website URL', value: (contact) => contact.website },
    { header: 'City', value: (contact) => addressOf(contact)?.city ?? null },
    { header: 'State/Region', value: (contact) => addressOf(contact)?.region ?? null },
    { header: 'Country/Region', value: (contact) => addressOf(contact)?.country ?? null },
    { header: 'Zip code', value: (contact) => addressOf(contact)?.postalCode ?? null },
    { header: 'Lifecycle stage', value: (_contact, { lifecycle }) => lifecycle },
    { header: 'Lead status', value: () => null },
    { header: 'Contact owner', value: (_contact, { ownerEmail }) => ownerEmail },
  ],
};
