/** Merges all groups from a level up: how many, how sure, checked on a sample that somebody labels, then as one operation. */
import { Alert, Button, Group, Modal, Slider, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { bulkMergeProbability } from '../../../shared/contract/duplicates.ts';
import { precisionOf } from '../../../shared/rules/linkage/precision.ts';
import { bridge } from '../../app/client.ts';
import { refreshReads, useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { asJob, useUndoOperation } from '../../ui/bulk-run.tsx';
import { formatNumber } from '../../ui/format.ts';
import { showError, showWithActions } from '../../ui/toast.tsx';
import { noteDone, type Of } from './duplicates-store.ts';
import { formatShare } from './format-share.ts';
import { SampleCheck } from './sample-check.tsx';

/** The slider's stops: differences matter where pairs are many. */
const levels = [0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999] as const;
const sampleSize = 30;
/** Fewer checked pairs say so little that the page says so. */
const few = 20;

export function BulkMerge({ of, onClose }: { readonly of: Of; readonly onClose: () => void }) {
  const [at, setAt] = useState(levels.indexOf(bulkMergeProbability));
  const [isChecking, setChecking] = useState(false);
  const level = levels[at] ?? bulkMergeProbability;
  const groups = useCall('duplicates.groups', { of, level }, { keep: true });
  const sample = useCall('duplicates.sample', { of, level, size: sampleSize }, { keep: true });
  const client = useQueryClient();
  const undoOperation = useUndoOperation();
  const pairs = sample.data?.pairs ?? [];
  const labelled = pairs.filter(({ decision }) => decision !== null);
  const right = labelled.filter(({ decision }) => decision === 'same').length;
  const estimate = precisionOf(right, labelled.length);
  const found = groups.data;
  const count = found?.groups.length ?? 0;

  const run = async () => {
    if (found === undefined || count === 0) return;
    onClose();
    const result = await asJob(t('duplicates.bulkRunning'), (jobId) =>
      bridge.call('duplicates.mergeMany', { of, groups: found.groups, jobId }),
    );
    refreshReads(client);
    if (!result.ok) {
      showError(result.error);
      return;
    }
    const { operationId, merged, groups: done, cancelled } = result.value;
    const words = { merged: formatNumber(merged), groups: formatNumber(done) };
    if (merged > 0) noteDone({ operationId });
    showWithActions({
      id: `bulk-${operationId}`,
      message: cancelled ? t('duplicates.bulkStopped', words) : t('duplicates.bulkDone', words),
      autoClose: 30_000,
      isWarning: cancelled,
      actions: merged === 0 ? [] : [{ label: t('common.undo'), run: () => void undoOperation(operationId) }],
    });
  };

  return (
    <Modal
      opened
      onClose={onClose}
      size={isChecking ? 'xl' : 'lg'}
      title={isChecking ? t('duplicates.checkTitle') : t('duplicates.bulkTitle')}
    >
      {isChecking ? (
        <SampleCheck of={of} pairs={pairs} onEnd={() => setChecking(false)} />
      ) : (
        <Stack>
          <Text size="sm">{t('duplicates.bulkBody')}</Text>
          <div>
            <Text size="sm" fw={500}>
              {t('duplicates.bulkLevel')}: {formatShare(level)}
            </Text>
            <Slider
              data-autofocus
              thumbLabel={t('duplicates.bulkLevel')}
              min={0}
              max={levels.length - 1}
              step={1}
              value={at}
              label={(index) => formatShare(levels[index] ?? level)}
              marks={levels.map((each, index) => ({ value: index, label: formatShare(each) }))}
              mb="xl"
              onChange={setAt}
            />
          </div>
          <Text size="sm" role="status">
            {count === 0
              ? t('duplicates.bulkNone')
              : t('duplicates.bulkCounts', {
                  groups: formatNumber(count),
                  records: formatNumber(found?.records ?? 0),
                })}
            {found !== undefined && found.leftOut > 0 && ` ${t('duplicates.bulkLeftOut', { count: found.leftOut })}`}
          </Text>
          <Alert variant="light" color={estimate === null || estimate.low < 0.9 ? 'yellow' : 'teal'}>
            {found?.expected != null && (
              <Text size="sm" mb={4}>
                {t('duplicates.bulkExpected', { share: formatShare(found.expected) })}
              </Text>
            )}
            <Text size="sm">
              {estimate === null
                ? t('duplicates.bulkSampleNone')
                : t('duplicates.bulkEstimate', {
                    right: formatNumber(right),
                    labelled: formatNumber(labelled.length),
                    share: formatShare(estimate.share),
                    low: formatShare(estimate.low),
                    high: formatShare(estimate.high),
                  })}
              {estimate !== null && labelled.length < few && ` ${t('duplicates.bulkEstimateFew')}`}
            </Text>
            <Button
              mt="xs"
              size="compact-sm"
              variant="default"
              disabled={pairs.length === labelled.length}
              onClick={() => setChecking(true)}
            >
              {pairs.length === labelled.length && pairs.length > 0
                ? t('duplicates.bulkChecked')
                : t('duplicates.bulkCheck', { count: pairs.length - labelled.length })}
            </Button>
          </Alert>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button disabled={count === 0 || groups.isPlaceholderData} onClick={() => void run()}>
              {t('duplicates.bulkGo', { count })}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
