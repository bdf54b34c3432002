/**
 * What the dialog of a custom field insists on, and the place of a field among the others.
 *
 * Positions leave gaps, so that moving one field changes one record: between 100 and 200 a field goes to 150. Only where
 * there is no gap left (or some have no place yet) all get new ones.
 */
import { byPosition, type CustomFieldDefinition, type CustomFieldKind } from '../../../shared/model/custom-field.ts';
import { t } from '../../i18n/index.ts';

export const hasOptions = (kind: CustomFieldKind): boolean => kind === 'choice' || kind === 'multiChoice';

export type Draft = {
  readonly name: string;
  readonly kind: CustomFieldKind;
  readonly options: readonly string[];
  readonly help: string;
  /** Options that are called otherwise from now on. */
  readonly renamed?: readonly Renamed[];
};

export type Renamed = { readonly from: string; readonly to: string };

export type DraftIssues = { readonly name?: string; readonly options?: string };

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** `others`: fields of the same kind of record. Null: it can be saved. */
export function issuesOf(draft: Draft, others: readonly Pick<CustomFieldDefinition, 'name'>[]): DraftIssues | null {
  const name =
    draft.name.trim() === ''
      ? t('customFields.nameNeeded')
      : others.some((each) => same(each.name, draft.name))
        ? t('customFields.nameTaken')
        : null;
  const options = hasOptions(draft.kind) ? optionsIssue(draft) : null;
  if (name === null && options === null) return null;
  return { ...(name === null ? {} : { name }), ...(options === null ? {} : { options }) };
}

function optionsIssue({ options, renamed = [] }: Draft): string | null {
  if (cleanOptions(options).length === 0) return t('customFields.optionsNeeded');
  // two that become one by a name would be a merge that nobody asked for
  const twice = renamed.find(({ to }) => options.filter((each) => same(each, to)).length > 1);
  return twice === undefined ? null : t('customFields.optionTwice', { option: twice.to });
}

/** What is called otherwise now. A line that was emptied is an option that goes. */
export const renamedOf = (lines: readonly { readonly text: string; readonly was?: string }[]): Renamed[] =>
  lines.flatMap(({ text, was }) =>
    was === undefined || text.trim() === '' || text.trim() === was ? [] : [{ from: was, to: text.trim() }],
  );

/** As they are kept: without blanks, each once whatever its case. */
export function cleanOptions(typed: readonly string[]): string[] {
  const kept: string[] = [];
  for (const option of typed.map((each) => each.trim())) {
    if (option !== '' && !kept.some((each) => same(each, option))) kept.push(option);
  }
  return kept;
}

const gap = 100;
const last = 100_000;

/** After all others. */
export function lastPosition(fields: readonly CustomFieldDefinition[]): number {
  const most = Math.max(0, ...fields.map(({ position }) => position ?? 0));
  return Math.min(last, most + gap);
}

/** Which fields get which positions so that one stands at another place. Empty where nothing moves. */
export function positionsAfterMove(
  fields: readonly CustomFieldDefinition[],
  id: string,
  to: number,
): readonly { readonly id: string; readonly position: number }[] {
  const ordered = fields.toSorted(byPosition);
  const from = ordered.findIndex((each) => each.id === id);
  const moving = ordered[from];
  if (moving === undefined || to < 0 || to >= ordered.length || to === from) return [];
  const next = ordered.toSpliced(from, 1).toSpliced(to, 0, moving);
  const before = to === 0 ? 0 : (next[to - 1]?.position ?? null);
  const after = to === next.length - 1 ? (before ?? 0) + 2 * gap : (next[to + 1]?.position ?? null);
  const isPlaced = next.every((each) => each.id === id || each.position !== null);
  if (isPlaced && before !== null && after !== null && after - before > 1 && after <= last) {
    return [{ id, position: Math.floor((before + after) / 2) }];
  }
  const step = Math.max(1, Math.min(gap, Math.floor(last / (next.length + 1))));
  return next
    .map((each, index) => ({ id: each.id, position: (index + 1) * step, was: each.position }))
    .filter(({ position, was }) => position !== was)
    .map(({ id: of, position }) => ({ id: of, position }));
}
