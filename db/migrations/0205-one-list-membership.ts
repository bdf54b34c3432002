/**
 * A contact is on a subscription list once (domain.md section 1). Where it was twice, the membership that came to be
 * first stays (the smallest id) and the others go to the bin. From here on db/derived/list-membership.ts sees to it.
 */
import type { Migration } from './migration.ts';

export const oneListMembership: Migration = {
  version: 205,
  name: 'one-list-membership',
  sql: `
  CREATE INDEX list_member_pair ON list_member (listId, contactId) WHERE deletedAtMs IS NULL;

  CREATE TABLE surplus_member (id INTEGER PRIMARY KEY, atMs INTEGER NOT NULL) STRICT;
  INSERT INTO surplus_member
    SELECT later.id, max(later.createdAtMs, max(first.createdAtMs)) FROM list_member AS later
    JOIN list_member AS first
      ON first.listId = later.listId AND first.contactId = later.contactId AND first.uid < later.uid
      AND first.deletedAtMs IS NULL
    WHERE later.deletedAtMs IS NULL GROUP BY later.id;
  UPDATE list_member SET deletedAtMs = (SELECT atMs FROM surplus_member WHERE surplus_member.id = list_member.id)
    WHERE id IN (SELECT id FROM surplus_member);
  INSERT INTO counter (name, value) SELECT 'listMember:bin', count(*) FROM surplus_member WHERE true
    ON CONFLICT (name) DO UPDATE SET value = value + excluded.value;
  UPDATE counter SET value = value - (SELECT count(*) FROM surplus_member) WHERE name = 'listMember';
  DELETE FROM counter WHERE name = 'listMember:bin' AND value = 0;
  DROP TABLE surplus_member;
`,
};
