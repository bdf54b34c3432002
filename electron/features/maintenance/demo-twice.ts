/**
 * Who is in the demo twice, and what waits because of it: the organiser's list of attendees came a week after the booth,
 * with private addresses, misspelt names and two rows that only a person can decide about. It is imported as anybody
 * would import it, so that the rows that wait, the history of imports and the duplicates come from the real rules.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { importOptionsSchema } from '../../../shared/contract/imports.ts';
import type { EmailPart } from '../../../shared/model/parts.ts';
import { readStored } from '../../../db/records/read.ts';
import { createRecord } from '../../../db/records/write.ts';
import { type Person, person } from '../../../db/seed/people.ts';
import { chance } from '../../../db/seed/random.ts';
import { runImport } from '../imports/imports.service.ts';
import { shippedIds } from '../setup/shipped.ts';
import type { DemoFrame, DemoPerson, Surroundings } from './demo.ts';

const importedDaysAgo = 4;
const newPeople = 6;

export async function bringInTwice(
  frame: DemoFrame,
  around: Surroundings,
  people: readonly DemoPerson[],
): Promise<void> {
  const sharedBy = shareMailbox(frame, people);
  addAccountAgain(frame, around);
  captureAgain(frame, people);
  await importAttendees(frame, people, sharedBy);
}

/** Names in Latin letters, a phone and an email: rows that people can compare at a glance. */
const readable = (people: readonly DemoPerson[]): DemoPerson[] =>
  people.filter(
    ({ atBooth, person: { givenName, familyName, phones, emails, company } }) =>
      atBooth &&
      /^[A-Za-z]{4,}$/.test(givenName) &&
      /^[A-Za-z]{5,}$/.test(familyName) &&
      phones.length > 0 &&
      emails.length > 0 &&
      company !== null,
  );

const domainOf = ({ emails }: Person): string => emails[0]?.address.split('@')[1] ?? 'mailbox.example';

const mailbox = (address: string): EmailPart => ({
  kind: 'work',
  address,
  primary: true,
  optedOut: false,
  bounced: false,
  valid: true,
});

type Shared = { readonly address: string; readonly company: string };

/** Two colleagues who gave the mailbox of their reception: two people, and an email that says not which. */
function shareMailbox(frame: DemoFrame, people: readonly DemoPerson[]): Shared {
  const [host] = readable(people).slice(20);
  const address = `reception@${host === undefined ? 'mailbox.example' : domainOf(host.person)}`;
  frame.on(12, 11, 'Business cards of the conference', (w) => {
    for (const [givenName, familyName] of [
      ['Ilse', 'Vermeulen'],
      ['Dario', 'Conti'],
    ] as const) {
      createRecord(w, 'contact', {
        givenName,
        familyName,
        company: host?.person.company ?? null,
        accountId: host?.accountId ?? null,
        emails: [mailbox(address)],
        consentLevel: 'consent',
      });
    }
  });
  return { address, company: host?.person.company ?? '' };
}

/** The same company, typed in by somebody who did not look for it first. */
function addAccountAgain(frame: DemoFrame, { accounts, users }: Surroundings): void {
  const known = readStored(frame.store, 'account', accounts[4] ?? 0);
  if (known === null) throw new Error('the demo has no accounts');
  const { name, phones, addresses, website } = known.values;
  frame.on(9, 15, 'Account added by hand', (w) => {
    createRecord(w, 'account', {
      name: `${name.replace(/ (?:GmbH|AG|Ltd|Inc|BV|SA|Oy|AS)$/i, '')} Limited`,
      kind: 'prospect',
      phones,
      addresses,
      website: website?.replace('https://', 'https://www.') ?? null,
      ownerId: users.second,
    });
  });
}

/** Scanned at the booth and typed in again in the evening, in a hurry. */
function captureAgain(frame: DemoFrame, people: readonly DemoPerson[]): void {
  const leadOf = frame.store.sql('SELECT id FROM lead WHERE contactId = ? AND deletedAtMs IS NULL ORDER BY id').pluck();
  frame.on(12, 19, 'Typed in from the cards of the day', (w) => {
    for (const { id } of readable(people).slice(8, 10)) {
      const lead = readStored(frame.store, 'lead', leadOf.get(id) as number);
      if (lead === null) continue;
      const { givenName, familyName, company, phones, topic, eventId, campaignId, contactId, accountId } = lead.values;
      createRecord(w, 'lead', {
        givenName: `${givenName?.slice(0, 1) ?? ''}.`,
        familyName,
        company,
        phones,
        topic,
        eventId,
        campaignId,
        contactId,
        accountId,
        source: 'tradeShow',
        captureSource: 'manual',
      });
    }
  });
}

const columns = ['First name', 'Last name', 'Company', 'Job title', 'Email', 'Phone', 'City'];

const rowOf = ({ givenName, familyName, company, jobTitle, emails, phones, city }: Person): string[] => [
  givenName,
  familyName,
  company ?? '',
  jobTitle ?? '',
  emails[0]?.address ?? '',
  phones[0]?.e164 ?? '',
  city,
];

/** The row with some of its cells as somebody else wrote them. */
const as = (row: readonly string[], cells: Readonly<Record<number, string>>): string[] =>
  row.map((cell, at) => cells[at] ?? cell);

function attendees(people: readonly DemoPerson[], sharedBy: Shared): string[][] {
  const known = readable(people).map(({ person: each }) => each);
  const drawn = chance(20_260_104);
  const fresh = Array.from({ length: newPeople }, (_, index) => person(drawn, 9000 + index, null)).filter(
    ({ emails }) => emails.length > 0,
  );
  const rows = [...known.slice(0, 4), ...fresh].map(rowOf);
  for (const [index, each] of known.slice(4, 8).entries()) {
    const row = rowOf(each);
    const email = `${each.givenName}.${each.familyName}@private.example`.toLowerCase();
    const slip = `${each.familyName.slice(0, 3)}${each.familyName.slice(4)}`;
    // a private address; a misspelt name beside it; the names swapped; no job title and another city
    const written = [{}, { 1: slip }, { 0: each.familyName, 1: each.givenName }, { 3: '', 6: '' }][index] ?? {};
    rows.push(as(row, { 4: email, ...written }));
  }
  const [unsure] = known.slice(12);
  if (unsure !== undefined) rows.push(as(rowOf(unsure), { 4: '' }));
  rows.push(['', 'Vermeulen', sharedBy.company, 'Office manager', sharedBy.address, '', '']);
  return rows;
}

async function importAttendees(frame: DemoFrame, people: readonly DemoPerson[], sharedBy: Shared): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'outpost-demo-'));
  try {
    const file = join(folder, 'Contoso conference attendees.csv');
    writeFileSync(file, stringify([columns, ...attendees(people, sharedBy)]));
    const input = importOptionsSchema.parse({ file, kind: 'contacts', strategy: shippedIds.contactStrategy });
    const done = await frame.at(importedDaysAgo, 10, (store) =>
      runImport(
        {
          store,
          now: store.now,
          databasePath: folder,
          startJob: () => ({
            jobId: 'demo',
            report: () => {},
            isCancelled: () => false,
            breathe: () => Promise.resolve(),
          }),
        },
        input,
      ),
    );
    if (!done.ok) throw new Error(`the demo's attendee list: ${done.error.message}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
