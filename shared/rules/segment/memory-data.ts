/** Records in plain arrays as a source for `evaluate`: what a property test, a preview or a small set of records uses. */
import type { EntityName } from '../../model/entities.ts';
import { noSegments, type SegmentLookup } from './definition.ts';
import type { SegmentData, SegmentRecord } from './evaluate.ts';

export type MemoryRecords = Partial<Record<EntityName, readonly SegmentRecord[]>>;

export type MemorySegments = {
  readonly segment?: SegmentLookup;
  /** Contacts of static segments, by segment. */
  readonly staticMembers?: ReadonlyMap<string, ReadonlySet<string>>;
};

const isLive = (record: SegmentRecord): boolean => (record['deletedAtMs'] ?? null) === null;

export function memoryData(records: MemoryRecords, segments: MemorySegments = {}): SegmentData {
  const indexes = new Map<string, ReadonlyMap<unknown, readonly SegmentRecord[]>>();

  /** The live records of an entity by the value of one field. */
  const by = (entity: EntityName, field: string): ReadonlyMap<unknown, readonly SegmentRecord[]> => {
    const known = indexes.get(`${entity} ${field}`);
    if (known) return known;
    const index = new Map<unknown, SegmentRecord[]>();
    for (const record of records[entity] ?? []) {
      const value = record[field] ?? null;
      if (value === null || !isLive(record)) continue;
      const sharing = index.get(value);
      if (sharing) sharing.push(record);
      else index.set(value, [record]);
    }
    indexes.set(`${entity} ${field}`, index);
    return index;
  };

  return {
    related: (relation, record) => {
      const { join } = relation;
      if (join.kind === 'columns') return by(relation.to, join.theirs).get(record[join.own]) ?? [];
      // the same list twice is one list
      const links = by(join.entity, join.own).get(record.id) ?? [];
      const ids = new Set(links.map((link) => link[join.theirs]));
      return [...ids].flatMap((id) => by(relation.to, 'id').get(id) ?? []);
    },
    record: (entity, id) => by(entity, 'id').get(id)?.[0] ?? null,
    segment: segments.segment ?? noSegments,
    isStaticMember: (segmentId, contactId) => segments.staticMembers?.get(segmentId)?.has(contactId) ?? false,
  };
}
