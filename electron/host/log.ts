/**
 * What went wrong inside, for whoever keeps the program running. Personal data never gets here: not the input of a
 * call, and not the message of an error, which may quote it.
 */
import { randomUUID } from 'node:crypto';
import { type CallError, callError } from '../../shared/contract/call.ts';
import { storeError } from '../../db/connection.ts';

export type Log = (event: string, details: Readonly<Record<string, string | number>>) => void;

/** Development and tests: output is checked against the contract and errors are logged with their message. */
export const isChecked = (environment: NodeJS.ProcessEnv = process.env): boolean =>
  environment['OUTPOST_CHECKED'] === '1' ||
  environment['VITEST'] !== undefined ||
  environment['NODE_ENV'] === 'development' ||
  environment['NODE_ENV'] === 'test';

export const stderrLog: Log = (event, details) => {
  process.stderr.write(`[outpost] ${event} ${JSON.stringify(details)}\n`);
};

/** A bug as the log gets it. It crosses threads. */
export type BugReport = {
  readonly correlationId: string;
  readonly where: string;
  readonly name: string;
  readonly code: string;
  readonly stack: string;
};

const framesOf = (stack: string): string => {
  const first = stack.search(/^\s+at /m);
  return first < 0 ? '' : stack.slice(first).trimEnd();
};

function reportOf(error: unknown, where: string, withMessage: boolean): BugReport {
  const correlationId = randomUUID();
  if (!(error instanceof Error)) return { correlationId, where, name: typeof error, code: '', stack: '' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // SQLite names tables and columns, never values
  const mayQuote = withMessage || code.startsWith('SQLITE');
  const stack = mayQuote ? (error.stack ?? error.message) : framesOf(error.stack ?? '');
  return { correlationId, where, name: error.name, code, stack };
}

/** The typed form of anything thrown; `bug` is for the log and null when the reason lies outside the program. */
export function errorOfThrown(error: unknown, where: string, withMessage: boolean): [CallError, BugReport | null] {
  const outside = storeError(error) ?? systemError(error);
  if (outside) return [outside, null];
  const bug = reportOf(error, where, withMessage);
  const message = 'Something went wrong inside Outpost. Nothing was changed. The log has the details.';
  return [{ ...callError('internal', message), correlationId: bug.correlationId }, bug];
}

/** What the operating system refuses. */
export function systemError(error: unknown): CallError | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return callError('diskFull', 'The disk is full. Make room and try again; nothing that was saved is lost.');
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return callError('notPermitted', 'The file or folder cannot be written. Check its permissions.');
    case 'ENOENT':
      return callError('fileMissing', 'The file or folder is not there. Check the path.');
    case 'EISDIR':
    case 'ENOTDIR':
      return callError('fileUnreadable', 'A folder was given where a file is needed, or the other way round.');
    default:
      return null;
  }
}

export const logBug =
  (log: Log) =>
  (bug: BugReport): void =>
    log('internal', bug);
