/**
 * The outside of a bundle: three clear lines, then age ciphertext (db/hq/README.md is the specification).
 *
 *     outpost-bundle
 *     {"formatVersion":1,"workspaceId":"…","hqKeyFingerprint":"…","bundleId":"…"}
 *     000000123456 <sha256 of everything before it in these lines, size included>
 *
 * The size is that of the ciphertext: it tells a bundle that was cut short from one that was altered.
 */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { z } from 'zod';
import { type CallError, callError } from '../../shared/contract/call.ts';
import { uuidSchema } from '../../shared/model/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';

export const bundleExtension = '.outpostbundle';
export const bundleFormatVersion = 1;
const magic = 'outpost-bundle';
const sizeDigits = 12;
const longestHeaderBytes = 4096;

const headerSchema = z.object({
  formatVersion: z.int().min(1),
  workspaceId: uuidSchema,
  hqKeyFingerprint: z.string().regex(/^[0-9a-f]{16}$/),
  bundleId: uuidSchema,
});
export type BundleHeader = z.output<typeof headerSchema>;

const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

/** The first two lines: the manifest holds their hash, so that they cannot be put before another ciphertext. */
const boundLines = (header: BundleHeader): string => `${magic}\n${JSON.stringify(header)}\n`;
export const headerHash = (header: BundleHeader): string => sha256(boundLines(header));

export function headerText(header: BundleHeader, ciphertextBytes: number): string {
  const before = `${boundLines(header)}${String(ciphertextBytes).padStart(sizeDigits, '0')} `;
  return `${before}${sha256(before)}\n`;
}

export type OpenedEnvelope = { readonly header: BundleHeader; readonly bodyOffset: number; readonly bodyBytes: number };

const damaged = () =>
  err(callError('bundleDamaged', 'The bundle is damaged: it is not as its sender wrote it. Ask for it again.'));
const incomplete = () =>
  err(callError('bundleIncomplete', 'The bundle is cut short: copy the file again, or ask for it again.'));

/** Reads and checks the clear lines. Errors: `bundleNotOutpost`, `bundleIncomplete`, `bundleDamaged`, `bundleTooNew`. */
export async function openEnvelope(path: string): Promise<Result<OpenedEnvelope, CallError>> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const start = Buffer.alloc(Math.min(size, longestHeaderBytes));
    await file.read(start, 0, start.length, 0);
    return readHeader(start, size);
  } finally {
    await file.close();
  }
}

function readHeader(start: Buffer, size: number): Result<OpenedEnvelope, CallError> {
  const text = start.toString('latin1');
  if (!text.startsWith(`${magic}\n`)) {
    if (`${magic}\n`.startsWith(text)) return incomplete();
    // our second line behind a first one that is off: one of ours, altered
    return /^[^\n]{0,40}\n?\{"formatVersion":\d+,"workspaceId":"/.test(text)
      ? damaged()
      : err(callError('bundleNotOutpost', 'This file is not a bundle of Outpost. Choose another file.'));
  }
  const lineEnd = text.indexOf('\n', magic.length + 1);
  const checkEnd = lineEnd < 0 ? -1 : text.indexOf('\n', lineEnd + 1);
  if (checkEnd < 0) return size <= start.length ? incomplete() : damaged();
  const parsed = headerSchema.safeParse(parseOrNull(text.slice(magic.length + 1, lineEnd)));
  const version = versionIn(text.slice(magic.length + 1, lineEnd));
  // read before all else: a newer version may arrange everything else differently
  if (version !== null && version > bundleFormatVersion) {
    return err(
      callError(
        'bundleTooNew',
        'This bundle was written by a newer version of Outpost. Update Outpost to take it in.',
        {
          formatVersion: version,
        },
      ),
    );
  }
  const check = /^(\d{12}) ([0-9a-f]{64})$/.exec(text.slice(lineEnd + 1, checkEnd));
  if (!parsed.success || check === null) return damaged();
  if (sha256(text.slice(0, lineEnd + 1 + sizeDigits + 1)) !== check[2]) return damaged();
  const bodyOffset = checkEnd + 1;
  const bodyBytes = Number(check[1]);
  if (size < bodyOffset + bodyBytes) return incomplete();
  if (size > bodyOffset + bodyBytes || bodyBytes === 0) return damaged();
  return ok({ header: parsed.data, bodyOffset, bodyBytes });
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const versionIn = (line: string): number | null => {
  const parsed = z.object({ formatVersion: z.int() }).safeParse(parseOrNull(line));
  return parsed.success ? parsed.data.formatVersion : null;
};
