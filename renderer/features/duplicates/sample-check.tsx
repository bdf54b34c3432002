/** Pairs of a sample, one after the other: one record or two? By click or key; what is said is kept as a decision. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { useAction, useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { ShortcutTooltip, useShortcuts } from '../../ui/shortcuts.tsx';
import { useKeepFocus } from '../../ui/keep-focus.ts';
import { ComparedValues } from './compared-values.tsx';
import type { Of } from './duplicates-store.ts';
import classes from './duplicates.module.css';
import { EvidenceList } from './evidence-list.tsx';
import { formatShare } from './format-share.ts';
import { useRecords } from './use-records.ts';

type Pair = OutputOf<'duplicates.sample'>['pairs'][number];

type Props = { readonly of: Of; readonly pairs: readonly Pair[]; readonly onEnd: () => void };

export function SampleCheck({ of, pairs, onEnd }: Props) {
  // as it was when the person began: what is decided must not move the others
  const [asked] = useState(() => pairs.filter(({ decision }) => decision === null));
  const [at, setAt] = useState(0);
  const decide = useAction('duplicates.decide');
  const pair = asked[at];
  const answer = async (decision: 'same' | 'different') => {
    if (pair === undefined || decide.pending) return;
    const result = await decide.run({ of, pairs: [pair.ids], decision });
    if (!result.ok) return;
    if (at + 1 >= asked.length) onEnd();
    else setAt(at + 1);
  };
  useShortcuts([
    { keys: '1', label: t('duplicates.checkSame'), run: () => void answer('same'), inFields: true },
    { keys: '2', label: t('duplicates.checkDifferent'), run: () => void answer('different'), inFields: true },
  ]);
  if (pair === undefined) return null;
  return (
    <Stack>
      <Group justify="space-between">
        <Text size="sm" c="dimmed" role="status">
          {t('duplicates.checkOf', { n: at + 1, total: asked.length })} · {formatShare(pair.probability)}
        </Text>
        <Group gap="xs">
          <Button variant="subtle" onClick={onEnd}>
            {t('duplicates.checkBack')}
          </Button>
          <ShortcutTooltip label={t('duplicates.checkDifferent')} keys="2">
            <Button variant="default" disabled={decide.pending} onClick={() => void answer('different')}>
              {t('duplicates.checkDifferent')}
            </Button>
          </ShortcutTooltip>
          <ShortcutTooltip label={t('duplicates.checkSame')} keys="1">
            <Button data-autofocus disabled={decide.pending} onClick={() => void answer('same')}>
              {t('duplicates.checkSame')}
            </Button>
          </ShortcutTooltip>
        </Group>
      </Group>
      <PairView key={pair.ids.join(' ')} of={of} ids={pair.ids} />
    </Stack>
  );
}

function PairView({ of, ids }: { readonly of: Of; readonly ids: readonly [string, string] }) {
  const [a, b] = ids;
  const records = useRecords(of, ids);
  const explained = useCall('duplicates.explain', { of, a, b });
  const place = useKeepFocus<HTMLDivElement>();
  return (
    <Stack ref={place} tabIndex={-1} className={classes.pair}>
      {records !== undefined && (
        <ComparedValues
          of={of}
          records={records}
          survivor={a}
          choosing={null}
          columns={records.map((record) => ({ record, head: record.label }))}
        />
      )}
      {explained.data !== undefined && <EvidenceList evidence={explained.data.evidence} />}
    </Stack>
  );
}
