/** Puts the selected contacts on a subscription list, or takes them off it. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { t } from '../i18n/index.ts';
import type { BulkDialogProps } from './bulk-edit-dialog.tsx';
import { useBulk } from './bulk-run.tsx';
import { RecordPicker } from './record-picker.tsx';
import { showError } from './toast.tsx';

type Props = BulkDialogProps & { readonly kind: 'join' | 'leave' };

export function BulkListDialog({ kind, entity, count, of, onClose, onStarted }: Props) {
  const run = useBulk();
  const [listId, setListId] = useState<string | null>(null);
  const joins = kind === 'join';
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (listId === null) return;
    const asked = of();
    onStarted();
    const title = joins ? t('bulk.joining', { count }) : t('bulk.leaving', { count });
    const result = await run({ entity, of: asked, change: { kind, listId }, title });
    if (!result.ok) showError(result.error);
  };
  return (
    <Modal opened onClose={onClose} title={joins ? t('bulk.joinTitle', { count }) : t('bulk.leaveTitle', { count })}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <RecordPicker
            entity="subscriptionList"
            label={t('bulk.list')}
            value={listId}
            autoFocus
            onChange={setListId}
          />
          {joins && (
            <Text size="sm" c="dimmed">
              {t('bulk.joinHint')}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" disabled={listId === null}>
              {joins ? t('bulk.join') : t('bulk.leave')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
