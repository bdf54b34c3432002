/** The person, the window's look, the database, and how the workspace is set up, in words. */
import { Badge, Button, Group, SegmentedControl, Stack, Text, useMantineColorScheme } from '@mantine/core';
import { Settings } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import type { Session } from '../../../shared/contract/workspace.ts';
import { useAction, useCall } from '../../app/use-call.ts';
import { useDefinitions } from '../../app/workspace-fields.ts';
import { t } from '../../i18n/index.ts';
import { Page, Section } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { showDone } from '../../ui/toast.tsx';
import { ValueList } from '../../ui/value-list.tsx';
import { PersonFields, type Person } from '../welcome/person-fields.tsx';
import { ConfigurationSection } from './configuration-section.tsx';
import { DatabaseSection } from './database-section.tsx';

const schemes = ['light', 'dark', 'auto'] as const;

export function SettingsPage() {
  const session = useCall('session.get', {});
  const status = useCall('workspace.status', {});
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Page title={t('settings.title')} icon={Settings}>
      <QueryGate query={session}>
        {(facts) => (
          <>
            <PersonSection session={facts} />
            <Section title={t('settings.appearance')}>
              <SegmentedControl
                aria-label={t('settings.scheme')}
                value={colorScheme}
                onChange={(value) => setColorScheme(schemes.find((each) => each === value) ?? 'auto')}
                data={schemes.map((each) => ({ value: each, label: t(`nav.${each}`) }))}
              />
            </Section>
            <DatabaseSection encrypted={status.data?.encrypted ?? true} />
            <Section title={t('settings.workspace')}>
              <ValueList
                items={[
                  {
                    name: t('settings.workspaceName'),
                    value: (
                      <Group gap="xs">
                        {facts.workspaceName}
                        {status.data?.demo && <Badge color="yellow">{t('nav.demo')}</Badge>}
                      </Group>
                    ),
                  },
                  { name: t('settings.device'), value: facts.deviceName },
                  { name: t('settings.version'), value: status.data?.version },
                ]}
              />
            </Section>
            <FieldsSection />
            <ConfigurationSection />
          </>
        )}
      </QueryGate>
    </Page>
  );
}

function FieldsSection() {
  const count = useDefinitions().length;
  return (
    <Section title={t('customFields.title')} hint={t('customFields.inSettings')}>
      <Group gap="md">
        <Button component={Link} href="/settings/fields" variant="default">
          {t('customFields.openPage')}
        </Button>
        {count > 0 && (
          <Text size="sm" c="dimmed">
            {t('customFields.inSettingsCount', { count })}
          </Text>
        )}
      </Group>
    </Section>
  );
}

function PersonSection({ session }: { readonly session: Session }) {
  const saved: Person = { name: session.userName, role: session.role, region: session.region };
  const [person, setPerson] = useState(saved);
  const [tried, setTried] = useState(false);
  const update = useAction('session.update');
  const isChanged = JSON.stringify(person) !== JSON.stringify(saved);
  useEffect(
    () => setPerson({ name: session.userName, role: session.role, region: session.region }),
    [session.userName, session.role, session.region],
  );
  const save = async () => {
    setTried(true);
    if (person.name.trim() === '') return;
    const result = await update.run({ person: { ...person, name: person.name.trim() } });
    if (result.ok) showDone(t('settings.saved'));
  };
  return (
    <Section title={t('settings.person')} hint={t('settings.personHint')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
        noValidate
      >
        <Stack gap="sm">
          <PersonFields person={person} onChange={setPerson} tried={tried} focus={false} />
          <Group justify="flex-end">
            <Button type="submit" disabled={!isChanged} loading={update.pending}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
