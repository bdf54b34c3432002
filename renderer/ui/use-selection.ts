/** The selection of a table: rows one by one, through to the last one touched, all that are loaded, or the whole list. */
import { useRef, useState } from 'react';
import { countOf, everything, isSelected, nothing, type Selection, withRows } from './selection.ts';

export type TableSelection = {
  readonly value: Selection;
  readonly count: number;
  readonly has: (id: string) => boolean;
  /** `through`: from the row that was touched last to this one. */
  readonly toggle: (index: number, through?: boolean) => void;
  /** Selects what is loaded; clears where anything is selected. */
  readonly toggleLoaded: () => void;
  readonly selectAll: () => void;
  readonly clear: () => void;
  /** All that is loaded was selected at once, and the list goes on: offer the rest. */
  readonly offersAll: boolean;
};

const mostLoaded = 1000;

export function useSelection(
  rowAt: (index: number) => { readonly id: string } | undefined,
  total: number | null,
): TableSelection {
  const [value, setValue] = useState<Selection>(nothing);
  const [isWhole, setIsWhole] = useState(false);
  const anchor = useRef(0);
  const count = countOf(value, total ?? 0);
  const set = (next: Selection, whole = false) => {
    setValue(next);
    setIsWhole(whole);
  };
  const idsFrom = (low: number, high: number): string[] => {
    const ids: string[] = [];
    for (let at = low; at <= high; at += 1) {
      const row = rowAt(at);
      if (row !== undefined) ids.push(row.id);
    }
    return ids;
  };
  return {
    value,
    count,
    has: (id) => isSelected(value, id),
    toggle: (index, through = false) => {
      const row = rowAt(index);
      if (row === undefined) return;
      const ids = through ? idsFrom(Math.min(anchor.current, index), Math.max(anchor.current, index)) : [row.id];
      set(withRows(value, ids, through || !isSelected(value, row.id)));
      anchor.current = index;
    },
    toggleLoaded: () => {
      if (count > 0) set(nothing);
      else set(withRows(nothing, idsFrom(0, Math.min(total ?? 0, mostLoaded) - 1), true), true);
    },
    selectAll: () => set(everything),
    clear: () => set(nothing),
    offersAll: isWhole && value.kind === 'some' && total !== null && total > count,
  };
}
