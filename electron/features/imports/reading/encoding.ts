/**
 * Which encoding a text file is in (formats.md, "Reading, always"): what the first bytes mark, else what all the bytes
 * allow (UTF-8 leaves little to chance), else a guess by language statistics. Files that are no text are refused.
 */
import { isUtf8 } from 'node:buffer';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import chardet from 'chardet';
import iconv from 'iconv-lite';
import { type CallError, callError } from '../../../../shared/contract/call.ts';
import { err, ok, type Result } from '../../../../shared/result.ts';

export type Encoding = {
  /** As iconv-lite knows it, lower case. */
  readonly name: string;
  /** Bytes of the mark at the beginning. */
  readonly markBytes: number;
};

const headBytes = 256 * 1024;

const magics: readonly (readonly [string, readonly number[]])[] = [
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
  ['a PNG picture', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG picture', [0xff, 0xd8, 0xff]],
  ['a GIF picture', [0x47, 0x49, 0x46, 0x38]],
  ['a gzip archive', [0x1f, 0x8b]],
  ['a 7-Zip archive', [0x37, 0x7a, 0xbc, 0xaf]],
  ['a database', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66]],
  ['a program', [0x7f, 0x45, 0x4c, 0x46]],
  ['a program', [0x4d, 0x5a, 0x90, 0x00]],
];

const notText = (what: string): Result<never, CallError> =>
  err(callError('fileNotText', `The file is ${what}, not a text file. Save it as CSV (UTF-8) and import that.`));

const startsWith = (bytes: Buffer, mark: readonly number[]): boolean => mark.every((byte, at) => bytes[at] === byte);

/** The container of Office before 2007, in which workbooks with a password are to this day. */
const oldOffice = [0xd0, 0xcf, 0x11, 0xe0];
const oldOfficeLook = 32 * 1024 * 1024;

function oldOfficeError(path: string): CallError {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(Math.min(oldOfficeLook, fstatSync(file).size));
    readSync(file, bytes, 0, bytes.length, 0);
    const names = (name: string): boolean => bytes.includes(Buffer.from(name, 'utf16le'));
    if (names('EncryptedPackage')) {
      return callError(
        'fileEncrypted',
        'The workbook is protected with a password. Save it without one and import that.',
      );
    }
    return names('Workbook') || names('Book')
      ? callError(
          'fileNotText',
          'The file is an old Excel workbook (.xls). Open it in Excel, save it as .xlsx, and import that.',
        )
      : callError('fileNotText', 'The file is an old Office document, not a table. Save the table as .xlsx or CSV.');
  } finally {
    closeSync(file);
  }
}

/** Zero bytes by their place in groups of four, as shares of the groups. */
function zeroShares(bytes: Buffer): readonly number[] {
  const counts = [0, 0, 0, 0];
  const groups = Math.floor(bytes.length / 4);
  for (let at = 0; at < groups * 4; at += 1) {
    if (bytes[at] === 0) counts[at % 4] = (counts[at % 4] ?? 0) + 1;
  }
  return counts.map((count) => (groups === 0 ? 0 : count / groups));
}

function wide(head: Buffer): Result<Encoding | null, CallError> {
  const little = startsWith(head, [0xff, 0xfe]);
  const big = startsWith(head, [0xfe, 0xff]);
  const body = head.subarray(little || big ? 2 : 0);
  const zeros = zeroShares(body.subarray(0, 4096));
  const mostlyZero = zeros.filter((share) => share > 0.9).length;
  const marked32 = startsWith(head, [0xff, 0xfe, 0, 0]) || startsWith(head, [0, 0, 0xfe, 0xff]);
  if (marked32 || (mostlyZero >= 3 && body.length >= 8)) {
    return err(
      callError(
        'fileNotText',
        'The file is in UTF-32, or was damaged on the way to it. Save it as UTF-8 and import that.',
      ),
    );
  }
  if (little) return ok({ name: 'utf-16le', markBytes: 2 });
  if (big) return ok({ name: 'utf-16be', markBytes: 2 });
  const [a = 0, b = 0, c = 0, d = 0] = zeros;
  if (body.length >= 8 && b > 0.4 && d > 0.4 && a < 0.1 && c < 0.1) return ok({ name: 'utf-16le', markBytes: 0 });
  if (body.length >= 8 && a > 0.4 && c > 0.4 && b < 0.1 && d < 0.1) return ok({ name: 'utf-16be', markBytes: 0 });
  return ok(null);
}

/** Characters that text has no use for; a few (a NUL, an end-of-file mark) are let through and cleaned away. */
function isBinary(head: Buffer): boolean {
  let odd = 0;
  for (const byte of head) {
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 0x1a) odd += 1;
  }
  return odd >= 8 && odd / head.length > 0.03;
}

/** The longest beginning that does not end inside a UTF-8 character. */
function wholeCharacters(bytes: Buffer): Buffer {
  for (let back = 1; back <= 4 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.subarray(0, bytes.length - back) : bytes;
    }
  }
  return bytes;
}

