/** The leads of the demo: how each came in and how far the team has taken it. */
import { callOutcomes, purchaseProcesses, purchaseTimeFrames } from '../../../shared/model/picklists.ts';
import { clearMarketingOnly, closeLead } from '../../../db/records/lead-life.ts';
import { createRecord, updateRecord, type Write } from '../../../db/records/write.ts';
import type { DemoFrame, DemoPerson, Surroundings } from './demo.ts';

const leadCount = 220;
const dayMs = 86_400_000;
const hourMs = 3_600_000;

type DemoLead = { readonly id: number; readonly who: DemoPerson; readonly index: number };

export function workLeads(frame: DemoFrame, around: Surroundings, people: readonly DemoPerson[]): void {
  const leads = bringIn(frame, around, people);
  visit(frame, leads);
  const qualified = teleprospect(frame, around, leads);
  sell(frame, around, qualified);
  ownWork(frame, around, leads);
}

/** The expressions of interest, most of them from the booth; a few that nobody could name. */
function bringIn(frame: DemoFrame, around: Surroundings, people: readonly DemoPerson[]): DemoLead[] {
  const { chance: drawn } = frame;
  const { events, campaigns, form, products } = around;
  const leads: DemoLead[] = [];
  const byDay = Map.groupBy(people.slice(0, leadCount - 8), (each) => each.since);
  for (const [since, group] of byDay) {
    frame.on(since, 16, since === 13 ? 'Contoso conference booth' : 'Leads of the day', (w) => {
      for (const who of group) {
        const { person } = who;
        const topic = who.atBooth
          ? drawn.pick(['Contoso conference', 'Contoso conference', 'Warehouse robots', 'Energy audit'])
          : drawn.pick(['Fleet tracking', 'Energy audit', 'Cold chain monitoring', 'Contoso conference']);
        const { id } = createRecord(w, 'lead', {
          ...identity(who),
          topic,
          source: who.atBooth ? 'tradeShow' : drawn.pick(['web', 'partner', 'seminar', 'wordOfMouth'] as const),
          eventId: who.atBooth ? events.conference : since === 38 ? events.fair : null,
          campaignId: drawn.pick(campaigns),
          formId: who.atBooth ? form.id : null,
          captureSource: who.atBooth ? `form:${form.uuid}` : 'manual',
          productIds: drawn.is(0.4) ? [drawn.pick(products).uuid] : [],
          rating: drawn.pick(['hot', 'warm', 'warm', 'cold'] as const),
          contactId: who.id,
          answers: who.atBooth
            ? [
                {
                  questionId: 'purchaseNeed',
                  question: 'How much do you need it?',
                  value: drawn.pick(['Must have', 'Should have', 'Good to have', 'No need']),
                },
                { questionId: 'sites', question: 'How many sites do you run?', value: String(1 + drawn.below(12)) },
              ]
            : [],
          description: drawn.is(0.3)
            ? `Asked for ${drawn.pick(['a demo', 'prices', 'a call back', 'references'])}.`
            : null,
        });
        if (who.atBooth) {
          createRecord(w, 'interaction', {
            kind: 'formSubmitted',
            occurredAtMs: w.atMs,
            eventKey: `demo:form:${person.emails[0]?.address ?? who.id}`,
            contactId: who.id,
            leadId: id,
            eventId: events.conference,
            formId: form.id,
            source: 'capture',
            subject: 'Contoso conference booth',
          });
        }
        leads.push({ id, who, index: leads.length });
      }
    });
  }
  frame.on(6, 11, 'Entered by hand', (w) => {
    for (const who of people.slice(leadCount - 8, leadCount)) {
      createRecord(w, 'lead', {
        ...identity(who),
        topic: 'Business card, no contact yet',
        source: 'other',
        captureSource: 'manual',
      });
    }
  });
  return leads;
}

/** Nobody asks to be called at night: later today, or tomorrow at such an hour. */
const workingHours = (hours: number): number => (hours > 20 ? 24 + (hours % 5) : hours % 6);

