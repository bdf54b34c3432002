/**
 * The bytes of attached files, inside the encrypted database: the same bytes once, whoever attached them and under
 * whatever name, in pieces, so that a large file is never in memory whole. Content is not in the change log: what the log
 * says of an attachment is its SHA-256, and content of that name is the same wherever it comes from.
 */
import { createHash } from 'node:crypto';
import { entityCodes } from '../change-log/entity-codes.ts';
import type { ReadableStore, WritableStore } from '../store.ts';

export const pieceBytes = 1024 * 1024;

type Content = { readonly id: number; readonly bytes: number };

/** Null while it is not here, or not here whole. */
function contentOf(store: ReadableStore, sha256: string): Content | null {
  const row = store.sql('SELECT id, bytes FROM file_content WHERE sha256 = ? AND isWhole = 1').get(sha256);
  return (row as Content | undefined) ?? null;
}

export const hasContent = (store: ReadableStore, sha256: string | null): boolean =>
  sha256 !== null && contentOf(store, sha256) !== null;

/** Thrown when bytes are not what they were said to be: the transaction that took them in is to roll back. */
export class ContentError extends Error {}

/** Keeps bytes under their SHA-256; nothing where they are here already. Inside a transaction. */
export function keepContent(store: WritableStore, sha256: string, bytes: number, pieces: Iterable<Uint8Array>): void {
  if (hasContent(store, sha256)) return;
  forget(store, sha256);
  const id = begin(store, sha256, bytes);
  const hash = createHash('sha256');
  let number = 0;
  let seen = 0;
  for (const piece of pieces) {
    hash.update(piece);
    seen += piece.length;
    addPiece(store, id, number, piece);
    number += 1;
  }
  if (seen !== bytes || hash.digest('hex') !== sha256) throw new ContentError('the file changed while it was read');
  store.sql('UPDATE file_content SET isWhole = 1 WHERE id = ?').run(id);
}

const begin = (store: WritableStore, sha256: string, bytes: number): number =>
  Number(
    store.sql('INSERT INTO file_content (sha256, bytes, isWhole) VALUES (?, ?, 0)').run(sha256, bytes).lastInsertRowid,
  );

const addPiece = (store: WritableStore, id: number, number: number, piece: Uint8Array): void => {
  store.sql('INSERT OR REPLACE INTO file_chunk (contentId, number, data) VALUES (?, ?, ?)').run(id, number, piece);
};

const forget = (store: WritableStore, sha256: string): void => {
  store.sql('DELETE FROM file_content WHERE sha256 = ?').run(sha256);
};

/** How many pieces; null where the content is not here. */
export function pieceCount(store: ReadableStore, sha256: string): number | null {
  const content = contentOf(store, sha256);
  if (!content) return null;
  return store.sql('SELECT count(*) FROM file_chunk WHERE contentId = ?').pluck().get(content.id) as number;
}

/** One piece; null where there is none of this number. */
export function readPiece(store: ReadableStore, sha256: string, number: number): Buffer | null {
  const content = contentOf(store, sha256);
  if (!content) return null;
  const data = store
    .sql('SELECT data FROM file_chunk WHERE contentId = ? AND number = ?')
    .pluck()
    .get(content.id, number);
  return (data as Buffer | undefined) ?? null;
}

/**
 * A piece that came with a bundle. Pieces come in order, each in a transaction of its own; the content counts as here
 * once all of it came and is what its name says.
 */
export function takePiece(
  store: WritableStore,
  { sha256, bytes, number }: { readonly sha256: string; readonly bytes: number; readonly number: number },
  piece: Uint8Array,
): void {
  if (hasContent(store, sha256)) return;
  const known = store.sql('SELECT id FROM file_content WHERE sha256 = ?').pluck().get(sha256) as number | undefined;
  if (number === 0 && known !== undefined) forget(store, sha256);
  const id = number === 0 || known === undefined ? begin(store, sha256, bytes) : known;
  addPiece(store, id, number, piece);
  const held = store
    .sql('SELECT count(*) AS pieces, coalesce(sum(length(data)), 0) AS bytes FROM file_chunk WHERE contentId = ?')
    .get(id) as { pieces: number; bytes: number };
  if (held.bytes < bytes) return;
  const hash = createHash('sha256');
  const pieces = store.sql('SELECT data FROM file_chunk WHERE contentId = ? ORDER BY number').pluck();
  for (const data of pieces.iterate(id)) hash.update(data as Buffer);
  if (held.bytes !== bytes || hash.digest('hex') !== sha256) {
    forget(store, sha256);
    throw new ContentError('a file of the bundle is not what it is said to be');
  }
  store.sql('UPDATE file_content SET isWhole = 1 WHERE id = ?').run(id);
}

/** The contents of files that writes of a device, numbered above `from` up to and including `to`, attached. */
export function contentsAttached(store: ReadableStore, deviceRow: number, from: number, to: number): readonly string[] {
  return store
    .sql(
      `SELECT DISTINCT file_content.sha256 FROM write
       JOIN change ON change.writeId = write.id AND change.entity = ${entityCodes.attachment} AND change.created = 1
       JOIN attachment ON attachment.id = change.recordId
       JOIN file_content ON file_content.sha256 = attachment.sha256 AND file_content.isWhole = 1
       WHERE write.deviceId = ? AND write.originNumber > ? AND write.originNumber <= ?
       ORDER BY file_content.sha256`,
    )
    .pluck()
    .all(deviceRow, from, to) as string[];
}

/** What is wrong with the contents, in a sentence; null when nothing is. Reads every byte. */
export function wrongContents(store: ReadableStore): string | null {
  const contents = store.sql('SELECT id, sha256 FROM file_content WHERE isWhole = 1').all() as {
    id: number;
    sha256: string;
  }[];
  let wrong = 0;
  for (const { id, sha256 } of contents) {
    const hash = createHash('sha256');
    const pieces = store.sql('SELECT data FROM file_chunk WHERE contentId = ? ORDER BY number').pluck();
    for (const data of pieces.iterate(id)) hash.update(data as Buffer);
    if (hash.digest('hex') !== sha256) wrong += 1;
  }
  return wrong === 0 ? null : `${wrong} attached files are not what they were.`;
}
