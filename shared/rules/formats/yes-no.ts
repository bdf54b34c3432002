/**
 * Columns that say yes or no: what their values mean, whichever way round the column asks, and what a person said that
 * values in the file's own words mean (domain.md section 2).
 *
 * Example: `Y` in a column `Do not allow Emails` is a no for `allowEmail`; `akkoord` is nothing until somebody says so.
 */
import type { ImportTarget } from '../../contract/import-fields.ts';
import { entities } from '../../model/entities.ts';
import { foldText } from '../normalise/fold.ts';
import { parseYesNo } from '../normalise/values.ts';
import { isNegated } from './mapping.ts';

export const yesOrNo = ['yes', 'no'] as const;
export type YesOrNo = (typeof yesOrNo)[number];

const fields: ReadonlySet<string> = new Set(
  [entities.contact, entities.lead, entities.account].flatMap(({ fields: own }) =>
    Object.entries(own).flatMap(([name, { kind }]) => (kind === 'boolean' ? [name] : [])),
  ),
);

/** `customKind`: of a field that the workspace made. */
export const isYesNo = (field: ImportTarget, customKind: string | null): boolean =>
  fields.has(field) || customKind === 'yesNo';

/** "Do not allow Emails" asks the other way round than the field; a column of any other field asks as the field does. */
export const asksOtherWay = (field: ImportTarget, header: string): boolean =>
  (field.startsWith('allow') || field === 'followEmail') && isNegated(header);

/** What a value means for the field; null where nobody knows. */
export function yesNoOf(value: string, otherWay: boolean): YesOrNo | null {
  const yes = parseYesNo(value);
  if (yes === null) return null;
  // "Do Not Allow" speaks for itself, whatever its column asks
  return yes !== (otherWay && !/allow/i.test(value)) ? 'yes' : 'no';
}

/** By folded value; null leaves the value out. */
export type ToldYesNo = Readonly<Record<string, YesOrNo | null>>;

/** What was said of a column's values, where it is one of yes and no. */
export function toldYesNo(
  field: ImportTarget,
  customKind: string | null,
  values: Readonly<Record<string, string | null>> | undefined,
): ToldYesNo | null {
  if (values === undefined || !isYesNo(field, customKind)) return null;
  return Object.fromEntries(
    Object.entries(values).flatMap(([value, meant]) => {
      const option = meant === null ? null : yesNoOf(meant, false);
      return meant !== null && option === null ? [] : [[foldText(value), option]];
    }),
  );
}

/** The cell as the field takes it: one that nobody knows stays as it came. Undefined for one that is left out. */
export function readYesNo(value: string, told: ToldYesNo | null, otherWay: boolean): string | undefined {
  const said = told?.[foldText(value)];
  if (said !== undefined) return said ?? undefined;
  return otherWay && !/allow/i.test(value) ? (yesNoOf(value, true) ?? value) : value;
}
