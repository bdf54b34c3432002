/** Short messages at the edge of the window: an error with what to do, or what was done with a way back. */
import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { CallError, CallResult } from '../../shared/contract/call.ts';
import { errorSentence } from '../app/failure.ts';
import { t } from '../i18n/index.ts';

export function showError(error: CallError): void {
  notifications.show({
    // the same complaint twice is one toast
    id: `error-${error.code}-${error.correlationId ?? ''}`,
    color: 'red',
    message: errorSentence(error),
    autoClose: 9000,
    withBorder: true,
    role: 'alert',
  });
}

export function showDone(message: string): void {
  notifications.show({ message, color: 'teal', withBorder: true, autoClose: 5000 });
}

type Undone = { undone: number; kept: number; writeId: number };

export function showUndo(
  message: string,
  writeId: number | null,
  undo: (writeId: number) => Promise<CallResult<Undone>>,
): void {
  if (writeId === null) {
    showDone(message);
    return;
  }
  const id = `undo-${writeId}`;
  const put = async () => {
    notifications.hide(id);
    const result = await undo(writeId);
    if (!result.ok) showError(result.error);
    else showDone(result.value.kept === 0 ? t('common.undone') : t('common.undoneKept', { count: result.value.kept }));
  };
  notifications.show({
    id,
    color: 'teal',
    withBorder: true,
    autoClose: 8000,
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm">{message}</Text>
        <Button variant="light" size="compact-sm" flex="none" onClick={() => void put()}>
          {t('common.undo')}
        </Button>
      </Group>
    ),
  });
}
