/**
 * Members of live segments (table `segment_live_member`) and their count on the segment, kept up inside the write that
 * changes them (domain.md section 3). A changed record is followed back to the contacts whose membership may depend
 * on it, and those are asked again; a rebuild finds the same.
 *
 * Where that would touch too many (an import, a campaign that everybody is in) the segment is found anew at once in a
 * small database and marked `dirty` in a large one, since the full question does not belong inside somebody's edit.
 * Members of a dirty segment, and of one with relative dates, are found by its question when they are asked for
 * (`liveMembersWhere`), so that nobody ever sees old ones; `refreshNextSegment` brings them up to date when there is time.
 *
 * Example: a lead of Ann's is set to another topic: of all contacts only Ann is asked again.
 */
import { customFieldName } from '../../shared/model/custom-field.ts';
import type { EntityName } from '../../shared/model/entities.ts';
import type { SegmentDefinition, SegmentLookup } from '../../shared/rules/segment/definition.ts';
import { endOf, type Reach, reachOf, type Way } from '../../shared/rules/segment/reach.ts';
import type { Registry } from '../../shared/rules/segment/registry.ts';
import { errorsOf, validateSegment } from '../../shared/rules/segment/validate.ts';
import type { Connection } from '../connection.ts';
import { counterOf } from '../query/remembered.ts';
import { compileMembership } from '../query/segment/compile.ts';
import { liveSegments, type LiveSegment, segmentLookup } from '../query/segment/definitions.ts';
import { rowIdsWhere, segmentWhere } from '../query/segment/execute.ts';
import { bound, type Fragment, sql } from '../query/segment/fragment.ts';
import { tableOf } from '../records/entity-storage.ts';
import { registryOf } from '../records/model.ts';
import { readStored } from '../records/read.ts';
import { setDerived, type Write, write } from '../records/write.ts';
import type { ReadableStore, WritableStore } from '../store.ts';
import { uidToUuid } from '../uuid.ts';

/** More changed records, or more contacts concerned, than this are not followed one by one. */
const mostTouched = 300;
const mostContacts = 5000;
/** Up to so many contacts a segment is found anew inside the write. */
const smallDatabase = 20_000;

/** Columns by which following back would read a whole table. */
const unindexed = new Set([
  'contact.guardianId',
  'lead.campaignId',
  'opportunity.campaignId',
  'interaction.eventId',
  'interaction.campaignId',
]);

type Live = LiveSegment & { readonly reach: Reach; readonly entities: ReadonlySet<EntityName> };

/** What one connection knows of live segments, as long as no segment changes other than in its count. */
const remembered = new WeakMap<Connection, { state: string; registry: Registry; live: readonly Live[] }>();

/**
 * Can its question be asked? One that names a field which is no longer there (another laptop removed it, or changed its
 * kind) keeps the members it had until somebody repairs it; its page says what is wrong.
 */
function isAnswerable(segment: SegmentDefinition, lookup: SegmentLookup, registry: Registry): boolean {
  const issues = errorsOf(validateSegment(segment, { segment: lookup, registry }));
  return issues.every((issue) => issue.code === 'empty');
}

/** `isChanging`: inside a write that changes segments and may yet be rolled back. */
function liveOf(store: ReadableStore, isChanging = false): readonly Live[] {
  // a count is no new version; the remainder keeps the sum of clocks within whole numbers
  const state = store
    .sql("SELECT count(*) || ' ' || count(deletedAtMs) || ' ' || total(version % 4294967291) FROM segment")
    .pluck()
    .get() as string;
  const known = remembered.get(store.connection);
  const registry = registryOf(store);
  if (known?.state === state && known.registry === registry && !isChanging) return known.live;
  const live = answerable(store).map((each): Live => {
    const reach = reachOf(each.segment, segmentLookup(store), registry);
    return { ...each, reach, entities: new Set(reach.ways.map(endOf)) };
  });
  if (!isChanging) remembered.set(store.connection, { state, registry, live });
  return live;
}

