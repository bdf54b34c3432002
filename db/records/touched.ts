/** What a write has changed so far, record by record: read by the change log and by derived data before the commit. */
import type { EntityName } from '../../shared/model/entities.ts';

/** Value before and after, as stored. */
export type Change = readonly [before: unknown, after: unknown];

/** Changed fields by name. */
export type ChangedFields = Pick<ReadonlyMap<string, Change>, 'get' | 'has' | 'keys'> & Iterable<[string, Change]>;

export type Touched = {
  readonly created: boolean;
  fields: ChangedFields;
  readonly uid: Buffer;
  /** The log entry of a record just made, ready; null once more changed, or where references are to be looked up. */
  logged: string | null;
};

export type TouchedRecords = Map<EntityName, Map<number, Touched>>;

/**
 * The fields of a record just made. A file of a hundred thousand rows makes as many, and hardly one of them is asked for
 * its fields: they are looked up in the given values, and only listed where somebody wants the list.
 */
export class GivenFields implements Iterable<[string, Change]> {
  readonly #given: Readonly<Record<string, unknown>>;
  readonly #initial: ReadonlyMap<string, unknown>;

  /** `initial` has an entry for each field that is logged. */
  constructor(given: Readonly<Record<string, unknown>>, initial: ReadonlyMap<string, unknown>) {
    this.#given = given;
    this.#initial = initial;
  }

  get(name: string): Change | undefined {
    const after = this.#given[name] ?? null;
    if (after === null || !this.#initial.has(name)) return undefined;
    const before = this.#initial.get(name);
    return sameValue(before, after) ? undefined : [before, after];
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  *[Symbol.iterator](): IterableIterator<[string, Change]> {
    // in the order of the columns, however they were given
    for (const name of this.#initial.keys()) {
      const change = this.get(name);
      if (change) yield [name, change];
    }
  }

  keys(): MapIterator<string> {
    return new Map(this).keys();
  }
}

/** The entry of a record; `fresh` becomes it where there is none (one object then serves several maps). */
export function touchedIn(map: TouchedRecords, entity: EntityName, id: number, fresh: Touched): Touched {
  let records = map.get(entity);
  if (!records) map.set(entity, (records = new Map()));
  const record = records.get(id);
  if (record) return record;
  records.set(id, fresh);
  return fresh;
}

/** Adds later changes of a record: the first value before and the last one after count, and what cancels out is gone. */
export function noteChanges(record: Touched, changed: readonly (readonly [string, Change])[]): void {
  record.logged = null;
  const fields = new Map(record.fields);
  for (const [field, [before, after]] of changed) {
    const first = fields.get(field);
    if (first === undefined) fields.set(field, [before, after]);
    else if (sameValue(first[0], after)) fields.delete(field);
    else fields.set(field, [first[0], after]);
  }
  record.fields = fields;
}

export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length) return false;
  return JSON.stringify(a) === JSON.stringify(b);
}
