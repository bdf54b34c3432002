import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { type ImportKind, importOptionsSchema } from '../../shared/contract/imports.ts';
import { createRecord, write } from '../../db/records/write.ts';
import { writeSetting } from '../../db/store.ts';
import { importHandlers } from '../../electron/features/imports/imports.handlers.ts';
import { writeShippedConfiguration } from '../../electron/features/setup/shipped.ts';
import { contextOf } from '../helpers/context.ts';
import { freshStore, readerOf, temporaryFolder, type TestStore } from '../helpers/store.ts';

type Options = Partial<z.input<typeof importOptionsSchema>>;

function workspace(): TestStore {
  const test = freshStore();
  write(test.store, { cause: 'system' }, (w) => {
    writeSetting(test.store.connection, 'region', 'BE');
    writeShippedConfiguration(w);
    for (const [name, onBlankKey, onSeveralMatches, onHit] of [
      ['Strict', 'review', 'review', 'overwrite'],
      ['Loose', 'skip', 'mostRecentlyUpdated', 'fillEmpty'],
    ] as const) {
      createRecord(w, 'matchingStrategy', {
        name,
        target: 'contact',
        isDefault: false,
        definition: { version: 1, attributes: [{ attribute: 'email' }], onBlankKey, onSeveralMatches, onHit },
      });
    }
  });
  return test;
}

function fileOf(name: string, content: string): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

