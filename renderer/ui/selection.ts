/**
 * What is selected in a list: some rows by their ids, or all that the list holds but for some. The second needs no ids,
 * so that a million rows are selected as fast as one.
 *
 * Example: all of 20,000, then one taken out again: `{ kind: 'all', except: {id} }`, which counts 19,999.
 */
import type { BulkSelection, ListInput } from '../../shared/contract/records.ts';

export type Selection =
  | { readonly kind: 'some'; readonly ids: ReadonlySet<string> }
  | { readonly kind: 'all'; readonly except: ReadonlySet<string> };

export const nothing: Selection = { kind: 'some', ids: new Set() };
export const everything: Selection = { kind: 'all', except: new Set() };

export const isSelected = (selection: Selection, id: string): boolean =>
  selection.kind === 'some' ? selection.ids.has(id) : !selection.except.has(id);

/** `total`: how many the list holds now. */
export const countOf = (selection: Selection, total: number): number =>
  selection.kind === 'some' ? selection.ids.size : Math.max(0, total - selection.except.size);

/** With these rows in it, or out of it. */
export function withRows(selection: Selection, ids: readonly string[], isOn: boolean): Selection {
  const listed = new Set(selection.kind === 'some' ? selection.ids : selection.except);
  const isAdded = selection.kind === 'some' ? isOn : !isOn;
  for (const id of ids) {
    if (isAdded) listed.add(id);
    else listed.delete(id);
  }
  return selection.kind === 'some' ? { kind: 'some', ids: listed } : { kind: 'all', except: listed };
}

/** As a bulk call takes it. `list`: the question whose answer is on the screen. */
export function bulkOf(selection: Selection, list: Pick<ListInput, 'search' | 'view' | 'filters'>): BulkSelection {
  if (selection.kind === 'some') return { ids: [...selection.ids] };
  const { search, view, filters } = list;
  return {
    list: {
      ...(search === undefined ? {} : { search }),
      ...(view === undefined ? {} : { view }),
      ...(filters === undefined ? {} : { filters }),
    },
    except: [...selection.except],
  };
}
