/**
 * Custom fields in files: which column fills which, what a cell says, and what field a column that fills nothing could
 * become. A cell that cannot be read refuses no row: it is flagged and kept (domain.md section 2).
 *
 * Example: the column `badge colour` fills the field "Badge colour"; of cells `Red`, `Blue`, `Red` a choice is made.
 */
import type { ImportKind } from '../../contract/imports.ts';
import {
  checkedLink,
  type CustomFieldDefinition,
  type CustomFieldEntity,
  type CustomFieldKind,
  customFieldName,
  longestText,
} from '../../model/custom-field.ts';
import { nameOfHeader } from '../formats/csv-export.ts';
import { headerKey } from '../formats/header.ts';
import { foldText } from '../normalise/fold.ts';
import { type DateOrder, type DecimalSign, parseDate, parseNumber, parseYesNo } from '../normalise/values.ts';
import { type ChoiceMaps, toldOption, valuesOfCell } from '../formats/column-rules.ts';
import { optionOf } from './convert.ts';

/** The records of a kind of file whose custom fields it fills. */
export const entityOfImport: Readonly<Record<ImportKind, CustomFieldEntity>> = {
  contacts: 'contact',
  leads: 'lead',
  accounts: 'account',
  registrations: 'contact',
  checkins: 'contact',
  interactions: 'contact',
  members: 'contact',
};

/** What a run knows of a field that one of its columns fills. */
export type CustomColumn = {
  /** `x_…` */
  readonly name: string;
  readonly kind: CustomFieldKind;
  readonly options: readonly string[];
};

export const columnOf = ({ id, kind, options }: CustomFieldDefinition): CustomColumn => ({
  name: customFieldName(id),
  kind,
  options,
});

/** The field that a header means: one that files of these records have anyway means another. */
export function fieldOfHeader(
  definitions: readonly CustomFieldDefinition[],
  entity: CustomFieldEntity,
  header: string,
): CustomFieldDefinition | null {
  const name = nameOfHeader(entity, header);
  return name === null ? null : fieldNamed(definitions, entity, name);
}

/** The field of that name, whatever the header's case, spaces and punctuation. */
export function fieldNamed(
  definitions: readonly CustomFieldDefinition[],
  entity: CustomFieldEntity,
  name: string,
): CustomFieldDefinition | null {
  const own = definitions.filter((each) => each.entity === entity);
  const folded = foldText(name);
  const key = headerKey(name);
  return (
    own.find((each) => foldText(each.name) === folded) ??
    (key === '' ? null : (own.find((each) => headerKey(each.name) === key) ?? null))
  );
}

export type CellSettings = {
  readonly dateOrders: Readonly<Record<string, DateOrder>>;
  readonly decimalSign: DecimalSign;
  readonly latestYear: number;
  /** What values of choices were said to become. */
  readonly choices?: ChoiceMaps;
};

/** `unread`: texts that could not be read, with why. */
export type ReadCell = {
  readonly value: unknown;
  readonly unread: readonly { readonly value: string; readonly reason: string }[];
};

/** Years further ahead than a birth date's: a contract may run. */
const yearsAhead = 100;

export function readCell(column: CustomColumn, raw: string, settings: CellSettings): ReadCell {
  const or = (value: unknown, reason: string): ReadCell =>
    value === null || value === undefined ? { value: null, unread: [{ value: raw, reason }] } : { value, unread: [] };
  switch (column.kind) {
    case 'text': {
      if (raw.length <= longestText) return { value: raw, unread: [] };
      return { value: raw.slice(0, longestText).trim(), unread: [{ value: raw, reason: 'tooLong' }] };
    }
    case 'number':
      return or(parseNumber(raw, settings.decimalSign), 'notANumber');
    case 'date': {
      const order = settings.dateOrders[column.name] ?? 'dmy';
      return or(parseDate(raw, { order, latestYear: settings.latestYear + yearsAhead }), 'notADate');
    }
    case 'yesNo':
      return or(parseYesNo(raw), 'notYesOrNo');
    case 'link':
      return or(checkedLink(raw), 'notALink');
    case 'choice': {
      const option = chosenOption(column, raw, settings);
      return option === null ? { value: null, unread: [] } : or(option, 'notAChoice');
    }
    case 'multiChoice':
      return readSeveral(column, raw, settings);
  }
}

/** Null for a value that is left out, undefined for one that is no option. */
function chosenOption({ name, options }: CustomColumn, value: string, settings: CellSettings) {
  const told = toldOption(settings.choices, name, value);
  // (an option that is gone since is none)
  return told === null || (told !== undefined && options.includes(told)) ? told : optionOf(value, options);
}

function readSeveral(column: CustomColumn, raw: string, settings: CellSettings): ReadCell {
  const { options } = column;
  const parts = valuesOfCell(raw, column);
  const chosen = parts.map((each) => chosenOption(column, each, settings));
  const value = options.filter((option) => chosen.includes(option));
  return {
    value: value.length === 0 ? null : value,
    unread: parts.flatMap((part, index) =>
      chosen[index] === undefined ? [{ value: part, reason: 'notAChoice' }] : [],
    ),
  };
}

/** So many different values, each of them often enough, are a choice. */
const mostOptions = 12;
const leastRows = 10;

/**
 * What the values of a column are. `isAll`: there are no others in the file; only then a choice is made of them, since
 * one that comes later would be none.
 */
export function guessField(
  values: readonly string[],
  { dateOrder, isAll }: { readonly dateOrder: DateOrder; readonly isAll: boolean },
): Pick<CustomFieldDefinition, 'kind' | 'options'> {
  const filled = values.map((value) => value.trim()).filter((value) => value !== '');
  const all = (reads: (value: string) => boolean): boolean => filled.length > 0 && filled.every(reads);
  const plain = (kind: CustomFieldKind) => ({ kind, options: [] });
  // 1 and 0 alone are numbers; leading zeros are no number's
  if (all((value) => /[a-z]/i.test(value) && parseYesNo(value) !== null)) return plain('yesNo');
  if (all((value) => /^-?(0|[1-9]\d{0,14})([.,]\d+)?$/.test(value))) return plain('number');
  if (all((value) => /\d/.test(value) && parseDate(value, { order: dateOrder, latestYear: 2200 }) !== null)) {
    return plain('date');
  }
  if (all((value) => /^(https?:|mailto:|www\.)/i.test(value) && checkedLink(value) !== null)) return plain('link');
  const byKey = new Map(filled.map((value) => [foldText(value), value]));
  const isFew = byKey.size >= 2 && byKey.size <= mostOptions && filled.length >= byKey.size * 3;
  if (isAll && isFew && filled.length >= leastRows && filled.every((value) => value.length <= 60)) {
    return { kind: 'choice', options: [...byKey.values()].toSorted() };
  }
  return plain('text');
}
