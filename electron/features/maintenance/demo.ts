/**
 * The demo workspace: a small field marketing team two months into a season, so that every screen has something to
 * show. Everything is made up. It is written as it would have happened, day by day, so that scores, stages and the
 * call queue come from the real rules.
 */
import { captureFormDefinitionSchema } from '../../../shared/rules/capture/definition.ts';
import { querySchema } from '../../../shared/rules/segment/schema.ts';
import { settleAllDue } from '../../../db/derived/score-expiry.ts';
import { createRecord, type Write, write } from '../../../db/records/write.ts';
import { companyName, industries } from '../../../db/seed/cultures.ts';
import { type Person, person } from '../../../db/seed/people.ts';
import { type Chance, chance } from '../../../db/seed/random.ts';
import { readSetting, type WritableStore, writeSetting } from '../../../db/store.ts';
import { keepWithRecords } from './demo-kept.ts';
import { workLeads } from './demo-leads.ts';
import { bringInTwice } from './demo-twice.ts';

const dayMs = 86_400_000;
const contactCount = 300;
const accountCount = 40;
/** Apart from each other in the list of names, so that not all are "… Systems GmbH". */
const company = (index: number): number => index * 61;
/** Days from the first record to today. */
const seasonDays = 60;

export type DemoFrame = {
  readonly store: WritableStore;
  readonly chance: Chance;
  /** Writes as of `daysAgo`, at an hour of the working day. */
  on<T>(daysAgo: number, hour: number, label: string, work: (w: Write) => T): T;
  /** The same, by a use case that writes by itself. */
  at<T>(daysAgo: number, hour: number, work: (past: WritableStore) => T): T;
  readonly region: string;
};

/** Fills a fresh workspace. `now` is the present moment of the demo. */
export async function writeDemo(store: WritableStore, now: number): Promise<void> {
  const midnight = now - (now % dayMs);
  let atMs = now;
  const past: WritableStore = { ...store, now: () => atMs };
  const hourOf = (daysAgo: number, hour: number): number =>
    Math.min(now, midnight - daysAgo * dayMs + hour * 3_600_000);
  const frame: DemoFrame = {
    store: past,
    chance: chance(20_260_101),
    region: readSetting(store.connection, 'region') ?? 'GB',
    at(daysAgo, hour, work) {
      atMs = hourOf(daysAgo, hour);
      return work(past);
    },
    on(daysAgo, hour, label, work) {
      atMs = hourOf(daysAgo, hour);
      return write(past, { cause: 'seed', label }, work).value;
    },
  };
  const surroundings = writeSurroundings(frame);
  const people = writePeople(frame, surroundings);
  workLeads(frame, surroundings, people);
  keepWithRecords(frame, surroundings, people);
  await bringInTwice(frame, surroundings, people);
  atMs = now;
  settleAllDue(past);
  store.lastClock = past.lastClock;
  writeSetting(store.connection, 'demo', '1');
}

export type Surroundings = ReturnType<typeof writeSurroundings>;

const addressIn = ({ city, culture }: Person) => ({
  kind: 'work' as const,
  street: null,
  street2: null,
  city,
  region: null,
  postalCode: null,
  country: culture.country,
});

const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const consentWording = 'I agree that Outpost Demo Ltd keeps my details and contacts me about this enquiry.';

