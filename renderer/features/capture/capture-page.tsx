/** Capture: the forms of the workspace, and with one of them chosen the screen for the booth. */
import { Anchor, Badge, Button, Group, Table, Text } from '@mantine/core';
import { ClipboardPen, Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { ShortcutTooltip, useShortcuts } from '../../ui/shortcuts.tsx';
import { CaptureScreen } from './capture-screen.tsx';
import { FormDesigner } from './form-designer.tsx';

export function CapturePage() {
  const { formId } = useParams();
  return formId === undefined ? <FormsPage /> : <FormPage key={formId} formId={formId} />;
}

type Form = OutputOf<'captureForms.list'>['rows'][number];

function FormsPage() {
  const [, navigate] = useLocation();
  const forms = useCall('captureForms.list', { limit: 200 });
  const [designing, setDesigning] = useState<Form | 'new' | null>(null);
  useShortcuts([{ keys: 'n', label: t('capture.newForm'), run: () => setDesigning('new') }]);
  const newButton = (
    <ShortcutTooltip label={t('capture.newForm')} keys="n">
      <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setDesigning('new')}>
        {t('capture.newForm')}
      </Button>
    </ShortcutTooltip>
  );
  return (
    <Page title={t('capture.title')} icon={ClipboardPen} detail={t('capture.intro')} actions={newButton} wide>
      <QueryGate query={forms}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState icon={ClipboardPen} title={t('capture.formsEmptyTitle')} body={t('capture.formsEmptyBody')} />
          ) : (
            <FormTable rows={rows} onEdit={setDesigning} />
          )
        }
      </QueryGate>
      <FormDesigner
        opened={designing !== null}
        form={designing === 'new' ? null : designing}
        onClose={() => setDesigning(null)}
        onSaved={(id) => {
          const wasNew = designing === 'new';
          setDesigning(null);
          if (wasNew) navigate(`/capture/${id}`);
        }}
      />
    </Page>
  );
}

function FormTable({ rows, onEdit }: { rows: readonly Form[]; onEdit: (form: Form) => void }) {
  const sorted = rows.toSorted((a, b) => Number(b.active) - Number(a.active));
  return (
    <Table verticalSpacing="xs" highlightOnHover aria-label={t('capture.title')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('capture.columnForm')}</Table.Th>
          <Table.Th>{t('capture.columnEvent')}</Table.Th>
          <Table.Th>{t('capture.columnAsks')}</Table.Th>
          <Table.Th>{t('capture.columnConsent')}</Table.Th>
          <Table.Th aria-label={t('common.more')} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {sorted.map((form) => {
          const { definition } = form;
          return (
            <Table.Tr key={form.id}>
              <Table.Td>
                <Group gap="xs">
                  <Anchor component={Link} href={`/capture/${form.id}`} fw={500} size="sm">
                    {form.name}
                  </Anchor>
                  {form.active ? null : <Badge color="gray">{t('capture.inactive')}</Badge>}
                </Group>
              </Table.Td>
              <Table.Td>
                <Text size="sm" {...(form.eventId === null ? { c: 'dimmed' } : {})}>
                  {form.eventId === null ? t('capture.noEvent') : (form.labels['eventId'] ?? '')}
                </Text>
              </Table.Td>
              <Table.Td>
                {t('capture.formFields', { count: definition.fields.length + (definition.own?.length ?? 0) })},{' '}
                {t('capture.formQuestions', { count: definition.questions.length })}
              </Table.Td>
              <Table.Td>
                {definition.consent === null ? t('capture.withoutConsent') : choiceLabel(definition.consent.level)}
              </Table.Td>
              <Table.Td>
                <Group gap="xs" justify="flex-end" wrap="nowrap">
                  <Button
                    variant="subtle"
                    size="compact-sm"
                    leftSection={<Pencil size={14} aria-hidden />}
                    onClick={() => onEdit(form)}
                  >
                    {t('common.edit')}
                  </Button>
                  <Button component={Link} href={`/capture/${form.id}`} variant="light" size="compact-sm">
                    {t('capture.startCapturing')}
                  </Button>
                </Group>
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}

function FormPage({ formId }: { formId: string }) {
  const form = useCall('capture.form', { id: formId });
  const [isDesigning, setIsDesigning] = useState(false);
  if (form.data === undefined) {
    const isGone = form.error?.callError.code === 'notFound' || form.error?.callError.code === 'badInput';
    return (
      <Page title={t('capture.title')} icon={ClipboardPen}>
        {isGone ? (
          <EmptyState
            icon={ClipboardPen}
            title={t('capture.formMissingTitle')}
            body={t('capture.formMissingBody')}
            action={
              <Button component={Link} href="/capture" variant="default">
                {t('capture.allForms')}
              </Button>
            }
          />
        ) : (
          <QueryGate query={form} lines={8}>
            {() => null}
          </QueryGate>
        )}
      </Page>
    );
  }
  const { form: definition, eventName } = form.data;
  return (
    <Page
      title={definition.name}
      icon={ClipboardPen}
      detail={eventName ?? t('capture.noEvent')}
      wide
      actions={
        <>
          <Button component={Link} href="/capture" variant="subtle">
            {t('capture.allForms')}
          </Button>
          <Button variant="default" leftSection={<Pencil size={14} aria-hidden />} onClick={() => setIsDesigning(true)}>
            {t('capture.editForm')}
          </Button>
        </>
      }
    >
      <CaptureScreen form={definition} />
      <FormDesigner
        opened={isDesigning}
        form={definition}
        onClose={() => setIsDesigning(false)}
        onSaved={() => setIsDesigning(false)}
      />
    </Page>
  );
}
