/**
 * Contacts, leads and accounts of an import's rows: who a row could be, what it changes, what it is linked to
 * (domain.md section 2).
 */
import type { ReviewItem } from '../../../shared/contract/imports.ts';
import type { EntityName } from '../../../shared/model/entities.ts';
import type { DraftValues } from '../../../shared/rules/formats/draft.ts';
import { type Decision, decide } from '../../../shared/rules/matching/decide.ts';
import type { IdentityValues } from '../../../shared/rules/matching/identity.ts';
import type { ConsentLevel } from '../../../shared/model/picklists.ts';
import type { StoredPatch } from '../../../db/records/entity-storage.ts';
import { readStored } from '../../../db/records/read.ts';
import { createRecord, updateRecord, type Write } from '../../../db/records/write.ts';
import {
  findAccountByName,
  findByExternalId,
  findCandidates,
  findClosedLead,
  type MatchTarget,
} from '../../../db/query/match-candidates.ts';
import { mergeRow, noteConsent, protectChild, type RunHits } from './merge-hit.ts';
import type { ImportRow } from './reading/rows.ts';
import type { KnownReferences } from './references.ts';
import type { RunContext } from './run-context.ts';

export type RowOutcome =
  | {
      readonly outcome: 'created' | 'updated' | 'unchanged';
      readonly entity: EntityName;
      readonly id: number;
      /** By which the row is known again, where it is not this record. */
      readonly knownBy?: { readonly entity: EntityName; readonly id: number };
    }
  | { readonly outcome: 'skipped' }
  | {
      readonly outcome: 'pending' | 'failed';
      readonly reason: ReviewItem['reason'];
      readonly message: string;
      readonly candidates: readonly number[];
      readonly entity: EntityName;
    };

/** What is the same for all rows of a write, looked up once. */
export type RunRows = {
  readonly runRow: number;
  readonly eventRow: number | null;
  readonly campaignRow: number | null;
  /** Accounts by company name, as far as they were asked for; null where there are no accounts at all. */
  readonly accounts: Map<string, number | null> | null;
  readonly references: KnownReferences;
  /** The subscription list of members. */
  readonly listRow: number | null;
  readonly hits: RunHits | null;
  /** Values that records keep flagged, of the rows so far. */
  flagged: number;
};

/** What a person decided about a row that waited. */
export type Forced = { readonly action: 'create' } | { readonly action: 'use'; readonly id: number };

export type RowJob = {
  readonly write: Write;
  readonly context: RunContext;
  readonly rows: RunRows;
  readonly forced?: Forced;
  /** Who the row is, as it was known before. */
  readonly person?: number;
};

const externalIdOf = (values: DraftValues): string | null =>
  typeof values.externalId === 'string' && values.externalId !== '' ? values.externalId : null;

/** Who the row is; one who is nobody yet is made or left out, as the import says. */
export function decidePerson(job: RowJob, target: MatchTarget, values: DraftValues): PersonDecision {
  const { forced } = job;
  if (forced?.action === 'create') return { action: 'create', because: 'noMatch' };
  if (forced?.action === 'use') return { action: 'update', id: forced.id };
  if (job.person !== undefined) return { action: 'update', id: job.person };
  const decision = matchPerson(job, target, values);
  return decision.action === 'create' && job.context.onMiss === 'skip' ? { action: 'skip' } : decision;
}

type PersonDecision = Exclude<Decision<number>, { action: 'skip' }> | { readonly action: 'skip' };

/** By the file's own id first, then by the strategy. */
function matchPerson({ write, context }: RowJob, target: MatchTarget, values: DraftValues): Decision<number> {
  const { store } = write;
  const externalId = externalIdOf(values);
  if (externalId !== null) {
    const known = findByExternalId(store, target, externalId, context.externalSource);
    if (known !== null) return { action: 'update', id: known };
  }
  const strategy = target === 'contact' ? context.contactStrategy : context.leadStrategy;
  const identity = identityOf(context, target, values);
  const found = findCandidates(store, target, strategy, identity);
  const candidates =
    found === null || externalId === null || !context.keyByExternalId
      ? found
      : found.filter(({ id }) => !hasOtherId(write, target, id, externalId, context.externalSource));
  if (candidates === null && externalId !== null && context.keyByExternalId) {
    return { action: 'create', because: 'noMatch' };
  }
  const decision = decide(strategy, candidates);
  if (target === 'lead' && decision.action === 'create' && candidates !== null) {
    // a lead of this file that was closed since is not a new expression of interest
    const closed = findClosedLead(store, strategy, identity);
    if (closed !== null) return { action: 'update', id: closed };
  }
  return decision;
}

