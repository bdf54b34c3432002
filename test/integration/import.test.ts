import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importOptionsSchema } from '../../shared/contract/imports.ts';
import type { z } from 'zod';
import { createRecord, write } from '../../db/records/write.ts';
import { writeSetting } from '../../db/store.ts';
import { importHandlers } from '../../electron/features/imports/imports.handlers.ts';
import { reviewHandlers } from '../../electron/features/review/review.handlers.ts';
import { writeShippedConfiguration } from '../../electron/features/setup/shipped.ts';
import { contextOf } from '../helpers/context.ts';
import { freshStore, temporaryFolder, type TestStore } from '../helpers/store.ts';

function workspace(region = 'BE'): TestStore {
  const test = freshStore();
  write(test.store, { cause: 'system' }, (w) => {
    writeSetting(test.store.connection, 'region', region);
    writeShippedConfiguration(w);
  });
  return test;
}

function fileOf(name: string, content: string | Buffer): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

async function run(
  test: TestStore,
  file: string,
  options: Partial<z.input<typeof importOptionsSchema>> = {},
  cancelAfter = Infinity,
) {
  let looked = 0;
  const context = contextOf(test, () => (looked += 1) > cancelAfter);
  const result = await importHandlers['imports.run'](importOptionsSchema.parse({ file, ...options }), context);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

const refused = async (test: TestStore, file: string, options: Partial<z.input<typeof importOptionsSchema>> = {}) => {
  const result = await importHandlers['imports.run'](importOptionsSchema.parse({ file, ...options }), contextOf(test));
  return result.ok ? null : result.error.code;
};

const count = (test: TestStore, table: string): number =>
  (test.store.sql(`SELECT count(*) AS count FROM ${table} WHERE deletedAtMs IS NULL`).get() as { count: number }).count;

const waiting = (test: TestStore) => {
  const result = reviewHandlers['reviewQueue.list']({ limit: 100 }, contextOf(test));
  return result.value;
};

const people = [
  'First Name,Last Name,Company,Email,Phone,Birthday,Notes',
  'Ada,Lovelace,Engines Ltd,ada@engines.example,0475 12 34 56,10/12/1990,"first, with comma"',
  'José,Ruiz,Bodega,JOSE@bodega.example,not a number,13/02/1980,"two\nlines"',
  'No,Address,Nowhere,,,,',
  '王,芳,例子,,,circa 1800,',
].join('\r\n');

describe('importing people', () => {
  it('makes a contact of every row and changes nothing the second time, also of rows without an email', async () => {
    const test = workspace();
    const file = fileOf('people.csv', people);
    expect(await run(test, file)).toMatchObject({ rows: 4, created: 4, updated: 0, failed: 0, pending: 0, flagged: 2 });
    const log = test.store.sql('SELECT count(*) AS count FROM change').get();
    expect(await run(test, file)).toMatchObject({ rows: 4, created: 0, updated: 0, unchanged: 4 });
    expect(test.store.sql('SELECT count(*) AS count FROM change').get()).toEqual(log);
    expect(count(test, 'contact')).toBe(4);
    const ada = test.store.sql("SELECT * FROM contact WHERE givenName = 'Ada'").get() as Record<string, unknown>;
    expect(ada).toMatchObject({
      email: 'ada@engines.example',
      birthDate: '1990-12-10',
      description: 'first, with comma',
    });
  });

  it('fills what is empty in a known contact and overwrites nothing', async () => {
    const test = workspace();
    await run(test, fileOf('a.csv', 'Email,First Name,Job Title\nada@x.example,Ada,Engineer\n'));
    const after = await run(
      test,
      fileOf('b.csv', 'Email,First Name,Company,Job Title,Mobile\nADA@x.example,Augusta,Engines,Head,0475123456\n'),
    );
    expect(after).toMatchObject({ created: 0, updated: 1 });
    expect(test.store.sql('SELECT givenName, company, jobTitle, phone FROM contact').get()).toEqual({
      givenName: 'Ada',
      company: 'Engines',
      jobTitle: 'Engineer',
      phone: '0475123456',
    });
  });

  it('keeps what a person changed when the file comes again', async () => {
    const test = workspace();
    const file = fileOf('people.csv', people);
    await run(test, file);
    test.store.sql("UPDATE contact SET jobTitle = 'Countess' WHERE givenName = 'Ada'").run();
    expect(await run(test, file)).toMatchObject({ unchanged: 4 });
  });

  it('takes two rows of one person in one file for one contact', async () => {
    const test = workspace();
    const result = await run(
      test,
      fileOf('twice.csv', 'Email,First Name,Company\na@x.example,Ann,\nA@X.example,,Acme\n'),
    );
    expect(result).toMatchObject({ rows: 2, created: 1, updated: 1 });
    expect(count(test, 'contact')).toBe(1);
  });

  it('is the same import in two halves, in any order, and when it was cut in the middle and run again', async () => {
    const rows = Array.from({ length: 7000 }, (_, index) =>
      index % 3 === 0 ? `Person${index},,Town ${index % 50}` : `Person${index},p${index}@x.example,`,
    );
    const header = 'First Name,Email,City';
    const whole = fileOf('whole.csv', [header, ...rows].join('\n'));
    const test = workspace();
    const cut = await run(test, whole, {}, 1);
    expect(cut.cancelled).toBe(true);
    expect(count(test, 'contact')).toBe(cut.created);
    expect(await run(test, whole)).toMatchObject({ created: 7000 - cut.created, updated: 0, unchanged: cut.created });
    expect(count(test, 'contact')).toBe(7000);

    const halves = workspace();
    await run(halves, fileOf('second.csv', [header, ...rows.slice(3500)].join('\n')));
    await run(halves, fileOf('first.csv', [header, ...rows.slice(0, 3500)].join('\n')));
    expect(await run(halves, whole)).toMatchObject({ created: 0, updated: 0, unchanged: 7000 });
  });

  it('links people to the one account of their company', async () => {
    const test = workspace();
    await run(test, fileOf('accounts.csv', 'Account Name,Industry\nEngines Ltd,Machines\n'));
    await run(test, fileOf('people.csv', people));
    expect(test.store.sql('SELECT count(*) AS count FROM contact WHERE accountId IS NOT NULL').get()).toEqual({
      count: 1,
    });
    expect(count(test, 'account')).toBe(1);
  });

  it('holds rows of different ids apart when the id column is the key', async () => {
    const test = workspace();
    const file = fileOf('ids.csv', 'Id,First Name,Email\n1,Ann,info@x.example\n2,Bob,info@x.example\n');
    expect(await run(test, file, { keyColumn: 'Id' })).toMatchObject({ created: 2 });
    expect(await run(test, file, { keyColumn: 'Id' })).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  });

  it('remembers the columns that a person chose for a set of headers', async () => {
    const test = workspace();
    const columns = { Wer: 'fullName', Wo: 'email' } as const;
    await run(test, fileOf('a.csv', 'Wer,Wo\nAda Lovelace,ada@x.example\n'), { columns });
    expect(await run(test, fileOf('b.csv', 'Wo,Wer\nbob@x.example,Bob Bobson\n'))).toMatchObject({ created: 1 });
    expect(test.store.sql("SELECT familyName FROM contact WHERE givenName = 'Bob'").get()).toEqual({
      familyName: 'Bobson',
    });
  });
});

describe('importing leads and registrations', () => {
  const leads = [
    'First Name,Last Name,Company,Email 1,Phone 1,Source,Deal Stage,Notes',
    'Ann,Arbor,Acme,ann@acme.example,+32 475 12 34 56,Trade Show,New Lead,call',
    'Bob,,Beta,,,Google Ads,Closed,',
  ].join('\n');

  it('makes unlinked leads in the first stage, and none the second time', async () => {
    const test = workspace();
    const file = fileOf('fair leads.csv', leads);
    expect(await run(test, file)).toMatchObject({ rows: 2, created: 2 });
    expect(await run(test, file)).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
    expect(test.store.sql("SELECT topic, source, stage, contactId FROM lead WHERE givenName = 'Ann'").get()).toEqual({
      topic: 'fair leads',
      source: 'tradeShow',
      stage: 'inquiry',
      contactId: null,
    });
    expect(count(test, 'contact')).toBe(0);
  });

  it('makes and links marketing-only contacts where asked, and links known ones', async () => {
    const test = workspace();
    await run(test, fileOf('known.csv', 'Email,First Name\nann@acme.example,Ann\n'));
    expect(await run(test, fileOf('leads.csv', leads), { createContacts: true })).toMatchObject({ created: 2 });
    expect(test.store.sql('SELECT count(*) AS count FROM lead WHERE contactId IS NULL').get()).toEqual({ count: 0 });
    expect(test.store.sql('SELECT marketingOnly, count(*) AS count FROM contact GROUP BY marketingOnly').all()).toEqual(
      [
        { marketingOnly: 0, count: 1 },
        { marketingOnly: 1, count: 1 },
      ],
    );
  });

  it('does not make a lead again that was closed since', async () => {
    const test = workspace();
    const file = fileOf('leads.csv', leads);
    await run(test, file);
    test.store.sql("UPDATE lead SET status = 'disqualified'").run();
    expect(await run(test, file)).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  });

  it('takes the same people from another file or event for new leads', async () => {
    const test = workspace();
    await run(test, fileOf('march.csv', leads));
    expect(await run(test, fileOf('april.csv', leads))).toMatchObject({ created: 2 });
    expect(await run(test, fileOf('april.csv', leads), { event: 'Spring fair' })).toMatchObject({ created: 2 });
    expect(count(test, 'event')).toBe(1);
    expect(await run(test, fileOf('may.csv', leads), { event: 'spring FAIR' })).toMatchObject({ created: 0 });
  });

  it('makes registrations with their event, person and interaction, once', async () => {
    const test = workspace();
    const file = fileOf(
      'Contoso_day_attendees.csv',
      [
        'Order #,Order Date,First Name,Last Name,Email,Ticket Type,Attendee #,Attendee Status,Are you new?,Company',
        '1,11/29/24 22:28,Jo,Doe,jo@x.example,General,77,Attending,Yes,Acme',
        '2,11/30/24 09:00,Flo,Roe,flo@x.example,General,78,Not Attending,No,',
      ].join('\n'),
    );
    expect(await run(test, file)).toMatchObject({ rows: 2, created: 2 });
    expect(await run(test, file)).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
    expect([
      count(test, 'event'),
      count(test, 'contact'),
      count(test, 'registration'),
      count(test, 'interaction'),
    ]).toEqual([1, 2, 2, 1]);
    expect(test.store.sql('SELECT name FROM event').get()).toEqual({ name: 'Contoso day' });
    const { answers, status } = test.store
      .sql("SELECT answers, status FROM registration WHERE externalId = '77'")
      .get() as {
      answers: string;
      status: string;
    };
    expect(status).toBe('registered');
    expect(JSON.parse(answers)).toEqual([{ questionId: 'areyounew', question: 'Are you new?', value: 'Yes' }]);
  });
});

describe('what waits for a person', () => {
  it('reports torn rows with their line, keeps them, and reports them once', async () => {
    const test = workspace();
    const file = fileOf(
      'torn.csv',
      'First Name,Last Name,Email\nAnn,Arbor,ann@x.example\nBob,bob@x.example\nCy,"Young,cy@x.example\nDi,Dee,di@x.example\n',
    );
    const first = await run(test, file);
    expect(first).toMatchObject({ rows: 4, created: 2, failed: 2 });
    expect(first.failures.map((failure) => failure.line)).toEqual([3, 4]);
    expect(await run(test, file)).toMatchObject({ created: 0, unchanged: 2, failed: 2 });
    expect(waiting(test).total).toBe(2);
  });

  it('lets a person put a torn row right', async () => {
    const test = workspace();
    const file = fileOf('torn.csv', 'First Name,Last Name,Email\nAnn,Arbor,ann@x.example\nBob,bob@x.example\n');
    await run(test, file);
    const [item] = waiting(test).rows;
    if (!item) throw new Error('nothing waits');
    expect(item.values).toEqual({ givenName: 'Bob', familyName: 'bob@x.example' });
    const resolved = reviewHandlers['reviewQueue.resolve'](
      { id: item.id, action: 'retry', values: { familyName: 'Baker', email: 'bob@x.example' } },
      contextOf(test),
    );
    expect(resolved).toMatchObject({ ok: true, value: { outcome: 'created' } });
    expect(waiting(test).total).toBe(0);
    expect(await run(test, file)).toMatchObject({ created: 0, unchanged: 2 });
  });

  it('asks who is meant where several contacts match', async () => {
    const test = workspace();
    write(test.store, { cause: 'edit' }, (w) => {
      const email = {
        address: 'info@x.example',
        kind: 'work',
        primary: true,
        optedOut: false,
        bounced: false,
        valid: true,
      } as const;
      for (const givenName of ['Ann', 'Bob']) createRecord(w, 'contact', { givenName, emails: [email] });
    });
    const file = fileOf('one.csv', 'Email,Company\ninfo@x.example,Acme\n');
    expect(await run(test, file)).toMatchObject({ rows: 1, pending: 1 });
    expect(await run(test, file)).toMatchObject({ rows: 1, pending: 1 });
    const { rows } = waiting(test);
    expect(rows).toHaveLength(1);
    const [item] = rows;
    const bob = item?.candidates.find((candidate) => candidate.label === 'Bob');
    if (!item || !bob) throw new Error('no candidates');
    const used = reviewHandlers['reviewQueue.resolve'](
      { id: item.id, action: 'useCandidate', candidateId: bob.id },
      contextOf(test),
    );
    expect(used).toMatchObject({ ok: true, value: { outcome: 'updated', recordId: bob.id } });
    expect(test.store.sql("SELECT company FROM contact WHERE givenName = 'Bob'").get()).toEqual({ company: 'Acme' });
  });

  it('does what the chosen strategy says of a blank key, and leaves a skipped row skipped', async () => {
    const test = workspace();
    const file = fileOf('blank.csv', 'First Name,Email\nAnn,\n');
    expect(await run(test, file, { strategy: 'contact by EMAIL' })).toMatchObject({ pending: 1 });
    const [item] = waiting(test).rows;
    if (!item) throw new Error('nothing waits');
    reviewHandlers['reviewQueue.resolve']({ id: item.id, action: 'skip' }, contextOf(test));
    expect(await run(test, file)).toMatchObject({ created: 0, skipped: 1 });
    expect(await refused(test, file, { strategy: 'by shoe size' })).toBe('notFound');
  });
});

describe('taking an import back', () => {
  it('puts everything back and lets the file be imported again', async () => {
    const test = workspace();
    await run(test, fileOf('known.csv', 'Email,First Name\nada@engines.example,Ada\n'));
    const file = fileOf('people.csv', people);
    const { importId } = await run(test, file);
    const undone = await importHandlers['imports.undo']({ importId }, contextOf(test));
    expect(undone).toMatchObject({ ok: true, value: { kept: 0 } });
    expect(count(test, 'contact')).toBe(1);
    expect(test.store.sql('SELECT company FROM contact WHERE deletedAtMs IS NULL').get()).toEqual({ company: null });
    expect(await importHandlers['imports.undo']({ importId }, contextOf(test))).toMatchObject({
      ok: false,
      error: { code: 'alreadyUndone' },
    });
    expect(await run(test, file)).toMatchObject({ created: 3, updated: 1 });
  });
});

describe('files that are no good', () => {
  it.each([
    ['empty.csv', '', 'fileEmpty'],
    ['blank.csv', '\ufeff\r\n  \r\n', 'fileEmpty'],
    ['sheet.xlsx', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(100, 7)]), 'fileUnreadable'],
    [
      'noise.csv',
      Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 197 + (index >> 3) * 31) % 256)),
      'fileNotText',
    ],
    [
      'wide.csv',
      Buffer.from('\ufeffa,b\n1,2\n', 'utf8').reduce(
        (all, byte) => Buffer.concat([all, Buffer.from([byte, 0, 0, 0])]),
        Buffer.alloc(0),
      ),
      'fileNotText',
    ],
    ['headless.csv', 'Ann,ann@x.example\nBob,bob@x.example\n', 'noHeader'],
    ['odd.csv', 'Colour,Size\nred,4\n', 'noRecognisedColumns'],
  ])('refuses %s with a reason and writes nothing', async (name, content, code) => {
    const test = workspace();
    expect(await refused(test, fileOf(name, content))).toBe(code);
    expect(test.store.sql('SELECT count(*) AS count FROM import_run').get()).toEqual({ count: 0 });
  });

  it('says before anything is written which rows will wait, and that there are none', async () => {
    const test = workspace();
    const look = async (content: string) => {
      const file = fileOf('look.csv', content);
      const found = await importHandlers['imports.inspect']({ file, format: 'auto' }, contextOf(test));
      if (!found.ok) throw new Error(found.error.code);
      return found.value;
    };
    const header = 'First Name,Last Name,Email';
    const torn = await look(`${header}\nAnn,Aa,a@x.example\nBob\nCy,Cc,c@x.example,more\nDi,Dd,d@x.example,,\n`);
    expect(torn).toMatchObject({ oddRows: [1, 2], rowsEstimate: 4, rowsCounted: true });
    expect(torn.warnings.map(({ message }) => message)).toEqual([
      '2 rows have more or fewer cells than the file has columns. They will wait in Review.',
    ]);
    expect(await look(`${header}\n`)).toMatchObject({
      rowsEstimate: 0,
      warnings: [{ message: 'The file has names of columns, but no row below them.' }],
    });
  });

  it('says that a file is not there, or is a folder', async () => {
    const test = workspace();
    expect(await refused(test, join(temporaryFolder(), 'nowhere.csv'))).toBe('fileMissing');
    expect(await refused(test, temporaryFolder())).toBe('fileUnreadable');
  });

  it('reads a file without a header once it is told what the columns are', async () => {
    const test = workspace();
    const file = fileOf('headless.csv', 'Ann,ann@x.example\nBob,bob@x.example\n');
    expect(await run(test, file, { hasHeader: false })).toMatchObject({ created: 2 });
  });

  it('reads old encodings and line ends', async () => {
    const test = workspace();
    const text = 'First Name;Email\rZoë;zoe@x.example\rBjörn;bjorn@x.example\rÅsa;asa@x.example';
    expect(await run(test, fileOf('latin.csv', Buffer.from(text, 'latin1')))).toMatchObject({ created: 3 });
    expect(await run(test, fileOf('wide.csv', Buffer.from(`\ufeff${text}`, 'utf16le')))).toMatchObject({
      unchanged: 3,
    });
    expect(
      test.store.sql("SELECT count(*) AS count FROM contact WHERE givenName IN ('Zoë', 'Björn', 'Åsa')").get(),
    ).toEqual({ count: 3 });
  });
});
