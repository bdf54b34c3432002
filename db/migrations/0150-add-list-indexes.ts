/** What lists need beyond sorting: views, the bin, orders of growing tables, accounts without a contact. */
import type { Migration } from './migration.ts';

const owned = ['account', 'contact', 'lead', 'opportunity', 'task'];
// written out, not derived from the model: what a migration does must not change with what comes later
const tables =
  'user process scoring_model matching_strategy campaign product event capture_form subscription_list account contact lead opportunity registration check_in interaction list_member consent_change stage_move call task segment segment_member'.split(
    ' ',
  );
const dated = ['opportunity', 'task'];

export const addListIndexes: Migration = {
  version: 150,
  name: 'add-list-indexes',
  sql: `
  -- How many contacts, the bin left out, an account has; kept by db/derived/account-contacts.ts. One without is listed,
  -- because no segment can reach it (domain.md section 1).
  ALTER TABLE account ADD COLUMN contactCount INTEGER NOT NULL DEFAULT 0;
  UPDATE account SET contactCount =
    (SELECT count(*) FROM contact WHERE contact.accountId = account.id AND contact.deletedAtMs IS NULL);
  CREATE INDEX account_without_contact ON account (labelKey, id) WHERE deletedAtMs IS NULL AND contactCount = 0;

  CREATE INDEX lead_open ON lead (labelKey, id) WHERE deletedAtMs IS NULL AND status = 'open';
  CREATE INDEX lead_teleprospecting ON lead (labelKey, id) WHERE deletedAtMs IS NULL AND status = 'open'
    AND stage IN ('teleprospectAcceptance', 'teleprospectQualification');
  CREATE INDEX opportunity_open ON opportunity (labelKey, id) WHERE deletedAtMs IS NULL AND status = 'open';
  CREATE INDEX task_label_open ON task (labelKey, id) WHERE deletedAtMs IS NULL AND doneAtMs IS NULL;
  -- "mine"
${owned.map((table) => `  CREATE INDEX ${table}_mine ON ${table} (ownerId, labelKey, id) WHERE deletedAtMs IS NULL AND ownerId IS NOT NULL;`).join('\n')}
${dated.flatMap((table) => ['createdAtMs', 'updatedAtMs'].map((column) => `  CREATE INDEX ${table}_${column === 'createdAtMs' ? 'created' : 'updated'}_at_ms ON ${table} (${column}, id) WHERE deletedAtMs IS NULL;`)).join('\n')}
  -- The bin of each kind of record.
${tables.map((table) => `  CREATE INDEX ${table}_bin ON ${table} (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;`).join('\n')}
`,
};
