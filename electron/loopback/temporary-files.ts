/**
 * Files on their way between the browser and the program: uploads, and folders whose files are downloaded. They lie in
 * a folder that only this user can read and are removed when used, or when the host ends; what a killed host left is
 * removed by the next one.
 */
import { createWriteStream, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { IncomingMessage } from 'node:http';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type CallError, callError } from '../../shared/contract/call.ts';
import { err, ok, type Result } from '../../shared/result.ts';

const uploadLimitBytes = 2 * 1024 ** 3;

const prefix = 'outpost-host-';

export type TemporaryFiles = {
  /** Errors: `fileTooLarge`. */
  upload(request: IncomingMessage, name: string): Promise<Result<{ path: string; release: () => void }, CallError>>;
  folder(): { path: string; release: () => void };
  removeAll(): void;
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // somebody else's process
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const match = /^outpost-host-(\d+)-/.exec(name);
    if (match && !isRunning(Number(match[1]))) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

const tooLarge = (): CallError => callError('fileTooLarge', 'The file is larger than 2 GB. Split it and try again.');

/** A name that is safe in a folder of its own; readers tell formats by the extension. */
const safeName = (name: string): string => {
  const clean = basename(name.replaceAll('\\', '/'))
    .replace(/[\u0000-\u001f<>:"|?*]/g, '_')
    .slice(-120);
  return clean === '' || /^\.+$/.test(clean) ? 'file' : clean;
};

export function createTemporaryFiles(limitBytes: number = uploadLimitBytes): TemporaryFiles {
  removeLeftovers();
  const root = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  let count = 0;
  const newFolder = (): string => {
    count += 1;
    const path = join(root, String(count));
    mkdirSync(path);
    return path;
  };
  const remove = (path: string) => () => rmSync(path, { recursive: true, force: true });

  return {
    async upload(request, name) {
      if (Number(request.headers['content-length'] ?? 0) > limitBytes) return err(tooLarge());
      const folder = newFolder();
      const path = join(folder, safeName(name));
      let bytes = 0;
      let exceeded = false;
      const meter = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          bytes += chunk.length;
          exceeded = bytes > limitBytes;
          if (exceeded) done(new Error('too large'));
          else done(null, chunk);
        },
      });
      try {
        await pipeline(request, meter, createWriteStream(path, { mode: 0o600 }));
        return ok({ path, release: remove(folder) });
      } catch (error) {
        remove(folder)();
        if (exceeded) return err(tooLarge());
        throw error;
      }
    },
    folder() {
      const path = newFolder();
      return { path, release: remove(path) };
    },
    removeAll: remove(root),
  };
}
