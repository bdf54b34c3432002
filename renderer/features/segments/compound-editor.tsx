/** A compound segment: other segments combined in order. */
import { ActionIcon, Group, NativeSelect, Text } from '@mantine/core';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import type { SetOperation } from '../../../shared/rules/segment/schema.ts';
import { useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { Section } from '../../ui/page.tsx';
import { RecordPicker } from '../../ui/record-picker.tsx';

const kinds = ['union', 'intersect', 'except'] as const;

type Props = {
  readonly segmentId: string;
  readonly operations: readonly SetOperation[];
  readonly onChange: (operations: SetOperation[]) => void;
};

export function CompoundEditor({ segmentId, operations, onChange }: Props) {
  const swap = (index: number, by: -1 | 1) => {
    const one = operations[index];
    const other = operations[index + by];
    if (one && other) onChange(operations.with(index, other).with(index + by, one));
  };
  return (
    <Section title={t('segments.compoundTitle')}>
      {operations.map((operation, index) => (
        <Group key={index} gap="xs" mb="xs" wrap="nowrap" align="flex-end">
          {index === 0 ? (
            <Text size="sm" w={170} mb={6}>
              {t('segments.compoundFirst')}
            </Text>
          ) : (
            <NativeSelect
              w={170}
              aria-label={t('segments.operationLabel', { n: index + 1 })}
              data={kinds.map((kind) => ({ value: kind, label: t(`segments.operations.${kind}`) }))}
              value={operation.operation}
              onChange={(event) => {
                const next = kinds.find((kind) => kind === event.currentTarget.value);
                if (next) onChange(operations.with(index, { ...operation, operation: next }));
              }}
            />
          )}
          <div style={{ flex: 1 }}>
            <SegmentChoice
              id={operation.segmentId}
              exclude={segmentId}
              onChange={(id) => onChange(operations.with(index, { ...operation, segmentId: id }))}
            />
          </div>
          <ActionIcon
            variant="subtle"
            color="gray"
            mb={2}
            disabled={index === 0}
            aria-label={t('segments.moveUp')}
            onClick={() => swap(index, -1)}
          >
            <ArrowUp size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            mb={2}
            disabled={index === operations.length - 1}
            aria-label={t('segments.moveDown')}
            onClick={() => swap(index, 1)}
          >
            <ArrowDown size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            mb={2}
            aria-label={t('segments.removeOperation', { n: index + 1 })}
            onClick={() => onChange(operations.toSpliced(index, 1))}
          >
            <Trash2 size={16} />
          </ActionIcon>
        </Group>
      ))}
      {operations.length === 0 ? (
        <Text size="sm" c="dimmed" mb="xs">
          {t('segments.compoundEmpty')}
        </Text>
      ) : null}
      <Group gap="xs" align="center">
        <Plus size={16} aria-hidden />
        <div style={{ flex: 1, maxWidth: 420 }}>
          <RecordPicker
            key={operations.length}
            entity="segment"
            label={t('segments.addOperation')}
            hideLabel
            placeholder={t('segments.addOperation')}
            value={null}
            exclude={segmentId}
            onChange={(id) => {
              if (id !== null) onChange([...operations, { operation: 'union', segmentId: id }]);
            }}
          />
        </div>
      </Group>
    </Section>
  );
}

function SegmentChoice(props: { id: string; exclude: string; onChange: (id: string) => void }) {
  const chosen = useCall('segments.get', { id: props.id });
  return (
    <RecordPicker
      entity="segment"
      label={t('segments.segmentRef')}
      hideLabel
      value={props.id}
      valueLabel={chosen.data?.label ?? '…'}
      exclude={props.exclude}
      clearable={false}
      onChange={(id) => {
        if (id !== null) props.onChange(id);
      }}
    />
  );
}
