/** Which formats exist, and for which records. */
import type { ExportFormat } from '../../../shared/contract/hq.ts';
import type { Fields } from '../../../shared/model/field.ts';
import { csvAccount, csvContact, csvLead, withCustomColumns } from '../../../shared/rules/formats/csv-export.ts';
import { dynamicsAccount, dynamicsContact, dynamicsLead } from '../../../shared/rules/formats/dynamics365-export.ts';
import type { ExportEntity, ExportTarget } from '../../../shared/rules/formats/export-target.ts';
import { hubspotContact } from '../../../shared/rules/formats/hubspot-export.ts';
import { salesforceLead } from '../../../shared/rules/formats/salesforce-export.ts';

export type FileFormat = Exclude<ExportFormat, 'bundle'>;
export type Area = 'leads' | 'contacts' | 'accounts';

export const entityOfArea = { leads: 'lead', contacts: 'contact', accounts: 'account' } as const satisfies Record<
  Area,
  ExportEntity
>;

/** For code that treats the targets of all entities alike; a target only ever meets records of its own entity. */
export type AnyTarget = ExportTarget<ExportEntity>;
const any = <E extends ExportEntity>(target: ExportTarget<E>): AnyTarget => target as unknown as AnyTarget;

const targets: Readonly<Record<FileFormat, Partial<Readonly<Record<Area, AnyTarget>>>>> = {
  dynamics365: { leads: any(dynamicsLead), contacts: any(dynamicsContact), accounts: any(dynamicsAccount) },
  salesforce: { leads: any(salesforceLead) },
  hubspot: { contacts: any(hubspotContact) },
  csv: { leads: any(csvLead), contacts: any(csvContact), accounts: any(csvAccount) },
  // cards are written whole (shared/rules/formats/vcard-export.ts); there are no columns to refuse
  vcard: { contacts: { entity: 'contact', columns: [], forSpreadsheet: false } },
};

/** The first that a format knows: leads, except for HubSpot and vCard, which hold contacts. */
export const areaOf = (format: FileFormat, area: Area | undefined): Area =>
  area ?? (targets[format].leads ? 'leads' : 'contacts');

/**
 * Null where the format has no such records. Only plain CSV, which takes every field, takes those of the workspace: the
 * other programs know columns of their own.
 */
export function targetFor(
  format: FileFormat,
  area: Area,
  fieldsOf: (entity: ExportEntity) => Fields,
): AnyTarget | null {
  const target = targets[format][area] ?? null;
  return target && format === 'csv' ? withCustomColumns(target, fieldsOf(target.entity)) : target;
}

/** Formats that carry "do not allow" and consent in columns of their own; in the others a reader cannot see them. */
export const saysPreferences = (format: FileFormat): boolean => format === 'dynamics365' || format === 'csv';
