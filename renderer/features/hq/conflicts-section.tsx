/** What two laptops changed without knowing of each other: both values with author and time, and the other one for a key. */
import { Anchor, Button, Group, Table, Text } from '@mantine/core';
import { ArrowLeftRight } from 'lucide-react';
import { Link } from 'wouter';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { type EntityName, entityNames } from '../../../shared/model/entities.ts';
import { recordPath } from '../../app/record-path.ts';
import { useAction, useCall, useUndoToast } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { fieldLabel } from '../../i18n/words.ts';
import { fieldOf } from '../../ui/field-input.tsx';
import { FieldValue, valueText } from '../../ui/field-value.tsx';
import { formatInstant } from '../../ui/format.ts';
import { Section } from '../../ui/page.tsx';

type Conflict = OutputOf<'hq.conflicts'>['rows'][number];
type Side = Conflict['kept'];

const shown = 50;

const entityOf = (conflict: Conflict): EntityName => entityNames.find((each) => each === conflict.entity) ?? 'contact';

const whoOf = ({ userName, deviceName }: Side): string => userName ?? deviceName ?? t('history.somebody');

export function ConflictsSection() {
  const list = useCall('hq.conflicts', { limit: shown }, { keep: true });
  const swap = useAction('hq.swapConflict');
  const undoToast = useUndoToast();
  const { rows, total } = list.data ?? { rows: [], total: 0 };
  if (rows.length === 0) return null;
  const take = async (conflict: Conflict) => {
    const done = await swap.run({ id: conflict.id });
    if (!done.ok) return;
    const said = t('hq.conflictSwapped', { field: fieldLabel(conflict.field), record: conflict.label });
    undoToast(said, done.value.writeId);
  };
  return (
    <Section title={t('hq.conflicts')} hint={t('hq.conflictsHint')}>
      <Table.ScrollContainer minWidth={720}>
        <Table verticalSpacing={5}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="26%">{t('hq.conflictOf')}</Table.Th>
              <Table.Th>{t('hq.conflictKept')}</Table.Th>
              <Table.Th>{t('hq.conflictLost')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((conflict) => (
              <Table.Tr key={conflict.id}>
                <Table.Td>
                  <RecordName conflict={conflict} />
                  <Text size="xs" c="dimmed">
                    {fieldLabel(conflict.field)}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <SideCell conflict={conflict} side={conflict.kept} />
                </Table.Td>
                <Table.Td>
                  <Group justify="space-between" wrap="nowrap" gap="sm">
                    <SideCell conflict={conflict} side={conflict.lost} />
                    {!conflict.stands && (
                      <Text size="xs" c="dimmed" flex="none">
                        {t('hq.conflictSince')}
                      </Text>
                    )}
                    {conflict.canSwap && (
                      <Button
                        variant="default"
                        size="compact-sm"
                        flex="none"
                        leftSection={<ArrowLeftRight size={14} aria-hidden />}
                        disabled={swap.pending}
                        aria-label={t('hq.conflictSwapOf', {
                          value: textOf(conflict, conflict.lost),
                          field: fieldLabel(conflict.field),
                          record: conflict.label,
                        })}
                        onClick={() => void take(conflict)}
                      >
                        {t('hq.conflictSwap')}
                      </Button>
                    )}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {total > shown && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('hq.conflictsMore', { count: total - shown })}
        </Text>
      )}
    </Section>
  );
}

function RecordName({ conflict }: { readonly conflict: Conflict }) {
  const path = recordPath(conflict.entity, conflict.recordId);
  return path === null ? (
    <Text size="sm">{conflict.label}</Text>
  ) : (
    <Anchor component={Link} href={path} size="sm">
      {conflict.label}
    </Anchor>
  );
}

const textOf = (conflict: Conflict, side: Side): string =>
  side.label ?? (valueText(fieldOf(entityOf(conflict), conflict.field), side.value) || t('common.none'));

function SideCell({ conflict, side }: { readonly conflict: Conflict; readonly side: Side }) {
  return (
    <div>
      <FieldValue field={fieldOf(entityOf(conflict), conflict.field)} value={side.value} refLabel={side.label} />
      <Text size="xs" c="dimmed">
        {t('hq.conflictBy', { who: whoOf(side), when: formatInstant(side.atMs) })}
      </Text>
    </div>
  );
}
