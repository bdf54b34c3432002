/** Puts tags on the selected records and takes others off; what else they are tagged with stays. */
import { Button, Group, Modal, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { t } from '../i18n/index.ts';
import type { BulkDialogProps } from './bulk-edit-dialog.tsx';
import { useBulk } from './bulk-run.tsx';
import { TagInput } from './tag-input.tsx';
import { showError } from './toast.tsx';

export function BulkTagDialog({ entity, noun, count, of, onClose, onStarted }: BulkDialogProps) {
  const run = useBulk();
  const [add, setAdd] = useState<readonly string[]>([]);
  const [remove, setRemove] = useState<readonly string[]>([]);
  const words = { count, what: noun };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (add.length + remove.length === 0) return;
    const asked = of();
    onStarted();
    const change = { kind: 'tag', add, remove } as const;
    const result = await run({ entity, of: asked, change, title: t('bulk.tagging', words) });
    if (!result.ok) showError(result.error);
  };
  return (
    <Modal opened onClose={onClose} title={t('bulk.tagTitle', words)}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <TagInput
            entity={entity}
            label={t('bulk.tagAdd')}
            description={t('bulk.tagHint')}
            value={add}
            onChange={setAdd}
            data-autofocus
          />
          <TagInput entity={entity} label={t('bulk.tagRemove')} value={remove} onChange={setRemove} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" disabled={add.length + remove.length === 0}>
              {t('bulk.apply', { count })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
