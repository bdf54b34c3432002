/** The calls of the call queue. */
import type { queueContract } from '../../../shared/contract/leads.ts';
import { ok } from '../../../shared/result.ts';
import type { ReadableStore } from '../../../db/store.ts';
import type { HandlersOf } from '../handler.ts';
import { userRowOf } from '../session.ts';
import { listQueue, nextCall, recordOutcome, releaseLead } from './queue.service.ts';

/** 0 before anybody is entered. */
const callerOf = (store: ReadableStore): number => userRowOf(store) ?? 0;

export const queueHandlers = {
  'queue.list': ({ limit }, { store, now }) => listQueue(store, now(), callerOf(store), limit),
  'queue.next': ({ skipLeadId }, { store }) => ok({ item: nextCall(store, callerOf(store), skipLeadId) }),
  'queue.release': ({ leadId }, { store }) => {
    releaseLead(store, callerOf(store), leadId);
    return ok({});
  },
  'queue.record': (input, { store }) => recordOutcome(store, callerOf(store), input),
} satisfies HandlersOf<keyof typeof queueContract>;
