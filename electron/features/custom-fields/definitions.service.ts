/**
 * Making, changing and removing custom fields, so that nothing is lost and nothing breaks behind somebody's back: a field
 * that something uses keeps its kind and stays, and one whose values do not all fit a new kind keeps the one it has. What
 * stands in the way is named.
 *
 * Example: "Badge" is asked by the segment "VIPs": it can be renamed, but becomes no number before the segment lets go.
 */
import { type CallError, callError } from '../../../shared/contract/call.ts';
import {
  type CustomFieldDefinition,
  type CustomFieldKind,
  customFieldName,
} from '../../../shared/model/custom-field.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { foldText } from '../../../shared/rules/normalise/fold.ts';
import { countOptions, definitionsNaming, type FieldUser, usersOfField } from '../../../db/query/custom-field-uses.ts';
import { convertColumn, planConversion } from '../../../db/records/convert-column.ts';
import { decodeField, type StoredPatch, tableOf } from '../../../db/records/entity-storage.ts';
import { modelOf } from '../../../db/records/model.ts';
import { readStored, rowIdOf } from '../../../db/records/read.ts';
import { updateRecord, write } from '../../../db/records/write.ts';
import type { ReadableStore, WritableStore } from '../../../db/store.ts';
import { refusal } from '../records/record-rules.ts';
import { createOne, moveToBin, updateOne } from '../records/records.service.ts';

type Values = Readonly<Record<string, unknown>>;
type Answer<T> = Result<T, CallError>;

/** Columns that a table can hold are not endless, and nobody reads a form of so many fields. */
const mostFields = 200;
/** So many different texts become the options of a choice where none are given. */
const mostGuessedOptions = 50;

export const isChoice = (kind: CustomFieldKind): boolean => kind === 'choice' || kind === 'multiChoice';

type Definition = Pick<CustomFieldDefinition, 'name' | 'entity' | 'kind' | 'options'>;

export function checkDefinition(store: ReadableStore, id: string | null, { name, entity, kind, options }: Definition) {
  const others = modelOf(store).definitions.filter((each) => each.entity === entity && each.id !== id);
  if (others.some((each) => foldText(each.name) === foldText(name))) {
    return refusal('name', 'is the name of another field already');
  }
  if (id === null && others.length >= mostFields) return refusal('entity', `has ${mostFields} fields already`);
  if (!isChoice(kind)) return ok(null);
  if (options.length === 0) return refusal('options', 'must hold at least one');
  if (new Set(options.map(foldText)).size < options.length) return refusal('options', 'must differ from each other');
  return ok(null);
}

export function createField(store: WritableStore, values: Values, id: string | undefined) {
  const { name, entity = 'contact', kind = 'text', options = [] } = values as Partial<Definition>;
  if (typeof name === 'string') {
    const checked = checkDefinition(store, null, { name, entity, kind, options });
    if (!checked.ok) return checked;
  }
  return createOne(store, 'customField', values, id);
}

export function updateField(
  store: WritableStore,
  id: string,
  given: Values,
  baseVersion: number | undefined,
): Answer<{ writeId: number | null; version: number }> {
  const row = rowIdOf(store, 'customField', id);
  const record = row === null ? null : readStored(store, 'customField', row);
  const before = modelOf(store).columns.find((each) => each.id === id);
  const isOlder = baseVersion !== undefined && baseVersion !== record?.version;
  // the general answers: it is not here, somebody else was first
  if (!record || !before || isOlder) return updateOne(store, 'customField', id, given, baseVersion);
  const wanted = { ...record.values, ...given } as Definition;
  if (wanted.entity !== before.entity) return refusal('entity', 'cannot be another once the field is made');
  const after: CustomFieldDefinition = { ...before, ...wanted, options: optionsFor(store, before, wanted) };
  const checked = checkDefinition(store, id, after);
  if (!checked.ok) return checked;
  if (after.kind === before.kind) {
    const free = checkOptions(store, before, after.options);
    return free.ok ? updateOne(store, 'customField', id, given, baseVersion) : free;
  }
  const users = usersOfField(store, id);
  if (users.length > 0) return inUse(before.name, users);
  const conversion = planConversion(store, before, after.kind, after.options);
  if (conversion.lost.length > 0) return doNotFit(conversion.lost);
  const { writeId } = write(store, { cause: 'edit' }, (w) => {
    updateRecord(w, 'customField', record.id, { ...given, options: after.options } as StoredPatch<'customField'>);
    convertColumn(w, after, conversion);
  });
  return ok({ writeId, version: readStored(store, 'customField', record.id)?.version ?? record.version });
}

/** A choice without options takes what its records hold, if that is not too much. */
function optionsFor(store: ReadableStore, before: CustomFieldDefinition, wanted: Definition): string[] {
  const asked = [...wanted.options];
  if (asked.length > 0 || !isChoice(wanted.kind) || isChoice(before.kind)) return asked;
  const column = customFieldName(before.id);
  const values = store
    .sql(`SELECT DISTINCT ${column} FROM ${tableOf(before.entity)} WHERE ${column} IS NOT NULL ORDER BY 1 LIMIT ?`)
    .pluck()
    .all(mostGuessedOptions + 1)
    .map((value) => decodeField({ kind: 'text', custom: before.kind }, value));
  if (values.length > mostGuessedOptions || before.kind === 'yesNo') return asked;
  const byKey = new Map(values.map((value) => [foldText(String(value)), String(value)]));
  return [...byKey.values()];
}

/** Options that records hold, or that a segment asks for, stay. */
export function checkOptions(
  store: ReadableStore,
  before: CustomFieldDefinition,
  options: readonly string[],
): Answer<null> {
  if (!isChoice(before.kind)) return ok(null);
  const gone = new Set(before.options.filter((option) => !options.includes(option)));
  if (gone.size === 0) return ok(null);
  const held = countOptions(store, before).find(({ option }) => gone.has(option));
  if (held) {
    return refusal('options', `must keep “${held.option}”: ${held.records} records have it`);
  }
  for (const option of gone) {
    const users = definitionsNaming(store, before.id, option);
    if (users.length > 0) return inUse(`${before.name}: ${option}`, users);
  }
  return ok(null);
}

function inUse(name: string, users: readonly FieldUser[]): Answer<never> {
  const labels = users.map((each) => `“${each.label}”`).join(', ');
  return err(
    callError('inUse', `“${name}” is used by ${labels}. Take it out there first; nothing was changed.`, {
      users: users.length,
      names: labels,
    }),
  );
}

function doNotFit(lost: readonly { readonly label: string }[]): Answer<never> {
  return err(
    callError(
      'valuesDoNotFit',
      `${lost.length} values cannot be turned into the new kind without a loss. Nothing was changed.`,
      {
        count: lost.length,
        examples: lost
          .slice(0, 5)
          .map((each) => each.label)
          .join(', '),
      },
    ),
  );
}

export function removeFields(store: WritableStore, ids: readonly string[]): Answer<{ writeId: number }> {
  for (const id of ids) {
    const field = modelOf(store).definitions.find((each) => each.id === id);
    const users = field ? usersOfField(store, id) : [];
    if (field && users.length > 0) return inUse(field.name, users);
  }
  return moveToBin(store, 'customField', ids, true);
}

/** Each has its own rules: many at once would be refused one by one. */
export const oneByOne = (): Answer<never> =>
  err(callError('badInput', 'Custom fields are changed and removed one by one.'));
