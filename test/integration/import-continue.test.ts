import { appendFileSync, copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importOptionsSchema } from '../../shared/contract/imports.ts';
import type { JobProgress } from '../../shared/contract/parts.ts';
import { setDeleted, write } from '../../db/records/write.ts';
import { writeSetting } from '../../db/store.ts';
import type { WriteContext } from '../../electron/features/handler.ts';
import { importHandlers } from '../../electron/features/imports/imports.handlers.ts';
import { writeShippedConfiguration } from '../../electron/features/setup/shipped.ts';
import type { JobSignal } from '../../electron/host/job-register.ts';
import { startJob } from '../../electron/worker/job-board.ts';
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

/** With emails and without, some invalid: every kind of outcome. */
const lines = Array.from({ length: 9000 }, (_, at) =>
  at % 5 === 0 ? `Person${at},,Town ${at % 50}` : at % 11 === 0 ? `,,Town` : `Person${at},p${at % 8000}@x.example,`,
);

function fileOf(content = ['First Name,Email,City', ...lines].join('\n')): string {
  const path = join(temporaryFolder(), 'people.csv');
  writeFileSync(path, content);
  return path;
}

const run = (context: WriteContext, file: string) =>
  importHandlers['imports.run'](importOptionsSchema.parse({ file, kind: 'contacts' }), context);

const goOn = (test: TestStore, importId: string, file?: string) =>
  importHandlers['imports.continue']({ importId, ...(file === undefined ? {} : { file }) }, contextOf(test));

const listed = (test: TestStore) => {
  const result = importHandlers['imports.list']({ limit: 10 }, contextOf(test));
  return result.value.rows;
};

/** Ends after so many batches, as a program does that is closed. */
function closing(test: TestStore, batches: number): WriteContext {
  let looked = 0;
  const context = contextOf(test, () => (looked += 1) > batches);
  return {
    ...context,
    startJob: (...args) => ({ ...context.startJob(...args), isClosing: () => true }),
  };
}

const contacts = (test: TestStore): unknown =>
  test.store
    .sql('SELECT givenName, email, label, sourceDetail FROM contact WHERE deletedAtMs IS NULL ORDER BY id')
    .all();

