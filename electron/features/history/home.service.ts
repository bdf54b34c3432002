/** The numbers of the home page and of every screen's frame; all from counters, or counted over an index of open work. */
import type { OutputOf } from '../../../shared/contract/index.ts';
import { custodyCounts } from '../../../db/hq/custody.ts';
import { counterOf } from '../../../db/query/remembered.ts';
import { queueCounts } from '../../../db/records/queue-item.ts';
import { readStoredWhere } from '../../../db/records/read.ts';
import { countReviewItems } from '../../../db/records/review-item.ts';
import type { ReadableStore } from '../../../db/store.ts';
import { userRowOf } from '../session.ts';

type Summary = OutputOf<'home.summary'>;

const number = (store: ReadableStore, sql: string, ...parameters: readonly number[]): number =>
  store
    .sql(sql)
    .pluck()
    .get(...parameters) as number;

/** Midnight of this laptop's day. */
function startOfDay(nowMs: number): number {
  const day = new Date(nowMs);
  day.setHours(0, 0, 0, 0);
  return day.getTime();
}

export function countersOf(store: ReadableStore, nowMs: number): OutputOf<'counters.get'> {
  return {
    ...custodyCounts(store),
    reviewItems: countReviewItems(store),
    queueWaiting: queueOf(store, nowMs).waiting,
    salesInbox: counterOf(store, 'lead:salesInbox'),
  };
}

const queueOf = (store: ReadableStore, nowMs: number) => queueCounts(store, nowMs, userRowOf(store) ?? 0);

/** Stages of every process in use, the default one's first, each once. */
function leadsByStage(store: ReadableStore): Summary['leadsByStage'] {
  const processes = readStoredWhere(store, 'process', 'deletedAtMs IS NULL ORDER BY isDefault DESC, id');
  const byStage = new Map<string, Summary['leadsByStage'][number]>();
  for (const { values } of processes) {
    for (const { id, name } of values.definition.stages) {
      if (!byStage.has(id)) byStage.set(id, { stage: id, name, count: counterOf(store, `lead:stage:${id}`) });
    }
  }
  return [...byStage.values()];
}

export function summaryOf(store: ReadableStore, nowMs: number): Summary {
  return {
    contacts: counterOf(store, 'contact'),
    accounts: counterOf(store, 'account'),
    openLeads: counterOf(store, 'lead:open'),
    unlinkedLeads: counterOf(store, 'lead:unlinked'),
    leadsByStage: leadsByStage(store),
    salesReady: counterOf(store, 'lead:salesReady'),
    callbacksDue: queueOf(store, nowMs).callbacksDue,
    tasksOpen: counterOf(store, 'task:open'),
    capturedToday: number(
      store,
      `SELECT count(*) FROM lead INDEXED BY lead_created_at_ms
       WHERE deletedAtMs IS NULL AND createdAtMs >= ? AND formId IS NOT NULL`,
      startOfDay(nowMs),
    ),
    ...pick(countersOf(store, nowMs)),
  };
}

const pick = ({ salesInbox: _inbox, ...rest }: OutputOf<'counters.get'>) => rest;
