/** Which id leads to which after a merge, and which pairs were decided about. */
import { baseColumns, type Migration } from './migration.ts';

export const createMerging: Migration = {
  version: 220,
  name: 'create-merging',
  sql: `
  -- A merged record and the one that stands for it; uid follows from entity and fromId, so there is one for each.
  CREATE TABLE redirect (
    ${baseColumns},
    entity TEXT NOT NULL,
    fromId TEXT,
    toId TEXT
  ) STRICT;
  CREATE INDEX redirect_label_key ON redirect (labelKey, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX redirect_bin ON redirect (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;
  CREATE INDEX redirect_to ON redirect (entity, toId) WHERE deletedAtMs IS NULL;

  -- comparison is JSON: {field: level} (shared/rules/linkage).
  CREATE TABLE duplicate_decision (
    ${baseColumns},
    entity TEXT NOT NULL,
    firstId TEXT,
    secondId TEXT,
    decision TEXT NOT NULL,
    userId INTEGER REFERENCES user(id),
    decidedAtMs INTEGER,
    comparison TEXT NOT NULL
  ) STRICT;
  CREATE INDEX duplicate_decision_label_key ON duplicate_decision (labelKey, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX duplicate_decision_bin ON duplicate_decision (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;
  CREATE INDEX duplicate_decision_entity ON duplicate_decision (entity) WHERE deletedAtMs IS NULL;

  -- Whose guardian somebody is: a merge moves it.
  CREATE INDEX contact_guardian ON contact (guardianId) WHERE guardianId IS NOT NULL;
`,
};
