/** Writes a bundle, streaming: parts of change lines, compressed, encrypted, hashed; nothing is left of one that fails. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Encrypter, identityToRecipient } from 'age-encryption';
import { type BundleHeader, bundleFormatVersion, headerHash, headerText } from './envelope.ts';
import { certificateOf, type DeviceKeys, fingerprintOf, signBytes, type WorkspaceKeys } from './keys.ts';
import {
  type BundleSignature,
  filePartName,
  manifestName,
  partName,
  signatureName,
  type SignedManifest,
} from './manifest.ts';
import { tarEnd, tarHeader, tarPadding } from './tar.ts';
import { beginFile, type WrittenFile } from './whole-file.ts';

const compress = promisify(gzip);

export type Part = { readonly text: string; readonly changes: number; readonly writes: number };

/** A piece of an attached file. */
export type FilePiece = { readonly sha256: string; readonly piece: number; readonly data: Uint8Array };

export type BundleSource = {
  readonly bundleId: string;
  readonly workspaceId: string;
  readonly keys: WorkspaceKeys;
  readonly device: { readonly id: string; readonly name: string; readonly keys: DeviceKeys };
  readonly fromWrite: number;
  readonly toWrite: number;
  readonly again: boolean;
  readonly createdAtMs: number;
  /** Lines of the writes that made this laptop's people; not counted. */
  readonly people: string;
  readonly parts: AsyncIterable<Part>;
  /** The files that these changes attach. */
  readonly files: AsyncIterable<FilePiece>;
};

export type WrittenBundle = WrittenFile & { readonly manifest: SignedManifest };

/** Throws what the file system throws, and what `source.parts` throws; the file is then not there. */
export async function writeBundle(folder: string, name: string, source: BundleSource): Promise<WrittenBundle> {
  const { keys, device } = source;
  const header: BundleHeader = {
    formatVersion: bundleFormatVersion,
    workspaceId: source.workspaceId,
    hqKeyFingerprint: fingerprintOf(keys.hqRecipient),
    bundleId: source.bundleId,
  };
  const file = await beginFile(folder, name);
  try {
    const clear = Buffer.from(headerText(header, 0));
    await file.write(clear);
    const body = await encryptInto(keys, (chunk) => file.write(chunk));
    const add = async (entry: string, content: Uint8Array): Promise<void> => {
      await body.write(tarHeader(entry, content.length, source.createdAtMs));
      await body.write(content);
      await body.write(tarPadding(content.length));
    };
    const parts: SignedManifest['parts'] = [];
    let writes = 0;
    let changes = 0;
    const addEntry = async (entry: string, bytes: Uint8Array, inIt: number): Promise<void> => {
      await add(entry, bytes);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      parts.push({ name: entry, sha256, bytes: bytes.length, changes: inIt });
    };
    const addPart = async (part: Part): Promise<void> => {
      await addEntry(partName(parts.length), await compress(part.text), part.changes);
      writes += part.writes;
      changes += part.changes;
    };
    try {
      await addPart({ text: source.people, changes: 0, writes: 0 });
      for await (const part of source.parts) await addPart(part);
      for await (const { sha256, piece, data } of source.files) await addEntry(filePartName(sha256, piece), data, 0);
      const manifest: SignedManifest = {
        bundleId: source.bundleId,
        formatVersion: bundleFormatVersion,
        workspaceId: source.workspaceId,
        deviceId: device.id,
        deviceName: device.name,
        createdAtMs: source.createdAtMs,
        fromWrite: source.fromWrite,
        toWrite: source.toWrite,
        writes,
        changes,
        parts,
        headerSha256: headerHash(header),
        again: source.again,
      };
      const manifestBytes = Buffer.from(JSON.stringify(manifest, null, 1));
      await add(manifestName, manifestBytes);
      const signature: BundleSignature = {
        publicKey: device.keys.publicKey,
        certificate: certificateOf(keys.workspaceSecret, source.workspaceId, device.id, device.keys.publicKey),
        signature: signBytes(device.keys.privateKey, manifestBytes),
      };
      await add(signatureName, Buffer.from(JSON.stringify(signature)));
      await body.write(tarEnd());
      await body.end();
      await file.patch(Buffer.from(headerText(header, file.bytes() - clear.length)), 0);
      return { ...(await file.finish()), manifest };
    } catch (error) {
      await body.abort(error);
      throw error;
    }
  } catch (error) {
    await file.abandon();
    throw error;
  }
}

/** Plaintext in, ciphertext out, at the pace of `out`. */
async function encryptInto(keys: WorkspaceKeys, out: (chunk: Uint8Array) => Promise<void>) {
  const encrypter = new Encrypter();
  encrypter.addRecipient(keys.hqRecipient);
  encrypter.addRecipient(await identityToRecipient(keys.workspaceIdentity));
  const pipe = new TransformStream<Uint8Array, Uint8Array>();
  const encrypted = await encrypter.encrypt(pipe.readable);
  const pump = (async () => {
    for await (const chunk of encrypted) await out(chunk);
  })();
  // heard where it matters: a failure of `out` must reach whoever writes, not the process
  const failed = pump.then(
    () => new Promise<never>(() => {}),
    (error: unknown) => Promise.reject(error instanceof Error ? error : new Error('the bundle cannot be written')),
  );
  failed.catch(() => {});
  const writer = pipe.writable.getWriter();
  writer.closed.catch(() => {});
  return {
    write: (chunk: Uint8Array): Promise<void> =>
      chunk.length === 0 ? Promise.resolve() : Promise.race([writer.write(chunk), failed]),
    async end(): Promise<void> {
      await Promise.race([writer.close(), failed]);
      await pump;
    },
    async abort(reason: unknown): Promise<void> {
      await writer.abort(reason).catch(() => {});
      await pump.catch(() => {});
    },
  };
}
