/** What a table without rows says: nothing was ever entered, the view has none, the bin is empty, or nothing was found. */
import { Button, Group } from '@mantine/core';
import { Inbox, ListFilter, type LucideIcon, Search, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../i18n/index.ts';
import { EmptyState } from './empty-state.tsx';

type Props = {
  readonly isSearching: boolean;
  readonly isFiltered: boolean;
  readonly isBin: boolean;
  /** What the list says where it starts, before its first record. */
  readonly first?: { icon: LucideIcon; title: string; body: string; action?: ReactNode } | undefined;
  readonly onClear: () => void;
  readonly onClearFilters: () => void;
  /** To the view of everything, from any other. */
  readonly onAll?: (() => void) | undefined;
};

export function TableEmpty({ isSearching, isFiltered, isBin, first, onClear, onClearFilters, onAll }: Props) {
  if (isFiltered) {
    return (
      <EmptyState
        icon={ListFilter}
        title={t('table.noneFits')}
        body={isSearching ? t('table.noneFitsSearchHint') : t('table.noneFitsHint')}
        action={
          <Button
            variant="default"
            onClick={() => {
              onClearFilters();
              onClear();
            }}
          >
            {isSearching ? t('table.clearBoth') : t('table.clearFilters')}
          </Button>
        }
      />
    );
  }
  if (isSearching) {
    return (
      <EmptyState
        icon={Search}
        title={t('table.empty')}
        body={t('table.emptyHint')}
        action={
          <Button variant="default" onClick={onClear}>
            {t('table.clearSearch')}
          </Button>
        }
      />
    );
  }
  if (isBin) return <EmptyState icon={Trash2} title={t('table.binEmpty')} body={t('table.binEmptyHint')} />;
  const shown = first ?? { icon: Inbox, title: t('table.viewEmpty'), body: t('table.viewEmptyHint') };
  return (
    <EmptyState
      {...shown}
      action={
        <Group gap="xs" justify="center" mt={4}>
          {first?.action}
          {onAll && (
            <Button variant="default" onClick={onAll}>
              {t('table.showAll')}
            </Button>
          )}
        </Group>
      }
    />
  );
}
