/** What the rules need to know of a saved segment, wherever it is kept. */
import type { Query, SetOperation } from './schema.ts';

export type SegmentDefinition = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'dynamic' | 'static' | 'compound';
  /** `dynamic`; null before anything was asked, which finds nobody. */
  readonly query: Query | null;
  /** `compound`: in order; the operation of the first says nothing. */
  readonly operations: readonly SetOperation[];
  readonly timeZone: string | null;
};

/** Finds a saved segment; null where there is none or it waits in the bin. */
export type SegmentLookup = (id: string) => SegmentDefinition | null;

export const noSegments: SegmentLookup = () => null;

/** The time zone of a question: its own, else its segment's, else UTC. */
export const zoneOf = (query: Query, segmentZone: string | null | undefined): string =>
  query.timeZone ?? segmentZone ?? 'UTC';
