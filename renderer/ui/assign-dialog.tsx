/** Gives the selected records an owner, or takes it. */
import { Button, Checkbox, Group, Modal, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { t } from '../i18n/index.ts';
import { choiceLabel, fieldLabel } from '../i18n/words.ts';
import type { BulkDialogProps } from './bulk-edit-dialog.tsx';
import { useBulk } from './bulk-run.tsx';
import { RecordPicker } from './record-picker.tsx';
import { showError } from './toast.tsx';

export function AssignDialog({ entity, noun, count, of, onClose, onStarted }: BulkDialogProps) {
  const run = useBulk();
  const [ownerId, setOwnerId] = useState<string | null>(null);
  const [isNobody, setIsNobody] = useState(false);
  const words = { count, what: noun };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (ownerId === null && !isNobody) return;
    const asked = of();
    onStarted();
    const change = { kind: 'update', values: { ownerId: isNobody ? null : ownerId } } as const;
    const result = await run({ entity, of: asked, change, title: t('bulk.changing', words) });
    if (!result.ok) showError(result.error);
  };
  return (
    <Modal opened onClose={onClose} title={t('bulk.assignTitle', words)}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <RecordPicker
            entity="user"
            label={fieldLabel('ownerId')}
            value={ownerId}
            autoFocus
            detail={({ role }) => choiceLabel(role)}
            disabled={isNobody}
            onChange={setOwnerId}
          />
          <Checkbox
            label={t('bulk.noOwner')}
            description={t('bulk.noOwnerHint')}
            checked={isNobody}
            onChange={(event) => setIsNobody(event.currentTarget.checked)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" disabled={ownerId === null && !isNobody}>
              {t('bulk.assignApply', { count })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
