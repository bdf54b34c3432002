/**
 * What a call is: a name, the schema of its input and output, who may serve it, and the error codes it can answer
 * with. Every window, the loopback host and the terminal reach the program through these and nothing else.
 */
import { z } from 'zod';
import type { Result } from '../result.ts';

/**
 * Where a call runs.
 * - `read`: on a reader thread, sees only committed data.
 * - `write`: on the one writer thread.
 * - `host`: in the process that owns the window (dialogs, opening a workspace); it may call the store in turn.
 */
export type Access = 'read' | 'write' | 'host';

export type Call<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType, A extends Access = Access> = {
  readonly access: A;
  /** One sentence for the terminal's `calls` list. */
  readonly summary: string;
  readonly input: I;
  readonly output: O;
  readonly errors: readonly ErrorCode[];
};

export type CallMap = Readonly<Record<string, Call>>;

export function call<const A extends Access, I extends z.ZodType, O extends z.ZodType>(
  access: A,
  summary: string,
  input: I,
  output: O,
  errors: readonly ErrorCode[] = [],
): Call<I, O, A> {
  return { access, summary, input, output, errors };
}

/** Every code the program can answer with. The renderer turns each into a sentence (`renderer/i18n`). */
export const errorCodes = [
  // the boundary
  'unknownCall',
  'badInput',
  'unknownSender',
  'internal',
  'cancelled',
  // the workspace and its file
  'noWorkspace',
  'locked',
  'wrongPassphrase',
  'wrongRecoveryCode',
  'passphraseRequired',
  'weakPassphrase',
  'databaseInUse',
  'databaseMissing',
  'databaseExists',
  'databaseDamaged',
  'databaseTooNew',
  'databaseBusy',
  'keysMissing',
  'diskFull',
  'notPermitted',
  'fileExists',
  // records
  'notFound',
  'changedSince',
  'inUse',
  'invalidValue',
  'valuesDoNotFit',
  'circular',
  'alreadyUndone',
  'nothingToUndo',
  // files
  'fileMissing',
  'fileEmpty',
  'fileNotText',
  'fileTooLarge',
  'fileUnreadable',
  'fileEncrypted',
  'noHeader',
  'noRecognisedColumns',
  'unknownFormat',
  'importRunning',
  'fileChanged',
  'attachmentTooLarge',
  'attachmentElsewhere',
  // leads and calls
  'leadClosed',
  'leadUnlinked',
  'stageUnknown',
  'moveNotAllowed',
  'reasonRequired',
  'requiredField',
  'notSeller',
  'queueEmpty',
  'leaseLost',
  'doNotCall',
  // segments
  'queryInvalid',
  'nameLocked',
  'segmentLive',
  'segmentNotLive',
  // HQ
  'bundleDamaged',
  'bundleIncomplete',
  'bundleOtherWorkspace',
  'bundleTooNew',
  'bundleNotOutpost',
  'bundleSenderUnknown',
  'inviteInvalid',
  'receiptInvalid',
  'nothingToExport',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** One refused value: `path` is dotted, `''` for the whole input. */
export const issueSchema = z.object({ path: z.string(), message: z.string() });

/**
 * A failure on the wire. `message` is an English sentence that says what to do, for the terminal and the log (it
 * never holds personal data); screens translate `code` with `details`.
 */
export const callErrorSchema = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  issues: z.array(issueSchema).optional(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  /** Only for `internal`: what to look for in the log. */
  correlationId: z.string().optional(),
});
export type CallError = z.infer<typeof callErrorSchema>;
export type CallResult<T> = Result<T, CallError>;

/** Makes a `CallError`. */
export function callError(
  code: ErrorCode,
  message: string,
  details?: Readonly<Record<string, string | number | boolean | null>>,
): CallError {
  return details === undefined ? { code, message } : { code, message, details: { ...details } };
}
