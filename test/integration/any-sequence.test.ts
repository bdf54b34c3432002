/**
 * Whatever people do to records, in whatever order: what is kept beside them (links, counters, search, orders in memory,
 * scores, queue) is what a rebuild from scratch would make of them.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkStore } from '../../db/check.ts';
import { derivedData } from '../../db/derived/checks.ts';
import { makeAhead } from '../../db/query/ahead.ts';
import { listRecords } from '../../db/query/list.ts';
import { rowIdOf } from '../../db/records/read.ts';
import type { ReadableStore } from '../../db/store.ts';
import { duplicatesHandlers } from '../../electron/features/duplicates/duplicates.handlers.ts';
import { historyHandlers } from '../../electron/features/history/history.handlers.ts';
import { binHandlers } from '../../electron/features/records/bin.handlers.ts';
import { bulkHandlers } from '../../electron/features/records/bulk.handlers.ts';
import { recordsHandlers } from '../../electron/features/records/records.handlers.ts';
import { segmentsHandlers } from '../../electron/features/segments/segments.handlers.ts';
import { customFieldName } from '../../shared/model/custom-field.ts';
import { scoringDefinitionSchema } from '../../shared/rules/scoring/definition.ts';
import { doChores } from '../../electron/worker/chores.ts';
import { workspaceWith } from '../helpers/calls.ts';
import { readerOf } from '../helpers/store.ts';

const names = ['Ann', 'Åsa', 'Bo', '王芳', 'สมชาย', 'Ann-Marie'];
const companies = ['Contoso', 'Fabrikam & Co.', null];

type Which = { readonly at: number; readonly name: number; readonly flag: boolean };
const which = fc.record({ at: fc.nat(1000), name: fc.nat(1000), flag: fc.boolean() });
const step = fc.record({
  kind: fc.constantFrom(
    'contact',
    'account',
    'lead',
    'rename',
    'move',
    'relink',
    'many',
    'manyAll',
    'remove',
    'removeMany',
    'restoreMany',
    'merge',
    'mergeAccounts',
    'mergeLeads',
    'join',
    'tagMany',
    'joinMany',
    'createLeads',
    'purge',
    'wait',
    'own',
    'ownMany',
    'ownKind',
    'ownBin',
    'undo',
    'undoOperation',
  ),
  which,
});

const pick = <T>(all: readonly T[], at: number): T => all[at % all.length] as T;

function workspace() {
  const made = workspaceWith({
    ...recordsHandlers,
    ...historyHandlers,
    ...duplicatesHandlers,
    ...segmentsHandlers,
    ...bulkHandlers,
    ...binHandlers,
  });
  const { get, call, test, user } = made;
  const ids = { contacts: [] as string[], accounts: [] as string[], leads: [] as string[] };
  const writes: number[] = [];
  const operations: string[] = [];
  const note = (result: { ok: boolean; value?: unknown }): void => {
    const value = result.value as { writeId?: number | null; operationId?: string } | undefined;
    if (typeof value?.writeId === 'number') writes.push(value.writeId);
    if (value?.operationId !== undefined) operations.push(value.operationId);
  };

  /** Nobody comes with the id of a record that is gone for good. */
  const forgetGone = (): void => {
    for (const [area, entity] of [
      ['contacts', 'contact'],
      ['accounts', 'account'],
      ['leads', 'lead'],
    ] as const) {
      ids[area] = ids[area].filter((id) => rowIdOf(test.store, entity, id) !== null);
    }
  };

  const lists = new Map<boolean, string>();
  const listOf = async (flag: boolean): Promise<string> => {
    const known = lists.get(flag) ?? (await get('subscriptionLists.create', { values: { name: `List ${flag}` } })).id;
    lists.set(flag, known);
    return known;
  };

  /** Custom fields: one that a live segment and a scoring model ask for, one that nobody uses. */
  const fields = new Map<boolean, { readonly id: string; readonly x: string }>();
  const fieldOf = async (used: boolean): Promise<{ readonly id: string; readonly x: string }> => {
    const known = fields.get(used);
    if (known) return known;
    const made = await get('customFields.create', { values: { name: used ? 'Badge' : 'Size' } });
    const field = { id: made.id, x: customFieldName(made.id) };
    fields.set(used, field);
    writes.push(made.writeId);
    if (!used) return field;
    const row = { kind: 'row' as const, field: field.x, operator: 'is' as const, values: ['1'] };
    const where = { kind: 'group' as const, match: 'all' as const, nodes: [row] };
    const segment = await get('segments.create', { values: { name: 'Own', query: { version: 1, where } } });
    await get('segments.goLive', { id: segment.id });
    const conditions = [{ entity: 'contact' as const, frequency: 'atLeastOnce' as const, lastDays: null, where }];
    const scored = { id: 'r', name: '', conditions, points: 9, halfLifeDays: null };
    const definition = scoringDefinitionSchema.parse({ rows: [scored], minimumConsent: 'none' });
    await get('scoringModels.create', { values: { name: 'Own', state: 'live', definition } });
    return field;
  };

  async function take(kind: string, { at, name, flag }: Which): Promise<void> {
    test.clock.nowMs += 1000;
    const contact = ids.contacts.length > 0 ? pick(ids.contacts, at) : null;
    const account = ids.accounts.length > 0 ? pick(ids.accounts, name) : null;
    const lead = ids.leads.length > 0 ? pick(ids.leads, at) : null;
    switch (kind) {
      case 'contact': {
        const values = {
          givenName: pick(names, name),
          company: pick(companies, at),
          marketingOnly: flag,
          accountId: flag ? account : null,
          emails: [{ address: `${name}@firm${at % 7}.example` }],
        };
        const result = await get('contacts.create', { values });
        ids.contacts.push(result.id);
        writes.push(result.writeId);
        return;
      }
      case 'account': {
        const result = await get('accounts.create', { values: { name: `${pick(names, name)} ${at % 5}` } });
        ids.accounts.push(result.id);
        writes.push(result.writeId);
        return;
      }
      case 'lead': {
        const values = { topic: pick(names, name), contactId: flag ? contact : null };
        const result = await get('leads.create', { values });
        ids.leads.push(result.id);
        writes.push(result.writeId);
        return;
      }
      case 'rename':
        if (contact) note(await call('contacts.update', { id: contact, values: { givenName: pick(names, name) } }));
        return;
      case 'move':
        if (contact) note(await call('contacts.update', { id: contact, values: { accountId: flag ? account : null } }));
        return;
      case 'relink':
        if (lead) note(await call('leads.update', { id: lead, values: { contactId: flag ? contact : null } }));
        return;
      case 'many': {
        const values = { company: pick(companies, at), ownerId: flag ? user.uuid : null };
        note(await call('contacts.updateMany', { of: { list: { search: pick(names, name) } }, values }));
        return;
      }
      case 'manyAll':
        note(await call('contacts.updateMany', { of: { list: {} }, values: { marketingOnly: flag } }));
        return;
      case 'remove':
        if (contact) note(await call('contacts.remove', { ids: [contact] }));
        return;
      case 'removeMany':
        note(await call('contacts.removeMany', { of: { list: { search: pick(names, name) } } }));
        return;
      case 'restoreMany':
        note(await call('contacts.restoreMany', { of: { list: { view: 'bin' } } }));
        return;
      case 'merge':
      case 'mergeAccounts':
      case 'mergeLeads': {
        const of = kind === 'merge' ? 'contact' : kind === 'mergeAccounts' ? 'account' : 'lead';
        const all = ids[`${of}s`];
        if (all.length < 2) return;
        note(await call('duplicates.merge', { of, keep: pick(all, at), others: [pick(all, name)] }));
        return;
      }
      case 'join':
        if (contact) await get('listMembers.create', { values: { listId: await listOf(flag), contactId: contact } });
        return;
      case 'tagMany': {
        const tags = [pick(names, at), pick(['VIP', 'vip', 'Nordics'], name)];
        const change = flag ? { add: tags } : { remove: tags };
        const entity = pick(['contact', 'lead', 'account'] as const, at);
        note(await call('bulk.tag', { entity, of: { list: { search: pick(names, name) } }, ...change }));
        return;
      }
      case 'joinMany': {
        const listId = await listOf(at % 2 === 0);
        const of = { list: { search: pick(names, name) } };
        note(await call('bulk.setMembership', { of, listId, isOn: flag }));
        return;
      }
      case 'createLeads': {
        const entity = flag ? 'contact' : 'account';
        const context = { topic: pick(['Fair', 'fair', 'Robots'], at) };
        note(await call('bulk.createLeads', { entity, of: { list: { search: pick(names, name) } }, context }));
        return;
      }
      case 'purge':
        await get('bin.purge', { entity: pick(['contact', 'lead', 'account'], at), of: { list: { view: 'bin' } } });
        forgetGone();
        return;
      case 'wait':
        test.clock.nowMs += (at % 40) * 86_400_000;
        doChores(test.store);
        forgetGone();
        return;
      case 'own': {
        const { x } = await fieldOf(flag);
        const values = { [x]: pick(['1', '2', 'ä', null], name) } as never;
        if (contact) note(await call('contacts.update', { id: contact, values }));
        return;
      }
      case 'ownMany': {
        const values = { [(await fieldOf(flag)).x]: pick(['1', '3', null], name) } as never;
        note(await call('contacts.updateMany', { of: { list: { search: pick(names, name) } }, values }));
        return;
      }
      case 'ownKind': {
        const { id } = await fieldOf(flag);
        const values = { kind: pick(['number', 'text', 'choice'] as const, at) };
        note(await call('customFields.update', { id, values }));
        return;
      }
      case 'ownBin': {
        const { id } = await fieldOf(flag);
        note(await call(at % 2 === 0 ? 'customFields.remove' : 'customFields.restore', { ids: [id] }));
        return;
      }
      case 'undo':
        if (writes.length > 0) note(await call('history.undo', { writeId: pick(writes, at) }));
        return;
      case 'undoOperation':
        if (operations.length > 0) await call('history.undoOperation', { operationId: pick(operations, at) });
        return;
      default:
        throw new Error(`no such step: ${kind}`);
    }
  }
  return { ...made, take };
}

