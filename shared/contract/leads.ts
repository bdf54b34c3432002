/** A lead's life beyond its fields: process, score, linking, calls; and capture at the booth. */
import { z } from 'zod';
import { lead, contact, account } from '../model/people.ts';
import { process, captureForm } from '../model/configuration.ts';
import { stageMove } from '../model/happenings.ts';
import { recordSchema } from '../model/field.ts';
import { uuidSchema } from '../model/ids.ts';
import { answerSchema } from '../model/parts.ts';
import {
  budgetStatuses,
  callOutcomes,
  consentLevels,
  disqualifyReasons,
  purchaseNeeds,
  purchaseProcesses,
  purchaseTimeFrames,
} from '../model/picklists.ts';
import { captureFields } from '../rules/capture/definition.ts';
import { ledgerEntrySchema } from '../rules/scoring/definition.ts';
import { call } from './call.ts';
import { timelineEntrySchema } from './parts.ts';

const moved = z.object({ stage: z.string(), writeId: z.int() });
const leadId = { id: uuidSchema };
const reason = z.string().trim().max(400);

export const leadScoreSchema = z.object({
  modelId: uuidSchema,
  modelName: z.string(),
  score: z.int(),
  grade: z.string().nullable(),
  salesReadyThreshold: z.int().nullable(),
  stale: z.boolean(),
  ledger: z.array(ledgerEntrySchema),
  /** Next time the score changes without anybody doing anything; null for never. */
  nextChangeAtMs: z.int().nullable(),
});

export const leadDetailSchema = z.object({
  lead: recordSchema(lead),
  contact: recordSchema(contact).nullable(),
  account: recordSchema(account).nullable(),
  process: recordSchema(process),
  /** Milliseconds spent in each stage so far, by stage id; the current one up to now. */
  timeInStageMs: z.record(z.string(), z.int()),
  moves: z.array(recordSchema(stageMove)),
  scores: z.array(leadScoreSchema),
  /** Why there is no score, where there is none. */
  notScoredBecause: z.enum(['unlinked', 'consent', 'child', 'closed', 'noModel']).nullable(),
  siblings: z.array(
    z.object({ id: uuidSchema, label: z.string(), stage: z.string().nullable(), score: z.int().nullable() }),
  ),
});
export type LeadDetail = z.output<typeof leadDetailSchema>;