export const identity = ({ person }: DemoPerson) => ({
  givenName: person.givenName,
  familyName: person.familyName,
  company: person.company,
  jobTitle: person.jobTitle,
  emails: person.emails,
  phones: person.phones,
});

/** What they did since: opened, clicked, came to the fair. */
function visit(frame: DemoFrame, leads: readonly DemoLead[]): void {
  const { chance: drawn } = frame;
  for (const daysAgo of [30, 21, 12, 11, 8, 5, 3, 1]) {
    frame.on(daysAgo, 9, 'Mail and web', (w) => {
      for (const { id, who, index } of leads) {
        if (who.since < daysAgo || !drawn.is(0.4)) continue;
        const kind = drawn.pick([
          'emailOpened',
          'emailOpened',
          'emailClicked',
          'websiteVisited',
          'formVisited',
          'badgeScanned',
          'surveyAnswered',
          'meetingHeld',
        ] as const);
        createRecord(w, 'interaction', {
          kind,
          occurredAtMs: w.atMs - drawn.below(20) * hourMs,
          eventKey: `demo:${daysAgo}:${index}`,
          contactId: who.id,
          leadId: drawn.is(0.5) ? id : null,
          source: kind.startsWith('email') ? 'Newsletter' : null,
          subject: kind.startsWith('email') ? 'Season newsletter' : null,
        });
      }
    });
  }
}

const stageOf = (w: Write, id: number): string | null =>
  w.store.sql('SELECT stage FROM lead WHERE id = ?').pluck().get(id) as string | null;

/** Marketing hands over, the team phones; the ones that are worth it become sales ready. */
function teleprospect(frame: DemoFrame, { users }: Surroundings, leads: readonly DemoLead[]): DemoLead[] {
  const { chance: drawn } = frame;
  const handed = leads.filter(({ index, who }) => index % 3 === 1 && who.person.phones.length > 0);
  frame.on(9, 10, 'Handed to teleprospecting', (w) => {
    for (const { id } of handed) {
      if (stageOf(w, id) !== 'salesAcceptance') updateRecord(w, 'lead', id, { teleprospectReady: true });
    }
  });
  const accepted = handed.filter((_, index) => index % 2 === 0);
  frame.on(8, 11, 'Accepted', (w) => {
    for (const { id } of accepted) {
      if (stageOf(w, id) !== 'teleprospectAcceptance') continue;
      updateRecord(w, 'lead', id, { minimumCriteriaMet: true, teleprospectAccepted: true });
    }
  });
  for (const daysAgo of [7, 4, 2, 1]) {
    frame.on(daysAgo, 10 + drawn.below(4), 'Calls', (w) => {
      for (const { id, who, index } of accepted) {
        if ((index + daysAgo) % 3 !== 0 || stageOf(w, id) !== 'teleprospectQualification') continue;
        const outcome = drawn.pick(callOutcomes.slice(0, 6));
        createRecord(w, 'call', {
          leadId: id,
          contactId: who.id,
          userId: users.teleprospector,
          number: who.person.phones[0]?.e164 ?? null,
          outcome,
          startedAtMs: w.atMs - drawn.below(90) * 60_000,
          durationSeconds: outcome === 'connected' ? 120 + drawn.below(400) : 15,
          // some are due by now, some later today and tomorrow
          callbackAtMs:
            outcome === 'callbackAt' ? w.atMs + (daysAgo - 1) * dayMs + workingHours(drawn.below(30)) * hourMs : null,
          notes: outcome === 'connected' ? 'Talked about sites and timing; wants figures.' : null,
        });
        if (outcome !== 'connected') continue;
        createRecord(w, 'interaction', {
          kind: 'callConnected',
          occurredAtMs: w.atMs,
          eventKey: `demo:call:${daysAgo}:${index}`,
          contactId: who.id,
          leadId: id,
          source: 'call',
          subject: 'connected',
        });
        updateRecord(w, 'lead', id, {
          purchaseNeed: drawn.pick(['mustHave', 'shouldHave'] as const),
          purchaseTimeFrame: drawn.pick(purchaseTimeFrames),
          purchaseProcess: drawn.pick(purchaseProcesses),
          budgetAmount: 5000 * (1 + drawn.below(40)),
          budgetStatus: drawn.pick(['mayBuy', 'canBuy', 'willBuy'] as const),
          decisionMaker: drawn.is(0.6),
          qualificationComments: 'Wants an offer for the first site.',
        });
      }
    });
  }
  const ready = accepted.filter(({ index }) => index % 4 === 0);
  frame.on(1, 15, 'Sales ready', (w) => {
    for (const { id } of ready) updateRecord(w, 'lead', id, { salesReady: true });
  });
  return leads.filter(({ index }) => index % 9 === 0);
}

