/** Accounts, contacts, leads, opportunities. */
import { baseColumns, searchOptions, type Migration } from './migration.ts';

export const createPeople: Migration = {
  version: 30,
  name: 'create-people',
  sql: `
  -- A company: customer, prospect, partner or supplier.
  CREATE TABLE account (
    ${baseColumns},
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
  ) STRICT;
  CREATE INDEX account_label_key ON account (labelKey, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX account_industry_key ON account (industryKey, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX account_employees ON account (employees, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX account_updated_at_ms ON account (updatedAtMs, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX account_created_at_ms ON account (createdAtMs, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX account_parent ON account (parentAccountId) WHERE parentAccountId IS NOT NULL;
  CREATE INDEX account_external ON account (externalId) WHERE externalId IS NOT NULL;
  CREATE VIRTUAL TABLE account_search USING fts5 ${searchOptions};

  -- One person; segments, outreach and interactions resolve to contacts only.
  CREATE TABLE contact (
    ${baseColumns},
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
  ) STRICT;
  CREATE INDEX contact_label_key ON contact (labelKey, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX contact_family_name_key ON contact (familyNameKey, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX contact_company_key ON contact (companyKey, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX contact_email_key ON contact (emailKey, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX contact_updated_at_ms ON contact (updatedAtMs, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX contact_created_at_ms ON contact (createdAtMs, id) WHERE deletedAtMs IS NULL;
  -- Sales views hide marketing-only contacts (domain.md section 1).
  CREATE INDEX contact_sales ON contact (labelKey, id) WHERE deletedAtMs IS NULL AND marketingOnly = 0;
  CREATE INDEX contact_marketing_only ON contact (labelKey, id) WHERE deletedAtMs IS NULL AND marketingOnly = 1;
  CREATE INDEX contact_account ON contact (accountId) WHERE accountId IS NOT NULL;
  CREATE INDEX contact_external ON contact (externalId) WHERE externalId IS NOT NULL;

  -- One row an email address, in the order of the contact's list. addressKey is the normalised form that matches;
  -- NULL for an address that is not valid, which then never matches.
  CREATE TABLE contact_email (
    contactId INTEGER NOT NULL REFERENCES contact(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    address TEXT NOT NULL,
    addressKey TEXT,
    PRIMARY KEY (contactId, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX contact_email_address ON contact_email (addressKey, contactId) WHERE addressKey IS NOT NULL;

  -- One row a phone. e164 is NULL where the number is not a possible one.
  CREATE TABLE contact_phone (
    contactId INTEGER NOT NULL REFERENCES contact(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    number TEXT NOT NULL,
    e164 TEXT,
    PRIMARY KEY (contactId, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX contact_phone_e164 ON contact_phone (e164, contactId) WHERE e164 IS NOT NULL;
  CREATE VIRTUAL TABLE contact_search USING fts5 ${searchOptions};

  -- One expression of interest in one campaign, event or product, with the identity as captured.
  CREATE TABLE lead (
    ${baseColumns},
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
  ) STRICT;
  CREATE INDEX lead_label_key ON lead (labelKey, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX lead_topic_key ON lead (topicKey, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX lead_company_key ON lead (companyKey, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX lead_by_score ON lead (score, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX lead_stage ON lead (stage, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX lead_updated_at_ms ON lead (updatedAtMs, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX lead_created_at_ms ON lead (createdAtMs, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX lead_contact ON lead (contactId) WHERE contactId IS NOT NULL;
  CREATE INDEX lead_account ON lead (accountId) WHERE accountId IS NOT NULL;
  CREATE INDEX lead_email_source ON lead (emailKey, captureSource) WHERE emailKey IS NOT NULL;
  CREATE INDEX lead_phone ON lead (phoneE164) WHERE phoneE164 IS NOT NULL;
  CREATE INDEX lead_external ON lead (externalId) WHERE externalId IS NOT NULL;
  CREATE INDEX lead_unlinked ON lead (labelKey, id)
    WHERE deletedAtMs IS NULL AND status = 'open' AND contactId IS NULL AND accountId IS NULL;
  CREATE INDEX lead_open_stage ON lead (stage, labelKey, id) WHERE deletedAtMs IS NULL AND status = 'open';
  CREATE INDEX lead_sales_ready ON lead (labelKey, id) WHERE deletedAtMs IS NULL AND status = 'open' AND salesReady = 1;
  CREATE INDEX lead_form ON lead (formId, createdAtMs) WHERE formId IS NOT NULL;
  CREATE INDEX lead_event ON lead (eventId) WHERE eventId IS NOT NULL;
  CREATE INDEX lead_owner ON lead (ownerId) WHERE ownerId IS NOT NULL;
  CREATE VIRTUAL TABLE lead_search USING fts5 ${searchOptions};

  -- What a sales-accepted lead becomes; won or lost.
  CREATE TABLE opportunity (
    ${baseColumns},
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
  CREATE INDEX opportunity_label_key ON opportunity (labelKey, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX opportunity_contact ON opportunity (contactId);
  CREATE INDEX opportunity_account ON opportunity (accountId);
  CREATE INDEX opportunity_lead ON opportunity (leadId);
  CREATE VIRTUAL TABLE opportunity_search USING fts5 ${searchOptions};
`,
};