export const leadsContract = {
  'leads.detail': call(
    'read',
    'A lead with its parents, process, time per stage, scores and ledger',
    z.strictObject(leadId),
    leadDetailSchema,
    ['notFound'],
  ),
  'leads.move': call(
    'write',
    'Moves a lead to any stage of its process: forward, back, or across',
    z.strictObject({ ...leadId, stage: z.string().max(80), reason: reason.optional() }),
    moved,
    ['notFound', 'leadClosed', 'stageUnknown', 'requiredField', 'moveNotAllowed'],
  ),
  'leads.setFlag': call(
    'write',
    'Sets or clears a flag; rules of the process fire on the change',
    z.strictObject({
      ...leadId,
      flag: z.enum(['salesReady', 'teleprospectReady', 'teleprospectAccepted', 'salesAccepted']),
      value: z.boolean(),
      reason: reason.optional(),
    }),
    moved,
    ['notFound', 'leadClosed', 'notSeller', 'requiredField'],
  ),
  'leads.link': call(
    'write',
    'Links a lead to a contact or account, or makes the contact from the captured identity',
    z.strictObject({
      ...leadId,
      contactId: uuidSchema.nullable().optional(),
      accountId: uuidSchema.nullable().optional(),
      createContact: z.boolean().optional(),
    }),
    z.object({ contactId: uuidSchema.nullable(), accountId: uuidSchema.nullable(), writeId: z.int() }),
    ['notFound', 'leadClosed'],
  ),
  'leads.linkAll': call(
    'write',
    'The contact rule: matches or makes a marketing-only contact for every unlinked lead, and links it',
    z.strictObject({ ids: z.array(uuidSchema).max(100_000).optional() }),
    z.object({
      linked: z.int(),
      created: z.int(),
      pending: z.int(),
      writeId: z.int().nullable(),
      /** Of more leads than one write takes: what `history.undoOperation` takes back. */
      operationId: uuidSchema.nullable(),
    }),
  ),
  'leads.decline': call(
    'write',
    'Teleprospecting or sales declines a lead; it goes back with the reason',
    z.strictObject({ ...leadId, reason: reason.min(1) }),
    moved,
    ['notFound', 'leadClosed', 'reasonRequired'],
  ),
  'leads.disqualify': call(
    'write',
    'Closes a lead with a reason',
    z.strictObject({ ...leadId, reason: z.enum(disqualifyReasons), note: reason.optional() }),
    moved,
    ['notFound', 'leadClosed'],
  ),
  'leads.recycle': call(
    'write',
    'Gives a lead back to marketing with a reason; its sales flags are cleared',
    z.strictObject({ ...leadId, reason: reason.min(1) }),
    moved,
    ['notFound', 'leadClosed', 'reasonRequired'],
  ),
  'leads.reopen': call('write', 'Opens a disqualified lead again', z.strictObject(leadId), moved, ['notFound']),
  'leads.assign': call(
    'write',
    'Gives leads to a user',
    z.strictObject({ ids: z.array(uuidSchema).min(1).max(10_000), ownerId: uuidSchema.nullable() }),
    z.object({ writeId: z.int().nullable() }),
    ['notFound'],
  ),
  'leads.convert': call(
    'write',
    'Makes an opportunity of a lead; clears marketing-only on its contact',
    z.strictObject({
      ...leadId,
      name: z.string().trim().min(1).max(300).optional(),
      amount: z.number().nullable().optional(),
      closeDate: z.iso.date().nullable().optional(),
    }),
    z.object({ opportunityId: uuidSchema, writeId: z.int() }),
    ['notFound', 'leadClosed', 'leadUnlinked'],
  ),
  'timeline.page': call(
    'read',
    'What happened, newest first, of a contact, a lead or an account with all its contacts',
    z.strictObject({
      of: z.enum(['contact', 'lead', 'account']),
      id: uuidSchema,
      limit: z.int().min(1).max(200).default(50),
      before: z.strictObject({ atMs: z.int(), id: uuidSchema }).optional(),
      kinds: z.array(z.string().max(60)).max(30).optional(),
    }),
    z.object({ entries: z.array(timelineEntrySchema), next: z.object({ atMs: z.int(), id: uuidSchema }).nullable() }),
    ['notFound'],
  ),
  'interactions.record': call(
    'write',
    'Records something a contact did; the same event key twice is once',
    z.strictObject({
      contactId: uuidSchema,
      leadId: uuidSchema.optional(),
      kind: z.enum([
        'emailOpened',
        'emailClicked',
        'formVisited',
        'formSubmitted',
        'websiteVisited',
        'eventRegistered',
        'eventCheckedIn',
        'badgeScanned',
        'callConnected',
        'meetingHeld',
        'subscribed',
        'unsubscribed',
        'surveyAnswered',
      ]),
      occurredAtMs: z.int().optional(),
      eventKey: z.string().min(1).max(300).optional(),
      eventId: uuidSchema.optional(),
      subject: z.string().max(500).optional(),
    }),
    z.object({ id: uuidSchema, alreadyKnown: z.boolean() }),
    ['notFound'],
  ),
};

const ownValueSchema = z.union([z.string().max(4000), z.number(), z.boolean(), z.array(z.string().max(400)).max(500)]);

export const captureContract = {
  'capture.submit': call(
    'write',
    'Takes in one capture: match, contact, lead, interaction and consent in one transaction',
    z.strictObject({
      formId: uuidSchema,
      /** Made by the form once per person; submitting it again changes nothing. */
      captureKey: z.string().min(1).max(120),
      values: z.partialRecord(z.enum(captureFields), z.string().max(20_000)),
      /** Values of fields that the workspace added, by their names. */
      own: z.record(z.string().max(40), ownValueSchema).default({}),
      answers: z.array(answerSchema).max(200).default([]),
      consented: z.boolean().default(false),
      occurredAtMs: z.int().optional(),
      /** The person was recognised and chosen while typing. */
      contactId: uuidSchema.optional(),
    }),
    z.object({
      outcome: z.enum(['created', 'updated', 'unchanged', 'pending', 'alreadyTaken']),
      contactId: uuidSchema.nullable(),
      leadId: uuidSchema.nullable(),
      /** The lead was made now; else it was there before. */
      newLead: z.boolean(),
      reviewItemId: uuidSchema.nullable(),
      writeId: z.int().nullable(),
      flagged: z.array(z.string()),
    }),
    ['notFound', 'requiredField', 'invalidValue'],
  ),
  'capture.suggest': call(
    'read',
    'People that are known already, while typing a name, email or number',
    z.strictObject({ search: z.string().max(200), limit: z.int().min(1).max(20).default(6) }),
    z.object({
      contacts: z.array(
        z.object({
          id: uuidSchema,
          label: z.string(),
          company: z.string().nullable(),
          email: z.string().nullable(),
          allowPrefill: z.boolean(),
        }),
      ),
    }),
  ),
  'capture.today': call(
    'read',
    'Captures of a form, newest first',
    z.strictObject({ formId: uuidSchema, sinceMs: z.int().optional(), limit: z.int().min(1).max(200).default(20) }),
    z.object({
      total: z.int(),
      rows: z.array(
        z.object({
          leadId: uuidSchema.nullable(),
          contactId: uuidSchema.nullable(),
          label: z.string(),
          topic: z.string().nullable(),
          atMs: z.int(),
        }),
      ),
    }),
  ),
  'capture.form': call(
    'read',
    'One capture form with its event',
    z.strictObject({ id: uuidSchema }),
    z.object({ form: recordSchema(captureForm), eventName: z.string().nullable() }),
    ['notFound'],
  ),
  'consent.set': call(
    'write',
    'Changes a contact’s consent level, with its audit row',
    z.strictObject({
      contactId: uuidSchema,
      level: z.enum(consentLevels),
      wording: z.string().max(10_000),
      language: z.string().max(35),
      source: z.string().max(300),
    }),
    z.object({ writeId: z.int().nullable() }),
    ['notFound'],
  ),
};

