/** When to call again: three quick choices by key, or any date and time. */
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../i18n/index.ts';
import { instantToLocal, localToInstant } from '../../ui/field-input.tsx';
import { formatInstant } from '../../ui/format.ts';
import { callbackAt, quickCallbacks, suggestedCallback } from './callback-times.ts';
import classes from './queue.module.css';

type Props = {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onChoose: (atMs: number) => void;
};

export function CallbackDialog({ opened, onClose, onChoose }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('queue.callbackTitle')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {opened ? <Choices onChoose={onChoose} onClose={onClose} /> : null}
    </Modal>
  );
}

function Choices({ onChoose, onClose }: Omit<Props, 'opened'>) {
  const [now] = useState(() => new Date());
  const [when, setWhen] = useState(() => instantToLocal(suggestedCallback(now).getTime()));
  const [isTried, setIsTried] = useState(false);
  const atMs = localToInstant(when);
  const isPast = atMs === null || atMs <= now.getTime();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the buttons inside arrive here
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setIsTried(true);
        if (!isPast) onChoose(atMs);
      }}
      onKeyDown={(event) => {
        const quick = quickCallbacks[Number(event.key) - 1];
        if (quick === undefined || event.target instanceof HTMLInputElement) return;
        event.preventDefault();
        onChoose(callbackAt(quick, now).getTime());
      }}
    >
      <Stack gap="sm">
        <Stack gap={6} pt={4}>
          {quickCallbacks.map((quick, index) => (
            <button
              key={quick}
              type="button"
              className={classes.outcome}
              aria-keyshortcuts={String(index + 1)}
              {...(index === 0 ? { 'data-autofocus': true } : {})}
              onClick={() => onChoose(callbackAt(quick, now).getTime())}
              title={formatInstant(callbackAt(quick, now).getTime())}
            >
              <span className={classes.key} aria-hidden>
                {index + 1}
              </span>
              {t(`queue.quick.${quick}`)}
            </button>
          ))}
        </Stack>
        <TextInput
          type="datetime-local"
          label={t('queue.callbackWhen')}
          value={when}
          max="9999-12-31T23:59"
          error={isTried && isPast ? t('queue.callbackPast') : undefined}
          onChange={(event) => setWhen(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit">{t('queue.callbackSave')}</Button>
        </Group>
      </Stack>
    </form>
  );
}
