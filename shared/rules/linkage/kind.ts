/** What the finder needs to know of a kind of record: people (contacts, leads) and accounts. */
import type { Counts } from './counts.ts';
import type { LinkageField } from './model.ts';

/** Between two values that are alike, in the place of a value that both have. */
export const rivals = '\u0001';

export type Kind<R> = {
  readonly fields: readonly LinkageField[];
  /** The values of a field that are counted. */
  valuesOf(record: R, field: number): readonly string[];
  /** Everything the record says in one string: records in large blocks are compared with those next to them in this order. */
  signature(record: R): string;
  /** Keys under which records meet that are worth a closer look, pass by pass. */
  blockingKeys(record: R, meet: (pass: number, key: string) => void): void;
  /**
   * Levels of all fields into `levels`, and the flags of the pair into the place after the last. `agreed[field]` is the
   * value both have where frequency counts, both values where they may be one and a slip of it, else ''.
   */
  compare(a: R, b: R, levels: Uint8Array, agreed: string[]): void;
  /**
   * What typing errors are not: both values are common here, so Anna and Hanna are two names and no slip. The level that
   * this one becomes then.
   */
  whenBothCommon(field: number, level: number): number;
  /** Whether the pair cannot be one, whatever third record both are like. */
  contradicts(levels: Uint8Array): boolean;
  /** A quick look: false where the comparison could only say no. */
  mayBeOne(a: R, b: R): boolean;
  /** The sum of the bits, where some of them must not outweigh others. */
  combine(bits: Float64Array, levels: Uint8Array, offset: number, prior: number): number;
};

export type FieldCounts = readonly { readonly counts: Counts; readonly records: number }[];
