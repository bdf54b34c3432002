/**
 * What happens to a lead beyond its fields: moves from stage to stage, closing and opening again, links to contact and
 * account. Each leaves a record of who or which rule, when and why (domain.md section 5). Whether it may happen is
 * decided in shared/rules/process.
 */
import type { UserRole } from '../../shared/model/picklists.ts';
import { clearedFlags, recycleStageOf, stageOf } from '../../shared/rules/process/machine.ts';
import type { StoredPatch } from './entity-storage.ts';
import { processOf } from './lead-start.ts';
import { readStored, type StoredRecord } from './read.ts';
import { updateSet } from './update-set.ts';
import { createRecord, updateRecord, type Write } from './write.ts';

export type MoveCause = { readonly rule: string | null; readonly reason: string | null };

/** What a move needs to know of a lead. */
type Moving = {
  readonly id: number;
  readonly label: string;
  readonly stage: string | null;
  readonly processId: number | null;
  readonly contactId: number | null;
  readonly ownerId: number | null;
};

const movingOf = (write: Write, leadId: number): Moving => {
  const row = write.store
    .sql('SELECT id, label, stage, processId, contactId, ownerId FROM lead WHERE id = ?')
    .get(leadId) as Moving | undefined;
  if (!row) throw new Error(`No lead in row ${leadId}`);
  return row;
};

/** Moves leads; ends the work that their stage raised and raises that of the new one. */
export function moveLeads(
  write: Write,
  leadIds: readonly number[],
  to: string,
  cause: (leadId: number) => MoveCause,
  more: StoredPatch<'lead'> = {},
): void {
  const leads = leadIds.map((leadId) => movingOf(write, leadId));
  updateSet(write, 'lead', leadIds, { ...more, stage: to, stageEnteredAtMs: write.atMs });
  for (const lead of leads) {
    recordMove(write, lead, lead.stage, to, cause(lead.id));
    endStageWork(write, lead.id);
    const process = processOf(write.store, write, lead.processId);
    const role = process ? stageOf(process.definition, to)?.raisesWorkFor : null;
    if (role) raiseWork(write, lead, role);
  }
}

export const moveLead = (
  write: Write,
  leadId: number,
  to: string,
  cause: MoveCause,
  more: StoredPatch<'lead'> = {},
): void => moveLeads(write, [leadId], to, () => cause, more);

const leadOf = (write: Write, leadId: number): StoredRecord<'lead'> => {
  const lead = readStored(write.store, 'lead', leadId);
  if (!lead) throw new Error(`No lead in row ${leadId}`);
  return lead;
};

function recordMove(
  write: Write,
  lead: Pick<Moving, 'id' | 'processId'>,
  fromStage: string | null,
  toStage: string | null,
  { rule, reason }: MoveCause,
): void {
  createRecord(write, 'stageMove', {
    leadId: lead.id,
    processId: lead.processId,
    fromStage,
    toStage,
    movedAtMs: write.atMs,
    userId: rule === null ? write.store.userRow : null,
    rule,
    reason,
  });
}

function raiseWork(write: Write, { id, label, contactId, ownerId }: Moving, role: UserRole): void {
  const kind =
    role === 'seller' ? 'salesAcceptance' : role === 'teleprospector' ? 'teleprospectAcceptance' : 'followUp';
  createRecord(write, 'task', {
    // the kind says what to do; the subject says with whom
    subject: label,
    kind,
    leadId: id,
    contactId,
    ownerId: ownerId !== null && roleOf(write, ownerId) === role ? ownerId : null,
    forRole: role,
    dueAtMs: write.atMs,
  });
}

/** After a change of owner: what waits for any seller waits for this one now, or for any again. */
export function handOver(write: Write, leadIds: readonly number[], ownerId: number | null): void {
  const isSeller = ownerId !== null && roleOf(write, ownerId) === 'seller';
  const inbox = write.store
    .sql(
      `SELECT id FROM task WHERE leadId IN (SELECT value FROM json_each(?)) AND kind = 'salesAcceptance'
       AND doneAtMs IS NULL AND deletedAtMs IS NULL`,
    )
    .pluck()
    .all(JSON.stringify(leadIds)) as number[];
  updateSet(write, 'task', inbox, { ownerId: isSeller ? ownerId : null });
}

