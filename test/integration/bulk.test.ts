import { describe, expect, it } from 'vitest';
import { derivedData } from '../../db/derived/checks.ts';
import { createRecord, write } from '../../db/records/write.ts';
import { uidToUuid } from '../../db/uuid.ts';
import type { Job } from '../../electron/features/handler.ts';
import { historyHandlers } from '../../electron/features/history/history.handlers.ts';
import { recordsHandlers } from '../../electron/features/records/records.handlers.ts';
import { workspaceWith } from '../helpers/calls.ts';

const handlers = { ...recordsHandlers, ...historyHandlers };

/** 5,000 contacts: every second one of Contoso, every tenth a child. */
function workspace(job?: Job) {
  const made = workspaceWith(handlers, job);
  write(made.test.store, { cause: 'seed' }, (w) => {
    for (let number = 0; number < 5000; number += 1) {
      createRecord(w, 'contact', {
        givenName: `Ann${number}`,
        company: number % 2 === 0 ? 'Contoso' : 'Fabrikam',
        child: number % 10 === 0,
      });
    }
  });
  const all = (): readonly unknown[] =>
    made.test.store
      .sql(
        'SELECT id, label, jobTitle, ownerId, consentLevel, marketingOnly, deletedAtMs, searchText FROM contact ORDER BY id',
      )
      .all();
  return { ...made, all };
}

describe('a bulk change', () => {
  it('is made of all that a list holds but for some, as one operation that is undone as one', async () => {
    const { get, all, user } = workspace();
    const before = all();
    const { rows } = await get('contacts.list', { search: 'contoso', limit: 3 });
    const result = await get('contacts.updateMany', {
      of: { list: { search: 'contoso' }, except: rows.map((row) => row.id) },
      values: { ownerId: user.uuid, role: 'decisionMaker' },
    });
    expect(result).toMatchObject({ changed: 2497, unchanged: 0, refused: 0, cancelled: false });
    expect((await get('contacts.list', { view: 'mine' })).total).toBe(2497);
    const again = await get('contacts.updateMany', {
      of: { list: { search: 'contoso' } },
      values: { ownerId: user.uuid, role: 'decisionMaker' },
    });
    expect(again).toMatchObject({ changed: 3, unchanged: 2497 });
    expect(await get('history.undoOperation', { operationId: again.operationId })).toEqual({
      undone: 3,
      kept: 0,
      gone: 0,
    });
    expect(await get('history.undoOperation', { operationId: result.operationId })).toEqual({
      undone: 2497,
      kept: 0,
      gone: 0,
    });
    expect(all()).toEqual(before);
  });

  it('changes fields that search and labels follow from', async () => {
    const { get, test } = workspace();
    await get('contacts.updateMany', { of: { list: { search: 'fabrikam' } }, values: { company: 'Tailspin Ööö' } });
    expect((await get('contacts.list', { search: 'tailspin ooo' })).total).toBe(2500);
    expect((await get('contacts.list', { search: 'fabrikam' })).total).toBe(0);
    for (const each of derivedData) expect([each.name, each.check(test.store)]).toEqual([each.name, null]);
  });

  it('leaves those alone for which the value is wrong, and names them', async () => {
    const { get, test } = workspace();
    const result = await get('contacts.updateMany', {
      of: { list: {} },
      values: { consentLevel: 'profiling' },
    });
    expect(result).toMatchObject({ changed: 4500, refused: 500 });
    expect(result.refusals).toHaveLength(100);
    expect(result.refusals[0]).toMatchObject({ label: 'Ann0', code: 'notForChild', field: 'consentLevel' });
    // each has its line in the audit of consent
    expect(test.store.sql('SELECT count(*) FROM consent_change').pluck().get()).toBe(4500);
  });

  it('is refused whole where no record could take the value', async () => {
    const { call, all } = workspace();
    const before = all();
    expect(await call('contacts.updateMany', { of: { list: {} }, values: { birthDate: '2999-01-01' } })).toMatchObject({
      ok: false,
      error: { code: 'invalidValue' },
    });
    const nobody = '00000000-0000-7000-8000-000000000000';
    expect(await call('contacts.updateMany', { of: { ids: [nobody] }, values: { jobTitle: 'x' } })).toMatchObject({
      error: { code: 'notFound' },
    });
    expect(
      await call('contacts.updateMany', {
        of: { list: { filters: [{ field: 'noSuchField', operator: 'equals', value: 'x' }] as never } },
        values: { jobTitle: 'x' },
      }).catch(() => 'not a filter'),
    ).toBeTruthy();
    expect(all()).toEqual(before);
  });

  it('moves to the bin and back, and undo puts each where it was', async () => {
    const { get, all, test } = workspace();
    const before = all();
    const gone = await get('contacts.removeMany', { of: { list: { search: 'contoso' } } });
    expect(gone).toMatchObject({ changed: 2500 });
    expect((await get('contacts.list', {})).total).toBe(2500);
    expect((await get('contacts.list', { view: 'bin' })).total).toBe(2500);
    const back = await get('contacts.restoreMany', { of: { list: { view: 'bin', search: 'ann1' } } });
    expect(back.changed).toBeGreaterThan(0);
    await get('history.undoOperation', { operationId: back.operationId });
    await get('history.undoOperation', { operationId: gone.operationId });
    expect(all()).toEqual(before);
    for (const each of derivedData) expect([each.name, each.check(test.store)]).toEqual([each.name, null]);
  });

  it('stopped between two batches keeps what it did, says so, and can be undone', async () => {
    let batches = 0;
    const job: Job = {
      jobId: 'stopping',
      report: () => {
        batches += 1;
      },
      isCancelled: () => batches === 1,
      breathe: () => Promise.resolve(),
    };
    const { get, test } = workspace(job);
    const result = await get('contacts.updateMany', { of: { list: {} }, values: { description: 'seen' } });
    expect(result).toMatchObject({ changed: 2000, cancelled: true });
    batches = 0;
    await get('history.undoOperation', { operationId: result.operationId });
    expect(test.store.sql("SELECT count(*) FROM contact WHERE description = 'seen'").pluck().get()).toBe(0);
  });

  it('keeps what the program cannot be without', async () => {
    const { get, test } = workspace();
    const processes = test.store.sql('SELECT uid FROM process').pluck().all() as Buffer[];
    const result = await get('processes.removeMany', { of: { ids: processes.map(uidToUuid) } });
    expect(result).toMatchObject({ refused: 1, changed: processes.length - 1 });
  });

  it('of owners hands the sellers’ inbox over', async () => {
    const { get, test } = workspace();
    const seller = write(test.store, { cause: 'seed' }, (w) =>
      createRecord(w, 'user', { name: 'Sam', role: 'seller' }),
    ).value;
    const lead = write(test.store, { cause: 'seed' }, (w) => {
      const made = createRecord(w, 'lead', { topic: 'Fair' });
      createRecord(w, 'task', { subject: 'Accept', kind: 'salesAcceptance', leadId: made.id, role: 'seller' } as never);
      return made;
    }).value;
    await get('leads.updateMany', { of: { ids: [lead.uuid] }, values: { ownerId: seller.uuid } });
    expect(test.store.sql('SELECT ownerId FROM task WHERE leadId = ?').pluck().get(lead.id)).toBe(seller.id);
  });
});
