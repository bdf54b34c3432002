/** One group: its records side by side, why they are held to be one, and what is to become of them. */
import { Anchor, Badge, Button, Group, Radio, Select, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { suggestedSurvivor } from '../../../shared/rules/merging/merged-values.ts';
import { recordPath } from '../../app/record-path.ts';
import { useAction, useCall, useUndoToast } from '../../app/use-call.ts';
import { useFields } from '../../app/workspace-fields.ts';
import { t } from '../../i18n/index.ts';
import { ShortcutTooltip, useShortcuts } from '../../ui/shortcuts.tsx';
import { ComparedValues } from './compared-values.tsx';
import { noteDone, type Of } from './duplicates-store.ts';
import { EvidenceList } from './evidence-list.tsx';
import { formatShare } from './format-share.ts';
import type { FoundGroup } from './group-list.tsx';
import { type Choice, type Choices, valuesToSend, type Way, ways } from './merge-choices.ts';
import { useRecords } from './use-records.ts';

/** Columns that a window holds, and keys to choose them by. */
const mostShown = 9;

export function GroupView({ of, group }: { readonly of: Of; readonly group: FoundGroup }) {
  const ids = group.members.slice(0, mostShown).map(({ id }) => id);
  const records = useRecords(of, ids);
  const fields = useFields(of);
  const [chosenSurvivor, setSurvivor] = useState<string | null>(null);
  const [way, setWay] = useState<Way>('survivor');
  const [choices, setChoices] = useState<Choices>({});
  const merge = useAction('duplicates.merge');
  const decide = useAction('duplicates.decide');
  const toast = useUndoToast();
  const survivor = chosenSurvivor ?? (records && records[suggestedSurvivor(of, records)]?.id) ?? ids[0] ?? '';
  const nameOf = (id: string): string => group.members.find((each) => each.id === id)?.label ?? '';
  const isBusy = merge.pending || decide.pending || records === undefined;

  const mergeNow = async () => {
    if (isBusy) return;
    const ordered = records.toSorted((a, b) => Number(b.id === survivor) - Number(a.id === survivor));
    const others = ordered.slice(1).map(({ id }) => id);
    const values = valuesToSend(of, fields, ordered, way, choices);
    const result = await merge.run({ of, keep: survivor, others, values });
    if (!result.ok) return;
    noteDone({ writeId: result.value.writeId });
    toast(t('duplicates.merged', { count: others.length, name: nameOf(survivor) }), result.value.writeId);
  };
  const keepApart = async (pairs: readonly (readonly [string, string])[]) => {
    if (isBusy) return;
    const result = await decide.run({ of, pairs: pairs.map(([a, b]) => [a, b]), decision: 'different' });
    if (!result.ok || result.value.writeId === null) return;
    noteDone({ writeId: result.value.writeId });
    toast(t('duplicates.keptApart'), result.value.writeId);
  };
  const allPairs = ids.flatMap((a, at) => ids.slice(at + 1).map((b) => [a, b] as const));
  const choose = (name: string, choice: Choice | null) =>
    setChoices(({ [name]: _gone, ...rest }) => (choice === null ? rest : { ...rest, [name]: choice }));

  useShortcuts([
    ...ids.map((id, index) => ({
      keys: String(index + 1),
      label: t('duplicates.surviveKey', { n: index + 1 }),
      run: () => setSurvivor(id),
    })),
    { keys: 'm', label: t('duplicates.mergeShort'), run: () => void mergeNow() },
    { keys: 'd', label: t('duplicates.different'), run: () => void keepApart(allPairs) },
  ]);

  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <Group gap="xs">
          <Badge color={group.probability >= 0.95 ? 'teal' : 'yellow'} variant="light">
            {t('duplicates.probable', { share: formatShare(group.probability) })}
          </Badge>
          <Select
            aria-label={t('duplicates.ways')}
            data={ways.map((each) => ({
              value: each,
              label: `${t('duplicates.ways')}: ${t(`duplicates.way.${each}`)}`,
            }))}
            value={way}
            allowDeselect={false}
            w={260}
            onChange={(next) => {
              setWay(ways.find((each) => each === next) ?? 'survivor');
              setChoices({});
            }}
          />
        </Group>
        <Group gap="xs">
          <ShortcutTooltip label={t('duplicates.differentTip')} keys="d">
            <Button variant="default" disabled={isBusy} onClick={() => void keepApart(allPairs)}>
              {t('duplicates.different')}
            </Button>
          </ShortcutTooltip>
          <ShortcutTooltip label={t('duplicates.merge', { name: nameOf(survivor) })} keys="m">
            <Button loading={merge.pending} disabled={isBusy} onClick={() => void mergeNow()}>
              {t('duplicates.mergeShort')}
            </Button>
          </ShortcutTooltip>
        </Group>
      </Group>
      {records !== undefined && (
        <ComparedValues
          of={of}
          records={records}
          survivor={survivor}
          choosing={{ way, choices, onChoose: choose }}
          heads={records.map((record, index) => (
            <Stack key={record.id} gap={4} align="flex-start">
              <Anchor component={Link} href={recordPath(of, record.id) ?? '/'} size="sm" fw={600}>
                {record.label}
              </Anchor>
              <ShortcutTooltip label={t('duplicates.survive')} keys={String(index + 1)}>
                <Radio
                  size="xs"
                  name={`survivor-${ids.join(' ')}`}
                  checked={record.id === survivor}
                  onChange={() => setSurvivor(record.id)}
                  label={t('duplicates.survives')}
                  aria-label={t('duplicates.surviveN', { n: index + 1, name: record.label })}
                />
              </ShortcutTooltip>
              {ids.length > 2 && (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  color="gray"
                  disabled={isBusy}
                  onClick={() =>
                    void keepApart(ids.filter((id) => id !== record.id).map((id) => [record.id, id] as const))
                  }
                >
                  {t('duplicates.differentOne')}
                </Button>
              )}
            </Stack>
          ))}
        />
      )}
      <Why of={of} group={group} nameOf={nameOf} />
    </Stack>
  );
}

function Why({
  of,
  group,
  nameOf,
}: {
  readonly of: Of;
  readonly group: FoundGroup;
  readonly nameOf: (id: string) => string;
}) {
  const [at, setAt] = useState(0);
  const pair = group.pairs[at] ?? group.pairs[0];
  const [a = '', b = ''] = pair?.ids ?? [];
  const explained = useCall('duplicates.explain', { of, a, b }, { enabled: pair !== undefined, keep: true });
  if (pair === undefined) return null;
  return (
    <section aria-label={t('duplicates.evidence')}>
      <Group gap="sm" mb="xs">
        <Title order={2} size="sm">
          {t('duplicates.evidenceOf', { a: nameOf(a), b: nameOf(b) })}
        </Title>
        <Text size="xs" c="dimmed">
          {formatShare(pair.probability)}
        </Text>
        {group.pairs.length > 1 && (
          <Select
            size="xs"
            w={300}
            aria-label={t('duplicates.pairOf')}
            data={group.pairs.map(({ ids, probability }, index) => ({
              value: String(index),
              label: `${index + 1}. ${ids.map(nameOf).join(' – ')}, ${formatShare(probability)}`,
            }))}
            value={String(Math.min(at, group.pairs.length - 1))}
            allowDeselect={false}
            onChange={(next) => setAt(Number(next))}
          />
        )}
      </Group>
      {explained.data !== undefined && <EvidenceList evidence={explained.data.evidence} />}
    </section>
  );
}
