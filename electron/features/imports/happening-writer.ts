/**
 * A row about what somebody did: the person is found or made, and the interaction or check-in is written once, known by
 * the id that the file gives it or, without one, by what the row holds (domain.md section 1).
 */
import { readStored } from '../../../db/records/read.ts';
import { createRecord, updateRecord } from '../../../db/records/write.ts';
import type { StoredPatch } from '../../../db/records/entity-storage.ts';
import { contactOf } from './registration-writer.ts';
import { hashFingerprint, type ImportRow } from './reading/rows.ts';
import type { RowJob, RowOutcome } from './row-records.ts';

export const interactionKey = (externalSource: string, id: string): string => `${externalSource}:${id}`.slice(0, 300);

const known = ({ write }: RowJob, eventKey: string): number | null =>
  (write.store.sql('SELECT id FROM interaction WHERE eventKey = ? AND deletedAtMs IS NULL').pluck().get(eventKey) as
    number | undefined) ?? null;

export function writeInteraction(job: RowJob, row: ImportRow): RowOutcome {
  const { write, context, rows } = job;
  const { externalId, ...values } = row.registration ?? {};
  const eventKey =
    typeof externalId === 'string' ? interactionKey(context.externalSource, externalId) : keyOfRow(row, 'interaction');
  const there = known(job, eventKey);
  if (there !== null) return { outcome: 'unchanged', entity: 'interaction', id: there };
  const contact = contactOf(job, row);
  if ('outcome' in contact) return contact;
  const made = createRecord(write, 'interaction', {
    ...(values as StoredPatch<'interaction'>),
    eventKey,
    contactId: contact.id,
    eventId: rows.eventRow,
    campaignId: rows.campaignRow,
    source: context.captureSource.slice(0, 300),
  });
  return { outcome: 'created', entity: 'interaction', id: made.id };
}

/** Of a row that is in the import by a decision in Review too, where it has no fingerprint. */
function keyOfRow(row: ImportRow, kind: string): string {
  const hash = Buffer.from(row.fingerprint ?? hashFingerprint(row.mappedJson)).toString('hex');
  return `import:${kind}:${hash}`.slice(0, 300);
}

export function writeCheckIn(job: RowJob, row: ImportRow): RowOutcome {
  const { write, context, rows } = job;
  const eventId = rows.eventRow;
  if (eventId === null || row.registration === null) throw new Error('a check-in without an event');
  const contact = contactOf(job, row);
  if ('outcome' in contact) return contact;
  const { externalId, session = null, inAtMs = null, outAtMs = null } = row.registration;
  const { store } = write;
  const registrationId =
    (store
      .sql(
        'SELECT id FROM registration WHERE contactId = ? AND eventId = ? AND deletedAtMs IS NULL ORDER BY id LIMIT 1',
      )
      .pluck()
      .get(contact.id, eventId) as number | undefined) ?? null;
  const same = store
    .sql(
      `SELECT id FROM check_in WHERE contactId = ? AND eventId = ? AND deletedAtMs IS NULL AND session IS ?
         AND (inAtMs IS ? OR ? IS NULL) ORDER BY id LIMIT 1`,
    )
    .pluck()
    .get(contact.id, eventId, session, inAtMs, inAtMs) as number | undefined;
  const changed = attended(job, registrationId);
  if (same !== undefined) {
    const left = outAtMs !== null && readStored(store, 'checkIn', same)?.values.outAtMs === null;
    if (left) updateRecord(write, 'checkIn', same, { outAtMs: outAtMs as number });
    return { outcome: left || changed || contact.changed ? 'updated' : 'unchanged', entity: 'checkIn', id: same };
  }
  const values = { session, inAtMs, outAtMs } as StoredPatch<'checkIn'>;
  const made = createRecord(write, 'checkIn', { ...values, eventId, contactId: contact.id, registrationId });
  const eventKey =
    typeof externalId === 'string'
      ? `checkedIn:${interactionKey(context.externalSource, externalId)}`.slice(0, 300)
      : `checkedIn:${made.uuid}`;
  if (known(job, eventKey) === null) {
    createRecord(write, 'interaction', {
      kind: 'eventCheckedIn',
      eventKey,
      occurredAtMs: typeof inAtMs === 'number' ? inAtMs : write.atMs,
      subject: typeof session === 'string' ? session : null,
      contactId: contact.id,
      eventId,
      source: context.captureSource.slice(0, 300),
    });
  }
  return { outcome: 'created', entity: 'checkIn', id: made.id };
}

/** Who came has attended. */
function attended({ write }: RowJob, registrationId: number | null): boolean {
  if (registrationId === null) return false;
  const status = readStored(write.store, 'registration', registrationId)?.values.status;
  return status !== 'attended' && updateRecord(write, 'registration', registrationId, { status: 'attended' });
}
