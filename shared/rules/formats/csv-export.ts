/**
 * Plain CSV: every field that the model lets out, for a spreadsheet and for reading back in. Lists are flattened into
 * columns that an import takes; references are given by their label; moments as ISO 8601 in UTC.
 *
 * What a spreadsheet could run as a formula gets an apostrophe before it, which the import takes away again. Phone
 * numbers and plain numbers are left alone: they are none.
 *
 * Example: `=1+1` is written `'=1+1`, `+32 475 12 34 56` as it is.
 */
import { entities, type EntityRecord } from '../../model/entities.ts';
import type { Field, Fields } from '../../model/field.ts';
import type { AddressPart, Answer, EmailPart, FlaggedValue, PhonePart } from '../../model/parts.ts';
import { headerKey } from './header.ts';
import { addressOf, type ExportColumn, type ExportEntity, type ExportTarget, phoneText } from './export-target.ts';

const formula = /^'*[=+\-@\t\r]/;
const phoneOrNumber = /^[+-]?(?:\d[\d ()./-]*|\(\d[\d ()./-]*)$/;

export const neutralise = (cell: string): string =>
  formula.test(cell) && !phoneOrNumber.test(cell) ? `'${cell}` : cell;

/** The other way: `neutralised(neutralise(x))` is x, whatever x is. */
export const unneutralise = (cell: string): string => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

const inWords = (name: string): string =>
  name
    .replace(/(?:Id|AtMs)$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/^./, (letter) => letter.toUpperCase());

type Values = Readonly<Record<string, unknown>>;

const phoneHeaders: readonly (readonly [string, PhonePart['kind'], number])[] = [
  ['Business Phone', 'work', 0],
  ['Business Phone 2', 'work', 1],
  ['Mobile Phone', 'mobile', 0],
  ['Home Phone', 'home', 0],
  ['Other Phone', 'other', 0],
  ['Fax', 'fax', 0],
];
const addressHeaders: readonly (readonly [string, keyof AddressPart])[] = [
  ['Street', 'street'],
  ['Street 2', 'street2'],
  ['City', 'city'],
  ['State/Province', 'region'],
  ['Postal Code', 'postalCode'],
  ['Country', 'country'],
];

function columnsOfLists<E extends ExportEntity>(name: string): ExportColumn<E>[] | null {
  const list = <T>(record: unknown): readonly T[] => ((record as Values)[name] ?? []) as readonly T[];
  switch (name) {
    case 'emails':
      return ['Email', 'Email 2', 'Email 3'].map((header, index) => ({
        header,
        field: name,
        value: (record) => list<EmailPart>(record)[index]?.address ?? null,
      }));
    case 'phones':
      return phoneHeaders.map(([header, kind, nth]) => ({
        header,
        field: name,
        value: (record) => {
          const found = list<PhonePart>(record).filter((phone) => phone.kind === kind)[nth];
          return found ? phoneText(found) : null;
        },
      }));
    case 'addresses':
      return addressHeaders.map(([header, part]) => ({
        header,
        field: name,
        value: (record) => addressOf({ addresses: list<AddressPart>(record) })?.[part] ?? null,
      }));
    case 'answers':
      return [
        {
          header: 'Answers',
          field: name,
          value: (record) =>
            list<Answer>(record)
              .map(({ question, value }) => `${question}: ${Array.isArray(value) ? value.join(', ') : value}`)
              .join('\n') || null,
        },
      ];
    case 'productIds':
      return [
        {
          header: 'Products',
          field: name,
          value: (record, { productNames }) =>
            list<string>(record)
              .map((id) => productNames.get(id) ?? id)
              .join('; ') || null,
        },
      ];
    case 'tags':
      return [{ header: 'Tags', field: name, value: (record) => list<string>(record).join('; ') || null }];
    case 'flaggedValues':
      return [
        {
          header: 'Values not taken',
          field: name,
          value: (record) =>
            list<FlaggedValue>(record)
              .map((each) => `${each.field}: ${each.value}`)
              .join('; ') || null,
        },
      ];
    default:
      return null;
  }
}

function columnOf<E extends ExportEntity>(name: string, field: Field): ExportColumn<E>[] {
  const flattened = columnsOfLists<E>(name);
  if (flattened) return flattened;
  const header = field.importNames[0] ?? inWords(name);
  const value = (record: unknown): string | null => {
    const held = (record as Values)[name] ?? null;
    if (held === null) return null;
    switch (field.kind) {
      case 'ref':
        return (record as EntityRecord<ExportEntity>).labels[name] ?? null;
      case 'boolean':
        return held === true ? 'yes' : 'no';
      case 'instant':
        return new Date(held as number).toISOString();
      case 'multiChoice':
        if (field.custom !== undefined) return (held as readonly string[]).join('; ');
        return JSON.stringify(held);
      case 'json':
        return JSON.stringify(held);
      default:
        return String(held);
    }
  };
  return [{ header, value, field: name }];
}

/** The primary address and number are among the lists already. */
const elsewhere = new Set(['email', 'phone']);

function targetOf<E extends ExportEntity>(entity: E): ExportTarget<E> {
  const fields = Object.entries(entities[entity].fields as Readonly<Record<string, Field>>);
  const columns: ExportColumn<E>[] = [{ header: 'Outpost Id', value: (record) => record.id }];
  for (const [name, field] of fields) {
    if (field.use.export && !elsewhere.has(name)) columns.push(...columnOf<E>(name, field));
  }
  columns.push(
    { header: 'Created', value: (record) => new Date(record.createdAtMs).toISOString() },
    { header: 'Updated', value: (record) => new Date(record.updatedAtMs).toISOString() },
  );
  return { entity, columns, forSpreadsheet: true };
}

export const csvContact = targetOf('contact');
export const csvAccount = targetOf('account');
export const csvLead = targetOf('lead');

const csvTargets = { lead: csvLead, contact: csvContact, account: csvAccount } as const;

/** Set behind the name of a custom field that is also the header of a column that every file has. */
const ownSuffix = ' (custom field)';

const builtInHeaders = new Map<string, ReadonlySet<string>>();

/** Is it the header of a column that files of these records have anyway? */
export function isBuiltInHeader(entity: string, header: string): boolean {
  if (entity !== 'lead' && entity !== 'contact' && entity !== 'account') return false;
  let known = builtInHeaders.get(entity);
  if (!known) {
    const columns: readonly { readonly header: string }[] = csvTargets[entity].columns;
    builtInHeaders.set(entity, (known = new Set(columns.map((column) => headerKey(column.header)))));
  }
  return known.has(headerKey(header));
}

/** What a column of a custom field is called, so that it is read back into that field and no other. */
export const customHeader = (entity: string, name: string): string =>
  isBuiltInHeader(entity, name) ? `${name}${ownSuffix}` : name;

/** The other way; null for a header that is another column's. */
export const nameOfHeader = (entity: string, header: string): string | null =>
  header.endsWith(ownSuffix) ? header.slice(0, -ownSuffix.length) : isBuiltInHeader(entity, header) ? null : header;

/** The target with columns for fields of the workspace, before those of when a record was made and changed. */
export function withCustomColumns<E extends ExportEntity>(target: ExportTarget<E>, fields: Fields): ExportTarget<E> {
  const own = Object.entries(fields).flatMap(([name, field]) =>
    field.custom === undefined
      ? []
      : columnOf<E>(name, { ...field, importNames: [customHeader(target.entity, field.label ?? name)] }),
  );
  const behind = 2;
  return {
    ...target,
    columns: [...target.columns.slice(0, -behind), ...own, ...target.columns.slice(-behind)],
  };
}
