import { describe, expect, it } from 'vitest';
import { derivedData } from '../../db/derived/checks.ts';
import { createRecord, write } from '../../db/records/write.ts';
import type { Job } from '../../electron/features/handler.ts';
import { historyHandlers } from '../../electron/features/history/history.handlers.ts';
import { bulkHandlers } from '../../electron/features/records/bulk.handlers.ts';
import { recordsHandlers } from '../../electron/features/records/records.handlers.ts';
import { workspaceWith } from '../helpers/calls.ts';

const handlers = { ...recordsHandlers, ...historyHandlers, ...bulkHandlers };

/** 3,000 contacts, more than one write of a bulk change holds; every third of Contoso. */
function workspace(job?: Job) {
  const made = workspaceWith(handlers, job);
  const { store } = made.test;
  const account = write(store, { cause: 'seed' }, (w) => {
    const contoso = createRecord(w, 'account', { name: 'Contoso' });
    for (let number = 0; number < 3000; number += 1) {
      createRecord(w, 'contact', {
        givenName: `Ann${number}`,
        ...(number % 3 === 0 ? { accountId: contoso.id, company: 'Contoso' } : {}),
      });
    }
    return contoso;
  }).value;
  const count = (sql: string) => store.sql(sql).pluck().get() as number;
  const isWhole = () => {
    for (const each of derivedData) expect([each.name, each.check(store)]).toEqual([each.name, null]);
  };
  return { ...made, account, count, isWhole };
}
const all = { list: {} };

describe('tags of many records', () => {
  it('are put on and taken off as one operation, leave the other tags alone, and are undone as one', async () => {
    const { get, test } = workspace();
    const { rows } = await get('contacts.list', { limit: 1 });
    const id = rows[0]?.id ?? '';
    await get('contacts.update', { id, values: { tags: ['own', 'old'] } });
    const result = await get('bulk.tag', { entity: 'contact', of: all, add: ['VIP', 'vip'], remove: ['OLD'] });
    expect(result).toMatchObject({ changed: 3000, unchanged: 0, refused: 0 });
    expect((await get('contacts.get', { id })).tags).toEqual(['own', 'VIP']);
    expect(await get('bulk.tag', { entity: 'contact', of: all, add: ['vip'] })).toMatchObject({ unchanged: 3000 });
    // another tag that came since stays when the operation is undone
    test.clock.nowMs += 1000;
    await get('contacts.update', { id, values: { tags: ['own', 'VIP', 'new'] } });
    expect(await get('history.undoOperation', { operationId: result.operationId })).toEqual({
      undone: 3000,
      kept: 0,
      gone: 0,
    });
    expect((await get('contacts.get', { id })).tags).toEqual(['own', 'new', 'old']);
    expect(test.store.sql('SELECT count(*) FROM contact_tag').pluck().get()).toBe(3);
  });

  it('are refused where a record would have too many of them, and none is lost', async () => {
    const { get } = workspace();
    const { rows } = await get('contacts.list', { limit: 1 });
    const id = rows[0]?.id ?? '';
    const tags = Array.from({ length: 100 }, (_, number) => `tag ${number}`);
    await get('contacts.update', { id, values: { tags } });
    const result = await get('bulk.tag', { entity: 'contact', of: { ids: [id] }, add: ['one more'] });
    expect(result).toMatchObject({ changed: 0, refused: 1, refusals: [{ id, code: 'tooManyTags', field: 'tags' }] });
    expect((await get('contacts.get', { id })).tags).toEqual(tags);
  });
});

