/** What left for HQ and what came back; what arrived from other laptops and still waits for its other half. */
import type { Migration } from './migration.ts';

export const createCustody: Migration = {
  version: 140,
  name: 'create-custody',
  sql: `
  -- Bundles that this laptop wrote. Those with again = 0 follow one another without gaps: together they are everything
  -- ever exported. fromWrite and toWrite are origin numbers of this laptop's writes, both included.
  CREATE TABLE bundle (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    fileName TEXT NOT NULL,
    createdAtMs INTEGER NOT NULL,
    fromWrite INTEGER NOT NULL,
    toWrite INTEGER NOT NULL,
    changes INTEGER NOT NULL,
    sizeBytes INTEGER NOT NULL,
    again INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('exported', 'received', 'rejected')),
    reason TEXT,
    receiptAtMs INTEGER
  ) STRICT;

  -- Bundles of other laptops that were taken in here, whole.
  CREATE TABLE received_bundle (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    deviceId INTEGER NOT NULL REFERENCES device(id),
    receivedAtMs INTEGER NOT NULL,
    changes INTEGER NOT NULL
  ) STRICT;

  -- One row: how many changes this laptop made that HQ is to have. Kept by the triggers below whoever writes, so that
  -- the counters on every screen need no scan; it equals a sum over write (db/hq/custody.ts checks).
  CREATE TABLE custody (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    ownChanges INTEGER NOT NULL
  ) STRICT;

  -- Writes of cause 'system' (shipped configuration, the user who set the laptop up) and of the rules they make fire
  -- stay here: every laptop makes its own under the same ids. One transaction has one clock.
  CREATE INDEX write_system ON write (deviceId, clock) WHERE cause = 'system';

  CREATE VIEW own_device AS
    SELECT device.id AS id FROM setting
    JOIN device ON device.uid = unhex(replace(setting.value, '-', ''))
    WHERE setting.key = 'deviceId';

  INSERT INTO custody (id, ownChanges)
    SELECT 1, coalesce(sum(changes), 0) FROM write
    WHERE deviceId = (SELECT id FROM own_device)
      AND NOT EXISTS (SELECT 1 FROM write AS root
        WHERE root.deviceId = write.deviceId AND root.clock = write.clock AND root.cause = 'system');

  CREATE TRIGGER write_custody_insert AFTER INSERT ON write
    WHEN new.changes > 0 AND new.deviceId = (SELECT id FROM own_device)
      AND NOT EXISTS (SELECT 1 FROM write AS root
        WHERE root.deviceId = new.deviceId AND root.clock = new.clock AND root.cause = 'system')
  BEGIN
    UPDATE custody SET ownChanges = ownChanges + new.changes;
  END;
  CREATE TRIGGER write_custody_update AFTER UPDATE OF changes ON write
    WHEN new.changes <> old.changes AND new.deviceId = (SELECT id FROM own_device)
      AND NOT EXISTS (SELECT 1 FROM write AS root
        WHERE root.deviceId = new.deviceId AND root.clock = new.clock AND root.cause = 'system')
  BEGIN
    UPDATE custody SET ownChanges = ownChanges + new.changes - old.changes;
  END;

  -- Changes that arrived before the record they change, or before a record it cannot be without. Same columns as
  -- change, but the record is named by entity and uid; entities of a newer program wait here too.
  CREATE TABLE pending_change (
    id INTEGER PRIMARY KEY,
    writeId INTEGER NOT NULL REFERENCES write(id),
    entity TEXT NOT NULL,
    recordUid BLOB NOT NULL CHECK (length(recordUid) = 16),
    created INTEGER NOT NULL,
    fields TEXT NOT NULL
  ) STRICT;
  CREATE INDEX pending_change_record ON pending_change (entity, recordUid);

  -- References that wait for the record they point at: the field is blank meanwhile, its value is in the change log.
  CREATE TABLE pending_reference (
    targetEntity TEXT NOT NULL,
    targetUid BLOB NOT NULL CHECK (length(targetUid) = 16),
    entity TEXT NOT NULL,
    recordUid BLOB NOT NULL CHECK (length(recordUid) = 16),
    PRIMARY KEY (targetEntity, targetUid, entity, recordUid)
  ) STRICT, WITHOUT ROWID;

  -- Writes that undo one which has not arrived yet.
  CREATE TABLE pending_undo (
    deviceUid BLOB NOT NULL CHECK (length(deviceUid) = 16),
    originNumber INTEGER NOT NULL,
    writeId INTEGER NOT NULL REFERENCES write(id),
    PRIMARY KEY (deviceUid, originNumber, writeId)
  ) STRICT, WITHOUT ROWID;

  -- Two laptops changed the same field without knowing of each other: which write's value stands, which gave way.
  CREATE TABLE conflict (
    id INTEGER PRIMARY KEY,
    entity INTEGER NOT NULL,
    recordId INTEGER NOT NULL,
    field TEXT NOT NULL,
    keptWriteId INTEGER NOT NULL REFERENCES write(id),
    lostWriteId INTEGER NOT NULL REFERENCES write(id),
    seenAtMs INTEGER NOT NULL,
    UNIQUE (entity, recordId, field, keptWriteId, lostWriteId)
  ) STRICT;
`,
};
