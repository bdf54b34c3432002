/**
 * What people keep with a record: notes they write and files they attach. Each belongs to the record on whose page it
 * was made, and shows on the pages around that one as well (db/records/kept.ts).
 */
import { z } from 'zod';
import { safeFileName } from '../rules/attachment.ts';
import { entity, flag, instant, integer, longText, ref, requiredText, text } from './field.ts';

/** The records that notes and files are kept with. */
export const holders = ['contact', 'account', 'lead', 'opportunity', 'event'] as const;
export type Holder = (typeof holders)[number];

/** The field of a note or attachment that names its record. */
export const holderField = <H extends Holder>(holder: H): `${H}Id` => `${holder}Id`;

const held = () => ({
  contactId: ref('contact'),
  accountId: ref('account'),
  leadId: ref('lead'),
  opportunityId: ref('opportunity'),
  eventId: ref('event'),
});

export const longestNote = 20_000;

export const note = entity({
  name: 'note',
  area: 'notes',
  searchable: true,
  sortable: [],
  fields: {
    text: {
      ...longText({ max: longestNote }),
      schema: z
        .string()
        .max(longestNote)
        .transform((value) => value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '').trim())
        .refine((value) => value !== '', 'must not be blank'),
      required: true,
    },
    pinned: flag(false),
    authorId: ref('user', { computed: true }),
    writtenAtMs: instant({ computed: true }),
    ...held(),
  },
});

/** A file. Its bytes rest once for all attachments that have the same (db/records/file-content.ts). */
export const attachment = entity({
  name: 'attachment',
  area: 'attachments',
  searchable: true,
  sortable: [],
  fields: {
    name: { ...requiredText(), schema: z.string().max(2000).transform(safeFileName) },
    mediaType: text({ max: 200, computed: true }),
    bytes: integer({ min: 0, computed: true }),
    sha256: text({ max: 64, computed: true }),
    note: longText({ max: 4000 }),
    authorId: ref('user', { computed: true }),
    addedAtMs: instant({ computed: true }),
    ...held(),
  },
});
