/** HQ's answer to a bundle: a small signed file that a laptop takes in, so that custody is known at both ends. */
import { z } from 'zod';
import { type CallError, callError } from '../../shared/contract/call.ts';
import { uuidSchema } from '../../shared/model/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { checkedJson, readCheckedJson } from './checked-json.ts';
import { isSignedBy, signBytes } from './keys.ts';

export const receiptExtension = '.outpostreceipt';

const receiptSchema = z.object({
  workspaceId: uuidSchema,
  bundleId: uuidSchema,
  deviceId: uuidSchema,
  fromWrite: z.int().min(0),
  toWrite: z.int().min(0),
  changes: z.int().min(0),
  state: z.enum(['received', 'rejected']),
  reason: z.string().max(400).nullable(),
  receivedAtMs: z.int(),
});
export type Receipt = z.output<typeof receiptSchema>;

const fileSchema = z.object({
  format: z.literal('outpost-receipt'),
  formatVersion: z.literal(1),
  receipt: receiptSchema,
  signature: z.string().max(200),
});

const signedBytes = (receipt: Receipt): Buffer =>
  Buffer.from(`outpost receipt v1\n${JSON.stringify(receiptSchema.parse(receipt))}`);

export const receiptText = (receipt: Receipt, hqSigningKey: string): string =>
  checkedJson({
    format: 'outpost-receipt',
    formatVersion: 1,
    receipt: receiptSchema.parse(receipt),
    signature: signBytes(hqSigningKey, signedBytes(receipt)),
  });

/** True for a file that means to be a receipt, whole or not. */
export const looksLikeReceipt = (start: string): boolean =>
  /^\uFEFF?\s*\{\s*"format"\s*:\s*"outpost-receipt"/.test(start);

/** Errors: `receiptInvalid`. */
export function readReceipt(
  text: string,
  own: { readonly workspaceId: string; readonly deviceId: string; readonly hqVerifyKey: string },
): Result<Receipt, CallError> {
  const invalid = (message: string) => err(callError('receiptInvalid', message));
  const parsed = fileSchema.safeParse(readCheckedJson(text));
  if (!parsed.success) return invalid('The receipt is cut short or altered. Ask HQ for it again.');
  const { receipt, signature } = parsed.data;
  if (!isSignedBy(own.hqVerifyKey, signedBytes(receipt), signature)) {
    return invalid('The receipt was not written by the HQ of this workspace.');
  }
  if (receipt.workspaceId !== own.workspaceId) return invalid('The receipt is for another workspace.');
  if (receipt.deviceId !== own.deviceId) {
    return invalid('The receipt is for another laptop. Take it in where the bundle was written.');
  }
  return ok(receipt);
}
