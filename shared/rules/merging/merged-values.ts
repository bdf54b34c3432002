/**
 * What a record holds after others were merged into it (domain.md section 2). Nothing that somebody entered is lost
 * where both can stand side by side: emails, phones, addresses, tags and answers are united, texts are put below each
 * other, blank fields are filled. Where only one can stand, it is the survivor's unless somebody chose. The strictest
 * consent stands whatever was chosen: the lowest level, a "do not allow", a child.
 *
 * Of leads: the flags that either has earned stay earned, since sales ready is sticky; one that became an opportunity
 * makes the whole qualified; one that is open keeps the whole open. Their stage is decided in `leadStage`.
 *
 * Example: `{ jobTitle: null, consentLevel: 'marketing' }` merged with `{ jobTitle: 'Buyer', consentLevel: 'consent' }`
 * is `{ jobTitle: 'Buyer', consentLevel: 'consent' }`.
 */
import { type EntityName, entityOf } from '../../model/entities.ts';
import { isCustomFieldName } from '../../model/custom-field.ts';
import type { Field } from '../../model/field.ts';
import type { AddressPart, Answer, EmailPart, FlaggedValue, PhonePart } from '../../model/parts.ts';
import { type ConsentLevel, consentLevels, consentRank } from '../../model/picklists.ts';
import { emailKey } from '../normalise/email.ts';
import { foldText } from '../normalise/fold.ts';
import { cleanTags } from '../tags.ts';

export const mergeEntities = ['contact', 'account', 'lead'] as const satisfies readonly EntityName[];
export type MergeEntity = (typeof mergeEntities)[number];

export const isMergeEntity = (name: string): name is MergeEntity => mergeEntities.some((each) => each === name);

type Values = Readonly<Record<string, unknown>>;

/** `from`: the place of a record in the list, the survivor being 0. `value`: by hand. */
export type FieldChoice = { readonly from: number } | { readonly value: unknown };

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** Nobody ever said anything else than what a new record holds. */
export const isUnsaid = (field: Pick<Field, 'initial'> | undefined, value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value !== 'boolean' && field?.initial !== undefined && same(value, field.initial));

type Rule = (values: readonly unknown[]) => unknown;

const lowest: Rule = (values) => {
  const levels = values.filter((each): each is ConsentLevel => consentLevels.some((level) => level === each));
  return levels.reduce((low, each) => (consentRank(each) < consentRank(low) ? each : low));
};
const all: Rule = (values) => values.every((each) => each === true);
const any: Rule = (values) => values.some((each) => each === true);
const most: Rule = (values) => Math.max(...values.map((each) => (typeof each === 'number' ? each : 0)));

/** Decided by the rule alone: nobody chooses among these. */
const settled: { readonly [E in MergeEntity]: Readonly<Record<string, Rule>> } = {
  contact: {
    consentLevel: lowest,
    allowBulkEmail: all,
    allowEmail: all,
    allowPhone: all,
    allowPost: all,
    allowPrefill: all,
    followEmail: all,
    child: any,
    // one that sales may see makes the whole one that sales may see
    marketingOnly: all,
  },
  account: {},
  lead: {
    salesReady: any,
    teleprospectReady: any,
    teleprospectAccepted: any,
    salesAccepted: any,
    minimumCriteriaMet: any,
    recycleCount: most,
    status: (values) => (values.includes('qualified') ? 'qualified' : values.includes('open') ? 'open' : values[0]),
  },
};

/** Kept up elsewhere: where a lead stands in its process, and why it was closed. */
const leftAlone: readonly string[] = ['processId', 'stage', 'stageEnteredAtMs', 'disqualifyReason'];

/** Fields that make sense together only: the second goes with the first. */
const companions: Readonly<Record<string, string>> = {
  externalSource: 'externalId',
  preferredTo: 'preferredFrom',
  currency: 'annualRevenue',
};

const emailId = ({ address }: EmailPart): string => emailKey(address) ?? foldText(address);
const phoneId = ({ e164, number, extension }: PhonePart): string =>
  `${e164 ?? number.replace(/\s+/g, '')}x${extension ?? ''}`;
