/** What is left of records that are gone for good: enough to know them again and nothing that they held. */
import type { Migration } from './migration.ts';

export const createTombstones: Migration = {
  version: 206,
  name: 'create-tombstones',
  sql: `
  -- change.recordId of such a record is the tombstone's id, negative: row ids are used again, these are not.
  CREATE TABLE tombstone (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entity INTEGER NOT NULL,
    uid BLOB NOT NULL CHECK (length(uid) = 16),
    purgedAtMs INTEGER NOT NULL,
    UNIQUE (entity, uid)
  ) STRICT;

  -- Who points at a record that goes.
  CREATE INDEX contact_source_event ON contact (sourceEventId) WHERE sourceEventId IS NOT NULL;
  CREATE INDEX contact_source_campaign ON contact (sourceCampaignId) WHERE sourceCampaignId IS NOT NULL;
  CREATE INDEX interaction_event ON interaction (eventId) WHERE eventId IS NOT NULL;
  CREATE INDEX interaction_campaign ON interaction (campaignId) WHERE campaignId IS NOT NULL;
  CREATE INDEX event_campaign ON event (campaignId) WHERE campaignId IS NOT NULL;
  CREATE INDEX check_in_registration ON check_in (registrationId) WHERE registrationId IS NOT NULL;
  CREATE INDEX import_row_record ON import_row (recordId, entity) WHERE recordId IS NOT NULL;
`,
};
