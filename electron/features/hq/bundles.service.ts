/**
 * Bundles of this laptop: everything new, or everything once more; and what comes in from others. Between parts other
 * calls of the thread are served.
 */
import { open } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { type CallResult, callError } from '../../../shared/contract/call.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { err, ok } from '../../../shared/result.ts';
import {
  BadLineError,
  createReceiver,
  type Sender,
  type Taken,
  TwoHistoriesError,
} from '../../../db/change-log/apply.ts';
import { collectPeople, collectWrites } from '../../../db/change-log/collect.ts';
import { BundleChangedError, readParts, verifyBundle, type VerifiedBundle } from '../../../db/hq/bundle-reader.ts';
import { type FilePiece, type Part, writeBundle } from '../../../db/hq/bundle-writer.ts';
import { noteExported, noteReceipt, noteReceived, rangeToExport } from '../../../db/hq/custody.ts';
import { bundleExtension } from '../../../db/hq/envelope.ts';
import { readDeviceKeys, readWorkspaceKeys, type WorkspaceKeys } from '../../../db/hq/keys.ts';
import { looksLikeReceipt, readReceipt } from '../../../db/hq/receipt.ts';
import { freeName, type WrittenFile } from '../../../db/hq/whole-file.ts';
import { ContentError, contentsAttached, readPiece, takePiece } from '../../../db/records/file-content.ts';
import { type ReadableStore, readSetting, type WritableStore } from '../../../db/store.ts';
import { newUuid, uuidToUid } from '../../../db/uuid.ts';
import type { Job } from '../handler.ts';

type Received = OutputOf<'hq.receive'>;

const cancelled = () => err(callError('cancelled', 'Stopped before the end; what was saved stays saved.'));
const noWorkspace = () => err(callError('noWorkspace', 'No workspace was set up in this database. Run init first.'));

class Cancelled extends Error {}

/** One bundle at a time a database: two would claim the same changes. */
const writing = new WeakMap<WritableStore, Promise<unknown>>();

export type ExportedBundle = { readonly changes: number; readonly file: WrittenFile | null };

/** Null file: nothing new. */
export async function exportBundle(
  store: WritableStore,
  folder: string,
  options: { readonly again: boolean; readonly now: number; readonly job: Job },
): Promise<CallResult<ExportedBundle>> {
  const before = writing.get(store) ?? Promise.resolve();
  const mine = before.catch(() => {}).then(() => exportNow(store, folder, options));
  writing.set(store, mine);
  return mine;
}

async function exportNow(
  store: WritableStore,
  folder: string,
  { again, now, job }: { readonly again: boolean; readonly now: number; readonly job: Job },
): Promise<CallResult<ExportedBundle>> {
  const { connection, author } = store;
  const keys = readWorkspaceKeys(connection);
  const deviceKeys = readDeviceKeys(connection);
  const workspaceId = readSetting(connection, 'workspaceId');
  if (!keys || !deviceKeys || workspaceId === null) return noWorkspace();
  const range = rangeToExport(store, again);
  if (range.changes === 0) return ok({ changes: 0, file: null });
  const device = store.sql('SELECT name FROM device WHERE id = ?').get(author.deviceRow) as { name: string };

  async function* parts(): AsyncGenerator<Part> {
    let done = 0;
    for (const part of collectWrites(store, author.deviceRow, range.from - 1, range.to)) {
      if (job.isCancelled()) throw new Cancelled();
      yield part;
      done += part.changes;
      job.report({ done, total: range.changes, saved: 0 });
      await job.breathe();
    }
  }

  async function* files(): AsyncGenerator<FilePiece> {
    for (const sha256 of contentsAttached(store, author.deviceRow, range.from - 1, range.to)) {
      for (let piece = 0; ; piece += 1) {
        if (job.isCancelled()) throw new Cancelled();
        const data = readPiece(store, sha256, piece);
        if (data === null) break;
        yield { sha256, piece, data };
        await job.breathe();
      }
    }
  }

  const day = new Date(now).toISOString().slice(0, 10);
  const wanted = `outpost-${day}-${author.deviceId.slice(-6)}-${range.from}-${range.to}${again ? '-again' : ''}`;
  try {
    const written = await writeBundle(folder, freeName(folder, `${wanted}${bundleExtension}`), {
      bundleId: newUuid(),
      workspaceId,
      keys,
      device: { id: author.deviceId, name: device.name, keys: deviceKeys },
      fromWrite: range.from,
      toWrite: range.to,
      again,
      createdAtMs: now,
      people: collectPeople(store, author.deviceRow),
      parts: parts(),
      files: files(),
    });
    const { manifest, name, bytes, sha256 } = written;
    noteExported(store, name, bytes, manifest);
    job.report({ done: manifest.changes, total: range.changes, saved: manifest.changes });
    return ok({ changes: manifest.changes, file: { name, bytes, sha256 } });
  } catch (error) {
    if (error instanceof Cancelled) return cancelled();
    throw error;
  }
}

