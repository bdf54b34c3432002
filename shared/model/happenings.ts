/** What happened and where: interactions, campaigns, products, events, consent, calls, tasks, users (domain.md section 1). */
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
  requiredRef,
  requiredText,
  setChoice,
  text,
} from './field.ts';
import { answerSchema } from './parts.ts';
import {
  callOutcomes,
  consentLevels,
  interactionKinds,
  registrationStatuses,
  taskKinds,
  userRoles,
} from './picklists.ts';

const moment = () => ({ ...instant(), schema: z.int(), required: true }) as const;

export const interaction = entity({
  name: 'interaction',
  area: 'interactions',
  searchable: false,
  sortable: ['occurredAtMs'],
  appendOnly: true,
  fields: {
    kind: { ...setChoice(interactionKinds, 'formSubmitted'), required: true },
    occurredAtMs: moment(),
    /** Makes it idempotent: the same event id is the same interaction, wherever it comes from. */
    eventKey: requiredText({ max: 300 }),
    contactId: ref('contact'),
    leadId: ref('lead'),
    eventId: ref('event'),
    formId: ref('captureForm'),
    campaignId: ref('campaign'),
    source: text({ max: 300 }),
    /** What it was about: a page, a mail's subject, a form's name, an outcome. */
    subject: text({ max: 500 }),
    detail: longText(),
  },
});

export const campaign = entity({
  name: 'campaign',
  area: 'campaigns',
  searchable: true,
  sortable: [],
  fields: {
    name: requiredText({ max: 300 }),
    kind: text({ max: 100 }),
    startsOn: date(),
    endsOn: date(),
    cost: number(),
    currency: text({ max: 3 }),
    description: longText(),
  },
});

export const product = entity({
  name: 'product',
  area: 'products',
  searchable: true,
  sortable: [],
  fields: { name: requiredText({ max: 300 }), code: text({ max: 100 }), description: longText() },
});

export const event = entity({
  name: 'event',
  area: 'events',
  extensible: true,
  searchable: true,
  sortable: ['startsOn'],
  fields: {
    name: requiredText({ max: 300 }),
    campaignId: ref('campaign'),
    startsOn: date(),
    endsOn: date(),
    timeZone: text({ max: 60 }),
    venue: text({ max: 300 }),
    city: text({ max: 120 }),
    country: text({ max: 120 }),
    capacity: integer({ min: 0 }),
    cost: number(),
    currency: text({ max: 3 }),
    description: longText(),
  },
});

export const registration = entity({
  name: 'registration',
  area: 'registrations',
  searchable: false,
  sortable: [],
  fields: {
    eventId: requiredRef('event'),
    contactId: ref('contact'),
    status: setChoice(registrationStatuses, 'registered'),
    role: text({ max: 100 }),
    ticketType: text({ max: 200 }),
    registeredAtMs: instant(),
    answers: json(z.array(answerSchema).max(500), []),
    externalId: text({ max: 200 }),
    externalSource: text({ max: 300 }),
  },
});

export const checkIn = entity({
  name: 'checkIn',
  area: 'checkIns',
  searchable: false,
  sortable: [],
  fields: {
    eventId: requiredRef('event'),
    contactId: ref('contact'),
    registrationId: ref('registration'),
    session: text({ max: 300 }),
    inAtMs: instant(),
    outAtMs: instant(),
  },
});

export const subscriptionList = entity({
  name: 'subscriptionList',
  area: 'subscriptionLists',
  searchable: true,
  sortable: [],
  fields: { name: requiredText({ max: 300 }), description: longText() },
});

export const listMember = entity({
  name: 'listMember',
  area: 'listMembers',
  searchable: false,
  sortable: [],
  fields: { listId: requiredRef('subscriptionList'), contactId: requiredRef('contact') },
});

/** The audit row of data protection: every change of a contact's consent, with the exact wording shown. */
export const consentChange = entity({
  name: 'consentChange',
  area: 'consentChanges',
  searchable: false,
  sortable: [],
  appendOnly: true,
  fields: {
    contactId: requiredRef('contact'),
    before: setChoice(consentLevels, 'none'),
    after: setChoice(consentLevels, 'none'),
    changedAtMs: moment(),
    userId: ref('user'),
    source: text({ max: 300 }),
    formId: ref('captureForm'),
    wording: longText(),
    language: text({ max: 35 }),
  },
});

/** One phone call and how it ended (section 7). */
export const call = entity({
  name: 'call',
  area: 'callLog',
  searchable: false,
  sortable: ['startedAtMs'],
  appendOnly: true,
  fields: {
    leadId: ref('lead'),
    contactId: ref('contact'),
    userId: ref('user'),
    number: text({ max: 80 }),
    outcome: { ...setChoice(callOutcomes, 'noAnswer'), required: true },
    startedAtMs: moment(),
    durationSeconds: integer({ min: 0 }),
    callbackAtMs: instant(),
    notes: longText(),
  },
});

export const task = entity({
  name: 'task',
  area: 'tasks',
  searchable: true,
  sortable: ['dueAtMs'],
  fields: {
    subject: requiredText({ max: 300 }),
    kind: setChoice(taskKinds, 'followUp'),
    leadId: ref('lead'),
    contactId: ref('contact'),
    ownerId: ref('user'),
    /** Whose work it is where nobody in particular owns it. */
    forRole: choice(userRoles),
    dueAtMs: instant(),
    doneAtMs: instant(),
    description: longText(),
  },
});

export const user = entity({
  name: 'user',
  area: 'users',
  searchable: true,
  sortable: [],
  fields: {
    name: requiredText({ max: 200 }),
    role: setChoice(userRoles, 'marketer'),
    email: text({ max: 320 }),
    /** The device that the user was entered on. */
    deviceId: text({ max: 36 }),
    active: flag(true),
  },
});

/** One move of a lead from stage to stage: from, to, by whom or by which rule, when, why (section 5). */
export const stageMove = entity({
  name: 'stageMove',
  area: 'stageMoves',
  searchable: false,
  sortable: [],
  appendOnly: true,
  fields: {
    leadId: requiredRef('lead'),
    processId: ref('process'),
    fromStage: text({ max: 80 }),
    toStage: text({ max: 80 }),
    movedAtMs: moment(),
    userId: ref('user'),
    rule: text({ max: 120 }),
    reason: text({ max: 400 }),
  },
});
