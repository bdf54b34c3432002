/**
 * Fills a database with made-up records in the reference ratios, through the one write path, so that search, scores,
 * queue and counters are what they would be had people entered it all: for each contact one lead and five
 * interactions, for each twenty an account. The same numbers and seed give the same people.
 *
 * Example: `for (const saved of seedStore(store, { contacts: 1000, seed: 1 })) report(saved)`.
 */
import { leadSources, purchaseNeeds, purchaseTimeFrames, ratings } from '../../shared/model/picklists.ts';
import { counterOf } from '../query/remembered.ts';
import type { StoredPatch } from '../records/entity-storage.ts';
import { createRecord, type Write, write } from '../records/write.ts';
import type { WritableStore } from '../store.ts';
import { companyName, industries, topics } from './cultures.ts';
import { type Person, person } from './people.ts';
import { type Chance, chance } from './random.ts';

export type SeedOptions = { readonly contacts: number; readonly seed: number };
export type Seeded = { contacts: number; accounts: number; leads: number; interactions: number };

const perWrite = 250;
const contactsPerAccount = 20;
const interactionsPerContact = 5;
/** One in so many contacts has been around for years. */
const busyEvery = 10_000;
const busyInteractions = 500;
const dayMs = 86_400_000;
/** The records came in over this time, the newest last. */
const spreadMs = 20 * dayMs;

type Frame = {
  readonly chance: Chance;
  readonly seed: number;
  /** Counts on from what is there, so that a second run makes other people. */
  readonly first: number;
  readonly events: readonly number[];
  readonly campaigns: readonly number[];
  readonly accounts: number[];
  readonly counts: Seeded;
};

/** Yields the counts after each commit. */
export function* seedStore(store: WritableStore, { contacts, seed }: SeedOptions): Generator<Seeded, Seeded> {
  const endMs = store.now();
  let atMs = endMs - spreadMs;
  // the same store with a clock of its own: records of a real database are not all of one second
  const past: WritableStore = { ...store, now: () => atMs };
  const counts: Seeded = { contacts: 0, accounts: 0, leads: 0, interactions: 0 };
  const first = counterOf(store, 'contact');
  const drawn = chance(seed * 2_654_435_761 + first);
  const { events, campaigns } = write(past, { cause: 'seed', label: 'seed' }, (w) => surroundings(w, drawn)).value;
  const frame: Frame = { chance: drawn, seed, first, events, campaigns, accounts: [], counts };
  while (counts.contacts < contacts) {
    const upTo = Math.min(contacts, counts.contacts + perWrite);
    atMs = Math.floor(endMs - spreadMs + (spreadMs * upTo) / contacts);
    write(past, { cause: 'seed', label: 'seed' }, (w) => {
      for (let index = counts.contacts; index < upTo; index += 1) seedOne(w, frame, index);
    });
    store.lastClock = past.lastClock;
    yield counts;
  }
  return counts;
}

function surroundings(w: Write, drawn: Chance) {
  const day = (offset: number): string => new Date(w.atMs + offset * dayMs).toISOString().slice(0, 10);
  const campaigns = ['Spring fairs', 'Autumn roadshow', 'Partner days', 'Cold calls', 'Web enquiries'].map(
    (name) =>
      createRecord(w, 'campaign', { name, kind: 'event', cost: 1000 * (1 + drawn.below(40)), currency: 'EUR' }).id,
  );
  const events = ['Contoso conference', 'Logistics fair', 'Energy days', 'Factory of tomorrow', 'Trade night'].map(
    (name, index) =>
      createRecord(w, 'event', {
        name,
        campaignId: campaigns[index] ?? null,
        startsOn: day(-10 * (index + 1)),
        endsOn: day(-10 * (index + 1) + 2),
        timeZone: 'Europe/Brussels',
        city: drawn.pick(['Brussel', 'Berlin', 'Lyon', 'Bangkok', '上海']),
        cost: 500 * (1 + drawn.below(100)),
        currency: 'EUR',
      }).id,
  );
  return { campaigns, events };
}

