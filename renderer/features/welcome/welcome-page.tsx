/** First run: what to start with, who uses this laptop, how its data is protected; then the recovery code, once. */
import { Alert, Button, Fieldset, Group, Radio, Stack, Switch, Text, TextInput } from '@mantine/core';
import { FileKey2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { CallError } from '../../../shared/contract/call.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { errorSentence } from '../../app/failure.ts';
import { useAction } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { systemRegion } from '../../ui/countries.ts';
import { useChosenFile } from '../../ui/file-drop.tsx';
import { focusFirstError } from './first-error.ts';
import { isPassphraseReady, PassphraseField } from './passphrase-field.tsx';
import { PersonFields, type Person } from './person-fields.tsx';
import { RecoveryPage } from './recovery-page.tsx';
import { setSetup, useSetup } from './setup-store.ts';
import { WelcomeFrame } from './welcome-frame.tsx';
import classes from './welcome.module.css';

const starts = ['new', 'join', 'demo'] as const;
type Start = (typeof starts)[number];

export function WelcomePage({ status }: { readonly status: OutputOf<'workspace.status'> }) {
  const { setup } = useSetup();
  return setup.step === 'recovery' ? <RecoveryPage {...setup} /> : <SetupForm status={status} />;
}

function SetupForm({ status }: { readonly status: OutputOf<'workspace.status'> }) {
  const [start, setStart] = useState<Start>('new');
  const [person, setPerson] = useState<Person>(() => ({ name: '', role: 'marketer', region: systemRegion() }));
  const [workspaceName, setWorkspaceName] = useState('');
  const [inStore, setInStore] = useState(status.keyInSystemStore);
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<CallError | null>(null);
  const create = useAction('workspace.create', { quiet: true });
  const join = useAction('workspace.join', { quiet: true });
  const invitation = useChosenFile('invitation');
  const isWorking = useSetup(({ setup }) => setup.step === 'working');

  const isReady =
    person.name.trim() !== '' &&
    (inStore || isPassphraseReady(passphrase, again)) &&
    (start !== 'join' || invitation.chosen !== null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (!isReady) {
      focusFirstError(event.currentTarget);
      return;
    }
    setFailure(null);
    setSetup({ step: 'working' });
    const secret = inStore ? null : passphrase;
    const who = { ...person, name: person.name.trim() };
    const name = start === 'demo' ? t('welcome.workspaceDemo') : workspaceName.trim() || t('welcome.workspaceDefault');
    const result =
      start === 'join' && invitation.chosen !== null
        ? await join.run({ file: invitation.chosen.file, person: who, passphrase: secret })
        : await create.run({ person: who, workspaceName: name, passphrase: secret, demo: start === 'demo' });
    if (!result.ok) {
      setFailure(result.error);
      setSetup({ step: 'idle' });
      return;
    }
    const { recoveryCode } = result.value;
    const hqFile =
      'hqRecoveryFile' in result.value && typeof result.value.hqRecoveryFile === 'string'
        ? result.value.hqRecoveryFile
        : null;
    setSetup(
      recoveryCode === null && hqFile === null
        ? { step: 'idle' }
        : { step: 'recovery', code: recoveryCode, hqFile, workspace: name },
    );
  };

  const verb = { new: t('welcome.start'), join: t('welcome.startJoin'), demo: t('welcome.startDemo') }[start];
  return (
    <WelcomeFrame title={t('welcome.title')} intro={t('welcome.intro')}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="lg">
          <Radio.Group
            label={t('welcome.what')}
            value={start}
            onChange={(value) => setStart(starts.find((each) => each === value) ?? 'new')}
          >
            <div className={classes.choices}>
              {starts.map((each) => (
                <Radio.Card key={each} value={each} className={classes.choice} aria-label={t(`welcome.${each}`)}>
                  <Text size="sm" fw={600}>
                    {t(`welcome.${each}`)}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {t(`welcome.${each}Hint`)}
                  </Text>
                </Radio.Card>
              ))}
            </div>
          </Radio.Group>

          {start === 'join' && (
            <div>
              <Group>
                <Button variant="default" leftSection={<FileKey2 size={16} aria-hidden />} onClick={invitation.choose}>
                  {t('welcome.chooseInvitation')}
                </Button>
                <Text size="sm">{invitation.chosen?.name ?? ''}</Text>
              </Group>
              {tried && invitation.chosen === null && (
                <Text size="xs" c="var(--mantine-color-error)" mt={4} role="alert">
                  {t('welcome.invitationNeeded')}
                </Text>
              )}
            </div>
          )}
          {start === 'new' && (
            <TextInput
              label={t('welcome.workspaceName')}
              placeholder={t('welcome.workspaceDefault')}
              value={workspaceName}
              onChange={(event) => setWorkspaceName(event.currentTarget.value)}
            />
          )}

          <Fieldset legend={t('welcome.who')}>
            <PersonFields person={person} onChange={setPerson} tried={tried} />
          </Fieldset>

          <Fieldset legend={t('welcome.protect')}>
            <Stack gap="sm">
              {status.keyInSystemStore && (
                <Switch
                  label={t('welcome.systemStore')}
                  description={t('welcome.systemStoreHint')}
                  checked={inStore}
                  onChange={(event) => setInStore(event.currentTarget.checked)}
                />
              )}
              {!inStore && (
                <PassphraseField
                  label={t('welcome.passphrase')}
                  value={passphrase}
                  again={again}
                  onChange={setPassphrase}
                  onChangeAgain={setAgain}
                  tried={tried}
                />
              )}
            </Stack>
          </Fieldset>

          {failure !== null && (
            <Alert color="red" variant="light" role="alert">
              {errorSentence(failure)}
            </Alert>
          )}
          <Group justify="flex-end">
            {isWorking && (
              <Text size="sm" c="dimmed" role="status">
                {start === 'demo' ? t('welcome.workingDemo') : t('welcome.working')}
              </Text>
            )}
            <Button type="submit" loading={isWorking}>
              {verb}
            </Button>
          </Group>
        </Stack>
      </form>
    </WelcomeFrame>
  );
}