function answerable(store: ReadableStore): LiveSegment[] {
  const lookup = segmentLookup(store);
  const registry = registryOf(store);
  return liveSegments(store).filter(({ segment }) => isAnswerable(segment, lookup, registry));
}

export function keepSegmentMembers(write: Write): void {
  const changed = write.touched.get('segment');
  const fields = write.touched.get('customField');
  const live = liveOf(write.store, changed !== undefined || fields !== undefined);
  const anew = new Set<Live>();
  if (fields) {
    const names = [...fields.values()].map(({ uid }) => customFieldName(uidToUuid(uid)));
    for (const each of live) if (names.some((name) => namesField(write.store, each, name))) anew.add(each);
  }
  if (changed) {
    const changedIds = new Set([...changed.values()].map((record) => uidToUuid(record.uid)));
    const kept = new Set(liveSegments(write.store).map(({ rowId }) => rowId));
    for (const rowId of changed.keys()) if (!kept.has(rowId)) forget(write, rowId);
    for (const each of live) {
      if (changedIds.has(each.segment.id) || meets(each.reach.uses, changedIds)) anew.add(each);
    }
  }
  for (const each of anew) findAnew(write, each);

  const entities = new Set([...write.touched.keys(), ...write.rederived.keys()]);
  const back = new WayBack(write);
  for (const each of live) {
    if (anew.has(each) || !meets(each.entities, entities)) continue;
    const contacts = back.contactsOf(each.reach.ways);
    if (contacts !== null) askAgain(write, each, contacts);
    else if (counterOf(write.store, 'contact') <= smallDatabase) findAnew(write, each);
    else markDirty(write, each);
  }
}

const meets = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean => [...b].some((each) => a.has(each));

/** Does it ask for the field, itself or through a segment that it uses? */
function namesField(store: ReadableStore, { segment, reach }: Live, name: string): boolean {
  const lookup = segmentLookup(store);
  const questions = [segment, ...[...reach.uses].map(lookup)].map((each) => each?.query ?? null);
  return JSON.stringify(questions).includes(`"${name}"`);
}

/** From what the write touched to the contacts that it may concern. */
class WayBack {
  private readonly write: Write;
  private readonly known = new Map<string, ReadonlySet<number> | null>();

  constructor(write: Write) {
    this.write = write;
  }

  /** Null for too many. */
  contactsOf(ways: readonly Way[]): ReadonlySet<number> | null {
    const found = new Set<number>();
    for (const way of ways) {
      const contacts = this.along(way);
      if (contacts === null) return null;
      for (const id of contacts) found.add(id);
      if (found.size > mostContacts) return null;
    }
    return found;
  }

  private along(way: Way): ReadonlySet<number> | null {
    const key = JSON.stringify(way);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const found = this.follow(way);
    this.known.set(key, found);
    return found;
  }

  private follow(way: Way): ReadonlySet<number> | null {
    const entity = endOf(way);
    const touched = this.write.touched.get(entity);
    const ids = [...(touched?.keys() ?? []), ...(this.write.rederived.get(entity) ?? [])];
    if (ids.length === 0) return new Set();
    if (ids.length > mostTouched || way.some((hop) => unindexed.has(`${hop.from}.${hop.own}`))) return null;
    const contacts = new Set(this.select(way, inList('id', ids)));
    const last = way.at(-1);
    // the record has moved: its former owner is concerned too
    const former = last
      ? [...(touched?.values() ?? [])].flatMap((record) => record.fields.get(last.theirs)?.[0] ?? [])
      : [];
    if (last && former.length > 0) {
      for (const id of this.select(way.slice(0, -1), inList(last.own, former as number[]))) contacts.add(id);
    }
    return contacts.size > mostContacts ? null : contacts;
  }

