/** One lead for each of the selected contacts or accounts, all about the same. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { FormEvent } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { leadContextSchema } from '../../shared/contract/bulk.ts';
import { t } from '../i18n/index.ts';
import type { BulkDialogProps } from './bulk-edit-dialog.tsx';
import { useBulk } from './bulk-run.tsx';
import { FieldInput } from './field-input.tsx';
import type { FormValues } from './record-form.tsx';
import { FieldGrid } from './record-layout.tsx';
import { showError } from './toast.tsx';

const blank: FormValues = {
  topic: '',
  source: null,
  sourceDetail: null,
  campaignId: null,
  eventId: null,
  productIds: [],
  ownerId: null,
};

export function BulkLeadsDialog({ entity, noun, count, of, onClose, onStarted }: BulkDialogProps) {
  const run = useBulk();
  const form = useForm<FormValues>({ defaultValues: blank });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const context = leadContextSchema.safeParse(form.getValues());
    if (!context.success) {
      context.error.issues.forEach(({ path, message }, index) =>
        form.setError(
          String(path[0]),
          { message: path[0] === 'topic' ? t('common.needed') : message },
          { shouldFocus: index === 0 },
        ),
      );
      return;
    }
    const asked = of();
    onStarted();
    const change = { kind: 'createLeads', context: context.data } as const;
    const result = await run({ entity, of: asked, change, title: t('bulk.leadsMaking', { count }) });
    if (!result.ok) showError(result.error);
  };
  return (
    <Modal opened onClose={onClose} title={t('bulk.leadsTitle', { count, what: noun })} size="lg">
      <FormProvider {...form}>
        <form onSubmit={(event) => void submit(event)} noValidate>
          <Stack gap="sm">
            <FieldInput of="lead" name="topic" autoFocus />
            <FieldGrid>
              <FieldInput of="lead" name="campaignId" />
              <FieldInput of="lead" name="eventId" />
              <FieldInput of="lead" name="source" />
              <FieldInput of="lead" name="sourceDetail" />
            </FieldGrid>
            <FieldInput of="lead" name="productIds" />
            <FieldInput of="lead" name="ownerId" />
            <Text size="sm" c="dimmed">
              {t('bulk.leadsHint')}
            </Text>
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('common.cancel')}
              </Button>
              <Button type="submit">{t('bulk.leadsApply', { count })}</Button>
            </Group>
          </Stack>
        </form>
      </FormProvider>
    </Modal>
  );
}