describe('membership of many contacts', () => {
  it('begins and ends as one operation each, with an interaction of each contact, and is undone with them', async () => {
    const { get, count, isWhole } = workspace();
    const { id: listId } = await get('subscriptionLists.create', { values: { name: 'News' } });
    const on = () => count('SELECT count(*) FROM list_member WHERE deletedAtMs IS NULL');
    const done = (kind: string) =>
      count(`SELECT count(*) FROM interaction WHERE kind = '${kind}' AND deletedAtMs IS NULL`);
    const joined = await get('bulk.setMembership', { of: all, listId, isOn: true });
    expect(joined).toMatchObject({ changed: 3000, refused: 0 });
    expect([on(), done('subscribed')]).toEqual([3000, 3000]);
    expect(await get('bulk.setMembership', { of: all, listId, isOn: true })).toMatchObject({ unchanged: 3000 });
    const left = await get('bulk.setMembership', { of: { list: { search: 'contoso' } }, listId, isOn: false });
    expect(left).toMatchObject({ changed: 1000 });
    expect([on(), done('unsubscribed')]).toEqual([2000, 1000]);
    // who left is not put on again among many
    const again = await get('bulk.setMembership', { of: all, listId, isOn: true });
    expect(again).toMatchObject({ changed: 0, unchanged: 2000, refused: 1000 });
    expect(again.refusals[0]).toMatchObject({ code: 'leftBefore' });
    await get('history.undoOperation', { operationId: left.operationId });
    expect([on(), done('unsubscribed')]).toEqual([3000, 0]);
    await get('history.undoOperation', { operationId: joined.operationId });
    expect([on(), done('subscribed')]).toEqual([0, 0]);
    isWhole();
  });
});

describe('leads for many', () => {
  it('are one for each contact, in the given context, but for who has an open one of it', async () => {
    const { get, count, isWhole } = workspace();
    const { id: campaignId } = await get('campaigns.create', { values: { name: 'Fair 2026' } });
    const context = { topic: 'Fair', campaignId, source: 'tradeShow' as const };
    const some = { list: { search: 'contoso' } };
    const first = await get('bulk.createLeads', { entity: 'contact', of: some, context });
    expect(first).toMatchObject({ changed: 1000, refused: 0 });
    const { rows } = await get('leads.list', { search: 'Ann0' });
    expect(rows[0]).toMatchObject({ label: 'Ann0 · Fair', campaignId, source: 'tradeShow', stage: 'inquiry' });
    const rest = await get('bulk.createLeads', { entity: 'contact', of: all, context: { ...context, topic: 'FAIR' } });
    expect(rest).toMatchObject({ changed: 2000, refused: 1000 });
    expect(rest.refusals[0]).toMatchObject({ code: 'hasOpenLead' });
    // another campaign is another interest
    expect(await get('bulk.createLeads', { entity: 'contact', of: some, context: { topic: 'Fair' } })).toMatchObject({
      changed: 1000,
    });
    await get('history.undoOperation', { operationId: first.operationId });
    expect(count('SELECT count(*) FROM lead WHERE deletedAtMs IS NULL')).toBe(3000);
    isWhole();
  });

  it('are one for an account, whatever its contacts have', async () => {
    const { get, account } = workspace();
    const context = { topic: 'Fair' };
    await get('bulk.createLeads', { entity: 'contact', of: { list: { search: 'contoso' } }, context });
    const of = { ids: [account.uuid] };
    expect(await get('bulk.createLeads', { entity: 'account', of, context })).toMatchObject({ changed: 1 });
    expect(await get('bulk.createLeads', { entity: 'account', of, context })).toMatchObject({ changed: 0, refused: 1 });
    const { rows } = await get('leads.list', {
      filters: [{ kind: 'row', field: 'accountId', operator: 'is', values: [account.uuid] }],
    });
    expect(rows).toMatchObject([{ company: 'Contoso', contactId: null }]);
  });

  it('are not begun with a campaign that is not there or without a topic', async () => {
    const { call, count } = workspace();
    const nobody = '00000000-0000-7000-8000-000000000000';
    expect(
      await call('bulk.createLeads', { entity: 'contact', of: all, context: { topic: 'x', campaignId: nobody } }),
    ).toMatchObject({ error: { code: 'notFound' } });
    await expect(call('bulk.createLeads', { entity: 'contact', of: all, context: { topic: ' ' } })).rejects.toThrow(
      /topic/,
    );
    expect(count('SELECT count(*) FROM lead')).toBe(0);
  });

  it('that are stopped stay as far as they were made, and are undone', async () => {
    let reported = 0;
    const job: Job = {
      jobId: 'j',
      report: ({ done }) => {
        reported = done;
      },
      isCancelled: () => reported >= 2000,
      breathe: () => Promise.resolve(),
    };
    const { get, count } = workspace(job);
    const result = await get('bulk.createLeads', { entity: 'contact', of: all, context: { topic: 'Fair' } });
    expect(result).toMatchObject({ changed: 2000, cancelled: true });
    reported = 0;
    await get('history.undoOperation', { operationId: result.operationId });
    expect(count('SELECT count(*) FROM lead WHERE deletedAtMs IS NULL')).toBe(0);
  });
});
