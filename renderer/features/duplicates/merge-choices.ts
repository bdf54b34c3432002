/**
 * What a person chooses before records become one: a way for all fields, another for single ones, values by hand. What
 * comes of it is worked out by the rule that the merge itself follows, so that the page shows what will be.
 *
 * Example: with the way `newest`, the job title of the record that was changed last stands, where it has one.
 */
import type { Fields, RecordMeta } from '../../../shared/model/field.ts';
import {
  type FieldChoice,
  isUnited,
  isUnsaid,
  mayChoose,
  mayWrite,
  mergedValues,
  type MergeEntity,
} from '../../../shared/rules/merging/merged-values.ts';

/** A record as it came over the wire. */
export type Shown = RecordMeta & Readonly<Record<string, unknown>>;

export const ways = ['survivor', 'newest', 'fullest', 'mostUsed'] as const;
export type Way = (typeof ways)[number];

export type Choice = { readonly from: string } | { readonly value: unknown };
export type Choices = Readonly<Record<string, Choice>>;

export const isByHand = (choice: Choice | undefined): choice is { readonly value: unknown } =>
  choice !== undefined && 'value' in choice;

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

/** Whose value the way takes; null where nobody says anything. */
function byWay(way: Way, records: readonly Shown[], fields: Fields, name: string): string | null {
  const said = records.filter((record) => !isUnsaid(fields[name], record[name]));
  const [first] = said;
  if (!first) return null;
  switch (way) {
    case 'survivor':
      return null;
    case 'newest':
      return said.reduce((best, each) => (each.updatedAtMs > best.updatedAtMs ? each : best)).id;
    case 'fullest':
      return said.reduce((best, each) => (text(each[name]).length > text(best[name]).length ? each : best)).id;
    case 'mostUsed': {
      const times = (of: Shown): number => said.filter((each) => text(each[name]) === text(of[name])).length;
      return said.reduce((best, each) => (times(each) > times(best) ? each : best)).id;
    }
  }
}

/** What is sent with the merge: single choices over the way. `records`: the survivor first. */
export function valuesToSend(
  of: MergeEntity,
  fields: Fields,
  records: readonly Shown[],
  way: Way,
  choices: Choices,
): Record<string, Choice> {
  const sent: Record<string, Choice> = {};
  for (const name of Object.keys(fields)) {
    const choice = choices[name];
    if (isByHand(choice)) {
      if (mayWrite(of, name)) sent[name] = choice;
      continue;
    }
    if (!mayChoose(of, name)) continue;
    if (choice !== undefined) {
      if (records.some(({ id }) => id === choice.from)) sent[name] = choice;
      continue;
    }
    const field = fields[name];
    const from = field && !isUnited(field) ? byWay(way, records, fields, name) : null;
    if (from !== null && from !== records[0]?.id) sent[name] = { from };
  }
  return sent;
}

/** The survivor's values after the merge, by the rule that the merge follows. */
export function afterMerge(of: MergeEntity, records: readonly Shown[], sent: Readonly<Record<string, Choice>>) {
  const [survivor, ...others] = records;
  if (!survivor) return {};
  const ordered = [survivor, ...others.toSorted((a, b) => b.updatedAtMs - a.updatedAtMs)];
  const choices = Object.fromEntries(
    Object.entries(sent).map(([name, choice]): [string, FieldChoice] => [
      name,
      'from' in choice
        ? {
            from: Math.max(
              0,
              ordered.findIndex(({ id }) => id === choice.from),
            ),
          }
        : choice,
    ]),
  );
  return mergedValues(
    of,
    ordered,
    ordered.map(({ id }) => id),
    choices,
  );
}

/** Fields in which somebody says something, in the order of the model. */
export const shownFields = (fields: Fields, records: readonly Shown[]): string[] =>
  Object.entries(fields)
    .filter(([name, field]) => !field.derived && records.some((record) => !isUnsaid(field, record[name])))
    .filter(
      ([name, field]) => field.kind !== 'boolean' || records.some((record) => record[name] !== records[0]?.[name]),
    )
    .map(([name]) => name);
