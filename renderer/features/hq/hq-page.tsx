/** To and from HQ: what is where, files out, files in, further laptops. */
import { Button, SimpleGrid, Stack, Text } from '@mantine/core';
import { Landmark, MonitorSmartphone } from 'lucide-react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { useAction, useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { type FileLinks, chooseFolder, FileLinkList, takeFiles } from '../../ui/file-links.tsx';
import { formatInstant, formatNumber } from '../../ui/format.ts';
import { Page, Section } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { showDone } from '../../ui/toast.tsx';
import { BundleTables } from './bundle-tables.tsx';
import { ConflictsSection } from './conflicts-section.tsx';
import { ExportSection } from './export-section.tsx';
import classes from './hq.module.css';
import { ReceiveSection } from './receive-section.tsx';

export function HqPage() {
  const status = useCall('hq.status', {});
  return (
    <Page title={t('hq.title')} icon={Landmark} wide>
      <QueryGate query={status} lines={8}>
        {(facts) => (
          <>
            <Custody facts={facts} />
            <div className={classes.columns}>
              <ExportSection />
              <div>
                <ReceiveSection />
                <InviteSection />
              </div>
            </div>
            <ConflictsSection />
            <BundleTables facts={facts} />
          </>
        )}
      </QueryGate>
    </Page>
  );
}

function Custody({ facts }: { readonly facts: OutputOf<'hq.status'> }) {
  const counters = [
    {
      name: t('hq.notYetExported'),
      hint: t('hq.notYetExportedHint'),
      value: facts.notYetExported,
      last:
        facts.lastExportAtMs === null
          ? t('hq.noExport')
          : t('hq.lastExport', { when: formatInstant(facts.lastExportAtMs) }),
    },
    {
      name: t('hq.notYetReceived'),
      hint: t('hq.notYetReceivedHint'),
      value: facts.notYetReceived,
      last:
        facts.lastReceiptAtMs === null
          ? t('hq.noReceipt')
          : t('hq.lastReceipt', { when: formatInstant(facts.lastReceiptAtMs) }),
    },
  ];
  return (
    <SimpleGrid cols={2} spacing="md" mb="md" role="group" aria-label={t('hq.custody')}>
      {counters.map(({ name, hint, value, last }) => (
        <div key={name} className={classes.counter}>
          <div className={classes.figure}>{formatNumber(value)}</div>
          <div>
            <Text fw={600} size="sm">
              {name}
            </Text>
            <Text size="xs" c="dimmed">
              {hint} {last}
            </Text>
          </div>
        </div>
      ))}
    </SimpleGrid>
  );
}

function InviteSection() {
  const invite = useAction('workspace.invite');
  const [made, setMade] = useState<{ links: FileLinks; folder: string } | null>(null);
  const run = async () => {
    const folder = await chooseFolder();
    if (folder === null) return;
    const result = await invite.run({ folder: folder.folder });
    if (!result.ok) return;
    setMade({ links: await takeFiles(folder, [result.value.file]), folder: folder.name });
    showDone(t('hq.inviteDone'));
  };
  return (
    <Section title={t('hq.invite')} hint={t('hq.inviteHint')}>
      <Stack gap="sm" align="flex-start">
        <Button
          variant="default"
          leftSection={<MonitorSmartphone size={15} aria-hidden />}
          loading={invite.pending}
          onClick={() => void run()}
        >
          {t('hq.inviteRun')}
        </Button>
        {made !== null && <FileLinkList {...made} />}
      </Stack>
    </Section>
  );
}
