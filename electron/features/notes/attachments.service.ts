/**
 * Files attached to records: taken in piece by piece, so that a large one is never in memory whole; given out again as a
 * copy in a folder that a person chose, or as a picture on the page. The program never opens one.
 */
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { type CallError, type CallResult, callError } from '../../../shared/contract/call.ts';
import type { OutputOf, ParsedInputOf } from '../../../shared/contract/index.ts';
import { type Holder, holderField } from '../../../shared/model/notes.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { largestAttachmentBytes, mediaTypeOf, previewTypeOf, safeFileName } from '../../../shared/rules/attachment.ts';
import { beginFile, freeName } from '../../../db/hq/whole-file.ts';
import {
  ContentError,
  hasContent,
  keepContent,
  pieceBytes,
  pieceCount,
  readPiece,
} from '../../../db/records/file-content.ts';
import { keptWith } from '../../../db/records/kept.ts';
import { readWire, readWireRows, rowIdOf } from '../../../db/records/read.ts';
import { createRecord, write } from '../../../db/records/write.ts';
import type { ReadableStore, WritableStore } from '../../../db/store.ts';
import { uuidToUid } from '../../../db/uuid.ts';
import { entityCodes } from '../../../db/change-log/entity-codes.ts';

type Rows = OutputOf<'attachments.about'>;

const missing = (of: string): Result<never, CallError> =>
  err(callError('notFound', `There is no such ${of} here.`, { field: 'id' }));

/** Errors: `notFound`. */
export function attachmentsAbout(
  store: ReadableStore,
  { of, id, ...page }: ParsedInputOf<'attachments.about'>,
): CallResult<Rows> {
  const row = rowIdOf(store, of, id);
  if (row === null) return missing(of);
  const { ids, ...counts } = keptWith(store, 'attachment', of, row, page);
  const attachments = readWireRows(store, 'attachment', ids).map((attachment) => {
    const isHere = hasContent(store, attachment.sha256);
    return { ...attachment, isHere, laptop: isHere ? null : laptopOf(store, attachment.id) };
  });
  return ok({ attachments, ...counts });
}

/** The laptop that a file was attached on. */
function laptopOf(store: ReadableStore, uuid: string): string | null {
  const name = store
    .sql(
      `SELECT device.name FROM attachment
       JOIN change ON change.entity = ${entityCodes.attachment} AND change.recordId = attachment.id AND change.created = 1
       JOIN write ON write.id = change.writeId JOIN device ON device.id = write.deviceId
       WHERE attachment.uid = ? LIMIT 1`,
    )
    .pluck()
    .get(uuidToUid(uuid)) as string | undefined;
  return name ?? null;
}

/** Errors: `fileMissing`, `fileUnreadable`, `fileEmpty`, `attachmentTooLarge`. */
function openFile(path: string): Result<{ readonly handle: number; readonly bytes: number }, CallError> {
  let handle: number;
  try {
    handle = openSync(path, 'r');
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return err(
      isGone
        ? callError('fileMissing', 'The file is not there any more. Choose it again.')
        : callError('fileUnreadable', 'The file cannot be read. Check it and its permissions.'),
    );
  }
  const stat = fstatSync(handle);
  const refused = !stat.isFile()
    ? callError('fileUnreadable', 'This is not a file. Choose a file.')
    : stat.size === 0
      ? callError('fileEmpty', 'The file is empty. Nothing was attached.')
      : stat.size > largestAttachmentBytes
        ? callError('attachmentTooLarge', 'A file may hold 50 MB at most. Nothing was attached.', { bytes: stat.size })
        : null;
  if (refused) {
    closeSync(handle);
    return err(refused);
  }
  return ok({ handle, bytes: stat.size });
}

