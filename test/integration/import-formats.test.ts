/** A small file of each format that is named, and what becomes of it: made for these tests, in test/fixtures/import. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InputOf, OutputOf } from '../../shared/contract/index.ts';
import { importHandlers } from '../../electron/features/imports/imports.handlers.ts';
import { tableOf } from '../../db/records/entity-storage.ts';
import { workspaceWith } from '../helpers/calls.ts';

const fixture = (name: string): string => join(import.meta.dirname, '../fixtures/import', name);

type Case = {
  readonly file: string;
  readonly format: string;
  readonly kind: string;
  readonly options?: Omit<InputOf<'imports.run'>, 'file'>;
  readonly counts: Readonly<Record<string, number>>;
  /** Records that stand above the one that they name. */
  readonly linked?: number;
  readonly sql: string;
  readonly rows: readonly (readonly unknown[])[];
};

const people = 'SELECT givenName, familyName, company, jobTitle, email, phone FROM contact ORDER BY id';
const cases: readonly Case[] = [
  {
    file: 'eventbrite.csv',
    format: 'eventbrite',
    kind: 'registrations',
    counts: { created: 3 },
    sql: 'SELECT contact.label, status, ticketType, registration.externalId, event.label FROM registration JOIN contact ON contact.id = contactId JOIN event ON event.id = eventId ORDER BY registration.id',
    rows: [
      ['Maaike de Vos', 'registered', 'Early bird', '70001', 'eventbrite'],
      ['Léon Dubois', 'attended', 'Early bird', '70002', 'eventbrite'],
      ['Ines Ito', 'cancelled', 'Press', '70003', 'eventbrite'],
    ],
  },
  {
    file: 'linkedin.csv',
    format: 'linkedin',
    kind: 'leads',
    options: { createContacts: true },
    counts: { created: 2 },
    sql: "SELECT lead.familyName, lead.externalId, contact.marketingOnly, json_extract(answers, '$[0].value') FROM lead JOIN contact ON contact.id = contactId ORDER BY lead.id",
    rows: [
      ['Byron', 'L-1', 1, 'An old one'],
      ['Berg', 'L-2', 1, null],
    ],
  },
  {
    file: 'dynamics365-leads.csv',
    format: 'dynamics365',
    kind: 'leads',
    counts: { created: 2 },
    sql: 'SELECT topic, familyName, source, rating, purchaseTimeFrame FROM lead ORDER BY id',
    rows: [
      ['Pumps for the new hall', 'Byron', 'tradeShow', 'hot', 'nextQuarter'],
      ['Valves', 'Berg', 'wordOfMouth', 'cold', 'unknown'],
    ],
  },
  {
    file: 'dynamics365-contacts.csv',
    format: 'dynamics365',
    kind: 'contacts',
    counts: { created: 2 },
    sql: "SELECT label, email, phone, allowBulkEmail, json_extract(addresses, '$[0].city') FROM contact ORDER BY id",
    rows: [
      ['Ada Byron', 'ada@engines.example', '+44 20 7946 0000', 0, 'London'],
      ['Bo Berg', 'bo@berg.example', null, 1, 'Oslo'],
    ],
  },
  {
    file: 'salesforce.csv',
    format: 'salesforce',
    kind: 'leads',
    counts: { created: 2 },
    sql: 'SELECT familyName, company, source, rating FROM lead ORDER BY id',
    rows: [
      ['Byron', 'Engines Ltd', 'web', 'warm'],
      ['Berg', 'Berg AS', 'partner', null],
    ],
  },
  {
    file: 'hubspot.csv',
    format: 'hubspot',
    kind: 'contacts',
    counts: { created: 2 },
    sql: people,
    rows: [
      ['Ada', 'Byron', 'Engines Ltd', 'Head of Buying', 'ada@engines.example', '+44 20 7946 0000'],
      ['Bo', 'Berg', 'Berg AS', null, 'bo@berg.example', '+47 406 12 345'],
    ],
  },
  {
    file: 'google.csv',
    format: 'google',
    kind: 'contacts',
    counts: { created: 2 },
    sql: 'SELECT givenName, middleName, familyName, birthDate, email, json_array_length(emails), tags FROM contact ORDER BY id',
    rows: [
      ['Ada', 'King', 'Byron', '1990-12-10', 'ada@engines.example', 2, '["Navy"]'],
      ['王', null, '芳', null, 'wang@example.example', 1, '[]'],
    ],
  },
  {
    file: 'outlook.csv',
    format: 'outlook',
    kind: 'contacts',
    counts: { created: 2 },
    sql: people,
    rows: [
      ['Ada', 'Byron', 'Engines Ltd', 'Head of Buying', 'ada@engines.example', '+44 20 7946 0000'],
      ['Bo', 'Berg', 'Berg AS', null, 'bo@berg.example', '+47 406 12 345'],
    ],
  },
  {
    file: 'mailchimp.csv',
    format: 'mailchimp',
    kind: 'contacts',
    counts: { created: 2 },
    sql: 'SELECT label, email, tags FROM contact ORDER BY id',
    rows: [
      ['Ada Byron', 'ada@engines.example', '["vip","press"]'],
      ['Bo Berg', 'bo@berg.example', '[]'],
    ],
  },
  {
    file: 'mailchimp.csv',
    format: 'mailchimp',
    kind: 'members',
    options: { kind: 'members', list: 'News' },
    counts: { created: 2 },
    sql: "SELECT contact.label, date(occurredAtMs / 1000, 'unixepoch') FROM interaction JOIN contact ON contact.id = contactId WHERE kind = 'subscribed' ORDER BY interaction.id",
    rows: [
      ['Ada Byron', '2024-05-06'],
      ['Bo Berg', '2025-06-07'],
    ],
  },
  {
    file: 'cards.vcf',
    format: 'vcard',
    kind: 'contacts',
    counts: { created: 3 },
    sql: "SELECT label, company, json_extract(addresses, '$[0].city'), birthDate, description FROM contact ORDER BY id",
    rows: [
      ['Léon Dubois', 'Kade NV', null, null, null],
      ['Ada Byron', null, 'London', null, null],
      ['Bo Berg', null, null, '1980-02-13', 'One\nTwo'],
    ],
  },
  {
    file: 'accounts.csv',
    format: 'csv',
    kind: 'accounts',
    counts: { created: 2 },
    linked: 1,
    sql: 'SELECT account.name, account.kind, account.employees, account.annualRevenue, parent.name FROM account LEFT JOIN account AS parent ON parent.id = account.parentAccountId ORDER BY account.id',
    rows: [
      ['Kade Noord', 'customer', 12, 1_250_000.5, 'Kade NV'],
      ['Kade NV', 'partner', 140, 9_000_000, null],
    ],
  },
  {
    file: 'checkins.csv',
    format: 'csv',
    kind: 'checkins',
    options: { event: 'Fair' },
    counts: { created: 3 },
    sql: 'SELECT contact.givenName, session, outAtMs IS NOT NULL FROM check_in JOIN contact ON contact.id = contactId ORDER BY check_in.id',
    rows: [
      ['Maaike', 'Keynote', 0],
      ['Maaike', 'Workshop', 1],
      ['Léon', 'Keynote', 0],
    ],
  },
  {
    file: 'interactions.tsv',
    format: 'csv',
    kind: 'interactions',
    counts: { created: 3, failed: 1 },
    sql: "SELECT contact.email, kind, subject, date(occurredAtMs / 1000, 'unixepoch') FROM interaction JOIN contact ON contact.id = contactId ORDER BY interaction.id",
    rows: [
      ['maaike@kade.example', 'emailOpened', 'Spring offer', '2026-03-04'],
      ['maaike@kade.example', 'emailClicked', 'Spring offer', '2026-03-04'],
      ['leon@kade.example', 'meetingHeld', null, '2026-03-13'],
    ],
  },
  {
    file: 'members.csv',
    format: 'csv',
    kind: 'members',
    options: { kind: 'members', list: 'News' },
    counts: { created: 1, updated: 2 },
    sql: 'SELECT contact.givenName FROM list_member JOIN contact ON contact.id = contactId WHERE list_member.deletedAtMs IS NULL',
    rows: [['Maaike']],
  },
  {
    file: 'visitors.xlsx',
    format: 'xlsx',
    kind: 'contacts',
    options: {
      columns: {
        Name: 'fullName',
        'E-mail': 'email',
        Function: { field: 'role', values: { CEO: 'decisionMaker', 'n/a': null } },
        Method: 'preferredMethod',
        Remarks: 'description',
      },
    },
    counts: { created: 3, flagged: 1 },
    sql: 'SELECT label, role, preferredMethod, description FROM contact ORDER BY id',
    rows: [
      ['Maaike de Vos', 'decisionMaker', 'phone', 'Wants a call'],
      ['Léon Dubois', 'influencer', 'post', null],
      ['Ines Ito', null, 'any', 'From Umi'],
    ],
  },
];

