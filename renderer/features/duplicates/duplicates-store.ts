/** Where a person is in the duplicates, and what was done last, while the window is open: pages come and go. */
import { create } from 'zustand';
import type { InputOf } from '../../../shared/contract/index.ts';

export type Of = InputOf<'duplicates.results'>['of'];
export const kinds = ['contact', 'account', 'lead'] as const satisfies readonly Of[];

type Done = { readonly writeId: number } | { readonly operationId: string };

type State = {
  readonly of: Of;
  /** Groups of pairs from here up are listed. */
  readonly least: number;
  /** Place in the list, by kind. */
  readonly at: Readonly<Record<Of, number>>;
  /** The last one last: what `u` takes back. */
  readonly done: readonly Done[];
};

const mostDone = 100;

export const useDuplicates = create<State>(() => ({
  of: 'contact',
  least: 0.5,
  at: { contact: 0, account: 0, lead: 0 },
  done: [],
}));

export const showKind = (of: Of): void => useDuplicates.setState({ of });
export const showFrom = (least: number): void =>
  useDuplicates.setState({ least, at: { contact: 0, account: 0, lead: 0 } });
export const goTo = (of: Of, at: number): void =>
  useDuplicates.setState((state) => ({ at: { ...state.at, [of]: Math.max(0, at) } }));

export const noteDone = (entry: Done): void =>
  useDuplicates.setState(({ done }) => ({ done: [...done, entry].slice(-mostDone) }));

/** The last thing done, forgotten here since it is about to be taken back. */
export function takeLast(): Done | null {
  const { done } = useDuplicates.getState();
  useDuplicates.setState({ done: done.slice(0, -1) });
  return done.at(-1) ?? null;
}
