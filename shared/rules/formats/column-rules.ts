/**
 * What a person says of a column beside the field that it fills: what a hit does to the field, and what the values of a
 * choice, or of a yes or no, become (domain.md section 2).
 *
 * Example: `{ field: 'role', onHit: 'overwrite', values: { CEO: 'decisionMaker', 'n/a': null } }` overwrites the role of
 * a known contact, takes CEO for a decision maker and leaves `n/a` out.
 */
import { type ColumnRule, happeningFields, type ImportTarget } from '../../contract/import-fields.ts';
import type { ImportKind } from '../../contract/imports.ts';
import { optionOf } from '../custom-fields/convert.ts';
import type { CustomColumn } from '../custom-fields/import.ts';
import type { FieldHitAction } from '../matching/definition.ts';
import { partLists } from '../matching/merge.ts';
import { foldText } from '../normalise/fold.ts';
import { fitsKind } from './mapping.ts';
import { type ChoiceName, optionLabels, optionOfLabel } from './option-labels.ts';
import { isYesNo, type ToldYesNo, toldYesNo, yesNoOf, yesOrNo } from './yes-no.ts';

/** By import field; a field that nothing is said of does as the whole import. */
export type FieldHits = Readonly<Partial<Record<string, FieldHitAction>>>;
/** By import field and folded value; null leaves the value out. */
export type ChoiceMaps = Readonly<Record<string, Readonly<Record<string, string | null>>>>;

const lists: Readonly<Partial<Record<string, string>>> = {
  ...partLists,
  streetNumber: 'addresses',
  street: 'addresses',
  street2: 'addresses',
  city: 'addresses',
  region: 'addresses',
  postalCode: 'addresses',
  country: 'addresses',
};

const others: Readonly<Partial<Record<string, readonly string[]>>> = {
  fullName: ['salutation', 'givenName', 'middleName', 'familyName'],
  company: ['company', 'accountId'],
  accountName: ['company', 'accountId'],
  owner: ['ownerId'],
  guardian: ['guardianId'],
  contact: ['contactId'],
  products: ['productIds'],
  parentAccount: ['parentAccountId'],
  accountKind: ['kind'],
  source: ['source', 'sourceDetail'],
  registrationStatus: ['status'],
  registeredAt: ['registeredAtMs'],
};

/** The list of the record that a column adds to; null for a plain field. */
export const listOfField = (field: string): string | null => lists[field] ?? null;

/** The fields of the record that a column fills. */
export function recordFieldsOf(kind: ImportKind, field: ImportTarget): readonly string[] {
  if (kind === 'accounts' && (field === 'accountName' || field === 'company')) return ['name'];
  if (field === 'event' || field === 'campaign' || field === 'form') {
    return [kind === 'leads' ? `${field}Id` : `source${field.slice(0, 1).toUpperCase()}${field.slice(1)}Id`];
  }
  const list = lists[field];
  return list === undefined ? (others[field] ?? [field]) : [list];
}

/** Of what somebody did, which is written once and never changed; and the id, which stays what it was. */
const unchanging = new Set<string>(['ignore', 'externalId', ...Object.values(happeningFields).flat()]);
const growing = new Set<string>(['tags', 'products', 'description', 'qualificationComments']);

/** What a hit may do to the field of a column; none where there is nothing to choose. */
export function hitActionsOf(field: ImportTarget, custom: CustomColumn | null): readonly FieldHitAction[] {
  if (unchanging.has(field)) return [];
  const grows = lists[field] !== undefined || growing.has(field);
  const ownGrows = custom !== null && (custom.kind === 'multiChoice' || custom.kind === 'text');
  return ['fillEmpty', 'overwrite', 'keep', ...(grows || ownGrows ? (['append'] as const) : [])];
}

const isChoiceName = (name: string): name is ChoiceName => Object.hasOwn(optionLabels, name);

/** The choice whose options a field of the program takes. */
function choiceOf(field: ImportTarget): ChoiceName | null {
  if (field === 'source') return 'leadSource';
  return isChoiceName(field) ? field : null;
}

/** What the values of a column may become; null where it fills neither a choice nor a yes or no. */
export function optionsOf(field: ImportTarget, custom: CustomColumn | null): readonly string[] | null {
  if (isYesNo(field, custom?.kind ?? null)) return yesOrNo;
  const choice = choiceOf(field);
  if (choice !== null) return optionLabels[choice].options;
  return custom?.kind === 'choice' || custom?.kind === 'multiChoice' ? custom.options : null;
}

