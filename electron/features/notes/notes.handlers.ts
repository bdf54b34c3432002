/** Notes and files kept with a record. Writing, changing and removing a note are calls that every record has. */
import { callError } from '../../../shared/contract/call.ts';
import type { notesContract } from '../../../shared/contract/notes.ts';
import { err, ok } from '../../../shared/result.ts';
import { keptWith } from '../../../db/records/kept.ts';
import { readWireRows, rowIdOf } from '../../../db/records/read.ts';
import type { HandlersOf } from '../handler.ts';
import { addAttachment, attachmentPart, attachmentsAbout, saveAttachment } from './attachments.service.ts';

export const notesHandlers = {
  'notes.about': ({ of, id, ...page }, { store }) => {
    const row = rowIdOf(store, of, id);
    if (row === null) return err(callError('notFound', `There is no such ${of} here.`, { field: 'id' }));
    const { ids, ...counts } = keptWith(store, 'note', of, row, page);
    return ok({ notes: readWireRows(store, 'note', ids), ...counts });
  },
  'attachments.about': (input, { store }) => attachmentsAbout(store, input),
  'attachments.add': (input, { store }) => addAttachment(store, input),
  'attachments.save': (input, { store }) => saveAttachment(store, input),
  'attachments.part': (input, { store }) => attachmentPart(store, input),
} satisfies HandlersOf<keyof typeof notesContract>;
