/** The recovery code, shown once; going on needs the word that it is written down. */
import { Button, Checkbox, CopyButton, Divider, Group, Stack, Text, Title } from '@mantine/core';
import { Check, Copy, Download, Printer } from 'lucide-react';
import { useState } from 'react';
import { t } from '../../i18n/index.ts';
import { confirm } from '../../ui/confirm.tsx';
import { setSetup } from './setup-store.ts';
import { WelcomeFrame } from './welcome-frame.tsx';
import classes from './welcome.module.css';

type Props = { readonly code: string | null; readonly hqFile: string | null; readonly workspace: string };

/** Lines of three groups are easier to copy by hand than one that breaks anywhere. */
const inLines = (code: string): string => code.replaceAll(/((?:[^-]+-){3})/g, '$1\n');

function saveAsFile(name: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function RecoveryPage({ code, hqFile, workspace }: Props) {
  const [isWritten, setIsWritten] = useState(code === null);
  const [isSaved, setIsSaved] = useState(hqFile === null);
  const go = async () => {
    const goes =
      isSaved ||
      (await confirm({
        title: t('welcome.hqFileMissingTitle'),
        body: t('welcome.hqFileMissing'),
        action: t('welcome.goWithout'),
        danger: true,
      }));
    if (goes) setSetup({ step: 'idle' });
  };
  return (
    <WelcomeFrame title={t('welcome.recoveryTitle')} intro={t('welcome.recoveryBody')}>
      <Stack gap="lg">
        {code !== null && (
          <Stack gap="sm">
            <div className={classes.code} aria-label={t('welcome.recoveryCode')} role="group">
              {inLines(code)}
            </div>
            <Group gap="xs" className={classes.noPrint}>
              <CopyButton value={code}>
                {({ copied, copy }) => (
                  <Button
                    variant="default"
                    leftSection={copied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
                    onClick={copy}
                  >
                    {copied ? t('common.copied') : t('common.copy')}
                  </Button>
                )}
              </CopyButton>
              <Button variant="default" leftSection={<Printer size={15} aria-hidden />} onClick={() => window.print()}>
                {t('common.print')}
              </Button>
            </Group>
          </Stack>
        )}
        {hqFile !== null && (
          <div className={classes.noPrint}>
            <Divider mb="md" />
            <Title order={2}>{t('welcome.hqFileTitle')}</Title>
            <Text size="sm" c="dimmed" mb="xs">
              {t('welcome.hqFileBody')}
            </Text>
            <Button
              variant="default"
              leftSection={isSaved ? <Check size={15} aria-hidden /> : <Download size={15} aria-hidden />}
              onClick={() => {
                saveAsFile(`${workspace}.hq-recovery`, hqFile);
                setIsSaved(true);
              }}
            >
              {t('welcome.hqFileSave')}
            </Button>
          </div>
        )}
        <Group justify="space-between" className={classes.noPrint}>
          {code !== null && (
            <Checkbox
              label={t('welcome.written')}
              checked={isWritten}
              onChange={(event) => setIsWritten(event.currentTarget.checked)}
            />
          )}
          <Button disabled={!isWritten} onClick={() => void go()}>
            {t('welcome.go')}
          </Button>
        </Group>
      </Stack>
    </WelcomeFrame>
  );
}
