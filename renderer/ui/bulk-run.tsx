/**
 * Changes of many records as jobs: they go on while a person looks at other pages, and say at their end what they did,
 * with a way back that is a job too.
 */
import { useQueryClient } from '@tanstack/react-query';
import { create } from 'zustand';
import type { CallResult } from '../../shared/contract/call.ts';
import type { InputOf } from '../../shared/contract/index.ts';
import type { BulkResult, BulkSelection } from '../../shared/contract/records.ts';
import { entityOf, type EntityName } from '../../shared/model/entities.ts';
import { assertNever } from '../../shared/result.ts';
import type { Leaving } from '../../shared/rules/bin.ts';
import { bridge } from '../app/client.ts';
import { newJobId } from '../app/live.ts';
import { refreshReads } from '../app/use-call.ts';
import { t } from '../i18n/index.ts';
import { choiceLabel, kindCount } from '../i18n/words.ts';
import { type BulkKind, bulkSentence } from './bulk-words.ts';
import { showRefusals } from './refusals.tsx';
import { showDone, showError, showWithActions } from './toast.tsx';

type Run = { readonly jobId: string; readonly title: string };
type Runs = { readonly runs: readonly Run[] };
const useRuns = create<Runs>(() => ({ runs: [] }));

/** What has been under way long enough to be worth looking at. */
export const useBulkRuns = (): readonly Run[] => useRuns(({ runs }) => runs);

/** What is over before a person could read about it shows no progress. */
const showAfterMs = 400;
/** Afterwards it is found in History, which the toast says. */
const toastMs = 30_000;

/** Work with its progress over whatever page is open. */
export async function asJob<T>(title: string, work: (jobId: string) => Promise<T>): Promise<T> {
  const jobId = newJobId();
  const timer = setTimeout(() => useRuns.setState(({ runs }) => ({ runs: [...runs, { jobId, title }] })), showAfterMs);
  try {
    return await work(jobId);
  } finally {
    clearTimeout(timer);
    useRuns.setState(({ runs }) => ({ runs: runs.filter((each) => each.jobId !== jobId) }));
  }
}

export type Tagged = InputOf<'bulk.tag'>['entity'];
export type LeadParty = InputOf<'bulk.createLeads'>['entity'];
export type LeadContext = InputOf<'bulk.createLeads'>['context'];

export type BulkChange =
  | { readonly kind: 'update'; readonly values: Readonly<Record<string, unknown>> }
  | { readonly kind: 'remove' | 'restore' }
  | { readonly kind: 'tag'; readonly add: readonly string[]; readonly remove: readonly string[] }
  | { readonly kind: 'join' | 'leave'; readonly listId: string }
  | { readonly kind: 'createLeads'; readonly context: LeadContext };

type Asked = {
  readonly entity: EntityName;
  readonly of: BulkSelection;
  readonly change: BulkChange;
  /** Says what is going on, for the progress. */
  readonly title: string;
};

/** Every area has these calls; the compiler cannot follow their names. */
function call({ entity, of, change }: Asked, jobId: string): Promise<CallResult<BulkResult>> {
  const { area } = entityOf(entity);
  switch (change.kind) {
    case 'update':
      return bridge.call(`${area}.updateMany` as 'contacts.updateMany', { of, values: change.values, jobId });
    case 'remove':
      return bridge.call(`${area}.removeMany` as 'contacts.removeMany', { of, jobId });
    case 'restore':
      return bridge.call(`${area}.restoreMany` as 'contacts.restoreMany', { of, jobId });
    case 'tag':
      return bridge.call('bulk.tag', {
        entity: entity as Tagged,
        of,
        add: [...change.add],
        remove: [...change.remove],
        jobId,
      });
    case 'join':
    case 'leave':
      return bridge.call('bulk.setMembership', { of, listId: change.listId, isOn: change.kind === 'join', jobId });
    case 'createLeads':
      return bridge.call('bulk.createLeads', { entity: entity as LeadParty, of, context: change.context, jobId });
    default:
      return assertNever(change);
  }
}

/** `await run(…)`: refusals of the call as a whole are the caller's to show, what was done is told by a toast. */
export function useBulk(): (asked: Asked) => Promise<CallResult<BulkResult>> {
  const client = useQueryClient();
  const refresh = () => refreshReads(client);
  return async (asked) => {
    const result = await asJob(asked.title, (jobId) => call(asked, jobId));
    refresh();
    if (result.ok) tell(asked.entity, asked.change.kind, result.value, refresh);
    return result;
  };
}

function tell(entity: EntityName, kind: BulkKind, result: BulkResult, refresh: () => void): void {
  showWithActions({
    id: `bulk-${result.operationId}`,
    message: bulkSentence(kind, result),
    ...(result.changed === 0 ? {} : { detail: t('bulk.laterInHistory') }),
    autoClose: toastMs,
    isWarning: result.refused > 0 || result.cancelled,
    actions: [
      ...(result.refused === 0
        ? []
        : [{ label: t('bulk.why'), stays: true, run: () => showRefusals(entity, result.refusals, result.refused) }]),
      ...(result.changed === 0 ? [] : [{ label: t('common.undo'), run: () => void undo(result.operationId, refresh) }]),
    ],
  });
}

/** Takes records out of the bin for good; asked before (bin-question.tsx). False when it did not come to that. */
export function usePurge(): (entity: Leaving, of: BulkSelection) => Promise<boolean> {
  const client = useQueryClient();
  return async (entity, of) => {
    const title = t('bin.purging', { what: choiceLabel(entityOf(entity).area) });
    const result = await asJob(title, (jobId) => bridge.call('bin.purge', { entity, of, jobId }));
    refreshReads(client);
    if (!result.ok) {
      showError(result.error);
      return false;
    }
    const [own, ...others] = result.value.gone.map((each) => kindCount(each.entity, each.count));
    const what = own ?? kindCount(entity, 0);
    const facts =
      others.length === 0 ? t('bin.purged', { what }) : t('bin.purgedWith', { what, others: others.join(', ') });
    showDone(result.value.cancelled ? t('bin.purgeStopped', { facts }) : facts);
    return true;
  };
}

/** Puts a whole operation back, with progress, and says how much. Failures are told by a toast. */
export function useUndoOperation(): (operationId: string) => Promise<void> {
  const client = useQueryClient();
  return (operationId) => undo(operationId, () => refreshReads(client));
}

async function undo(operationId: string, refresh: () => void): Promise<void> {
  const result = await asJob(t('bulk.undoing'), (jobId) =>
    bridge.call('history.undoOperation', { operationId, jobId }),
  );
  refresh();
  if (result.ok) {
    const { undone, kept, gone } = result.value;
    const facts = [
      t('bulk.undone', { count: undone }),
      ...(kept === 0 ? [] : [t('bulk.kept', { count: kept })]),
      ...(gone === 0 ? [] : [t('bulk.gone', { count: gone })]),
    ];
    showDone(facts.join(', '));
  } else if (result.error.code === 'cancelled') {
    showWithActions({
      id: `bulk-${operationId}`,
      message: t('bulk.undoStopped'),
      autoClose: toastMs,
      actions: [{ label: t('bulk.goOn'), run: () => void undo(operationId, refresh) }],
    });
  } else showError(result.error);
}