/** (a contact is looked up by its own values alone: the row's own object serves) */
export const identityOf = (context: RunContext, target: MatchTarget, values: DraftValues): IdentityValues =>
  target === 'contact' && values.externalId === undefined
    ? values
    : {
        ...values,
        ...(target === 'lead' ? { captureSource: context.captureSource } : {}),
        externalSource: context.externalSource,
      };

/** The file gives that record another id: it is another one, also with the same email. */
function hasOtherId(write: Write, target: MatchTarget, id: number, externalId: string, source: string): boolean {
  const row = write.store.sql(`SELECT externalId, externalSource FROM ${target} WHERE id = ?`).get(id) as {
    externalId: string | null;
    externalSource: string | null;
  };
  return row.externalSource === source && row.externalId !== null && row.externalId !== externalId;
}

export function personRow(job: RowJob, row: ImportRow, target: MatchTarget): RowOutcome {
  const decision = decidePerson(job, target, row.values);
  switch (decision.action) {
    case 'skip':
      return { outcome: 'skipped' };
    case 'review':
      return waiting(target, decision);
    case 'update': {
      const valuesOf = (values: DraftValues): DraftValues =>
        target === 'contact' ? contactValues(job, values, false) : leadValues(job, values, false);
      const strategy = target === 'contact' ? job.context.contactStrategy : job.context.leadStrategy;
      const changed = mergeRow(job, target, decision.id, row, strategy.onHit, valuesOf);
      const linked = target === 'lead' && job.context.createContacts && linkLead(job, decision.id, row.values);
      return { outcome: changed || linked ? 'updated' : 'unchanged', entity: target, id: decision.id };
    }
    case 'create': {
      const id =
        target === 'contact'
          ? createContact(job, row.values, false)
          : createRecord(job.write, 'lead', leadValues(job, row.values, true) as StoredPatch<'lead'>).id;
      return { outcome: 'created', entity: target, id };
    }
  }
}

export function waiting(
  entity: EntityName,
  decision: Extract<Decision<number>, { action: 'review' }>,
): Extract<RowOutcome, { outcome: 'pending' | 'failed' }> {
  return decision.because === 'blankKey'
    ? {
        outcome: 'pending',
        reason: 'blankKey',
        message: 'The values by which the matching strategy looks are missing.',
        candidates: [],
        entity,
      }
    : {
        outcome: 'pending',
        reason: 'severalMatches',
        message: 'Several records match.',
        candidates: decision.candidates,
        entity,
      };
}

function accountOf(job: RowJob, values: DraftValues): number | null {
  if (typeof values.accountId === 'number') return values.accountId;
  const { accounts } = job.rows;
  const { company } = values;
  if (accounts === null || typeof company !== 'string') return null;
  let account = accounts.get(company);
  if (account === undefined) accounts.set(company, (account = findAccountByName(job.write.store, company)));
  return account;
}

const withExternalSource = (context: RunContext, values: DraftValues): DraftValues =>
  values.externalId === undefined ? values : { ...values, externalSource: context.externalSource };

/** Values of the contact, with where it came from. The row's own object is filled up: a copy a row would be felt. */
export function contactValues(job: RowJob, values: DraftValues, isNew: boolean): DraftValues {
  const { context, rows } = job;
  const accountId = accountOf(job, values);
  if (accountId !== null) values.accountId = accountId;
  if (values.externalId !== undefined) values.externalSource = context.externalSource;
  if (!isNew) return values;
  values.sourceEventId ??= rows.eventRow;
  values.sourceCampaignId ??= rows.campaignRow;
  values.sourceDetail ??= context.fileName.slice(0, 300);
  if (values.child === true) protectChild({}, values);
  return values;
}