  /** Contacts from which the way leads to records of its end that satisfy the condition. */
  private select(way: Way, condition: Fragment): number[] {
    const where = way.reduceRight(
      (inner, hop) =>
        sql`${hop.own} IN (SELECT ${hop.theirs} FROM ${tableOf(hop.to)} WHERE ${hop.theirs} IS NOT NULL AND ${inner})`,
      condition,
    );
    const statement = sql`SELECT id FROM contact WHERE ${where} LIMIT ${String(mostContacts + 1)}`;
    return this.write.store
      .sql(statement.sql)
      .pluck()
      .all(...statement.parameters) as number[];
  }
}

const inList = (column: string, ids: readonly number[]): Fragment =>
  sql`${column} IN (SELECT value FROM json_each(${bound(JSON.stringify(ids))}))`;

/** Questions of live segments asked of a few contacts; the first parameter is a JSON list of their rows. */
const questions = new WeakMap<Live, Fragment>();

function questionOf(write: Write, live: Live): Fragment {
  const known = questions.get(live);
  if (known) return known;
  const context = { nowMs: write.atMs, segment: segmentLookup(write.store), registry: registryOf(write.store) };
  const isIn = compileMembership(live.segment, 'root', context, true);
  const question = sql`SELECT root.id FROM contact AS root WHERE ${inList('root.id', [])} AND root.deletedAtMs IS NULL AND ${isIn}`;
  if (!live.reach.isTimeDependent) questions.set(live, question);
  return question;
}

function askAgain(write: Write, live: Live, contacts: ReadonlySet<number>): void {
  if (contacts.size === 0) return;
  const { store } = write;
  const ids = JSON.stringify([...contacts]);
  const question = questionOf(write, live);
  const now = new Set(
    store
      .sql(question.sql)
      .pluck()
      .all(ids, ...question.parameters.slice(1)) as number[],
  );
  const was = new Set(
    store
      .sql(
        'SELECT contactId FROM segment_live_member WHERE segmentId = ? AND contactId IN (SELECT value FROM json_each(?))',
      )
      .pluck()
      .all(live.rowId, ids) as number[],
  );
  const delta = replaceMembers(store, live.rowId, was, now);
  if (delta !== 0)
    setCount(write, live.rowId, (readStored(store, 'segment', live.rowId)?.values.memberCount ?? 0) + delta);
}

/** Writes the difference; returns by how many there are more. */
function replaceMembers(
  store: ReadableStore,
  rowId: number,
  was: ReadonlySet<number>,
  now: ReadonlySet<number>,
): number {
  const add = store.sql('INSERT INTO segment_live_member (segmentId, contactId) VALUES (?, ?)');
  const drop = store.sql('DELETE FROM segment_live_member WHERE segmentId = ? AND contactId = ?');
  for (const id of was) if (!now.has(id)) drop.run(rowId, id);
  for (const id of now) if (!was.has(id)) add.run(rowId, id);
  return now.size - was.size;
}

/** Makes the rows what they should be, all of them. */
function findAnew(write: Write, live: LiveSegment): void {
  const { store } = write;
  const where = segmentWhere(live.segment, {
    nowMs: write.atMs,
    segment: segmentLookup(store),
    registry: registryOf(store),
  });
  const now = new Set(rowIdsWhere(store, where));
  const kept = store.sql('SELECT contactId FROM segment_live_member WHERE segmentId = ?').pluck().all(live.rowId);
  replaceMembers(store, live.rowId, new Set(kept as number[]), now);
  store
    .sql(
      `INSERT INTO segment_upkeep (segmentId, foundAtMs, dirty) VALUES (?, ?, 0)
       ON CONFLICT (segmentId) DO UPDATE SET foundAtMs = excluded.foundAtMs, dirty = 0`,
    )
    .run(live.rowId, write.atMs);
  setCount(write, live.rowId, now.size);
}

