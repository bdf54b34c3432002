/**
 * Custody: which of this laptop's changes left in a bundle, and for which HQ sent a receipt (domain.md section 8). The
 * two counters are sums over a handful of bundles and one running total, so every screen can show them.
 *
 * Bundles with again = 0 lie end to end over the laptop's own writes; one written again (for a lost stick) covers
 * several of them, and its receipt is theirs.
 */
import type { z } from 'zod';
import type { hqStatusSchema } from '../../shared/contract/hq.ts';
import type { SignedManifest } from './manifest.ts';
import { travels } from '../change-log/collect.ts';
import type { ReadableStore, WritableStore } from '../store.ts';
import { uidToUuid, uuidToUid } from '../uuid.ts';
import type { Receipt } from './receipt.ts';

export type HqStatus = z.output<typeof hqStatusSchema>;
export type CustodyCounts = Pick<HqStatus, 'notYetExported' | 'notYetReceived'>;

/** Cheap enough for every screen. */
export function custodyCounts(store: ReadableStore): CustodyCounts {
  const { own } = store.sql('SELECT ownChanges AS own FROM custody').get() as { own: number };
  const { exported, received } = store
    .sql(
      `SELECT coalesce(sum(changes), 0) AS exported,
         coalesce(sum(CASE state WHEN 'received' THEN changes ELSE 0 END), 0) AS received
       FROM bundle WHERE again = 0`,
    )
    .get() as { exported: number; received: number };
  return { notYetExported: own - exported, notYetReceived: own - received };
}

type BundleRow = {
  uid: Buffer;
  fileName: string;
  createdAtMs: number;
  changes: number;
  sizeBytes: number;
  state: 'exported' | 'received' | 'rejected';
  reason: string | null;
  receiptAtMs: number | null;
};

const listedBundles = 200;

export function hqStatus(store: ReadableStore): HqStatus {
  const bundles = store.sql(`SELECT * FROM bundle ORDER BY id DESC LIMIT ${listedBundles}`).all() as BundleRow[];
  const received = store
    .sql(
      `SELECT received_bundle.uid, device.name AS deviceName, receivedAtMs, changes
       FROM received_bundle JOIN device ON device.id = received_bundle.deviceId
       ORDER BY received_bundle.id DESC LIMIT ${listedBundles}`,
    )
    .all() as { uid: Buffer; deviceName: string; receivedAtMs: number; changes: number }[];
  const last = store.sql('SELECT max(createdAtMs) AS made, max(receiptAtMs) AS receipt FROM bundle').get() as {
    made: number | null;
    receipt: number | null;
  };
  return {
    ...custodyCounts(store),
    lastExportAtMs: last.made,
    lastReceiptAtMs: last.receipt,
    bundles: bundles.map(({ uid, fileName, createdAtMs, changes, sizeBytes, state, reason }) => ({
      bundleId: uidToUuid(uid),
      fileName,
      createdAtMs,
      changes,
      sizeBytes,
      state,
      reason,
    })),
    receivedBundles: received.map(({ uid, ...rest }) => ({ bundleId: uidToUuid(uid), ...rest })),
  };
}

export type WriteRange = { readonly from: number; readonly to: number; readonly changes: number };

/** This laptop's writes that no bundle holds yet; `again`: those that some bundle holds. Changes 0: nothing to do. */
export function rangeToExport(store: WritableStore, again: boolean): WriteRange {
  const { deviceRow } = store.author;
  const { exported } = store.sql('SELECT coalesce(max(toWrite), 0) AS exported FROM bundle WHERE again = 0').get() as {
    exported: number;
  };
  const { latest } = store
    .sql('SELECT coalesce(max(originNumber), 0) AS latest FROM write WHERE deviceId = ?')
    .get(deviceRow) as { latest: number };
  const [from, to] = again ? [1, exported] : [exported + 1, latest];
  const { changes } = store
    .sql(
      `SELECT coalesce(sum(changes), 0) AS changes FROM write
       WHERE deviceId = ? AND originNumber BETWEEN ? AND ? AND ${travels('write')}`,
    )
    .get(deviceRow, from, to) as { changes: number };
  return { from, to, changes };
}

export function noteExported(
  store: WritableStore,
  fileName: string,
  sizeBytes: number,
  manifest: SignedManifest,
): void {
  store
    .sql(
      `INSERT INTO bundle (uid, fileName, createdAtMs, fromWrite, toWrite, changes, sizeBytes, again, state)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'exported')`,
    )
    .run(
      uuidToUid(manifest.bundleId),
      fileName,
      manifest.createdAtMs,
      manifest.fromWrite,
      manifest.toWrite,
      manifest.changes,
      sizeBytes,
      manifest.again ? 1 : 0,
    );
}

export function noteReceived(store: WritableStore, manifest: SignedManifest, atMs: number): void {
  store
    .sql(
      `INSERT OR IGNORE INTO received_bundle (uid, deviceId, receivedAtMs, changes)
       VALUES (?, (SELECT id FROM device WHERE uid = ?), ?, ?)`,
    )
    .run(uuidToUid(manifest.bundleId), uuidToUid(manifest.deviceId), atMs, manifest.changes);
}

/**
 * Marks what a receipt speaks of. What HQ has once, it has: a later rejection of a copy changes nothing. Returns how
 * many changes are newly received or rejected.
 */
export function noteReceipt(store: WritableStore, receipt: Receipt): { changes: number; known: number } {
  const { connection } = store;
  return connection
    .transaction(() => {
      const before = custodyCounts(store).notYetReceived;
      const reason = receipt.state === 'rejected' ? receipt.reason : null;
      const marked = store
        .sql(
          `UPDATE bundle SET state = ?, reason = ?, receiptAtMs = ?
           WHERE state <> 'received' AND (uid = ? OR (? = 'received' AND fromWrite >= ? AND toWrite <= ?))`,
        )
        .run(
          receipt.state,
          reason,
          receipt.receivedAtMs,
          uuidToUid(receipt.bundleId),
          receipt.state,
          receipt.fromWrite,
          receipt.toWrite,
        );
      const fallen = before - custodyCounts(store).notYetReceived;
      if (receipt.state === 'rejected') return { changes: marked.changes > 0 ? receipt.changes : 0, known: 0 };
      return { changes: fallen, known: receipt.changes - fallen };
    })
    .immediate();
}

/** The running total beside the truth; equal unless something went around the triggers. */
export function checkCustody(store: ReadableStore): { readonly kept: number; readonly counted: number } {
  const { own } = store.sql('SELECT ownChanges AS own FROM custody').get() as { own: number };
  const { counted } = store
    .sql(
      `SELECT coalesce(sum(changes), 0) AS counted FROM write
       WHERE deviceId = (SELECT id FROM own_device) AND ${travels('write')}`,
    )
    .get() as { counted: number };
  return { kept: own, counted };
}

export function rebuildCustody(store: WritableStore): void {
  store.sql('UPDATE custody SET ownChanges = ?').run(checkCustody(store).counted);
}
