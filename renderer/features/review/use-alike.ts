/** One decision for all items that wait for the same reason, from the same file or form: with progress, and back again. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReviewItem } from '../../../shared/contract/imports.ts';
import type { InputOf, OutputOf } from '../../../shared/contract/index.ts';
import { bridge } from '../../app/client.ts';
import { refreshReads, useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { asJob } from '../../ui/bulk-run.tsx';
import { showDone, showError, showWithActions } from '../../ui/toast.tsx';

type Decided = OutputOf<'reviewQueue.resolveAlike'>['decided'];

export function useAlike(item: ReviewItem) {
  const client = useQueryClient();
  const { data } = useCall('reviewQueue.alike', { id: item.id });
  const [isWanted, setWanted] = useState(false);
  const [isRunning, setRunning] = useState(false);

  const reopen = async (decided: Decided) => {
    const result = await asJob(t('review.reopening'), (jobId) =>
      bridge.call('reviewQueue.reopenMany', { decided, jobId }),
    );
    refreshReads(client);
    if (!result.ok) showError(result.error);
    else showDone(t('review.reopened', { count: result.value.reopened }));
  };

  /** The item itself first: where that does not come off, nothing is done to the others. */
  const run = async (
    own: InputOf<'reviewQueue.resolve'>,
    action: InputOf<'reviewQueue.resolveAlike'>['action'],
    saidOf: (result: OutputOf<'reviewQueue.resolve'>) => string,
  ): Promise<void> => {
    setRunning(true);
    const first = await bridge.call('reviewQueue.resolve', own);
    const isDecided = first.ok && first.value.outcome !== 'pending' && first.value.outcome !== 'failed';
    const rest = isDecided
      ? await asJob(t('review.alikeRunning'), (jobId) =>
          bridge.call('reviewQueue.resolveAlike', { id: item.id, action, jobId }),
        )
      : null;
    setRunning(false);
    refreshReads(client);
    if (!first.ok) return showError(first.error);
    if (rest === null) return showDone(saidOf(first.value));
    if (!rest.ok) return showError(rest.error);
    const { decided, waiting, cancelled } = rest.value;
    const all = [{ id: item.id, writeId: first.value.writeId }, ...decided];
    showWithActions({
      id: `review-${item.id}`,
      message: `${saidOf(first.value)}. ${t(cancelled ? 'review.alikeStopped' : 'review.alikeDone', { count: all.length })}`,
      ...(waiting === 0 ? {} : { detail: t('review.alikeWaiting', { count: waiting }) }),
      autoClose: 30_000,
      isWarning: cancelled || waiting > 0,
      actions: [{ label: t('common.undo'), run: () => void reopen(all) }],
    });
  };
  return { count: data?.count ?? 0, isWanted, isRunning, run, toggle: () => setWanted((wanted) => !wanted) };
}