const addressId = ({ street, street2, city, postalCode, country }: AddressPart): string =>
  foldText([street, street2, city, postalCode, country].join('|'));

/** Every part once; the first of its kind stands, with the refusals of the others. */
function united<T>(lists: readonly (readonly T[])[], idOf: (part: T) => string, refusals: readonly (keyof T)[]): T[] {
  const byId = new Map<string, T>();
  for (const part of lists.flat()) {
    const id = idOf(part);
    const known = byId.get(id);
    const refused = refusals.filter((name) => part[name] === true);
    if (!known) byId.set(id, part);
    else if (refused.length > 0) byId.set(id, { ...known, ...Object.fromEntries(refused.map((name) => [name, true])) });
  }
  return [...byId.values()];
}

function withOnePrimary<T extends { readonly primary: boolean; readonly valid: boolean }>(parts: readonly T[]): T[] {
  const chosen = parts.find((part) => part.primary && part.valid) ?? parts.find((part) => part.valid) ?? parts[0];
  return parts.map((part) => (part.primary === (part === chosen) ? part : { ...part, primary: part === chosen }));
}

function unitedList(name: string, values: readonly unknown[]): unknown {
  const lists = values.map((each) => (Array.isArray(each) ? (each as readonly unknown[]) : []));
  switch (name) {
    case 'emails':
      return withOnePrimary(united(lists as EmailPart[][], emailId, ['optedOut', 'bounced']));
    case 'phones':
      return withOnePrimary(united(lists as PhonePart[][], phoneId, ['doNotCall']));
    case 'addresses':
      return united(lists as AddressPart[][], addressId, []);
    case 'answers':
      return united(lists as Answer[][], ({ questionId }) => questionId, []);
    case 'flaggedValues':
      return united(lists as FlaggedValue[][], ({ field, value }) => `${field}|${value}`, []);
    case 'tags':
      return cleanTags(lists.flat().filter((tag) => typeof tag === 'string'));
    default:
      return united(lists, (part) => JSON.stringify(part), []);
  }
}

const longest = 100_000;

/** Texts below each other, each once. */
function joinedText(values: readonly unknown[]): string | null {
  const texts: string[] = [];
  for (const each of values) {
    if (typeof each !== 'string' || texts.some((known) => known.includes(each))) continue;
    texts.push(each);
  }
  const [first = null] = texts;
  const joined = texts.join('\n\n');
  return texts.length === 0 ? null : joined.length <= longest ? joined : first;
}

/** The fields of an entity, with those that the workspace added, as far as the records hold any. */
function fieldsOf(
  entity: MergeEntity,
  records: readonly Values[],
): [string, Pick<Field, 'kind' | 'initial'> & Partial<Field>][] {
  const names = new Set(records.flatMap((record) => Object.keys(record).filter(isCustomFieldName)));
  const custom = [...names].map((name): [string, Pick<Field, 'kind' | 'initial'>] => [
    name,
    { kind: records.some((record) => Array.isArray(record[name])) ? 'multiChoice' : 'text', initial: null },
  ]);
  return [...Object.entries(entityOf(entity).fields), ...custom];
}

const isList = (field: Pick<Field, 'kind' | 'initial'>): boolean =>
  field.kind === 'multiChoice' || Array.isArray(field.initial);

/** `true`: both sides' values stay, whatever is chosen; a choice says whose comes first. */
export const isUnited = (field: Pick<Field, 'kind' | 'initial'>): boolean => isList(field) || field.kind === 'longText';

/** May a person choose among the values of this field? */
export const mayChoose = (entity: MergeEntity, name: string): boolean => {
  if (isCustomFieldName(name)) return true;
  const field = entityOf(entity).fields[name];
  return (
    field !== undefined &&
    !field.computed &&
    settled[entity][name] === undefined &&
    !leftAlone.includes(name) &&
    companions[name] === undefined
  );
};

/** What came in beside the record, and where it came from: nothing that a person writes. */
const notWritten: readonly string[] = ['externalSource', 'flaggedValues', 'answers'];

/** May a person write a value of their own? What goes with another field is not chosen by itself, but can be written. */
export const mayWrite = (entity: MergeEntity, name: string): boolean =>
  !notWritten.includes(name) &&
  (mayChoose(entity, name) || (companions[name] !== undefined && name in entityOf(entity).fields));

