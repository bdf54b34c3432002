/** To HQ and back: bundles, receipts, custody. */
import type { hqContract } from '../../../shared/contract/hq.ts';
import { ok } from '../../../shared/result.ts';
import { hqStatus } from '../../../db/hq/custody.ts';
import type { HandlersOf } from '../handler.ts';
import { listConflicts } from '../../../db/query/conflicts.ts';
import { receiveFile } from './bundles.service.ts';
import { swapConflict } from './conflicts.service.ts';
import { runExport, runPreflight } from '../exports/exports.service.ts';

export const hqHandlers = {
  'hq.status': (_input, { store }) => ok(hqStatus(store)),

  'hq.conflicts': ({ limit }, { store }) => ok(listConflicts(store, limit)),
  'hq.swapConflict': ({ id }, { store }) => swapConflict(store, id),

  'exports.run': (input, context) => {
    const job = context.startJob('export', input.format, input.jobId);
    return runExport(context.store, input, { now: context.now(), job });
  },

  'exports.preflight': (input, context) => runPreflight(context.store, input, context.now()),

  'hq.receive': (input, context) => {
    const job = context.startJob('receive', '', input.jobId);
    return receiveFile(context.store, input.file, { now: context.now(), job });
  },
} satisfies HandlersOf<keyof typeof hqContract>;
