/** Notes and files kept with a record. */
import { z } from 'zod';
import { recordSchema } from '../model/field.ts';
import { uuidSchema } from '../model/ids.ts';
import { attachment, holders, note } from '../model/notes.ts';
import { call } from './call.ts';
import { fileRefSchema, folderRefSchema } from './parts.ts';

const of = { of: z.enum(holders), id: uuidSchema };
const page = {
  ...of,
  limit: z.int().min(1).max(1000).default(50),
  offset: z.int().min(0).default(0),
  /** Those in the bin instead, the last removed first. */
  binned: z.boolean().default(false),
};
/** How many of the bin there are. */
const inBin = z.int();

const attachmentSchema = recordSchema(attachment).extend({
  /** The bytes are on this laptop. */
  isHere: z.boolean(),
  /** Where they are, when they are not here: the laptop that the file was attached on. */
  laptop: z.string().nullable(),
});
export type AttachmentRow = z.output<typeof attachmentSchema>;

export const notesContract = {
  'notes.about': call(
    'read',
    'Notes of a record and of the records around it, pinned ones first, then the newest',
    z.strictObject(page),
    z.object({ notes: z.array(recordSchema(note)), total: z.int(), inBin }),
    ['notFound'],
  ),
  'attachments.about': call(
    'read',
    'Files of a record and of the records around it, the newest first',
    z.strictObject(page),
    z.object({ attachments: z.array(attachmentSchema), total: z.int(), inBin }),
    ['notFound'],
  ),
  'attachments.add': call(
    'write',
    'Attaches a file to a record: its bytes are kept inside the database, the same bytes once',
    z.strictObject({
      ...of,
      file: fileRefSchema,
      /** Its own name where the file lies under another one; made safe. */
      name: z.string().max(2000).optional(),
      note: z.string().max(4000).optional(),
    }),
    z.object({ id: uuidSchema, name: z.string(), writeId: z.int() }),
    ['notFound', 'fileMissing', 'fileEmpty', 'attachmentTooLarge', 'fileUnreadable', 'diskFull'],
  ),
  'attachments.save': call(
    'read',
    'Writes a copy of an attached file into a folder',
    z.strictObject({ id: uuidSchema, folder: folderRefSchema }),
    z.object({ file: z.string(), bytes: z.int() }),
    ['notFound', 'attachmentElsewhere', 'diskFull', 'notPermitted'],
  ),
  'attachments.part': call(
    'read',
    'A part of an attached picture, for showing it; parts are numbered from 0',
    z.strictObject({ id: uuidSchema, number: z.int().min(0).max(1000) }),
    z.object({ base64: z.string(), parts: z.int() }),
    ['notFound', 'attachmentElsewhere'],
  ),
};
