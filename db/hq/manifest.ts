/** What a bundle says it holds, signed by the laptop that wrote it. */
import { z } from 'zod';
import { bundleManifestSchema } from '../../shared/contract/hq.ts';

export const manifestName = 'manifest.json';
export const signatureName = 'signature.json';
/** The sender’s own people first, then its changes in order. */
export const partName = (index: number): string =>
  index === 0 ? 'people.jsonl.gz' : `changes-${String(index).padStart(5, '0')}.jsonl.gz`;

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
