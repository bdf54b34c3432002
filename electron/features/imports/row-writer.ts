/**
 * One row of an import becomes what it is: found by its key, merged or made, linked to its contact, account and event
 * (domain.md section 2). Runs inside the write of its batch, where rows before it are already to be found.
 */
import type { ImportKind, ReviewItem } from '../../../shared/contract/imports.ts';
import type { EntityName } from '../../../shared/model/entities.ts';
import type { MappedRow } from '../../../shared/rules/formats/row.ts';
import { fingerprintText } from '../../../shared/rules/matching/fingerprint.ts';
import { knownRow, rememberRow } from '../../../db/records/import-run.ts';
import { standingRow } from '../../../db/merge/redirects.ts';
import { readStored, rowIdOf } from '../../../db/records/read.ts';
import type { Write } from '../../../db/records/write.ts';
import { hashFingerprint, type ImportRow, mappedOf } from './reading/rows.ts';
import { accountRow, personRow, type RowJob, type RowOutcome, type RunRows } from './row-records.ts';
import { writeCheckIn, writeInteraction } from './happening-writer.ts';
import { writeMember } from './member-writer.ts';
import { runHitsOf } from './merge-hit.ts';
import { writeRegistration } from './registration-writer.ts';
import { resolveReferences } from './references.ts';
import type { RunContext } from './run-context.ts';

/** As counted; `again`: an earlier import of the row put it into the review queue, where it is still. */
export type WrittenRow =
  | Exclude<RowOutcome, { reason: unknown }>
  | (Extract<RowOutcome, { reason: unknown }> & { readonly again: boolean; readonly fingerprint: Uint8Array });

const troubles: Readonly<
  Record<Exclude<ImportRow['trouble'], null | 'leftOut'>, readonly [ReviewItem['reason'], string]>
> = {
  ragged: ['raggedRow', 'The row has more or fewer cells than the file has columns.'],
  unclosedQuote: ['raggedRow', 'A quotation mark in this line is never closed.'],
  incompleteCard: ['raggedRow', 'The card that begins in this line has no end.'],
  noKind: ['invalidRow', 'The row does not say what kind of interaction it was, in a word that is known.'],
  noTime: ['invalidRow', 'The row does not say when it was.'],
  nobody: ['invalidRow', 'The row has no name, company, email or phone.'],
};

/** The records that a row of the kind could be: of a registration, its person. */
export const targetOf = (kind: ImportKind): 'contact' | 'lead' | 'account' =>
  kind === 'leads' ? 'lead' : kind === 'accounts' ? 'account' : 'contact';

export const entityOfKind = {
  contacts: 'contact',
  leads: 'lead',
  accounts: 'account',
  registrations: 'registration',
  checkins: 'checkIn',
  interactions: 'interaction',
  members: 'listMember',
} as const;

/** The record by which a row is known when it comes again: members by their person. */
export const knownEntityOf = (kind: ImportKind) => (kind === 'members' ? 'contact' : entityOfKind[kind]);

export const knownByOf = (result: Extract<RowOutcome, { id: number }>): { entity: EntityName; recordId: number } => {
  const { entity, id } = result.knownBy ?? result;
  return { entity, recordId: id };
};

export function writeRow(job: RowJob, row: ImportRow): WrittenRow {
  const { write, context, rows } = job;
  const entity = entityOfKind[context.kind];
  const known = row.fingerprint === null || job.forced ? null : knownRow(write.store, row.fingerprint);
  if (known?.state === 'skipped') return { outcome: 'skipped' };
  let deciding = job;
  if (known?.state === 'record') {
    const knownEntity = knownEntityOf(context.kind);
    // what it became may have been merged since
    const id = standingRow(write.store, knownEntity, known.recordId);
    if (isAlive(write, knownEntity, id)) {
      if (context.kind !== 'members') return { outcome: 'unchanged', entity, id };
      deciding = { ...job, person: id };
    }
  }
  const flaggedBefore = rows.flagged;
  const result = decideRow(deciding, row, entity);
  // of what is made, all; of what is changed, those that were not kept yet (mergeRow)
  if (result.outcome === 'created') rows.flagged = Math.max(rows.flagged, flaggedBefore + row.flagged.length);
  if (!('reason' in result)) {
    if (row.fingerprint !== null) {
      if ('id' in result) rememberRow(write.store, row.fingerprint, knownByOf(result), rows.runRow);
      // what is left out by a choice of this import is not left out for good
      else if (row.trouble === null && context.onMiss === 'create') {
        rememberRow(write.store, row.fingerprint, 'skipped', rows.runRow);
      }
    }
    return result;
  }
  // rows with a key wait too, where it fits several: they are known by what they hold
  const fingerprint = row.fingerprint ?? fingerprintOf(context, mappedOf(row));
  const before = known ?? knownRow(write.store, fingerprint);
  if (before?.state === 'skipped') return { outcome: 'skipped' };
  if (before === null) rememberRow(write.store, fingerprint, 'waiting', rows.runRow);
  return { ...result, again: before?.state === 'waiting', fingerprint };
}

/** Rows of a file that are compared by more than their own cells: by what they mean and where they come from. */
export const fingerprintScope = (context: Pick<RunContext, 'kind' | 'captureSource'>): string =>
  // the same words in another context are another lead, and another registration; a person is the same anywhere
  ['leads', 'registrations', 'checkins', 'interactions', 'members'].includes(context.kind)
    ? `${context.kind}|${context.captureSource}`
    : context.kind;

export const fingerprintOf = (context: RunContext, mapped: MappedRow): Uint8Array =>
  hashFingerprint(fingerprintText(fingerprintScope(context), Object.keys(mapped), Object.values(mapped)));

function isAlive(write: Write, entity: EntityName, id: number): boolean {
  const record = readStored(write.store, entity, id);
  return record !== null && record.deletedAtMs === null;
}

function decideRow(job: RowJob, row: ImportRow, entity: EntityName): RowOutcome {
  if (row.trouble === 'leftOut') return { outcome: 'skipped' };
  if (row.trouble !== null) {
    const [reason, message] = troubles[row.trouble];
    return { outcome: 'failed', reason, message, candidates: [], entity };
  }
  resolveReferences(job.write.store, job.rows.references, targetOf(job.context.kind), row);
  switch (job.context.kind) {
    case 'contacts':
      return personRow(job, row, 'contact');
    case 'leads':
      return personRow(job, row, 'lead');
    case 'accounts':
      return accountRow(job, row);
    case 'registrations':
      return writeRegistration(job, row);
    case 'checkins':
      return writeCheckIn(job, row);
    case 'interactions':
      return writeInteraction(job, row);
    case 'members':
      return writeMember(job, row);
  }
}

/** The rows that the ids of a context stand for. */
export function runRowsOf(write: Write, context: RunContext, runRow: number): RunRows {
  const rowOf = (entity: 'event' | 'campaign' | 'subscriptionList', id: string | null): number | null =>
    id === null ? null : rowIdOf(write.store, entity, id);
  const anyAccount = write.store.sql('SELECT 1 FROM account LIMIT 1').get() !== undefined;
  return {
    runRow,
    eventRow: rowOf('event', context.eventId),
    campaignRow: rowOf('campaign', context.campaignId),
    accounts: anyAccount ? new Map() : null,
    references: new Map(),
    listRow: rowOf('subscriptionList', context.listId),
    hits: runHitsOf(context),
    flagged: 0,
  };
}
