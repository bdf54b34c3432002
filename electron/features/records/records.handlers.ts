/** The calls that every kind of record has. One set of handlers serves all: what differs is in the model. */
import type { CallResult } from '../../../shared/contract/call.ts';
import type { Contract, recordsContract } from '../../../shared/contract/index.ts';
import { callError } from '../../../shared/contract/call.ts';
import type { ParsedListInput } from '../../../shared/contract/records.ts';
import type { EntityName } from '../../../shared/model/entities.ts';
import { err, ok } from '../../../shared/result.ts';
import { filterConditions } from '../../../db/query/filters.ts';
import { listRecords } from '../../../db/query/list.ts';
import { standingId } from '../../../db/merge/redirects.ts';
import { readWire } from '../../../db/records/read.ts';
import { createField, oneByOne, removeFields, updateField } from '../custom-fields/definitions.service.ts';
import type { Handler, HandlersOf, ReadContext, WriteContext } from '../handler.ts';
import { userRowOf } from '../session.ts';
import { moveMany, updateMany } from './bulk.service.ts';
import { refusal } from './record-rules.ts';
import { createOne, moveToBin, updateOne } from './records.service.ts';

type CallsOf<A extends string> = Extract<
  keyof Contract,
  | `${A}.list`
  | `${A}.get`
  | `${A}.create`
  | `${A}.update`
  | `${A}.remove`
  | `${A}.restore`
  | `${A}.updateMany`
  | `${A}.removeMany`
  | `${A}.restoreMany`
>;
type Values = Readonly<Record<string, unknown>>;

function list(entity: EntityName, input: ParsedListInput, { store, now }: ReadContext): CallResult<unknown> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const filters = filterConditions(store, entity, input.filters ?? [], now(), timeZone);
  if (!filters.ok) return filters;
  return listRecords(store, entity, input, { userRow: userRowOf(store), filters: filters.value });
}

function recordHandlers<A extends string>(area: A, entity: EntityName): { [K in CallsOf<A>]: Handler<K> } {
  const handlers = {
    [`${area}.list`]: (input: ParsedListInput, context: ReadContext) => list(entity, input, context),
    [`${area}.get`]: ({ id }: { id: string }, { store }: ReadContext) => {
      // the id of a merged record finds the one that stands for it
      const record = readWire(store, entity, standingId(store, entity, id));
      return record ? ok(record) : err(callError('notFound', `There is no such ${entity} here.`, { field: 'id' }));
    },
    [`${area}.create`]: ({ values, id }: { values: Values; id?: string }, { store }: WriteContext) =>
      createOne(store, entity, values, id),
    [`${area}.update`]: (
      { id, values, baseVersion }: { id: string; values: Values; baseVersion?: number },
      { store }: WriteContext,
    ) => updateOne(store, entity, id, values, baseVersion),
    [`${area}.remove`]: ({ ids }: { ids: readonly string[] }, { store }: WriteContext) =>
      moveToBin(store, entity, ids, true),
    [`${area}.restore`]: ({ ids }: { ids: readonly string[] }, { store }: WriteContext) =>
      moveToBin(store, entity, ids, false),
    [`${area}.updateMany`]: (input: Parameters<typeof updateMany>[2], context: WriteContext) =>
      updateMany(context, entity, input),
    [`${area}.removeMany`]: (input: Parameters<typeof moveMany>[2], context: WriteContext) =>
      moveMany(context, entity, input, true),
    [`${area}.restoreMany`]: (input: Parameters<typeof moveMany>[2], context: WriteContext) =>
      moveMany(context, entity, input, false),
  };
  // the contract parsed the input for this very entity, and the model made the output's type: the compiler cannot see
  // either through the entity's name
  return handlers as unknown as { [K in CallsOf<A>]: Handler<K> };
}

export const recordsHandlers = {
  ...recordHandlers('contacts', 'contact'),
  ...recordHandlers('accounts', 'account'),
  ...recordHandlers('leads', 'lead'),
  ...recordHandlers('opportunities', 'opportunity'),
  ...recordHandlers('campaigns', 'campaign'),
  ...recordHandlers('products', 'product'),
  ...recordHandlers('events', 'event'),
  ...recordHandlers('registrations', 'registration'),
  ...recordHandlers('checkIns', 'checkIn'),
  ...recordHandlers('interactions', 'interaction'),
  ...recordHandlers('subscriptionLists', 'subscriptionList'),
  ...recordHandlers('listMembers', 'listMember'),
  ...recordHandlers('consentChanges', 'consentChange'),
  ...recordHandlers('callLog', 'call'),
  ...recordHandlers('tasks', 'task'),
  ...recordHandlers('users', 'user'),
  ...recordHandlers('stageMoves', 'stageMove'),
  ...recordHandlers('captureForms', 'captureForm'),
  ...recordHandlers('matchingStrategies', 'matchingStrategy'),
  ...recordHandlers('scoringModels', 'scoringModel'),
  ...recordHandlers('processes', 'process'),
  ...recordHandlers('segments', 'segment'),
  ...recordHandlers('segmentMembers', 'segmentMember'),
  ...recordHandlers('savedViews', 'savedView'),
  ...recordHandlers('customFields', 'customField'),
  'customFields.create': ({ values, id }, { store }) => createField(store, values, id),
  'customFields.update': ({ id, values, baseVersion }, { store }) => updateField(store, id, values, baseVersion),
  'customFields.remove': ({ ids }, { store }) => removeFields(store, ids),
  'customFields.updateMany': oneByOne,
  'customFields.removeMany': oneByOne,
  ...recordHandlers('notes', 'note'),
  ...recordHandlers('attachments', 'attachment'),
  ...recordHandlers('redirects', 'redirect'),
  ...recordHandlers('duplicateDecisions', 'duplicateDecision'),
  // a file has bytes: it comes in by `attachments.add`
  'attachments.create': () => refusal('name', 'is attached with its file (attachments.add)'),
} satisfies HandlersOf<keyof typeof recordsContract>;
