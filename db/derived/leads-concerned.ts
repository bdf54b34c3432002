/**
 * Which leads a write concerns, found from what it touched: a lead by its own change, or by that of its contact,
 * account, or something they did. A contact or account made in this write has no leads but those touched beside it, so
 * that an import of contacts costs nothing here.
 */
import type { EntityName } from '../../shared/model/entities.ts';
import type { ScoringEntity } from '../../shared/rules/scoring/definition.ts';
import type { Touched } from '../records/touched.ts';
import type { Write } from '../records/write.ts';
import { tableOf } from '../records/entity-storage.ts';
import type { ScorePlan } from './score-models.ts';

const always: Partial<Record<EntityName, readonly string[]>> = {
  lead: ['status', 'contactId', 'accountId', 'deletedAtMs'],
  contact: ['consentLevel', 'child', 'accountId', 'deletedAtMs'],
  account: ['deletedAtMs'],
};

const happenings = ['interaction', 'registration', 'checkIn', 'call'] as const;

export function leadsConcerned(write: Write, plan: ScorePlan): Set<number> {
  const concerned = new Set<number>();
  const { store } = write;
  const add = (ids: readonly unknown[]): void => {
    for (const id of ids) concerned.add(id as number);
  };
  const ofContact = store.sql('SELECT id FROM lead WHERE contactId = ?').pluck();
  const ofAccount = store.sql('SELECT id FROM lead WHERE accountId = ?').pluck();
  const ofContactsOf = store
    .sql('SELECT lead.id FROM contact JOIN lead ON lead.contactId = contact.id WHERE contact.accountId = ?')
    .pluck();

  for (const [id, record] of write.touched.get('lead') ?? []) {
    // a new lead without parents has no score and needs no look
    const { fields } = record;
    const asks = record.created ? fields.has('contactId') || fields.has('accountId') : reads(plan, 'lead', record);
    if (asks) concerned.add(id);
  }
  for (const [id, record] of write.touched.get('contact') ?? []) {
    const moved = record.fields.get('accountId');
    if (moved) for (const account of moved) if (account !== null) add(ofAccount.all(account));
    if (record.created || !reads(plan, 'contact', record)) continue;
    add(ofContact.all(id));
    const account = store.sql('SELECT accountId FROM contact WHERE id = ?').pluck().get(id);
    if (account !== null) add(ofAccount.all(account));
  }
  for (const [id, record] of write.touched.get('account') ?? []) {
    if (record.created || !reads(plan, 'account', record)) continue;
    add(ofAccount.all(id));
    if (plan.columns.has('account')) add(ofContactsOf.all(id));
  }
  for (const entity of happenings) {
    if (!plan.columns.has(entity)) continue;
    const contacts = new Set<unknown>();
    for (const [id, record] of write.touched.get(entity) ?? []) {
      for (const contact of partiesOf(write, entity, id, record, 'contactId')) contacts.add(contact);
      if (entity === 'interaction' || entity === 'call') add(partiesOf(write, entity, id, record, 'leadId'));
    }
    for (const contact of contacts) {
      add(ofContact.all(contact));
      const account = store.sql('SELECT accountId FROM contact WHERE id = ?').pluck().get(contact);
      if (account !== null && account !== undefined) add(ofAccount.all(account));
    }
  }
  return concerned;
}

/** Did anything change that a model reads? */
function reads(plan: ScorePlan, entity: ScoringEntity & EntityName, record: Touched): boolean {
  const read = plan.columns.get(entity);
  for (const field of record.fields.keys()) {
    if (always[entity]?.includes(field) || read?.includes(field)) return true;
    // fields that follow from the lists
    if (read && ((field === 'emails' && read.includes('email')) || (field === 'phones' && read.includes('phone'))))
      return true;
    if (read?.includes('label')) return true;
  }
  return false;
}

/** Whose it is and was. */
function partiesOf(
  write: Write,
  entity: (typeof happenings)[number],
  id: number,
  record: Touched,
  field: 'contactId' | 'leadId',
): readonly unknown[] {
  const change = record.fields.get(field);
  if (change) return change.filter((each) => each !== null);
  // made without one: there is none; changed otherwise (withdrawn, say): as it rests
  if (record.created) return [];
  const now = write.store
    .sql(`SELECT ${field} FROM ${tableOf(entity)} WHERE id = ?`)
    .pluck()
    .get(id);
  return now === null || now === undefined ? [] : [now];
}