/** The file from its beginning; the piece that is given is gone when the next one is asked for. */
function* piecesOf(handle: number): Generator<Buffer> {
  const buffer = Buffer.allocUnsafe(pieceBytes);
  for (let position = 0; ;) {
    let filled = 0;
    while (filled < pieceBytes) {
      const read = readSync(handle, buffer, filled, pieceBytes - filled, position + filled);
      if (read === 0) break;
      filled += read;
    }
    if (filled > 0) yield buffer.subarray(0, filled);
    if (filled < pieceBytes) return;
    position += filled;
  }
}

/** Errors: `notFound`, `fileMissing`, `fileEmpty`, `attachmentTooLarge`, `fileUnreadable`. */
export function addAttachment(
  store: WritableStore,
  { of, id, file, name, note }: ParsedInputOf<'attachments.add'>,
): CallResult<OutputOf<'attachments.add'>> {
  const row = rowIdOf(store, of, id);
  if (row === null) return missing(of);
  const opened = openFile(file);
  if (!opened.ok) return opened;
  const { handle, bytes } = opened.value;
  try {
    const hash = createHash('sha256');
    let start = Buffer.alloc(0);
    for (const piece of piecesOf(handle)) {
      if (start.length === 0) start = Buffer.from(piece.subarray(0, 16));
      hash.update(piece);
    }
    const sha256 = hash.digest('hex');
    const called = safeFileName(name ?? basename(file));
    const made = write(store, { cause: 'edit' }, (w) => {
      keepContent(store, sha256, bytes, piecesOf(handle));
      const trimmed = note?.trim() ?? '';
      return createRecord(w, 'attachment', {
        name: called,
        mediaType: mediaTypeOf(called, start),
        bytes,
        sha256,
        note: trimmed === '' ? null : trimmed,
        ...holding(of, row),
      });
    });
    if (made.writeId === null) throw new Error('an attachment that wrote nothing');
    return ok({ id: made.value.uuid, name: called, writeId: made.writeId });
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    return err(callError('fileUnreadable', 'The file changed while it was read. Try again once it is finished.'));
  } finally {
    closeSync(handle);
  }
}

const holding = (of: Holder, row: number) => ({ [holderField(of)]: row });

const elsewhere = (): Result<never, CallError> =>
  err(
    callError('attachmentElsewhere', 'The file itself is not on this laptop: it comes with a bundle of the other one.'),
  );

/** Errors: `notFound`, `attachmentElsewhere`, and what the folder says. */
export async function saveAttachment(
  store: ReadableStore,
  { id, folder }: ParsedInputOf<'attachments.save'>,
): Promise<CallResult<OutputOf<'attachments.save'>>> {
  const attachment = readWire(store, 'attachment', id);
  if (!attachment) return missing('attachment');
  const pieces = attachment.sha256 === null ? null : pieceCount(store, attachment.sha256);
  if (pieces === null || attachment.sha256 === null) return elsewhere();
  const file = await beginFile(folder, freeName(folder, safeFileName(attachment.name)));
  try {
    for (let number = 0; number < pieces; number += 1) {
      const piece = readPiece(store, attachment.sha256, number);
      if (!piece) throw new Error('a piece of an attached file is missing');
      await file.write(piece);
    }
    const written = await file.finish();
    return ok({ file: written.name, bytes: written.bytes });
  } finally {
    await file.abandon();
  }
}

/** Only of pictures that a page draws. Errors: `notFound`, `attachmentElsewhere`. */
export function attachmentPart(
  store: ReadableStore,
  { id, number }: ParsedInputOf<'attachments.part'>,
): CallResult<OutputOf<'attachments.part'>> {
  const attachment = readWire(store, 'attachment', id);
  if (!attachment || previewTypeOf(attachment.mediaType) === null) return missing('picture');
  const { sha256 } = attachment;
  const pieces = sha256 === null ? null : pieceCount(store, sha256);
  if (pieces === null || sha256 === null) return elsewhere();
  const piece = readPiece(store, sha256, number);
  if (!piece) return missing('part');
  return ok({ base64: piece.toString('base64'), parts: pieces });
}
