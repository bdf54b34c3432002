/** What a workspace is set up with. */
import { baseColumns, searchOptions, type Migration } from './migration.ts';

export const createConfiguration: Migration = {
  version: 20,
  name: 'create-configuration',
  sql: `
  -- People who use the laptops: owners of records, authors of changes.
  CREATE TABLE user (
    ${baseColumns},
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    email TEXT,
    deviceId TEXT,
    active INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX user_label_key ON user (labelKey, id) WHERE deletedAtMs IS NULL;
  CREATE VIRTUAL TABLE user_search USING fts5 ${searchOptions};

  -- The stages that leads go through; definition is JSON (shared/rules/process/definition.ts).
  CREATE TABLE process (
    ${baseColumns},
    name TEXT NOT NULL,
    isDefault INTEGER NOT NULL,
    definition TEXT NOT NULL
  ) STRICT;
  CREATE INDEX process_label_key ON process (labelKey, id) WHERE deletedAtMs IS NULL;
  CREATE VIRTUAL TABLE process_search USING fts5 ${searchOptions};

  -- Lead scoring; definition is JSON (shared/rules/scoring/definition.ts).
  CREATE TABLE scoring_model (
    ${baseColumns},
    name TEXT NOT NULL,
    target TEXT NOT NULL,
    state TEXT NOT NULL,
    definition TEXT NOT NULL
  ) STRICT;
  CREATE INDEX scoring_model_label_key ON scoring_model (labelKey, id) WHERE deletedAtMs IS NULL;
  CREATE VIRTUAL TABLE scoring_model_search USING fts5 ${searchOptions};

  -- Decides whether a record exists already; definition is JSON (shared/rules/matching/definition.ts).
  CREATE TABLE matching_strategy (
    ${baseColumns},
    name TEXT NOT NULL,
    target TEXT NOT NULL,
    isDefault INTEGER NOT NULL,
    definition TEXT NOT NULL
  ) STRICT;
  CREATE INDEX matching_strategy_label_key ON matching_strategy (labelKey, id) WHERE deletedAtMs IS NULL;
  CREATE VIRTUAL TABLE matching_strategy_search USING fts5 ${searchOptions};

  -- What an interest is in; carries its cost.
  CREATE TABLE campaign (
    ${baseColumns},
    name TEXT NOT NULL,
    kind TEXT,
    startsOn TEXT,
    endsOn TEXT,
    cost REAL,
    currency TEXT,
    description TEXT
  ) STRICT;
  CREATE INDEX campaign_label_key ON campaign (labelKey, id) WHERE deletedAtMs IS NULL;
  CREATE VIRTUAL TABLE campaign_search USING fts5 ${searchOptions};

  -- What an interest is in.
  CREATE TABLE product (
    ${baseColumns},
    name TEXT NOT NULL,
    code TEXT,
    description TEXT
  ) STRICT;
  CREATE INDEX product_label_key ON product (labelKey, id) WHERE deletedAtMs IS NULL;
  CREATE VIRTUAL TABLE product_search USING fts5 ${searchOptions};

  -- A conference or an event of one’s own.
  CREATE TABLE event (
    ${baseColumns},
    name TEXT NOT NULL,
    campaignId INTEGER REFERENCES campaign(id),
    startsOn TEXT,
    endsOn TEXT,
    timeZone TEXT,
    venue TEXT,
    city TEXT,
    country TEXT,
    capacity INTEGER,
    cost REAL,
    currency TEXT,
    description TEXT
  ) STRICT;
  CREATE INDEX event_label_key ON event (labelKey, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX event_starts ON event (startsOn, id) WHERE deletedAtMs IS NULL;
  CREATE VIRTUAL TABLE event_search USING fts5 ${searchOptions};

  -- The offline counterpart of a landing page; definition is JSON.
  CREATE TABLE capture_form (
    ${baseColumns},
    name TEXT NOT NULL,
    eventId INTEGER REFERENCES event(id),
    campaignId INTEGER REFERENCES campaign(id),
    active INTEGER NOT NULL,
    definition TEXT NOT NULL
  ) STRICT;
  CREATE INDEX capture_form_label_key ON capture_form (labelKey, id) WHERE deletedAtMs IS NULL;
  CREATE VIRTUAL TABLE capture_form_search USING fts5 ${searchOptions};

  -- A list of contacts who asked for a kind of mail.
  CREATE TABLE subscription_list (
    ${baseColumns},
    name TEXT NOT NULL,
    description TEXT
  ) STRICT;
  CREATE INDEX subscription_list_label_key ON subscription_list (labelKey, id) WHERE deletedAtMs IS NULL;
  CREATE VIRTUAL TABLE subscription_list_search USING fts5 ${searchOptions};

  -- A saved question whose answer is a set of contacts.
  CREATE TABLE segment (
    ${baseColumns},
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    wentLiveAtMs INTEGER,
    description TEXT,
    query TEXT,
    operations TEXT NOT NULL,
    memberCount INTEGER,
    timeZone TEXT,
    ownerId INTEGER REFERENCES user(id)
  ) STRICT;
  CREATE INDEX segment_label_key ON segment (labelKey, id) WHERE deletedAtMs IS NULL;
  CREATE VIRTUAL TABLE segment_search USING fts5 ${searchOptions};
`,
};
