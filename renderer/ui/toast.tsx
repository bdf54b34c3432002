/** Short messages at the edge of the window: an error with what to do, or what was done with a way back. */
import { Button, Group, Text } from '@mantine/core';
import { type NotificationData, notifications } from '@mantine/notifications';
import type { CallError, CallResult } from '../../shared/contract/call.ts';
import { errorSentence } from '../app/failure.ts';
import { t } from '../i18n/index.ts';

/** More than two hide what is worked on; the newest matter, and history takes back what has gone. */
const most = 2;
let shown: string[] = [];

function show({ id, ...rest }: NotificationData & { readonly id: string }): void {
  notifications.show({ id, color: 'teal', withBorder: true, ...rest });
  shown = [...shown.filter((each) => each !== id), id];
  for (const old of shown.slice(0, -most)) notifications.hide(old);
  shown = shown.slice(-most);
}

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

/** A refusal that the page itself makes. */
export function showRefused(message: string): void {
  notifications.show({
    id: `refused-${message}`,
    color: 'red',
    message,
    autoClose: 9000,
    withBorder: true,
    role: 'alert',
  });
}

export function showDone(message: string): void {
  // the same words twice in a row are one toast
  show({ id: `done-${message}`, message, autoClose: 5000 });
}

type Action = {
  readonly label: string;
  readonly run: () => void;
  /** The toast is still of use afterwards. */
  readonly stays?: boolean;
};
type WithActions = {
  readonly id: string;
  readonly message: string;
  /** A quieter second line. */
  readonly detail?: string;
  readonly actions: readonly Action[];
  readonly autoClose: number;
  /** Less happened than was asked. */
  readonly isWarning?: boolean;
};

/** Says what was done, with what can be done about it. */
export function showWithActions({ id, message, detail, actions, autoClose, isWarning = false }: WithActions): void {
  show({
    id,
    autoClose,
    ...(isWarning ? { color: 'orange' } : {}),
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <div>
          <Text size="sm">{message}</Text>
          {detail !== undefined && (
            <Text size="xs" c="dimmed">
              {detail}
            </Text>
          )}
        </div>
        <Group gap={6} wrap="nowrap" flex="none">
          {actions.map(({ label, run, stays = false }) => (
            <Button
              key={label}
              variant="light"
              size="compact-sm"
              onClick={() => {
                if (!stays) notifications.hide(id);
                run();
              }}
            >
              {label}
            </Button>
          ))}
        </Group>
      </Group>
    ),
  });
}

/** What a toast offers to put back has been put back by other means. */
export const hideUndo = (writeId: number): void => void notifications.hide(`undo-${writeId}`);

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
  const put = async () => {
    const result = await undo(writeId);
    if (!result.ok) showError(result.error);
    else showDone(result.value.kept === 0 ? t('common.undone') : t('common.undoneKept', { count: result.value.kept }));
  };
  showWithActions({
    id: `undo-${writeId}`,
    message,
    autoClose: 8000,
    actions: [{ label: t('common.undo'), run: () => void put() }],
  });
}
