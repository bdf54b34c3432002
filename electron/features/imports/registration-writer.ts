/**
 * A row of an attendee list: the person is found or made, the registration is found or made, and registering is
 * something the person did, once (domain.md section 1).
 */
import type { DraftValues } from '../../../shared/rules/formats/draft.ts';
import { mergeValues } from '../../../shared/rules/matching/merge.ts';
import type { registrationStatuses } from '../../../shared/model/picklists.ts';
import { assertNever } from '../../../shared/result.ts';
import { findByExternalId } from '../../../db/query/match-candidates.ts';
import type { StoredPatch } from '../../../db/records/entity-storage.ts';
import { readStored, uuidOf } from '../../../db/records/read.ts';
import { createRecord, updateRecord, type Write } from '../../../db/records/write.ts';
import { mergeRow } from './merge-hit.ts';
import type { ImportRow } from './reading/rows.ts';
import { contactValues, createContact, decidePerson, type RowJob, type RowOutcome, waiting } from './row-records.ts';

type Status = (typeof registrationStatuses)[number];

export function writeRegistration(job: RowJob, row: ImportRow): RowOutcome {
  const { write, context, rows } = job;
  const eventRow = rows.eventRow;
  if (eventRow === null || row.registration === null) throw new Error('a registration without an event');
  const known = knownRegistration(write, context.externalSource, row.registration, eventRow);
  const person = known === null ? null : (readStored(write.store, 'registration', known)?.values.contactId ?? null);
  const contact = person === null ? contactOf(job, row) : mergePerson(job, person, row);
  if ('outcome' in contact) return contact;
  const id = known ?? sameRegistration(write, row.registration, eventRow, contact.id);
  const values = {
    ...row.registration,
    ...(row.registration.externalId === undefined ? {} : { externalSource: context.externalSource }),
  };
  if (id === null) {
    const made = createRecord(write, 'registration', {
      ...values,
      eventId: eventRow,
      contactId: contact.id,
    } as StoredPatch<'registration'>);
    recordRegistering(job, row, made.uuid, contact.id, eventRow);
    return { outcome: 'created', entity: 'registration', id: made.id };
  }
  const changed = updateRegistration(job, id, values);
  recordRegistering(job, row, uuidOf(write.store, 'registration', id), contact.id, eventRow);
  return { outcome: changed || contact.changed ? 'updated' : 'unchanged', entity: 'registration', id };
}

type Person = { readonly id: number; readonly changed: boolean };

function mergePerson(job: RowJob, id: number, row: ImportRow): Person {
  const valuesOf = (values: DraftValues): DraftValues => contactValues(job, values, false);
  return { id, changed: mergeRow(job, 'contact', id, row, job.context.contactStrategy.onHit, valuesOf) };
}

/** The person of a row, found or made. */
export function contactOf(job: RowJob, row: ImportRow): Person | Exclude<RowOutcome, { outcome: 'created' }> {
  const decision = decidePerson(job, 'contact', row.values);
  switch (decision.action) {
    case 'update':
      return mergePerson(job, decision.id, row);
    case 'create':
      return { id: createContact(job, row.values, false), changed: true };
    case 'skip':
      return { outcome: 'skipped' };
    case 'review':
      return { ...waiting('contact', decision), outcome: 'pending' };
    default:
      return assertNever(decision);
  }
}

function knownRegistration(write: Write, source: string, values: DraftValues, eventRow: number): number | null {
  if (typeof values.externalId !== 'string') return null;
  const id = findByExternalId(write.store, 'registration', values.externalId, source);
  return id !== null && readStored(write.store, 'registration', id)?.values.eventId === eventRow ? id : null;
}

/** A registration of the same person without an id, or of a file without ids. */
function sameRegistration(write: Write, values: DraftValues, eventRow: number, contactRow: number): number | null {
  const condition = values.externalId === undefined ? '' : 'AND externalId IS NULL';
  const row = write.store
    .sql(
      `SELECT id FROM registration WHERE contactId = ? AND eventId = ? AND deletedAtMs IS NULL ${condition} ORDER BY id LIMIT 1`,
    )
    .get(contactRow, eventRow) as { id: number } | undefined;
  return row?.id ?? null;
}

/** How far a registration got: a list that was exported earlier does not take it back. */
const progress: Readonly<Record<Status, number>> = {
  waitingList: 0,
  registered: 1,
  noShow: 2,
  cancelled: 2,
  attended: 3,
};

function updateRegistration({ write, context, rows }: RowJob, id: number, values: DraftValues): boolean {
  const record = readStored(write.store, 'registration', id);
  if (record === null) throw new Error('a match with a missing registration');
  const { hits } = context;
  const kept = new Set(rows.hits?.byColumn.flatMap(([column, action]) => (action === 'keep' ? [column] : [])));
  const { status, ...rest } = values;
  if (kept.has('ticketType')) delete rest.ticketType;
  if (kept.has('registeredAt')) delete rest.registeredAtMs;
  const patch = mergeValues(
    record.values as Readonly<Record<string, unknown>>,
    rest,
    context.onHit === 'overwrite' ? 'overwrite' : 'fillEmpty',
    rows.hits?.byRecordField,
  );
  const isLater = progress[status as Status] > progress[record.values.status];
  const isOther = status !== record.values.status && hits.registrationStatus === 'overwrite';
  if ((isLater && !kept.has('registrationStatus')) || isOther) patch.status = status;
  return Object.keys(patch).length > 0 && updateRecord(write, 'registration', id, patch as StoredPatch<'registration'>);
}

/** Idempotent by its key: importing the list again is no second registration. */
function recordRegistering(job: RowJob, row: ImportRow, uuid: string, contactRow: number, eventRow: number): void {
  const { write, context } = job;
  const registration = row.registration ?? {};
  if (registration.status === 'cancelled') return;
  const id =
    typeof registration.externalId === 'string' ? `${context.externalSource}:${registration.externalId}` : uuid;
  const eventKey = `registered:${id}`.slice(0, 300);
  const known = write.store.sql('SELECT 1 FROM interaction WHERE eventKey = ? AND deletedAtMs IS NULL').get(eventKey);
  if (known !== undefined) return;
  createRecord(write, 'interaction', {
    kind: 'eventRegistered',
    eventKey,
    occurredAtMs: typeof registration.registeredAtMs === 'number' ? registration.registeredAtMs : write.atMs,
    subject: typeof registration.ticketType === 'string' ? registration.ticketType : null,
    contactId: contactRow,
    eventId: eventRow,
    source: context.captureSource.slice(0, 300),
  });
}
