/** What happened: registrations, interactions, consent, calls, moves, tasks. */
import { baseColumns, searchOptions, type Migration } from './migration.ts';

export const createHappenings: Migration = {
  version: 40,
  name: 'create-happenings',
  sql: `
  -- Who registered for an event.
  CREATE TABLE registration (
    ${baseColumns},
    eventId INTEGER NOT NULL REFERENCES event(id),
    contactId INTEGER REFERENCES contact(id),
    status TEXT NOT NULL,
    role TEXT,
    ticketType TEXT,
    registeredAtMs INTEGER,
    answers TEXT NOT NULL,
    externalId TEXT,
    externalSource TEXT
  ) STRICT;
  CREATE INDEX registration_contact ON registration (contactId, eventId);
  CREATE INDEX registration_event ON registration (eventId);
  CREATE INDEX registration_external ON registration (externalId) WHERE externalId IS NOT NULL;

  -- Who came, and to which session.
  CREATE TABLE check_in (
    ${baseColumns},
    eventId INTEGER NOT NULL REFERENCES event(id),
    contactId INTEGER REFERENCES contact(id),
    registrationId INTEGER REFERENCES registration(id),
    session TEXT,
    inAtMs INTEGER,
    outAtMs INTEGER
  ) STRICT;
  CREATE INDEX check_in_contact ON check_in (contactId);
  CREATE INDEX check_in_event ON check_in (eventId);

  -- Something a contact did. Grow-only.
  CREATE TABLE interaction (
    ${baseColumns},
    kind TEXT NOT NULL,
    occurredAtMs INTEGER NOT NULL,
    eventKey TEXT NOT NULL,
    contactId INTEGER REFERENCES contact(id),
    leadId INTEGER REFERENCES lead(id),
    eventId INTEGER REFERENCES event(id),
    formId INTEGER REFERENCES capture_form(id),
    campaignId INTEGER REFERENCES campaign(id),
    source TEXT,
    subject TEXT,
    detail TEXT
  ) STRICT;
  -- The same event key is the same interaction. Not UNIQUE: two laptops may each have recorded it before they met.
  CREATE INDEX interaction_event_key ON interaction (eventKey);
  CREATE INDEX interaction_contact ON interaction (contactId, occurredAtMs) WHERE contactId IS NOT NULL;
  CREATE INDEX interaction_lead ON interaction (leadId, occurredAtMs) WHERE leadId IS NOT NULL;
  CREATE INDEX interaction_occurred ON interaction (occurredAtMs, id) WHERE deletedAtMs IS NULL;

  -- Membership of a subscription list; the contact’s, not the address’s.
  CREATE TABLE list_member (
    ${baseColumns},
    listId INTEGER NOT NULL REFERENCES subscription_list(id),
    contactId INTEGER NOT NULL REFERENCES contact(id)
  ) STRICT;
  CREATE INDEX list_member_contact ON list_member (contactId);
  CREATE INDEX list_member_list ON list_member (listId);

  -- Audit of data protection: before, after, when, by whom, the exact wording. Grow-only.
  CREATE TABLE consent_change (
    ${baseColumns},
    contactId INTEGER NOT NULL REFERENCES contact(id),
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    changedAtMs INTEGER NOT NULL,
    userId INTEGER REFERENCES user(id),
    source TEXT,
    formId INTEGER REFERENCES capture_form(id),
    wording TEXT,
    language TEXT
  ) STRICT;
  CREATE INDEX consent_change_contact ON consent_change (contactId, changedAtMs);

  -- Every move of a lead: from, to, by whom or by which rule, when, why. Grow-only.
  CREATE TABLE stage_move (
    ${baseColumns},
    leadId INTEGER NOT NULL REFERENCES lead(id),
    processId INTEGER REFERENCES process(id),
    fromStage TEXT,
    toStage TEXT,
    movedAtMs INTEGER NOT NULL,
    userId INTEGER REFERENCES user(id),
    rule TEXT,
    reason TEXT
  ) STRICT;
  CREATE INDEX stage_move_lead ON stage_move (leadId, movedAtMs);

  -- One phone call and how it ended. Grow-only.
  CREATE TABLE call (
    ${baseColumns},
    leadId INTEGER REFERENCES lead(id),
    contactId INTEGER REFERENCES contact(id),
    userId INTEGER REFERENCES user(id),
    number TEXT,
    outcome TEXT NOT NULL,
    startedAtMs INTEGER NOT NULL,
    durationSeconds INTEGER,
    callbackAtMs INTEGER,
    notes TEXT
  ) STRICT;
  CREATE INDEX call_lead ON call (leadId, startedAtMs);
  CREATE INDEX call_contact ON call (contactId, startedAtMs);
  CREATE INDEX call_started ON call (startedAtMs, id) WHERE deletedAtMs IS NULL;

  -- Work for a person.
  CREATE TABLE task (
    ${baseColumns},
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    leadId INTEGER REFERENCES lead(id),
    contactId INTEGER REFERENCES contact(id),
    ownerId INTEGER REFERENCES user(id),
    forRole TEXT,
    dueAtMs INTEGER,
    doneAtMs INTEGER,
    description TEXT
  ) STRICT;
  CREATE INDEX task_label_key ON task (labelKey, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX task_lead ON task (leadId);
  CREATE INDEX task_contact ON task (contactId);
  CREATE INDEX task_due ON task (dueAtMs, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX task_open ON task (forRole, dueAtMs) WHERE deletedAtMs IS NULL AND doneAtMs IS NULL;
  CREATE VIRTUAL TABLE task_search USING fts5 ${searchOptions};
`,
};