/** What the language statistics call an encoding → what iconv-lite does; what is next to nothing else. */
const aliases: Readonly<Record<string, string>> = { 'iso-8859-1': 'windows-1252', ascii: 'utf-8', 'utf-32le': 'utf-8' };

/** The lines with characters beyond ASCII, which are all that tells 8-bit encodings apart. */
function telling(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let size = 0;
  let from = 0;
  while (from < bytes.length && size < 64 * 1024) {
    let to = from;
    let high = false;
    while (to < bytes.length && bytes[to] !== 10 && bytes[to] !== 13) {
      if ((bytes[to] ?? 0) > 127) high = true;
      to += 1;
    }
    if (high) {
      parts.push(bytes.subarray(from, to + 1));
      size += to + 1 - from;
    }
    from = to + 1;
  }
  return Buffer.concat(parts);
}

function eightBit(bytes: Buffer): string {
  const sample = telling(bytes);
  const guesses = chardet
    .analyse(sample)
    .map((guess) => ({
      name: aliases[guess.name.toLowerCase()] ?? guess.name.toLowerCase(),
      confidence: guess.confidence,
    }))
    .filter((guess) => iconv.encodingExists(guess.name) && !guess.name.startsWith('utf-'));
  const best = guesses[0];
  if (best === undefined) return 'windows-1252';
  // a handful of accented letters says little: the commonest encoding of field laptops unless something else is sure
  const western = guesses.find((guess) => guess.name === 'windows-1252');
  const few = sample.filter((byte) => byte > 127).length < 12;
  if (western && (few || western.confidence >= best.confidence - 5) && best.confidence < 80) return western.name;
  if (few && best.confidence < 40) return 'windows-1252';
  return best.name;
}

/** Whether the whole file is UTF-8, and if not, the part around the first bytes that are not. */
function scanUtf8(file: number, from: number): Buffer | null {
  const size = 1024 * 1024;
  const buffer = Buffer.allocUnsafe(size);
  let kept = 0;
  let position = from;
  for (;;) {
    const read = readSync(file, buffer, kept, size - kept, position);
    if (read === 0) return kept > 0 && !isUtf8(buffer.subarray(0, kept)) ? Buffer.from(buffer.subarray(0, kept)) : null;
    position += read;
    const filled = buffer.subarray(0, kept + read);
    const whole = wholeCharacters(filled);
    if (!isUtf8(whole)) return Buffer.from(filled);
    const rest = filled.subarray(whole.length);
    kept = rest.length;
    rest.copy(buffer, 0);
  }
}

/** Errors: `fileEmpty`, `fileNotText`. `path` is a readable file; `wanted` overrides the guess. */
export function detectEncoding(path: string, wanted?: string): Result<Encoding, CallError> {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(headBytes);
    const head = buffer.subarray(0, readSync(file, buffer, 0, headBytes, 0));
    const utf8Mark = startsWith(head, [0xef, 0xbb, 0xbf]) ? 3 : 0;
    if (
      head.subarray(utf8Mark).every((byte) => byte === 0 || byte === 9 || byte === 10 || byte === 13 || byte === 32)
    ) {
      return err(callError('fileEmpty', 'The file is empty.'));
    }
    if (startsWith(head, oldOffice)) return err(oldOfficeError(path));
    const magic = magics.find(([, mark]) => startsWith(head, mark));
    if (magic) return notText(magic[0]);
    const marked = wide(head);
    if (!marked.ok) return marked;
    if (marked.value && (wanted === undefined || marked.value.name === wanted)) return ok(marked.value);
    if (!marked.value && isBinary(head)) return notText('binary');
    if (wanted !== undefined) {
      const name = wanted.toLowerCase();
      return ok({ name, markBytes: name === 'utf-8' ? utf8Mark : 0 });
    }
    if (utf8Mark > 0) return ok({ name: 'utf-8', markBytes: utf8Mark });
    const odd = scanUtf8(file, 0);
    if (odd === null) return ok({ name: 'utf-8', markBytes: 0 });
    // mostly UTF-8 with a few damaged characters is still UTF-8
    if (damagedShare(head) < 0.05 && /[\u00c2-\u00f4][\u0080-\u00bf]/.test(head.toString('latin1'))) {
      return ok({ name: 'utf-8', markBytes: 0 });
    }
    return ok({ name: eightBit(Buffer.concat([head, odd])), markBytes: 0 });
  } finally {
    closeSync(file);
  }
}

/** Of the characters beyond ASCII, the share that is not UTF-8. */
function damagedShare(head: Buffer): number {
  const text = wholeCharacters(head).toString('utf8');
  let damaged = 0;
  let beyond = 0;
  for (const char of text) {
    if (char === '\ufffd') damaged += 1;
    if (char > '\u007f') beyond += 1;
  }
  return beyond === 0 ? 0 : damaged / beyond;
}

export const isKnownEncoding = (name: string): boolean => iconv.encodingExists(name);
