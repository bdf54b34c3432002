/** What tells a file from another one of the same name, without reading all of it: its length, beginning and end. */
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { callError } from '../../../shared/contract/call.ts';
import type { Source } from './reading/source.ts';

const endBytes = 64 * 1024;

/** Throws what the file system throws. */
export function fileMark(path: string): string {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const hash = createHash('sha256').update(String(size));
    const buffer = Buffer.alloc(endBytes);
    hash.update(buffer.subarray(0, readSync(file, buffer, 0, endBytes, 0)));
    hash.update(buffer.subarray(0, readSync(file, buffer, 0, endBytes, Math.max(0, size - endBytes))));
    return hash.digest('hex');
  } finally {
    closeSync(file);
  }
}

export const fileChanged = () =>
  callError(
    'fileChanged',
    'The file was changed since it was looked at. What was saved stays saved; import it again, nothing is added twice.',
  );

/** True where somebody wrote to the file since it was opened; one that was removed can still be read to its end. */
export function hasChanged({ path, sizeBytes, modifiedMs }: Source): boolean {
  try {
    const now = statSync(path);
    return now.size !== sizeBytes || now.mtimeMs !== modifiedMs;
  } catch {
    return false;
  }
}
