/** A workspace in which records are merged, and what a merge and its undo are held to. */
import { checkStore } from '../../db/check.ts';
import { derivedData } from '../../db/derived/checks.ts';
import { type Write, write } from '../../db/records/write.ts';
import type { ReadableStore } from '../../db/store.ts';
import { duplicatesHandlers } from '../../electron/features/duplicates/duplicates.handlers.ts';
import { historyHandlers } from '../../electron/features/history/history.handlers.ts';
import { leadsHandlers } from '../../electron/features/leads/leads.handlers.ts';
import { recordsHandlers } from '../../electron/features/records/records.handlers.ts';
import { workspaceWith } from './calls.ts';
import { everything, type Laptop } from './laptops.ts';

export const email = (address: string, more: object = {}) => ({
  address,
  kind: 'work' as const,
  primary: false,
  optedOut: false,
  bounced: false,
  valid: true,
  ...more,
});
export const phone = (number: string, more: object = {}) => ({
  number,
  e164: number.replaceAll(' ', ''),
  extension: null,
  kind: 'work' as const,
  primary: false,
  doNotCall: false,
  valid: true,
  ...more,
});

export function whatIsWrong(store: ReadableStore): unknown[] {
  const steps = checkStore(store);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return [...step.value.filter((each) => !each.ok), ...derivedData.flatMap((each) => each.check(store) ?? [])];
}

export function mergeWorkspace() {
  const made = workspaceWith({ ...recordsHandlers, ...historyHandlers, ...duplicatesHandlers, ...leadsHandlers });
  const make = <T>(work: (w: Write) => T): T => {
    made.test.clock.nowMs += 1000;
    return write(made.test.store, { cause: 'edit' }, work).value;
  };
  const snapshot = () => {
    const laptop: Laptop = { ...made.test, name: 'Kim' };
    const all = everything(laptop);
    return Object.fromEntries(
      Object.entries(all)
        .filter(([key]) => !/^(redirect|duplicateDecision|consentChange):/.test(key))
        .map(([key, value]) => [key, { ...(value as object), updatedAtMs: 0 }]),
    );
  };
  return { ...made, make, snapshot };
}
