/** Making, changing, removing and restoring records of any kind, each as one write that history shows and undo takes back. */
import { type CallError, callError } from '../../../shared/contract/call.ts';
import type { RefusalCode } from '../../../shared/contract/records.ts';
import { type EntityName, entityOf } from '../../../shared/model/entities.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { tombstoneOf } from '../../../db/bin/tombstones.ts';
import { entityCodes } from '../../../db/change-log/entity-codes.ts';
import type { StoredPatch } from '../../../db/records/entity-storage.ts';
import { liveRowIdOf } from '../../../db/merge/redirects.ts';
import { readStored, rowIdOf } from '../../../db/records/read.ts';
import { toStored } from '../../../db/records/wire.ts';
import { sameValue } from '../../../db/records/touched.ts';
import { binSet, restoreSet } from '../../../db/records/update-set.ts';
import { createRecord, updateRecord, type Write, write } from '../../../db/records/write.ts';
import { readSetting, type ReadableStore, type WritableStore } from '../../../db/store.ts';
import { uuidToUid } from '../../../db/uuid.ts';
import { checkRecord, checkRequired, latestDay, refusal, withNormalParts } from './record-rules.ts';

type Values = Readonly<Record<string, unknown>>;

/** The region of numbers without a country code, before anybody says: none, so that only international ones are read. */
const regionOf = (store: ReadableStore): string => readSetting(store.connection, 'region') ?? 'ZZ';

/** Given values with their emails and phones in normal form. */
export const normalValues = (store: ReadableStore, given: Values): Record<string, unknown> =>
  withNormalParts(given, regionOf(store));

const notHere = (entity: EntityName): Result<never, CallError> =>
  err(callError('notFound', `This ${entity} is not here. It may have been removed for good.`, { field: 'id' }));

/** Errors: `invalidValue`, `notFound` (a reference), `circular`. */
export function createOne(
  store: WritableStore,
  entity: EntityName,
  given: Values,
  uuid: string | undefined,
): Result<{ id: string; writeId: number }, CallError> {
  const required = checkRequired(entity, given);
  if (!required.ok) return required;
  const normal = normalValues(store, given);
  if (entity === 'lead' && (normal.captureSource ?? null) === null) normal.captureSource = 'manual';
  const stored = toStored(store, entity, normal);
  if (!stored.ok) return stored;
  const checked = checkRecord(store, entity, null, stored.value, stored.value, latestDay(store.now()));
  if (!checked.ok) return checked;
  const isTaken = uuid !== undefined && (rowIdOf(store, entity, uuid) ?? tombstoneOf(store, entity, uuid)) !== null;
  if (isTaken) {
    return err(callError('invalidValue', 'A record with this id is here already.', { field: 'id' }));
  }
  const result = write(store, { cause: 'edit' }, (w) => {
    const made = createRecord(w, entity, stored.value, uuid === undefined ? undefined : uuidToUid(uuid));
    followUp(w, entity, made.id, {}, stored.value);
    return made.uuid;
  });
  if (result.writeId === null) throw new Error('a creation that wrote nothing');
  return ok({ id: result.value, writeId: result.writeId });
}

/** Errors: `notFound`, `changedSince` (with the record's clock), `invalidValue`, `circular`, `nameLocked`. */
export function updateOne(
  store: WritableStore,
  entity: EntityName,
  uuid: string,
  given: Values,
  baseVersion: number | undefined,
): Result<{ writeId: number | null; version: number }, CallError> {
  if (entityOf(entity).appendOnly) {
    return err(callError('invalidValue', 'What happened is not rewritten. Remove it and record it again.'));
  }
  const id = liveRowIdOf(store, entity, uuid);
  if (id === null) return notHere(entity);
  const record = readStored(store, entity, id);
  if (!record) return notHere(entity);
  const stored = toStored(store, entity, normalValues(store, given));
  if (!stored.ok) return stored;
  const before = record.values as Values;
  const changes = Object.fromEntries(
    Object.entries(stored.value).filter(([name, value]) => !sameValue(before[name], value)),
  );
  if (baseVersion !== undefined && baseVersion !== record.version) {
    return changedSince(store, entity, id, record.version, record.updatedAtMs, baseVersion);
  }
  const blanked = Object.entries(entityOf(entity).fields).find(
    ([name, field]) => field.required && name in changes && changes[name] === null,
  );
  if (blanked) return refusal(blanked[0], 'is required');
  const after = { ...before, ...changes };
  const checked = checkRecord(store, entity, id, changes, after, latestDay(store.now()));
  if (!checked.ok) return checked;
  if (after.isDefault === false && before.isDefault === true) {
    return refusal('isDefault', 'cannot be switched off: make another one the default');
  }
  const result = write(store, { cause: 'edit' }, (w) => {
    if (updateRecord(w, entity, id, changes as StoredPatch<EntityName>)) followUp(w, entity, id, before, changes);
  });
  const version = readStored(store, entity, id)?.version ?? record.version;
  return ok({ writeId: result.writeId, version });
}

