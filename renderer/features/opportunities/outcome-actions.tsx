/** Won, lost with a reason, open again: one key or click each, with undo. */
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { RotateCcw, ThumbsDown, Trophy } from 'lucide-react';
import { useState } from 'react';
import type { EntityRecord } from '../../../shared/model/entities.ts';
import { useAction } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { ShortcutTooltip, useShortcuts } from '../../ui/shortcuts.tsx';

type Opportunity = EntityRecord<'opportunity'>;

/** What sellers say most; any other words may be written. */
const commonReasons = ['competitor', 'noBudget', 'noNeed', 'badTiming', 'cannotContact'] as const;

export function OutcomeActions({ opportunity }: { readonly opportunity: Opportunity }) {
  const { id, status } = opportunity;
  const [isLosing, setIsLosing] = useState(false);
  const win = useAction('opportunities.update', { saved: t('opportunities.isWon') });
  const reopen = useAction('opportunities.update', { saved: t('opportunities.isReopened') });
  const pending = win.pending || reopen.pending;
  // a reason belongs to a loss; the history keeps it
  const markWon = () => void win.run({ id, values: { status: 'won', lostReason: null } });
  const openAgain = () => void reopen.run({ id, values: { status: 'open', lostReason: null } });
  const isOpen = status === 'open';
  useShortcuts(
    isOpen
      ? [
          { keys: 'w', label: t('opportunities.win'), run: markWon, disabled: pending },
          { keys: 'l', label: t('opportunities.lose'), run: () => setIsLosing(true), disabled: pending },
        ]
      : [{ keys: 'o', label: t('opportunities.reopen'), run: openAgain, disabled: pending }],
  );
  if (!isOpen) {
    return (
      <ShortcutTooltip label={t('opportunities.reopen')} keys="o">
        <Button
          variant="default"
          leftSection={<RotateCcw size={15} aria-hidden />}
          loading={pending}
          onClick={openAgain}
        >
          {t('opportunities.reopen')}
        </Button>
      </ShortcutTooltip>
    );
  }
  return (
    <>
      <ShortcutTooltip label={t('opportunities.lose')} keys="l">
        <Button
          variant="default"
          leftSection={<ThumbsDown size={15} aria-hidden />}
          disabled={pending}
          onClick={() => setIsLosing(true)}
        >
          {t('opportunities.lose')}
        </Button>
      </ShortcutTooltip>
      <ShortcutTooltip label={t('opportunities.win')} keys="w">
        <Button variant="default" leftSection={<Trophy size={15} aria-hidden />} loading={pending} onClick={markWon}>
          {t('opportunities.win')}
        </Button>
      </ShortcutTooltip>
      <Modal
        opened={isLosing}
        onClose={() => setIsLosing(false)}
        title={t('opportunities.loseTitle')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <LossForm id={id} onClose={() => setIsLosing(false)} />
      </Modal>
    </>
  );
}

function LossForm({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const lose = useAction('opportunities.update', { saved: t('opportunities.isLost') });
  const [reason, setReason] = useState('');
  const [isTried, setIsTried] = useState(false);
  const submit = async () => {
    setIsTried(true);
    const lostReason = reason.trim();
    if (lostReason === '') return;
    const result = await lose.run({ id, values: { status: 'lost', lostReason } });
    if (result.ok) onClose();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('opportunities.loseBody')}
        </Text>
        <TextInput
          label={t('opportunities.reason')}
          placeholder={t('opportunities.reasonPlaceholder')}
          withAsterisk
          data-autofocus
          maxLength={400}
          value={reason}
          error={isTried && reason.trim() === '' ? t('opportunities.reasonRequired') : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group gap={6} role="group" aria-label={t('opportunities.commonReasons')}>
          {commonReasons.map(choiceLabel).map((label) => (
            <Button key={label} variant="default" size="compact-sm" onClick={() => setReason(label)}>
              {label}
            </Button>
          ))}
        </Group>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={lose.pending}>
            {t('opportunities.loseAction')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
