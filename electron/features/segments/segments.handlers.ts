/** The calls about segments, beside those that every kind of record has. */
import type { segmentsContract } from '../../../shared/contract/segments.ts';
import type { HandlersOf } from '../handler.ts';
import {
  count,
  explainContact,
  goLive,
  ids,
  members,
  setStaticMembers,
  stop,
  suggestions,
} from './segments.service.ts';

export const segmentsHandlers = {
  'segments.count': ({ query, nodes }, { store, now }) => count(store, query, nodes, now()),
  'segments.members': ({ limit, offset, ...asked }, { store, now }) => members(store, asked, limit, offset, now()),
  'segments.ids': (asked, { store, now }) => ids(store, asked, now()),
  'segments.explain': ({ query, contactId }, { store, now }) => explainContact(store, query, contactId, now()),
  'segments.suggestValues': ({ entity, field, search, limit }, { store }) =>
    suggestions(store, entity, field, search, limit),
  'segments.goLive': ({ id }, { store }) => goLive(store, id),
  'segments.stop': ({ id }, { store }) => stop(store, id),
  'segments.setStaticMembers': ({ id, add, remove }, { store }) => setStaticMembers(store, id, add, remove),
} satisfies HandlersOf<keyof typeof segmentsContract>;
