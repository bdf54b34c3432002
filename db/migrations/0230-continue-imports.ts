/** What an import that was cut needs to go on: which file, how it was read, how far it came. */
import type { Migration } from './migration.ts';

export const continueImports: Migration = {
  version: 230,
  name: 'continue-imports',
  sql: `
  -- filePath, fileBytes, fileMark: the file, its length, and a hash of its beginning and end; NULL for pasted cells.
  -- options: the input of the import as given. context: what its rows have in common (electron: RunContext).
  -- rowsDone: rows of the file that are behind it, saved with each batch.
  -- interruptedAtMs: when a run that has not finished was found to have ended; NULL while it runs.
  ALTER TABLE import_run ADD COLUMN filePath TEXT;
  ALTER TABLE import_run ADD COLUMN fileBytes INTEGER;
  ALTER TABLE import_run ADD COLUMN fileMark TEXT;
  ALTER TABLE import_run ADD COLUMN options TEXT;
  ALTER TABLE import_run ADD COLUMN context TEXT;
  ALTER TABLE import_run ADD COLUMN rowsDone INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE import_run ADD COLUMN interruptedAtMs INTEGER;
  CREATE INDEX import_run_unfinished ON import_run (id) WHERE finishedAtMs IS NULL;
`,
};
