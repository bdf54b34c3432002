/** One decision for all items that wait for the same reason, and all of them taken back. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createRecord, write } from '../../db/records/write.ts';
import type { Job } from '../../electron/features/handler.ts';
import { importHandlers } from '../../electron/features/imports/imports.handlers.ts';
import { reviewHandlers } from '../../electron/features/review/review.handlers.ts';
import { workspaceWith } from '../helpers/calls.ts';
import { temporaryFolder } from '../helpers/store.ts';

const twins = 14;

/** Each of them is there twice already, under one email, and some rows of the file have none. */
async function waiting(job?: Job) {
  const made = workspaceWith({ ...importHandlers, ...reviewHandlers }, job);
  const { store } = made.test;
  write(store, { cause: 'edit' }, (w) => {
    for (let at = 0; at < twins * 2; at += 1) {
      const address = `p${at % twins}@x.example`;
      createRecord(w, 'contact', {
        familyName: `Person ${at}`,
        emails: [{ kind: 'work', address, primary: true, optedOut: false, bounced: false, valid: true }],
      });
    }
  });
  const contacts = () => store.sql('SELECT count(*) FROM contact WHERE deletedAtMs IS NULL').pluck().get();
  const titled = () =>
    store.sql("SELECT count(*) FROM contact WHERE jobTitle = 'Buyer' AND deletedAtMs IS NULL").pluck().get();
  const file = join(temporaryFolder(), 'people.csv');
  const rows = Array.from({ length: twins }, (_, at) => `p${at}@x.example,Person,Buyer`);
  writeFileSync(file, ['Email,Last Name,Job Title', ...rows, ',Blank One,Clerk', ',Blank Two,Clerk'].join('\n'));
  const named = write(store, { cause: 'edit' }, (w) =>
    createRecord(w, 'matchingStrategy', {
      name: 'Email',
      target: 'contact',
      isDefault: false,
      definition: {
        version: 1,
        attributes: [{ attribute: 'email' }],
        onBlankKey: 'review',
        onSeveralMatches: 'review',
        onHit: 'fillEmpty',
      },
    }),
  ).value.uuid;
  await made.get('imports.run', { file, kind: 'contacts', strategy: named });
  const list = () => made.get('reviewQueue.list', { limit: 100 });
  const first = async (reason: string) => (await list()).rows.find((item) => item.reason === reason)!;
  return { ...made, contacts, titled, list, first };
}

it('decides all that wait for the same reason by their own first candidates, and takes all of it back', async () => {
  const { get, contacts, titled, list, first } = await waiting();
  expect(await list()).toMatchObject({ total: twins + 2 });
  const item = await first('severalMatches');
  expect(await get('reviewQueue.alike', { id: item.id })).toEqual({ count: twins - 1 });
  const candidateId = item.candidates[0]!.id;
  const own = await get('reviewQueue.resolve', { id: item.id, action: 'useCandidate', candidateId });
  const rest = await get('reviewQueue.resolveAlike', { id: item.id, action: 'useFirst' });
  expect(rest).toMatchObject({ updated: twins - 1, created: 0, waiting: 0, cancelled: false });
  expect([contacts(), titled()]).toEqual([twins * 2, twins]);
  expect(await list()).toMatchObject({ total: 2 });
  const decided = [{ id: item.id, writeId: own.writeId }, ...rest.decided];
  expect(await get('reviewQueue.reopenMany', { decided })).toEqual({ reopened: twins, kept: 0, cancelled: false });
  expect(titled()).toBe(0);
  expect(await list()).toMatchObject({ total: twins + 2 });
});

it('makes or leaves out all of them, and leaves waiting what has nobody to be used', async () => {
  const { get, contacts, list, first } = await waiting();
  const blank = await first('blankKey');
  const used = await get('reviewQueue.resolveAlike', { id: blank.id, action: 'useFirst' });
  expect(used).toMatchObject({ decided: [], waiting: 1 });
  const made = await get('reviewQueue.resolveAlike', { id: blank.id, action: 'create' });
  expect([made.created, contacts()]).toEqual([1, twins * 2 + 1]);
  const twin = await first('severalMatches');
  expect(await get('reviewQueue.resolveAlike', { id: twin.id, action: 'skip' })).toMatchObject({ skipped: twins - 1 });
  expect((await list()).rows.map(({ id }) => id).toSorted()).toEqual([blank.id, twin.id].toSorted());
  await get('reviewQueue.reopenMany', { decided: made.decided });
  expect(contacts()).toBe(twins * 2);
});

it('stops when it is asked to', async () => {
  let isStopped = false;
  const job: Job = {
    jobId: 'j',
    report: ({ done }) => (isStopped = done >= 10),
    isCancelled: () => isStopped,
    breathe: () => Promise.resolve(),
  };
  const { get, list, first } = await waiting(job);
  isStopped = false;
  const item = await first('severalMatches');
  const stopped = await get('reviewQueue.resolveAlike', { id: item.id, action: 'skip' });
  expect(stopped).toMatchObject({ skipped: 10, waiting: 3, cancelled: true });
  expect(await list()).toMatchObject({ total: twins + 2 - 10 });
});
