/**
 * One lead for each of many contacts, or for each of many accounts, with a given context, as one operation (domain.md
 * section 6.4 and section 9). A contact or account that has an open lead of the same topic and campaign has that interest
 * already: it is left out and counted. The lead carries its contact's or account's name and numbers as they are today,
 * as a lead from elsewhere carries what was captured.
 */
import { type CallError, callError } from '../../../shared/contract/call.ts';
import type { ParsedInputOf } from '../../../shared/contract/index.ts';
import type { BulkResult } from '../../../shared/contract/records.ts';
import { err, type Result } from '../../../shared/result.ts';
import { foldText } from '../../../shared/rules/normalise/fold.ts';
import type { StoredPatch } from '../../../db/records/entity-storage.ts';
import { readStored } from '../../../db/records/read.ts';
import { toStored } from '../../../db/records/wire.ts';
import { createRecord, type Write } from '../../../db/records/write.ts';
import type { WriteContext } from '../handler.ts';
import { carryOut, type Refusal, rowsOf } from './bulk-operation.ts';

type Party = 'contact' | 'account';

/** Errors: `notFound` (a record or reference), `invalidValue`, `queryInvalid`, `badInput`; then nothing is made. */
export async function createLeadsForMany(
  context: WriteContext,
  asked: ParsedInputOf<'bulk.createLeads'>,
): Promise<Result<BulkResult, CallError>> {
  const { store } = context;
  const shared = toStored(store, 'lead', asked.context);
  if (!shared.ok) return shared;
  const { topic } = shared.value;
  if (typeof topic !== 'string') return err(callError('invalidValue', 'A lead needs a topic.', { field: 'topic' }));
  const rows = rowsOf(context, asked.entity, asked.of);
  if (!rows.ok) return rows;
  const campaignId = shared.value.campaignId ?? null;
  return carryOut(context, asked.entity, asked.jobId, rows.value, (w, ids) => {
    const has = interested(w, asked.entity, ids, foldText(topic), campaignId);
    const refused: Refusal[] = [];
    let changed = 0;
    for (const row of ids) {
      const identity = identityOf(w, asked.entity, row);
      if (identity === null) refused.push({ row, code: 'inBin' });
      else if (has.has(row)) refused.push({ row, code: 'hasOpenLead' });
      else {
        createRecord(w, 'lead', { ...identity, captureSource: 'manual', ...shared.value });
        changed += 1;
      }
    }
    return { changed, refused };
  });
}

/** Those who have an open lead about it. An account's own are the ones without a contact. */
function interested(
  { store }: Write,
  party: Party,
  ids: readonly number[],
  topicKey: string,
  campaignId: number | null,
): ReadonlySet<number> {
  const column = `${party}Id`;
  const own = party === 'account' ? 'AND contactId IS NULL' : '';
  const found = store
    .sql(
      `SELECT DISTINCT ${column} FROM lead WHERE ${column} IN (SELECT value FROM json_each(?)) AND +deletedAtMs IS NULL
       AND +status = 'open' AND +topicKey = ? AND +campaignId IS ? ${own}`,
    )
    .pluck()
    .all(JSON.stringify(ids), topicKey, campaignId) as number[];
  return new Set(found);
}

/** Null for one in the bin. */
function identityOf({ store }: Write, party: Party, row: number): StoredPatch<'lead'> | null {
  if (party === 'account') {
    const account = readStored(store, 'account', row);
    if (!account || account.deletedAtMs !== null) return null;
    const { name, phones, addresses, website, industry } = account.values;
    return { accountId: row, company: name, phones, addresses, website, industry };
  }
  const contact = readStored(store, 'contact', row);
  if (!contact || contact.deletedAtMs !== null) return null;
  const { salutation, givenName, middleName, familyName, company, jobTitle, emails, phones } = contact.values;
  return { contactId: row, salutation, givenName, middleName, familyName, company, jobTitle, emails, phones };
}