/** A bundle of another laptop, or a receipt of HQ. */
export async function receiveFile(
  store: WritableStore,
  path: string,
  options: { readonly now: number; readonly job: Job },
): Promise<CallResult<Received>> {
  if (!existsSync(path)) return err(callError('fileMissing', 'The file is not there. Check the path.'));
  const keys = readWorkspaceKeys(store.connection);
  const workspaceId = readSetting(store.connection, 'workspaceId');
  if (!keys || workspaceId === null) return noWorkspace();
  const receipt = await receiptIn(path);
  if (receipt !== null) return takeReceipt(store, receipt, workspaceId, keys);

  const { workspaceSecret, hqRecipient, workspaceIdentity: identity } = keys;
  const verified = await verifyBundle(path, { workspaceId, hqRecipient, workspaceSecret, identity });
  if (!verified.ok) return verified;
  const { manifest, publicKey } = verified.value;
  if (!isKnownKey(store, manifest.deviceId, publicKey)) {
    return err(
      callError(
        'bundleSenderUnknown',
        'Another laptop signs with this one’s name. Nothing was taken in; ask its owner.',
      ),
    );
  }
  const answer = (taken: Taken): CallResult<Received> =>
    ok({
      kind: 'bundle',
      bundleId: manifest.bundleId,
      deviceName: manifest.deviceName,
      changes: manifest.changes,
      ...taken,
    });
  const isWhole = store.sql('SELECT 1 AS found FROM received_bundle WHERE uid = ?').get(uuidToUid(manifest.bundleId));
  if (isWhole) return answer({ applied: 0, alreadyKnown: manifest.changes, conflicts: 0 });
  return applyBundle(store, verified.value, identity, options, answer);
}

async function applyBundle(
  store: WritableStore,
  bundle: VerifiedBundle,
  identity: string,
  { now, job }: { readonly now: number; readonly job: Job },
  answer: (taken: Taken) => CallResult<Received>,
): Promise<CallResult<Received>> {
  const { manifest, publicKey } = bundle;
  const sender: Sender = { deviceId: manifest.deviceId, deviceName: manifest.deviceName, publicKey };
  const taken: Taken = { applied: 0, alreadyKnown: 0, conflicts: 0 };
  const people = createReceiver(store, sender, taken, { counted: false });
  const changes = createReceiver(store, sender, taken);
  const report = () => {
    const done = taken.applied + taken.alreadyKnown;
    job.report({ done, total: manifest.changes, saved: done });
  };
  try {
    for await (const part of readParts(bundle, identity)) {
      if (part.kind === 'file') {
        const { sha256, piece: number, bytes, data } = part;
        // changes come before files: whoever stops here has the records, and the files with the next try
        changes.end();
        takeFile(store, () => takePiece(store, { sha256, number, bytes }, data));
        await job.breathe();
        if (job.isCancelled()) return cancelled();
        continue;
      }
      const receiver = part.name.startsWith('people') ? people : changes;
      for (const line of part.lines) {
        if (!receiver.add(line)) continue;
        report();
        await job.breathe();
        if (job.isCancelled()) return cancelled();
      }
      if (receiver === people) people.end();
    }
    changes.end();
    noteReceived(store, manifest, now);
    report();
    return answer(taken);
  } catch (error) {
    if (error instanceof BadLineError || error instanceof BundleChangedError || error instanceof ContentError) {
      return err(callError('bundleDamaged', 'The bundle holds what no Outpost writes. Ask for it again.'));
    }
    if (error instanceof TwoHistoriesError) {
      return err(
        callError(
          'bundleSenderUnknown',
          'Two laptops write under the same name: one is a copy of the other. Set one of them up anew by an invitation.',
        ),
      );
    }
    throw error;
  }
}

/** Each piece is safe by itself. */
const takeFile = (store: WritableStore, take: () => void): void => store.connection.transaction(take).immediate();

/** The first key that a device showed stays its key. */
function isKnownKey(store: ReadableStore, deviceId: string, publicKey: string): boolean {
  const row = store.sql('SELECT publicKey FROM device WHERE uid = ?').get(uuidToUid(deviceId)) as
    { publicKey: string | null } | undefined;
  return row === undefined || row.publicKey === null || row.publicKey === publicKey;
}

const largestReceiptBytes = 64 * 1024;

/** The text of a receipt; null for any other file. */
async function receiptIn(path: string): Promise<string | null> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const start = Buffer.alloc(Math.min(size, largestReceiptBytes));
    await file.read(start, 0, start.length, 0);
    const text = start.toString('utf8');
    return looksLikeReceipt(text) ? text : null;
  } finally {
    await file.close();
  }
}

function takeReceipt(
  store: WritableStore,
  text: string,
  workspaceId: string,
  keys: WorkspaceKeys,
): CallResult<Received> {
  const receipt = readReceipt(text, { workspaceId, deviceId: store.author.deviceId, hqVerifyKey: keys.hqVerifyKey });
  if (!receipt.ok) return receipt;
  const { bundleId, changes } = receipt.value;
  const noted = noteReceipt(store, receipt.value);
  return ok({
    kind: 'receipt',
    bundleId,
    deviceName: 'HQ',
    changes,
    applied: noted.changes,
    alreadyKnown: noted.known,
    conflicts: 0,
  });
}
