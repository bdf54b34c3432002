/** Every call that the store serves. It does not compile while one of the contract has no handler. */
import type { StoreHandlers } from '../host/calls.ts';
import { captureHandlers } from './capture/capture.handlers.ts';
import { historyHandlers } from './history/history.handlers.ts';
import { hqHandlers } from './hq/hq.handlers.ts';
import { importHandlers } from './imports/imports.handlers.ts';
import { leadsHandlers } from './leads/leads.handlers.ts';
import { queueHandlers } from './queue/queue.handlers.ts';
import { recordsHandlers } from './records/records.handlers.ts';
import { reviewHandlers } from './review/review.handlers.ts';
import { segmentsHandlers } from './segments/segments.handlers.ts';
import { workspaceHandlers } from './workspace/workspace.handlers.ts';

export const handlers: Partial<StoreHandlers> = {
  ...captureHandlers,
  ...historyHandlers,
  ...hqHandlers,
  ...importHandlers,
  ...leadsHandlers,
  ...queueHandlers,
  ...recordsHandlers,
  ...reviewHandlers,
  ...segmentsHandlers,
  ...workspaceHandlers,
};
