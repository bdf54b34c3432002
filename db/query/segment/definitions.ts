/** Saved segments as the rules know them, read from the database. */
import type { SegmentDefinition, SegmentLookup } from '../../../shared/rules/segment/definition.ts';
import { type Query, querySchema, type SetOperation } from '../../../shared/rules/segment/schema.ts';
import type { ReadableStore } from '../../store.ts';
import { uidToUuid, uuidToUid } from '../../uuid.ts';

type Row = {
  uid: Buffer;
  name: string;
  kind: SegmentDefinition['kind'];
  query: string | null;
  operations: string;
  timeZone: string | null;
};

const columns = 'uid, name, kind, query, operations, timeZone';

/** A question that is stored in a form which this program does not read finds nobody, and validation says so. */
const unreadable: Query = {
  version: 1,
  where: { kind: 'group', match: 'all', nodes: [{ kind: 'row', field: '?', operator: 'hasData', values: [] }] },
};

function definitionOf(row: Row): SegmentDefinition {
  const query = row.query === null || row.query === 'null' ? null : querySchema.safeParse(JSON.parse(row.query));
  return {
    id: uidToUuid(row.uid),
    name: row.name,
    kind: row.kind,
    query: query === null ? null : query.success ? query.data : unreadable,
    operations: JSON.parse(row.operations) as SetOperation[],
    timeZone: row.timeZone,
  };
}

/** Each is read once; make a new lookup for each call. */
export function segmentLookup(store: ReadableStore): SegmentLookup {
  const known = new Map<string, SegmentDefinition | null>();
  const one = store.sql(`SELECT ${columns} FROM segment WHERE uid = ? AND deletedAtMs IS NULL`);
  return (id) => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const row = one.get(uuidToUid(id)) as Row | undefined;
    const segment = row ? definitionOf(row) : null;
    known.set(id, segment);
    return segment;
  };
}

export type LiveSegment = { readonly rowId: number; readonly segment: SegmentDefinition };

export function liveSegments(store: ReadableStore): LiveSegment[] {
  const rows = store
    .sql(`SELECT id, ${columns} FROM segment WHERE state = 'live' AND deletedAtMs IS NULL ORDER BY id`)
    .all() as (Row & { id: number })[];
  return rows.map((row) => ({ rowId: row.id, segment: definitionOf(row) }));
}
