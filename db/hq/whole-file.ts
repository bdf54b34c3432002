/**
 * Files that leave the program are whole or not there: written under a temporary name in the same folder, flushed to the
 * disk, then renamed. Whatever stops the writing removes the temporary file.
 */
import { createHash, type Hash } from 'node:crypto';
import { open, mkdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { newUuid } from '../uuid.ts';

export type WrittenFile = { readonly name: string; readonly bytes: number; readonly sha256: string };

/** A name that every operating system takes: `Acme: "Spring"` + `.csv` is `Acme Spring.csv`. */
export function fileNameOf(wanted: string, extension: string): string {
  const stem = wanted.toLowerCase().endsWith(extension) ? wanted.slice(0, -extension.length) : wanted;
  const clean = stem
    .normalize('NFC')
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*]+/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 120);
  const safe = /^(con|prn|aux|nul|com\d|lpt\d)?$/i.test(clean) ? `outpost ${clean}`.trim() : clean;
  return `${safe}${extension}`;
}

/** `name`, or `name (2)` … where that is taken, so that an export never replaces an earlier one. */
export function freeName(folder: string, name: string): string {
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  let candidate = name;
  for (let n = 2; existsSync(join(folder, candidate)); n += 1) candidate = `${stem} (${n})${extension}`;
  return candidate;
}

export type FileInProgress = {
  readonly name: string;
  readonly bytes: () => number;
  write(chunk: string | Uint8Array): Promise<void>;
  /** Replaces bytes written before; only for files that need no hash (`sha256` is then that of what was appended). */
  patch(chunk: Uint8Array, position: number): Promise<void>;
  /** Makes it whole: from here on it exists under its name. */
  finish(): Promise<WrittenFile>;
  /** Leaves nothing behind. Of no effect once finished. */
  abandon(): Promise<void>;
};

/** `secret`: readable by its owner only. */
export async function beginFile(
  folder: string,
  name: string,
  { secret = false }: { secret?: boolean } = {},
): Promise<FileInProgress> {
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${newUuid()}.outpost-part`);
  const handle: FileHandle = await open(temporary, 'wx', secret ? 0o600 : 0o666);
  const hash: Hash = createHash('sha256');
  let bytes = 0;
  let done = false;
  const abandon = async (): Promise<void> => {
    if (done) return;
    done = true;
    await handle.close().catch(() => {});
    await rm(temporary, { force: true });
  };
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      await abandon();
      throw error;
    }
  };
  return {
    name,
    bytes: () => bytes,
    write: (chunk) =>
      guarded(async () => {
        const buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
        hash.update(buffer);
        let offset = 0;
        while (offset < buffer.length) {
          const { bytesWritten } = await handle.write(buffer, offset, buffer.length - offset, bytes + offset);
          offset += bytesWritten;
        }
        bytes += buffer.length;
      }),
    patch: (chunk, position) =>
      guarded(async () => {
        await handle.write(chunk, 0, chunk.length, position);
      }),
    finish: () =>
      guarded(async () => {
        await handle.sync();
        await handle.close();
        await rename(temporary, join(folder, name));
        done = true;
        return { name, bytes, sha256: hash.digest('hex') };
      }),
    abandon,
  };
}

export async function writeWholeFile(
  folder: string,
  name: string,
  text: string,
  options: { secret?: boolean } = {},
): Promise<WrittenFile> {
  const file = await beginFile(folder, name, options);
  await file.write(text);
  return file.finish();
}
