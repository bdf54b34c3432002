/** Notes and files kept with a record, and the bytes of the files. */
import { baseColumns, searchOptions, type Migration } from './migration.ts';

const holders = ['contact', 'account', 'lead', 'opportunity', 'event'];
const held = holders.map((holder) => `${holder}Id INTEGER REFERENCES ${holder}(id)`).join(',\n    ');

const indexes = (table: string, time: string) => `
  CREATE INDEX ${table}_label_key ON ${table} (labelKey, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX ${table}_bin ON ${table} (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;
${holders.map((holder) => `  CREATE INDEX ${table}_${holder} ON ${table} (${holder}Id, ${time}) WHERE ${holder}Id IS NOT NULL;`).join('\n')}
  CREATE VIRTUAL TABLE ${table}_search USING fts5 ${searchOptions};`;

export const createNotes: Migration = {
  version: 210,
  name: 'create-notes',
  sql: `
  -- What somebody wrote about a record.
  CREATE TABLE note (
    ${baseColumns},
    text TEXT NOT NULL,
    pinned INTEGER NOT NULL,
    authorId INTEGER REFERENCES user(id),
    writtenAtMs INTEGER,
    ${held}
  ) STRICT;
${indexes('note', 'writtenAtMs')}

  -- A file kept with a record: what it is. Its bytes are the file_content of the same sha256.
  CREATE TABLE attachment (
    ${baseColumns},
    name TEXT NOT NULL,
    mediaType TEXT,
    bytes INTEGER,
    sha256 TEXT,
    note TEXT,
    authorId INTEGER REFERENCES user(id),
    addedAtMs INTEGER,
    ${held}
  ) STRICT;
${indexes('attachment', 'addedAtMs')}
  CREATE INDEX attachment_sha256 ON attachment (sha256);

  -- Bytes, once for all attachments that have the same. isWhole 0: still coming in with a bundle.
  CREATE TABLE file_content (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    bytes INTEGER NOT NULL,
    isWhole INTEGER NOT NULL
  ) STRICT;
  -- In pieces, so that a large file is never in memory whole.
  CREATE TABLE file_chunk (
    id INTEGER PRIMARY KEY,
    contentId INTEGER NOT NULL REFERENCES file_content(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    data BLOB NOT NULL,
    UNIQUE (contentId, number)
  ) STRICT;
`,
};
