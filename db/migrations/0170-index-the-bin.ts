/** Records in the bin are in the search index too: they are found there, and moving thousands leaves the index alone. */
import type { Migration } from './migration.ts';

// written out, not derived from the model: what a migration does must not change with what comes later
const searched =
  'user process scoring_model matching_strategy campaign product event capture_form subscription_list account contact lead opportunity segment'.split(
    ' ',
  );

export const indexTheBin: Migration = {
  version: 170,
  name: 'index-the-bin',
  sql: searched
    .map(
      (table) => `
  INSERT INTO ${table}_search (rowid, text) SELECT id, searchText FROM ${table} WHERE deletedAtMs IS NOT NULL;`,
    )
    .join(''),
};
