/** How a table is set up, as a person left it in this session: view, search, filters, order, columns of a saved view. */
import { useState } from 'react';
import type { ListInput, ListViewId } from '../../shared/contract/records.ts';
import type { ViewDefinition } from '../../shared/model/configuration.ts';
import type { RowNode } from '../../shared/rules/segment/schema.ts';
import { viewOf } from './list-setup.ts';
import { tableMemory } from './table-memory.ts';

type Sort = NonNullable<ListInput['sort']>;

export function useListSetup(
  storageKey: string,
  views: readonly ListViewId[],
  initialView: ListViewId,
  initialSort: Sort | undefined,
  initialFilters: readonly RowNode[] = [],
) {
  const [before] = useState(() => tableMemory(storageKey));
  const [view, setView] = useState<ListViewId>(before.view ?? initialView);
  const [typed, setTyped] = useState(before.search ?? '');
  const [filters, setFilters] = useState<readonly RowNode[]>(before.filters ?? initialFilters);
  const [sort, setSort] = useState(before.sort ?? initialSort);
  const [savedViewId, setSavedViewId] = useState(before.savedViewId ?? null);
  const [columns, setColumns] = useState(before.columns ?? null);

  const leave = () => {
    setSavedViewId(null);
    setColumns(null);
    setTyped('');
    setFilters(initialFilters);
    setSort(initialSort);
  };
  return {
    before,
    view,
    typed,
    filters,
    sort,
    savedViewId,
    /** Those of a saved view; null: the person's own. */
    columns,
    setTyped,
    setFilters,
    setSort,
    setColumns,
    leave,
    /** A built-in view is chosen for itself: what a saved one brought along goes with it. */
    setView: (next: ListViewId) => {
      if (savedViewId !== null) leave();
      setView(next);
    },
    choose: ({ id, definition }: { readonly id: string; readonly definition: ViewDefinition }) => {
      setSavedViewId(id);
      setView(viewOf(definition, views));
      setTyped(definition.search);
      setFilters(definition.filters);
      setSort(definition.sort ?? undefined);
      setColumns(definition.columns.length === 0 ? null : definition.columns);
    },
    /** As it would be saved. `shown`: the columns in order. */
    definition: (shown: readonly string[]): ViewDefinition => ({
      view,
      search: typed,
      filters: [...filters],
      sort: sort ?? null,
      columns: [...shown],
    }),
  };
}
