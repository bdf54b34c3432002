/** Tags of contacts, accounts and leads: a list in the record, and a row a tag to find them by. */
import type { Migration } from './migration.ts';

const tables = ['contact', 'account', 'lead'] as const;

export const addTags: Migration = {
  version: 200,
  name: 'add-tags',
  sql: tables
    .map(
      (table) => `
  -- JSON list of texts, as typed.
  ALTER TABLE ${table} ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';

  -- One row a tag. tagKey is folded: spellings that fold alike are one tag.
  CREATE TABLE ${table}_tag (
    ${table}Id INTEGER NOT NULL REFERENCES ${table}(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    tag TEXT NOT NULL,
    tagKey TEXT NOT NULL,
    PRIMARY KEY (${table}Id, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX ${table}_tag_key ON ${table}_tag (tagKey, ${table}Id);
`,
    )
    .join(''),
};
