/** The records that people look at all day: contacts, accounts, leads, opportunities (domain.md section 1). */
import { z } from 'zod';
import {
  choice,
  date,
  entity,
  flag,
  instant,
  integer,
  json,
  longText,
  number,
  ref,
  requiredText,
  setChoice,
  text,
  yesNo,
} from './field.ts';
import { addressPartSchema, answerSchema, emailPartSchema, flaggedValueSchema, phonePartSchema } from './parts.ts';
import {
  accountKinds,
  budgetStatuses,
  consentLevels,
  contactMethods,
  contactRoles,
  disqualifyReasons,
  leadSources,
  leadStatuses,
  opportunityStatuses,
  purchaseNeeds,
  purchaseProcesses,
  purchaseTimeFrames,
  ratings,
} from './picklists.ts';
import { uuidSchema } from './ids.ts';

const givenNameHeaders = ['First Name', 'Given Name', 'Forename', 'Firstname', 'First'];
const familyNameHeaders = ['Last Name', 'Family Name', 'Surname', 'Lastname', 'Last'];
const companyHeaders = [
  'Company Name',
  'Company',
  'Organization',
  'Organization Name',
  'Organisation',
  'Employer',
  'Account Name',
];
const jobTitleHeaders = ['Job Title', 'Title', 'Position', 'Organization Title', 'Occupation'];

export const contact = entity({
  name: 'contact',
  area: 'contacts',
  searchable: true,
  sortable: ['company', 'email', 'familyName'],
  fields: {
    salutation: text({ max: 60, import: ['Salutation', 'Name Prefix', 'Prefix'] }),
    givenName: text({ max: 200, import: givenNameHeaders }),
    middleName: text({ max: 200, import: ['Middle Name', 'Additional Name'] }),
    familyName: text({ max: 200, import: familyNameHeaders }),
    nickname: text({ max: 200, import: ['Nickname'] }),
    /** The company as captured; `accountId` is the account it was found to be. */
    company: text({ max: 300, import: companyHeaders }),
    accountId: ref('account'),
    jobTitle: text({ max: 300, import: jobTitleHeaders }),
    role: choice(contactRoles, { import: ['Role', 'Buying role'] }),
    emails: json(z.array(emailPartSchema).max(50), []),
    phones: json(z.array(phonePartSchema).max(50), []),
    addresses: json(z.array(addressPartSchema).max(20), []),
    /** The primary address and number of the lists above, kept for lists and sorting. */
    email: text({ max: 320, derived: true }),
    phone: text({ max: 80, derived: true }),
    website: text({ max: 500, import: ['Website', 'Web', 'URL', 'Web Page'] }),
    birthDate: date({ import: ['Birth Date', 'Birthday', 'Date of birth', 'DOB'] }),
    timeZone: text({ max: 60, import: ['Time Zone'] }),
    description: longText({ import: ['Description', 'Notes', 'Note'] }),
    ownerId: ref('user'),
    marketingOnly: flag(false),
    // marketing source: what created it
    sourceEventId: ref('event'),
    sourceCampaignId: ref('campaign'),
    sourceFormId: ref('captureForm'),
    sourceDetail: text({ max: 300 }),
    // contact preferences
    allowBulkEmail: flag(true),
    allowEmail: flag(true),
    allowPhone: flag(true),
    allowPost: flag(true),
    allowPrefill: flag(false),
    followEmail: flag(true),
    preferredMethod: setChoice(contactMethods, 'any'),
    preferredLanguage: text({ max: 35, import: ['Preferred Language', 'Language'] }),
    preferredFrom: text({ max: 5 }),
    preferredTo: text({ max: 5 }),
    // data protection
    consentLevel: setChoice(consentLevels, 'none'),
    child: flag(false),
    guardianId: ref('contact'),
    /** The id that the file it came from gives it, with the file's or system's name. */
    externalId: text({ max: 200, import: ['External Id', 'Contact Id', 'Customer Id', 'User Id'] }),
    externalSource: text({ max: 300 }),
    flaggedValues: json(z.array(flaggedValueSchema), []),
  },
});

export const account = entity({
  name: 'account',
  area: 'accounts',
  searchable: true,
  sortable: ['industry', 'employees'],
  fields: {
    name: requiredText({ max: 300, import: ['Account Name', 'Company Name', 'Organization', 'Company', 'Name'] }),
    kind: setChoice(accountKinds, 'prospect'),
    parentAccountId: ref('account'),
    website: text({ max: 500, import: ['Website', 'Web', 'URL'] }),
    phones: json(z.array(phonePartSchema).max(50), []),
    addresses: json(z.array(addressPartSchema).max(20), []),
    phone: text({ max: 80, derived: true }),
    industry: text({ max: 200, import: ['Industry'] }),
    employees: integer({ min: 0, import: ['No. of Employees', 'Number of employees', 'Employees'] }),
    annualRevenue: number({ import: ['Annual Revenue', 'Revenue'] }),
    currency: text({ max: 3 }),
    description: longText({ import: ['Description', 'Notes'] }),
    ownerId: ref('user'),
    externalId: text({ max: 200, import: ['External Id', 'Account Id', 'Organization Id'] }),
    externalSource: text({ max: 300 }),
    flaggedValues: json(z.array(flaggedValueSchema), []),
  },
});

