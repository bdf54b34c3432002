import { describe, expect, it } from 'vitest';
import { readWire, rowIdOf } from '../../db/records/read.ts';
import { createRecord, updateRecord, write } from '../../db/records/write.ts';
import { type LogEntry, settleField } from '../../db/change-log/merge.ts';
import { undoWrite } from '../../db/change-log/undo.ts';
import { recordsHandlers } from '../../electron/features/records/records.handlers.ts';
import { segmentsHandlers } from '../../electron/features/segments/segments.handlers.ts';
import { historyHandlers } from '../../electron/features/history/history.handlers.ts';
import { workspaceWith } from '../helpers/calls.ts';
import { type Laptop, lastWriteOf, linesOf, takeLines, team } from '../helpers/laptops.ts';

const workspace = () => workspaceWith({ ...recordsHandlers, ...segmentsHandlers, ...historyHandlers });
type Get = ReturnType<typeof workspace>['get'];
const filter = (operator: 'containsAnyOf' | 'containsAllOf' | 'hasData' | 'hasNoData', values: string[] = []) => [
  { kind: 'row' as const, field: 'tags', operator, values },
];
const found = async (get: Get, ...asked: Parameters<typeof filter>) =>
  (await get('contacts.list', { filters: filter(...asked), sort: { field: 'label', direction: 'asc' } })).rows.map(
    ({ label }) => label,
  );

describe('tags', () => {
  it('are kept as first typed, each once however it is spelled, and split where somebody listed them', async () => {
    const { get } = workspace();
    const { id } = await get('contacts.create', { values: { givenName: 'Ann', tags: [' VIP ', 'vip; Nórdics', ''] } });
    expect((await get('contacts.get', { id })).tags).toEqual(['VIP', 'Nórdics']);
  });

  it('are found by any and all of them, in any case and without accents, and offered with how many have them', async () => {
    const { get } = workspace();
    await get('contacts.create', { values: { givenName: 'Ann', tags: ['VIP', 'Nórdics'] } });
    await get('contacts.create', { values: { givenName: 'Bo', tags: ['nordics'] } });
    await get('contacts.create', { values: { givenName: 'Cy' } });
    expect(await found(get, 'containsAnyOf', ['vip', 'NORDICS'])).toEqual(['Ann', 'Bo']);
    expect(await found(get, 'containsAllOf', ['vip', 'NORDICS'])).toEqual(['Ann']);
    expect(await found(get, 'hasData')).toEqual(['Ann', 'Bo']);
    expect(await found(get, 'hasNoData')).toEqual(['Cy']);
    expect((await get('segments.suggestValues', { entity: 'contact', field: 'tags', search: 'nor' })).values).toEqual([
      { value: 'Nórdics', count: 2 },
    ]);
  });

  it('that were put on or taken off are put back one by one: what others did to the tags since stays', async () => {
    const { get, test } = workspace();
    const { id } = await get('contacts.create', { values: { givenName: 'Ann', tags: ['old'] } });
    const { writeId } = await get('contacts.update', { id, values: { tags: ['VIP'] } });
    test.clock.nowMs += 1000;
    await get('contacts.update', { id, values: { tags: ['VIP', 'Retail'] } });
    expect(undoWrite(test.store, writeId ?? 0)).toMatchObject({ ok: true, value: { kept: 0 } });
    expect((await get('contacts.get', { id })).tags).toEqual(['Retail', 'old']);
  });

  it('of two laptops come together: what either added is there, what either took off is gone, and nothing conflicts', async () => {
    const { laptops } = await team(2);
    const [ann, bo] = laptops as [Laptop, Laptop];
    const send = (from: Laptop, into: Laptop) => takeLines(into, from, linesOf(from, 0, lastWriteOf(from)));
    const { uuid } = write(ann.store, { cause: 'edit' }, (w) =>
      createRecord(w, 'contact', { familyName: 'Maes', tags: ['old', 'both'] }),
    ).value;
    send(ann, bo);
    const edit = (laptop: Laptop, tags: string[]) => {
      laptop.clock.nowMs += 1000;
      const id = rowIdOf(laptop.store, 'contact', uuid) ?? 0;
      write(laptop.store, { cause: 'edit' }, (w) => updateRecord(w, 'contact', id, { tags }));
    };
    edit(bo, ['both', 'Bo']);
    edit(ann, ['old', 'both', 'Ann']);
    // what is said twice by the one who has not heard does not take the other's away
    edit(ann, ['old', 'both', 'Ann', 'again']);
    expect(send(ann, bo).conflicts + send(bo, ann).conflicts).toBe(0);
    const tags = [ann, bo].map(({ store }) => (readWire(store, 'contact', uuid) as { tags: string[] }).tags);
    expect(tags[0]).toEqual(tags[1]);
    expect(tags[0]?.toSorted()).toEqual(['Ann', 'Bo', 'again', 'both']);
  });

  it('stay in the order and spelling that the last who knew them gave, whatever else came together', () => {
    const entry = (clock: number, device: string, change: readonly [unknown, unknown]): LogEntry => ({
      writeId: clock,
      base: false,
      clock,
      device,
      originNumber: clock,
      atMs: clock,
      created: clock === 1,
      fields: { tags: change },
    });
    const known = [
      entry(1, 'a', [[], ['VIP', 'old']]),
      entry(2, 'b', [
        ['VIP', 'old'],
        ['Nordics', 'vip'],
      ]),
    ];
    expect(settleField('contact', 'tags', [], known).value).toEqual(['Nordics', 'vip']);
    const apart = [
      ...known,
      entry(3, 'a', [
        ['VIP', 'old'],
        ['VIP', 'old', 'new'],
      ]),
    ];
    expect(settleField('contact', 'tags', [], apart).value).toEqual(['Nordics', 'vip', 'new']);
  });
});
