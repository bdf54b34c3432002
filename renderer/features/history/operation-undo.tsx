/** Asks before a whole operation is put back: how many records, and how many of them changed since. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { Undo2 } from 'lucide-react';
import { useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { kindCount } from '../../i18n/words.ts';
import { useUndoOperation } from '../../ui/bulk-run.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';

type Props = { readonly operationId: string; readonly onClose: () => void };

export function OperationUndoDialog({ operationId, onClose }: Props) {
  const query = useCall('history.operation', { operationId });
  const undo = useUndoOperation();
  const start = () => {
    onClose();
    void undo(operationId);
  };
  return (
    <Modal opened onClose={onClose} title={t('history.undoAllTitle')}>
      <Stack gap="sm" mih={120} justify="space-between">
        <QueryGate query={query} lines={2}>
          {({ kinds, changedSince, state, gone }) => (
            <Stack gap="xs">
              {kinds.length > 0 && (
                <Text size="sm">
                  {t('history.undoAllBody', {
                    what: kinds.map(({ entity, count }) => kindCount(entity, count)).join(', '),
                  })}
                </Text>
              )}
              {gone > 0 && <Text size="sm">{t('history.undoAllGone', { count: gone })}</Text>}
              {state === 'partly' && <Text size="sm">{t('history.undoAllPartly')}</Text>}
              {kinds.length > 0 && (
                <Text size="sm" {...(changedSince > 0 ? { c: 'orange', fw: 600 } : { c: 'dimmed' })} role="status">
                  {changedSince > 0
                    ? t('history.undoAllChanged', { count: changedSince })
                    : t('history.undoAllUnchanged')}
                </Text>
              )}
            </Stack>
          )}
        </QueryGate>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            data-autofocus
            leftSection={<Undo2 size={15} aria-hidden />}
            disabled={query.data === undefined || query.data.state === 'undone' || query.data.kinds.length === 0}
            onClick={start}
          >
            {t('history.undoAll')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
