/**
 * How a list is set up: its view, search, filters, order and columns. A saved view is a setup under a name.
 *
 * Example: two setups that differ in one filter are not the same; a blank search and none are.
 */
import type { ListViewId } from '../../shared/contract/records.ts';
import type { ViewDefinition } from '../../shared/model/configuration.ts';
import { isCustomFieldName } from '../../shared/model/custom-field.ts';
import type { Fields } from '../../shared/model/field.ts';
import type { RowNode } from '../../shared/rules/segment/schema.ts';

/** Whether a list shows exactly what the saved view says. */
export const isSameSetup = (a: ViewDefinition, b: ViewDefinition): boolean => signature(a) === signature(b);

const signature = ({ view, search, filters, sort, columns }: ViewDefinition): string =>
  JSON.stringify([
    view,
    search.trim(),
    filters.map(({ field, operator, values, disabled }) => [field, operator, values, disabled ?? false]),
    sort === null ? null : [sort.field, sort.direction],
    columns,
  ]);

/** The built-in view that a saved one starts from; the list's first where it is not offered here. */
export const viewOf = (definition: ViewDefinition, offered: readonly ListViewId[]): ListViewId =>
  offered.find((view) => view === definition.view) ?? offered[0] ?? 'all';

type Asked = Pick<ViewDefinition, 'sort'> & {
  readonly filters: readonly RowNode[];
  readonly columns: readonly string[];
};

/**
 * What of a setup still holds. Fields that the workspace added may have been removed since, or changed so that a filter
 * on them means nothing: the list is shown without these, and says so.
 */
export function holding(
  { filters, sort, columns }: Asked,
  fields: Fields,
  isAskable: (row: RowNode) => boolean,
): { readonly filters: readonly RowNode[]; readonly sort: ViewDefinition['sort']; readonly gone: readonly string[] } {
  const isGone = (name: string) => isCustomFieldName(name) && !(name in fields);
  const isLeftOut = (row: RowNode) => isGone(row.field) || (isCustomFieldName(row.field) && !isAskable(row));
  const gone = new Set([
    ...filters.filter(isLeftOut).map(({ field }) => field),
    ...(sort !== null && isGone(sort.field) ? [sort.field] : []),
    ...columns.filter(isGone),
  ]);
  return {
    filters: gone.size === 0 ? filters : filters.filter((row) => !isLeftOut(row)),
    sort: sort !== null && isGone(sort.field) ? null : sort,
    gone: [...gone],
  };
}

/** The same ids with one of them at another place. */
export function moved(ids: readonly string[], id: string, to: number): readonly string[] {
  const from = ids.indexOf(id);
  if (from < 0 || to < 0 || to >= ids.length || to === from) return ids;
  return ids.toSpliced(from, 1).toSpliced(to, 0, id);
}
