/** What the finder needs to know of a kind of record: people (contacts, leads) and accounts. */
import type { FieldCounts } from './counts.ts';
import type { LinkageField } from './model.ts';
import type { Namesakes } from './namesakes.ts';

/** How two records compare, overwritten by the next two. Of each field, and flags of the pair in the place after the last. */
export type Comparison = {
  readonly levels: Uint8Array;
  /** Hash of the value both have where frequency counts, else 0. */
  readonly agreed: Uint32Array;
  /** Where the values may be one and a slip of it: hash of the other, `agreed` being that of the one; else 0. */
  readonly rivals: Uint32Array;
};

export const createComparison = (fields: number): Comparison => ({
  levels: new Uint8Array(fields + 1),
  agreed: new Uint32Array(fields + 1),
  rivals: new Uint32Array(fields + 1),
});

/** Records as the finder holds them: under their place, in the order in which they came. */
export type Table<R> = {
  /** Places given out, those of removed records included. */
  length(): number;
  add(record: R): number;
  remove(at: number): void;
  has(at: number): boolean;
  /** Forgets all records; what was learned of their values stays. */
  clear(): void;
  /** How often each value occurs in the records that are there. */
  readonly counts: FieldCounts;
  /** Hash of both names of a person; 0 where one is missing. */
  fullName(at: number): number;
  compare(a: number, b: number, into: Comparison): void;
  /** A quick look: false where the comparison could only say no. */
  mayBeOne(a: number, b: number): boolean;
  /** Of everything a record says: of large blocks those that say the same are compared. */
  signature(at: number): number;
  /** Keys under which records meet that are worth a closer look, pass by pass. */
  readonly passes: number;
  meet(pass: number, at: number, meet: (key: number) => void): void;
  /** Whether the two met in an earlier pass, under a key that says more: they are not looked at again. */
  metBefore(pass: number, a: number, b: number): boolean;
  /** What else a record says, by which a block too large to be compared is divided; 0 for nothing. */
  readonly facets: number;
  facet(facet: number, at: number): number;
};

export type Kind<R> = {
  readonly fields: readonly LinkageField[];
  /** Of people. */
  readonly namesakes: Namesakes | null;
  createTable(): Table<R>;
  /**
   * What typing errors are not: both values are common here, so Anna and Hanna are two names and no slip. The level that
   * this one becomes then.
   */
  whenBothCommon(field: number, level: number): number;
  /** Whether the pair cannot be one, whatever third record both are like. */
  contradicts(levels: Uint8Array): boolean;
  /** The sum of the bits, where some of them must not outweigh others. */
  combine(bits: Float64Array, levels: Uint8Array, offset: number, prior: number): number;
};
