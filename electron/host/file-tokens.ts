/**
 * Files and folders as windows know them: a page never sees or names a path, it holds a token for what a person chose
 * or dropped. A token is good for as long as the host runs, or until what it stands for is used up.
 */
import { randomBytes } from 'node:crypto';
import { type CallError, callError } from '../../shared/contract/call.ts';
import { err, ok, type Result } from '../../shared/result.ts';

export type TokenKind = 'file' | 'folder';

export type FileTokens = {
  /** `release` is called once when the token is let go; give it for temporary copies. */
  give(kind: TokenKind, path: string, release?: () => void): string;
  /** Errors: `badInput` for what is no token, `fileMissing` for one that is not known (any more). */
  resolve(kind: TokenKind, token: string): Result<string, CallError>;
  /** Lets go of a temporary copy; a token for a person's own file stays. */
  used(token: string): void;
  releaseAll(): void;
};

export function createFileTokens(): FileTokens {
  const held = new Map<string, { readonly path: string; readonly release: (() => void) | undefined }>();
  return {
    give(kind, path, release) {
      const token = `${kind}:${randomBytes(16).toString('hex')}`;
      held.set(token, { path, release });
      return token;
    },
    resolve(kind, token) {
      if (!token.startsWith(`${kind}:`)) {
        return err({
          ...callError('badInput', `A ${kind} must be chosen in this window.`),
          issues: [{ path: kind, message: `must be the token of a chosen ${kind}` }],
        });
      }
      const found = held.get(token);
      return found ? ok(found.path) : err(callError('fileMissing', `Choose the ${kind} again: it is no longer there.`));
    },
    used(token) {
      const found = held.get(token);
      if (!found?.release) return;
      held.delete(token);
      found.release();
    },
    releaseAll() {
      for (const { release } of held.values()) release?.();
      held.clear();
    },
  };
}