const setCount = (write: Write, rowId: number, memberCount: number): void => {
  setDerived(write, 'segment', rowId, { memberCount });
};

const markDirty = (write: Write, live: LiveSegment): void => {
  write.store.sql('UPDATE segment_upkeep SET dirty = 1 WHERE segmentId = ?').run(live.rowId);
};

/** A segment that is not live (any more) has no kept members. */
function forget(write: Write, rowId: number): void {
  write.store.sql('DELETE FROM segment_live_member WHERE segmentId = ?').run(rowId);
  write.store.sql('DELETE FROM segment_upkeep WHERE segmentId = ?').run(rowId);
}

type State = { foundAtMs: number; dirty: number };
const stateOf = (store: ReadableStore, rowId: number): State | null =>
  (store.sql('SELECT foundAtMs, dirty FROM segment_upkeep WHERE segmentId = ?').get(rowId) as State | undefined) ??
  null;

/**
 * The kept members of a live segment as a condition on `contact AS root`; null where they may be old and the segment's
 * question is to be asked.
 */
export function liveMembersWhere(store: ReadableStore, live: LiveSegment): Fragment | null {
  if (stateOf(store, live.rowId)?.dirty !== 0) return null;
  if (reachOf(live.segment, segmentLookup(store), registryOf(store)).isTimeDependent) return null;
  return sql`root.deletedAtMs IS NULL AND root.id IN (SELECT contactId FROM segment_live_member WHERE segmentId = ${bound(live.rowId)})`;
}

/**
 * Finds the members anew of one live segment that is dirty, or whose relative dates were last looked at `maxAgeMs` ago.
 * One short write; false when none is left. For the host to call when nothing else waits.
 */
export function refreshNextSegment(store: WritableStore, maxAgeMs: number): boolean {
  const due = liveOf(store).find(({ rowId, reach }) => {
    const state = stateOf(store, rowId);
    if (state === null || state.dirty === 1) return true;
    return reach.isTimeDependent && state.foundAtMs <= store.now() - maxAgeMs;
  });
  if (due) write(store, { cause: 'system', label: 'members of a live segment' }, (w) => findAnew(w, due));
  return due !== undefined;
}

export function rebuildSegmentMembers(write: Write): void {
  const { store } = write;
  const live = liveSegments(store);
  const kept = new Set(live.map((each) => each.rowId));
  const known = store.sql('SELECT DISTINCT segmentId FROM segment_live_member').pluck().all() as number[];
  for (const rowId of known) if (!kept.has(rowId)) forget(write, rowId);
  for (const each of answerable(store)) findAnew(write, each);
}

/** What differs from a rebuild, for segments whose members are said to be up to date; null for nothing. */
export function wrongSegmentMembers(store: ReadableStore): string | null {
  const live = liveSegments(store);
  let wrong = 0;
  for (const each of answerable(store)) {
    const where = liveMembersWhere(store, each);
    if (where === null) continue;
    const question = segmentWhere(each.segment, {
      nowMs: 0,
      segment: segmentLookup(store),
      registry: registryOf(store),
    });
    const statement = sql`SELECT count(*) FROM contact AS root
      WHERE (${where}) <> (root.deletedAtMs IS NULL AND ifnull(${question}, 0))`;
    const differing = store.connection
      .prepare(statement.sql)
      .pluck()
      .get(...statement.parameters) as number;
    const count = store.sql('SELECT count(*) FROM segment_live_member WHERE segmentId = ?').pluck().get(each.rowId);
    if (differing > 0 || readStored(store, 'segment', each.rowId)?.values.memberCount !== count) wrong += 1;
  }
  const kept = store.sql('SELECT DISTINCT segmentId FROM segment_live_member').pluck().all() as number[];
  wrong += kept.filter((rowId) => !live.some((each) => each.rowId === rowId)).length;
  return wrong === 0 ? null : `${wrong} live segments keep other members than their questions find.`;
}