function writeSurroundings({ on, chance: drawn }: DemoFrame) {
  return on(seasonDays, 9, 'Season set up', (w) => {
    const user = (name: string, role: 'marketer' | 'teleprospector' | 'seller' | 'manager') =>
      createRecord(w, 'user', { name, role, email: `${name.toLowerCase().replace(/\W+/g, '.')}@demo.example` }).id;
    const users = {
      marketer: user('Mila Verbeke', 'marketer'),
      teleprospector: user('Tobias Lindqvist', 'teleprospector'),
      seller: user('Sanne Okafor', 'seller'),
      second: user('Arun Mehta', 'seller'),
      manager: user('Helena Brandt', 'manager'),
    };
    const campaign = (name: string, kind: string, cost: number) =>
      createRecord(w, 'campaign', {
        name,
        kind,
        cost,
        currency: 'EUR',
        startsOn: isoDay(w.atMs),
        endsOn: isoDay(w.atMs + 120 * dayMs),
      }).id;
    const campaigns = [
      campaign('Spring fairs', 'Event', 48_000),
      campaign('Warehouse robots launch', 'Product launch', 22_000),
      campaign('Energy audit mailing', 'Mailing', 6500),
      campaign('Partner referrals', 'Referral', 3000),
    ] as const;
    const event = (name: string, startsIn: number, days: number, city: string, country: string, capacity: number) =>
      createRecord(w, 'event', {
        name,
        campaignId: campaigns[0],
        startsOn: isoDay(w.atMs + startsIn * dayMs),
        endsOn: isoDay(w.atMs + (startsIn + days - 1) * dayMs),
        timeZone: country === 'DE' ? 'Europe/Berlin' : 'Europe/Brussels',
        venue: 'Exhibition centre, hall 4',
        city,
        country,
        capacity,
        cost: 9000 + drawn.below(20) * 500,
        currency: 'EUR',
      }).id;
    const events = {
      conference: event('Contoso conference', 46, 3, 'Brussel', 'BE', 400),
      fair: event('Logistics fair', 20, 2, 'Hamburg', 'DE', 250),
      evening: event('Energy evening', 75, 1, 'Gent', 'BE', 60),
    };
    const products = ['Warehouse robot R2', 'Energy audit', 'Fleet tracker', 'Cold chain sensor', 'Training day'].map(
      (name, index) => createRecord(w, 'product', { name, code: `P-${100 + index}` }),
    );
    const form = createRecord(w, 'captureForm', {
      name: 'Contoso conference booth',
      eventId: events.conference,
      campaignId: campaigns[0],
      definition: captureFormDefinitionSchema.parse({
        fields: [
          { field: 'givenName', required: true },
          { field: 'familyName', required: true },
          { field: 'company' },
          { field: 'jobTitle' },
          { field: 'email' },
          { field: 'phone' },
          { field: 'topic' },
        ],
        interests: ['Warehouse robots', 'Energy audit', 'Fleet tracking', 'Cold chain monitoring'],
        defaultTopic: 'Contoso conference',
        questions: [
          {
            id: 'purchaseNeed',
            label: 'How much do you need it?',
            kind: 'oneOf',
            options: ['Must have', 'Should have', 'Good to have', 'No need'],
          },
          {
            id: 'purchaseTimeFrame',
            label: 'When would you decide?',
            kind: 'oneOf',
            options: ['Immediate', 'This quarter', 'Next quarter', 'This year', 'Unknown'],
          },
          { id: 'sites', label: 'How many sites do you run?', kind: 'text' },
        ],
        consent: { wording: consentWording, language: 'en', level: 'consent' },
      }),
    });
    const lists = ['Monthly newsletter', 'Product news'].map(
      (name) => createRecord(w, 'subscriptionList', { name }).id,
    );
    createRecord(w, 'segment', {
      name: 'Decision makers of the Contoso conference',
      kind: 'dynamic',
      state: 'live',
      wentLiveAtMs: w.atMs,
      description: 'Contacts with a lead from the conference who decide.',
      timeZone: 'Europe/Brussels',
      query: querySchema.parse({
        version: 1,
        where: {
          kind: 'group',
          match: 'all',
          nodes: [
            {
              kind: 'related',
              relation: 'leads',
              quantifier: { kind: 'atLeast', count: 1 },
              where: {
                kind: 'group',
                match: 'all',
                nodes: [{ kind: 'row', field: 'topic', operator: 'is', values: ['Contoso conference'] }],
              },
            },
            { kind: 'row', field: 'role', operator: 'is', values: ['decisionMaker'] },
          ],
        },
      }),
    });
    // of its own draws: what else the demo holds does not depend on it
    const drawnPlace = chance(20_260_103);
    const accounts = Array.from({ length: accountCount }, (_, index) => {
      const place = person(drawnPlace, index, null);
      return createRecord(w, 'account', {
        name: companyName(company(index)),
        kind: drawn.pick(['customer', 'prospect', 'prospect', 'partner'] as const),
        industry: drawn.pick(industries),
        employees: Math.floor(10 ** (1 + 3 * drawn.next())),
        website: `https://${companyName(company(index))
          .toLowerCase()
          .replace(/[^a-z0-9]+/g, '')}.example`,
        ownerId: drawn.is(0.6) ? drawn.pick([users.seller, users.second]) : null,
        phones: place.phones.slice(0, 1).map((phone) => ({ ...phone, kind: 'work' as const, primary: true })),
        addresses: [addressIn(place)],
      }).id;
    });
    return { users, campaigns, events, products, form, lists, accounts };
  });
}