/** Sellers accept, win, lose, and give some back. */
function sell(frame: DemoFrame, { users, campaigns }: Surroundings, leads: readonly DemoLead[]): void {
  const { chance: drawn } = frame;
  frame.on(5, 14, 'Sales ready', (w) => {
    for (const { id } of leads) updateRecord(w, 'lead', id, { salesReady: true });
  });
  const taken = leads.filter((_, index) => index % 3 !== 2);
  frame.on(4, 9, 'Assigned', (w) => {
    for (const { id } of taken) {
      updateRecord(w, 'lead', id, { ownerId: drawn.pick([users.seller, users.second]), salesAccepted: true });
    }
  });
  frame.on(2, 13, 'Converted', (w) => {
    taken.slice(0, 14).forEach(({ id, who }, index) => {
      const status = index % 4 === 0 ? 'won' : index % 4 === 3 ? 'lost' : 'open';
      createRecord(w, 'opportunity', {
        name: `${who.person.company ?? who.person.familyName} · first site`,
        leadId: id,
        contactId: who.id,
        accountId: who.accountId,
        campaignId: drawn.pick(campaigns),
        amount: 10_000 + 2500 * drawn.below(60),
        currency: 'EUR',
        closeDate: new Date(w.atMs + (10 + drawn.below(80)) * dayMs).toISOString().slice(0, 10),
        status,
        lostReason: status === 'lost' ? 'Chose another supplier.' : null,
        ownerId: drawn.pick([users.seller, users.second]),
      });
      closeLead(w, id, { status: 'qualified' }, null);
      clearMarketingOnly(w, who.id);
    });
    for (const { id } of taken.slice(14, 17)) {
      closeLead(w, id, { status: 'disqualified', disqualifyReason: 'noBudget' }, 'No money this year.');
    }
  });
}

/** Tasks of the person who looks at the demo, and of their colleagues. */
function ownWork(frame: DemoFrame, { users }: Surroundings, leads: readonly DemoLead[]): void {
  frame.on(1, 16, 'Follow-ups', (w) => {
    leads.slice(0, 18).forEach(({ id, who }, index) => {
      createRecord(w, 'task', {
        subject: `${['Send figures to', 'Call back', 'Arrange a visit with'][index % 3]} ${who.person.givenName} ${who.person.familyName}`,
        kind: index % 3 === 1 ? 'callback' : 'followUp',
        leadId: id,
        contactId: who.id,
        ownerId: index % 2 === 0 ? w.store.userRow : users.seller,
        // three a day, in the morning and the afternoon: some are overdue
        dueAtMs: w.atMs - 7 * hourMs + Math.floor((index - 6) / 3) * dayMs + (index % 3) * 3 * hourMs,
        doneAtMs: index % 6 === 5 ? w.atMs : null,
      });
    });
    // today’s calls from the booth’s hot list are theirs too
    for (const { id } of leads.filter(({ index }) => index % 11 === 4)) {
      updateRecord(w, 'lead', id, { ownerId: w.store.userRow });
    }
  });
}
