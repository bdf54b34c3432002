/** What the search found, group by group, the most probable first; only what is in sight is asked for. */
import { Group, Text, UnstyledButton } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { callOptions } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { formatShare } from './format-share.ts';
import type { Of } from './duplicates-store.ts';
import classes from './duplicates.module.css';

export type FoundGroup = OutputOf<'duplicates.results'>['rows'][number];

export const pageSize = 100;
const rowPx = 56;

export const pageOptions = (of: Of, minProbability: number, page: number) =>
  callOptions('duplicates.results', { of, minProbability, offset: page * pageSize, limit: pageSize });

type Props = {
  readonly of: Of;
  readonly least: number;
  readonly total: number;
  readonly at: number;
  readonly onGo: (at: number) => void;
};

export function GroupList({ of, least, total, at, onGo }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 6,
  });
  const items = virtualizer.getVirtualItems();
  const wanted = [...new Set(items.map(({ index }) => Math.floor(index / pageSize)))];
  const pages = useQueries({ queries: wanted.map((page) => pageOptions(of, least, page)) });
  const groupAt = (index: number): FoundGroup | undefined =>
    pages[wanted.indexOf(Math.floor(index / pageSize))]?.data?.rows[index % pageSize];
  useEffect(() => {
    virtualizer.scrollToIndex(at);
  }, [virtualizer, at]);
  return (
    <div ref={scroller} className={classes.items} role="list" aria-label={t('duplicates.list')}>
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {items.map(({ index, start }) => {
          const group = groupAt(index);
          return (
            <div
              key={index}
              role="listitem"
              aria-setsize={total}
              aria-posinset={index + 1}
              className={classes.place}
              style={{ height: rowPx, transform: `translateY(${start}px)` }}
            >
              <UnstyledButton
                className={classes.item}
                aria-current={index === at}
                data-current={index === at || undefined}
                // the page's own keys move through the list
                tabIndex={index === at ? 0 : -1}
                onClick={() => onGo(index)}
              >
                {group !== undefined && <GroupLine group={group} />}
              </UnstyledButton>
            </div>
          );
        })}
      </div>
    </div>
  );
}

function GroupLine({ group: { members, probability } }: { readonly group: FoundGroup }) {
  const [first, second] = members;
  return (
    <>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={500} truncate>
          {first?.label}
        </Text>
        <Text size="xs" c="dimmed" flex="none">
          {formatShare(probability)}
        </Text>
      </Group>
      <Text size="xs" c="dimmed" truncate>
        {members.length === 2 ? second?.label : t('duplicates.together', { count: members.length })}
      </Text>
    </>
  );
}
