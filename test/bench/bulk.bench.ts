/**
 * The same change of all contacts, against its floor: the rows that it must leave behind (the records, the change log),
 * written by hand on the bare engine in one transaction.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRecord, write } from '../../db/records/write.ts';
import { type WritableStore, writableStore } from '../../db/store.ts';
import { uidToUuid } from '../../db/uuid.ts';
import type { WriteContext } from '../../electron/features/handler.ts';
import { undoOperation } from '../../electron/features/history/undo-operation.ts';
import { updateMany } from '../../electron/features/records/bulk.service.ts';
import { openBench, seededDatabase } from './database.ts';
import { type BenchOptions, type BenchResult, resultOf } from './harness.ts';

function contextOf(store: WritableStore, databasePath: string): WriteContext {
  return {
    store,
    now: Date.now,
    databasePath,
    startJob: (_kind, _label, jobId) => ({
      jobId: jobId ?? 'bench',
      report: () => {},
      isCancelled: () => false,
      breathe: () => new Promise((resolve) => setImmediate(resolve)),
    }),
  };
}

/** By hand: each row changed and its entry of the log written. */
function timeFloor({ connection }: WritableStore, ownerRow: number, ownerUuid: string): number {
  const rows = connection.prepare('SELECT id, ownerId FROM contact WHERE deletedAtMs IS NULL').all() as {
    id: number;
    ownerId: number | null;
  }[];
  const update = connection.prepare('UPDATE contact SET ownerId = ?, version = ?, updatedAtMs = ? WHERE id = ?');
  const log = connection.prepare(
    'INSERT INTO change (writeId, entity, recordId, created, fields) VALUES (?, 1, ?, 0, ?)',
  );
  const writeId = (connection.prepare('SELECT max(id) AS id FROM write').get() as { id: number }).id;
  const version = Date.now() * 1024;
  const fields = JSON.stringify({ ownerId: [null, ownerUuid] });
  const begin = performance.now();
  connection.exec('BEGIN IMMEDIATE');
  for (const { id } of rows) {
    update.run(ownerRow, version, Date.now(), id);
    log.run(writeId, id, fields);
  }
  connection.exec('COMMIT');
  return performance.now() - begin;
}

/** `bulk-edit`: every contact gets an owner. `bulk-undo`: that is taken back, against the same floor. */
export async function bench(options: BenchOptions): Promise<BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'outpost-bench-'));
  try {
    const seeded = await seededDatabase(options);
    const open = (name: string): { store: WritableStore; path: string } => {
      const path = join(folder, name);
      copyFileSync(seeded, path);
      return { store: writableStore(openBench(path, 'write')), path };
    };
    const ours = open('ours.outpost');
    const newOwner = (store: WritableStore) =>
      write(store, { cause: 'system' }, (w) => createRecord(w, 'user', { name: 'Owner', role: 'marketer' })).value;
    const owner = newOwner(ours.store);
    const context = contextOf(ours.store, ours.path);
    const begin = performance.now();
    const result = await updateMany(context, 'contact', {
      of: { list: {}, except: [] },
      values: { ownerId: uidToUuid(owner.uid) },
    });
    const editMs = performance.now() - begin;
    if (!result.ok) throw new Error(result.error.message);
    options.log(`changed ${result.value.changed} contacts in ${Math.round(editMs)} ms`);
    const undoBegin = performance.now();
    const undone = await undoOperation(context, result.value.operationId, undefined);
    const undoMs = performance.now() - undoBegin;
    if (!undone.ok || undone.value.undone !== result.value.changed) throw new Error('not all was undone');
    ours.store.connection.close();
    const hand = open('hand.outpost');
    const made = newOwner(hand.store);
    const floorMs = timeFloor(hand.store, made.id, made.uuid);
    hand.store.connection.close();
    const noteOf = (ms: number): string =>
      `${Math.round((result.value.changed / ms) * 1000)} records/s, ${Math.round((floorMs / ms) * 100)} % of the floor's speed`;
    return [
      resultOf('bulk-edit', [editMs], [floorMs], false, noteOf(editMs)),
      resultOf('bulk-undo', [undoMs], [floorMs], false, noteOf(undoMs)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
