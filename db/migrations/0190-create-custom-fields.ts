/**
 * Fields that the workspace adds. Their values are columns of the tables they belong to (`x_` and twelve hex digits, and
 * a folded key beside it), made when a definition comes (db/records/custom-columns.ts): no migration knows them, and the
 * schema snapshot leaves them out.
 */
import { baseColumns, type Migration } from './migration.ts';

export const createCustomFields: Migration = {
  version: 190,
  name: 'create-custom-fields',
  sql: `
  -- entity, kind: shared/model/custom-field.ts. options is a JSON list of texts.
  CREATE TABLE custom_field (
    ${baseColumns},
    name TEXT NOT NULL,
    entity TEXT NOT NULL,
    kind TEXT NOT NULL,
    options TEXT NOT NULL,
    help TEXT,
    position INTEGER
  ) STRICT;
  CREATE INDEX custom_field_label_key ON custom_field (labelKey, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX custom_field_bin ON custom_field (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

  -- Records of which the change log holds a value that could not be put in: its field has not arrived yet, or is of
  -- another kind. Tried again when the definition comes or changes.
  CREATE TABLE pending_value (
    field TEXT NOT NULL,
    entity INTEGER NOT NULL,
    recordId INTEGER NOT NULL,
    PRIMARY KEY (field, entity, recordId)
  ) STRICT, WITHOUT ROWID;
`,
};
