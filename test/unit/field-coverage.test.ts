/**
 * The fields of contacts, accounts and leads (domain.md section 1) are in the form, the segment language, the import and
 * the export, by the description of the fields alone. What is left out is named here with the reason.
 */
import { describe, expect, it } from 'vitest';
import { importFields } from '../../shared/contract/import-fields.ts';
import type { ImportKind } from '../../shared/contract/imports.ts';
import { type EntityName, entityOf } from '../../shared/model/entities.ts';
import { csvAccount, csvContact, csvLead } from '../../shared/rules/formats/csv-export.ts';
import { draftOf, type DraftSettings } from '../../shared/rules/formats/draft.ts';
import { fitsKind, guessMapping } from '../../shared/rules/formats/mapping.ts';
import type { MappedRow } from '../../shared/rules/formats/row.ts';
import { fieldsOf } from '../../shared/rules/segment/registry.ts';
import { shippedProcess } from '../../electron/features/setup/shipped-process.ts';
import { accountFormFields } from '../../renderer/features/accounts/account-fields.ts';
import { contactFormFields } from '../../renderer/features/contacts/contact-fields.ts';
import { leadFormFields } from '../../renderer/features/leads/lead-fields.ts';

const subjects = [
  { entity: 'contact', kind: 'contacts', form: contactFormFields, csv: csvContact },
  { entity: 'account', kind: 'accounts', form: accountFormFields, csv: csvAccount },
  {
    entity: 'lead',
    kind: 'leads',
    form: [...leadFormFields, ...shippedProcess.stages.flatMap(({ fields }) => fields)],
    csv: csvLead,
  },
] as const satisfies readonly { entity: EntityName; kind: ImportKind; form: readonly string[]; csv: unknown }[];

/** Not typed into a form. */
const notInForm: Readonly<Record<string, string>> = {
  flaggedValues: 'what could not be read: shown above the form, gone once put right',
  consentLevel: 'changed by the consent panel, which asks for the source and keeps an audit row',
  captureSource: 'where the lead was captured: kept by the program for matching',
  answers: 'given at the capture form, shown as they were given',
};
/** No column of a file fills it. */
const notImported: Readonly<Record<string, string>> = {
  externalSource: 'the file itself',
  captureSource: 'the file, event or campaign of the import',
  flaggedValues: 'made of what cannot be read',
  answers: 'columns that fill nothing else, where they are questions',
};

/** Something that each import field can read. */
const samples: MappedRow = {
  email: 'ada@example.com',
  email2: 'ada@work.example',
  birthDate: '1990-02-03',
  role: 'Influencer',
  source: 'Web',
  rating: 'Hot',
  budgetStatus: 'Can Buy',
  purchaseNeed: 'Must have',
  purchaseTimeFrame: 'Immediate',
  purchaseProcess: 'Committee',
  preferredMethod: 'Phone',
  preferredFrom: '9:30 am',
  preferredTo: '17:00',
  consentLevel: 'Marketing',
  accountKind: 'Partner',
  currency: 'eur',
};
const numbers = new Set(['employees', 'annualRevenue', 'budgetAmount']);
const phones = new Set(['phone', 'phone2', 'mobilePhone', 'homePhone', 'otherPhone', 'fax']);
const flags = /^allow|^(?:followEmail|marketingOnly|child|decisionMaker|minimumCriteriaMet)$/;
const sampleOf = (field: keyof MappedRow): string =>
  samples[field] ??
  (numbers.has(field) ? '12' : phones.has(field) ? '+32 475 12 34 56' : flags.test(field) ? 'yes' : `Some ${field}`);

const settings = (kind: ImportKind): DraftSettings => ({
  kind,
  region: 'BE',
  dateOrders: {},
  decimalSign: 'point',
  latestYear: 2026,
  timeZone: 'Europe/Brussels',
});

describe.each(subjects)('the fields of a $entity', ({ entity, kind, form, csv }) => {
  const fields = Object.entries(entityOf(entity).fields);
  const editable = fields.filter(([, field]) => !field.computed && !field.derived).map(([name]) => name);

  it('are in its form', () => {
    expect(editable.filter((name) => !(form as readonly string[]).includes(name) && !(name in notInForm))).toEqual([]);
  });

  it('may each be asked for in a segment or a list filter', () => {
    const asked = new Set(fieldsOf(entity).flatMap((field) => [field.name, storedIn(field.storage)]));
    expect(fields.map(([name]) => name).filter((name) => !asked.has(name))).toEqual([]);
  });

  it('are filled by a column of a file', () => {
    const row: MappedRow = {};
    for (const field of importFields) if (field !== 'ignore' && fitsKind(kind, field)) row[field] = sampleOf(field);
    const { values, references, flagged } = draftOf(row, settings(kind));
    expect(flagged).toEqual([]);
    const filled = new Set([...Object.keys(values), ...Object.keys(references ?? {})]);
    expect(editable.filter((name) => !filled.has(name) && !(name in notImported))).toEqual([]);
  });

  it('leave with an export, under headers that an import reads back', () => {
    const leaving = new Set(csv.columns.map(({ field }) => field));
    const inLists = ['email', 'phone'];
    expect(fields.map(([name]) => name).filter((name) => !leaving.has(name) && !inLists.includes(name))).toEqual([]);
    const columns = csv.columns.map(({ header }) => ({ header, samples: [] }));
    const guessed = guessMapping(columns, kind, 'csv');
    const lost = csv.columns.filter(
      ({ field }, index) =>
        field !== undefined && editable.includes(field) && !(field in notImported) && guessed[index] === 'ignore',
    );
    expect(lost.map(({ header }) => header)).toEqual([]);
  });
});

/** The field that a segment field reads: `city` is in `addresses`. */
const storedIn = (storage: ReturnType<typeof fieldsOf>[number]['storage']): string | null =>
  storage.kind === 'rows' ? null : storage.column;
