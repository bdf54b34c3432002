/** Where each table was left, so that coming back from a record shows it as it was. For this session only. */
import type { ListInput, ListViewId } from '../../shared/contract/records.ts';

export type TableMemory = {
  readonly view?: ListViewId;
  readonly search?: string;
  readonly filters?: NonNullable<ListInput['filters']>;
  readonly sort?: ListInput['sort'];
  /** The saved view that it was set up from, and the columns that this one shows. */
  readonly savedViewId?: string | null;
  readonly columns?: readonly string[] | null;
  readonly active?: number;
  readonly scrollTop?: number;
};

const memory = new Map<string, TableMemory>();

export const tableMemory = (storageKey: string): TableMemory => memory.get(storageKey) ?? {};
export const rememberTable = (storageKey: string, change: TableMemory): void => {
  memory.set(storageKey, { ...memory.get(storageKey), ...change });
};

/** Opens a table afresh in one of its views: `openInView('leads', 'unlinked')` before navigating there. */
export const openInView = (storageKey: string, view: ListViewId): void => {
  memory.set(storageKey, { view });
};
