/** The columns of a table: what they are called, how many a whole row has, what each fills. */
import {
  type ColumnRule,
  type ImportField,
  type ImportTarget,
  ruleOf,
} from '../../../../shared/contract/import-fields.ts';
import type { ImportKind } from '../../../../shared/contract/imports.ts';
import {
  type CustomFieldDefinition,
  customFieldName,
  isCustomFieldName,
} from '../../../../shared/model/custom-field.ts';
import {
  entityOfImport,
  fieldNamed,
  fieldOfHeader,
  guessField,
} from '../../../../shared/rules/custom-fields/import.ts';
import { headerKey, headerSetKey } from '../../../../shared/rules/formats/header.ts';
import { fitsKind, guessMapping } from '../../../../shared/rules/formats/mapping.ts';
import { foldText } from '../../../../shared/rules/normalise/fold.ts';
import { detectDateOrder } from '../../../../shared/rules/normalise/values.ts';
import { modalWidth } from './dialect.ts';
import type { FormatChosen, SourceOptions } from './source.ts';

/** Records that are looked at before anything is decided. */
export const sampleRecords = 1000;

/** Columns that can name or reach somebody; a file without any holds no records that could be made. */
export const identifying: readonly ImportField[] = [
  'givenName',
  'familyName',
  'fullName',
  'company',
  'accountName',
  'email',
  'email2',
  'phone',
  'phone2',
  'mobilePhone',
  'homePhone',
  'otherPhone',
  'nickname',
];

/** Names for all columns: the file's own, made different where two are alike, `Column 3` where there is none. */
export function headersOf(first: readonly string[], hasHeader: boolean, width: number): readonly string[] {
  if (!hasHeader) return Array.from({ length: Math.max(width, first.length) }, (_, index) => `Column ${index + 1}`);
  const seen = new Map<string, number>();
  return first.map((cell) => {
    const header = cell.replace(/\s+/g, ' ').trim().slice(0, 1000);
    const count = (seen.get(header) ?? 0) + 1;
    seen.set(header, count);
    return count === 1 || header === '' ? header : `${header} (${count})`;
  });
}

export function widthsOf(headers: readonly string[], data: readonly (readonly string[])[]): readonly number[] {
  const widths = new Set([headers.length]);
  // a header that ends in a separator names no column with its last field
  let named = headers.length;
  while (named > 1 && headers[named - 1] === '') named -= 1;
  for (let width = named; width < headers.length; width += 1) widths.add(width);
  // a whole file that is one column off is written that way
  const modal = modalWidth(data);
  if (data.length >= 2 && modal.share > 0.9 && modal.width > 1) widths.add(modal.width);
  return [...widths];
}

export function mappingOf(
  options: SourceOptions,
  headers: readonly string[],
  data: readonly (readonly string[])[],
  kind: ImportKind,
  format: FormatChosen,
): { readonly fields: readonly ImportTarget[]; readonly rules: readonly (SaidOfColumn | null)[] } {
  const told = options.columns ?? options.remembered(headerSetKey(headers), kind);
  const guess = guessMapping(
    headers.map((header, index) => ({ header, samples: data.slice(0, 200).map((record) => record[index] ?? '') })),
    kind,
    format,
  );
  const byKey = told && new Map(Object.entries(told).map(([header, entry]) => [columnKey(header), ruleOf(entry)]));
  const key = options.keyColumn === undefined ? null : columnKey(options.keyColumn);
  const fields = headers.map((header, index) => {
    const own = columnKey(header);
    if (key !== null && own === key) return 'externalId';
    const field = byKey
      ? (byKey.get(own)?.field ?? 'ignore')
      : guessCustom(options, header, kind, guess[index] ?? 'ignore');
    // one id a record: the chosen key's
    if (key !== null && field === 'externalId') return 'ignore';
    return fitsTarget(options, kind, field) ? field : 'ignore';
  });
  const rules = headers.map((header, index) => {
    const rule = byKey?.get(columnKey(header));
    return rule === undefined || rule.field !== fields[index] ? null : saidOf(rule);
  });
  return { fields, rules };
}

/** What was said of a column beside its field. */
export type SaidOfColumn = Omit<ColumnRule, 'field'>;

