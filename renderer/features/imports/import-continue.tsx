/** Imports that were cut: taken up again where they stopped, and offered where a person begins. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { FileClock, Play } from 'lucide-react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { newJobId } from '../../app/live.ts';
import { useAction, useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { chooseFile } from '../../ui/file-drop.tsx';
import { formatNumber } from '../../ui/format.ts';
import { JobPanel } from '../../ui/job-panel.tsx';
import { showDone } from '../../ui/toast.tsx';

type Row = OutputOf<'imports.list'>['rows'][number];

/** Asks for the file where it is not where it was; says how it ended. */
export function useImportContinue() {
  const goOn = useAction('imports.continue');
  const [job, setJob] = useState<{ readonly id: string; readonly fileName: string } | null>(null);
  const run = async ({ importId, fileName, goOn: how }: Row): Promise<void> => {
    const chosen = how === 'file' ? await chooseFile('import') : null;
    if (how === 'file' && chosen === null) return;
    const jobId = newJobId();
    setJob({ id: jobId, fileName });
    const result = await goOn.run({ importId, jobId, ...(chosen === null ? {} : { file: chosen.file }) });
    setJob(null);
    if (!result.ok) return;
    const { cancelled, rows } = result.value;
    if (!cancelled) showDone(t('imports.continued', { count: rows, file: fileName }));
  };
  const title = job === null ? '' : t('imports.running', { file: job.fileName });
  return { run, jobId: job?.id ?? null, title, pending: goOn.pending };
}

/** Nothing, where no import was cut. */
export function InterruptedImports() {
  const list = useCall('imports.list', { limit: 20 });
  const { run, jobId, title, pending } = useImportContinue();
  const rows = (list.data?.rows ?? []).filter(({ state, goOn }) => state === 'interrupted' && goOn !== null);
  if (jobId !== null) return <JobPanel jobId={jobId} title={title} />;
  if (rows.length === 0) return null;
  return (
    <Alert color="yellow" variant="light" icon={<FileClock size={18} />} title={t('imports.interruptedTitle')}>
      <Stack gap="xs">
        {rows.slice(0, 3).map((row) => (
          <Group key={row.importId} justify="space-between" wrap="nowrap" gap="sm">
            <Text size="sm">
              {t(row.goOn === 'file' ? 'imports.interruptedFile' : 'imports.interrupted', {
                file: row.fileName,
                rows: formatNumber(row.rows),
              })}
            </Text>
            <Button
              variant="default"
              flex="none"
              disabled={pending}
              leftSection={<Play size={14} aria-hidden />}
              aria-label={`${t('imports.goOnWith')}: ${row.fileName}`}
              onClick={() => void run(row)}
            >
              {row.goOn === 'file' ? t('imports.chooseAndGoOn') : t('imports.goOnWith')}
            </Button>
          </Group>
        ))}
      </Stack>
    </Alert>
  );
}
