/**
 * Takes the lines of a bundle into this laptop's log and records, in batches of one transaction each. A write's identity
 * is (device, origin number): what is known is skipped, and a write that was taken in half (the program was killed
 * between two batches) goes on where it stopped, since `write.changes` counts what is here. Doubled, out of order or
 * half a set: the end is the same (`merge.ts`).
 *
 * Received writes keep their clock, device, author and cause. This laptop's clock moves past theirs. Rules do not fire
 * again: what they did on the other laptop is among its writes (`isReceiving`). One thing fires: a threshold that is
 * crossed only because two laptops' interactions came together, which neither could see (db/derived/lead-rules.ts).
 */
import type { WritableStore } from '../store.ts';
import { write } from '../records/write.ts';
import { uuidToUid } from '../uuid.ts';
import { rowIdOf } from '../records/read.ts';
import { applyChanges, type Incoming } from './apply-records.ts';
import type { ChangeLine, WriteLine } from './collect.ts';
import { z } from 'zod';
import { uuidSchema } from '../../shared/model/ids.ts';
import { causeKinds } from '../../shared/contract/history.ts';

export type Sender = { readonly deviceId: string; readonly deviceName: string; readonly publicKey: string };
export type Taken = { applied: number; alreadyKnown: number; conflicts: number };

/** A line that no laptop writes. */
export class BadLineError extends Error {}
/** Two histories under one device id: a copied database, or one put back from a backup and written to since. */
export class TwoHistoriesError extends Error {}

const writeLineSchema = z.object({
  w: z.int().min(1),
  clock: z.int().min(1),
  at: z.int(),
  user: uuidSchema.optional(),
  cause: z.enum(causeKinds),
  label: z.string().optional(),
  operation: z.string().optional(),
  parent: z.int().min(1).optional(),
  undoes: z.tuple([uuidSchema, z.int().min(1)]).optional(),
  changes: z.int().min(0),
});

type Step = { readonly write: WriteLine; readonly changes: (readonly [position: number, change: ChangeLine])[] };

/** A batch ends where a transaction of the sender ended, so that what rules did comes together with what made them fire. */
const changesABatch = 1000;
const mostChangesABatch = 20_000;

export type Receiver = {
  readonly taken: Taken;
  /** Lines in the order of the bundle. Applies a batch whenever one is full; `true` after one was committed. */
  add(line: string): boolean;
  /** Applies what is left. Throws `BadLineError` when a write's changes are missing. */
  end(): void;
};

export type ReceiverOptions = {
  /** False for the people that a bundle carries beside its changes. */
  readonly counted?: boolean;
  /** Where a batch may end, and where it must. */
  readonly batch?: { readonly enough: number; readonly most: number };
};

export function createReceiver(
  store: WritableStore,
  sender: Sender,
  taken: Taken,
  { counted = true, batch: limits = { enough: changesABatch, most: mostChangesABatch } }: ReceiverOptions = {},
): Receiver {
  let steps: Step[] = [];
  let buffered = 0;
  let current: { line: WriteLine; position: number } | null = null;

  const flush = (): void => {
    if (steps.length === 0) return;
    const batch = steps;
    steps = current && current.position < current.line.changes ? [{ write: current.line, changes: [] }] : [];
    buffered = 0;
    const done = applyBatch(store, sender, batch);
    if (!counted) return;
    taken.applied += done.applied;
    taken.alreadyKnown += done.alreadyKnown;
    taken.conflicts += done.conflicts;
  };

  return {
    taken,
    add(line) {
      const parsed = parseLine(line);
      let flushed = false;
      if ('w' in parsed) {
        if (current && current.position !== current.line.changes) throw new BadLineError('changes are missing');
        if (current && buffered >= limits.enough && current.line.clock !== parsed.clock) {
          flush();
          flushed = true;
        }
        current = { line: parsed, position: 0 };
        steps.push({ write: parsed, changes: [] });
      } else {
        if (!current || current.position >= current.line.changes) throw new BadLineError('a change without its write');
        steps.at(-1)?.changes.push([current.position, parsed]);
        current.position += 1;
      }
      buffered += 1;
      if (buffered < limits.most) return flushed;
      flush();
      return true;
    },
    end() {
      if (current && current.position !== current.line.changes) throw new BadLineError('changes are missing');
      flush();
    },
  };
}

function parseLine(line: string): WriteLine | ChangeLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new BadLineError('not JSON');
  }
  if (typeof value !== 'object' || value === null) throw new BadLineError('not an object');
  if ('w' in value) {
    const parsed = writeLineSchema.safeParse(value);
    if (!parsed.success) throw new BadLineError('not a write');
    return parsed.data as WriteLine;
  }
  const { e, r, f } = value as Partial<ChangeLine>;
  if (typeof e !== 'string' || typeof r !== 'string' || !uuidSchema.safeParse(r).success || !areFields(f)) {
    throw new BadLineError('not a change');
  }
  return value as ChangeLine;
}

const areFields = (fields: unknown): boolean =>
  typeof fields === 'object' &&
  fields !== null &&
  Object.values(fields).every((pair) => Array.isArray(pair) && pair.length === 2);

