/**
 * What a file for another program looks like: its columns, what it demands of a record, how large it may be
 * (formats.md). A target is data and pure functions; electron/features/exports reads records and writes files by it.
 *
 * Example: the Dynamics 365 lead has the column `Topic`, required, of at most 300 characters.
 */
import type { ContactRecord, EntityRecord } from '../../model/entities.ts';
import type { AddressPart, EmailPart, PhonePart } from '../../model/parts.ts';

export type ExportEntity = 'contact' | 'account' | 'lead';

/** What a record alone does not say. */
export type ExportContext = {
  /** A lead's contact, where it is linked. */
  readonly contact: ContactRecord | null;
  readonly ownerEmail: string | null;
  /** What the products are called, by id. */
  readonly productNames: ReadonlyMap<string, string>;
  /** A contact's or lead's way through marketing and sales, in HubSpot's words. */
  readonly lifecycle: Lifecycle | null;
};

export type Lifecycle =
  'Subscriber' | 'Lead' | 'Marketing Qualified Lead' | 'Sales Qualified Lead' | 'Opportunity' | 'Customer' | 'Other';

export type ExportColumn<E extends ExportEntity> = {
  readonly header: string;
  readonly value: (record: EntityRecord<E>, context: ExportContext) => string | null;
  /** The target refuses a row without it. */
  readonly required?: boolean;
  /** UTF-16 units that the target takes, where known. */
  readonly max?: number;
  /** Field of our model to mend when the value is refused. */
  readonly field?: string;
};

export type ExportTarget<E extends ExportEntity = ExportEntity> = {
  readonly entity: E;
  readonly columns: readonly ExportColumn<E>[];
  readonly maxBytes?: number;
  readonly maxRows?: number;
  /** Meant for a spreadsheet: what it could run as a formula is neutralised. */
  readonly forSpreadsheet: boolean;
};

export type RowIssue = {
  readonly field: string;
  readonly message: string;
  readonly level: 'error' | 'warning';
};

/** The cells of a record, in the order of the columns. */
export const cellsOf = <E extends ExportEntity>(
  target: ExportTarget<E>,
  record: EntityRecord<E>,
  context: ExportContext,
): string[] => target.columns.map((column) => column.value(record, context) ?? '');

/** What the target would say of a row. An error: it refuses the row, so the record is left out. */
export function issuesOf<E extends ExportEntity>(target: ExportTarget<E>, cells: readonly string[]): RowIssue[] {
  const issues: RowIssue[] = [];
  target.columns.forEach((column, index) => {
    const cell = cells[index] ?? '';
    const field = column.field ?? column.header;
    if (column.required === true && cell.trim() === '') {
      issues.push({
        field,
        message: `${column.header} is missing; the target refuses a row without it.`,
        level: 'error',
      });
    } else if (column.max !== undefined && cell.length > column.max) {
      issues.push({
        field,
        message: `${column.header} has ${cell.length} characters; the target takes ${column.max}.`,
        level: 'warning',
      });
    }
  });
  return issues;
}

// ---- the person, company and address parts that all targets share ----

export type Person = Pick<ContactRecord, 'salutation' | 'givenName' | 'middleName' | 'familyName' | 'jobTitle'> & {
  readonly company: string | null;
  readonly website: string | null;
  readonly emails: readonly EmailPart[];
  readonly phones: readonly PhonePart[];
  readonly addresses: readonly AddressPart[];
};

/**
 * Who a lead is: its contact where it is linked, and what was captured with it where the contact says nothing
 * (domain.md section 1).
 */
export function personOfLead(lead: EntityRecord<'lead'>, { contact }: ExportContext): Person {
  if (!contact) return lead;
  return {
    salutation: contact.salutation ?? lead.salutation,
    givenName: contact.givenName ?? lead.givenName,
    middleName: contact.middleName ?? lead.middleName,
    familyName: contact.familyName ?? lead.familyName,
    jobTitle: contact.jobTitle ?? lead.jobTitle,
    company: contact.company ?? contact.labels['accountId'] ?? lead.company ?? lead.labels['accountId'] ?? null,
    website: contact.website ?? lead.website,
    emails: contact.emails.length > 0 ? contact.emails : lead.emails,
    phones: contact.phones.length > 0 ? contact.phones : lead.phones,
    addresses: contact.addresses.length > 0 ? contact.addresses : lead.addresses,
  };
}

const primaryFirst = <T extends { readonly primary: boolean }>(parts: readonly T[]): readonly T[] =>
  parts.some((part) => part.primary) ? [...parts].sort((a, b) => Number(b.primary) - Number(a.primary)) : parts;

export const emailAt = (person: Pick<Person, 'emails'>, index: number): string | null =>
  primaryFirst(person.emails)[index]?.address ?? null;

/** In E.164 where known, with its extension; else as typed. */
export const phoneText = (phone: PhonePart): string => {
  const number = phone.e164 ?? phone.number;
  return phone.extension === null ? number : `${number} ext. ${phone.extension}`;
};

/** The first number of a kind; `nth` for further ones. */
export function phoneOf(person: Pick<Person, 'phones'>, kind: PhonePart['kind'], nth = 0): string | null {
  const found = primaryFirst(person.phones).filter((phone) => phone.kind === kind)[nth];
  return found ? phoneText(found) : null;
}

export const addressOf = (person: Pick<Person, 'addresses'>): AddressPart | null =>
  person.addresses.find((address) => address.kind === 'work') ?? person.addresses[0] ?? null;

export const numberText = (value: number | null): string | null => (value === null ? null : String(value));
export const yesNoText = (value: boolean | null): string | null => (value === null ? null : value ? 'Yes' : 'No');
export const labelOf = (record: { readonly labels: Readonly<Record<string, string>> }, field: string): string | null =>
  record.labels[field] ?? null;