const roleOf = (write: Write, userId: number): string | null =>
  (write.store.sql('SELECT role FROM user WHERE id = ?').pluck().get(userId) as string | undefined) ?? null;

const stageWork = ['salesAcceptance', 'teleprospectAcceptance'] as const;

/** Ends what a stage raised; `kinds` where more has to end. */
export function endStageWork(write: Write, leadId: number, kinds: readonly string[] = stageWork): void {
  const open = write.store
    .sql('SELECT id, kind FROM task WHERE leadId = ? AND doneAtMs IS NULL AND deletedAtMs IS NULL')
    .all(leadId) as { id: number; kind: string }[];
  for (const task of open) {
    if (kinds.includes(task.kind)) updateRecord(write, 'task', task.id, { doneAtMs: write.atMs });
  }
}

/** Gives a lead back: its sales flags are cleared, so that it must be marked, or cross the threshold, again. */
export function giveBack(write: Write, leadId: number, reason: string, counted: boolean): void {
  const { values } = leadOf(write, leadId);
  const process = processOf(write.store, write, values.processId);
  const to = process ? recycleStageOf(process.definition) : values.stage;
  const more: StoredPatch<'lead'> = counted
    ? { ...clearedFlags, recycleReason: reason, recycleCount: (values.recycleCount ?? 0) + 1 }
    : clearedFlags;
  // also where it stands there already: the reason belongs to its history
  moveLead(write, leadId, to ?? values.stage ?? '', { rule: null, reason }, more);
}

/** Closes a lead: it leaves the process where it stands. The move that records it goes to no stage. */
export function closeLead(write: Write, leadId: number, patch: StoredPatch<'lead'>, reason: string | null): void {
  const lead = movingOf(write, leadId);
  updateRecord(write, 'lead', leadId, patch);
  recordMove(write, lead, lead.stage, null, { rule: null, reason });
  endStageWork(write, leadId, [...stageWork, 'call', 'callback']);
}

export function reopenLead(write: Write, leadId: number): void {
  const lead = movingOf(write, leadId);
  updateRecord(write, 'lead', leadId, { status: 'open', disqualifyReason: null, stageEnteredAtMs: write.atMs });
  recordMove(write, lead, null, lead.stage, { rule: null, reason: null });
}

/** Links a lead to its parents. What was recorded for it while nobody was linked is credited to the contact. */
export function linkLead(
  write: Write,
  leadId: number,
  parents: { readonly contactId?: number | null; readonly accountId?: number | null },
): void {
  updateRecord(write, 'lead', leadId, parents);
  const { contactId } = parents;
  if (contactId === undefined || contactId === null) return;
  const { store } = write;
  const unnamed = store.sql('SELECT id FROM interaction WHERE leadId = ? AND contactId IS NULL').pluck().all(leadId);
  for (const id of unnamed as number[]) updateRecord(write, 'interaction', id, { contactId });
  const tasks = store.sql('SELECT id FROM task WHERE leadId = ? AND contactId IS NULL').pluck().all(leadId);
  for (const id of tasks as number[]) updateRecord(write, 'task', id, { contactId });
}

/** The contact that a lead's captured identity describes: marketing-only until a lead of theirs is qualified. */
export function contactValuesOf({ values }: StoredRecord<'lead'>): StoredPatch<'contact'> {
  const { salutation, givenName, middleName, familyName, company, jobTitle, website } = values;
  const { emails, phones, addresses, flaggedValues, accountId } = values;
  return {
    salutation,
    givenName,
    middleName,
    familyName,
    company,
    jobTitle,
    website,
    emails,
    phones,
    addresses,
    flaggedValues,
    accountId,
    marketingOnly: true,
    sourceEventId: values.eventId,
    sourceCampaignId: values.campaignId,
    sourceFormId: values.formId,
    sourceDetail: values.sourceDetail ?? values.captureSource?.slice(0, 300) ?? null,
  };
}

/** Leads whose contact has just come to be one of a qualified lead lose the mark that hides it from sales. */
export function clearMarketingOnly(write: Write, contactId: number): void {
  updateRecord(write, 'contact', contactId, { marketingOnly: false });
}
