/**
 * Segments in use: what a question finds and why, the life of a segment (draft, live, stopped, live again), and the
 * picks of a static one (domain.md section 3).
 */
import { type CallError, callError } from '../../../shared/contract/call.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { type EntityName, entityNames } from '../../../shared/model/entities.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { describe } from '../../../shared/rules/segment/describe.ts';
import type { SegmentDefinition } from '../../../shared/rules/segment/definition.ts';
import { explain } from '../../../shared/rules/segment/explain.ts';
import type { Query } from '../../../shared/rules/segment/schema.ts';
import { errorsOf, type SegmentIssue, validate, validateSegment } from '../../../shared/rules/segment/validate.ts';
import { liveMembersWhere } from '../../../db/derived/segment-members.ts';
import { segmentLookup } from '../../../db/query/segment/definitions.ts';
import {
  countLeadsWithoutContact,
  countNodes,
  countWhere,
  membersWhere,
  questionWhere,
  segmentWhere,
  uuidsWhere,
} from '../../../db/query/segment/execute.ts';
import type { Fragment } from '../../../db/query/segment/fragment.ts';
import { storeData } from '../../../db/query/segment/store-data.ts';
import { suggestValues } from '../../../db/query/segment/suggest.ts';
import { inSnapshot } from '../../../db/query/remembered.ts';
import { tableOf } from '../../../db/records/entity-storage.ts';
import { liveRowIdOf } from '../../../db/merge/redirects.ts';
import { registryOf } from '../../../db/records/model.ts';
import { readStored, readWire, rowIdOf } from '../../../db/records/read.ts';
import { createRecord, setDeleted, updateRecord, write } from '../../../db/records/write.ts';
import type { ReadableStore, WritableStore } from '../../../db/store.ts';
import { uuidToUid } from '../../../db/uuid.ts';

type Answer<T> = Result<T, CallError>;

const noSegment: Answer<never> = err(
  callError('notFound', 'This segment is not here. It may have been removed.', { field: 'segmentId' }),
);

function refused(issues: readonly SegmentIssue[]): Answer<never> {
  return err({
    ...callError('queryInvalid', `The question cannot be answered: ${issues.map((each) => each.message).join(' ')}`),
    issues: issues.map(({ path, message }) => ({ path, message })),
  });
}

/** Looks records up by id for sentences; '' is never a label. */
const labelsOf = (store: ReadableStore) => (entity: EntityName, id: string) =>
  (store
    .sql(`SELECT label FROM ${tableOf(entity)} WHERE uid = ?`)
    .pluck()
    .get(uuidToUid(id)) as string | undefined) ?? null;

/** One state of the database for all parts of an answer. A question beyond SQLite's limits is refused, not a bug. */
function answer<T>(store: ReadableStore, work: () => Answer<T>): Answer<T> {
  try {
    return inSnapshot(store, work);
  } catch (error) {
    if (!(error instanceof Error) || !/Expression tree is too large|parser stack overflow/.test(error.message))
      throw error;
    const message = 'The question is nested too deep. Take it apart into segments of its own.';
    return refused([{ path: '', code: 'tooLarge', message, severity: 'error' }]);
  }
}

function checked(store: ReadableStore, query: Query): Answer<null> {
  const issues = errorsOf(validate(query, { segment: segmentLookup(store), registry: registryOf(store) }));
  return issues.length > 0 ? refused(issues) : ok(null);
}

export function count(
  store: ReadableStore,
  query: Query,
  withNodes: boolean,
  nowMs: number,
): Answer<OutputOf<'segments.count'>> {
  return answer(store, () => {
    const valid = checked(store, query);
    if (!valid.ok) return valid;
    const segment = segmentLookup(store);
    const registry = registryOf(store);
    const context = { nowMs, segment, registry };
    const total = countWhere(store, questionWhere(query, context));
    return ok({
      count: total,
      byPath: withNodes ? { ...countNodes(store, query, context), '': total } : { '': total },
      leadsWithoutContact: countLeadsWithoutContact(store, query, context),
      description: describe(query, { segment, registry, labelOf: labelsOf(store) }),
    });
  });
}

export type Asked = { readonly segmentId?: string | undefined; readonly query?: Query | undefined };

/** The condition that finds the members of a saved segment, or of a question; both: the question. */
function whereOf(store: ReadableStore, { segmentId, query }: Asked, nowMs: number): Answer<Fragment> {
  const lookup = segmentLookup(store);
  const context = { nowMs, segment: lookup, registry: registryOf(store) };
  if (query !== undefined) {
    const timeZone = segmentId === undefined ? null : (lookup(segmentId)?.timeZone ?? null);
    const valid = checked(store, query);
    return valid.ok ? ok(questionWhere(query, { ...context, timeZone })) : valid;
  }
  if (segmentId === undefined) {
    return refused([{ path: '', code: 'empty', message: 'Give a segment or a question.', severity: 'error' }]);
  }
  const segment = lookup(segmentId);
  if (!segment) return noSegment;
  const rowId = rowIdOf(store, 'segment', segmentId);
  const isLive = rowId !== null && readStored(store, 'segment', rowId)?.values.state === 'live';
  const kept = isLive ? liveMembersWhere(store, { rowId, segment }) : null;
  if (kept) return ok(kept);
  // a draft that asks nothing yet has no members; what is broken is said, never answered
  const issues = errorsOf(validateSegment(segment, { segment: lookup, registry: context.registry })).filter(
    (issue) => issue.code !== 'empty',
  );
  return issues.length > 0 ? refused(issues) : ok(segmentWhere(segment, context));
}