export const lead = entity({
  name: 'lead',
  area: 'leads',
  searchable: true,
  sortable: ['topic', 'company', 'stage', 'score'],
  fields: {
    // marketing context
    topic: requiredText({ max: 300, import: ['Topic', 'Subject', 'Interest'] }),
    source: choice(leadSources, { import: ['Lead Source', 'Source'] }),
    sourceDetail: text({ max: 300 }),
    campaignId: ref('campaign'),
    eventId: ref('event'),
    formId: ref('captureForm'),
    productIds: json(z.array(uuidSchema).max(100), []),
    /** What matching means by capture source: `event:<id>`, `form:<id>`, `import:<format>:<file>` or `manual`. */
    captureSource: text({ max: 500 }),
    rating: choice(ratings, { import: ['Rating'] }),
    // identity as captured
    salutation: text({ max: 60, import: ['Salutation'] }),
    givenName: text({ max: 200, import: givenNameHeaders }),
    middleName: text({ max: 200, import: ['Middle Name'] }),
    familyName: text({ max: 200, import: familyNameHeaders }),
    company: text({ max: 300, import: companyHeaders }),
    jobTitle: text({ max: 300, import: jobTitleHeaders }),
    emails: json(z.array(emailPartSchema).max(50), []),
    phones: json(z.array(phonePartSchema).max(50), []),
    addresses: json(z.array(addressPartSchema).max(20), []),
    email: text({ max: 320, derived: true }),
    phone: text({ max: 80, derived: true }),
    website: text({ max: 500, import: ['Website', 'Web', 'URL'] }),
    industry: text({ max: 200, import: ['Industry'] }),
    answers: json(z.array(answerSchema).max(200), []),
    description: longText({ import: ['Description', 'Notes', 'Note', 'Comments'] }),
    // parents
    contactId: ref('contact'),
    accountId: ref('account'),
    // life
    status: setChoice(leadStatuses, 'open', { computed: true }),
    disqualifyReason: choice(disqualifyReasons, { computed: true }),
    recycleReason: text({ max: 400, computed: true }),
    recycleCount: integer({ min: 0, initial: 0, computed: true }),
    ownerId: ref('user'),
    // process
    processId: ref('process', { computed: true }),
    stage: text({ max: 80, computed: true }),
    stageEnteredAtMs: instant({ computed: true }),
    salesReady: flag(false, { computed: true }),
    teleprospectReady: flag(false, { computed: true }),
    minimumCriteriaMet: flag(false),
    teleprospectAccepted: flag(false, { computed: true }),
    salesAccepted: flag(false, { computed: true }),
    purchaseNeed: choice(purchaseNeeds, { import: ['Need', 'Purchase need'] }),
    purchaseTimeFrame: choice(purchaseTimeFrames, { import: ['Purchase Timeframe'] }),
    purchaseProcess: choice(purchaseProcesses, { import: ['Purchase Process'] }),
    budgetAmount: number({ import: ['Budget Amount'] }),
    budgetStatus: choice(budgetStatuses, { import: ['Budget'] }),
    decisionMaker: yesNo({ import: ['Decision Maker?', 'Decision Maker'] }),
    qualificationComments: longText({ import: ['Qualification Comments'] }),
    // kept by scoring and the call queue; rebuilt from models, interactions and calls
    score: integer({ derived: true }),
    grade: text({ derived: true }),
    /** Set when the first score arrived; a score of 0 is a score. */
    scoredAtMs: instant({ derived: true }),
    externalId: text({ max: 200, import: ['External Id', 'Lead Id'] }),
    externalSource: text({ max: 300 }),
    flaggedValues: json(z.array(flaggedValueSchema), []),
  },
});

export const opportunity = entity({
  name: 'opportunity',
  area: 'opportunities',
  searchable: true,
  sortable: ['amount', 'closeDate', 'status'],
  fields: {
    name: requiredText({ max: 300 }),
    leadId: ref('lead'),
    contactId: ref('contact'),
    accountId: ref('account'),
    campaignId: ref('campaign'),
    amount: number(),
    currency: text({ max: 3 }),
    closeDate: date(),
    status: setChoice(opportunityStatuses, 'open'),
    lostReason: text({ max: 400 }),
    description: longText(),
    ownerId: ref('user'),
  },
});
