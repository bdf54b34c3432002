/** A file comes in: choose → look and map → run → result. Nothing is written before the person says so. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { FileInput, FileText } from 'lucide-react';
import { useState } from 'react';
import type { CallError } from '../../../shared/contract/call.ts';
import type { InputOf, OutputOf } from '../../../shared/contract/index.ts';
import { errorSentence } from '../../app/failure.ts';
import { newJobId } from '../../app/live.ts';
import { useAction, useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { type ChosenFile, FileDrop } from '../../ui/file-drop.tsx';
import { formatBytes } from '../../ui/format.ts';
import { JobPanel } from '../../ui/job-panel.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { ImportResultView } from './import-result.tsx';
import { ImportSettings } from './import-settings.tsx';

type Reading = Pick<InputOf<'imports.inspect'>, 'format' | 'kind' | 'encoding' | 'delimiter' | 'hasHeader'>;
type Run = InputOf<'imports.run'>;
type Outcome =
  | { readonly step: 'look' }
  | { readonly step: 'run'; readonly jobId: string }
  | {
      readonly step: 'done';
      readonly result: OutputOf<'imports.run'>;
      readonly kind: OutputOf<'imports.inspect'>['kind'];
    };

export function ImportWizardPage() {
  const [file, setFile] = useState<ChosenFile | null>(null);
  return (
    <Page title={t('imports.new')} icon={FileInput} wide detail={file?.name}>
      {file === null ? (
        <FileDrop purpose="import" title={t('imports.dropTitle')} hint={t('imports.dropHint')} onFile={setFile} />
      ) : (
        <FileImport file={file} key={file.file} onOther={() => setFile(null)} />
      )}
    </Page>
  );
}

function FileImport({ file, onOther }: { readonly file: ChosenFile; readonly onOther: () => void }) {
  const [reading, setReading] = useState<Reading>({});
  const [outcome, setOutcome] = useState<Outcome>({ step: 'look' });
  const [failure, setFailure] = useState<CallError | null>(null);
  const inspection = useCall('imports.inspect', { file: file.file, ...reading }, { keep: true, staleTimeMs: Infinity });
  const importRun = useAction('imports.run', { quiet: true });

  const start = async (options: Omit<Run, 'file' | 'jobId'>, kind: OutputOf<'imports.inspect'>['kind']) => {
    const jobId = newJobId();
    setFailure(null);
    setOutcome({ step: 'run', jobId });
    const result = await importRun.run({ file: file.file, jobId, ...options });
    if (result.ok) {
      setOutcome({ step: 'done', result: result.value, kind });
      return;
    }
    setFailure(result.error);
    setOutcome({ step: 'look' });
  };

  if (outcome.step === 'run') {
    return (
      <Stack gap="sm" maw={760}>
        <JobPanel jobId={outcome.jobId} title={t('imports.running', { file: file.name })} />
        <Text size="sm" c="dimmed">
          {t('imports.runningHint')}
        </Text>
      </Stack>
    );
  }
  if (outcome.step === 'done') {
    return <ImportResultView result={outcome.result} kind={outcome.kind} onAnother={onOther} />;
  }
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Group gap="xs">
          <FileText size={18} aria-hidden />
          <Text fw={600}>{file.name}</Text>
          <Text size="sm" c="dimmed">
            {inspection.data && formatBytes(inspection.data.sizeBytes)}
          </Text>
        </Group>
        <Button variant="default" onClick={onOther}>
          {t('imports.otherFile')}
        </Button>
      </Group>
      {failure !== null && (
        <Alert color="red" variant="light" role="alert">
          {errorSentence(failure)}
        </Alert>
      )}
      <QueryGate query={inspection} lines={8}>
        {(found) => (
          <ImportSettings
            inspection={found}
            isReading={inspection.isFetching}
            onReading={(change) => setReading({ ...reading, ...change })}
            onStart={(options) => void start({ ...reading, ...options }, found.kind)}
          />
        )}
      </QueryGate>
    </Stack>
  );
}
