/** Lists as somebody set them up, under a name. */
import { baseColumns, type Migration } from './migration.ts';

export const createSavedViews: Migration = {
  version: 160,
  name: 'create-saved-views',
  sql: `
  -- definition is JSON (shared/model/configuration.ts, savedView).
  CREATE TABLE saved_view (
    ${baseColumns},
    name TEXT NOT NULL,
    entity TEXT NOT NULL,
    shared INTEGER NOT NULL,
    ownerId INTEGER REFERENCES user(id),
    definition TEXT NOT NULL
  ) STRICT;
  CREATE INDEX saved_view_label_key ON saved_view (labelKey, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX saved_view_bin ON saved_view (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;
`,
};