function seedOne(w: Write, frame: Frame, index: number): void {
  const { counts, accounts } = frame;
  const drawn = frame.chance;
  const number = frame.first + index;
  if (index % contactsPerAccount === 0) accounts.push(seedAccount(w, drawn, number / contactsPerAccount, counts));
  const accountIndex = drawn.is(0.92) ? drawn.below(accounts.length) : null;
  const somebody = person(drawn, number, accountIndex === null ? null : accountIndex + Math.floor(frame.first / 20));
  const accountId = accountIndex === null ? null : (accounts[accountIndex] ?? null);
  const event = drawn.is(0.6) ? drawn.pick(frame.events) : null;
  const campaign = drawn.is(0.4) ? drawn.pick(frame.campaigns) : null;
  const contact = createRecord(w, 'contact', {
    ...identityOf(somebody),
    role: somebody.role,
    accountId,
    preferredLanguage: somebody.culture.language,
    timeZone: somebody.culture.timeZone,
    marketingOnly: drawn.is(0.12),
    sourceEventId: event,
    consentLevel: drawn.is(0.75) ? drawn.pick(['consent', 'subscriptions', 'marketing', 'profiling'] as const) : 'none',
    allowPhone: drawn.is(0.95),
    allowBulkEmail: drawn.is(0.9),
  });
  counts.contacts += 1;
  // one interest each on the whole: some have none, some two, a few came from nobody known
  const interests = index % 10 === 3 ? 0 : index % 10 === 7 ? 2 : 1;
  const leads: number[] = [];
  for (let which = 0; which < interests; which += 1) {
    const isUnlinked = index % 50 === 1;
    leads.push(seedLead(w, drawn, somebody, isUnlinked ? null : contact.id, event, campaign));
    counts.leads += 1;
  }
  const busy = index % busyEvery === 0 ? busyInteractions : interactionsPerContact;
  for (let which = 0; which < busy; which += 1) {
    seedInteraction(w, drawn, frame, `${number}-${which}`, contact.id, leads[0] ?? null, event);
  }
}

const identityOf = (somebody: Person) => ({
  givenName: somebody.givenName,
  middleName: somebody.middleName,
  familyName: somebody.familyName,
  company: somebody.company,
  jobTitle: somebody.jobTitle,
  emails: somebody.emails,
  phones: somebody.phones,
  addresses: [
    {
      kind: 'work' as const,
      street: null,
      street2: null,
      city: somebody.city,
      region: null,
      postalCode: null,
      country: somebody.culture.country,
    },
  ],
});

function seedAccount(w: Write, drawn: Chance, index: number, counts: Seeded): number {
  const name = companyName(Math.floor(index));
  counts.accounts += 1;
  return createRecord(w, 'account', {
    name,
    kind: drawn.pick(['customer', 'prospect', 'prospect', 'partner', 'supplier'] as const),
    industry: drawn.pick(industries),
    employees: Math.floor(10 ** (1 + 3 * drawn.next())),
    website: `https://${name.toLowerCase().replace(/[^a-z0-9]+/g, '')}.example`,
  }).id;
}

const stages = ['teleprospectAcceptance', 'teleprospectQualification'] as const;

function seedLead(
  w: Write,
  drawn: Chance,
  somebody: Person,
  contactId: number | null,
  eventId: number | null,
  campaignId: number | null,
): number {
  const values: StoredPatch<'lead'> = {
    ...identityOf(somebody),
    topic: drawn.pickCommon(topics),
    source: drawn.pick(leadSources),
    eventId,
    campaignId,
    captureSource: eventId === null ? 'manual' : 'seed:event',
    rating: drawn.is(0.5) ? drawn.pick(ratings) : null,
    contactId,
    purchaseNeed: drawn.is(0.3) ? drawn.pick(purchaseNeeds) : null,
    purchaseTimeFrame: drawn.is(0.3) ? drawn.pick(purchaseTimeFrames) : null,
  };
  // some are with the teleprospectors
  if (contactId !== null && drawn.is(0.1)) {
    const stage = drawn.pick(stages);
    const accepted = stage === 'teleprospectQualification';
    const lead = createRecord(w, 'lead', { ...values, stage, teleprospectReady: true, teleprospectAccepted: accepted });
    createRecord(w, 'stageMove', {
      leadId: lead.id,
      fromStage: 'automatedMarketingQualification',
      toStage: stage,
      movedAtMs: w.atMs,
      rule: accepted ? 'teleprospectAccepted' : 'teleprospectReady',
    });
    return lead.id;
  }
  return createRecord(w, 'lead', values).id;
}

const kinds = [
  'emailOpened',
  'websiteVisited',
  'emailClicked',
  'formSubmitted',
  'badgeScanned',
  'eventRegistered',
  'eventCheckedIn',
  'formVisited',
  'surveyAnswered',
  'meetingHeld',
] as const;

function seedInteraction(
  w: Write,
  drawn: Chance,
  { counts, seed }: Frame,
  key: string,
  contactId: number,
  leadId: number | null,
  eventId: number | null,
): void {
  const kind = drawn.pickCommon(kinds);
  createRecord(w, 'interaction', {
    kind,
    occurredAtMs: w.atMs - Math.floor(400 * dayMs * drawn.next() ** 2),
    eventKey: `seed:${seed}:${key}`,
    contactId,
    leadId: drawn.is(0.5) ? leadId : null,
    eventId: kind.startsWith('event') || kind === 'badgeScanned' ? eventId : null,
    source: 'seed',
    subject: kind.startsWith('email') ? drawn.pick(topics) : null,
  });
  counts.interactions += 1;
}
