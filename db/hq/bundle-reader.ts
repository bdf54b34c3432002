/**
 * Reads a bundle. `verifyBundle` reads the whole file and says whether every byte is as a laptop of the workspace wrote
 * it; `readParts` reads it again, part by part, each held against what was verified. So nothing of a bundle is applied
 * before all of it was seen, and a bundle of any size takes the memory of one part.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Decrypter } from 'age-encryption';
import { type CallError, callError } from '../../shared/contract/call.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { headerHash, openEnvelope, type OpenedEnvelope } from './envelope.ts';
import { certificateOf, fingerprintOf, isSignedBy, sameText } from './keys.ts';
import {
  filePartOf,
  hasPartNames,
  largestPartBytes,
  manifestName,
  signatureName,
  signatureSchema,
  type SignedManifest,
  signedManifestSchema,
} from './manifest.ts';
import { readTar, type TarEntry } from './tar.ts';

const decompress = promisify(gunzip);
const largestTextBytes = 512 * 1024 * 1024;

export type BundleReaderKeys = {
  readonly workspaceId: string;
  readonly hqRecipient: string;
  readonly workspaceSecret: string;
  /** The workspace's or HQ's age identity. */
  readonly identity: string;
};

export type VerifiedBundle = {
  readonly path: string;
  readonly envelope: OpenedEnvelope;
  readonly manifest: SignedManifest;
  readonly publicKey: string;
};

const refuse = {
  damaged: () =>
    err(callError('bundleDamaged', 'The bundle is damaged: it is not as its sender wrote it. Ask for it again.')),
  other: () =>
    err(callError('bundleOtherWorkspace', 'This bundle is for another workspace or another HQ. Nothing was taken in.')),
  sender: () =>
    err(
      callError(
        'bundleSenderUnknown',
        'This bundle was not written by a laptop of this workspace. Nothing was taken in.',
      ),
    ),
};

/**
 * Errors: `bundleNotOutpost`, `bundleIncomplete`, `bundleDamaged`, `bundleTooNew`, `bundleOtherWorkspace`,
 * `bundleSenderUnknown`. Throws what the file system throws.
 */
export async function verifyBundle(path: string, keys: BundleReaderKeys): Promise<Result<VerifiedBundle, CallError>> {
  const opened = await openEnvelope(path);
  if (!opened.ok) return opened;
  const { header } = opened.value;
  if (header.workspaceId !== keys.workspaceId || header.hqKeyFingerprint !== fingerprintOf(keys.hqRecipient)) {
    return refuse.other();
  }
  const seen: { name: string; sha256: string; bytes: number }[] = [];
  let manifestBytes: Buffer | null = null;
  let signatureBytes: Buffer | null = null;
  try {
    for await (const entry of entriesOf(path, opened.value, keys.identity)) {
      if (entry.name === manifestName) manifestBytes = entry.content;
      else if (entry.name === signatureName) signatureBytes = entry.content;
      else seen.push({ name: entry.name, sha256: hashOf(entry.content), bytes: entry.content.length });
    }
  } catch (error) {
    if (isFileError(error)) throw error;
    return refuse.damaged();
  }
  const manifest = signedManifestSchema.safeParse(parsed(manifestBytes));
  const signature = signatureSchema.safeParse(parsed(signatureBytes));
  if (!manifest.success || !signature.success || manifestBytes === null) return refuse.damaged();
  const { publicKey, certificate } = signature.data;
  const { workspaceId, deviceId, parts, bundleId, headerSha256 } = manifest.data;
  if (!sameText(certificate, certificateOf(keys.workspaceSecret, workspaceId, deviceId, publicKey))) {
    return refuse.sender();
  }
  const isWhole =
    isSignedBy(publicKey, manifestBytes, signature.data.signature) &&
    headerSha256 === headerHash(header) &&
    bundleId === header.bundleId &&
    workspaceId === header.workspaceId &&
    parts.length === seen.length &&
    hasPartNames(parts) &&
    parts.every((part, index) => {
      const found = seen[index];
      return found?.name === part.name && found.sha256 === part.sha256;
    });
  if (!isWhole) return refuse.damaged();
  return ok({ path, envelope: opened.value, manifest: manifest.data, publicKey });
}

/** Thrown when the file is no longer what was verified. */
export class BundleChangedError extends Error {}

export type ReadPart =
  | { readonly kind: 'lines'; readonly name: string; readonly lines: readonly string[] }
  /** A piece of an attached file; `bytes`: of the whole file. */
  | {
      readonly kind: 'file';
      readonly sha256: string;
      readonly piece: number;
      readonly bytes: number;
      readonly data: Buffer;
    };

/** The parts in order, as verified. Throws `BundleChangedError` when the file changed since. */
export async function* readParts(bundle: VerifiedBundle, identity: string): AsyncGenerator<ReadPart> {
  let index = 0;
  const fileBytes = new Map<string, number>();
  for (const { name, bytes } of bundle.manifest.parts) {
    const file = filePartOf(name);
    if (file) fileBytes.set(file.sha256, (fileBytes.get(file.sha256) ?? 0) + bytes);
  }
  for await (const entry of entriesOf(bundle.path, bundle.envelope, identity)) {
    const expected = bundle.manifest.parts[index];
    if (expected === undefined) return;
    if (entry.name !== expected.name || hashOf(entry.content) !== expected.sha256) {
      throw new BundleChangedError('the bundle changed while it was read');
    }
    index += 1;
    const file = filePartOf(entry.name);
    if (file) {
      yield { kind: 'file', ...file, bytes: fileBytes.get(file.sha256) ?? 0, data: entry.content };
      continue;
    }
    const text = await decompress(entry.content, { maxOutputLength: largestTextBytes });
    const lines = text.toString('utf8').split('\n');
    if (lines.at(-1) === '') lines.pop();
    yield { kind: 'lines', name: entry.name, lines };
  }
}

async function* entriesOf(path: string, envelope: OpenedEnvelope, identity: string): AsyncGenerator<TarEntry> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const file = createReadStream(path, {
    start: envelope.bodyOffset,
    end: envelope.bodyOffset + envelope.bodyBytes - 1,
    highWaterMark: 256 * 1024,
  });
  try {
    // what Node calls a web stream and what the DOM calls one are the same thing at run time
    const plain = await decrypter.decrypt(Readable.toWeb(file) as unknown as ReadableStream<Uint8Array>);
    yield* readTar(plain, largestPartBytes);
  } finally {
    file.destroy();
  }
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function parsed(bytes: Buffer | null): unknown {
  try {
    return bytes === null ? null : JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

const isFileError = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && typeof error.syscall === 'string';