/** Somebody else was first: who, when and what, so that the window can show both. */
function changedSince(
  store: ReadableStore,
  entity: EntityName,
  id: number,
  version: number,
  atMs: number,
  baseVersion: number,
): Result<never, CallError> {
  const author = store
    .sql(
      `SELECT user.name AS name FROM write LEFT JOIN user ON user.id = write.userId
       WHERE write.clock > ? AND write.clock <= ? ORDER BY write.clock DESC LIMIT 1`,
    )
    .get(baseVersion, version) as { name: string | null } | undefined;
  return err(
    callError(
      'changedSince',
      'Somebody changed this record in the meantime. Nothing was saved: compare and save again.',
      {
        version,
        changedAtMs: atMs,
        changedBy: author?.name ?? null,
        recordRow: id,
        entity,
      },
    ),
  );
}

/** What belongs to the same change: the audit row of a consent level, one default of each kind. */
export function followUp(w: Write, entity: EntityName, id: number, before: Values, changes: Values): void {
  if (entity === 'contact' && typeof changes.consentLevel === 'string') {
    const level = (before.consentLevel ?? 'none') as 'none';
    const next = changes.consentLevel as 'none';
    if (level !== next) {
      createRecord(w, 'consentChange', {
        contactId: id,
        before: level,
        after: next,
        changedAtMs: w.atMs,
        userId: w.store.userRow,
        source: 'manual',
      });
    }
  }
  if (changes.isDefault === true && (entity === 'process' || entity === 'matchingStrategy')) {
    const others = w.store
      .sql(
        entity === 'process'
          ? 'SELECT id FROM process WHERE isDefault = 1 AND id <> ? AND deletedAtMs IS NULL'
          : `SELECT id FROM matching_strategy WHERE isDefault = 1 AND id <> ? AND deletedAtMs IS NULL
             AND target = (SELECT target FROM matching_strategy WHERE id = ?)`,
      )
      .pluck()
      .all(...(entity === 'process' ? [id] : [id, id])) as number[];
    for (const other of others) updateRecord(w, entity, other, { isDefault: false });
  }
}

/** Kinds of which some must stay. */
export const mayBeKept = (entity: EntityName): boolean =>
  ['user', 'process', 'matchingStrategy', 'segment'].includes(entity);

type KeptBecause = Extract<RefusalCode, 'yourself' | 'isDefault' | 'liveSegment'>;
const keptSentences: Readonly<Record<KeptBecause, string>> = {
  yourself: 'You cannot remove yourself.',
  isDefault: 'The default cannot be removed: make another one the default first.',
  liveSegment: 'Stop the segment before removing it.',
};

/** Why a record must stay, where it must: the program could not go on without it. */
export function keptBecause(store: WritableStore, entity: EntityName, id: number): KeptBecause | null {
  if (entity === 'user' && id === store.userRow) return 'yourself';
  if (entity === 'process' || entity === 'matchingStrategy') {
    const record = readStored(store, entity, id);
    if (record?.values.isDefault) return 'isDefault';
  }
  if (entity === 'segment' && readStored(store, 'segment', id)?.values.state === 'live') {
    return 'liveSegment';
  }
  return null;
}

/** Moves records to the bin, or takes them out. Errors: `notFound`, `inUse`; then nothing is moved. */
export function moveToBin(
  store: WritableStore,
  entity: EntityName,
  uuids: readonly string[],
  deleted: boolean,
): Result<{ writeId: number }, CallError> {
  const rows: number[] = [];
  for (const uuid of new Set(uuids)) {
    const id = rowIdOf(store, entity, uuid);
    if (id === null) return notHere(entity);
    const reason = deleted ? keptBecause(store, entity, id) : null;
    if (reason) return err(callError('inUse', keptSentences[reason], { id: uuid, reason }));
    rows.push(id);
  }
  const result = write(store, { cause: 'edit' }, (w) => {
    if (deleted) binSet(w, entity, rows);
    else restoreSet(w, entity, rows);
  });
  // nothing moved: all were where they should be; the write that put them there is the one to undo
  return ok({ writeId: result.writeId ?? lastWriteOf(store, entity, rows[0] ?? 0) });
}

function lastWriteOf(store: ReadableStore, entity: EntityName, id: number): number {
  const code = entityCodes[entity];
  return store
    .sql('SELECT coalesce(max(writeId), 0) FROM change WHERE entity = ? AND recordId = ?')
    .pluck()
    .get(code, id) as number;
}