/** The first that says something. */
const firstSaid = (field: Pick<Field, 'initial'>, values: readonly unknown[]): number => {
  const found = values.findIndex((value) => !isUnsaid(field, value));
  return found === -1 ? 0 : found;
};

/**
 * The values of all fields that a merge decides. `records`: the survivor, then the others, the newest first; `ids`: what
 * references to them hold, so that none ends up above itself.
 */
export function mergedValues(
  entity: MergeEntity,
  records: readonly Values[],
  ids: readonly unknown[],
  choices: Readonly<Record<string, FieldChoice>> = {},
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  const taken: Record<string, number> = {};
  const { fields } = entityOf(entity);
  for (const [name, field] of fieldsOf(entity, records)) {
    if (field.derived || leftAlone.includes(name) || companions[name] !== undefined) continue;
    const values = records.map((record) => record[name] ?? null);
    const rule = settled[entity][name];
    if (rule) {
      result[name] = rule(values);
      continue;
    }
    const choice = mayChoose(entity, name) ? choices[name] : undefined;
    if (choice !== undefined && 'value' in choice) {
      result[name] = choice.value;
      continue;
    }
    const ordered =
      choice === undefined ? values : [values[choice.from], ...values.filter((_, index) => index !== choice.from)];
    if (isList(field)) result[name] = unitedList(name, ordered);
    else if (field.kind === 'longText') result[name] = joinedText(ordered);
    else if (field.target === entity) {
      result[name] = ordered.find((value) => value !== null && !ids.includes(value)) ?? null;
    } else {
      taken[name] = choice?.from ?? firstSaid(field, values);
      result[name] = values[taken[name] ?? 0] ?? null;
    }
  }
  for (const [name, leader] of Object.entries(companions)) {
    if (!(name in fields) || !(leader in fields)) continue;
    const choice = choices[name];
    if (choice !== undefined && 'value' in choice) {
      result[name] = choice.value;
      continue;
    }
    const own = records.map((record) => record[name] ?? null);
    const from = taken[leader] ?? 0;
    result[name] = records[from]?.[leader] == null && fields[name] ? own[firstSaid(fields[name], own)] : own[from];
  }
  // a child is never profiled (domain.md section 1)
  if (result.child === true && result.consentLevel === 'profiling') result.consentLevel = 'marketing';
  return result;
}

/**
 * Where a merged lead stands: the stage furthest along, so that nobody has to earn it again; of another process than the
 * survivor's nothing is known of how far that is, and the survivor's own stage stands. `stages`: of the survivor's
 * process, in order.
 */
export function leadStage(
  leads: readonly { readonly stage: string | null; readonly processId: unknown }[],
  stages: readonly string[],
): string | null {
  const [survivor] = leads;
  if (!survivor) return null;
  return leads
    .filter(({ processId }) => processId === survivor.processId)
    .reduce<string | null>(
      (furthest, { stage }) =>
        stage !== null && stages.indexOf(stage) > (furthest === null ? -1 : stages.indexOf(furthest))
          ? stage
          : furthest,
      survivor.stage,
    );
}

/** Where a record came from is nothing that it knows. */
const saysNothing: readonly string[] = ['externalId', 'externalSource', 'sourceDetail', 'flaggedValues'];

/**
 * Which of several records should survive: the one that says the most, then the oldest, then the one with the smaller
 * id, so that every laptop proposes the same.
 */
export function suggestedSurvivor(
  entity: MergeEntity,
  records: readonly (Values & { readonly id: string; readonly createdAtMs: number })[],
): number {
  const fields = Object.entries(entityOf(entity).fields).filter(
    ([name, field]) => !field.derived && !saysNothing.includes(name),
  );
  const said = (record: Values): number => fields.filter(([name, field]) => !isUnsaid(field, record[name])).length;
  const ranked = records.map((record, index) => ({ index, said: said(record), record }));
  ranked.sort(
    (a, b) => b.said - a.said || a.record.createdAtMs - b.record.createdAtMs || (a.record.id < b.record.id ? -1 : 1),
  );
  return ranked[0]?.index ?? 0;
}
