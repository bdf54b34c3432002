import { describe, expect, it } from 'vitest';
import { createRecord, write } from '../../db/records/write.ts';
import { historyHandlers } from '../../electron/features/history/history.handlers.ts';
import { recordsHandlers } from '../../electron/features/records/records.handlers.ts';
import { workspaceWith } from '../helpers/calls.ts';

const handlers = { ...recordsHandlers, ...historyHandlers };

/** 3,000 contacts, more than one write of a bulk change holds. */
function workspace() {
  const made = workspaceWith(handlers);
  write(made.test.store, { cause: 'seed' }, (w) => {
    for (let number = 0; number < 3000; number += 1) createRecord(w, 'contact', { givenName: `Ann${number}` });
  });
  return made;
}

describe('an operation in history', () => {
  it('is one entry, and says of each of its records what it is a part of', async () => {
    const { get } = workspace();
    const { operationId } = await get('contacts.updateMany', { of: { list: {} }, values: { jobTitle: 'Buyer' } });
    const { entries } = await get('history.page', { limit: 1 });
    expect(entries).toMatchObject([
      { operationId, records: 3000, state: 'done', operation: 'update', fields: ['jobTitle'], cause: 'edit' },
    ]);
    expect(entries[0]?.first?.label).toMatch(/^Ann/);
    const { rows } = await get('contacts.list', { limit: 1 });
    const ofRecord = await get('history.ofRecord', { entity: 'contact', id: rows[0]!.id });
    expect(ofRecord.entries.map(({ partOf }) => partOf)).toEqual([
      { id: operationId, records: 3000, state: 'done' },
      null,
    ]);
  });

  it('says how many of its records changed since, and not those that were put back', async () => {
    const { get, test } = workspace();
    const { operationId } = await get('contacts.updateMany', { of: { list: {} }, values: { jobTitle: 'Buyer' } });
    expect(await get('history.operation', { operationId })).toEqual({
      id: operationId,
      records: 3000,
      state: 'done',
      kinds: [{ entity: 'contact', count: 3000 }],
      changedSince: 0,
      gone: 0,
    });
    const { rows } = await get('contacts.list', { limit: 2 });
    test.clock.nowMs += 1000;
    await get('contacts.update', { id: rows[0]!.id, values: { jobTitle: 'Director' } });
    const other = await get('contacts.update', { id: rows[1]!.id, values: { nickname: 'Bo' } });
    expect((await get('history.operation', { operationId })).changedSince).toBe(2);
    await get('history.undo', { writeId: other.writeId ?? 0 });
    expect((await get('history.operation', { operationId })).changedSince).toBe(1);
  });

  it('is undone as one, and its undo is one operation that is undone as one', async () => {
    const { get, call } = workspace();
    const { operationId } = await get('contacts.updateMany', { of: { list: {} }, values: { jobTitle: 'Buyer' } });
    await get('history.undoOperation', { operationId });
    expect((await get('history.operation', { operationId })).state).toBe('undone');
    expect(await call('history.undoOperation', { operationId })).toMatchObject({ error: { code: 'alreadyUndone' } });
    const { entries, next } = await get('history.page', { limit: 2 });
    expect(entries).toMatchObject([
      { cause: 'undo', records: 3000, state: 'done' },
      { operationId, state: 'undone' },
    ]);
    const older = await get('history.page', { limit: 50, before: next ?? 0 });
    expect(older.entries.map(({ writeId }) => writeId)).not.toContain(entries[1]?.writeId);
    const undo = entries[0]?.operationId ?? '';
    expect(await get('history.undoOperation', { operationId: undo })).toEqual({ undone: 3000, kept: 0, gone: 0 });
    const filters = [{ kind: 'row' as const, field: 'jobTitle', operator: 'is' as const, values: ['buyer'] }];
    expect((await get('contacts.list', { filters })).total).toBe(3000);
  });

  it('is half put back when one of its writes was', async () => {
    const { get } = workspace();
    const { operationId } = await get('contacts.updateMany', { of: { list: {} }, values: { jobTitle: 'Buyer' } });
    const { entries } = await get('history.page', { limit: 1 });
    await get('history.undo', { writeId: entries[0]?.writeId ?? 0 });
    expect((await get('history.operation', { operationId })).state).toBe('partly');
    expect(await get('history.undoOperation', { operationId })).toEqual({ undone: 2000, kept: 0, gone: 0 });
  });

  it('is not found where there is none', async () => {
    const { call } = workspace();
    const operationId = '00000000-0000-7000-8000-000000000000';
    expect(await call('history.operation', { operationId })).toMatchObject({ error: { code: 'notFound' } });
  });
});
