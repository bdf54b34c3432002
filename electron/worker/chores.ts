/**
 * What the writer does by itself as time passes: scores that expire, models that changed, pauses that end, members of
 * live segments that could not be followed one by one, and what has waited in the bin for its time.
 */
import { paceOf } from '../../db/bin/pace.ts';
import { firstBatch, purgeNextDue } from '../../db/bin/purge.ts';
import { settleAllDue, settleDue } from '../../db/derived/score-expiry.ts';
import { refreshNextSegment } from '../../db/derived/segment-members.ts';
import type { WritableStore } from '../../db/store.ts';

const everyMs = 60_000;
/** Relative dates in whole days move once a day; what ends "now" may be counted this late. */
const segmentAgeMs = 15 * 60_000;

export type Chores = { stop(): void };

/** At once and every minute. Each step is one short write; between two, calls that wait have their turn. */
export function startChores(store: WritableStore, failed: (error: unknown) => void): Chores {
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;
  const pace = paceOf(firstBatch);
  const purged = (): boolean => pace.run(() => purgeNextDue(store, pace.size()));
  const later = (): void => {
    timer = setTimeout(step, everyMs);
    timer.unref();
  };
  function step(): void {
    if (isStopped || !store.connection.open) return;
    try {
      if (settleDue(store) || refreshNextSegment(store, segmentAgeMs) || purged()) setImmediate(step);
      else later();
    } catch (error) {
      failed(error);
      later();
    }
  }
  setImmediate(step);
  return {
    stop() {
      isStopped = true;
      if (timer) clearTimeout(timer);
    },
  };
}

/** All of it, before a command of the terminal looks. */
export const doChores = (store: WritableStore): void => {
  settleAllDue(store);
  while (refreshNextSegment(store, segmentAgeMs));
  while (purgeNextDue(store));
};
