/** What every node of the builder needs, without handing it down through each level. */
import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { SegmentIssue } from '../../../shared/rules/segment/validate.ts';
import type { BuilderState, BuilderStore } from './builder-store.ts';

export type NodeTruth = { readonly holds: boolean; readonly found: string | null };

type Builder = {
  readonly store: BuilderStore;
  /** The segment being edited: it may not be used inside itself. */
  readonly segmentId: string | null;
  /** Contacts found by each node, by key; the last answer that there is. */
  readonly countOf: (key: string) => number | undefined;
  readonly isCounting: boolean;
  readonly issueOf: (key: string) => SegmentIssue | undefined;
  /** For the contact being checked: does the node hold? */
  readonly truthOf: (key: string) => NodeTruth | undefined;
};

const BuilderContext = createContext<Builder | null>(null);

export function BuilderProvider({ value, children }: { value: Builder; children: ReactNode }) {
  return <BuilderContext value={value}>{children}</BuilderContext>;
}

export function useBuilder(): Builder {
  const builder = useContext(BuilderContext);
  if (builder === null) throw new Error('The builder is used outside its provider');
  return builder;
}

export function useBuilderState<T>(pick: (state: BuilderState) => T): T {
  return useStore(useBuilder().store, pick);
}
