/** Which fields many records can be given at once, and what is wrong with the values chosen for them. */
import type { EntityName } from '../../shared/model/entities.ts';
import type { Field } from '../../shared/model/field.ts';
import { fieldsNow, schemaOf } from '../app/workspace-fields.ts';
import { t } from '../i18n/index.ts';
import { fieldLabel } from '../i18n/words.ts';

type Values = Readonly<Record<string, unknown>>;

/** A consent is given by one person in words of its own, never for many at once (domain.md section 1). */
const ofOnePerson: readonly string[] = ['consentLevel'];

const isBulk = (name: string, field: Field): boolean =>
  field.use.form && !field.computed && field.kind !== 'json' && name !== 'tags' && !ofOnePerson.includes(name);

/** By label. Lists such as emails belong to one record and are left out; tags are added and taken off by themselves. */
export const bulkFields = (entity: EntityName): readonly string[] =>
  Object.entries(fieldsNow(entity))
    .filter(([name, field]) => isBulk(name, field))
    .map(([name]) => name)
    .toSorted((a, b) => fieldLabel(a).localeCompare(fieldLabel(b)));

/** It may be blank, and whether something is yes or no is always one of both. */
export const isClearable = (field: Field): boolean => !field.required && field.initial === undefined;

const isBlank = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'string' && value.trim() === '');

type Checked =
  | { readonly ok: true; readonly values: Values }
  | { readonly ok: false; readonly issues: Readonly<Record<string, string>> };

/** `names`: the fields chosen; `cleared`: those of them that lose their value. */
export function checkBulk(
  entity: EntityName,
  names: readonly string[],
  given: Values,
  cleared: ReadonlySet<string>,
): Checked {
  const fields = fieldsNow(entity);
  const issues: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  for (const name of names) {
    const field = fields[name];
    if (field === undefined) continue;
    if (cleared.has(name)) values[name] = null;
    else if (isBlank(given[name])) issues[name] = isClearable(field) ? t('bulk.valueNeeded') : t('bulk.valueRequired');
    else values[name] = given[name];
  }
  const parsed = schemaOf(entity, fields).safeParse(values);
  for (const { path, message } of parsed.error?.issues ?? []) issues[String(path[0])] ??= message;
  return Object.keys(issues).length === 0 ? { ok: true, values } : { ok: false, issues };
}