export function members(
  store: ReadableStore,
  asked: Asked,
  limit: number,
  offset: number,
  nowMs: number,
): Answer<OutputOf<'segments.members'>> {
  return answer(store, () => {
    const where = whereOf(store, asked, nowMs);
    if (!where.ok) return where;
    return ok({ rows: membersWhere(store, where.value, limit, offset), total: countWhere(store, where.value) });
  });
}

export function ids(store: ReadableStore, asked: Asked, nowMs: number): Answer<OutputOf<'segments.ids'>> {
  return answer(store, () => {
    const where = whereOf(store, asked, nowMs);
    if (!where.ok) return where;
    const found = uuidsWhere(store, where.value);
    return ok({ ids: found, count: found.length });
  });
}

export function explainContact(
  store: ReadableStore,
  query: Query,
  contactId: string,
  nowMs: number,
): Answer<OutputOf<'segments.explain'>> {
  return answer(store, () => {
    const contact = readWire(store, 'contact', contactId);
    if (!contact || contact.deletedAtMs !== null) {
      return err(callError('notFound', 'This contact is not here. It may have been removed.', { field: 'contactId' }));
    }
    const valid = checked(store, query);
    if (!valid.ok) return valid;
    const segment = segmentLookup(store);
    const context = { data: storeData(store, segment), nowMs, registry: registryOf(store) };
    const { isMember, nodes } = explain(query, contact, context, { segment, labelOf: labelsOf(store) });
    return ok({ isMember, nodes: nodes.map((node) => ({ ...node })) });
  });
}

export function suggestions(
  store: ReadableStore,
  entity: string,
  field: string,
  search: string,
  limit: number,
): Answer<OutputOf<'segments.suggestValues'>> {
  const name = entityNames.find((each) => each === entity);
  return ok({ values: name ? suggestValues(store, name, field, search, limit) : [] });
}

function segmentOf(store: ReadableStore, id: string) {
  const rowId = rowIdOf(store, 'segment', id);
  const record = rowId === null ? null : readStored(store, 'segment', rowId);
  const definition: SegmentDefinition | null = segmentLookup(store)(id);
  return record && definition && record.deletedAtMs === null ? { rowId: record.id, record, definition } : null;
}

/** Also refuses what finds nothing by construction, and says why. Going live again keeps the first date. */
export function goLive(store: WritableStore, id: string): Answer<OutputOf<'segments.goLive'>> {
  const found = segmentOf(store, id);
  if (!found) return noSegment;
  if (found.record.values.state === 'live') {
    return err(callError('segmentLive', 'This segment is live already.'));
  }
  const issues = validateSegment(found.definition, { segment: segmentLookup(store), registry: registryOf(store) });
  if (issues.length > 0) return refused(issues);
  const { writeId } = write(store, { cause: 'edit' }, (w) =>
    updateRecord(w, 'segment', found.rowId, {
      state: 'live',
      ...(found.record.values.wentLiveAtMs === null ? { wentLiveAtMs: w.atMs } : {}),
    }),
  );
  if (writeId === null) throw new Error('going live changed nothing');
  return ok({ memberCount: readStored(store, 'segment', found.rowId)?.values.memberCount ?? 0, writeId });
}

export function stop(store: WritableStore, id: string): Answer<OutputOf<'segments.stop'>> {
  const found = segmentOf(store, id);
  if (!found) return noSegment;
  if (found.record.values.state !== 'live') {
    return err(callError('segmentNotLive', 'This segment is not live.'));
  }
  const { writeId } = write(store, { cause: 'edit' }, (w) =>
    updateRecord(w, 'segment', found.rowId, { state: 'stopped' }),
  );
  if (writeId === null) throw new Error('stopping changed nothing');
  return ok({ writeId });
}

/** What is in both lists is taken out. Picking who is in already, or removing who is not, changes nothing. */
export function setStaticMembers(
  store: WritableStore,
  id: string,
  add: readonly string[],
  remove: readonly string[],
): Answer<OutputOf<'segments.setStaticMembers'>> {
  const found = segmentOf(store, id);
  if (!found || found.definition.kind !== 'static') return noSegment;
  const missing: string[] = [];
  const rowsOf = (uuids: readonly string[]): number[] =>
    [...new Set(uuids)].flatMap((uuid) => {
      const rowId = liveRowIdOf(store, 'contact', uuid);
      if (rowId === null) missing.push(uuid);
      return rowId ?? [];
    });
  const removed = new Set(rowsOf(remove));
  const added = rowsOf(add).filter((rowId) => !removed.has(rowId));
  if (missing.length > 0) {
    return err(
      callError('notFound', 'Some of these contacts are not here. Nothing was changed.', { missing: missing.length }),
    );
  }
  const picks = store.sql(
    'SELECT id FROM segment_member WHERE segmentId = ? AND contactId = ? AND deletedAtMs IS NULL',
  );
  const { writeId } = write(store, { cause: 'edit' }, (w) => {
    for (const contactId of added) {
      if (picks.get(found.rowId, contactId) === undefined) {
        createRecord(w, 'segmentMember', { segmentId: found.rowId, contactId });
      }
    }
    for (const contactId of removed) {
      // two laptops may each have picked somebody before they met
      for (const { id: rowId } of picks.all(found.rowId, contactId) as { id: number }[]) {
        setDeleted(w, 'segmentMember', rowId, true);
      }
    }
  });
  const where = segmentWhere(found.definition, { nowMs: store.now(), registry: registryOf(store) });
  return ok({ memberCount: countWhere(store, where), writeId });
}
