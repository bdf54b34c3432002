/** The change log: every write, by whom and why, and what it changed (design.md, "The store"). */
import type { Migration } from './migration.ts';

export const createChangeLog: Migration = {
  version: 10,
  name: 'create-change-log',
  sql: `
  -- Facts of this file and laptop: workspace id and name, device id, session, schema marks. Never synced.
  CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Laptops of the workspace, this one included. Public keys are base64url.
  CREATE TABLE device (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    name TEXT NOT NULL,
    publicKey TEXT
  ) STRICT;

  -- One row a write: a set of changes that stand or fall together.
  -- clock: hybrid logical clock, milliseconds * 1024 + counter. (deviceId, originNumber) is the write's identity across
  -- laptops: this laptop's own writes count 1, 2, 3 …
  -- parentWriteId: the write whose change made a rule fire. operationId: import or job that several writes belong to.
  CREATE TABLE write (
    id INTEGER PRIMARY KEY,
    deviceId INTEGER NOT NULL REFERENCES device(id),
    originNumber INTEGER NOT NULL,
    clock INTEGER NOT NULL,
    atMs INTEGER NOT NULL,
    userId INTEGER REFERENCES user(id),
    cause TEXT NOT NULL,
    causeLabel TEXT,
    operationId TEXT,
    parentWriteId INTEGER REFERENCES write(id),
    undoesWriteId INTEGER REFERENCES write(id),
    undoneByWriteId INTEGER REFERENCES write(id),
    changes INTEGER NOT NULL DEFAULT 0,
    UNIQUE (deviceId, originNumber)
  ) STRICT;
  CREATE INDEX write_operation ON write (operationId) WHERE operationId IS NOT NULL;
  CREATE INDEX write_parent ON write (parentWriteId) WHERE parentWriteId IS NOT NULL;

  -- One row a record and write. entity: code of db/change-log/entity-codes.ts. created: 1 when the record came to be.
  -- fields: {field: [old, new]}, references as record ids (UUID); a deletion is deletedAtMs: [null, time].
  CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    writeId INTEGER NOT NULL REFERENCES write(id),
    entity INTEGER NOT NULL,
    recordId INTEGER NOT NULL,
    created INTEGER NOT NULL,
    fields TEXT NOT NULL
  ) STRICT;
  CREATE INDEX change_record ON change (entity, recordId);
  CREATE INDEX change_write ON change (writeId);

  -- Counters that screens show, kept by every write; a rebuild gives the same.
  CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`,
};
