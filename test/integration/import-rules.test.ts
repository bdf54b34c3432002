/** What a person says of single columns: what a hit does to the field, what values of choices become; and what a miss does. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importHandlers } from '../../electron/features/imports/imports.handlers.ts';
import { recordsHandlers } from '../../electron/features/records/records.handlers.ts';
import { readStored } from '../../db/records/read.ts';
import { updateRecord, write } from '../../db/records/write.ts';
import type { InputOf } from '../../shared/contract/index.ts';
import { customFieldName } from '../../shared/model/custom-field.ts';
import { workspaceWith } from '../helpers/calls.ts';
import { temporaryFolder } from '../helpers/store.ts';

type Options = Omit<InputOf<'imports.run'>, 'file'>;

function workspace() {
  const made = workspaceWith({ ...importHandlers, ...recordsHandlers });
  const fileOf = (text: string, name = 'people.csv'): string => {
    const path = join(temporaryFolder(), name);
    writeFileSync(path, text);
    return path;
  };
  const run = (text: string, options: Options = {}, name?: string) =>
    made.get('imports.run', { file: fileOf(text, name), ...options });
  const valuesOf = (entity: 'contact' | 'account' | 'lead', id = 1) =>
    (readStored(made.test.store, entity, id)?.values ?? {}) as Readonly<Record<string, unknown>>;
  return { ...made, fileOf, run, valuesOf };
}

const addresses = (values: Readonly<Record<string, unknown>>): readonly string[] =>
  (values.emails as { address: string; primary: boolean }[]).map(({ address, primary }) =>
    primary ? `${address} first` : address,
  );

const known =
  'Email,Name,Job Title,Company,Notes,Tags,Phone\nann@x.example,Ann Aa,Clerk,Old Ltd,met in May,vip,0475123456';
const news = [
  'Email,Second Email,Name,Job Title,Company,Notes,Tags,Phone',
  'ann@x.example,ann@home.example,Anna Aa,Chief,New Ltd,met in June,"press; VIP",0475999999',
].join('\n');

describe('what a hit does to a field', () => {
  it('is what was said of its column, and for the others what the import says', async () => {
    const { run, valuesOf } = workspace();
    await run(known);
    await run(news, {
      columns: {
        Email: 'email',
        'Second Email': { field: 'email2', onHit: 'append' },
        Name: 'fullName',
        'Job Title': { field: 'jobTitle', onHit: 'overwrite' },
        Company: { field: 'company', onHit: 'keep' },
        Notes: { field: 'description', onHit: 'append' },
        Tags: { field: 'tags', onHit: 'append' },
        Phone: { field: 'phone', onHit: 'fillEmpty' },
      },
    });
    const ann = valuesOf('contact');
    expect(ann).toMatchObject({
      givenName: 'Ann',
      jobTitle: 'Chief',
      company: 'Old Ltd',
      description: 'met in May\nmet in June',
      tags: ['vip', 'press'],
    });
    expect(addresses(ann)).toEqual(['ann@x.example first', 'ann@home.example']);
    expect(ann.phones).toHaveLength(1);
  });

  it('lets single columns take what an import that overwrites, or keeps, would not', async () => {
    const { run, valuesOf } = workspace();
    await run(known);
    const columns = { Email: 'email', Name: 'fullName', Company: 'company', Notes: 'description' } as const;
    await run(news, { onHit: 'keep', columns: { ...columns, 'Job Title': { field: 'jobTitle', onHit: 'overwrite' } } });
    expect(valuesOf('contact')).toMatchObject({ givenName: 'Ann', jobTitle: 'Chief', company: 'Old Ltd' });
    await run(news, { onHit: 'overwrite', columns: { ...columns, Name: { field: 'fullName', onHit: 'keep' } } });
    expect(valuesOf('contact')).toMatchObject({ givenName: 'Ann', company: 'New Ltd', description: 'met in June' });
  });

  it('changes nothing the second time, is rehearsed as it is done, and is taken back', async () => {
    const { run, get, valuesOf, fileOf } = workspace();
    await run(known);
    const before = valuesOf('contact');
    const columns = {
      Email: 'email',
      'Second Email': { field: 'email2', onHit: 'overwrite' },
      Notes: { field: 'description', onHit: 'append' },
      Tags: { field: 'tags', onHit: 'overwrite' },
    } as const;
    const told = await get('imports.rehearse', { file: fileOf(news), columns });
    expect(told.samples[0]?.changes.map(({ field }) => field).toSorted()).toEqual(['description', 'emails', 'tags']);
    const done = await run(news, { columns });
    expect(valuesOf('contact')).toMatchObject({ tags: ['press', 'vip'], description: 'met in May\nmet in June' });
    expect(await run(news, { columns })).toMatchObject({ updated: 0, unchanged: 1 });
    await get('imports.undo', { importId: done.importId });
    expect(valuesOf('contact')).toEqual(before);
  });

  it('is remembered for files of the same columns, and shown when one is looked at', async () => {
    const { run, get, valuesOf, fileOf } = workspace();
    await run(known);
    const columns = {
      Email: 'email',
      'Job Title': { field: 'jobTitle', onHit: 'overwrite' },
      Name: { field: 'role', values: { 'Anna Aa': 'champion' } },
    } as const;
    await run(news, { columns });
    const seen = await get('imports.inspect', { file: fileOf(news) });
    expect(seen.columns.find(({ header }) => header === 'Job Title')).toMatchObject({ onHit: 'overwrite' });
    expect(seen.columns.find(({ header }) => header === 'Name')).toMatchObject({
      field: 'role',
      values: { 'Anna Aa': 'champion' },
      distinct: [{ value: 'Anna Aa', count: 1 }],
    });
    await run(news.replace('Chief', 'President'));
    expect(valuesOf('contact').jobTitle).toBe('President');
  });

  it('is refused where it makes no sense', async () => {
    const { call, fileOf } = workspace();
    const file = fileOf(news);
    for (const rule of [
      { field: 'jobTitle', onHit: 'append' },
      { field: 'jobTitle', values: { Chief: 'champion' } },
      { field: 'role', values: { Chief: 'emperor' } },
    ] as const) {
      const refused = await call('imports.run', { file, columns: { Email: 'email', 'Job Title': rule } });
      expect(refused).toMatchObject({ ok: false, error: { code: 'invalidValue' } });
    }
  });
});

describe('what there is no room for', () => {
  it('is flagged at its record, counted once, and said by the rehearsal: nothing is cut without a word', async () => {
    const { run, get, valuesOf, fileOf } = workspace();
    const { id } = await get('customFields.create', { values: { name: 'Story', kind: 'text' } });
    const field = customFieldName(id) as `x_${string}`;
    const [note, story] = ['n'.repeat(99_990), 's'.repeat(3990)];
    await run(`Email,Notes,Story\nann@x.example,${note},${story}`);
    const [longNote, longStory, longTitle] = [
      'more of it '.repeat(500).trim(),
      'and so on, and on',
      'Chief '.repeat(60),
    ];
    const file = `Email,Notes,Story,Job Title\nann@x.example,${longNote},"${longStory}",${longTitle}`;
    const columns = {
      Email: 'email',
      Notes: { field: 'description', onHit: 'append' },
      Story: { field, onHit: 'append' },
      'Job Title': { field: 'jobTitle', onHit: 'overwrite' },
    } as const;
    const kept = [
      { field: 'jobTitle', value: longTitle.trim(), reason: 'tooLong' },
      { field: 'description', value: longNote, reason: 'noRoom' },
      { field, value: longStory, reason: 'noRoom' },
    ];
    const told = await get('imports.rehearse', { file: fileOf(file), columns });
    expect(told.counts).toMatchObject({ updated: 1, flagged: 3 });
    expect(told.samples[0]?.changes.find((each) => each.field === 'flaggedValues')?.after).toEqual(kept);
    expect(await run(file, { columns })).toMatchObject({ updated: 1, flagged: 3 });
    const ann = valuesOf('contact');
    expect(ann).toMatchObject({ description: note, [field]: story, flaggedValues: kept });
    expect(await run(file, { columns })).toMatchObject({ updated: 0, unchanged: 1, flagged: 0 });
    // a text longer than any: what is cut off is kept
    const whole = `${'a'.repeat(100_000)}the end`;
    await run(`Email,Notes\nbob@x.example,${whole}`);
    expect(valuesOf('contact', 2).flaggedValues).toEqual([
      { field: 'description', value: 'the end', reason: 'tooLong' },
    ]);
  });
});

describe('values of choices', () => {
  it('become what was said of them, by option or label; the others are guessed, or kept aside', async () => {
    const { run, valuesOf } = workspace();
    const rows = ['CEO', 'Decision maker', 'n/a', 'Janitor'].map((role, at) => `p${at}@x.example,${role}`);
    const done = await run(['Email,Function', ...rows].join('\n'), {
      columns: { Email: 'email', Function: { field: 'role', values: { ceo: 'Champion', 'N/A': null } } },
    });
    expect(done).toMatchObject({ created: 4, flagged: 1 });
    expect([1, 2, 3, 4].map((id) => valuesOf('contact', id).role)).toEqual(['champion', 'decisionMaker', null, null]);
    expect(valuesOf('contact', 3).flaggedValues).toEqual([]);
  });

  it('of own fields become their options too, one by one in a multi-choice', async () => {
    const { run, get, valuesOf, fileOf } = workspace();
    const { id } = await get('customFields.create', {
      values: { name: 'Interests', kind: 'multiChoice', options: ['Pumps', 'Valves'] },
    });
    const field = customFieldName(id) as `x_${string}`;
    await run('Email,Likes\na@x.example,pump; valves; cats', {
      columns: { Email: 'email', Likes: { field, values: { Pump: 'Pumps', cats: null } } },
    });
    expect(valuesOf('contact')).toMatchObject({ [field]: ['Pumps', 'Valves'], flaggedValues: [] });
    await run('Email,Likes\nb@x.example,valves', { columns: { Email: 'email', Likes: field } });
    const added = { columns: { Email: 'email', Likes: { field, onHit: 'append' } } } as const;
    const told = await get('imports.rehearse', { file: fileOf('Email,Likes\nb@x.example,Pumps'), ...added });
    expect(told.samples[0]?.changes).toMatchObject([{ field, name: 'Interests', before: ['Valves'] }]);
    await run('Email,Likes\nb@x.example,Pumps', added);
    expect((valuesOf('contact', 2)[field] as string[]).toSorted()).toEqual(['Pumps', 'Valves']);
  });

  it('of yes and no become what was said of them, whichever way round the column asks, and are remembered', async () => {
    const { run, get, valuesOf, fileOf } = workspace();
    const { id } = await get('customFields.create', { values: { name: 'Signed', kind: 'yesNo' } });
    const field = customFieldName(id) as `x_${string}`;
    const people = ['Y,Y', 'no,akkoord', 'n.v.t.,n.v.t.', 'akkoord,✓', 'perhaps,perhaps'];
    const file = ['Email,Email Opt Out,Getekend', ...people.map((cells, at) => `p${at}@x.example,${cells}`)].join('\n');
    const values = { akkoord: 'yes', 'N.V.T.': null } as const;
    const columns = {
      Email: 'email',
      // a no of the column is left out, and its yes, which is a no for the field, stays one
      'Email Opt Out': { field: 'allowBulkEmail', values: { ...values, No: null } },
      Getekend: { field, values },
    } as const;
    expect(await run(file, { columns })).toMatchObject({ created: 5, flagged: 2 });
    const read = [1, 2, 3, 4, 5].map((row) => valuesOf('contact', row));
    expect(read.map((each) => each[field])).toEqual([true, true, null, true, null]);
    const usual = valuesOf('contact', 3).allowBulkEmail;
    expect(read.map((each) => each.allowBulkEmail)).toEqual([false, usual, usual, true, usual]);
    const found = await get('imports.inspect', { file: fileOf(file) });
    expect(found.columns[2]).toMatchObject({ field, values });
  });

  it('leave an interaction out whose kind is left out', async () => {
    const { run } = workspace();
    const columns = {
      Email: 'email',
      Type: { field: 'interactionKind', values: { Danced: null, Talked: 'meetingHeld' } },
      At: 'occurredAt',
    } as const;
    const file =
      'Email,Type,At\na@x.example,Danced,2026-01-02\na@x.example,Talked,2026-01-02\na@x.example,Sang,2026-01-02';
    expect(await run(file, { kind: 'interactions', columns })).toMatchObject({ created: 1, skipped: 1, failed: 1 });
  });
});

it('leaves rows out that hit nothing where the import says so, and takes them when asked to later', async () => {
  const { run, test } = workspace();
  await run(known);
  const file = 'Email,Name,Job Title\nann@x.example,Ann,Chief\nbob@x.example,Bob,Clerk\n,Nobody Known,Clerk';
  expect(await run(file, { onMiss: 'skip' })).toMatchObject({ skipped: 2, created: 0 });
  expect(await run(file)).toMatchObject({ created: 2, skipped: 0 });
  expect(await run('Account Name\nAcme', { kind: 'accounts', onMiss: 'skip' })).toMatchObject({ skipped: 1 });
  expect(test.store.sql('SELECT count(*) FROM account').pluck().get()).toBe(0);
});

it('links records that a file names before it holds them, across files too, and never in a ring', async () => {
  const { run, get, test, fileOf } = workspace();
  const parents = () =>
    test.store
      .sql(
        `SELECT child.name, parent.name AS parent FROM account AS child LEFT JOIN account AS parent
         ON parent.id = child.parentAccountId WHERE child.deletedAtMs IS NULL ORDER BY child.id`,
      )
      .raw()
      .all();
  const head = 'Account Name,Parent Account';
  const file = `${head}\nAcme Nord,Acme\nAcme,Holding\nA,B\nB,A\nOwn,Own`;
  const told = await get('imports.rehearse', { file: fileOf(file), kind: 'accounts' });
  expect(told.linked).toBe(1);
  // each with its parent, or with the name of one that is kept aside
  expect(
    told.samples.map(({ changes }) => {
      const [link, kept] = ['parentAccountId', 'flaggedValues'].map((each) =>
        changes.find(({ field }) => field === each),
      );
      return link?.afterLabel ?? kept?.after;
    }),
  ).toEqual([
    'Acme',
    [{ field: 'parentAccountId', value: 'Holding', reason: 'notFound' }],
    [{ field: 'parentAccountId', value: 'B', reason: 'notFound' }],
    'A',
    [{ field: 'parentAccountId', value: 'Own', reason: 'notFound' }],
  ]);
  const first = await run(file, { kind: 'accounts' });
  expect(first.linked).toBe(1);
  expect(parents()).toEqual([
    ['Acme Nord', 'Acme'],
    ['Acme', null],
    ['A', null],
    ['B', 'A'],
    ['Own', null],
  ]);
  // (B could be found for A, but would close a ring)
  expect(await run(`${head}\nAcme Nord,Acme\nAcme,Holding\nA,B\nB,A\nOwn,Own`, { kind: 'accounts' })).toMatchObject({
    updated: 0,
  });
  const third = await get('imports.rehearse', { file: fileOf(`${head}\nHolding,`), kind: 'accounts' });
  const second = await run(`${head}\nHolding,`, { kind: 'accounts' });
  expect([third.linked, second.linked]).toEqual([1, 1]);
  expect(parents()[1]).toEqual(['Acme', 'Holding']);
  await get('imports.undo', { importId: second.importId });
  expect(parents()[1]).toEqual(['Acme', null]);
  await get('imports.undo', { importId: first.importId });
  expect(parents()).toEqual([]);

  await run('Name,Email,Guardian\nKid Aa,kid@x.example,Mum Aa\nMum Aa,mum@x.example,', { kind: 'contacts' });
  const kid = test.store.sql("SELECT guardianId, flaggedValues FROM contact WHERE givenName = 'Kid'").get() as Readonly<
    Record<string, unknown>
  >;
  expect(kid).toEqual({
    guardianId: test.store.sql("SELECT id FROM contact WHERE givenName = 'Mum'").pluck().get(),
    flaggedValues: '[]',
  });
});

it('says before an import is taken back what was changed since: of what it made, and of what it changed', async () => {
  const { run, get, test } = workspace();
  await run('Email,Name\nada@x.example,Ada\nbob@x.example,Bob');
  const { importId } = await run('Email,Company\nada@x.example,Engines\ncid@x.example,Acme\ndan@x.example,Acme');
  const since = () => get('imports.changedSince', { importId });
  const edit = (email: string): void => {
    const id = test.store.sql('SELECT id FROM contact WHERE email = ?').pluck().get(email) as number;
    write(test.store, { cause: 'edit' }, (w) => updateRecord(w, 'contact', id, { jobTitle: `${email} edited` }));
  };
  edit('bob@x.example');
  expect(await since()).toEqual({ made: 0, changed: 0 });
  edit('ada@x.example');
  edit('cid@x.example');
  expect(await since()).toEqual({ made: 1, changed: 1 });
  await get('imports.undo', { importId });
  expect(
    test.store.sql('SELECT email, company FROM contact WHERE deletedAtMs IS NULL ORDER BY id').raw().all(),
  ).toEqual([
    ['ada@x.example', null],
    ['bob@x.example', null],
  ]);
});
