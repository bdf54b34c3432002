/** The calls of a lead's life, its timeline, and what contacts did. */
import { callError } from '../../../shared/contract/call.ts';
import type { leadsContract } from '../../../shared/contract/leads.ts';
import { err, ok } from '../../../shared/result.ts';
import { liveRowIdOf } from '../../../db/merge/redirects.ts';
import { timelinePage } from '../../../db/records/timeline.ts';
import type { HandlersOf } from '../handler.ts';
import { leadDetail } from './lead-detail.ts';
import {
  assign,
  convert,
  decline,
  disqualify,
  moveByHand,
  recordInteraction,
  recycle,
  reopen,
  setFlag,
} from './leads.service.ts';
import { link, linkAll } from './link.service.ts';

export const leadsHandlers = {
  'leads.detail': ({ id }, { store, now }) => leadDetail(store, id, now()),
  'leads.move': (input, { store }) => moveByHand(store, input),
  'leads.setFlag': (input, { store }) => setFlag(store, input),
  'leads.link': (input, { store }) => link(store, input),
  'leads.linkAll': ({ ids }, { store, startJob }) =>
    linkAll(store, ids, () => startJob('bulk', 'contactForUnlinkedLeads', undefined)),
  'leads.decline': (input, { store }) => decline(store, input),
  'leads.disqualify': (input, { store }) => disqualify(store, input),
  'leads.recycle': (input, { store }) => recycle(store, input),
  'leads.reopen': (input, { store }) => reopen(store, input),
  'leads.assign': (input, { store }) => assign(store, input),
  'leads.convert': (input, { store }) => convert(store, input),
  'timeline.page': ({ of, id, limit, before, kinds }, { store }) => {
    const row = liveRowIdOf(store, of, id);
    if (row === null) return err(callError('notFound', `There is no such ${of} here.`, { field: 'id' }));
    return ok(timelinePage(store, of, row, limit, before ?? null, kinds ?? null));
  },
  'interactions.record': (input, { store }) => recordInteraction(store, input),
} satisfies HandlersOf<keyof typeof leadsContract>;
