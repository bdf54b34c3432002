/** Members of subscription lists from files: an opt-out is always taken, and nobody who left is put back by a file. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { InputOf } from '../../shared/contract/index.ts';
import { duplicatesHandlers } from '../../electron/features/duplicates/duplicates.handlers.ts';
import { importHandlers } from '../../electron/features/imports/imports.handlers.ts';
import { bulkHandlers } from '../../electron/features/records/bulk.handlers.ts';
import { recordsHandlers } from '../../electron/features/records/records.handlers.ts';
import { reviewHandlers } from '../../electron/features/review/review.handlers.ts';
import { workspaceWith } from '../helpers/calls.ts';
import { temporaryFolder } from '../helpers/store.ts';

function workspace() {
  const made = workspaceWith({
    ...importHandlers,
    ...reviewHandlers,
    ...recordsHandlers,
    ...bulkHandlers,
    ...duplicatesHandlers,
  });
  const run = (rows: readonly string[], options: Partial<InputOf<'imports.run'>> = {}) => {
    const file = join(temporaryFolder(), 'members.csv');
    writeFileSync(file, ['Email,Name,Status,Optin Time,Unsub Time', ...rows].join('\n'));
    return made.get('imports.run', { file, kind: 'members', list: 'News', ...options });
  };
  const members = () =>
    made.test.store
      .sql(
        `SELECT contact.label FROM list_member JOIN contact ON contact.id = contactId WHERE list_member.deletedAtMs IS NULL ORDER BY contact.label`,
      )
      .pluck()
      .all();
  const moves = () =>
    made.test.store
      .sql(
        `SELECT contact.label || ' ' || kind || ' ' || date(occurredAtMs / 1000, 'unixepoch') FROM interaction
         JOIN contact ON contact.id = contactId WHERE interaction.deletedAtMs IS NULL ORDER BY interaction.id`,
      )
      .pluck()
      .all();
  return { ...made, run, members, moves };
}

const ann = 'ann@x.example,Ann,Subscribed,2024-05-06,';
const bob = 'bob@x.example,Bob,,,';
const cid = 'cid@x.example,Cid,Cleaned,,';
const dee = 'dee@x.example,Dee,Subscribed,2024-05-06,2025-02-03';
const nobody = ',Nobody Known,member,,';

it('are put on the list with the day on which they joined, once, and come off with the import', async () => {
  const { run, members, moves, get, test } = workspace();
  const first = await run([ann, bob, cid, dee, nobody]);
  expect(first).toMatchObject({ rows: 5, created: 3, updated: 2, failed: 0 });
  expect(members()).toEqual(['Ann', 'Bob', 'Nobody Known']);
  const said = [
    'Ann subscribed 2024-05-06',
    'Bob subscribed 2026-01-01',
    'Dee unsubscribed 2025-02-03',
    'Nobody Known subscribed 2026-01-01',
  ];
  expect(moves().toSorted()).toEqual(said);
  expect(await run([ann, bob, cid, dee, nobody])).toMatchObject({ created: 0, updated: 0, unchanged: 5 });
  expect(moves().toSorted()).toEqual(said);
  await get('imports.undo', { importId: first.importId });
  expect([members(), moves()]).toEqual([[], []]);
  expect(test.store.sql('SELECT count(*) FROM contact WHERE deletedAtMs IS NULL').pluck().get()).toBe(0);
  // taking an import back is nobody's leaving
  expect(await run([ann])).toMatchObject({ created: 1, pending: 0 });
});

it('leave by any file, also before they ever came, and wait for a person where one would put them back', async () => {
  const { run, members, get } = workspace();
  await run([ann, bob]);
  const left = 'ann@x.example,Ann,Unsubscribed,,';
  expect(await run([left, 'eve@x.example,Eve,opted out,,'])).toMatchObject({ updated: 2, created: 0 });
  expect(members()).toEqual(['Bob']);
  const eve = 'eve@x.example,Eve,Subscribed,,';
  const waiting = await run([ann, eve, bob]);
  expect(waiting).toMatchObject({ pending: 2, unchanged: 1 });
  expect(await run([ann, eve, bob])).toMatchObject({ pending: 2, unchanged: 1 });
  expect(members()).toEqual(['Bob']);
  const { rows } = await get('reviewQueue.list', { importId: waiting.importId });
  expect(rows.map(({ reason, candidates }) => [reason, candidates.length])).toEqual([
    ['leftList', 1],
    ['leftList', 1],
  ]);
  const [first, second] = rows;
  await get('reviewQueue.resolve', {
    id: first?.id ?? '',
    action: 'useCandidate',
    candidateId: first?.candidates[0]?.id ?? '',
  });
  await get('reviewQueue.resolve', { id: second?.id ?? '', action: 'skip' });
  expect(members()).toHaveLength(2);
  expect(await run([ann, bob])).toMatchObject({ unchanged: 2 });
});

it('say in their own words what they are, and keep what forbids mail', async () => {
  const { run, members, test } = workspace();
  const columns = {
    Email: 'email',
    Name: 'fullName',
    Status: { field: 'subscriptionStatus', values: { Gold: 'subscribed', Grey: 'unsubscribed' } },
    'Optin Time': 'allowBulkEmail',
  } as const;
  const done = await run(['ann@x.example,Ann,gold,no,', 'bob@x.example,Bob,Grey,,', 'cid@x.example,Cid,Odd,,'], {
    columns,
  });
  expect(done).toMatchObject({ created: 1, updated: 2 });
  expect(members()).toEqual(['Ann']);
  expect(test.store.sql("SELECT allowBulkEmail FROM contact WHERE contact.label = 'Ann'").pluck().get()).toBe(0);
});

it('need a list, by name or id', async () => {
  const { run, call, get, test } = workspace();
  await run([ann]);
  const file = join(temporaryFolder(), 'members.csv');
  writeFileSync(file, 'Email\nann@x.example');
  expect(await call('imports.run', { file, kind: 'members' })).toMatchObject({
    ok: false,
    error: { code: 'invalidValue' },
  });
  const uid = test.store.sql('SELECT hex(uid) FROM subscription_list').pluck().get() as string;
  const list = uid.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  expect(await get('imports.run', { file, kind: 'members', list })).toMatchObject({ unchanged: 1 });
});

it('that an import put on and took off with itself have not left, and who was merged since has', async () => {
  const { run, members, get } = workspace();
  await run([ann, bob]);
  const [list] = (await get('subscriptionLists.list', {})).rows;
  const idOf = async (search: string) => (await get('contacts.list', { search })).rows[0]?.id ?? '';
  const many = (isOn: boolean, ids: readonly string[]) =>
    get('bulk.setMembership', { of: { ids: [...ids] }, listId: list?.id ?? '', isOn });
  const eve = await get('contacts.create', { values: { givenName: 'Eve' } });
  const fay = await get('contacts.create', {
    values: {
      givenName: 'Fay',
      emails: [{ kind: 'work', address: 'fay@x.example', primary: true, optedOut: false, bounced: false, valid: true }],
    },
  });
  const mistake = await run(['fay@x.example,Fay,Subscribed,2024-05-06,']);
  await get('imports.undo', { importId: mistake.importId });
  expect(await many(true, [fay.id])).toMatchObject({ changed: 1, refused: 0 });
  const bobId = await idOf('Bob');
  await many(false, [bobId]);
  expect(await many(true, [bobId])).toMatchObject({ changed: 0, refusals: [{ code: 'leftBefore' }] });
  await get('duplicates.merge', { of: 'contact', keep: eve.id, others: [bobId] });
  expect(await many(true, [eve.id])).toMatchObject({ changed: 0, refusals: [{ code: 'leftBefore' }] });
  expect(await run(['bob@x.example,Bob,Subscribed,2026-05-06,'])).toMatchObject({ pending: 1 });
  expect(members()).toEqual(['Ann', 'Fay']);
});
