/** What matching strategies found for captures, counted as they come in. */
import type { Migration } from './migration.ts';

export const countStrategyOutcomes: Migration = {
  version: 250,
  name: 'count-strategy-outcomes',
  sql: `
  -- How often a strategy found one record, several, none, or had no key to look by: for each form and day (YYYY-MM-DD,
  -- local). formUid: x'' for the rule over unlinked leads. Of this laptop alone, and history: what is undone later stays
  -- counted. By uid, since what is counted may leave the bin for good.
  CREATE TABLE strategy_outcome (
    strategyUid BLOB NOT NULL CHECK (length(strategyUid) = 16),
    day TEXT NOT NULL,
    formUid BLOB NOT NULL,
    one INTEGER NOT NULL DEFAULT 0,
    several INTEGER NOT NULL DEFAULT 0,
    none INTEGER NOT NULL DEFAULT 0,
    blankKey INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (strategyUid, day, formUid)
  ) STRICT, WITHOUT ROWID;
`,
};