describe('an import that was cut', () => {
  it('goes on behind the last row that it saved, and ends with the counts and records of one that was not', async () => {
    const whole = workspace();
    const file = fileOf();
    const expected = await run(contextOf(whole), file);
    if (!expected.ok) throw new Error(expected.error.code);

    const test = workspace();
    const cut = await run(closing(test, 2), file);
    if (!cut.ok) throw new Error(cut.error.code);
    expect(cut.value).toMatchObject({ cancelled: true, rows: 1500 });
    expect(listed(test)).toMatchObject([{ state: 'interrupted', goOn: 'asIs', rows: 1500 }]);
    const after = await goOn(test, cut.value.importId);
    if (!after.ok) throw new Error(after.error.code);
    const counts = ({ importId: _id, failures: _failures, ...rest }: typeof after.value) => rest;
    expect(counts(after.value)).toEqual(counts(expected.value));
    expect(contacts(test)).toEqual(contacts(whole));
    expect(listed(test)).toMatchObject([{ state: 'done', goOn: null, rows: 9000 }]);
    expect((await goOn(test, cut.value.importId)).ok).toBe(false);
    // one import to history: all of it is taken back at once
    const undone = await importHandlers['imports.undo']({ importId: cut.value.importId }, contextOf(test));
    expect(undone).toMatchObject({ ok: true, value: { undone: expected.value.created, kept: 0 } });
    expect(contacts(test)).toEqual([]);
  });

  it('leaves alone what a person made meanwhile of rows that it saved before', async () => {
    const test = workspace();
    const file = fileOf();
    const cut = await run(contextOf(test, countTo(2)), file);
    if (!cut.ok) throw new Error(cut.error.code);
    expect(listed(test)[0]).toMatchObject({ state: 'cancelled', goOn: 'asIs' });
    const id = test.store.sql("SELECT id FROM contact WHERE givenName = 'Person1'").pluck().get() as number;
    write(test.store, { cause: 'edit' }, (w) => setDeleted(w, 'contact', id, true));
    expect(await goOn(test, cut.value.importId)).toMatchObject({ ok: true });
    // the row is behind it: it does not make the person again
    expect(test.store.sql("SELECT count(*) FROM contact WHERE givenName = 'Person1'").pluck().get()).toBe(1);
  });

  it('asks for the file where it is not where it was, takes the same one from elsewhere, and refuses another', async () => {
    const test = workspace();
    const file = fileOf();
    const cut = await run(closing(test, 1), file);
    if (!cut.ok) throw new Error(cut.error.code);
    const elsewhere = join(temporaryFolder(), 'copy of people.csv');
    copyFileSync(file, elsewhere);
    rmSync(file);
    expect(listed(test)[0]).toMatchObject({ goOn: 'file' });
    expect(await goOn(test, cut.value.importId)).toMatchObject({ ok: false, error: { code: 'fileMissing' } });
    const another = fileOf('First Name,Email\nAnn,ann@x.example\n');
    expect(await goOn(test, cut.value.importId, another)).toMatchObject({ ok: false, error: { code: 'fileChanged' } });
    expect(await goOn(test, cut.value.importId, elsewhere)).toMatchObject({ ok: true, value: { rows: 9000 } });
  });

  it('stops where the file changes under it, and says so; one that is removed is read to its end', async () => {
    const test = workspace();
    const file = fileOf();
    const result = await run(
      meanwhile(test, () => appendFileSync(file, '\nLate,late@x.example,')),
      file,
    );
    expect(result).toMatchObject({ ok: false, error: { code: 'fileChanged' } });
    expect(listed(test)[0]).toMatchObject({ state: 'interrupted', goOn: 'file' });
    expect(test.store.sql('SELECT count(*) AS count FROM contact').get()).not.toEqual({ count: 0 });
    // what was tried of the one is not what the other would do
    const tried = fileOf();
    const rehearsing = meanwhile(test, () => appendFileSync(tried, '\nLate,late@x.example,'));
    expect(
      await importHandlers['imports.rehearse'](importOptionsSchema.parse({ file: tried }), rehearsing),
    ).toMatchObject({ ok: false, error: { code: 'fileChanged' } });

    const removed = fileOf();
    const other = workspace();
    const done = await run(
      meanwhile(other, () => rmSync(removed)),
      removed,
    );
    expect(done).toMatchObject({ ok: true, value: { rows: 9000, cancelled: false } });
  });
});

const countTo = (most: number) => {
  let looked = 0;
  return () => (looked += 1) > most;
};

/** Something happens after the first batch. */
function meanwhile(test: TestStore, work: () => void): WriteContext {
  const context = contextOf(test);
  let isDone = false;
  return {
    ...context,
    startJob: (...args) => ({
      ...context.startJob(...args),
      breathe: async () => {
        if (!isDone) work();
        isDone = true;
      },
    }),
  };
}

describe('pausing', () => {
  it('waits after the batch it is in, says so, goes on when told, and leaves the pause out of its rate', async () => {
    const sent: JobProgress[] = [];
    const clock = { nowMs: 0 };
    let signal: JobSignal = 'run';
    const board = {
      thinMs: 0,
      now: () => clock.nowMs,
      send: (progress: JobProgress) => void sent.push(progress),
      begin: () => () => signal,
    };
    const job = startJob(board, 'import', 'people.csv', 'a');
    clock.nowMs = 1000;
    job.report({ done: 100, total: 400, saved: 100 });
    expect(sent.at(-1)).toMatchObject({ pausable: true, paused: false, perSecond: 100, secondsLeft: 3 });
    signal = 'pause';
    let went = false;
    const waiting = job.breathe().then(() => (went = true));
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(went).toBe(false);
    expect(sent.at(-1)).toMatchObject({ state: 'running', paused: true });
    clock.nowMs = 60_000;
    signal = 'run';
    await waiting;
    expect(sent.at(-1)).toMatchObject({ paused: false, perSecond: 100, secondsLeft: 3 });
    expect(job.isCancelled()).toBe(false);
    signal = 'close';
    expect(job.isCancelled()).toBe(true);
    // work that does not say that it can wait has no such button
    startJob(board, 'export', 'x', 'b').report({ done: 1, total: 2, saved: 0 });
    expect(sent.at(-1)?.pausable).toBeUndefined();
  });
});
