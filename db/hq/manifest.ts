/** What a bundle says it holds, signed by the laptop that wrote it. */
import { z } from 'zod';
import { bundleManifestSchema } from '../../shared/contract/hq.ts';

export const manifestName = 'manifest.json';
export const signatureName = 'signature.json';
/** The sender’s own people first, then its changes in order. */
export const partName = (index: number): string =>
  index === 0 ? 'people.jsonl.gz' : `changes-${String(index).padStart(5, '0')}.jsonl.gz`;

/** After the changes: the bytes of files that they attach, in pieces, so that one of any size is never in memory whole. */
export const filePartName = (sha256: string, piece: number): string =>
  `file-${sha256}-${String(piece).padStart(5, '0')}.bin`;

/** Null for a part of change lines. */
export function filePartOf(name: string): { readonly sha256: string; readonly piece: number } | null {
  const match = /^file-([0-9a-f]{64})-(\d{5})\.bin$/.exec(name);
  return match ? { sha256: match[1] as string, piece: Number(match[2]) } : null;
}

/** People, changes in order, then files: nothing else, and nothing after the first file but files. */
export function hasPartNames(parts: readonly { readonly name: string }[]): boolean {
  const firstFile = parts.findIndex(({ name }) => filePartOf(name) !== null);
  const lines = firstFile < 0 ? parts : parts.slice(0, firstFile);
  return (
    lines.every(({ name }, index) => name === partName(index)) &&
    parts.slice(lines.length).every(({ name }) => filePartOf(name) !== null)
  );
}

export const signedManifestSchema = bundleManifestSchema.extend({
  /** Binds the clear lines before the ciphertext. */
  headerSha256: z.string().length(64),
  /** The whole again, for a lost stick. */
  again: z.boolean(),
});
export type SignedManifest = z.output<typeof signedManifestSchema>;

export const signatureSchema = z.object({
  /** Ed25519, base64url of its DER (SPKI). */
  publicKey: z.string().max(200),
  /** HMAC of workspace, device and key by the workspace secret. */
  certificate: z.string().max(200),
  /** Over the bytes of manifest.json. */
  signature: z.string().max(200),
});
export type BundleSignature = z.output<typeof signatureSchema>;

/** What a reader takes into memory at once; writers stay far below. */
export const largestPartBytes = 128 * 1024 * 1024;
