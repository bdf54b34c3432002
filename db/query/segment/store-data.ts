/** The database as a source of related records for `evaluate` and `explain`: one record's surroundings, read as asked. */
import type { EntityName } from '../../../shared/model/entities.ts';
import type { SegmentData, SegmentRecord } from '../../../shared/rules/segment/evaluate.ts';
import type { SegmentLookup } from '../../../shared/rules/segment/definition.ts';
import { tableOf } from '../../records/entity-storage.ts';
import { decodeWire, readWire, rowIdOf, wireSelect } from '../../records/read.ts';
import type { ReadableStore } from '../../store.ts';

export function storeData(store: ReadableStore, segment: SegmentLookup): SegmentData {
  const recordsWhere = (entity: EntityName, where: string, ...parameters: readonly unknown[]): SegmentRecord[] =>
    store
      .sql(`SELECT ${wireSelect(store, entity)} FROM ${tableOf(entity)} WHERE deletedAtMs IS NULL AND ${where}`)
      .all(...parameters)
      .map((row) => decodeWire(store, entity, row) as unknown as SegmentRecord);

  return {
    related: ({ from, to, join }, record) => {
      const own = join.kind === 'columns' ? join.own : 'id';
      const table = tableOf(from);
      const owner = rowIdOf(store, from, record.id);
      if (owner === null) return [];
      const key = `(SELECT owner.${own} FROM ${table} AS owner WHERE owner.id = ?)`;
      if (join.kind === 'columns') return recordsWhere(to, `${tableOf(to)}.${join.theirs} = ${key}`, owner);
      const links = `SELECT ${join.theirs} FROM ${tableOf(join.entity)} WHERE ${join.own} = ${key} AND deletedAtMs IS NULL`;
      return recordsWhere(to, `${tableOf(to)}.id IN (${links})`, owner);
    },
    record: (entity, id) => {
      const record = readWire(store, entity, id) as SegmentRecord | null;
      return record?.['deletedAtMs'] === null ? record : null;
    },
    segment,
    isStaticMember: (segmentId, contactId) => {
      const ids = [rowIdOf(store, 'segment', segmentId), rowIdOf(store, 'contact', contactId)];
      return (
        store
          .sql('SELECT 1 FROM segment_member WHERE segmentId = ? AND contactId = ? AND deletedAtMs IS NULL')
          .get(...ids) !== undefined
      );
    },
  };
}
