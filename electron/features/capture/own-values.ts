/**
 * What a capture gave in fields that the workspace added to contacts and leads. A value goes to the record whose field it
 * is; one that does not fit (its options changed meanwhile), and one that a match did not take, is kept in words with the
 * visit, so that nothing said at a booth is lost.
 */
import { hasCustomFields } from '../../../shared/model/custom-field.ts';
import type { Field } from '../../../shared/model/field.ts';
import type { CaptureFormDefinition } from '../../../shared/rules/capture/definition.ts';
import { isGiven, ownOf, type OwnValues } from '../../../shared/rules/capture/submission.ts';
import { fieldsOf, shownFieldsOf } from '../../../db/records/model.ts';
import { sameValue } from '../../../db/records/touched.ts';
import type { ReadableStore } from '../../../db/store.ts';

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
