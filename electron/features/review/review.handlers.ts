/** The review queue: items that wait for a person. */
import type { importsContract } from '../../../shared/contract/imports.ts';
import type { reviewContract } from '../../../shared/contract/review.ts';
import { ok } from '../../../shared/result.ts';
import { findImportRun } from '../../../db/records/import-run.ts';
import { countReviewItems, listReviewItems } from '../../../db/records/review-item.ts';
import type { HandlersOf } from '../handler.ts';
import { exportReviewItems } from './review-export.ts';
import { alike, reopenMany, resolveAlike } from './review-many.ts';
import { reopenItem, resolveItem } from './review.service.ts';

type ReviewCalls = Extract<keyof typeof importsContract, `reviewQueue.${string}`> | keyof typeof reviewContract;

export const reviewHandlers = {
  'reviewQueue.list': ({ limit, importId }, { store }) => {
    const run = importId === undefined ? null : findImportRun(store, importId);
    if (importId !== undefined && run === null) return ok({ rows: [], total: 0 });
    return ok({
      rows: listReviewItems(store, limit, run?.row ?? null),
      total: countReviewItems(store, run?.row ?? null),
    });
  },
  'reviewQueue.resolve': (input, { store }) => resolveItem(store, input),
  'reviewQueue.reopen': (input, { store }) => reopenItem(store, input),
  'reviewQueue.export': ({ folder, importId }, { store, now }) => exportReviewItems(store, folder, importId, now()),
  'reviewQueue.alike': (input, { store }) => alike(store, input),
  'reviewQueue.resolveAlike': (input, context) => resolveAlike(context, input),
  'reviewQueue.reopenMany': (input, context) => reopenMany(context, input),
} satisfies HandlersOf<ReviewCalls>;
