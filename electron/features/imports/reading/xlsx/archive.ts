/**
 * The parts of a workbook inside its ZIP archive, read as streams. A part may not grow beyond what its place needs, so
 * that a small file that unfolds into terabytes (a "zip bomb") is refused before it fills anything.
 */
import type { Readable } from 'node:stream';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { UnreadableFile } from '../unreadable.ts';

const mostEntries = 10_000;
/** A part of spreadsheet XML shrinks to a tenth or fiftieth; nothing honest shrinks to a two hundredth. */
const largestRatio = 200;
const ratioMattersFrom = 64 * 1024 * 1024;

export const damaged = (): UnreadableFile =>
  new UnreadableFile(
    'fileUnreadable',
    'The workbook is damaged. Open it in the program that made it and save it again.',
  );
const tooLarge = (): UnreadableFile =>
  new UnreadableFile('fileTooLarge', 'The workbook unfolds into far more than a table needs. It is not read.');

export type Archive = {
  /** By their path in lower case, which some programs write differently. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** Decompressed bytes, at most `limit`. Throws `UnreadableFile`. */
  read(entry: Entry, limit: number): AsyncGenerator<Buffer>;
  close(): void;
};

const openZip = (path: string): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, zip) => {
      // what the file system says keeps its code; the rest is the archive's own
      if (error) reject(/^E[A-Z]+$/.test(String((error as NodeJS.ErrnoException).code)) ? error : damaged());
      else resolve(zip);
    });
  });

function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    zip.on('error', () => reject(damaged()));
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName.toLowerCase().replace(/^\/+/, ''), entry);
      if (entries.size > mostEntries) reject(tooLarge());
      else zip.readEntry();
    });
    zip.readEntry();
  });
}

const openPart = (zip: ZipFile, entry: Entry): Promise<Readable> =>
  new Promise((resolve, reject) => {
    try {
      zip.openReadStream(entry, (error, stream) => (error ? reject(damaged()) : resolve(stream)));
    } catch {
      reject(damaged());
    }
  });

/** Throws `UnreadableFile`, and what the file system throws. */
export async function openArchive(path: string): Promise<Archive> {
  const zip = await openZip(path);
  const close = (): void => {
    if (zip.isOpen) zip.close();
  };
  try {
    const entries = await listEntries(zip);
    return {
      entries,
      close,
      async *read(entry, limit) {
        if (entry.isEncrypted()) {
          throw new UnreadableFile('fileEncrypted', 'The file is protected with a password. Save it without one.');
        }
        if (entry.uncompressedSize > limit) throw tooLarge();
        const stream = await openPart(zip, entry);
        let bytes = 0;
        try {
          for await (const chunk of stream) {
            bytes += (chunk as Buffer).length;
            const ratio = bytes / Math.max(1, entry.compressedSize);
            if (bytes > limit || (bytes > ratioMattersFrom && ratio > largestRatio)) throw tooLarge();
            yield chunk as Buffer;
          }
        } catch (error) {
          throw error instanceof UnreadableFile ? error : damaged();
        } finally {
          stream.destroy();
        }
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}
