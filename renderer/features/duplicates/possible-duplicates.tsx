/** On a record's own page: what may be the same as it, with why, to be compared and merged right there. */
import { Anchor, Badge, Button, Group, Modal, Text } from '@mantine/core';
import { Combine } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { recordPath } from '../../app/record-path.ts';
import { useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import classes from '../../ui/related-list.module.css';
import type { Of } from './duplicates-store.ts';
import { evidenceText } from './evidence-list.tsx';
import { formatShare } from './format-share.ts';
import { GroupView } from './group-view.tsx';

type Pair = OutputOf<'duplicates.ofRecord'>['pairs'][number];

const mostSaid = 3;

export function PossibleDuplicates({ of, id }: { readonly of: Of; readonly id: string }) {
  const found = useCall('duplicates.ofRecord', { of, id });
  const [compared, setCompared] = useState<Pair | null>(null);
  // merged or kept apart: there is nothing to compare any more
  const open = found.data?.pairs.find(({ ids }) => ids[1] === compared?.ids[1]);
  return (
    <QueryGate query={found}>
      {({ pairs }) =>
        pairs.length === 0 ? (
          <EmptyState icon={Combine} title={t('duplicates.possibleNone')} body={t('duplicates.possibleNoneBody')} />
        ) : (
          <>
            <ul className={classes.list}>
              {pairs.map((pair) => (
                <li key={pair.ids[1]} className={classes.item}>
                  <Group justify="space-between" wrap="nowrap" gap="sm">
                    <Anchor component={Link} href={recordPath(of, pair.ids[1]) ?? '/'} size="sm" fw={500} truncate>
                      {pair.labels[1]}
                    </Anchor>
                    <Badge color={pair.probability >= 0.95 ? 'teal' : 'yellow'} variant="light" flex="none">
                      {formatShare(pair.probability)}
                    </Badge>
                  </Group>
                  <Group justify="space-between" wrap="nowrap" gap="sm">
                    <Text size="xs" c="dimmed" truncate>
                      {pair.evidence
                        .filter(({ bits }) => bits > 0)
                        .toSorted((x, y) => y.bits - x.bits)
                        .slice(0, mostSaid)
                        .map(evidenceText)
                        .join(' · ')}
                    </Text>
                    <Button size="compact-xs" variant="light" flex="none" onClick={() => setCompared(pair)}>
                      {t('duplicates.compare')}
                    </Button>
                  </Group>
                </li>
              ))}
            </ul>
            {open !== undefined && (
              <Modal opened size="80rem" title={t('duplicates.compare')} onClose={() => setCompared(null)}>
                <GroupView of={of} group={groupOf(open)} />
              </Modal>
            )}
          </>
        )
      }
    </QueryGate>
  );
}

const groupOf = ({ ids, labels, externalIds, probability }: Pair) => ({
  members: ids.map((id, at) => ({ id, label: labels[at] ?? '', externalId: externalIds[at] ?? null })),
  pairs: [{ ids, probability }],
  probability,
});