const made = ['contact', 'lead', 'account', 'event', 'registration', 'checkIn', 'interaction', 'listMember'] as const;
type Run = OutputOf<'imports.run'>;

/** What a rehearsal says, as the run says it. */
const asRun = ({ counts, ...told }: OutputOf<'imports.rehearse'>): Partial<Run> => {
  const { severalMatches, blankKey, leftList, invalid, ...same } = counts;
  const pending = severalMatches + blankKey + leftList;
  return { ...same, pending, failed: invalid, rows: told.rows, linked: told.linked };
};

describe.each(cases)('$file as $kind', ({ file, format, kind, options, counts, linked = 0, sql, rows }) => {
  it('is recognised, rehearsed as it is read, changes nothing the second time, and is taken back', async () => {
    const { get, test } = workspaceWith(importHandlers);
    const input = { file: fixture(file), ...options };
    const asked = options?.kind === undefined ? {} : { kind: options.kind };
    const looked = await get('imports.inspect', { file: input.file, ...asked });
    expect(looked).toMatchObject({ format, kind, rowsCounted: true });
    // what is shown before has all rows, also of cards, which have no columns
    expect(looked.preview).toHaveLength(looked.rowsEstimate ?? -1);
    expect(Math.max(looked.columns.length, looked.previewFields.length)).toBe(looked.preview[0]?.length);
    const read = () => test.store.sql(sql).raw().all();
    const countOf = (entity: (typeof made)[number]) =>
      test.store
        .sql(`SELECT count(*) FROM ${tableOf(entity)}`)
        .pluck()
        .get() as number;
    const runs: Run[] = [];
    for (const expected of [
      { failed: 0, pending: 0, ...counts, linked },
      { created: 0, updated: 0, linked: 0 },
    ]) {
      const before = made.map(countOf);
      const told = await get('imports.rehearse', input);
      expect(made.map(countOf)).toEqual(before);
      const done = await get('imports.run', input);
      expect(done).toMatchObject({ ...expected, ...asRun(told) });
      expect(made.map((entity, at) => countOf(entity) - (before[at] ?? 0))).toEqual(
        made.map((entity) => told.alsoCreated[entity] ?? 0),
      );
      expect(read()).toEqual(rows);
      runs.push(done);
    }
    expect(runs.map((each) => each.rows)).toEqual([looked.rowsEstimate, looked.rowsEstimate]);
    const [first, second] = runs as [Run, Run];
    expect(second.unchanged).toBe(first.rows - first.failed);
    await get('imports.undo', { importId: first.importId });
    expect(test.store.sql('SELECT count(*) FROM contact WHERE deletedAtMs IS NULL').pluck().get()).toBe(0);
  });
});
