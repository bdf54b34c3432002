/** Lists, search, records and their timelines: what people wait for all day. */
import { makeAhead } from '../../db/query/ahead.ts';
import { listRecords } from '../../db/query/list.ts';
import { type Order, orderOf } from '../../db/query/orders.ts';
import { counterOf, forgetAnswers } from '../../db/query/remembered.ts';
import { chance } from '../../db/seed/random.ts';
import { bestCalls, queueItem } from '../../db/records/queue-item.ts';
import { readWire, uuidOf } from '../../db/records/read.ts';
import { timelinePage } from '../../db/records/timeline.ts';
import { updateRecord, write } from '../../db/records/write.ts';
import { type ReadableStore, writableStore } from '../../db/store.ts';
import { listInputSchema, type ListInput } from '../../shared/contract/records.ts';
import type { EntityName } from '../../shared/model/entities.ts';
import { foldText } from '../../shared/rules/normalise/fold.ts';
import { openBench, seededDatabase, seededReader } from './database.ts';
import { type BenchOptions, type BenchResult, measure } from './harness.ts';

const runs = 205;
const pageSize = 100;

type Case = { readonly entity: EntityName; readonly input: ListInput };

const ask = (store: ReadableStore, { entity, input }: Case): unknown => {
  const result = listRecords(store, entity, listInputSchema.parse({ limit: pageSize, ...input }), {
    userRow: 1,
    filters: [],
  });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

const table = (entity: EntityName): string => entity;

/** The rows of a page by hand: whole rows in order, with the number of them all. */
function pageByHand(store: ReadableStore, entity: EntityName, order: Order, offset: number, total: number): unknown {
  const { column, direction, index } = order;
  const fromEnd = offset > total / 2;
  const first = fromEnd ? total - offset - pageSize : offset;
  const way = fromEnd === (direction === 'asc') ? 'DESC' : 'ASC';
  // from the nearer end, in the index alone; then the rows
  const ids = store
    .sql(
      `SELECT id FROM ${table(entity)} INDEXED BY ${index} WHERE deletedAtMs IS NULL
       ORDER BY ${column} ${way}, id ${way} LIMIT ${pageSize} OFFSET ?`,
    )
    .pluck()
    .all(Math.max(0, first)) as number[];
  const row = store.sql(`SELECT * FROM ${table(entity)} WHERE id = ?`);
  return [counterOf(store, entity), ids.map((id) => row.get(id))];
}

export async function recordsOf(options: BenchOptions): Promise<Readonly<Record<string, number>>> {
  const store = await seededReader(options);
  const counts = (['contact', 'lead', 'account', 'interaction'] as const).map((name) => [name, counterOf(store, name)]);
  store.connection.close();
  return Object.fromEntries(counts) as Record<string, number>;
}

export async function bench(options: BenchOptions): Promise<BenchResult[]> {
  const store = await seededReader(options);
  await makeAhead(store, () => Promise.resolve());
  const drawn = chance(options.contacts);
  const entities = ['contact', 'contact', 'lead'] as const;
  const fields = ['label', 'updatedAtMs'] as const;
  const total = (entity: EntityName) => counterOf(store, entity);
  const sorted = (make: (entity: 'contact' | 'lead') => Partial<ListInput>): Case[] =>
    Array.from({ length: runs }, () => {
      const entity = drawn.pick(entities);
      const direction = drawn.pick(['asc', 'desc'] as const);
      return { entity, input: { sort: { field: drawn.pick(fields), direction }, ...make(entity) } };
    });
  const writer = writableStore(openBench(await seededDatabase(options), 'write'));
  /** Somebody else saves a contact and a lead: two lists are no longer what they were. */
  const change = (): void => {
    write(writer, { cause: 'edit' }, (w) => {
      for (const entity of ['contact', 'lead'] as const) {
        updateRecord(w, entity, 1 + drawn.below(total(entity)), { description: `Note ${drawn.below(1_000_000)}` });
      }
    });
  };
  const page = (name: string, cases: readonly Case[], changing = false): BenchResult =>
    measure(
      name,
      cases,
      (each) => ask(store, each),
      ({ entity, input }) => {
        const order = orderOf(store, entity, input.sort);
        if (!order) throw new Error('no such order');
        return pageByHand(store, entity, order, input.offset ?? 0, total(entity));
      },
      { before: changing ? change : undefined },
    );
  const results: BenchResult[] = [];
  results.push(
    page(
      'first-page',
      sorted(() => ({})),
    ),
  );
  results.push(
    page(
      'middle-page',
      sorted((entity) => ({ offset: drawn.below(total(entity) - pageSize) })),
    ),
  );
  results.push(
    page(
      'middle-page-after-change',
      sorted((entity) => ({ offset: drawn.below(total(entity) - pageSize) })),
      true,
    ),
  );
  results.push(
    page(
      'last-page',
      sorted((entity) => ({ offset: total(entity) - pageSize })),
    ),
  );
  const byColumn: Case[] = Array.from({ length: runs }, () => {
    const [entity, field] = drawn.pick([
      ['contact', 'company'],
      ['contact', 'email'],
      ['contact', 'familyName'],
      ['contact', 'createdAtMs'],
      ['lead', 'topic'],
      ['lead', 'company'],
      ['lead', 'stage'],
      ['lead', 'score'],
      ['account', 'industry'],
      ['account', 'employees'],
    ] as const);
    return { entity, input: { sort: { field, direction: drawn.pick(['asc', 'desc'] as const) } } };
  });
  results.push(page('sort-by-column', byColumn));
  const views: Case[] = Array.from({ length: runs }, () => {
    const [entity, view] = drawn.pick([
      ['contact', 'sales'],
      ['contact', 'marketingOnly'],
      ['lead', 'sales'],
      ['lead', 'teleprospecting'],
      ['lead', 'unlinked'],
      ['lead', 'open'],
      ['account', 'withoutContact'],
    ] as const);
    return { entity, input: { view } };
  });
  results.push(
    measure(
      'role-view-page',
      views,
      (each) => ask(store, each),
      (each) => byHandOfView(store, each),
    ),
  );
  results.push(
    measure(
      'role-view-count',
      views,
      (each) => ask(store, { ...each, input: { ...each.input, limit: 1 } }),
      ({ entity }) => counterOf(store, entity),
    ),
  );
  for (const [name, cases] of Object.entries(searches(store, drawn))) {
    results.push(
      measure(
        name,
        cases.map((search): Case => ({ entity: 'contact', input: { search } })),
        (each) => ask(store, each),
        ({ input }) => searchByHand(store, input.search ?? ''),
        // each keystroke is a new question; what serves all of them is there, as it is on a running laptop
        { before: () => forgetAnswers(store) },
      ),
    );
  }
  results.push(
    measure(
      'search-after-change',
      (searches(store, drawn)['search-common'] ?? []).map((search): Case => ({
        entity: 'contact',
        input: { search },
      })),
      (each) => ask(store, each),
      ({ input }) => searchByHand(store, input.search ?? ''),
      { before: change },
    ),
  );
  results.push(...records(store, drawn));
  writer.connection.close();
  store.connection.close();
  return results;
}

const viewIndexes: Readonly<Record<string, string>> = {
  'contact sales': 'contact_sales',
  'contact marketingOnly': 'contact_marketing_only',
  'lead sales': 'lead_sales_ready',
  'lead teleprospecting': 'lead_teleprospecting',
  'lead unlinked': 'lead_unlinked',
  'lead open': 'lead_open',
  'account withoutContact': 'account_without_contact',
};
const viewConditions: Readonly<Record<string, string>> = {
  'contact sales': 'marketingOnly = 0',
  'contact marketingOnly': 'marketingOnly = 1',
  'lead sales': `status = 'open' AND salesReady = 1`,
  'lead teleprospecting': `status = 'open' AND stage IN ('teleprospectAcceptance', 'teleprospectQualification')`,
  'lead unlinked': `status = 'open' AND contactId IS NULL AND accountId IS NULL`,
  'lead open': `status = 'open'`,
  'account withoutContact': 'contactCount = 0',
};

function byHandOfView(store: ReadableStore, { entity, input }: Case): unknown {
  const key = `${entity} ${input.view}`;
  return store
    .sql(
      `SELECT * FROM ${table(entity)} INDEXED BY ${viewIndexes[key]}
       WHERE deletedAtMs IS NULL AND ${viewConditions[key]} ORDER BY labelKey, id LIMIT ${pageSize}`,
    )
    .all();
}

/** The index's candidates, verified, in order, and how many: one statement. */
function searchByHand(store: ReadableStore, search: string): unknown {
  const word = foldText(search);
  const letters = [...word];
  const needle = letters.length < 3 ? `  ${word}` : word;
  const text = letters.length === 1 ? needle : letters.length === 2 ? ` ${word}` : needle;
  const parts = [...text];
  const trigrams = parts.slice(0, -2).map((_, at) => `"${parts.slice(at, at + 3).join('')}"`);
  return store
    .sql(
      `SELECT contact.*, count(*) OVER () AS total FROM contact
       WHERE id IN (SELECT rowid FROM contact_search WHERE contact_search MATCH ?) AND deletedAtMs IS NULL
         AND instr(searchText, ?) > 0
       ORDER BY labelKey, id LIMIT ${pageSize}`,
    )
    .all(trigrams.join(' AND '), needle);
}

/** Every case another text, taken from the data, as often as there are that many. */
function searches(store: ReadableStore, drawn: ReturnType<typeof chance>): Record<string, string[]> {
  const names = store
    .sql('SELECT familyNameKey FROM contact WHERE familyNameKey IS NOT NULL LIMIT 5000')
    .pluck()
    .all() as string[];
  const latin = names.filter((name) => /^[a-z]+$/.test(name));
  const of = (script: RegExp) => names.filter((name) => script.test(name));
  const cut = (from: readonly string[], length: number) => (): string => {
    const long = from.filter((name) => [...name].length >= length);
    return [...drawn.pick(long)].slice(0, length).join('');
  };
  const several = (make: () => string): string[] => Array.from({ length: runs }, make);
  const digits = store
    .sql(`SELECT e164 FROM contact_phone WHERE e164 IS NOT NULL LIMIT 3000`)
    .pluck()
    .all() as string[];
  const emails = store.sql('SELECT email FROM contact WHERE email IS NOT NULL LIMIT 3000').pluck().all() as string[];
  return {
    'search-short': several(() => cut(latin, 1 + drawn.below(2))()),
    'search-common': several(() => cut(latin, 3 + drawn.below(4))()),
    'search-everybody': several(() => drawn.pick(['example', 'exampl', 'amp', 'xample', 'contoso', 'mail'])),
    'search-rare': several(() => drawn.pick(emails).split('@')[0] ?? ''),
    'search-none': several(() => drawn.pick(['zzq', 'qxqxqx', 'aaaaaa', 'sonsonson', 'martinsmith'])),
    'search-thai': several(() => cut(of(/\p{Script=Thai}/u), 1 + drawn.below(6))()),
    'search-chinese': several(() => cut(of(/\p{Script=Han}/u), 1)()),
    'search-phone': several(() => drawn.pick(digits).slice(3 + drawn.below(3))),
  };
}

const busySpacing = 10_000;

function records(store: ReadableStore, drawn: ReturnType<typeof chance>): BenchResult[] {
  const total = counterOf(store, 'contact');
  const busy = Array.from({ length: Math.ceil(total / busySpacing) }, (_, index) => index * busySpacing + 1);
  const anybody = Array.from({ length: runs }, () => 1 + drawn.below(total));
  const timeline = (id: number, before: { atMs: number; id: string } | null = null) =>
    timelinePage(store, 'contact', id, 50, before, null);
  const open = (id: number): unknown => [readWire(store, 'contact', uuidOf(store, 'contact', id)), timeline(id)];
  const interactionsByHand = (id: number, beforeMs: number): unknown =>
    store
      .sql('SELECT * FROM interaction WHERE contactId = ? AND occurredAtMs < ? ORDER BY occurredAtMs DESC LIMIT 50')
      .all(id, beforeMs);
  const byHand = (id: number): unknown => [
    store.sql('SELECT * FROM contact WHERE id = ?').get(id),
    interactionsByHand(id, Number.MAX_SAFE_INTEGER),
  ];
  const deep = Array.from({ length: runs }, () => {
    const id = drawn.pick(busy);
    let before = timeline(id).next;
    for (let turn = drawn.below(7); turn > 0 && before; turn -= 1) before = timeline(id, before).next;
    return { id, before };
  });
  const nowMs = Date.now();
  return [
    measure(
      'open-contact-500-interactions',
      Array.from({ length: runs }, () => drawn.pick(busy)),
      open,
      byHand,
    ),
    measure('open-contact', anybody, open, byHand),
    measure(
      'timeline-page',
      deep,
      ({ id, before }) => timeline(id, before),
      ({ id, before }) => interactionsByHand(id, before?.atMs ?? Number.MAX_SAFE_INTEGER),
    ),
    measure(
      'next-call',
      anybody,
      () => bestCalls(store, nowMs, 1, 1).map((leadId) => queueItem(store, leadId, nowMs)),
      () => store.sql('SELECT * FROM call_queue_item WHERE ready = 1 ORDER BY priority DESC LIMIT 1 -- by hand').get(),
    ),
  ];
}
