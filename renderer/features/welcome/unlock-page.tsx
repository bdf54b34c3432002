/** The workspace is locked: its passphrase, or the recovery code with a new passphrase. */
import { Alert, Anchor, Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { CallError } from '../../../shared/contract/call.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { errorSentence } from '../../app/failure.ts';
import { useAction } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { focusFirstError } from './first-error.ts';
import { isPassphraseReady, PassphraseField } from './passphrase-field.tsx';
import { WelcomeFrame } from './welcome-frame.tsx';

export function UnlockPage({ status }: { readonly status: OutputOf<'workspace.status'> }) {
  const [isRecovering, setIsRecovering] = useState(false);
  return isRecovering ? (
    <RecoverForm onBack={() => setIsRecovering(false)} />
  ) : (
    <UnlockForm
      workspace={status.workspaceName ?? t('welcome.workspaceFallback')}
      isKeyKept={status.keyInSystemStore}
      onRecover={() => setIsRecovering(true)}
    />
  );
}

type UnlockProps = { readonly workspace: string; readonly isKeyKept: boolean; readonly onRecover: () => void };

function UnlockForm(props: UnlockProps) {
  const [passphrase, setPassphrase] = useState('');
  const [failure, setFailure] = useState<CallError | null>(null);
  // the program opens such a workspace by itself; here it was locked by hand, and one press opens it again
  const [isKeyKept, setIsKeyKept] = useState(props.isKeyKept);
  const unlock = useAction('workspace.unlock', { quiet: true });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    const result = await unlock.run({ passphrase });
    if (result.ok) return;
    // a passphrase was set beside the kept key: it decides
    if (isKeyKept && result.error.code === 'wrongPassphrase') setIsKeyKept(false);
    else setFailure(result.error);
  };
  return (
    <WelcomeFrame title={t('welcome.unlockTitle', { workspace: props.workspace })}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          {isKeyKept ? (
            <>
              <Text size="sm">{t('welcome.keyKept')}</Text>
              {failure !== null && (
                <Alert color="red" variant="light" role="alert">
                  {errorSentence(failure)}
                </Alert>
              )}
            </>
          ) : (
            <PasswordInput
              label={t('welcome.passphrase')}
              value={passphrase}
              autoFocus
              autoComplete="current-password"
              error={failure === null ? null : errorSentence(failure)}
              onChange={(event) => setPassphrase(event.currentTarget.value)}
            />
          )}
          <Group justify="space-between">
            <Anchor component="button" type="button" size="sm" onClick={props.onRecover}>
              {t('welcome.useRecovery')}
            </Anchor>
            <Button type="submit" loading={unlock.pending} {...(isKeyKept ? { autoFocus: true } : {})}>
              {t('welcome.unlock')}
            </Button>
          </Group>
        </Stack>
      </form>
    </WelcomeFrame>
  );
}

function RecoverForm({ onBack }: { readonly onBack: () => void }) {
  const [code, setCode] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<CallError | null>(null);
  const recover = useAction('workspace.recover', { quiet: true });
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (code.trim() === '' || !isPassphraseReady(passphrase, again)) {
      focusFirstError(event.currentTarget);
      return;
    }
    setFailure(null);
    const result = await recover.run({ recoveryCode: code.trim(), newPassphrase: passphrase });
    if (!result.ok) setFailure(result.error);
  };
  return (
    <WelcomeFrame title={t('welcome.recoverTitle')} intro={t('welcome.recoverBody')}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <TextInput
            label={t('welcome.recoveryCode')}
            value={code}
            autoFocus
            autoComplete="off"
            spellCheck={false}
            error={tried && code.trim() === '' ? t('welcome.recoveryCodeNeeded') : null}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <PassphraseField
            label={t('welcome.newPassphrase')}
            value={passphrase}
            again={again}
            onChange={setPassphrase}
            onChangeAgain={setAgain}
            tried={tried}
          />
          {failure !== null && (
            <Alert color="red" variant="light" role="alert">
              <Text size="sm">{errorSentence(failure)}</Text>
            </Alert>
          )}
          <Group justify="space-between">
            <Anchor component="button" type="button" size="sm" onClick={onBack}>
              {t('welcome.usePassphrase')}
            </Anchor>
            <Button type="submit" loading={recover.pending}>
              {t('welcome.recover')}
            </Button>
          </Group>
        </Stack>
      </form>
    </WelcomeFrame>
  );
}
