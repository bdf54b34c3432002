/**
 * HQ's desk, until HQ has its database: takes a bundle with HQ's key, verifies every byte and the laptop that wrote it,
 * keeps it under its hash in a folder, and answers with a signed receipt. Taking the same bundle again writes the same
 * receipt. The archive is what a later ingest reads from.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { type CallResult, callError } from '../../../shared/contract/call.ts';
import { err, ok } from '../../../shared/result.ts';
import { verifyBundle } from '../../../db/hq/bundle-reader.ts';
import { bundleExtension } from '../../../db/hq/envelope.ts';
import { type HqKeyFile, readHqKey } from '../../../db/hq/invitation.ts';
import type { SignedManifest } from '../../../db/hq/manifest.ts';
import { type Receipt, receiptExtension, receiptText } from '../../../db/hq/receipt.ts';
import { writeWholeFile } from '../../../db/hq/whole-file.ts';
import { newUuid } from '../../../db/uuid.ts';

export type HqReceived = {
  readonly bundleId: string;
  readonly deviceName: string;
  readonly changes: number;
  /** It was in the archive before. */
  readonly known: boolean;
  readonly archived: string;
  readonly receipt: string;
};

/**
 * Errors: `fileMissing`, `keysMissing` (the key file), those of `verifyBundle`. Nothing is archived and no receipt is
 * written for a bundle that does not verify.
 */
export async function hqReceive(
  bundleFile: string,
  keyFile: string,
  hqDir: string,
  outReceipt: string | null,
  now: number = Date.now(),
): Promise<CallResult<HqReceived>> {
  for (const file of [bundleFile, keyFile]) {
    if (!existsSync(file)) return err(callError('fileMissing', `${basename(file)} is not there. Check the path.`));
  }
  const key = readHqKey(readFileSync(keyFile, 'utf8'));
  if (!key.ok) return key;
  const { workspaceId, hqRecipient, workspaceSecret, hqIdentity } = key.value;
  const bundles = join(hqDir, 'bundles');
  await mkdir(bundles, { recursive: true });
  const copy = join(bundles, `.${newUuid()}.outpost-part`);
  try {
    // the copy is what is verified, so that nothing can change between looking and keeping
    await copyFile(bundleFile, copy);
    const verified = await verifyBundle(copy, { workspaceId, hqRecipient, workspaceSecret, identity: hqIdentity });
    if (!verified.ok) return verified;
    const { manifest } = verified.value;
    const { path: archived, known } = await archive(copy, bundles);
    const receipt = await answer(manifest, key.value, hqDir, now);
    const receiptPath = resolve(outReceipt ?? `${bundleFile.slice(0, -extname(bundleFile).length)}${receiptExtension}`);
    await writeWholeFile(dirname(receiptPath), basename(receiptPath), receipt);
    const { bundleId, deviceName, changes } = manifest;
    return ok({ bundleId, deviceName, changes, known, archived, receipt: receiptPath });
  } finally {
    await rm(copy, { force: true });
  }
}

/** The receipt of a bundle, the same one each time. */
async function answer(manifest: SignedManifest, key: HqKeyFile, hqDir: string, now: number): Promise<string> {
  const { bundleId, deviceId, fromWrite, toWrite, changes, workspaceId } = manifest;
  const kept = join(hqDir, 'receipts', `${bundleId}${receiptExtension}`);
  if (!existsSync(kept)) {
    const receipt: Receipt = {
      workspaceId,
      bundleId,
      deviceId,
      fromWrite,
      toWrite,
      changes,
      state: 'received',
      reason: null,
      receivedAtMs: now,
    };
    await writeWholeFile(dirname(kept), basename(kept), receiptText(receipt, key.hqSigningKey));
  }
  return readFileSync(kept, 'utf8');
}

/** Under its SHA-256: the same file twice is one. */
async function archive(copy: string, folder: string): Promise<{ path: string; known: boolean }> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(copy)) hash.update(chunk as Buffer);
  const path = join(folder, `${hash.digest('hex')}${bundleExtension}`);
  if (existsSync(path)) return { path, known: true };
  const handle = await open(copy, 'r+');
  await handle.sync().finally(() => handle.close());
  await rename(copy, path);
  return { path, known: false };
}
