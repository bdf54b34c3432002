/** Long work: how far, how fast, how much longer, and a way to stop it. What is saved stays saved. */
import { Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { Pause, Play } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import type { JobProgress } from '../../shared/contract/parts.ts';
import { useJob } from '../app/live.ts';
import { useAction } from '../app/use-call.ts';
import { t } from '../i18n/index.ts';
import { formatDuration, formatNumber } from './format.ts';

const stateText = (progress: JobProgress | null): string => {
  switch (progress?.state) {
    case 'done':
      return t('common.jobDone');
    case 'failed':
      return t('common.jobFailed');
    case 'cancelled':
      return t('common.jobCancelled');
    default:
      return t('common.jobRunning');
  }
};

export function JobPanel({ jobId, title }: { readonly jobId: string; readonly title: string }) {
  const progress = useJob(jobId);
  const cancel = useAction('jobs.cancel');
  const pause = useAction('jobs.pause');
  const [asked, setAsked] = useState(false);
  const isRunning = progress === null || progress.state === 'running';
  // asked before the host had heard of the job: asked again once it runs
  const [isUnheard, setUnheard] = useState(false);
  const hasBegun = progress?.state === 'running';
  const askAgain = useEffectEvent(() => void cancel.run({ jobId }));
  useEffect(() => {
    if (isUnheard && hasBegun) askAgain();
  }, [isUnheard, hasBegun]);
  const stop = async (): Promise<void> => {
    setAsked(true);
    const result = await cancel.run({ jobId });
    setUnheard(result.ok && !result.value.asked);
  };
  const total = progress?.total ?? null;
  const share =
    progress === null || total === null || total === 0 ? null : Math.min(100, (progress.done / total) * 100);
  const facts = [
    progress === null
      ? null
      : total === null
        ? t('common.jobProgressOpen', { done: formatNumber(progress.done) })
        : t('common.jobProgress', { done: formatNumber(progress.done), total: formatNumber(total) }),
    progress?.perSecond == null ? null : t('common.jobRate', { rate: formatNumber(Math.round(progress.perSecond)) }),
    isRunning && progress?.secondsLeft != null
      ? t('common.jobLeft', { time: formatDuration(progress.secondsLeft * 1000) })
      : null,
    progress === null || progress.saved === 0 ? null : t('common.jobSaved', { saved: formatNumber(progress.saved) }),
  ].filter((fact) => fact !== null);

  return (
    <Paper withBorder p="md" role="group" aria-label={title}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Text fw={600}>{title}</Text>
          <Text size="sm" c="dimmed" role="status">
            {asked && isRunning
              ? t('common.jobCancelling')
              : progress?.paused
                ? t('common.jobPaused')
                : stateText(progress)}
          </Text>
        </Group>
        <Progress
          value={share ?? 100}
          animated={isRunning && share === null && !progress?.paused}
          striped={isRunning && share === null}
          size="lg"
          {...(progress?.state === 'failed' ? { color: 'red' } : {})}
          aria-label={title}
        />
        <Group justify="space-between" mih={32}>
          <Text size="sm" c="dimmed">
            {facts.join(' · ')}
          </Text>
          {isRunning && (
            <Group gap="xs">
              {progress?.pausable && (
                <Button
                  variant="default"
                  disabled={asked}
                  leftSection={progress.paused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
                  onClick={() => void pause.run({ jobId, paused: !progress.paused })}
                >
                  {progress.paused ? t('common.jobResume') : t('common.jobPause')}
                </Button>
              )}
              <Button variant="default" disabled={asked} onClick={() => void stop()}>
                {t('common.cancel')}
              </Button>
            </Group>
          )}
        </Group>
      </Stack>
    </Paper>
  );
}
