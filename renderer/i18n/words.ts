/** Words for names that come from data: fields, choices, kinds. An unknown one is spelled out from its name. */
import { isCustomFieldName } from '../../shared/model/custom-field.ts';
import { customHelp, customLabel } from '../app/workspace-fields.ts';
import { i18next, t } from './index.ts';

/** 'givenName' → 'Given name'. */
export function spellOut(name: string): string {
  const words = name
    .replace(/(Ms|Id|Ids)$/, '')
    .replace(/At$/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
    .toLowerCase();
  return words === '' ? name : words[0]!.toUpperCase() + words.slice(1);
}

function dynamic(section: string, name: string): string | undefined {
  const found: unknown = i18next.getResource(i18next.language, 'app', `${section}.${name}`);
  return typeof found === 'string' ? found : undefined;
}

/** The label of a record's field; what a workspace added is called as it was named there. */
export const fieldLabel = (field: string): string =>
  isCustomFieldName(field)
    ? (customLabel(field) ?? t('customFields.unknown'))
    : (dynamic('fields', field) ?? spellOut(field));

/** The label of one option of a choice, a kind of interaction, an outcome, an entity, … */
export const choiceLabel = (value: string): string => dynamic('choices', value) ?? spellOut(value);

/** An option of a field: those that a workspace made are words already. */
export const optionLabel = (field: { readonly custom?: string; readonly label?: string } | undefined, value: string) =>
  field?.custom === undefined && field?.label === undefined ? choiceLabel(value) : value;

/** A reason is written by a person or is one of a list: 'notInterested' → 'Not interested'. */
export const reasonLabel = (reason: string): string => dynamic('choices', reason) ?? reason;

/** A hint below a field, where the domain has one to give. */
export const fieldHint = (field: string): string | undefined =>
  isCustomFieldName(field) ? customHelp(field) : dynamic('fields', `hints.${field}`);

/** '2,497 contacts'. A kind without words of its own is a record. */
export const kindCount = (entity: string, count: number): string =>
  dynamic('kinds', `${entity}_other`) === undefined
    ? i18next.t('kinds.record', { count })
    : i18next.t(`kinds.${entity as 'record'}`, { count });
