/**
 * Files for Dynamics 365's import wizard (formats.md): one unquoted header row, at most 8 MB a file, option labels as
 * the program spells them. Required: Topic, Last Name, Company Name of a lead; Last Name of a contact; Account Name of
 * an account. Lengths are those of the program's own columns.
 */
import type { EntityRecord } from '../../model/entities.ts';
import type { ContactRecord } from '../../model/entities.ts';
import {
  addressOf,
  emailAt,
  type ExportColumn,
  type ExportEntity,
  type ExportTarget,
  labelOf,
  numberText,
  type Person,
  personOfLead,
  phoneOf,
  yesNoText,
} from './export-target.ts';
import { type ChoiceName, optionLabel, type OptionOf } from './option-labels.ts';

/** The wizard's limit, read as decimal so that both readings of "8 MB" hold. */
const maxBytes = 8_000_000;

type Get<E extends ExportEntity> = ExportColumn<E>['value'];
type More<E extends ExportEntity> = Partial<Omit<ExportColumn<E>, 'header' | 'value'>>;

const column = <E extends ExportEntity>(header: string, value: Get<E>, more: More<E> = {}): ExportColumn<E> => ({
  header,
  value,
  ...more,
});

const label = <C extends ChoiceName>(name: C, option: OptionOf<C> | null): string | null =>
  option === null ? null : optionLabel(name, option);

/** The program's words for its two-valued preference columns. */
const allowance = (allowed: boolean | undefined): string | null =>
  allowed === undefined ? null : allowed ? 'Allow' : 'Do Not Allow';

const phoneColumns = <E extends ExportEntity>(
  person: (record: EntityRecord<E>, context: Parameters<Get<E>>[1]) => Person,
): ExportColumn<E>[] => [
  column('Business Phone', (r, c) => phoneOf(person(r, c), 'work'), { max: 50, field: 'phones' }),
  column('Mobile Phone', (r, c) => phoneOf(person(r, c), 'mobile'), { max: 50, field: 'phones' }),
  column('Home Phone', (r, c) => phoneOf(person(r, c), 'home'), { max: 50, field: 'phones' }),
  column('Other Phone', (r, c) => phoneOf(person(r, c), 'other') ?? phoneOf(person(r, c), 'work', 1), {
    max: 50,
    field: 'phones',
  }),
  column('Fax', (r, c) => phoneOf(person(r, c), 'fax'), { max: 50, field: 'phones' }),
];

const addressColumns = <E extends ExportEntity>(
  of: (record: EntityRecord<E>, context: Parameters<Get<E>>[1]) => Pick<Person, 'addresses'>,
): ExportColumn<E>[] => {
  const field = 'addresses';
  // our second line is all that is left of the street: Street 3 stays blank
  return [
    column('Street 1', (r, c) => addressOf(of(r, c))?.street ?? null, { max: 250, field }),
    column('Street 2', (r, c) => addressOf(of(r, c))?.street2 ?? null, { max: 250, field }),
    column('Street 3', () => null, { field }),
    column('City', (r, c) => addressOf(of(r, c))?.city ?? null, { max: 80, field }),
    column('State/Province', (r, c) => addressOf(of(r, c))?.region ?? null, { max: 50, field }),
    column('ZIP/Postal Code', (r, c) => addressOf(of(r, c))?.postalCode ?? null, { max: 20, field }),
    column('Country/Region', (r, c) => addressOf(of(r, c))?.country ?? null, { max: 80, field }),
  ];
};

const nameColumns = <E extends ExportEntity>(
  person: (record: EntityRecord<E>, context: Parameters<Get<E>>[1]) => Person,
): ExportColumn<E>[] => [
  column('Salutation', (r, c) => person(r, c).salutation, { max: 100, field: 'salutation' }),
  column('First Name', (r, c) => person(r, c).givenName, { max: 50, field: 'givenName' }),
  column('Middle Name', (r, c) => person(r, c).middleName, { max: 50, field: 'middleName' }),
  column('Last Name', (r, c) => person(r, c).familyName, { required: true, max: 50, field: 'familyName' }),
  column('Job Title', (r, c) => person(r, c).jobTitle, { max: 100, field: 'jobTitle' }),
];

const preferenceColumns = <E extends ExportEntity>(
  contactOf: (record: EntityRecord<E>, context: Parameters<Get<E>>[1]) => ContactRecord | null,
): ExportColumn<E>[] => [
  column('Preferred Method of Contact', (r, c) => label('preferredMethod', contactOf(r, c)?.preferredMethod ?? null)),
  column('Do not allow Emails', (r, c) => allowance(contactOf(r, c)?.allowEmail)),
  column('Do not allow Bulk Emails', (r, c) => allowance(contactOf(r, c)?.allowBulkEmail)),
  column('Do not allow Phone Calls', (r, c) => allowance(contactOf(r, c)?.allowPhone)),
  column('Do not allow Mails', (r, c) => allowance(contactOf(r, c)?.allowPost)),
];

const linked: Parameters<typeof preferenceColumns<'lead'>>[0] = (_lead, context) => context.contact;

const statusReasons = {
  notInterested: 'No Longer Interested',
  cannotContact: 'Cannot Contact',
  duplicate: 'Canceled',
} as const satisfies Partial<Record<NonNullable<EntityRecord<'lead'>['disqualifyReason']>, string>>;

