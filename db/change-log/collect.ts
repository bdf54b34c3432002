/**
 * Turns this laptop's own writes into the lines that a bundle carries (db/hq/README.md): a line a write, followed by a
 * line a change. References inside `fields` are record ids already; the text of the log is passed on as it is.
 *
 * Example:
 * `{"w":7,"clock":1795…,"at":1767…,"user":"0190…","cause":"edit","changes":1}`
 * `{"e":"contact","r":"0190…","f":{"jobTitle":[null,"Buyer"]}}`
 */
import { type EntityName, entityNames } from '../../shared/model/entities.ts';
import { tableOf } from '../records/entity-storage.ts';
import type { ReadableStore } from '../store.ts';
import { uidToUuid } from '../uuid.ts';
import { entityCodes, entityOfCode } from './entity-codes.ts';

/** A write as it travels. `parent` is a write of the same laptop; `undoes` may be any laptop's. */
export type WriteLine = {
  readonly w: number;
  readonly clock: number;
  readonly at: number;
  readonly user?: string;
  readonly cause: string;
  readonly label?: string;
  readonly operation?: string;
  readonly parent?: number;
  readonly undoes?: readonly [string, number];
  readonly changes: number;
};

/** A change as it travels. `n` 1: the record came to be. */
export type ChangeLine = {
  readonly e: string;
  readonly r: string;
  readonly n?: 1;
  /** 1: the record is gone for good, and what it held with it. */
  readonly p?: 1;
  readonly f: Readonly<Record<string, readonly [unknown, unknown]>>;
};

export type CollectedPart = { readonly text: string; readonly changes: number; readonly writes: number };

type WriteRow = {
  id: number;
  originNumber: number;
  clock: number;
  atMs: number;
  user: Buffer | null;
  cause: string;
  causeLabel: string | null;
  operationId: string | null;
  parent: number | null;
  undoneDevice: Buffer | null;
  undoneNumber: number | null;
  changes: number;
};
type ChangeRow = { id: number; entity: number; recordId: number; uid: Buffer; created: number; fields: string };

const writesAPage = 500;
const changesAPage = 2000;
const partCharacters = 4 * 1024 * 1024;

/** Writes of cause 'system', and of the rules they made fire, stay on the laptop that made them. */
export const travels = (write: string): string =>
  `NOT EXISTS (SELECT 1 FROM write AS root
     WHERE root.deviceId = ${write}.deviceId AND root.clock = ${write}.clock AND root.cause = 'system')`;

const writeColumns = `write.id, write.originNumber, write.clock, write.atMs, user.uid AS user, write.cause, write.causeLabel,
    write.operationId, parent.originNumber AS parent, undoneDevice.uid AS undoneDevice,
    undone.originNumber AS undoneNumber, write.changes`;
const writeJoins = `LEFT JOIN user ON user.id = write.userId
    LEFT JOIN write AS parent ON parent.id = write.parentWriteId
    LEFT JOIN write AS undone ON undone.id = write.undoesWriteId
    LEFT JOIN device AS undoneDevice ON undoneDevice.id = undone.deviceId`;

const writesSql = `
  SELECT ${writeColumns} FROM write ${writeJoins}
  WHERE write.deviceId = ? AND write.originNumber > ? AND write.originNumber <= ? AND ${travels('write')}
  ORDER BY write.originNumber LIMIT ${writesAPage}`;

const uidOfRecord = entityNames
  .map((entity) => `WHEN ${entityCodes[entity]} THEN (SELECT uid FROM ${tableOf(entity)} WHERE id = change.recordId)`)
  .join(' ');

const changesSql = `
  SELECT change.id, change.entity, change.recordId, change.created, change.fields,
    CASE WHEN change.recordId < 0 THEN (SELECT uid FROM tombstone WHERE id = -change.recordId)
      ELSE CASE change.entity ${uidOfRecord} END END AS uid
  FROM change WHERE change.writeId = ? AND change.id > ? ORDER BY change.id LIMIT ${changesAPage}`;

function writeLine(row: WriteRow, changes: number): string {
  const line: WriteLine = {
    w: row.originNumber,
    clock: row.clock,
    at: row.atMs,
    ...(row.user === null ? {} : { user: uidToUuid(row.user) }),
    cause: row.cause,
    ...(row.causeLabel === null ? {} : { label: row.causeLabel }),
    ...(row.operationId === null ? {} : { operation: row.operationId }),
    ...(row.parent === null ? {} : { parent: row.parent }),
    ...(row.undoneDevice === null || row.undoneNumber === null
      ? {}
      : { undoes: [uidToUuid(row.undoneDevice), row.undoneNumber] as const }),
    changes,
  };
  return `${JSON.stringify(line)}\n`;
}

const changeLine = (row: ChangeRow, entity: EntityName): string =>
  `{"e":"${entity}","r":"${uidToUuid(row.uid)}",${row.created === 1 ? '"n":1,' : ''}${row.recordId < 0 ? '"p":1,' : ''}"f":${row.fields}}\n`;

/**
 * The writes of this laptop numbered above `from` up to and including `to`, in order. Reads page by page, so that other
 * work of this thread goes on between: what is in the log never changes.
 */
export function* collectWrites(
  store: ReadableStore,
  deviceRow: number,
  from: number,
  to: number,
): Generator<CollectedPart> {
  let lines: string[] = [];
  let characters = 0;
  let changes = 0;
  let writes = 0;
  const take = (): CollectedPart => {
    const part = { text: lines.join(''), changes, writes };
    lines = [];
    characters = changes = writes = 0;
    return part;
  };
  const add = (line: string): void => {
    lines.push(line);
    characters += line.length;
  };
  for (let last = from; ;) {
    const page = store.sql(writesSql).all(deviceRow, last, to) as WriteRow[];
    if (page.length === 0) break;
    for (const row of page) {
      add(writeLine(row, row.changes));
      writes += 1;
      for (let lastChange = 0; ;) {
        const rows = store.sql(changesSql).all(row.id, lastChange) as ChangeRow[];
        for (const each of rows) add(changeLine(each, entityOfCode(each.entity)));
        changes += rows.length;
        if (characters >= partCharacters) yield take();
        if (rows.length < changesAPage) break;
        lastChange = rows.at(-1)?.id ?? lastChange;
      }
      last = row.originNumber;
    }
  }
  if (lines.length > 0) yield take();
}

/**
 * The people who were entered when this laptop was set up: their writes have cause 'system' and would stay here, but
 * others must know who made a change. Carried by every bundle.
 */
export function collectPeople(store: ReadableStore, deviceRow: number): string {
  const rows = store
    .sql(
      `SELECT ${writeColumns} FROM write ${writeJoins} WHERE write.deviceId = ? AND write.cause = 'system'
       ORDER BY write.originNumber`,
    )
    .all(deviceRow) as WriteRow[];
  const ofUsers = store.sql(
    `SELECT change.id, change.entity, change.recordId, user.uid, change.created, change.fields
     FROM change JOIN user ON user.id = change.recordId
     WHERE change.writeId = ? AND change.entity = ${entityCodes.user} ORDER BY change.id`,
  );
  return rows
    .flatMap((row) => {
      const changes = ofUsers.all(row.id) as ChangeRow[];
      return changes.length === 0
        ? []
        : [writeLine(row, changes.length), ...changes.map((each) => changeLine(each, 'user'))];
    })
    .join('');
}
