/** One group: its records side by side, why they are held to be one, and what is to become of them. */
import { Anchor, Badge, Button, Checkbox, Group, Radio, Select, Stack, Text, Title } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useState } from 'react';
import { Link } from 'wouter';
import { mostMergedAtOnce } from '../../../shared/contract/duplicates.ts';
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
import { columnsIn, columnsOf, pageOf } from './group-columns.ts';
import type { FoundGroup } from './group-list.tsx';
import { GroupMembers } from './group-members.tsx';
import { type Choice, type Choices, type Shown, valuesToSend, type Way, ways } from './merge-choices.ts';
import { useRecords } from './use-records.ts';

/** Each pair of records that are kept apart is a decision, and all of them are one write. */
const mostApart = 45;

/** A group that was found, or records that somebody holds to be one: how probable it is, nobody has worked out. */
type Grouped = {
  readonly members: FoundGroup['members'];
  readonly pairs: readonly { readonly ids: readonly [string, string]; readonly probability: number | null }[];
  readonly probability: number | null;
};

type Props = { readonly of: Of; readonly group: Grouped; readonly onDone?: () => void };

export function GroupView({ of, group, onDone }: Props) {
  const ids = group.members.slice(0, mostMergedAtOnce).map(({ id }) => id);
  const records = useRecords(of, ids);
  const fields = useFields(of);
  const { ref, width } = useElementSize();
  const [chosenSurvivor, setSurvivor] = useState<string | null>(null);
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const [page, setPage] = useState(0);
  const [way, setWay] = useState<Way>('survivor');
  const [choices, setChoices] = useState<Choices>({});
  const merge = useAction('duplicates.merge');
  const decide = useAction('duplicates.decide');
  const toast = useUndoToast();
  const survivor = chosenSurvivor ?? (records && records[suggestedSurvivor(of, records)]?.id) ?? ids[0] ?? '';
  const taken = ids.filter((id) => !leftOut.has(id));
  const nameOf = (id: string): string => group.members.find((each) => each.id === id)?.label ?? '';
  const isBusy = merge.pending || decide.pending || records === undefined;
  const fit = columnsIn(width);
  const columns = columnsOf(ids, survivor, fit, page);

  const mergeNow = async () => {
    if (isBusy || taken.length < 2) return;
    const ordered = records
      .filter(({ id }) => taken.includes(id))
      .toSorted((a, b) => Number(b.id === survivor) - Number(a.id === survivor));
    const others = ordered.slice(1).map(({ id }) => id);
    const values = valuesToSend(of, fields, ordered, way, choices);
    const result = await merge.run({ of, keep: survivor, others, values });
    if (!result.ok) return;
    noteDone({ writeId: result.value.writeId });
    toast(t('duplicates.merged', { count: others.length, name: nameOf(survivor) }), result.value.writeId);
    onDone?.();
  };
  const keepApart = async (pairs: readonly (readonly [string, string])[]) => {
    if (isBusy || pairs.length === 0) return;
    const result = await decide.run({ of, pairs: pairs.map(([a, b]) => [a, b]), decision: 'different' });
    if (!result.ok || result.value.writeId === null) return;
    noteDone({ writeId: result.value.writeId });
    toast(t('duplicates.keptApart'), result.value.writeId);
    onDone?.();
  };
  const mayKeepApart = taken.length > 1 && taken.length <= mostApart;
  const keepAllApart = () => {
    if (mayKeepApart) void keepApart(taken.flatMap((a, at) => taken.slice(at + 1).map((b) => [a, b] as const)));
  };
  const choose = (name: string, choice: Choice | null) =>
    setChoices(({ [name]: _gone, ...rest }) => (choice === null ? rest : { ...rest, [name]: choice }));
  const take = (which: readonly string[], isTaken: boolean) => {
    const next = new Set(leftOut);
    for (const id of which) {
      if (isTaken) next.delete(id);
      else if (id !== survivor) next.add(id);
    }
    setLeftOut(next);
  };
  const survive = (id: string) => {
    setSurvivor(id);
    take([id], true);
  };
  const isSeveral = ids.length > 2;

  useShortcuts([
    ...columns.shown.map((id, index) => ({
      keys: String(index + 1),
      label: t('duplicates.surviveKey', { n: index + 1 }),
      run: () => survive(id),
    })),
    ...(isSeveral ? columns.shown : []).map((id, index) => ({
      keys: `x ${index + 1}`,
      label: t('duplicates.takeKey', { n: index + 1 }),
      run: () => take([id], leftOut.has(id)),
    })),
    ...(columns.pages > 1
      ? [
          { keys: 'arrowright', label: t('duplicates.pageOn'), run: () => setPage(columns.page + 1) },
          { keys: 'arrowleft', label: t('duplicates.pageBack'), run: () => setPage(columns.page - 1) },
        ]
      : []),
    { keys: 'm', label: t('duplicates.mergeShort'), run: () => void mergeNow() },
    { keys: 'd', label: t('duplicates.different'), run: keepAllApart },
  ]);

  const head = (record: Shown, index: number) => (
    <Stack gap={4} align="flex-start">
      <Anchor component={Link} href={recordPath(of, record.id) ?? '/'} size="sm" fw={600}>
        {record.label}
      </Anchor>
      <ShortcutTooltip label={t('duplicates.survive')} keys={String(index + 1)}>
        <Radio
          size="xs"
          name={`survivor-${ids.join(' ')}`}
          checked={record.id === survivor}
          onChange={() => survive(record.id)}
          label={t('duplicates.survives')}
          aria-label={t('duplicates.surviveN', { n: index + 1, name: record.label })}
        />
      </ShortcutTooltip>
      {isSeveral && record.id !== survivor && (
        <>
          <ShortcutTooltip label={t('duplicates.takeTip')} keys={`x ${index + 1}`}>
            <Checkbox
              size="xs"
              checked={!leftOut.has(record.id)}
              label={t('duplicates.takeShort')}
              aria-label={t('duplicates.takeIn', { name: record.label })}
              onChange={(event) => take([record.id], event.currentTarget.checked)}
            />
          </ShortcutTooltip>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('duplicates.differentOne', { name: record.label })}
            title={t('duplicates.differentOne', { name: record.label })}
            disabled={isBusy}
            onClick={() => void keepApart(ids.filter((id) => id !== record.id).map((id) => [record.id, id] as const))}
          >
            {t('duplicates.differentShort')}
          </Button>
        </>
      )}
    </Stack>
  );

  return (
    <Stack gap="md" ref={ref}>
      <Group justify="space-between" gap="sm">
        <Group gap="xs">
          {group.probability !== null && (
            <Badge color={group.probability >= 0.95 ? 'teal' : 'yellow'} variant="light">
              {t('duplicates.probable', { share: formatShare(group.probability) })}
            </Badge>
          )}
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
          <ShortcutTooltip
            label={
              taken.length > mostApart
                ? t('duplicates.differentMost', { count: mostApart })
                : t('duplicates.differentTip')
            }
            keys="d"
          >
            <Button variant="default" disabled={isBusy || !mayKeepApart} onClick={keepAllApart}>
              {t('duplicates.different')}
            </Button>
          </ShortcutTooltip>
          <ShortcutTooltip label={t('duplicates.merge', { name: nameOf(survivor) })} keys="m">
            <Button loading={merge.pending} disabled={isBusy || taken.length < 2} onClick={() => void mergeNow()}>
              {isSeveral ? t('duplicates.mergeCount', { count: taken.length }) : t('duplicates.mergeShort')}
            </Button>
          </ShortcutTooltip>
        </Group>
      </Group>
      {group.members.length > ids.length && (
        <Text size="sm" c="dimmed">
          {t('duplicates.mostShown', { most: ids.length, count: group.members.length })}
        </Text>
      )}
      {records !== undefined && columns.pages > 1 && width > 0 && (
        <GroupMembers
          of={of}
          records={records}
          survivor={survivor}
          leftOut={leftOut}
          columns={columns}
          onTake={take}
          onShow={(id) => setPage(pageOf(ids, survivor, fit, id))}
          onTurn={setPage}
        />
      )}
      {records !== undefined && width > 0 && (
        <ComparedValues
          of={of}
          records={records.filter(({ id }) => !leftOut.has(id))}
          survivor={survivor}
          choosing={{ way, choices, onChoose: choose }}
          columns={columns.shown.flatMap((id, index) => {
            const record = records.find((each) => each.id === id);
            return record === undefined ? [] : [{ record, head: head(record, index), isLeftOut: leftOut.has(id) }];
          })}
        />
      )}
      <Why of={of} group={group} nameOf={nameOf} />
    </Stack>
  );
}

const shareText = (probability: number | null): string => (probability === null ? '' : formatShare(probability));

/** Pairs to choose from: of more nobody looks for one in a list. */
const mostListed = 100;

function Why({
  of,
  group,
  nameOf,
}: {
  readonly of: Of;
  readonly group: Grouped;
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
          {shareText(pair.probability ?? explained.data?.probability ?? null)}
        </Text>
        {group.pairs.length > 1 && (
          <Select
            size="xs"
            w={360}
            aria-label={t('duplicates.pairOf')}
            data={group.pairs.slice(0, mostListed).map(({ ids, probability }, index) => ({
              value: String(index),
              label: `${index + 1}. ${ids.map(nameOf).join(' – ')} ${shareText(probability)}`,
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