function statusReason({ status, disqualifyReason }: EntityRecord<'lead'>): string {
  if (status === 'open') return 'New';
  if (status === 'qualified') return 'Qualified';
  const reasons: Partial<Readonly<Record<string, string>>> = statusReasons;
  return reasons[disqualifyReason ?? ''] ?? 'Lost';
}

export const dynamicsLead: ExportTarget<'lead'> = {
  entity: 'lead',
  maxBytes,
  forSpreadsheet: false,
  columns: [
    column('Topic', (lead) => lead.topic, { required: true, max: 300, field: 'topic' }),
    ...nameColumns<'lead'>(personOfLead),
    column('Company Name', (lead, c) => personOfLead(lead, c).company ?? labelOf(lead, 'accountId'), {
      required: true,
      max: 100,
      field: 'company',
    }),
    column('Email', (lead, c) => emailAt(personOfLead(lead, c), 0), { max: 100, field: 'emails' }),
    column('Email Address 2', (lead, c) => emailAt(personOfLead(lead, c), 1), { max: 100, field: 'emails' }),
    ...phoneColumns<'lead'>(personOfLead),
    column('Website', (lead, c) => personOfLead(lead, c).website, { max: 200, field: 'website' }),
    ...addressColumns<'lead'>(personOfLead),
    column('Industry', (lead) => lead.industry, { field: 'industry' }),
    column('Annual Revenue', () => null),
    column('No. of Employees', () => null),
    column('SIC Code', () => null),
    column('Lead Source', (lead) => label('leadSource', lead.source)),
    column('Rating', (lead) => label('rating', lead.rating)),
    column('Status Reason', statusReason),
    column('Budget', (lead) => label('budgetStatus', lead.budgetStatus)),
    column('Budget Amount', (lead) => numberText(lead.budgetAmount)),
    column('Need', (lead) => label('purchaseNeed', lead.purchaseNeed)),
    column('Purchase Timeframe', (lead) => label('purchaseTimeFrame', lead.purchaseTimeFrame)),
    column('Purchase Process', (lead) => label('purchaseProcess', lead.purchaseProcess)),
    column('Decision Maker?', (lead) => yesNoText(lead.decisionMaker)),
    column('Qualification Comments', (lead) => lead.qualificationComments, {
      max: 2000,
      field: 'qualificationComments',
    }),
    column('Description', (lead) => lead.description, { max: 2000, field: 'description' }),
    ...preferenceColumns<'lead'>(linked),
    column('Marketing Material', (lead, c) => {
      const allowed = linked(lead, c)?.allowBulkEmail;
      return allowed === undefined ? null : allowed ? 'Send' : 'Do Not Send';
    }),
    column('Source Campaign', (lead) => labelOf(lead, 'campaignId')),
    column('Parent Contact for lead', (lead) => labelOf(lead, 'contactId')),
    column('Parent Account for lead', (lead) => labelOf(lead, 'accountId')),
    column('Sales ready', (lead) => yesNoText(lead.salesReady)),
    column('Sales accepted', (lead) => yesNoText(lead.salesAccepted)),
    column('Teleprospecting ready', (lead) => yesNoText(lead.teleprospectReady)),
    column('Teleprospecting accepted', (lead) => yesNoText(lead.teleprospectAccepted)),
    column('Purchase need', (lead) => label('purchaseNeed', lead.purchaseNeed)),
    column('Recycled', (lead) => yesNoText((lead.recycleCount ?? 0) > 0)),
    column('Scores', (lead) => numberText(lead.score)),
    column('Scoring grade', (lead) => lead.grade),
    column('Originating Event', (lead) => labelOf(lead, 'eventId')),
  ],
};

const self = (contact: ContactRecord): ContactRecord => contact;

export const dynamicsContact: ExportTarget<'contact'> = {
  entity: 'contact',
  maxBytes,
  forSpreadsheet: false,
  columns: [
    ...nameColumns<'contact'>(self),
    column('Company Name', (contact) => labelOf(contact, 'accountId') ?? contact.company, {
      max: 160,
      field: 'company',
    }),
    column('Email', (contact) => emailAt(contact, 0), { max: 100, field: 'emails' }),
    column('Email Address 2', (contact) => emailAt(contact, 1), { max: 100, field: 'emails' }),
    ...phoneColumns<'contact'>(self),
    column('Website', (contact) => contact.website, { max: 200, field: 'website' }),
    ...addressColumns<'contact'>(self),
    column('Birthday', (contact) => contact.birthDate),
    column('Description', (contact) => contact.description, { max: 2000, field: 'description' }),
    ...preferenceColumns<'contact'>(self),
  ],
};

export const dynamicsAccount: ExportTarget<'account'> = {
  entity: 'account',
  maxBytes,
  forSpreadsheet: false,
  columns: [
    column('Account Name', (account) => account.name, { required: true, max: 160, field: 'name' }),
    column('Main Phone', (account) => phoneOf(account, 'work') ?? account.phone, { max: 50, field: 'phones' }),
    column('Fax', (account) => phoneOf(account, 'fax'), { max: 50, field: 'phones' }),
    column('Website', (account) => account.website, { max: 200, field: 'website' }),
    column('Industry', (account) => account.industry, { field: 'industry' }),
    column('No. of Employees', (account) => numberText(account.employees)),
    column('Annual Revenue', (account) => numberText(account.annualRevenue)),
    ...addressColumns<'account'>((account) => account),
    column('Description', (account) => account.description, { max: 2000, field: 'description' }),
  ],
};