function applyBatch(store: WritableStore, sender: Sender, steps: readonly Step[]): Taken {
  // the transaction's own clock is then later than all it takes in
  store.lastClock = steps.reduce((latest, step) => Math.max(latest, step.write.clock), store.lastClock);
  return write(store, { cause: 'receive', label: sender.deviceName }, (inProgress) => {
    const done: Taken = { applied: 0, alreadyKnown: 0, conflicts: 0 };
    const deviceRow = rowOfDevice(store, sender);
    const deviceHex = uuidToUid(sender.deviceId).toString('hex');
    const incoming: Incoming[] = [];
    for (const step of steps) {
      const { write: line } = step;
      const { writeId, known } = rowOfWrite(store, sender, deviceRow, line);
      let taken = 0;
      for (const [position, change] of step.changes) {
        if (position < known) {
          done.alreadyKnown += 1;
          continue;
        }
        taken += 1;
        incoming.push({
          writeId,
          base: line.cause === 'system',
          clock: line.clock,
          device: deviceHex,
          originNumber: line.w,
          atMs: line.at,
          created: change.n === 1,
          purged: change.p === 1,
          fields: change.f,
          entity: change.e,
          uuid: change.r,
        });
      }
      if (taken > 0) store.sql('UPDATE write SET changes = changes + ? WHERE id = ?').run(taken, writeId);
      done.applied += taken;
    }
    done.conflicts = applyChanges(inProgress, incoming);
    return done;
  }).value;
}

function rowOfDevice(store: WritableStore, sender: Sender): number {
  const uid = uuidToUid(sender.deviceId);
  const row = store.sql('SELECT id, name, publicKey FROM device WHERE uid = ?').get(uid) as
    { id: number; name: string; publicKey: string | null } | undefined;
  if (!row) {
    const insert = store.sql('INSERT INTO device (uid, name, publicKey) VALUES (?, ?, ?)');
    return Number(insert.run(uid, sender.deviceName, sender.publicKey).lastInsertRowid);
  }
  if (row.publicKey === null || row.name !== sender.deviceName) {
    store
      .sql('UPDATE device SET name = ?, publicKey = coalesce(publicKey, ?) WHERE id = ?')
      .run(sender.deviceName, sender.publicKey, row.id);
  }
  return row.id;
}

/** The row of a received write, made where it is new. `known`: how many of its changes are here already. */
function rowOfWrite(
  store: WritableStore,
  sender: Sender,
  deviceRow: number,
  line: WriteLine,
): { writeId: number; known: number } {
  const ofOrigin = store.sql('SELECT id, clock, changes FROM write WHERE deviceId = ? AND originNumber = ?');
  const row = ofOrigin.get(deviceRow, line.w) as { id: number; clock: number; changes: number } | undefined;
  if (row) {
    if (row.clock !== line.clock) throw new TwoHistoriesError('one device, two histories');
    return { writeId: row.id, known: row.changes };
  }
  const idOf = (device: number, originNumber: number): number | null =>
    (ofOrigin.get(device, originNumber) as { id: number } | undefined)?.id ?? null;
  const deviceOf = (uuid: string): number | null =>
    (store.sql('SELECT id FROM device WHERE uid = ?').get(uuidToUid(uuid)) as { id: number } | undefined)?.id ?? null;

  let undoes: number | null = null;
  if (line.undoes) {
    const device = deviceOf(line.undoes[0]);
    undoes = device === null ? null : idOf(device, line.undoes[1]);
  }
  const added = store
    .sql(
      `INSERT INTO write (deviceId, originNumber, clock, atMs, userId, cause, causeLabel, operationId, parentWriteId,
         undoesWriteId) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      deviceRow,
      line.w,
      line.clock,
      line.at,
      line.user === undefined ? null : rowIdOf(store, 'user', line.user),
      line.cause,
      line.label ?? null,
      line.operation ?? null,
      line.parent === undefined ? null : idOf(deviceRow, line.parent),
      undoes,
    );
  const writeId = Number(added.lastInsertRowid);
  const markUndone = store.sql('UPDATE write SET undoneByWriteId = ? WHERE id = ? AND undoneByWriteId IS NULL');
  if (undoes !== null) markUndone.run(writeId, undoes);
  else if (line.undoes) {
    store
      .sql('INSERT OR IGNORE INTO pending_undo (deviceUid, originNumber, writeId) VALUES (?, ?, ?)')
      .run(uuidToUid(line.undoes[0]), line.undoes[1], writeId);
  }
  const origin = [uuidToUid(sender.deviceId), line.w];
  const undoneBy = store
    .sql('SELECT writeId FROM pending_undo WHERE deviceUid = ? AND originNumber = ?')
    .all(...origin) as { writeId: number }[];
  for (const each of undoneBy) {
    store.sql('UPDATE write SET undoesWriteId = ? WHERE id = ?').run(writeId, each.writeId);
    markUndone.run(each.writeId, writeId);
  }
  if (undoneBy.length > 0) {
    store.sql('DELETE FROM pending_undo WHERE deviceUid = ? AND originNumber = ?').run(...origin);
  }
  return { writeId, known: 0 };
}
