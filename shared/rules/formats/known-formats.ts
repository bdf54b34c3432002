/**
 * Which program wrote a file, and what its rows are, told by the set of its column names (formats.md). A file that no
 * rule knows is plain CSV of contacts.
 *
 * Example: columns `Order #`, `Attendee #` and `Ticket Type` are an Eventbrite attendee report: registrations.
 */
import type { ImportFormat, ImportKind } from '../../contract/imports.ts';
import { headerKey } from './header.ts';

export type CsvFormat = Exclude<ImportFormat, 'auto' | 'vcard'>;

type Rule = { readonly format: CsvFormat; readonly test: (has: Has) => boolean };
type Has = {
  (...keys: string[]): boolean;
  any(...keys: string[]): boolean;
  like(pattern: RegExp): boolean;
};

function hasOf(headers: readonly string[]): Has {
  const keys = new Set(headers.map(headerKey));
  const has = (...wanted: string[]): boolean => wanted.every((key) => keys.has(key));
  return Object.assign(has, {
    any: (...wanted: string[]) => wanted.some((key) => keys.has(key)),
    like: (pattern: RegExp) => [...keys].some((key) => pattern.test(key)),
  });
}

/** The first that fits wins: narrow signatures before wide ones. */
const rules: readonly Rule[] = [
  {
    format: 'eventbrite',
    test: (has) =>
      has('attendee') && has.any('tickettype', 'attendeestatus', 'eventbritefees', 'orderdate', 'qty', 'order'),
  },
  {
    format: 'mailchimp',
    test: (has) => has.any('memberrating', 'leid', 'euid') || (has('optintime') && has('emailaddress')),
  },
  {
    format: 'linkedin',
    test: (has) =>
      (has.any('campaignname', 'campaign', 'campaignid', 'adcampaign', 'creativeid') &&
        has.any('formname', 'form', 'leadgenform', 'formid', 'leadid', 'leadgenformid') &&
        has.any('firstname', 'email', 'emailaddress', 'lastname')) ||
      has('connectedon', 'position', 'firstname'),
  },
  {
    format: 'google',
    test: (has) => has.like(/^email1?(?:1)?value$/) || has.any('phoneticfirstname', 'givennameyomi', 'yominame'),
  },
  {
    format: 'hubspot',
    test: (has) => has.any('lifecyclestage', 'hubspotscore', 'hubspotowner', 'hsobjectid') || has('recordid', 'email'),
  },
  {
    format: 'salesforce',
    test: (has) =>
      has.any('systemmodstamp', 'masterrecordid', 'isdeleted', 'jigsawcontactid', 'leadstatus', 'emailoptout'),
  },
  {
    format: 'dynamics365',
    test: (has) =>
      has.like(/^donotmodify/) ||
      has.like(/^address1(?:street|city|zip|county)/) ||
      (has('topic', 'lastname') && has.any('companyname', 'statusreason', 'businessphone', 'leadsource')) ||
      has.any('donotallowbulkemails', 'parentaccountforlead'),
  },
  {
    format: 'outlook',
    test: (has) =>
      has.any('emaildisplayname', 'email1displayname', 'businessstreet', 'companymainphone') ||
      has('emailaddress', 'email2address'),
  },
];

export function detectFormat(headers: readonly string[]): CsvFormat {
  const has = hasOf(headers);
  return rules.find((rule) => rule.test(has))?.format ?? 'csv';
}

/** What the rows are, told by the columns; the format's own kind first. */
export function detectKind(format: ImportFormat, headers: readonly string[]): ImportKind {
  if (format === 'eventbrite') return 'registrations';
  if (format === 'vcard') return 'contacts';
  const has = hasOf(headers);
  const named = has.any('firstname', 'lastname', 'givenname', 'familyname', 'surname', 'fullname', 'forename');
  const addressed = has.any('email', 'emailaddress', 'primaryemail', 'email1') || has.like(/^email1?value$/);
  const leadColumns = has.any(
    'dealstage',
    'leadowner',
    'leadstatus',
    'leadid',
    'topic',
    'salesready',
    'purchasetimeframe',
    'leadscore',
    'parentaccountforlead',
  );
  if (format === 'linkedin') return has('connectedon') ? 'contacts' : 'leads';
  if (leadColumns) return 'leads';
  if (has.any('interactionkind', 'interactiontype', 'activitytype')) return 'interactions';
  if (has.any('checkintime', 'checkedinat', 'checkindate')) return 'checkins';
  if (!named && !addressed) {
    const companies = has.any('accountname', 'companyname', 'organizationname', 'organisationname', 'organizationid');
    const firm = has.any(
      'industry',
      'companyindustry',
      'numberofemployees',
      'noofemployees',
      'numemp',
      'annualrevenue',
      'accountnumber',
      'tickersymbol',
    );
    if (companies || (firm && has.any('name', 'company', 'organization'))) return 'accounts';
  }
  return 'contacts';
}