const saidOf = ({ field: _field, ...said }: ColumnRule): SaidOfColumn | null =>
  Object.keys(said).length === 0 ? null : said;

const customOf = ({ custom = [] }: SourceOptions, kind: ImportKind): readonly CustomFieldDefinition[] =>
  custom.filter(({ entity }) => entity === entityOfImport[kind]);

const fitsTarget = (options: SourceOptions, kind: ImportKind, target: ImportTarget): boolean =>
  isCustomFieldName(target)
    ? customOf(options, kind).some(({ id }) => customFieldName(id) === target)
    : fitsKind(kind, target as ImportField);

/** A header that is the very name of a custom field fills it, unless it names or reaches somebody. */
function guessCustom(options: SourceOptions, header: string, kind: ImportKind, guess: ImportField): ImportTarget {
  if (identifying.includes(guess) || header.trim() === '') return guess;
  const own = fieldOfHeader(customOf(options, kind), entityOfImport[kind], header);
  return own ? (customFieldName(own.id) as `x_${string}`) : guess;
}

/** More would be no form that anybody fills in. */
const mostNewFields = 100;

/** Columns for which fields are to be made, asked for by name or since they fill nothing. */
export function withNewFields(
  options: SourceOptions,
  headers: readonly string[],
  mapped: readonly ImportTarget[],
  data: readonly (readonly string[])[],
  kind: ImportKind,
): { fields: readonly ImportTarget[]; newFields: readonly CustomFieldDefinition[] } {
  const { newFields: asked = [], leftoverFields = false, columns, newId, region } = options;
  if ((asked.length === 0 && !leftoverFields) || !newId) return { fields: mapped, newFields: [] };
  const entity = entityOfImport[kind];
  const made: CustomFieldDefinition[] = [];
  const leftAlone = new Set(
    Object.entries(columns ?? {}).flatMap(([header, entry]) =>
      ruleOf(entry).field === 'ignore' ? [columnKey(header)] : [],
    ),
  );
  const fields = headers.map((header, index): ImportTarget => {
    const target = mapped[index] ?? 'ignore';
    const values = data.map((record) => record[index] ?? '');
    const own = asked.find((each) => columnKey(each.column) === columnKey(header));
    const isLeft = leftoverFields && target === 'ignore' && !leftAlone.has(columnKey(header)) && header.trim() !== '';
    const isMeant = own !== undefined || (isLeft && values.some((value) => value.trim() !== ''));
    if (!isMeant || made.length >= mostNewFields) return target;
    const name = (own?.name ?? header).trim().slice(0, 100);
    const there = fieldNamed([...customOf(options, kind), ...made], entity, name);
    if (there) return customFieldName(there.id) as `x_${string}`;
    const dateOrder = detectDateOrder(values, region);
    const guess = guessField(values, { dateOrder, isAll: data.length < sampleRecords - 100 });
    const chosen = own?.kind ?? guess.kind;
    const found = own?.options ?? (chosen === guess.kind ? guess.options : optionsIn(values, chosen));
    const isChoice = chosen === 'choice' || chosen === 'multiChoice';
    const field: CustomFieldDefinition = {
      id: newId(),
      name,
      entity,
      // a choice of nothing would take nothing
      kind: isChoice && found.length === 0 ? 'text' : chosen,
      options: isChoice ? found : [],
      help: null,
      position: null,
    };
    made.push(field);
    return customFieldName(field.id) as `x_${string}`;
  });
  return { fields, newFields: made };
}

const mostOptions = 100;

/** The different values of a column that is to be a choice. */
function optionsIn(values: readonly string[], kind: CustomFieldDefinition['kind']): string[] {
  const parts = kind === 'multiChoice' ? values.flatMap((value) => value.split(';')) : values;
  const byKey = new Map(
    parts.flatMap((part) => (part.trim() === '' ? [] : [[foldText(part), part.trim().slice(0, 200)]])),
  );
  return byKey.size > mostOptions ? [] : [...byKey.values()].toSorted();
}

export const hasColumn = (headers: readonly string[], name: string): boolean =>
  headers.some((header) => columnKey(header) === columnKey(name));

/** Headers without any letter or digit are told apart as they stand. */
const columnKey = (header: string): string => headerKey(header) || header.trim();
