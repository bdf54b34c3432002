/**
 * Files that people attach to records: what they may be called, what they are, and which of them may be shown.
 *
 * A name comes from another computer and goes to a third: it must be harmless on all of them, and must not read as
 * something that it is not. What a file is follows from its first bytes, never from its name: only what a browser draws
 * without running anything is previewed (png, jpeg, webp); everything else is kept and saved, and never opened by the
 * program.
 *
 * Example: `safeFileName('..\\..\\Quote 2026.pdf')` is `Quote 2026.pdf`; `safeFileName('invoice\u202efdp.exe')` is
 * `invoicefdp.exe`.
 */

/** 50 MB. What is larger belongs on a file server. */
export const largestAttachmentBytes = 50 * 1024 * 1024;

const longestName = 180;
const longestExtension = 20;

/** Written out, since they cannot be seen: C0, DEL and C1, marks and overrides of direction, what has no width. */
const unseen =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
const notEverywhere = /[<>:"|?*]/g;
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** A name that every system takes, that holds no folder and shows all of itself. Never blank. */
export function safeFileName(given: string): string {
  const last = given.split(/[/\\]/).findLast((part) => part.replace(unseen, '').trim() !== '') ?? '';
  const clean = last
    .toWellFormed()
    .normalize('NFC')
    .replace(unseen, '')
    .replace(notEverywhere, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const dot = clean.lastIndexOf('.');
  const extension = dot > 0 && clean.length - dot <= longestExtension ? clean.slice(dot) : '';
  const stem = clean.slice(0, clean.length - extension.length);
  const short = cut(stem, longestName - extension.length).trimEnd();
  const name = `${short}${extension}`;
  if (name === '') return 'file';
  return reserved.test(name) ? `_${name}` : name;
}

/** At most so many UTF-16 units, and no character cut in two; 240 bytes at most, which is what file systems take. */
function cut(text: string, units: number): string {
  let kept = '';
  let bytes = 0;
  for (const letter of text) {
    bytes += letter.length === 2 ? 4 : letter < '\u0080' ? 1 : letter < '\u0800' ? 2 : 3;
    if (kept.length + letter.length > units || bytes > 200) break;
    kept += letter;
  }
  return kept;
}

const startsWith = (bytes: Uint8Array, ...start: readonly number[]): boolean =>
  bytes.length >= start.length && start.every((byte, at) => bytes[at] === byte);

const isText = (bytes: Uint8Array, at: number, text: string): boolean =>
  [...text].every((letter, index) => bytes[at + index] === letter.charCodeAt(0));

const typesByExtension: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  eml: 'message/rfc822',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  odp: 'application/vnd.oasis.opendocument.presentation',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odt: 'application/vnd.oasis.opendocument.text',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  vcf: 'text/vcard',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
};

const unknownType = 'application/octet-stream';
const programType = 'application/x-executable';
const programExtensions = new Set(
  'app bat cmd com cpl deb dll dmg exe hta jar js jse lnk msi msix pif pkg ps1 py reg rpm scr sh vbe vbs wsf'.split(
    ' ',
  ),
);

export const extensionOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** What a file is: by its first bytes (16 are enough) where these say, else by its name, else unknown. */
export function mediaTypeOf(name: string, start: Uint8Array): string {
  if (startsWith(start, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (startsWith(start, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (isText(start, 0, 'RIFF') && isText(start, 8, 'WEBP')) return 'image/webp';
  if (isText(start, 0, '%PDF-')) return 'application/pdf';
  if (isText(start, 0, 'GIF8')) return 'image/gif';
  const extension = extensionOf(name);
  const isProgram =
    isText(start, 0, 'MZ') ||
    startsWith(start, 0x7f, 0x45, 0x4c, 0x46) ||
    isText(start, 0, '#!') ||
    programExtensions.has(extension);
  if (isProgram) return programType;
  return typesByExtension[extension] ?? unknownType;
}

export const isProgram = (mediaType: string | null): boolean => mediaType === programType;

/** Types that a page may draw: pictures of points, by their own bytes. */
export const previewTypes = ['image/png', 'image/jpeg', 'image/webp'] as const;
export type PreviewType = (typeof previewTypes)[number];

export const previewTypeOf = (mediaType: string | null): PreviewType | null =>
  previewTypes.find((each) => each === mediaType) ?? null;
