/** Which rows of a list are selected: one by one, through to the last one selected, or all that are loaded. */
import { useRef, useState } from 'react';

type Row = { readonly id: string; readonly label: string };
export type RowSelection = {
  readonly ids: readonly string[];
  readonly has: (id: string) => boolean;
  /** `through`: from the row that was selected last to this one. */
  readonly toggle: (index: number, through?: boolean) => void;
  readonly toggleLoaded: () => void;
  readonly clear: () => void;
};

const mostLoaded = 1000;

export function useRowSelection(rowAt: (index: number) => Row | undefined, total: number | null): RowSelection {
  const [selected, setSelected] = useState<ReadonlyMap<string, string>>(new Map());
  const anchor = useRef(0);
  const toggle = (index: number, through = false) => {
    const isOn = !selected.has(rowAt(index)?.id ?? '');
    const next = new Map(selected);
    const [low, high] = through ? [Math.min(anchor.current, index), Math.max(anchor.current, index)] : [index, index];
    for (let at = low; at <= high; at += 1) {
      const row = rowAt(at);
      if (row === undefined) continue;
      if (isOn || through) next.set(row.id, row.label);
      else next.delete(row.id);
    }
    anchor.current = index;
    setSelected(next);
  };
  const clear = () => setSelected(new Map());
  const toggleLoaded = () => {
    if (selected.size > 0) return clear();
    const next = new Map<string, string>();
    for (let at = 0; at < Math.min(total ?? 0, mostLoaded); at += 1) {
      const row = rowAt(at);
      if (row) next.set(row.id, row.label);
    }
    setSelected(next);
  };
  return { ids: [...selected.keys()], has: (id) => selected.has(id), toggle, toggleLoaded, clear };
}