/** The option that a value, or what somebody calls the option, stands for; null for none. */
export function guessOption(
  field: ImportTarget,
  custom: CustomColumn | null,
  value: string,
  otherWay = false,
): string | null {
  if (isYesNo(field, custom?.kind ?? null)) return yesNoOf(value, otherWay);
  const choice = choiceOf(field);
  if (choice !== null) return optionOfLabel(choice, value);
  return custom === null ? null : (optionOf(value, custom.options) ?? null);
}

/** The values in a cell: those of a multi-choice stand side by side. */
export const valuesOfCell = (cell: string, custom: CustomColumn | null): readonly string[] =>
  custom?.kind !== 'multiChoice' || optionOf(cell, custom.options) !== undefined
    ? [cell]
    : cell.split(cell.includes(';') ? ';' : /[,\n|]/).flatMap((each) => each.trim() || []);

export type RuledColumn = {
  readonly header: string;
  readonly field: ImportTarget;
  readonly rule: Omit<ColumnRule, 'field'> | null;
};

const customNamed = (custom: readonly CustomColumn[], field: ImportTarget): CustomColumn | null =>
  custom.find(({ name }) => name === field) ?? null;

const strength: readonly FieldHitAction[] = ['keep', 'fillEmpty', 'append', 'overwrite'];
export const stronger = (a: FieldHitAction | undefined, b: FieldHitAction): FieldHitAction =>
  a === undefined || strength.indexOf(b) > strength.indexOf(a) ? b : a;

export function hitsOf(columns: readonly RuledColumn[]): FieldHits {
  const hits: Record<string, FieldHitAction> = {};
  for (const { field, rule } of columns) {
    if (rule?.onHit !== undefined) hits[field] = stronger(hits[field], rule.onHit);
  }
  return hits;
}

/** Values of yes and no are read with their columns, which may ask either way (`toldOfColumns`). */
export function choiceMapsOf(columns: readonly RuledColumn[], custom: readonly CustomColumn[]): ChoiceMaps {
  const maps: Record<string, Record<string, string | null>> = {};
  for (const { field, rule } of columns) {
    const own = customNamed(custom, field);
    if (isYesNo(field, own?.kind ?? null)) continue;
    for (const [value, option] of Object.entries(rule?.values ?? {})) {
      const meant = option === null ? null : guessOption(field, own, option);
      if (option !== null && meant === null) continue;
      (maps[field] ??= {})[foldText(value)] = meant;
    }
  }
  return maps;
}

/** What was said of the values of each column of yes and no. */
export const toldOfColumns = (
  columns: readonly Pick<RuledColumn, 'field' | 'rule'>[],
  custom: readonly Pick<CustomColumn, 'name' | 'kind'>[],
): readonly (ToldYesNo | null)[] =>
  columns.map(({ field, rule }) =>
    toldYesNo(field, custom.find(({ name }) => name === field)?.kind ?? null, rule?.values),
  );

/** Why what is said of a column cannot be done, in words; null where all can. */
export function ruleProblem(
  kind: ImportKind,
  columns: readonly RuledColumn[],
  custom: readonly CustomColumn[],
): string | null {
  for (const { header, field, rule } of columns) {
    if (rule === null || field === 'ignore') continue;
    const own = customNamed(custom, field);
    if (own === null && !fitsKind(kind, field as Parameters<typeof fitsKind>[1])) continue;
    if (rule.onHit !== undefined && !hitActionsOf(field, own).includes(rule.onHit)) {
      return `What a hit does to the field of column “${header}” cannot be “${rule.onHit}”.`;
    }
    const told = Object.values(rule.values ?? {});
    if (told.length > 0 && optionsOf(field, own) === null) {
      return `Column “${header}” fills neither a choice nor a yes or no: its values cannot be mapped.`;
    }
    const unknown = told.find((option) => option !== null && guessOption(field, own, option) === null);
    if (unknown !== undefined) return `“${unknown}” is no option of the field of column “${header}”.`;
  }
  return null;
}

/** What was said of a value; undefined where nothing was. */
export const toldOption = (maps: ChoiceMaps | undefined, field: string, value: string): string | null | undefined =>
  maps?.[field]?.[foldText(value)];