function whatIsWrong(store: ReadableStore): unknown {
  const steps = checkStore(store);
  for (;;) {
    const next = steps.next();
    if (!next.done) continue;
    return [...next.value.filter((each) => !each.ok), ...derivedData.flatMap((each) => each.check(store) ?? [])];
  }
}

function seen(store: ReadableStore): unknown {
  const list = (input: { search?: string; view?: 'all' | 'bin' | 'mine' | 'sales' }) => {
    const found = listRecords(store, 'contact', { limit: 200, ...input }, { userRow: 1, filters: [] });
    if (!found.ok) throw new Error(found.error.message);
    return [input, found.value.total, found.value.rows];
  };
  return [
    ...(['all', 'bin', 'mine', 'sales'] as const).map((view) => list({ view })),
    ...['a', 'ann', 'ann contoso', '王', 'firm3', '.exa', 'co.'].map((search) => list({ search })),
    ...['an', 'contoso'].map((search) => list({ search, view: 'sales' })),
    list({ search: 'ann', view: 'bin' }),
  ];
}

it(
  'leaves what a rebuild would make, after any sequence of edits, bulk edits, merges, removals and undos',
  { timeout: 180_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
        const { test, take } = workspace();
        const keeping = readerOf(test);
        for (const [index, { kind, which: of }] of steps.entries()) {
          await take(kind, of);
          if (index % 10 === 3) await makeAhead(keeping, () => Promise.resolve());
        }
        expect(whatIsWrong(test.store)).toEqual([]);
        expect(seen(keeping)).toEqual(seen(readerOf(test)));
      }),
      { numRuns: 25 },
    );
  },
);
