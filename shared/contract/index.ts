/** The whole contract. A new call is an entry in its area's file and a handler that will not compile until it exists. */
import type { z } from 'zod';
import { entities } from '../model/entities.ts';
import { aroundContract } from './around.ts';
import { binContract } from './bin.ts';
import { bulkContract } from './bulk.ts';
import { customFieldsContract } from './custom-fields.ts';
import { duplicatesContract } from './duplicates.ts';
import { captureContract, leadsContract, queueContract } from './leads.ts';
import { historyContract } from './history.ts';
import { hqContract } from './hq.ts';
import { importsContract } from './imports.ts';
import { notesContract } from './notes.ts';
import { recordCalls } from './records.ts';
import { reviewContract } from './review.ts';
import { segmentsContract } from './segments.ts';
import { hostContract, workspaceContract } from './workspace.ts';

export const recordsContract = {
  ...recordCalls('contacts', entities.contact),
  ...recordCalls('accounts', entities.account),
  ...recordCalls('leads', entities.lead),
  ...recordCalls('opportunities', entities.opportunity),
  ...recordCalls('campaigns', entities.campaign),
  ...recordCalls('products', entities.product),
  ...recordCalls('events', entities.event),
  ...recordCalls('registrations', entities.registration),
  ...recordCalls('checkIns', entities.checkIn),
  ...recordCalls('interactions', entities.interaction),
  ...recordCalls('subscriptionLists', entities.subscriptionList),
  ...recordCalls('listMembers', entities.listMember),
  ...recordCalls('consentChanges', entities.consentChange),
  ...recordCalls('callLog', entities.call),
  ...recordCalls('tasks', entities.task),
  ...recordCalls('users', entities.user),
  ...recordCalls('stageMoves', entities.stageMove),
  ...recordCalls('captureForms', entities.captureForm),
  ...recordCalls('matchingStrategies', entities.matchingStrategy),
  ...recordCalls('scoringModels', entities.scoringModel),
  ...recordCalls('processes', entities.process),
  ...recordCalls('segments', entities.segment),
  ...recordCalls('segmentMembers', entities.segmentMember),
  ...recordCalls('savedViews', entities.savedView),
  // a change of kind that values or users of the field do not allow
  ...recordCalls('customFields', entities.customField, ['inUse', 'valuesDoNotFit']),
  ...recordCalls('notes', entities.note),
  ...recordCalls('attachments', entities.attachment),
  ...recordCalls('redirects', entities.redirect),
  ...recordCalls('duplicateDecisions', entities.duplicateDecision),
};

export const contract = {
  ...workspaceContract,
  ...hostContract,
  ...recordsContract,
  ...binContract,
  ...bulkContract,
  ...customFieldsContract,
  ...leadsContract,
  ...captureContract,
  ...queueContract,
  ...segmentsContract,
  ...importsContract,
  ...reviewContract,
  ...duplicatesContract,
  ...hqContract,
  ...historyContract,
  ...notesContract,
  ...aroundContract,
};

export type Contract = typeof contract;
export type CallName = keyof Contract;
/** What a caller may send (defaults left out). */
export type InputOf<N extends CallName> = z.input<Contract[N]['input']>;
/** What a handler gets (parsed, defaults filled in). */
export type ParsedInputOf<N extends CallName> = z.output<Contract[N]['input']>;
export type OutputOf<N extends CallName> = z.output<Contract[N]['output']>;

export const callNames = Object.keys(contract) as CallName[];
export const isCallName = (name: string): name is CallName => Object.hasOwn(contract, name);
