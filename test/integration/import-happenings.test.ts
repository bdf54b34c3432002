import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { importOptionsSchema } from '../../shared/contract/imports.ts';
import { write } from '../../db/records/write.ts';
import { writeSetting } from '../../db/store.ts';
import { importHandlers } from '../../electron/features/imports/imports.handlers.ts';
import { writeShippedConfiguration } from '../../electron/features/setup/shipped.ts';
import { contextOf } from '../helpers/context.ts';
import { freshStore, temporaryFolder, type TestStore } from '../helpers/store.ts';

function workspace(): TestStore {
  const test = freshStore();
  write(test.store, { cause: 'system' }, (w) => {
    writeSetting(test.store.connection, 'region', 'BE');
    writeShippedConfiguration(w);
  });
  return test;
}

async function run(test: TestStore, content: string, options: Partial<z.input<typeof importOptionsSchema>>) {
  const file = join(temporaryFolder(), 'happenings.csv');
  writeFileSync(file, content);
  const result = await importHandlers['imports.run'](importOptionsSchema.parse({ file, ...options }), contextOf(test));
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

const rowsOf = (test: TestStore, sql: string) => test.store.sql(sql).all();

describe('interactions of a file', () => {
  const content = [
    'Email,First Name,Activity Type,Timestamp,Subject,Id',
    'ann@x.example,Ann,Email opened,2026-01-02 10:15,Spring offer,e1',
    'ann@x.example,Ann,Click,2026-01-02 10:16,Spring offer,e2',
    'bob@x.example,Bob,Meeting,2026-01-03 09:00,,',
    'bob@x.example,Bob,Danced,2026-01-03 09:00,,',
    'bob@x.example,Bob,Meeting,,,',
  ].join('\n');

  it('belong to the person they name, are known by their event id or by what they hold, and count once', async () => {
    const test = workspace();
    const first = await run(test, content, {
      kind: 'interactions',
      columns: {
        Email: 'email',
        'First Name': 'givenName',
        'Activity Type': 'interactionKind',
        Timestamp: 'occurredAt',
        Subject: 'subject',
        Id: 'externalId',
      },
    });
    expect(first).toMatchObject({ rows: 5, created: 3, failed: 2 });
    expect(
      rowsOf(
        test,
        'SELECT contact.givenName, kind, subject FROM interaction JOIN contact ON contact.id = contactId ORDER BY interaction.id',
      ),
    ).toEqual([
      { givenName: 'Ann', kind: 'emailOpened', subject: 'Spring offer' },
      { givenName: 'Ann', kind: 'emailClicked', subject: 'Spring offer' },
      { givenName: 'Bob', kind: 'meetingHeld', subject: null },
    ]);
    expect(await run(test, content, { kind: 'interactions' })).toMatchObject({ created: 0, unchanged: 3, failed: 2 });
    // the same event in another file of the source, with more columns
    const more = 'Email,Activity Type,Timestamp,Id,Company\nann@x.example,Email opened,2026-01-02 10:15,e1,Acme\n';
    expect(await run(test, more, { kind: 'interactions', keyColumn: 'Id' })).toMatchObject({ created: 0 });
    const undone = await importHandlers['imports.undo']({ importId: first.importId }, contextOf(test));
    expect(undone.ok).toBe(true);
    expect(rowsOf(test, 'SELECT 1 FROM interaction WHERE deletedAtMs IS NULL')).toEqual([]);
  });
});

describe('check-ins of a file', () => {
  const content = [
    'Email,First Name,Session,Check-in Time,Check-out Time',
    'ann@x.example,Ann,Keynote,2026-01-02 10:00,',
    'ann@x.example,Ann,Workshop,2026-01-02 14:00,2026-01-02 16:00',
    'bob@x.example,Bob,Keynote,2026-01-02 10:05,',
  ].join('\n');

  it('say who came to which session, mark the registration as attended, and come once', async () => {
    const test = workspace();
    await run(test, 'Email,First Name\nann@x.example,Ann\n', { kind: 'registrations', event: 'Fair' });
    expect(rowsOf(test, 'SELECT status FROM registration')).toEqual([{ status: 'registered' }]);
    expect(await run(test, content, { kind: 'checkins', event: 'Fair' })).toMatchObject({ rows: 3, created: 3 });
    expect(
      rowsOf(
        test,
        'SELECT session, registrationId IS NOT NULL AS registered, outAtMs IS NOT NULL AS left FROM check_in ORDER BY id',
      ),
    ).toEqual([
      { session: 'Keynote', registered: 1, left: 0 },
      { session: 'Workshop', registered: 1, left: 1 },
      { session: 'Keynote', registered: 0, left: 0 },
    ]);
    expect(rowsOf(test, 'SELECT status FROM registration')).toEqual([{ status: 'attended' }]);
    expect(rowsOf(test, "SELECT count(*) AS count FROM interaction WHERE kind = 'eventCheckedIn'")).toEqual([
      { count: 3 },
    ]);
    expect(await run(test, content, { kind: 'checkins', event: 'Fair' })).toMatchObject({ created: 0, unchanged: 3 });
    const left = content.replace('10:00,', '10:00,2026-01-02 11:00');
    expect(await run(test, left, { kind: 'checkins', event: 'Fair' })).toMatchObject({ created: 0, updated: 1 });
    expect(rowsOf(test, "SELECT count(*) AS count FROM interaction WHERE kind = 'eventCheckedIn'")).toEqual([
      { count: 3 },
    ]);
  });
});
