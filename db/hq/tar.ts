/**
 * The container inside a bundle is a plain tar file (POSIX ustar), so that HQ can look into one with age and tar alone.
 * Only what a bundle needs: regular files of known size, short names.
 */
const blockBytes = 512;

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');

const checksumOf = (header: Uint8Array): number =>
  header.reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 32 : byte), 0);

export function tarHeader(name: string, bytes: number, atMs: number): Uint8Array {
  if (Buffer.byteLength(name) > 100 || bytes > 0o77777777777) throw new Error('does not fit a tar header');
  const header = Buffer.alloc(blockBytes);
  header.write(name, 0);
  header.write(`${octal(0o644, 7)}\0${octal(0, 7)}\0${octal(0, 7)}\0`, 100);
  header.write(`${octal(bytes, 11)}\0${octal(Math.floor(atMs / 1000), 11)}\0`, 124);
  header.write('0', 156);
  header.write('ustar\u000000', 257, 'latin1');
  header.write(`${octal(checksumOf(header), 6)}\0 `, 148);
  return header;
}

export const tarPadding = (bytes: number): Uint8Array => Buffer.alloc((blockBytes - (bytes % blockBytes)) % blockBytes);

/** Two empty blocks. */
export const tarEnd = (): Uint8Array => Buffer.alloc(2 * blockBytes);

export type TarEntry = { readonly name: string; readonly content: Buffer };

/** What is not a container as we write it. */
class TarError extends Error {}

/** The entries one after another, each whole in memory; larger ones than `largest` are refused. */
export async function* readTar(source: AsyncIterable<Uint8Array>, largest: number): AsyncGenerator<TarEntry> {
  const reader = exactReader(source);
  for (;;) {
    const header = await reader.take(blockBytes);
    if (header.every((byte) => byte === 0)) {
      const last = await reader.take(blockBytes);
      if (!last.every((byte) => byte === 0) || !(await reader.isAtEnd())) throw new TarError('no proper end');
      return;
    }
    const text = (from: number, length: number): string => {
      const field = header.subarray(from, from + length);
      const end = field.indexOf(0);
      return field.subarray(0, end < 0 ? length : end).toString('latin1');
    };
    const bytes = Number.parseInt(text(124, 12), 8);
    if (Number.parseInt(text(148, 8), 8) !== checksumOf(header) || text(257, 6) !== 'ustar') {
      throw new TarError('not an entry');
    }
    if (!Number.isSafeInteger(bytes) || bytes > largest) throw new TarError('an entry is too large');
    const content = await reader.take(bytes);
    await reader.take(tarPadding(bytes).length);
    yield { name: text(0, 100), content };
  }
}

function exactReader(source: AsyncIterable<Uint8Array>) {
  const iterator = source[Symbol.asyncIterator]();
  let chunks: Uint8Array[] = [];
  let held = 0;
  let ended = false;
  const fill = async (bytes: number): Promise<void> => {
    while (held < bytes && !ended) {
      const next = await iterator.next();
      if (next.done) ended = true;
      else {
        chunks.push(next.value);
        held += next.value.length;
      }
    }
  };
  return {
    async take(bytes: number): Promise<Buffer> {
      await fill(bytes);
      if (held < bytes) throw new TarError('ends too soon');
      const all = chunks.length === 1 ? Buffer.from(chunks[0] ?? []) : Buffer.concat(chunks, held);
      chunks = held > bytes ? [all.subarray(bytes)] : [];
      held -= bytes;
      return all.subarray(0, bytes);
    },
    async isAtEnd(): Promise<boolean> {
      await fill(1);
      return held === 0;
    },
  };
}