export type DemoPerson = {
  readonly id: number;
  readonly person: Person;
  readonly accountId: number | null;
  /** Days ago. */
  readonly since: number;
  /** Came to the booth of the conference. */
  readonly atBooth: boolean;
};

function writePeople(frame: DemoFrame, { users, events, lists, accounts, form }: Surroundings): DemoPerson[] {
  const drawn = frame.chance;
  const people: DemoPerson[] = [];
  const perDay = 15;
  for (let first = 0; first < contactCount; first += perDay) {
    // most came with the fair and the conference
    const since = first < 90 ? 38 : first < 210 ? 13 : Math.max(1, seasonDays - Math.floor(first / 6));
    frame.on(since, 10 + (first % 7), since === 13 ? 'Contoso conference booth' : 'Logistics fair attendees', (w) => {
      for (let index = first; index < first + perDay; index += 1) people.push(writePerson(w, index, since));
    });
  }
  return people;

  function writePerson(w: Write, index: number, since: number): DemoPerson {
    const companyIndex = drawn.is(0.9) ? drawn.below(accountCount - 2) : null;
    const somebody = person(drawn, index, companyIndex === null ? null : company(companyIndex));
    const accountId = companyIndex === null ? null : (accounts[companyIndex] ?? null);
    const atBooth = since === 13;
    const eventId = atBooth ? events.conference : since === 38 ? events.fair : null;
    const consent = drawn.is(0.85) ? drawn.pick(['consent', 'consent', 'subscriptions', 'marketing'] as const) : 'none';
    const { id } = createRecord(w, 'contact', {
      givenName: somebody.givenName,
      middleName: somebody.middleName,
      familyName: somebody.familyName,
      company: somebody.company,
      jobTitle: somebody.jobTitle,
      role: somebody.role,
      accountId,
      emails: somebody.emails,
      phones: somebody.phones,
      addresses: [addressIn(somebody)],
      timeZone: somebody.culture.timeZone,
      preferredLanguage: somebody.culture.language,
      ownerId: drawn.is(0.2) ? users.seller : null,
      marketingOnly: since !== 13 && drawn.is(0.2),
      sourceEventId: eventId,
      sourceFormId: atBooth ? form.id : null,
      consentLevel: consent,
      allowBulkEmail: drawn.is(0.88),
      allowPhone: drawn.is(0.95),
    });
    if (consent !== 'none') {
      createRecord(w, 'consentChange', {
        contactId: id,
        before: 'none',
        after: consent,
        changedAtMs: w.atMs,
        userId: users.marketer,
        source: atBooth ? 'Contoso conference booth' : 'Attendee list',
        formId: atBooth ? form.id : null,
        wording: consentWording,
        language: 'en',
      });
    }
    if (drawn.is(0.3)) createRecord(w, 'listMember', { listId: drawn.pick(lists), contactId: id });
    if (eventId !== null) register(w, id, eventId);
    return { id, person: somebody, accountId, since, atBooth };
  }

  function register(w: Write, contactId: number, eventId: number): void {
    const came = drawn.is(0.8);
    const registration = createRecord(w, 'registration', {
      eventId,
      contactId,
      status: came ? 'attended' : drawn.pick(['registered', 'noShow', 'cancelled'] as const),
      role: drawn.pick(['visitor', 'visitor', 'speaker', 'exhibitor']),
      ticketType: drawn.pick(['Standard', 'Day pass', 'Guest']),
      registeredAtMs: w.atMs - drawn.below(20) * dayMs,
    });
    if (!came) return;
    createRecord(w, 'checkIn', { eventId, contactId, registrationId: registration.id, inAtMs: w.atMs });
  }
}
