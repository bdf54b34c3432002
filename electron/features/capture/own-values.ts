/**
 * What a capture gave in fields that the workspace added to contacts and leads. A value goes to the record whose field it
 * is; one that does not fit (its options changed meanwhile), and one that a match did not take, is kept in words with the
 * visit, so that nothing said at a booth is lost.
 */
import { hasCustomFields } from '../../../shared/model/custom-field.ts';
import type { Field } from '../../../shared/model/field.ts';
import type { CaptureFormDefinition } from '../../../shared/rules/capture/definition.ts';
import { isGiven, ownOf, type OwnValues } from '../../../shared/rules/capture/submission.ts';
import { columnOf, readCell } from '../../../shared/rules/custom-fields/import.ts';
import { fieldsOf, modelOf, shownFieldsOf } from '../../../db/records/model.ts';
import { sameValue } from '../../../db/records/touched.ts';
import type { ReadableStore, WritableStore } from '../../../db/store.ts';

type Values = Readonly<Record<string, unknown>>;
type Said = { readonly of: 'contact' | 'lead'; readonly name: string; readonly label: string; readonly value: unknown };

export type SplitOwn = {
  readonly contact: Values;
  readonly lead: Values;
  readonly said: readonly Said[];
  /** Names of the fields whose values do not fit. */
  readonly invalid: readonly string[];
};

const targets = ['contact', 'lead'] as const;

/** The name of a field that the form requires and nothing was given in; null where all is there. */
export function missingOwn(store: ReadableStore, definition: CaptureFormDefinition, own: OwnValues): string | null {
  const asked = ownOf(definition, (name) => targets.some((target) => name in shownFieldsOf(store, target)));
  return asked.find(({ field, required }) => required && !isGiven(own[field]))?.field ?? null;
}

export function splitOwn(store: ReadableStore, own: OwnValues): SplitOwn {
  const values: Record<'contact' | 'lead', Record<string, unknown>> = { contact: {}, lead: {} };
  const said: Said[] = [];
  const invalid: string[] = [];
  for (const [name, given] of Object.entries(own)) {
    const of = targets.find((target) => hasCustomFields(target) && fieldsOf(store, target)[name]?.custom !== undefined);
    const field: Field | undefined = of && fieldsOf(store, of)[name];
    if (of === undefined || field === undefined || !isGiven(given)) continue;
    const parsed = field.schema.safeParse(given);
    if (parsed.success) values[of][name] = parsed.data;
    else invalid.push(name);
    said.push({ of, name, label: field.label ?? name, value: parsed.success ? parsed.data : given });
  }
  return { ...values, said, invalid };
}

/** In words what stands on neither record: 'Badge colour: Red'. */
export function ownOfRecords(own: SplitOwn, records: Readonly<Record<'contact' | 'lead', Values | null>>): string[] {
  return own.said
    .filter(({ of, name, value }) => !sameValue(records[of]?.[name] ?? null, value))
    .map(({ label, value }) => `${label}: ${inWords(value)}`);
}

const inWords = (value: unknown): string =>
  Array.isArray(value) ? value.join(', ') : value === true ? 'yes' : value === false ? 'no' : String(value);

/** As texts that a person can change while the capture waits; of fields that are there. */
export const ownTexts = (store: ReadableStore, own: OwnValues): Record<string, string> =>
  Object.fromEntries(
    definitionsOf(store).flatMap(({ name }) => {
      const value = own[name];
      return value !== undefined && isGiven(value) ? [[name, ownText(value)]] : [];
    }),
  );

/** What separates several values is what a cell of a file is read by. */
const ownText = (value: OwnValues[string]): string => (Array.isArray(value) ? value.join('; ') : inWords(value));

/**
 * The values with what a person changed in their texts: those that were left alone stay what they were, one that was
 * emptied is gone, and one that cannot be read is kept as it was typed, to be flagged. `shown`: the texts before.
 */
export function ownWithTexts(
  store: WritableStore,
  own: OwnValues,
  shown: Readonly<Record<string, string>>,
  texts: Readonly<Record<string, string>>,
): Record<string, string | number | boolean | string[]> {
  const edited: Record<string, unknown> = { ...own };
  const settings = {
    dateOrders: {},
    decimalSign: 'point' as const,
    latestYear: new Date(store.now()).getUTCFullYear(),
  };
  for (const column of definitionsOf(store)) {
    const { name } = column;
    const text = texts[name]?.trim() ?? '';
    if (text === '') {
      if (name in shown) delete edited[name];
    } else if (own[name] === undefined || text !== ownText(own[name])) {
      const { value, unread } = readCell(column, text, settings);
      edited[name] = value === null || unread.length > 0 ? text : value;
    }
  }
  return edited as Record<string, string | number | boolean | string[]>;
}

const definitionsOf = (store: ReadableStore) =>
  modelOf(store)
    .definitions.filter(({ entity }) => targets.some((target) => target === entity))
    .map(columnOf);
