/** A file that cannot be read for a reason that a person can do something about. Crosses threads by its code. */
import { type CallError, callError, type ErrorCode } from '../../../../shared/contract/call.ts';

const codes = ['fileTooLarge', 'fileEncrypted', 'fileUnreadable', 'fileEmpty', 'fileNotText', 'notFound'] as const;
type Code = Extract<ErrorCode, (typeof codes)[number]>;

export class UnreadableFile extends Error {
  readonly code: Code;

  constructor(code: Code, message: string) {
    super(message);
    this.code = code;
  }
}

/** Null for what is no such error. */
export function unreadableError(error: unknown): CallError | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  const code = codes.find((each) => each === error.code);
  return code === undefined ? null : callError(code, error.message);
}
