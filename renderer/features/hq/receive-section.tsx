/** In: a bundle of another laptop or of HQ, or a receipt. */
import { Alert, Button, Stack, Text } from '@mantine/core';
import { CloudDownload } from 'lucide-react';
import { useState } from 'react';
import type { CallError } from '../../../shared/contract/call.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { errorSentence } from '../../app/failure.ts';
import { newJobId } from '../../app/live.ts';
import { useAction } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { chooseFile } from '../../ui/file-drop.tsx';
import { formatNumber } from '../../ui/format.ts';
import { JobPanel } from '../../ui/job-panel.tsx';
import { Section } from '../../ui/page.tsx';

export function ReceiveSection() {
  const receive = useAction('hq.receive', { quiet: true });
  const [job, setJob] = useState<{ id: string; file: string } | null>(null);
  const [taken, setTaken] = useState<OutputOf<'hq.receive'> | null>(null);
  const [failure, setFailure] = useState<CallError | null>(null);
  const run = async () => {
    const file = await chooseFile('bundle');
    if (file === null) return;
    setTaken(null);
    setFailure(null);
    const id = newJobId();
    setJob({ id, file: file.name });
    const result = await receive.run({ file: file.file, jobId: id });
    setJob(null);
    if (result.ok) setTaken(result.value);
    else setFailure(result.error);
  };
  return (
    <Section title={t('hq.receive')} hint={t('hq.receiveHint')}>
      <Stack gap="sm" align="stretch">
        <div>
          <Button
            variant="default"
            leftSection={<CloudDownload size={16} aria-hidden />}
            loading={receive.pending}
            onClick={() => void run()}
          >
            {t('hq.receiveChoose')}
          </Button>
        </div>
        {job !== null && <JobPanel jobId={job.id} title={t('hq.receiving', { file: job.file })} />}
        {failure !== null && (
          <Alert color="red" variant="light" role="alert">
            {errorSentence(failure)}
          </Alert>
        )}
        {taken !== null && (
          <Alert color="teal" variant="light" role="status">
            <Text size="sm">
              {taken.kind === 'receipt'
                ? t('hq.receivedReceipt')
                : t('hq.receivedBundle', {
                    device: taken.deviceName,
                    count: taken.applied,
                    known: formatNumber(taken.alreadyKnown),
                  })}
            </Text>
            {taken.conflicts > 0 && <Text size="sm">{t('hq.receivedConflicts', { count: taken.conflicts })}</Text>}
          </Alert>
        )}
      </Stack>
    </Section>
  );
}
