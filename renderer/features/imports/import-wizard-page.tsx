/** A file comes in: choose → look and map → run → result. Nothing is written before the person says so. */
import { Alert, Button, Stack, Text } from '@mantine/core';
import { CircleAlert, FileInput } from 'lucide-react';
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
import { ImportRehearsal } from './import-rehearsal.tsx';
import { ImportResultView } from './import-result.tsx';
import { PasteCells } from './paste-cells.tsx';
import { ImportSettings } from './import-settings.tsx';

type Reading = Omit<InputOf<'imports.inspect'>, 'file'>;
type Run = InputOf<'imports.run'>;
type Outcome =
  | { readonly step: 'look' }
  | { readonly step: 'try' | 'run'; readonly jobId: string }
  | {
      readonly step: 'tried';
      readonly rehearsal: OutputOf<'imports.rehearse'>;
      readonly options: Omit<Run, 'file' | 'jobId'>;
    }
  | {
      readonly step: 'done';
      readonly result: OutputOf<'imports.run'>;
      readonly kind: OutputOf<'imports.inspect'>['kind'];
      readonly options: Omit<Run, 'file' | 'jobId'>;
    };

export function ImportWizardPage() {
  const [file, setFile] = useState<ChosenFile | null>(null);
  if (file !== null) return <FileImport file={file} key={file.file} onOther={() => setFile(null)} />;
  return (
    <Page title={t('imports.new')} icon={FileInput} wide>
      <Stack gap="md">
        <FileDrop purpose="import" title={t('imports.dropTitle')} hint={t('imports.dropHint')} onFile={setFile} />
        <PasteCells onFile={setFile} />
      </Stack>
    </Page>
  );
}

function FileImport({ file, onOther }: { readonly file: ChosenFile; readonly onOther: () => void }) {
  const [reading, setReading] = useState<Reading>({});
  const [outcome, setOutcome] = useState<Outcome>({ step: 'look' });
  const [failure, setFailure] = useState<CallError | null>(null);
  const inspection = useCall('imports.inspect', { file: file.file, ...reading }, { keep: true, staleTimeMs: Infinity });
  const importRun = useAction('imports.run', { quiet: true });
  const rehearsal = useAction('imports.rehearse', { quiet: true });

  const tryOut = async (options: Omit<Run, 'file' | 'jobId'>) => {
    const jobId = newJobId();
    setFailure(null);
    setOutcome({ step: 'try', jobId });
    const result = await rehearsal.run({ file: file.file, jobId, ...options });
    if (result.ok) {
      setOutcome({ step: 'tried', rehearsal: result.value, options });
      return;
    }
    setFailure(result.error);
    setOutcome({ step: 'look' });
  };

  const start = async (options: Omit<Run, 'file' | 'jobId'>, kind: OutputOf<'imports.inspect'>['kind']) => {
    const jobId = newJobId();
    setFailure(null);
    setOutcome({ step: 'run', jobId });
    const result = await importRun.run({ file: file.file, jobId, ...options });
    if (result.ok) {
      setOutcome({ step: 'done', result: result.value, kind, options });
      return;
    }
    setFailure(result.error);
    setOutcome({ step: 'look' });
  };
  const size = inspection.data === undefined ? '' : ` · ${formatBytes(inspection.data.sizeBytes)}`;

  return (
    <Page
      title={t('imports.new')}
      icon={FileInput}
      wide
      detail={`${file.name}${size}`}
      actions={
        outcome.step === 'look' && (
          <Button variant="default" onClick={onOther}>
            {t('imports.otherFile')}
          </Button>
        )
      }
    >
      {(outcome.step === 'run' || outcome.step === 'try') && (
        <Stack gap="sm" maw={760} key={outcome.jobId}>
          <JobPanel
            jobId={outcome.jobId}
            title={t(outcome.step === 'run' ? 'imports.running' : 'imports.rehearsing', { file: file.name })}
          />
          <Text size="sm" c="dimmed">
            {t(outcome.step === 'run' ? 'imports.runningHint' : 'imports.rehearsingHint')}
          </Text>
        </Stack>
      )}
      {outcome.step === 'tried' && (
        <ImportRehearsal
          rehearsal={outcome.rehearsal}
          onBack={() => setOutcome({ step: 'look' })}
          onStart={() => void start(outcome.options, outcome.rehearsal.kind)}
        />
      )}
      {outcome.step === 'done' && (
        <ImportResultView
          result={outcome.result}
          fileName={file.name}
          kind={outcome.kind}
          onAnother={onOther}
          onRest={() => void start(outcome.options, outcome.kind)}
        />
      )}
      {/* what was chosen stays while it is tried out, for a person who comes back to change it */}
      {(outcome.step === 'look' || outcome.step === 'try' || outcome.step === 'tried') && (
        <Stack gap="md" display={outcome.step === 'look' ? 'flex' : 'none'}>
          {failure !== null && (
            <Alert color="red" variant="light" role="alert">
              {errorSentence(failure)}
            </Alert>
          )}
          {inspection.data === undefined && inspection.error !== null && isLasting(inspection.error.callError) ? (
            <Unreadable
              error={inspection.error.callError}
              onOther={onOther}
              onAsFound={Object.keys(reading).length === 0 ? null : () => setReading({})}
            />
          ) : (
            <QueryGate query={inspection} lines={8}>
              {(found) => (
                <ImportSettings
                  inspection={found}
                  isReading={inspection.isPlaceholderData}
                  onReading={(change) => setReading({ ...reading, ...change })}
                  onStart={(options) => void start({ ...reading, ...options }, found.kind)}
                  onRehearse={(options) => void tryOut({ ...reading, ...options })}
                />
              )}
            </QueryGate>
          )}
        </Stack>
      )}
    </Page>
  );
}

/** Reading the same bytes again would end the same way. */
const isLasting = ({ code }: CallError): boolean =>
  ['fileEmpty', 'fileNotText', 'fileTooLarge', 'unknownFormat', 'fileMissing'].includes(code);

type UnreadableProps = {
  readonly error: CallError;
  readonly onOther: () => void;
  /** Null where nothing was changed that could be taken back. */
  readonly onAsFound: (() => void) | null;
};

function Unreadable({ error, onOther, onAsFound }: UnreadableProps) {
  return (
    <Alert color="red" variant="light" icon={<CircleAlert size={18} />} role="alert">
      <Stack gap="sm" align="flex-start">
        <span>{errorSentence(error)}</span>
        {onAsFound === null ? (
          <Button onClick={onOther}>{t('imports.otherFile')}</Button>
        ) : (
          <Button onClick={onAsFound}>{t('imports.asFound')}</Button>
        )}
      </Stack>
    </Alert>
  );
}
