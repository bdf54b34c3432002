/** To HQ and back: bundles, receipts, custody. */
import { ok } from '../../../shared/result.ts';
import { hqStatus } from '../../../db/hq/custody.ts';
import type { HandlersOf } from '../handler.ts';
import { receiveFile } from './bundles.service.ts';
import { runExport, runPreflight } from '../exports/exports.service.ts';

export const hqHandlers = {
  'hq.status': (_input, { store }) => ok(hqStatus(store)),

  'exports.run': (input, context) => {
    const job = context.startJob('export', input.format, input.jobId);
    return runExport(context.store, input, { now: context.now(), job });
  },

  'exports.preflight': (input, context) => runPreflight(context.store, input, context.now()),

  'hq.receive': (input, context) => {
    const job = context.startJob('receive', '', input.jobId);
    return receiveFile(context.store, input.file, { now: context.now(), job });
  },
} satisfies HandlersOf<'hq.status' | 'exports.run' | 'exports.preflight' | 'hq.receive'>;
