/** Upkeep of the database: check, rebuild, back up, lock. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { CircleX, Lock } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { newJobId } from '../../app/live.ts';
import { useAction } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { chooseFolder, FileLinkList, type FileLinks, takeFiles } from '../../ui/file-links.tsx';
import { JobPanel } from '../../ui/job-panel.tsx';
import { Section } from '../../ui/page.tsx';
import { showDone } from '../../ui/toast.tsx';
import classes from './settings.module.css';

type Running = { readonly jobId: string; readonly title: string };

export function DatabaseSection({ encrypted }: { readonly encrypted: boolean }) {
  const [running, setRunning] = useState<Running | null>(null);
  const [report, setReport] = useState<OutputOf<'maintenance.check'> | null>(null);
  const [backup, setBackup] = useState<{ links: FileLinks; folder: string } | null>(null);
  const check = useAction('maintenance.check');
  const rebuild = useAction('maintenance.rebuild');
  const copy = useAction('maintenance.backup');
  const lock = useAction('workspace.lock');

  const begin = (title: string): string => {
    const jobId = newJobId();
    setRunning({ jobId, title });
    return jobId;
  };
  const runCheck = async () => {
    setReport(null);
    const result = await check.run({ jobId: begin(t('settings.checking')) });
    setRunning(null);
    if (result.ok) setReport(result.value);
  };
  const runRebuild = async () => {
    const result = await rebuild.run({ jobId: begin(t('settings.rebuilding')) });
    setRunning(null);
    if (result.ok) showDone(t('settings.rebuilt'));
  };
  const runBackup = async () => {
    const folder = await chooseFolder();
    if (folder === null) return;
    const result = await copy.run({ folder: folder.folder, jobId: begin(t('settings.backingUp')) });
    setRunning(null);
    if (!result.ok) return;
    showDone(t('settings.backedUp', { file: result.value.file.replace(/^.*[\\/]/, '') }));
    setBackup({ links: await takeFiles(folder, [result.value.file]), folder: folder.name });
  };

  return (
    <Section title={t('settings.database')} hint={t('settings.databaseHint')}>
      <Stack gap="sm">
        {!encrypted && (
          <Alert color="yellow" variant="light">
            {t('settings.notEncrypted')}
          </Alert>
        )}
        <Task hint={t('settings.checkHint')}>
          <Button variant="default" loading={check.pending} onClick={() => void runCheck()}>
            {t('settings.check')}
          </Button>
        </Task>
        <Task hint={t('settings.backupHint')}>
          <Button variant="default" loading={copy.pending} onClick={() => void runBackup()}>
            {t('settings.backup')}
          </Button>
        </Task>
        <Task hint={t('settings.rebuildHint')}>
          <Button variant="default" loading={rebuild.pending} onClick={() => void runRebuild()}>
            {t('settings.rebuild')}
          </Button>
        </Task>
        <Task hint={t('settings.lockHint')}>
          <Button
            variant="default"
            leftSection={<Lock size={15} aria-hidden />}
            loading={lock.pending}
            onClick={() => void lock.run({})}
          >
            {t('settings.lock')}
          </Button>
        </Task>
        {running !== null && <JobPanel jobId={running.jobId} title={running.title} />}
        {backup !== null && <FileLinkList {...backup} />}
        {report !== null && <CheckReport report={report} />}
      </Stack>
    </Section>
  );
}

function Task({ hint, children }: { readonly hint: string; readonly children: ReactNode }) {
  return (
    <Group wrap="nowrap" gap="md">
      <div className={classes.task}>{children}</div>
      <Text size="sm" c="dimmed">
        {hint}
      </Text>
    </Group>
  );
}

function CheckReport({ report }: { readonly report: OutputOf<'maintenance.check'> }) {
  return (
    <Alert
      color={report.healthy ? 'teal' : 'red'}
      variant="light"
      role="status"
      title={report.healthy ? t('settings.healthy') : t('settings.unhealthy')}
    >
      {report.healthy && <Text size="sm">{t('settings.checksPassed', { count: report.checks.length })}</Text>}
      {report.checks
        .filter(({ ok }) => !ok)
        .map(({ name, detail }) => (
          <Group key={name} gap={6} wrap="nowrap" align="flex-start">
            <CircleX size={14} aria-label={t('common.no')} style={{ marginTop: 3, flex: 'none' }} />
            <Text size="sm">
              {name}
              {detail !== null && `: ${detail}`}
            </Text>
          </Group>
        ))}
    </Alert>
  );
}
