/** Who is in a segment: picked for a static one, found for a live one. */
import { baseColumns, type Migration } from './migration.ts';

export const createSegmentMembers: Migration = {
  version: 120,
  name: 'create-segment-members',
  sql: `
  -- Contacts picked for static segments.
  CREATE TABLE segment_member (
    ${baseColumns},
    segmentId INTEGER NOT NULL REFERENCES segment(id),
    contactId INTEGER NOT NULL REFERENCES contact(id)
  ) STRICT;
  CREATE INDEX segment_member_segment ON segment_member (segmentId, contactId) WHERE deletedAtMs IS NULL;
  CREATE INDEX segment_member_contact ON segment_member (contactId);

  -- Members of live segments, as db/derived/segment-members.ts keeps them; a rebuild gives the same. Never synced.
  CREATE TABLE segment_live_member (
    segmentId INTEGER NOT NULL REFERENCES segment(id) ON DELETE CASCADE,
    contactId INTEGER NOT NULL REFERENCES contact(id) ON DELETE CASCADE,
    PRIMARY KEY (segmentId, contactId)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX segment_live_member_contact ON segment_live_member (contactId);

  -- Behaviour asks for interactions of a kind, by contact, in a window; this index answers it alone.
  CREATE INDEX interaction_kind ON interaction (kind, contactId, occurredAtMs) WHERE deletedAtMs IS NULL;

  -- When the members of a live segment were last found. dirty: 1 when records changed since that its question may read
  -- in ways that are not followed one by one, or when its relative dates have moved on.
  CREATE TABLE segment_upkeep (
    segmentId INTEGER PRIMARY KEY REFERENCES segment(id) ON DELETE CASCADE,
    foundAtMs INTEGER NOT NULL,
    dirty INTEGER NOT NULL
  ) STRICT;
`,
};
