-- Written by test/unit/db/schema.test.ts; do not edit.

CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    parentAccountId INTEGER REFERENCES account(id),
    website TEXT,
    phones TEXT NOT NULL,
    addresses TEXT NOT NULL,
    industry TEXT,
    employees INTEGER,
    annualRevenue REAL,
    currency TEXT,
    description TEXT,
    ownerId INTEGER REFERENCES user(id),
    externalId TEXT,
    externalSource TEXT,
    flaggedValues TEXT NOT NULL,
    phone TEXT,
    industryKey TEXT
  , contactCount INTEGER NOT NULL DEFAULT 0, tags TEXT NOT NULL DEFAULT '[]') STRICT;

CREATE VIRTUAL TABLE account_search USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');

CREATE TABLE account_tag (
    accountId INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    tag TEXT NOT NULL,
    tagKey TEXT NOT NULL,
    PRIMARY KEY (accountId, position)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE attachment (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
    name TEXT NOT NULL,
    mediaType TEXT,
    bytes INTEGER,
    sha256 TEXT,
    note TEXT,
    authorId INTEGER REFERENCES user(id),
    addedAtMs INTEGER,
    contactId INTEGER REFERENCES contact(id),
    accountId INTEGER REFERENCES account(id),
    leadId INTEGER REFERENCES lead(id),
    opportunityId INTEGER REFERENCES opportunity(id),
    eventId INTEGER REFERENCES event(id)
  ) STRICT;

CREATE VIRTUAL TABLE attachment_search USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');

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

CREATE TABLE call (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
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

CREATE TABLE call_queue_hours (
    hoursKey TEXT PRIMARY KEY
  ) STRICT, WITHOUT ROWID;

CREATE TABLE call_queue_item (
    leadId INTEGER PRIMARY KEY REFERENCES lead(id) ON DELETE CASCADE,
    stage TEXT NOT NULL,
    number TEXT,
    e164 TEXT,
    score INTEGER,
    attempts INTEGER NOT NULL,
    lastAttemptAtMs INTEGER,
    enteredAtMs INTEGER NOT NULL,
    callbackAtMs INTEGER,
    dueAtMs INTEGER NOT NULL,
    blocked TEXT,
    hoursKey TEXT NOT NULL,
    priority INTEGER NOT NULL,
    ready INTEGER NOT NULL,
    heldBy INTEGER,
    heldUntilMs INTEGER,
    skippedUntilMs INTEGER
  ) STRICT;

CREATE TABLE campaign (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
    name TEXT NOT NULL,
    kind TEXT,
    startsOn TEXT,
    endsOn TEXT,
    cost REAL,
    currency TEXT,
    description TEXT
  ) STRICT;

CREATE VIRTUAL TABLE campaign_search USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');

CREATE TABLE capture_form (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
    name TEXT NOT NULL,
    eventId INTEGER REFERENCES event(id),
    campaignId INTEGER REFERENCES campaign(id),
    active INTEGER NOT NULL,
    definition TEXT NOT NULL
  ) STRICT;

CREATE VIRTUAL TABLE capture_form_search USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');

CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    writeId INTEGER NOT NULL REFERENCES write(id),
    entity INTEGER NOT NULL,
    recordId INTEGER NOT NULL,
    created INTEGER NOT NULL,
    fields TEXT NOT NULL
  ) STRICT;

CREATE TABLE check_in (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
    eventId INTEGER NOT NULL REFERENCES event(id),
    contactId INTEGER REFERENCES contact(id),
    registrationId INTEGER REFERENCES registration(id),
    session TEXT,
    inAtMs INTEGER,
    outAtMs INTEGER
  ) STRICT;

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

CREATE TABLE consent_change (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
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

CREATE TABLE contact (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
    salutation TEXT,
    givenName TEXT,
    middleName TEXT,
    familyName TEXT,
    nickname TEXT,
    company TEXT,
    accountId INTEGER REFERENCES account(id),
    jobTitle TEXT,
    role TEXT,
    emails TEXT NOT NULL,
    phones TEXT NOT NULL,
    addresses TEXT NOT NULL,
    website TEXT,
    birthDate TEXT,
    timeZone TEXT,
    description TEXT,
    ownerId INTEGER REFERENCES user(id),
    marketingOnly INTEGER NOT NULL,
    sourceEventId INTEGER REFERENCES event(id),
    sourceCampaignId INTEGER REFERENCES campaign(id),
    sourceFormId INTEGER REFERENCES capture_form(id),
    sourceDetail TEXT,
    allowBulkEmail INTEGER NOT NULL,
    allowEmail INTEGER NOT NULL,
    allowPhone INTEGER NOT NULL,
    allowPost INTEGER NOT NULL,
    allowPrefill INTEGER NOT NULL,
    followEmail INTEGER NOT NULL,
    preferredMethod TEXT NOT NULL,
    preferredLanguage TEXT,
    preferredFrom TEXT,
    preferredTo TEXT,
    consentLevel TEXT NOT NULL,
    child INTEGER NOT NULL,
    guardianId INTEGER REFERENCES contact(id),
    externalId TEXT,
    externalSource TEXT,
    flaggedValues TEXT NOT NULL,
    -- Folded forms (shared/rules/normalise/fold.ts) and the primary address and number; kept by db/records/contact.ts.
    email TEXT,
    phone TEXT,
    givenNameKey TEXT,
    familyNameKey TEXT,
    companyKey TEXT,
    jobTitleKey TEXT,
    emailKey TEXT
  , tags TEXT NOT NULL DEFAULT '[]') STRICT;

CREATE TABLE contact_email (
    contactId INTEGER NOT NULL REFERENCES contact(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    address TEXT NOT NULL,
    addressKey TEXT,
    PRIMARY KEY (contactId, position)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE contact_phone (
    contactId INTEGER NOT NULL REFERENCES contact(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    number TEXT NOT NULL,
    e164 TEXT,
    PRIMARY KEY (contactId, position)
  ) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE contact_search USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');

CREATE TABLE contact_tag (
    contactId INTEGER NOT NULL REFERENCES contact(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    tag TEXT NOT NULL,
    tagKey TEXT NOT NULL,
    PRIMARY KEY (contactId, position)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

CREATE TABLE custody (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    ownChanges INTEGER NOT NULL
  ) STRICT;

CREATE TABLE custom_field (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
    name TEXT NOT NULL,
    entity TEXT NOT NULL,
    kind TEXT NOT NULL,
    options TEXT NOT NULL,
    help TEXT,
    position INTEGER
  ) STRICT;

CREATE TABLE device (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    name TEXT NOT NULL,
    publicKey TEXT
  ) STRICT;

CREATE TABLE duplicate_decision (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
    entity TEXT NOT NULL,
    firstId TEXT,
    secondId TEXT,
    decision TEXT NOT NULL,
    userId INTEGER REFERENCES user(id),
    decidedAtMs INTEGER,
    comparison TEXT NOT NULL
  ) STRICT;

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
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

CREATE VIRTUAL TABLE event_search USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');

CREATE TABLE file_chunk (
    id INTEGER PRIMARY KEY,
    contentId INTEGER NOT NULL REFERENCES file_content(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    data BLOB NOT NULL,
    UNIQUE (contentId, number)
  ) STRICT;

CREATE TABLE file_content (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    bytes INTEGER NOT NULL,
    isWhole INTEGER NOT NULL
  ) STRICT;

CREATE TABLE import_mapping (
    headerSet TEXT NOT NULL,
    kind TEXT NOT NULL,
    fields TEXT NOT NULL,
    usedAtMs INTEGER NOT NULL,
    PRIMARY KEY (headerSet, kind)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE import_row (
    fingerprint BLOB PRIMARY KEY CHECK (length(fingerprint) = 16),
    entity INTEGER,
    recordId INTEGER,
    waiting INTEGER NOT NULL,
    importRunId INTEGER NOT NULL REFERENCES import_run(id)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE import_run (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    fileName TEXT NOT NULL,
    format TEXT NOT NULL,
    kind TEXT NOT NULL,
    captureSource TEXT,
    startedAtMs INTEGER NOT NULL,
    finishedAtMs INTEGER,
    undoneAtMs INTEGER,
    cancelled INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL DEFAULT 0,
    updated INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    pending INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    flagged INTEGER NOT NULL DEFAULT 0
  , filePath TEXT, fileBytes INTEGER, fileMark TEXT, options TEXT, context TEXT, rowsDone INTEGER NOT NULL DEFAULT 0, interruptedAtMs INTEGER) STRICT;

CREATE TABLE interaction (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
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

CREATE TABLE lead (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
    topic TEXT NOT NULL,
    source TEXT,
    sourceDetail TEXT,
    campaignId INTEGER REFERENCES campaign(id),
    eventId INTEGER REFERENCES event(id),
    formId INTEGER REFERENCES capture_form(id),
    productIds TEXT NOT NULL,
    captureSource TEXT,
    rating TEXT,
    salutation TEXT,
    givenName TEXT,
    middleName TEXT,
    familyName TEXT,
    company TEXT,
    jobTitle TEXT,
    emails TEXT NOT NULL,
    phones TEXT NOT NULL,
    addresses TEXT NOT NULL,
    website TEXT,
    industry TEXT,
    answers TEXT NOT NULL,
    description TEXT,
    contactId INTEGER REFERENCES contact(id),
    accountId INTEGER REFERENCES account(id),
    status TEXT NOT NULL,
    disqualifyReason TEXT,
    recycleReason TEXT,
    recycleCount INTEGER,
    ownerId INTEGER REFERENCES user(id),
    processId INTEGER REFERENCES process(id),
    stage TEXT,
    stageEnteredAtMs INTEGER,
    salesReady INTEGER NOT NULL,
    teleprospectReady INTEGER NOT NULL,
    minimumCriteriaMet INTEGER NOT NULL,
    teleprospectAccepted INTEGER NOT NULL,
    salesAccepted INTEGER NOT NULL,
    purchaseNeed TEXT,
    purchaseTimeFrame TEXT,
    purchaseProcess TEXT,
    budgetAmount REAL,
    budgetStatus TEXT,
    decisionMaker INTEGER,
    qualificationComments TEXT,
    score INTEGER,
    grade TEXT,
    scoredAtMs INTEGER,
    externalId TEXT,
    externalSource TEXT,
    flaggedValues TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    givenNameKey TEXT,
    familyNameKey TEXT,
    companyKey TEXT,
    topicKey TEXT,
    emailKey TEXT,
    phoneE164 TEXT
  , tags TEXT NOT NULL DEFAULT '[]') STRICT;

CREATE VIRTUAL TABLE lead_search USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');

CREATE TABLE lead_tag (
    leadId INTEGER NOT NULL REFERENCES lead(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    tag TEXT NOT NULL,
    tagKey TEXT NOT NULL,
    PRIMARY KEY (leadId, position)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE list_member (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
    listId INTEGER NOT NULL REFERENCES subscription_list(id),
    contactId INTEGER NOT NULL REFERENCES contact(id)
  ) STRICT;

CREATE TABLE matching_strategy (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
    name TEXT NOT NULL,
    target TEXT NOT NULL,
    isDefault INTEGER NOT NULL,
    definition TEXT NOT NULL
  ) STRICT;

CREATE VIRTUAL TABLE matching_strategy_search USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');

CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
    text TEXT NOT NULL,
    pinned INTEGER NOT NULL,
    authorId INTEGER REFERENCES user(id),
    writtenAtMs INTEGER,
    contactId INTEGER REFERENCES contact(id),
    accountId INTEGER REFERENCES account(id),
    leadId INTEGER REFERENCES lead(id),
    opportunityId INTEGER REFERENCES opportunity(id),
    eventId INTEGER REFERENCES event(id)
  ) STRICT;

CREATE VIRTUAL TABLE note_search USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');

CREATE TABLE opportunity (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
    name TEXT NOT NULL,
    leadId INTEGER REFERENCES lead(id),
    contactId INTEGER REFERENCES contact(id),
    accountId INTEGER REFERENCES account(id),
    campaignId INTEGER REFERENCES campaign(id),
    amount REAL,
    currency TEXT,
    closeDate TEXT,
    status TEXT NOT NULL,
    lostReason TEXT,
    description TEXT,
    ownerId INTEGER REFERENCES user(id)
  ) STRICT;

CREATE VIRTUAL TABLE opportunity_search USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');

CREATE TABLE pending_change (
    id INTEGER PRIMARY KEY,
    writeId INTEGER NOT NULL REFERENCES write(id),
    entity TEXT NOT NULL,
    recordUid BLOB NOT NULL CHECK (length(recordUid) = 16),
    created INTEGER NOT NULL,
    fields TEXT NOT NULL
  ) STRICT;

CREATE TABLE pending_reference (
    targetEntity TEXT NOT NULL,
    targetUid BLOB NOT NULL CHECK (length(targetUid) = 16),
    entity TEXT NOT NULL,
    recordUid BLOB NOT NULL CHECK (length(recordUid) = 16),
    PRIMARY KEY (targetEntity, targetUid, entity, recordUid)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE pending_undo (
    deviceUid BLOB NOT NULL CHECK (length(deviceUid) = 16),
    originNumber INTEGER NOT NULL,
    writeId INTEGER NOT NULL REFERENCES write(id),
    PRIMARY KEY (deviceUid, originNumber, writeId)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE pending_value (
    field TEXT NOT NULL,
    entity INTEGER NOT NULL,
    recordId INTEGER NOT NULL,
    PRIMARY KEY (field, entity, recordId)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE process (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
    name TEXT NOT NULL,
    isDefault INTEGER NOT NULL,
    definition TEXT NOT NULL
  ) STRICT;

CREATE VIRTUAL TABLE process_search USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');

CREATE TABLE product (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
    name TEXT NOT NULL,
    code TEXT,
    description TEXT
  ) STRICT;

CREATE VIRTUAL TABLE product_search USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');

CREATE TABLE received_bundle (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    deviceId INTEGER NOT NULL REFERENCES device(id),
    receivedAtMs INTEGER NOT NULL,
    changes INTEGER NOT NULL
  ) STRICT;

CREATE TABLE redirect (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
    entity TEXT NOT NULL,
    fromId TEXT,
    toId TEXT
  ) STRICT;

CREATE TABLE registration (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
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

CREATE TABLE review_item (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    source TEXT NOT NULL,
    sourceName TEXT NOT NULL,
    importRunId INTEGER REFERENCES import_run(id),
    line INTEGER,
    reason TEXT NOT NULL,
    message TEXT NOT NULL,
    kind TEXT NOT NULL,
    fieldValues TEXT NOT NULL,
    candidates TEXT NOT NULL,
    context TEXT NOT NULL,
    -- Of captures: submitting the same one again is no second item.
    captureKey TEXT,
    createdAtMs INTEGER NOT NULL,
    resolvedAtMs INTEGER,
    outcome TEXT
  ) STRICT;

CREATE TABLE saved_view (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
    name TEXT NOT NULL,
    entity TEXT NOT NULL,
    shared INTEGER NOT NULL,
    ownerId INTEGER REFERENCES user(id),
    definition TEXT NOT NULL
  ) STRICT;

CREATE TABLE score (
    leadId INTEGER NOT NULL REFERENCES lead(id) ON DELETE CASCADE,
    modelId INTEGER NOT NULL REFERENCES scoring_model(id),
    score INTEGER NOT NULL,
    grade TEXT,
    atMs INTEGER NOT NULL,
    nextChangeAtMs INTEGER,
    stale INTEGER NOT NULL,
    ledger TEXT,
    PRIMARY KEY (leadId, modelId)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE score_sweep (
    modelId INTEGER PRIMARY KEY REFERENCES scoring_model(id) ON DELETE CASCADE,
    afterLeadId INTEGER NOT NULL,
    quiet INTEGER NOT NULL
  ) STRICT;

CREATE TABLE scoring_model (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
    name TEXT NOT NULL,
    target TEXT NOT NULL,
    state TEXT NOT NULL,
    definition TEXT NOT NULL
  ) STRICT;

CREATE VIRTUAL TABLE scoring_model_search USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');

CREATE TABLE segment (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
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

CREATE TABLE segment_live_member (
    segmentId INTEGER NOT NULL REFERENCES segment(id) ON DELETE CASCADE,
    contactId INTEGER NOT NULL REFERENCES contact(id) ON DELETE CASCADE,
    PRIMARY KEY (segmentId, contactId)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE segment_member (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
    segmentId INTEGER NOT NULL REFERENCES segment(id),
    contactId INTEGER NOT NULL REFERENCES contact(id)
  ) STRICT;

CREATE VIRTUAL TABLE segment_search USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');

CREATE TABLE segment_upkeep (
    segmentId INTEGER PRIMARY KEY REFERENCES segment(id) ON DELETE CASCADE,
    foundAtMs INTEGER NOT NULL,
    dirty INTEGER NOT NULL
  ) STRICT;

CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

CREATE TABLE sqlite_sequence(name,seq);

CREATE TABLE stage_move (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
    leadId INTEGER NOT NULL REFERENCES lead(id),
    processId INTEGER REFERENCES process(id),
    fromStage TEXT,
    toStage TEXT,
    movedAtMs INTEGER NOT NULL,
    userId INTEGER REFERENCES user(id),
    rule TEXT,
    reason TEXT
  ) STRICT;

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

CREATE TABLE subscription_list (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
    name TEXT NOT NULL,
    description TEXT
  ) STRICT;

CREATE VIRTUAL TABLE subscription_list_search USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');

CREATE TABLE task (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
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

CREATE VIRTUAL TABLE task_search USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');

CREATE TABLE tombstone (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entity INTEGER NOT NULL,
    uid BLOB NOT NULL CHECK (length(uid) = 16),
    purgedAtMs INTEGER NOT NULL,
    UNIQUE (entity, uid)
  ) STRICT;

CREATE TABLE user (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    email TEXT,
    deviceId TEXT,
    active INTEGER NOT NULL
  ) STRICT;

CREATE VIRTUAL TABLE user_search USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');

CREATE TABLE write (
    id INTEGER PRIMARY KEY,
    deviceId INTEGER NOT NULL REFERENCES device(id),
    originNumber INTEGER NOT NULL,
    clock INTEGER NOT NULL,
    atMs INTEGER NOT NULL,
    userId INTEGER REFERENCES user(id),
    cause TEXT NOT NULL,
    causeLabel TEXT,
    operationId TEXT,
    parentWriteId INTEGER REFERENCES write(id),
    undoesWriteId INTEGER REFERENCES write(id),
    undoneByWriteId INTEGER REFERENCES write(id),
    changes INTEGER NOT NULL DEFAULT 0,
    UNIQUE (deviceId, originNumber)
  ) STRICT;

CREATE VIEW own_device AS
    SELECT device.id AS id FROM setting
    JOIN device ON device.uid = unhex(replace(setting.value, '-', ''))
    WHERE setting.key = 'deviceId';

CREATE INDEX account_bin ON account (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX account_created_at_ms ON account (createdAtMs, id) WHERE deletedAtMs IS NULL;

CREATE INDEX account_employees ON account (employees, id) WHERE deletedAtMs IS NULL;

CREATE INDEX account_external ON account (externalId) WHERE externalId IS NOT NULL;

CREATE INDEX account_industry_key ON account (industryKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX account_label_key ON account (labelKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX account_mine ON account (ownerId, labelKey, id) WHERE deletedAtMs IS NULL AND ownerId IS NOT NULL;

CREATE INDEX account_parent ON account (parentAccountId) WHERE parentAccountId IS NOT NULL;

CREATE INDEX account_updated_at_ms ON account (updatedAtMs, id) WHERE deletedAtMs IS NULL;

CREATE INDEX account_without_contact ON account (labelKey, id) WHERE deletedAtMs IS NULL AND contactCount = 0;

CREATE INDEX account_tag_key ON account_tag (tagKey, accountId);

CREATE INDEX attachment_account ON attachment (accountId, addedAtMs) WHERE accountId IS NOT NULL;

CREATE INDEX attachment_bin ON attachment (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX attachment_contact ON attachment (contactId, addedAtMs) WHERE contactId IS NOT NULL;

CREATE INDEX attachment_event ON attachment (eventId, addedAtMs) WHERE eventId IS NOT NULL;

CREATE INDEX attachment_label_key ON attachment (labelKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX attachment_lead ON attachment (leadId, addedAtMs) WHERE leadId IS NOT NULL;

CREATE INDEX attachment_opportunity ON attachment (opportunityId, addedAtMs) WHERE opportunityId IS NOT NULL;

CREATE INDEX attachment_sha256 ON attachment (sha256);

CREATE INDEX call_bin ON call (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX call_contact ON call (contactId, startedAtMs);

CREATE INDEX call_do_not_call ON call (number) WHERE outcome = 'doNotCall' AND deletedAtMs IS NULL;

CREATE INDEX call_lead ON call (leadId, startedAtMs);

CREATE INDEX call_started ON call (startedAtMs, id) WHERE deletedAtMs IS NULL;

CREATE INDEX call_queue_item_blocked ON call_queue_item (blocked) WHERE blocked IS NOT NULL;

CREATE INDEX call_queue_item_callback ON call_queue_item (hoursKey, callbackAtMs, leadId)
    WHERE callbackAtMs IS NOT NULL AND blocked IS NULL;

CREATE INDEX call_queue_item_held ON call_queue_item (heldUntilMs) WHERE heldUntilMs IS NOT NULL;

CREATE INDEX call_queue_item_number ON call_queue_item (e164) WHERE e164 IS NOT NULL;

CREATE INDEX call_queue_item_paused ON call_queue_item (dueAtMs)
    WHERE ready = 0 AND blocked IS NULL AND callbackAtMs IS NULL;

CREATE INDEX call_queue_item_ready ON call_queue_item (hoursKey, priority DESC, leadId) WHERE ready = 1;

CREATE INDEX campaign_bin ON campaign (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX campaign_label_key ON campaign (labelKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX capture_form_bin ON capture_form (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX capture_form_label_key ON capture_form (labelKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX change_record ON change (entity, recordId);

CREATE INDEX change_write ON change (writeId);

CREATE INDEX check_in_bin ON check_in (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX check_in_contact ON check_in (contactId);

CREATE INDEX check_in_event ON check_in (eventId);

CREATE INDEX check_in_registration ON check_in (registrationId) WHERE registrationId IS NOT NULL;

CREATE INDEX consent_change_bin ON consent_change (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX consent_change_contact ON consent_change (contactId, changedAtMs);

CREATE INDEX contact_account ON contact (accountId) WHERE accountId IS NOT NULL;

CREATE INDEX contact_bin ON contact (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX contact_company_key ON contact (companyKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX contact_created_at_ms ON contact (createdAtMs, id) WHERE deletedAtMs IS NULL;

CREATE INDEX contact_email_key ON contact (emailKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX contact_external ON contact (externalId) WHERE externalId IS NOT NULL;

CREATE INDEX contact_family_name_key ON contact (familyNameKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX contact_guardian ON contact (guardianId) WHERE guardianId IS NOT NULL;

CREATE INDEX contact_label_key ON contact (labelKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX contact_marketing_only ON contact (labelKey, id) WHERE deletedAtMs IS NULL AND marketingOnly = 1;

CREATE INDEX contact_mine ON contact (ownerId, labelKey, id) WHERE deletedAtMs IS NULL AND ownerId IS NOT NULL;

CREATE INDEX contact_sales ON contact (labelKey, id) WHERE deletedAtMs IS NULL AND marketingOnly = 0;

CREATE INDEX contact_source_campaign ON contact (sourceCampaignId) WHERE sourceCampaignId IS NOT NULL;

CREATE INDEX contact_source_event ON contact (sourceEventId) WHERE sourceEventId IS NOT NULL;

CREATE INDEX contact_updated_at_ms ON contact (updatedAtMs, id) WHERE deletedAtMs IS NULL;

CREATE INDEX contact_email_address ON contact_email (addressKey, contactId) WHERE addressKey IS NOT NULL;

CREATE INDEX contact_phone_e164 ON contact_phone (e164, contactId) WHERE e164 IS NOT NULL;

CREATE INDEX contact_tag_key ON contact_tag (tagKey, contactId);

CREATE INDEX custom_field_bin ON custom_field (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX custom_field_label_key ON custom_field (labelKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX duplicate_decision_bin ON duplicate_decision (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX duplicate_decision_entity ON duplicate_decision (entity) WHERE deletedAtMs IS NULL;

CREATE INDEX duplicate_decision_label_key ON duplicate_decision (labelKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX event_bin ON event (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX event_campaign ON event (campaignId) WHERE campaignId IS NOT NULL;

CREATE INDEX event_label_key ON event (labelKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX event_starts ON event (startsOn, id) WHERE deletedAtMs IS NULL;

CREATE INDEX import_row_record ON import_row (recordId, entity) WHERE recordId IS NOT NULL;

CREATE INDEX import_row_run ON import_row (importRunId);

CREATE INDEX import_run_unfinished ON import_run (id) WHERE finishedAtMs IS NULL;

CREATE INDEX interaction_bin ON interaction (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX interaction_campaign ON interaction (campaignId) WHERE campaignId IS NOT NULL;

CREATE INDEX interaction_contact ON interaction (contactId, occurredAtMs) WHERE contactId IS NOT NULL;

CREATE INDEX interaction_event ON interaction (eventId) WHERE eventId IS NOT NULL;

CREATE INDEX interaction_event_key ON interaction (eventKey);

CREATE INDEX interaction_form ON interaction (formId, occurredAtMs) WHERE formId IS NOT NULL;

CREATE INDEX interaction_kind ON interaction (kind, contactId, occurredAtMs) WHERE deletedAtMs IS NULL;

CREATE INDEX interaction_lead ON interaction (leadId, occurredAtMs) WHERE leadId IS NOT NULL;

CREATE INDEX interaction_occurred ON interaction (occurredAtMs, id) WHERE deletedAtMs IS NULL;

CREATE INDEX lead_account ON lead (accountId) WHERE accountId IS NOT NULL;

CREATE INDEX lead_bin ON lead (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX lead_by_score ON lead (score, id) WHERE deletedAtMs IS NULL;

CREATE INDEX lead_campaign ON lead (campaignId) WHERE campaignId IS NOT NULL;

CREATE INDEX lead_company_key ON lead (companyKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX lead_contact ON lead (contactId) WHERE contactId IS NOT NULL;

CREATE INDEX lead_created_at_ms ON lead (createdAtMs, id) WHERE deletedAtMs IS NULL;

CREATE INDEX lead_email_source ON lead (emailKey, captureSource) WHERE emailKey IS NOT NULL;

CREATE INDEX lead_event ON lead (eventId) WHERE eventId IS NOT NULL;

CREATE INDEX lead_external ON lead (externalId) WHERE externalId IS NOT NULL;

CREATE INDEX lead_form ON lead (formId, createdAtMs) WHERE formId IS NOT NULL;

CREATE INDEX lead_label_key ON lead (labelKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX lead_mine ON lead (ownerId, labelKey, id) WHERE deletedAtMs IS NULL AND ownerId IS NOT NULL;

CREATE INDEX lead_open ON lead (labelKey, id) WHERE deletedAtMs IS NULL AND status = 'open';

CREATE INDEX lead_open_stage ON lead (stage, labelKey, id) WHERE deletedAtMs IS NULL AND status = 'open';

CREATE INDEX lead_owner ON lead (ownerId) WHERE ownerId IS NOT NULL;

CREATE INDEX lead_phone ON lead (phoneE164) WHERE phoneE164 IS NOT NULL;

CREATE INDEX lead_sales_ready ON lead (labelKey, id) WHERE deletedAtMs IS NULL AND status = 'open' AND salesReady = 1;

CREATE INDEX lead_stage ON lead (stage, id) WHERE deletedAtMs IS NULL;

CREATE INDEX lead_teleprospecting ON lead (labelKey, id) WHERE deletedAtMs IS NULL AND status = 'open'
    AND stage IN ('teleprospectAcceptance', 'teleprospectQualification');

CREATE INDEX lead_topic_key ON lead (topicKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX lead_unlinked ON lead (labelKey, id)
    WHERE deletedAtMs IS NULL AND status = 'open' AND contactId IS NULL AND accountId IS NULL;

CREATE INDEX lead_updated_at_ms ON lead (updatedAtMs, id) WHERE deletedAtMs IS NULL;

CREATE INDEX lead_tag_key ON lead_tag (tagKey, leadId);

CREATE INDEX list_member_bin ON list_member (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX list_member_contact ON list_member (contactId);

CREATE INDEX list_member_list ON list_member (listId);

CREATE INDEX list_member_pair ON list_member (listId, contactId) WHERE deletedAtMs IS NULL;

CREATE INDEX matching_strategy_bin ON matching_strategy (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX matching_strategy_label_key ON matching_strategy (labelKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX note_account ON note (accountId, writtenAtMs) WHERE accountId IS NOT NULL;

CREATE INDEX note_bin ON note (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX note_contact ON note (contactId, writtenAtMs) WHERE contactId IS NOT NULL;

CREATE INDEX note_event ON note (eventId, writtenAtMs) WHERE eventId IS NOT NULL;

CREATE INDEX note_label_key ON note (labelKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX note_lead ON note (leadId, writtenAtMs) WHERE leadId IS NOT NULL;

CREATE INDEX note_opportunity ON note (opportunityId, writtenAtMs) WHERE opportunityId IS NOT NULL;

CREATE INDEX opportunity_account ON opportunity (accountId);

CREATE INDEX opportunity_amount ON opportunity (amount, id) WHERE deletedAtMs IS NULL;

CREATE INDEX opportunity_bin ON opportunity (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX opportunity_campaign ON opportunity (campaignId) WHERE campaignId IS NOT NULL;

CREATE INDEX opportunity_close_date ON opportunity (closeDate, id) WHERE deletedAtMs IS NULL;

CREATE INDEX opportunity_contact ON opportunity (contactId);

CREATE INDEX opportunity_created_at_ms ON opportunity (createdAtMs, id) WHERE deletedAtMs IS NULL;

CREATE INDEX opportunity_label_key ON opportunity (labelKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX opportunity_lead ON opportunity (leadId);

CREATE INDEX opportunity_mine ON opportunity (ownerId, labelKey, id) WHERE deletedAtMs IS NULL AND ownerId IS NOT NULL;

CREATE INDEX opportunity_open ON opportunity (labelKey, id) WHERE deletedAtMs IS NULL AND status = 'open';

CREATE INDEX opportunity_status ON opportunity (status, id) WHERE deletedAtMs IS NULL;

CREATE INDEX opportunity_updated_at_ms ON opportunity (updatedAtMs, id) WHERE deletedAtMs IS NULL;

CREATE INDEX pending_change_record ON pending_change (entity, recordUid);

CREATE INDEX process_bin ON process (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX process_label_key ON process (labelKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX product_bin ON product (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX product_label_key ON product (labelKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX redirect_bin ON redirect (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX redirect_label_key ON redirect (labelKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX redirect_to ON redirect (entity, toId) WHERE deletedAtMs IS NULL;

CREATE INDEX registration_bin ON registration (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX registration_contact ON registration (contactId, eventId);

CREATE INDEX registration_event ON registration (eventId);

CREATE INDEX registration_external ON registration (externalId) WHERE externalId IS NOT NULL;

CREATE UNIQUE INDEX review_item_capture ON review_item (captureKey) WHERE captureKey IS NOT NULL;

CREATE INDEX review_item_open ON review_item (id) WHERE resolvedAtMs IS NULL;

CREATE INDEX review_item_run ON review_item (importRunId) WHERE importRunId IS NOT NULL;

CREATE INDEX saved_view_bin ON saved_view (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX saved_view_label_key ON saved_view (labelKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX score_next_change ON score (nextChangeAtMs) WHERE nextChangeAtMs IS NOT NULL;

CREATE INDEX scoring_model_bin ON scoring_model (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX scoring_model_label_key ON scoring_model (labelKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX segment_bin ON segment (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX segment_label_key ON segment (labelKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX segment_live_member_contact ON segment_live_member (contactId);

CREATE INDEX segment_member_bin ON segment_member (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX segment_member_contact ON segment_member (contactId);

CREATE INDEX segment_member_segment ON segment_member (segmentId, contactId) WHERE deletedAtMs IS NULL;

CREATE INDEX stage_move_bin ON stage_move (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX stage_move_lead ON stage_move (leadId, movedAtMs);

CREATE INDEX subscription_list_bin ON subscription_list (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX subscription_list_label_key ON subscription_list (labelKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX task_bin ON task (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX task_contact ON task (contactId);

CREATE INDEX task_created_at_ms ON task (createdAtMs, id) WHERE deletedAtMs IS NULL;

CREATE INDEX task_due ON task (dueAtMs, id) WHERE deletedAtMs IS NULL;

CREATE INDEX task_label_key ON task (labelKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX task_label_open ON task (labelKey, id) WHERE deletedAtMs IS NULL AND doneAtMs IS NULL;

CREATE INDEX task_lead ON task (leadId);

CREATE INDEX task_mine ON task (ownerId, labelKey, id) WHERE deletedAtMs IS NULL AND ownerId IS NOT NULL;

CREATE INDEX task_open ON task (forRole, dueAtMs) WHERE deletedAtMs IS NULL AND doneAtMs IS NULL;

CREATE INDEX task_updated_at_ms ON task (updatedAtMs, id) WHERE deletedAtMs IS NULL;

CREATE INDEX user_bin ON user (deletedAtMs, id) WHERE deletedAtMs IS NOT NULL;

CREATE INDEX user_label_key ON user (labelKey, id) WHERE deletedAtMs IS NULL;

CREATE INDEX write_operation ON write (operationId) WHERE operationId IS NOT NULL;

CREATE INDEX write_parent ON write (parentWriteId) WHERE parentWriteId IS NOT NULL;

CREATE INDEX write_system ON write (deviceId, clock) WHERE cause = 'system';

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
