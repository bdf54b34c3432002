/** The bin by its calls: what is said before records go there, and taking them out of it for good. */
import { describe, expect, it } from 'vitest';
import { createRecord, write } from '../../db/records/write.ts';
import { doChores } from '../../electron/worker/chores.ts';
import type { Job } from '../../electron/features/handler.ts';
import { historyHandlers } from '../../electron/features/history/history.handlers.ts';
import { binHandlers } from '../../electron/features/records/bin.handlers.ts';
import { recordsHandlers } from '../../electron/features/records/records.handlers.ts';
import { workspaceWith } from '../helpers/calls.ts';

const handlers = { ...recordsHandlers, ...historyHandlers, ...binHandlers };
const workspace = (job?: Job) => workspaceWith(handlers, job);

describe('before a record goes to the bin', () => {
  it('says what hangs on it, what would go with it and what would stay without the link', async () => {
    const { get } = workspace();
    const account = await get('accounts.create', { values: { name: 'Contoso' } });
    const ann = await get('contacts.create', {
      values: { givenName: 'Ann', accountId: account.id, consentLevel: 'consent' },
    });
    await get('contacts.create', { values: { givenName: 'Bo', accountId: account.id } });
    const lead = await get('leads.create', { values: { topic: 'Robots', contactId: ann.id } });
    await get('tasks.create', { values: { subject: 'Call', contactId: ann.id } });
    await get('tasks.create', { values: { subject: 'Call again', contactId: ann.id, leadId: lead.id } });
    expect(await get('bin.hanging', { entity: 'account', of: { ids: [account.id] } })).toEqual({
      records: 1,
      hanging: [{ entity: 'contact', count: 2, fate: 'stays' }],
    });
    const { hanging } = await get('bin.hanging', { entity: 'contact', of: { list: { search: 'ann' } } });
    expect(hanging).toEqual(
      expect.arrayContaining([
        { entity: 'lead', count: 1, fate: 'stays' },
        { entity: 'task', count: 1, fate: 'goes' },
        { entity: 'task', count: 1, fate: 'stays' },
        { entity: 'consentChange', count: 1, fate: 'goes' },
      ]),
    );
    // nothing of it happens before: all links hold in the bin, and undo puts back the whole
    const { writeId } = await get('contacts.remove', { ids: [ann.id] });
    expect((await get('leads.get', { id: lead.id })).contactId).toBe(ann.id);
    await get('history.undo', { writeId });
    expect((await get('contacts.get', { id: ann.id })).deletedAtMs).toBeNull();
    expect((await get('tasks.list', {})).total).toBe(2);
  });
});

describe('taking records out of the bin for good', () => {
  it('is done with what goes with them, leaves what is not in the bin, and cannot be undone', async () => {
    const { get, call } = workspace();
    const ids: string[] = [];
    for (const givenName of ['Ann', 'Bo', 'Cy']) {
      ids.push((await get('contacts.create', { values: { givenName, consentLevel: 'consent' } })).id);
    }
    const { operationId } = await get('contacts.removeMany', { of: { ids: ids.slice(0, 2) } });
    expect(await get('bin.purge', { entity: 'contact', of: { ids } })).toEqual({
      gone: [
        { entity: 'contact', count: 2 },
        { entity: 'consentChange', count: 2 },
      ],
      skipped: 1,
      cancelled: false,
    });
    expect(await call('contacts.get', { id: ids[0] ?? '' })).toMatchObject({ error: { code: 'notFound' } });
    expect((await get('contacts.list', { view: 'bin' })).total).toBe(0);
    expect(await get('history.undoOperation', { operationId })).toEqual({ undone: 0, kept: 0, gone: 2 });
    // nor is it made again by whoever knows its id
    expect(await call('contacts.create', { id: ids[0] ?? '', values: { givenName: 'Ann' } })).toMatchObject({
      error: { code: 'invalidValue' },
    });
    const { entries } = await get('history.page', {});
    expect(entries.find((entry) => entry.operationId === operationId)?.first).toBeNull();
  });

  it('is a job that stops where it is asked to', async () => {
    let done = 0;
    const job: Job = {
      jobId: 'j',
      report: (progress) => {
        done = progress.done;
      },
      isCancelled: () => done >= 50,
      breathe: () => Promise.resolve(),
    };
    const { get, test } = workspace(job);
    write(test.store, { cause: 'seed' }, (w) => {
      for (let number = 0; number < 120; number += 1) createRecord(w, 'contact', { givenName: `Ann${number}` });
    });
    await get('contacts.removeMany', { of: { list: {} } });
    done = 0;
    const result = await get('bin.purge', { entity: 'contact', of: { list: { view: 'bin' } } });
    expect(result).toEqual({ gone: [{ entity: 'contact', count: 50 }], skipped: 0, cancelled: true });
    expect((await get('contacts.list', { view: 'bin' })).total).toBe(70);
  });

  it('is found by nobody afterwards, not by search and not in the bin', async () => {
    const { get } = workspace();
    const { id } = await get('contacts.create', { values: { givenName: 'Annabel', company: 'Contoso' } });
    expect((await get('contacts.list', { search: 'annabel' })).total).toBe(1);
    await get('contacts.remove', { ids: [id] });
    expect((await get('contacts.list', { view: 'bin', search: 'contoso' })).total).toBe(1);
    await get('bin.purge', { entity: 'contact', of: { ids: [id] } });
    expect((await get('contacts.list', { view: 'bin', search: 'contoso' })).total).toBe(0);
    expect((await get('search.everything', { search: 'annabel' })).hits).toEqual([]);
  });

  it('happens by itself after 30 days', async () => {
    const { get, test } = workspace();
    const { id } = await get('contacts.create', { values: { givenName: 'Ann' } });
    await get('contacts.remove', { ids: [id] });
    test.clock.nowMs += 29 * 86_400_000;
    doChores(test.store);
    expect((await get('contacts.list', { view: 'bin' })).total).toBe(1);
    test.clock.nowMs += 86_400_000;
    doChores(test.store);
    expect((await get('contacts.list', { view: 'bin' })).total).toBe(0);
  });
});