async function rehearse(test: TestStore, file: string, options: Options = {}, isCancelled = () => false) {
  const context = { ...contextOf(test, isCancelled), store: readerOf(test) };
  const result = await importHandlers['imports.rehearse'](importOptionsSchema.parse({ file, ...options }), context);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

async function run(test: TestStore, file: string, options: Options = {}) {
  const result = await importHandlers['imports.run'](importOptionsSchema.parse({ file, ...options }), contextOf(test));
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

const everything = (test: TestStore): unknown =>
  [
    'contact',
    'contact_email',
    'lead',
    'account',
    'event',
    'registration',
    'interaction',
    'change',
    'write',
    'import_run',
    'import_row',
    'review_item',
    'counter',
  ].map((table) => test.store.sql(`SELECT * FROM ${table}`).all());

describe('rehearsing an import', () => {
  it('says what would be made and changed, field by field, and leaves the database and its folder as they were', async () => {
    const test = workspace();
    await run(test, fileOf('a.csv', 'Email,First Name,Job Title\nada@x.example,Ada,\ntwo@x.example,Two,Clerk\n'));
    const before = everything(test);
    const files = readdirSync(dirname(test.path)).filter((name) => !name.endsWith('-shm') && !name.endsWith('-wal'));
    const told = await rehearse(
      test,
      fileOf(
        'b.csv',
        'Email,First Name,Job Title\nada@x.example,Ada,Engineer\nnew@x.example,New,\ntwo@x.example,Two,Chief\n,,\n,Nobody else,\nnew@x.example,,Buyer\n,"",Only a title\n',
      ),
    );
    expect(told.counts).toEqual({
      created: 2,
      updated: 2,
      unchanged: 1,
      severalMatches: 0,
      blankKey: 0,
      leftList: 0,
      invalid: 1,
      skipped: 0,
      flagged: 0,
    });
    const [first] = told.samples.filter(({ outcome }) => outcome === 'updated');
    expect(first).toMatchObject({
      line: 2,
      label: 'Ada',
      changes: [{ field: 'jobTitle', before: null, after: 'Engineer' }],
    });
    expect(first?.recordId).not.toBeNull();
    expect(told.samples.find(({ outcome }) => outcome === 'invalid')).toMatchObject({
      line: 8,
      values: { jobTitle: 'Only a title' },
    });
    expect(everything(test)).toEqual(before);
    expect(readdirSync(dirname(test.path)).filter((name) => !name.endsWith('-shm') && !name.endsWith('-wal'))).toEqual(
      files,
    );
  });

  it('shows who an ambiguous row could be, and what a row without a key waits for', async () => {
    const test = workspace();
    write(test.store, { cause: 'edit' }, (w) => {
      for (const givenName of ['Ann', 'Bob']) {
        createRecord(w, 'contact', {
          givenName,
          emails: [
            { kind: 'work', address: 'info@x.example', primary: true, optedOut: false, bounced: false, valid: true },
          ],
        });
      }
    });
    const told = await rehearse(test, fileOf('b.csv', 'Email,First Name\ninfo@x.example,Bob\n,Carl\n'), {
      strategy: 'Strict',
    });
    expect(told.counts).toMatchObject({ severalMatches: 1, blankKey: 1, created: 0 });
    expect(told.samples[0]?.candidates.map(({ label }) => label)).toEqual(['Bob', 'Ann']);
  });

  it('stops when it is cancelled, and leaves no file behind', async () => {
    const test = workspace();
    const rows = Array.from({ length: 2000 }, (_, index) => `P${index},p${index}@x.example`);
    let looked = 0;
    const told = await rehearse(
      test,
      fileOf('big.csv', ['First Name,Email', ...rows].join('\n')),
      {},
      () => (looked += 1) > 2,
    );
    expect(told).toMatchObject({ cancelled: true, rows: 500 });
    expect(readdirSync(dirname(test.path)).some((name) => name.includes('rehearsal'))).toBe(false);
  });

  const pick = (...values: string[]) => fc.constantFrom(...values);
  const row = fc.record({
    id: pick('', '', '1', '2', '3'),
    given: pick('', 'Ann', 'Bob', 'Cäsar'),
    email: pick(
      '',
      'a@x.example',
      'A@x.example',
      'b@x.example',
      'c@x.example',
      'no address',
      'a@x.example; d@x.example',
    ),
    company: pick('', 'Acme', 'ACME', 'Beta Ltd', 'Gamma'),
    title: pick('', 'Buyer', 'Chief'),
    phone: pick('', '0475123456', '0475123457', 'none'),
    event: pick('', 'Fair', 'Unknown fair'),
  });
  const headers: Readonly<Record<ImportKind, string>> = {
    contacts: 'Id,First Name,Email,Company,Job Title,Phone,Notes',
    leads: 'Id,First Name,Email,Company,Job Title,Phone,Topic',
    accounts: 'Id,Contact,Website,Account Name,Parent Account,Phone,Description',
    registrations: 'Attendee #,First Name,Email,Company,Job Title,Phone,Ticket Type',
    checkins: 'Attendee #,First Name,Email,Company,Job Title,Phone,Session',
    interactions: 'Attendee #,First Name,Email,Company,Activity Type,Timestamp,Subject',
    members: 'Attendee #,First Name,Email,Company,Status,Phone,Ignored',
  };
  const parent: Readonly<Record<string, string>> = { Buyer: 'Acme', Chief: 'Gamma' };
  const status: Readonly<Record<string, string>> = { Buyer: 'Subscribed', Chief: 'Unsubscribed' };
  const csv = (kind: ImportKind, rows: readonly Record<string, string>[]): string =>
    [
      headers[kind],
      ...rows.map(({ id, given, email, company, title, phone, event }) =>
        [
          id,
          given,
          email,
          company,
          ...(kind === 'interactions'
            ? [title === 'Buyer' ? 'Email opened' : title, phone === '' ? '' : '2026-01-02']
            : [
                (kind === 'members' ? status : kind === 'accounts' ? parent : { [title ?? '']: title })[title ?? ''] ??
                  '',
                phone,
              ]),
          event,
        ]
          .map((cell) => `"${cell}"`)
          .join(','),
      ),
    ].join('\n');
  const kinds = ['contacts', 'leads', 'accounts', 'registrations', 'checkins', 'interactions', 'members'] as const;
  /** What a hit does, said of each column of a file of contacts. */
  const ruled = {
    'First Name': 'givenName',
    Email: { field: 'email', onHit: 'fillEmpty' },
    Company: { field: 'company', onHit: 'overwrite' },
    'Job Title': { field: 'jobTitle', onHit: 'keep' },
    Phone: { field: 'phone', onHit: 'append' },
    Notes: { field: 'description', onHit: 'append' },
  } as const;
  const file = fc.record({
    kind: fc.constantFrom(...kinds),
    rows: fc.array(row, { minLength: 1, maxLength: 14 }),
    options: fc.record({
      strategy: fc.constantFrom('Strict', 'Loose', undefined),
      createContacts: fc.boolean(),
      keyed: fc.boolean(),
      onHit: fc.constantFrom('overwrite', 'keep', undefined),
      onMiss: fc.constantFrom('skip', undefined, undefined),
      isRuled: fc.boolean(),
    }),
  });

  it('counts what the run then does, for any files of any kind, one after another', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 4 }), async (files) => {
        const test = workspace();
        for (const [index, { kind, rows, options }] of files.entries()) {
          const path = fileOf(`${kind}-${index % 2}.csv`, csv(kind, rows));
          const asked: Options = {
            kind,
            createContacts: options.createContacts,
            event: index % 2 === 0 ? 'Fair' : undefined,
            strategy: kind === 'accounts' ? undefined : options.strategy,
            onHit: options.onHit,
            onMiss: options.onMiss,
            list: kind === 'members' ? 'News' : undefined,
            columns: kind === 'contacts' && options.isRuled ? ruled : undefined,
            ...(options.keyed && !['registrations', 'checkins', 'interactions', 'members'].includes(kind)
              ? { keyColumn: 'Id' }
              : {}),
          };
          const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
          const told = await rehearse(test, path, given);
          const done = await run(test, path, given);
          const { severalMatches, blankKey, leftList, invalid, ...counts } = told.counts;
          const { created, updated, unchanged, skipped, flagged, pending, failed, linked } = done;
          expect({
            ...counts,
            linked: told.linked,
            pending: severalMatches + blankKey + leftList,
            failed: invalid,
          }).toEqual({
            created,
            updated,
            unchanged,
            skipped,
            flagged,
            pending,
            failed,
            linked,
          });
          test.clock.nowMs += 60_000;
        }
      }),
      { numRuns: 24 },
    );
  });
});
