/** A file comes in: choose → look and map → run → result. Nothing is written before the person says so. */
import { Alert, Button, Stack, Text } from '@mantine/core';
import { CircleAlert, FileInput } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { CallError } from '../../../shared/contract/call.ts';
import type { InputOf, OutputOf } from '../../../shared/contract/index.ts';
import type { Result } from '../../../shared/result.ts';
import { errorSentence } from '../../app/failure.ts';
import { newJobId } from '../../app/live.ts';
import { useAction, useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { type ChosenFile, FileDrop } from '../../ui/file-drop.tsx';
import { formatBytes } from '../../ui/format.ts';
import { JobPanel } from '../../ui/job-panel.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import classes from './imports.module.css';
import { ImportRehearsal } from './import-rehearsal.tsx';
import { ImportResultView } from './import-result.tsx';
import { PasteCells } from './paste-cells.tsx';
import { ImportSettings } from './import-settings.tsx';

type Reading = Omit<InputOf<'imports.inspect'>, 'file'>;
type Run = InputOf<'imports.run'>;
type Kind = OutputOf<'imports.inspect'>['kind'];
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
      readonly kind: Kind;
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
  const rest = useAction('imports.continue', { quiet: true });
  const rehearsal = useAction('imports.rehearse', { quiet: true });

  const rehearseRef = useRef<HTMLButtonElement>(null);
  const { step } = outcome;
  const before = useRef(step);
  // who comes back to what was chosen is where they left it
  useEffect(() => {
    if (step === 'look' && before.current !== 'look') rehearseRef.current?.focus();
    before.current = step;
  }, [step]);

  const tryOut = async (options: Omit<Run, 'file' | 'jobId'>) => {
    const jobId = newJobId();
    setFailure(null);
    setOutcome({ step: 'try', jobId });
    const result = await rehearsal.run({ file: file.file, jobId, ...options });
    if (result.ok) {
      setOutcome({ step: 'tried', rehearsal: result.value, options });
    } else fail(result.error);
  };

  const fail = (error: CallError) => {
    setFailure(error);
    setOutcome({ step: 'look' });
    // what is shown of it is of the file as it was
    if (error.code === 'fileChanged') void inspection.refetch();
  };

  const finish = (result: Result<OutputOf<'imports.run'>, CallError>, kind: Kind) => {
    if (result.ok) {
      setOutcome({ step: 'done', result: result.value, kind });
    } else fail(result.error);
  };

  const start = async (options: Omit<Run, 'file' | 'jobId'>, kind: Kind) => {
    const jobId = newJobId();
    setFailure(null);
    setOutcome({ step: 'run', jobId });
    finish(await importRun.run({ file: file.file, jobId, ...options }), kind);
  };

  /** The rest of an import that was cancelled is a part of it: one import, taken back as one. */
  const goOn = async (importId: string, kind: Kind) => {
    const jobId = newJobId();
    setFailure(null);
    setOutcome({ step: 'run', jobId });
    finish(await rest.run({ importId, file: file.file, jobId }), kind);
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
        <Stack gap="sm" maw={760} className={classes.step} key={outcome.jobId} tabIndex={-1} ref={takeFocus}>
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
        <div tabIndex={-1} ref={takeFocus} className={classes.step}>
          <ImportResultView
            result={outcome.result}
            fileName={file.name}
            kind={outcome.kind}
            onAnother={onOther}
            onRest={() => void goOn(outcome.result.importId, outcome.kind)}
          />
        </div>
      )}
      {/* what was chosen stays while it is tried out or imported, for a person who comes back to change it */}
      {outcome.step !== 'done' && (
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
                  rehearseRef={rehearseRef}
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

/** The next Tab goes to the first thing of a step, though its button that was pressed is gone. */
const takeFocus = (element: HTMLElement | null): void => element?.focus({ preventScroll: true });

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
