/**
 * A filter that a page offers as a control of its own, such as what is still to be done: one row among the list's
 * filters, so that it is kept, saved in views and part of a bulk change like any other, and yet no chip.
 */
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RowNode } from '../../shared/rules/segment/schema.ts';

type SetQuick = (row: RowNode | null) => void;
type Empty = { icon: LucideIcon; title: string; body: string; action?: ReactNode };

export type QuickFilter = {
  /** A row that the control can show. */
  readonly isQuick: (row: RowNode) => boolean;
  /** What a person finds at first. */
  readonly initial?: RowNode;
  readonly render: (row: RowNode | null, set: SetQuick) => ReactNode;
  /** What the first view says without records, where it depends on the control. */
  readonly empty?: (row: RowNode | null, set: SetQuick) => Empty | undefined;
};

/** The row of the control, and those beside it. */
export function splitQuick(
  filters: readonly RowNode[],
  quick: QuickFilter | undefined,
): { readonly row: RowNode | null; readonly others: readonly RowNode[] } {
  const row = quick === undefined ? undefined : filters.find(quick.isQuick);
  return row === undefined ? { row: null, others: filters } : { row, others: filters.filter((each) => each !== row) };
}

export const joinQuick = (row: RowNode | null, others: readonly RowNode[]): readonly RowNode[] =>
  row === null ? others : [row, ...others];
