/** History and undo, search over everything, home, and the upkeep of the database. */
import { callError } from '../../../shared/contract/call.ts';
import type { historyContract } from '../../../shared/contract/history.ts';
import type { EntityName } from '../../../shared/model/entities.ts';
import { err, ok } from '../../../shared/result.ts';
import { undoWrite } from '../../../db/change-log/undo.ts';
import { historyOf } from '../../../db/query/history.ts';
import { inSnapshot } from '../../../db/query/remembered.ts';
import { operationDetail, operationsPage } from '../../../db/query/operations.ts';
import { searchEverything } from '../../../db/query/search-everything.ts';
import { findImportRun } from '../../../db/records/import-run.ts';
import { rowIdOf } from '../../../db/records/read.ts';
import type { HandlersOf } from '../handler.ts';
import { undoImport } from '../imports/undo-import.ts';
import { backup, check, rebuild } from '../maintenance/maintenance.service.ts';
import { seed } from '../maintenance/seed.service.ts';
import { countersOf, summaryOf } from './home.service.ts';
import { undoOperation } from './undo-operation.ts';

export const historyHandlers = {
  'history.ofRecord': ({ entity, id, limit }, { store }) => {
    // the contract takes names of entities only
    const name = entity as EntityName;
    const row = rowIdOf(store, name, id);
    if (row === null) return err(callError('notFound', `There is no such ${name} here.`, { field: 'id' }));
    return ok({ entries: historyOf(store, name, row, limit) });
  },
  'history.page': ({ limit, before }, { store }) => ok(inSnapshot(store, () => operationsPage(store, limit, before))),
  'history.operation': ({ operationId }, { store }) => {
    const detail = inSnapshot(store, () => operationDetail(store, operationId));
    return detail ? ok(detail) : err(callError('notFound', 'There is no such change.', { field: 'operationId' }));
  },
  'history.undo': ({ writeId }, { store }) => undoWrite(store, writeId),
  'history.undoOperation': ({ operationId, jobId }, context) =>
    // with what waits of an import in Review
    findImportRun(context.store, operationId)
      ? undoImport(context, { importId: operationId, jobId })
      : undoOperation(context, operationId, jobId),
  'search.everything': ({ search, limit }, { store }) => ok({ hits: searchEverything(store, search, limit) }),
  'home.summary': (_input, { store, now }) => ok(inSnapshot(store, () => summaryOf(store, now()))),
  'counters.get': (_input, { store, now }) => ok(inSnapshot(store, () => countersOf(store, now()))),
  'maintenance.seed': ({ contacts, seed: number, jobId }, context) => seed(context, contacts, number, jobId),
  'maintenance.check': ({ jobId }, context) => check(context, jobId),
  'maintenance.rebuild': ({ jobId }, context) => rebuild(context, jobId),
  'maintenance.backup': ({ folder, jobId }, context) => backup(context, folder, jobId),
} satisfies HandlersOf<keyof typeof historyContract>;
