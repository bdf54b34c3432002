/** `await confirm({ title, body, action })`: a question before something that cannot simply be undone. */
import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { ReactNode } from 'react';
import { t } from '../i18n/index.ts';

type Question = {
  readonly title: string;
  readonly body: ReactNode;
  /** The verb on the button. */
  readonly action: string;
  readonly cancel?: string;
  readonly danger?: boolean;
};

export function confirm({ title, body, action, cancel, danger = false }: Question): Promise<boolean> {
  return new Promise((resolve) => {
    let answer = false;
    modals.openConfirmModal({
      title,
      children: typeof body === 'string' ? <Text size="sm">{body}</Text> : body,
      labels: { confirm: action, cancel: cancel ?? t('common.cancel') },
      confirmProps: danger ? { color: 'red.9' } : {},
      onConfirm: () => {
        answer = true;
      },
      onClose: () => resolve(answer),
    });
  });
}