/** Why this call now: a code with its value, so that each language can word it. */
export const whyNowSchema = z.object({
  code: z.enum(['callbackDue', 'neverCalled', 'score', 'waiting', 'retry']),
  value: z.number().nullable(),
});

export const queueItemSchema = z.object({
  leadId: uuidSchema,
  contactId: uuidSchema.nullable(),
  label: z.string(),
  company: z.string().nullable(),
  topic: z.string(),
  stage: z.string(),
  number: z.string().nullable(),
  score: z.int().nullable(),
  attempts: z.int(),
  enteredAtMs: z.int(),
  callbackAtMs: z.int().nullable(),
  why: z.array(whyNowSchema),
});
export type QueueItem = z.output<typeof queueItemSchema>;

/** The stage-4 fields that a caller fills while talking. */
export const qualificationSchema = z.strictObject({
  purchaseNeed: z.enum(purchaseNeeds).nullable().optional(),
  purchaseTimeFrame: z.enum(purchaseTimeFrames).nullable().optional(),
  purchaseProcess: z.enum(purchaseProcesses).nullable().optional(),
  budgetAmount: z.number().nullable().optional(),
  budgetStatus: z.enum(budgetStatuses).nullable().optional(),
  decisionMaker: z.boolean().nullable().optional(),
  minimumCriteriaMet: z.boolean().optional(),
  description: z.string().max(20_000).nullable().optional(),
});

export const queueContract = {
  'queue.list': call(
    'read',
    'The call queue in calling order, with why each is where it is',
    z.strictObject({ limit: z.int().min(1).max(500).default(50) }),
    z.object({
      items: z.array(queueItemSchema),
      waiting: z.int(),
      notNow: z.array(
        z.object({
          reason: z.enum([
            'callbackLater',
            'outsideHours',
            'mayNotPhone',
            'attemptLimit',
            'pause',
            'noNumber',
            'heldByOther',
          ]),
          count: z.int(),
        }),
      ),
    }),
  ),
  'queue.next': call(
    'write',
    'The best next call, held for this caller for fifteen minutes; null when there is none',
    z.strictObject({ skipLeadId: uuidSchema.optional() }),
    z.object({ item: queueItemSchema.nullable() }),
  ),
  'queue.release': call(
    'write',
    'Gives a held lead back to the queue',
    z.strictObject({ leadId: uuidSchema }),
    z.object({}),
  ),
  'queue.record': call(
    'write',
    'The outcome of a call: attempts, callback, interaction, stage-4 fields and the move of the lead, in one transaction',
    z.strictObject({
      leadId: uuidSchema,
      outcome: z.enum(callOutcomes),
      notes: z.string().max(20_000).optional(),
      callbackAtMs: z.int().optional(),
      startedAtMs: z.int().optional(),
      durationSeconds: z.int().min(0).max(86_400).optional(),
      qualification: qualificationSchema.optional(),
      /** Ticked while talking. */
      teleprospectAccepted: z.boolean().optional(),
      salesReady: z.boolean().optional(),
      disqualify: z.enum(disqualifyReasons).optional(),
      callKey: z.string().max(120).optional(),
    }),
    z.object({ stage: z.string(), status: z.string(), writeId: z.int() }),
    ['notFound', 'leadClosed', 'invalidValue', 'leaseLost'],
  ),
};
