/** Imports: what was run, rows known by their fingerprint, remembered mappings, and items that wait for a person. */
import type { Migration } from './migration.ts';

export const createImports: Migration = {
  version: 110,
  name: 'create-imports',
  sql: `
  -- One run of an import. Its writes carry uid as their operationId. finishedAtMs stays NULL where the program was
  -- ended in the middle: what had been saved by then is saved.
  CREATE TABLE import_run (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    fileName TEXT NOT NULL,
    format TEXT NOT NULL,
    kind TEXT NOT NULL,
    captureSource TEXT,
    startedAtMs INTEGER NOT NULL,
    finishedAtMs INTEGER,
    undoneAtMs INTEGER,
    cancelled INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL DEFAULT 0,
    updated INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    pending INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    flagged INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  -- Rows that no key identifies, by a hash of their cells (shared/rules/matching/fingerprint.ts), so that a second
  -- import of one changes nothing. recordId: the record that it became, in the table of entity; NULL for a row that
  -- waits for a person (waiting = 1) or was skipped.
  CREATE TABLE import_row (
    fingerprint BLOB PRIMARY KEY CHECK (length(fingerprint) = 16),
    entity INTEGER,
    recordId INTEGER,
    waiting INTEGER NOT NULL,
    importRunId INTEGER NOT NULL REFERENCES import_run(id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX import_row_run ON import_row (importRunId);

  -- What a person said that the columns of a file fill, by the set of its headers: {header: field}.
  CREATE TABLE import_mapping (
    headerSet TEXT NOT NULL,
    kind TEXT NOT NULL,
    fields TEXT NOT NULL,
    usedAtMs INTEGER NOT NULL,
    PRIMARY KEY (headerSet, kind)
  ) STRICT, WITHOUT ROWID;

  -- Items that wait for a person: blank keys, several matches, rows that could not be read. Nothing is lost.
  -- fieldValues: {import field: value as it came}. candidates: [{id, label, why}]. context: what a retry needs to know
  -- beside the values. outcome and recordId: what a person made of it.
  CREATE TABLE review_item (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    source TEXT NOT NULL,
    sourceName TEXT NOT NULL,
    importRunId INTEGER REFERENCES import_run(id),
    line INTEGER,
    reason TEXT NOT NULL,
    message TEXT NOT NULL,
    kind TEXT NOT NULL,
    fieldValues TEXT NOT NULL,
    candidates TEXT NOT NULL,
    context TEXT NOT NULL,
    -- Of captures: submitting the same one again is no second item.
    captureKey TEXT,
    createdAtMs INTEGER NOT NULL,
    resolvedAtMs INTEGER,
    outcome TEXT
  ) STRICT;
  CREATE INDEX review_item_open ON review_item (id) WHERE resolvedAtMs IS NULL;
  CREATE INDEX review_item_run ON review_item (importRunId) WHERE importRunId IS NOT NULL;
  -- What was captured with a form, newest first.
  CREATE INDEX interaction_form ON interaction (formId, occurredAtMs) WHERE formId IS NOT NULL;
  CREATE UNIQUE INDEX review_item_capture ON review_item (captureKey) WHERE captureKey IS NOT NULL;
`,
};
