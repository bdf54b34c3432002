/**
 * The keys by which laptops and HQ know each other (domain.md section 8).
 *
 * - HQ: an age identity that reads bundles and an Ed25519 key that signs receipts. The private halves leave in the
 *   recovery file when the workspace is made and are kept nowhere else.
 * - Workspace: an age identity that every laptop of it reads bundles with, and a secret that certifies its laptops.
 * - Device: an Ed25519 key of this laptop alone, which signs its bundles.
 *
 * They rest in table `setting`, inside the encrypted database. Keys of node:crypto travel as base64url of DER.
 */
import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
} from 'node:crypto';
import { sign, timingSafeEqual, verify, type KeyObject } from 'node:crypto';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { z } from 'zod';
import type { Connection } from '../connection.ts';
import { readSetting, writeSetting } from '../store.ts';

export const workspaceKeysSchema = z.object({
  hqRecipient: z.string().regex(/^age1[a-z0-9]{20,}$/),
  hqVerifyKey: z.string().min(40).max(200),
  workspaceIdentity: z.string().regex(/^AGE-SECRET-KEY-1[A-Z0-9]{20,}$/),
  workspaceSecret: z.base64url().length(43),
});
export type WorkspaceKeys = z.output<typeof workspaceKeysSchema>;

const deviceKeysSchema = z.object({ publicKey: z.string(), privateKey: z.string() });
export type DeviceKeys = z.output<typeof deviceKeysSchema>;

export type HqKeys = { readonly hqIdentity: string; readonly hqSigningKey: string };

const derOf = (key: KeyObject, type: 'spki' | 'pkcs8'): string =>
  key.export({ format: 'der', type }).toString('base64url');

function newSigningPair(): DeviceKeys {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { publicKey: derOf(publicKey, 'spki'), privateKey: derOf(privateKey, 'pkcs8') };
}

export const newDeviceKeys = (): DeviceKeys => newSigningPair();

/** Keys of a new workspace; `hq` is for the recovery file and must not be stored. */
export async function newWorkspaceKeys(): Promise<{ readonly keys: WorkspaceKeys; readonly hq: HqKeys }> {
  const [hqIdentity, workspaceIdentity] = await Promise.all([generateX25519Identity(), generateX25519Identity()]);
  const signing = newSigningPair();
  return {
    keys: {
      hqRecipient: await identityToRecipient(hqIdentity),
      hqVerifyKey: signing.publicKey,
      workspaceIdentity,
      workspaceSecret: randomBytes(32).toString('base64url'),
    },
    hq: { hqIdentity, hqSigningKey: signing.privateKey },
  };
}

export function storeKeys(connection: Connection, workspace: WorkspaceKeys, device: DeviceKeys): void {
  writeSetting(connection, 'workspaceKeys', JSON.stringify(workspace));
  writeSetting(connection, 'deviceKeys', JSON.stringify(device));
}

/** Null in a database that no workspace was set up in. */
export function readWorkspaceKeys(connection: Connection): WorkspaceKeys | null {
  const text = readSetting(connection, 'workspaceKeys');
  return text === null ? null : workspaceKeysSchema.parse(JSON.parse(text));
}

export function readDeviceKeys(connection: Connection): DeviceKeys | null {
  const text = readSetting(connection, 'deviceKeys');
  return text === null ? null : deviceKeysSchema.parse(JSON.parse(text));
}

/** Names HQ's key without being it: the first 16 hex digits of its hash. */
export const fingerprintOf = (hqRecipient: string): string =>
  createHash('sha256').update(hqRecipient).digest('hex').slice(0, 16);

/** Says that a laptop belongs to the workspace: only who has the workspace secret can make or check it. */
export function certificateOf(
  workspaceSecret: string,
  workspaceId: string,
  deviceId: string,
  publicKey: string,
): string {
  const secret = Buffer.from(workspaceSecret, 'base64url');
  try {
    return createHmac('sha256', secret)
      .update(`outpost device certificate v1\n${workspaceId}\n${deviceId}\n${publicKey}`)
      .digest('base64url');
  } finally {
    secret.fill(0);
  }
}

/** Compares without telling by its time where two texts differ. */
export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

export function signBytes(privateKey: string, bytes: Uint8Array): string {
  const der = Buffer.from(privateKey, 'base64url');
  try {
    return sign(null, bytes, createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })).toString('base64url');
  } finally {
    der.fill(0);
  }
}

/** False also for a key or signature that is none. */
export function isSignedBy(publicKey: string, bytes: Uint8Array, signature: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' && verify(null, bytes, key, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}
