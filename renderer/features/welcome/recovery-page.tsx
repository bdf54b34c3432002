/** The recovery code, shown once; going on needs the word that it is written down. */
import { Button, Checkbox, CopyButton, Divider, Group, Stack, Text, Title } from '@mantine/core';
import { Check, Copy, Download, Printer } from 'lucide-react';
import { useState } from 'react';
import { t } from '../../i18n/index.ts';
import { setSetup } from './setup-store.ts';
import { WelcomeFrame } from './welcome-frame.tsx';
import classes from './welcome.module.css';

type Props = { readonly code: string | null; readonly hqFile: string | null; readonly workspace: string };

/** The host answers either where it wrote the file, or what is in it. */
const isContent = (hqFile: string): boolean => hqFile.includes('\n') || hqFile.startsWith('{') || hqFile.length > 400;

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
  return (
    <WelcomeFrame title={t('welcome.recoveryTitle')} intro={t('welcome.recoveryBody')}>
      <Stack gap="lg">
        {code !== null && (
          <Stack gap="sm">
            <div className={classes.code} aria-label={t('welcome.recoveryCode')} role="group">
              {code}
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
            {isContent(hqFile) ? (
              <Button
                variant="default"
                leftSection={<Download size={15} aria-hidden />}
                onClick={() => saveAsFile(`${workspace}.hq-recovery`, hqFile)}
              >
                {t('welcome.hqFileSave')}
              </Button>
            ) : (
              <Text size="sm" ff="monospace" className={classes.path}>
                {hqFile}
              </Text>
            )}
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
          <Button disabled={!isWritten} onClick={() => setSetup({ step: 'idle' })}>
            {t('welcome.go')}
          </Button>
        </Group>
      </Stack>
    </WelcomeFrame>
  );
}