export function createContact(job: RowJob, values: DraftValues, marketingOnly: boolean): number {
  const all = contactValues(job, values, true);
  if (marketingOnly) all.marketingOnly = true;
  const { id } = createRecord(job.write, 'contact', all as StoredPatch<'contact'>);
  const { consentLevel } = all;
  if (consentLevel !== undefined && consentLevel !== 'none') {
    noteConsent(job.write, id, 'none', consentLevel as ConsentLevel);
  }
  return id;
}

function leadValues(job: RowJob, values: DraftValues, isNew: boolean): DraftValues {
  const { context, rows } = job;
  const own = withExternalSource(context, values);
  if (!isNew) return own;
  const contactId = typeof values.contactId === 'number' ? values.contactId : contactOfLead(job, values);
  const accountId = accountOf(job, values);
  return {
    eventId: rows.eventRow,
    campaignId: rows.campaignRow,
    ...own,
    topic: values.topic ?? context.topic,
    captureSource: context.captureSource,
    ...(contactId === null ? {} : { contactId }),
    ...(accountId === null ? {} : { accountId }),
  };
}

/** Identity of a lead that a contact of its own has too. */
const sharedFields = [
  'salutation',
  'givenName',
  'middleName',
  'familyName',
  'company',
  'jobTitle',
  'emails',
  'phones',
  'addresses',
  'website',
] as const;

/**
 * The contact rule (domain.md section 6.1) as a step of the import: match, else make a marketing-only contact. Without
 * that step a lead is linked to a contact that is known beyond doubt, and none is made.
 */
function contactOfLead(job: RowJob, values: DraftValues): number | null {
  const { write, context } = job;
  const decision = decide(
    context.contactStrategy,
    findCandidates(write.store, 'contact', context.contactStrategy, values),
  );
  if (decision.action === 'update') return decision.id;
  if (!context.createContacts || decision.action !== 'create') return null;
  const identity = Object.fromEntries(
    sharedFields.flatMap((field) => (values[field] === undefined ? [] : [[field, values[field]]])),
  );
  return createContact(job, identity, true);
}

/** Links a lead that an earlier import left without a parent. */
function linkLead(job: RowJob, id: number, values: DraftValues): boolean {
  const lead = readStored(job.write.store, 'lead', id);
  if (lead === null || lead.values.status !== 'open' || lead.values.contactId !== null) return false;
  const contactId = contactOfLead(job, values);
  return contactId !== null && updateRecord(job.write, 'lead', id, { contactId });
}

export function accountRow(job: RowJob, row: ImportRow): RowOutcome {
  const { write, context, forced } = job;
  const valuesOf = (each: DraftValues): DraftValues => withExternalSource(context, each);
  const values = valuesOf(row.values);
  const id = forced?.action === 'create' ? null : forced?.action === 'use' ? forced.id : accountMatch(job, values);
  if (id === null) {
    if (context.onMiss === 'skip' && !forced) return { outcome: 'skipped' };
    const made = createRecord(write, 'account', values as StoredPatch<'account'>);
    return { outcome: 'created', entity: 'account', id: made.id };
  }
  const changed = mergeRow(job, 'account', id, row, context.onHit ?? 'fillEmpty', valuesOf);
  return { outcome: changed ? 'updated' : 'unchanged', entity: 'account', id };
}

/** By the file's id, else by name; one that the file gives another id is another account of the same name. */
function accountMatch(job: RowJob, values: DraftValues): number | null {
  const { write, context } = job;
  const externalId = externalIdOf(values);
  if (externalId !== null) {
    const known = findByExternalId(write.store, 'account', externalId, context.externalSource);
    if (known !== null) return known;
  }
  const named = findAccountByName(write.store, String(values.name));
  if (named === null || externalId === null) return named;
  const account = readStored(write.store, 'account', named);
  const other = account?.values.externalId ?? null;
  return other !== null && account?.values.externalSource === context.externalSource ? null : named;
}
