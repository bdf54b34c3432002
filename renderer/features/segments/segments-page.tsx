/** All segments, and the start of a new one: from nothing or from a question that others asked before. */
import { Badge, Button, Group, Modal, Radio, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { zodResolver } from '@hookform/resolvers/zod';
import { Plus, Workflow } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useLocation } from 'wouter';
import { z } from 'zod';
import { useAction } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { formatNumber } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { type ColumnSpec, RecordTable } from '../../ui/record-table.tsx';
import { ShortcutTooltip, useShortcuts } from '../../ui/shortcuts.tsx';
import { templateIds, templateQuery } from './templates.ts';

const stateColor = { draft: 'gray', live: 'teal', stopped: 'orange' } as const;

export function SegmentsPage() {
  const [, navigate] = useLocation();
  const [isNew, setIsNew] = useState(false);
  useShortcuts([{ keys: 'n', label: t('segments.newSegment'), run: () => setIsNew(true) }]);
  const columns = useMemo<readonly ColumnSpec<'segment'>[]>(
    () => [
      {
        id: 'state',
        header: t('segments.columnState'),
        width: 110,
        render: ({ state }) => <Badge color={stateColor[state]}>{choiceLabel(state)}</Badge>,
      },
      {
        id: 'memberCount',
        header: t('segments.columnMembers'),
        width: 120,
        align: 'right',
        render: ({ memberCount, state }) =>
          state === 'live' && memberCount !== null ? formatNumber(memberCount) : t('segments.membersNotYet'),
      },
    ],
    [],
  );
  return (
    <Page
      title={t('segments.title')}
      icon={Workflow}
      fill
      actions={
        <ShortcutTooltip label={t('segments.newSegment')} keys="n">
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setIsNew(true)}>
            {t('segments.newSegment')}
          </Button>
        </ShortcutTooltip>
      }
    >
      <RecordTable
        entity="segment"
        storageKey="segments"
        noun={t('segments.noun')}
        columns={columns}
        defaultColumns={['label', 'kind', 'state', 'memberCount', 'updatedAtMs']}
        views={['all', 'bin']}
        onOpen={({ id }) => navigate(`/segments/${id}`)}
        empty={{
          icon: Workflow,
          title: t('segments.emptyTitle'),
          body: t('segments.emptyBody'),
          action: (
            <Button variant="default" onClick={() => setIsNew(true)}>
              {t('segments.newSegment')}
            </Button>
          ),
        }}
      />
      <Modal
        opened={isNew}
        onClose={() => setIsNew(false)}
        title={t('segments.newSegment')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <NewSegment onMade={(id) => navigate(`/segments/${id}`)} />
      </Modal>
    </Page>
  );
}

const kinds = ['dynamic', 'static', 'compound'] as const;
const newSegmentSchema = z.object({
  name: z
    .string()
    .max(200)
    .refine((name) => name.trim() !== '', { error: () => t('segments.nameRequired') }),
  kind: z.enum(kinds),
  template: z.enum(templateIds),
});
type NewSegmentValues = z.output<typeof newSegmentSchema>;

function NewSegment({ onMade }: { onMade: (id: string) => void }) {
  const create = useAction('segments.create', { saved: t('segments.created') });
  const { register, control, handleSubmit, watch, formState } = useForm<NewSegmentValues>({
    resolver: zodResolver(newSegmentSchema),
    defaultValues: { name: '', kind: 'dynamic', template: 'blank' },
  });
  const submit = handleSubmit(async ({ name, kind, template }) => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const result = await create.run({
      values: {
        name: name.trim(),
        kind,
        timeZone,
        ...(kind === 'dynamic' ? { query: templateQuery(template, timeZone) } : {}),
      },
    });
    if (result.ok) onMade(result.value.id);
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <TextInput
          label={t('segments.name')}
          placeholder={t('segments.namePlaceholder')}
          withAsterisk
          data-autofocus
          error={formState.errors.name?.message}
          {...register('name')}
        />
        <Controller
          control={control}
          name="kind"
          render={({ field }) => (
            <Radio.Group label={t('segments.kind')} value={field.value} onChange={field.onChange}>
              <SimpleGrid cols={3} spacing="md" mt={4}>
                {kinds.map((kind) => (
                  <Radio
                    key={kind}
                    value={kind}
                    label={choiceLabel(kind)}
                    description={t(`segments.kindHints.${kind}`)}
                  />
                ))}
              </SimpleGrid>
            </Radio.Group>
          )}
        />
        {watch('kind') === 'dynamic' ? (
          <Controller
            control={control}
            name="template"
            render={({ field }) => (
              <Radio.Group label={t('segments.startFrom')} value={field.value} onChange={field.onChange}>
                <Stack gap={6} mt={4}>
                  {templateIds.map((template) => (
                    <Radio key={template} value={template} label={t(`segments.templates.${template}`)} />
                  ))}
                </Stack>
              </Radio.Group>
            )}
          />
        ) : null}
        <Group justify="flex-end">
          <Button type="submit" loading={create.pending}>
            {t('common.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
