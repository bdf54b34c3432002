/**
 * What a scoring model looks at: the lead and what is reached from it, as the segment language reads records. For a
 * contact lead that is its contact, the account, and what the contact did; for an account lead all the account's
 * contacts and what they did (domain.md sections 4 and 9). Deleted records are left out by whoever gathers.
 */
import { consentRank, type ConsentLevel } from '../../model/picklists.ts';
import { defaultPurposeLevels, permissionFor } from '../permission.ts';
import type { SegmentRecord } from '../segment/evaluate.ts';
import type { ScoringEntity } from './definition.ts';

export type ScoringFacts = Readonly<Record<ScoringEntity, readonly SegmentRecord[]>>;

export type NotScored = 'unlinked' | 'consent' | 'child' | 'closed' | 'noModel';

export type ScoringSubject = {
  readonly status: string;
  readonly hasContact: boolean;
  readonly hasAccount: boolean;
  /** Of the contact; null for an account lead. */
  readonly consentLevel: ConsentLevel | null;
  readonly child: boolean;
};

/** Why a lead is not scored by a model that asks for this level; null where it is. */
export function notScoredBecause(subject: ScoringSubject, minimumConsent: ConsentLevel): NotScored | null {
  if (subject.status !== 'open') return 'closed';
  if (!subject.hasContact && !subject.hasAccount) return 'unlinked';
  if (!subject.hasContact) return null;
  return personNotScored(subject.consentLevel ?? 'none', subject.child, minimumConsent);
}

function personNotScored(level: ConsentLevel, child: boolean, minimum: ConsentLevel): 'child' | 'consent' | null {
  const facts = { consentLevel: level, child, allowEmail: true, allowBulkEmail: true, allowPhone: true };
  const { obstacles } = permissionFor(facts, 'scoring', { ...defaultPurposeLevels, scoring: minimum });
  if (obstacles.length === 0) return null;
  return obstacles.some((each) => each.kind === 'child') ? 'child' : 'consent';
}

/** For an account lead: without the contacts that may not be scored, and without what they did. */
export function permittedFacts(facts: ScoringFacts, minimumConsent: ConsentLevel): ScoringFacts {
  if (consentRank(minimumConsent) === 0 && facts.contact.every((contact) => contact['child'] !== true)) return facts;
  const contact = facts.contact.filter(
    (each) => personNotScored(each['consentLevel'] as ConsentLevel, each['child'] === true, minimumConsent) === null,
  );
  const ids = new Set<unknown>(contact.map((each) => each.id));
  const theirs = (records: readonly SegmentRecord[]) =>
    records.filter((record) => record['contactId'] === null || ids.has(record['contactId']));
  return {
    ...facts,
    contact,
    interaction: theirs(facts.interaction),
    registration: theirs(facts.registration),
    checkIn: theirs(facts.checkIn),
    call: theirs(facts.call),
  };
}

/** When it happened; for records that did not happen, when they came to be. */
export function timeOf(entity: ScoringEntity, record: SegmentRecord): number {
  const created = Number(record['createdAtMs'] ?? 0);
  const own = (name: string): number => (typeof record[name] === 'number' ? record[name] : created);
  switch (entity) {
    case 'interaction':
      return own('occurredAtMs');
    case 'registration':
      return own('registeredAtMs');
    case 'checkIn':
      return own('inAtMs');
    case 'call':
      return own('startedAtMs');
    case 'lead':
    case 'contact':
    case 'account':
      return created;
  }
}

/** The fields that `timeOf`, `permittedFacts` and evidence read beside the ones of the conditions. */
export const fieldsAlwaysRead: Readonly<Record<ScoringEntity, readonly string[]>> = {
  lead: [],
  contact: ['consentLevel', 'child'],
  account: [],
  interaction: ['kind', 'occurredAtMs', 'eventKey', 'contactId'],
  registration: ['registeredAtMs', 'contactId', 'status'],
  checkIn: ['inAtMs', 'contactId'],
  call: ['startedAtMs', 'contactId', 'outcome'],
};
